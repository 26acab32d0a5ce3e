// A running server tells hubs of what changed, whatever made it change, and of what changed while it wasn't running.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Announcing, startAnnouncing } from '../../../src/commands/announcing.ts'
import { addressOf } from '../../../src/domain/address.ts'
import type { Article } from '../../../src/domain/article.ts'
import { EVERYTHING } from '../../../src/domain/filter.ts'
import type { Publication } from '../../../src/domain/publication.ts'
import { createPublisher, type Publisher } from '../../../src/publishing/publisher.ts'
import { bodyOf } from '../../../src/publishing/representation.ts'
import { type Journal, memoryJournal } from '../../../src/websub/journal.ts'
import type { TellHub } from '../../../src/websub/tell-hub.ts'
import { documents } from '../support/documents.ts'
import { sharedJournal } from '../support/journal.ts'
import { article, DAY, HOUR, NOON, namedFeeds, publication } from '../support/publication.ts'

const HUB = 'https://hub.example/'
const BASE = 'https://news.example/'
const SECOND = 1000
/** Longer than a timer of JavaScript can wait. */
const LONG = 25 * DAY

beforeEach(() => {
  vi.useFakeTimers({ now: NOON })
})
afterEach(() => {
  vi.useRealTimers()
})

interface House {
  readonly publisher: Publisher
  /** Topics that hubs were told of since it was last asked, without the base URL. */
  readonly told: () => string[]
  readonly publish: (articles: readonly Article[], said?: Partial<Publication>) => void
  readonly announcing: Announcing
}

const houses: House[] = []
afterEach(async () => {
  for (const { announcing } of houses.splice(0)) await announcing.close()
})

async function openHouse(
  articles: readonly Article[],
  {
    said = {},
    journal = memoryJournal(),
    answer = async () => ({ isTold: true }),
    failed = rethrow,
  }: {
    said?: Partial<Publication>
    journal?: Journal
    answer?: TellHub
    failed?: (error: unknown) => void
  } = {},
): Promise<House> {
  let site = publication({ hubs: [HUB], ...said })
  const publisher = createPublisher({ publication: site, articles }, Date.now)
  const told: string[] = []
  const announcing = startAnnouncing({
    publisher,
    journal,
    tell: async (hub, topic, signal) => {
      told.push(decodeURIComponent(topic.replace(BASE, '')))
      return answer(hub, topic, signal)
    },
    report: () => {},
    unkept: rethrow,
    failed,
    clock: Date.now,
  })
  const house = {
    publisher,
    told: () => told.splice(0).sort(),
    publish: (next: readonly Article[], more?: Partial<Publication>) => {
      if (more !== undefined) site = publication({ hubs: [HUB], ...more })
      publisher.publish({ publication: site, articles: next })
      announcing.look()
    },
    announcing,
  }
  houses.push(house)
  await pass(0)
  return house
}

const rethrow = (error: unknown) => {
  throw error
}
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)
const quay = article({ slug: 'quay', tags: ['Trade'], published: NOON - HOUR })
const tide = article({ slug: 'tide', tags: ['Tides'], published: NOON - HOUR })
const QUAY = documents('', 'authors/newsroom/', 'tags/trade/')

it('what was published is told within seconds, and nothing else ever', async () => {
  const house = await openHouse([tide])
  await pass(HOUR)
  expect(house.told()).toEqual([])
  house.publish([tide, quay])
  await pass(2 * SECOND)
  expect(house.told()).toEqual([])
  await pass(2 * SECOND)
  expect(house.told()).toEqual(QUAY)
  await pass(DAY)
  expect(house.told()).toEqual([])
})

it('a hundred articles saved one by one are one announcement for each topic', async () => {
  const house = await openHouse([])
  const articles: Article[] = []
  for (let at = 0; at < 100; at++) {
    articles.push(article({ slug: `n${at}`, tags: ['Trade'], published: NOON - at * SECOND }))
    house.publish([...articles])
    await pass(20)
  }
  await pass(10 * SECOND)
  expect(house.told()).toEqual(QUAY)
})

describe('without anybody asking or saving,', () => {
  it('a scheduled article is told of at its minute, and an expired one at its', async () => {
    const house = await openHouse([
      { ...quay, published: NOON + LONG, updated: NOON + LONG, expires: NOON + LONG + DAY },
    ])
    await pass(HOUR)
    // The machine sleeps.
    vi.setSystemTime(NOON + LONG - HOUR)
    await pass(HOUR - SECOND)
    expect(house.told()).toEqual([])
    await pass(5 * SECOND)
    expect(house.told()).toEqual(QUAY)
    await pass(DAY - 6 * SECOND)
    expect(house.told()).toEqual([])
    await pass(6 * SECOND)
    expect(house.told()).toEqual(QUAY)
  })

  it('a named feed is told of whose window moved past an article', async () => {
    const house = await openHouse([quay], {
      said: { feeds: namedFeeds({ recent: { query: 'since=PT3H' } }) },
    })
    await pass(2 * HOUR - SECOND)
    expect(house.told()).toEqual([])
    await pass(70 * SECOND)
    expect(house.told()).toEqual(documents('feeds/recent/'))
  })
})

it('where it can’t look for what changed it says so, and looks again a minute later', async () => {
  const failures: unknown[] = []
  const house = await openHouse([{ ...quay, published: NOON + HOUR, updated: NOON + HOUR }], {
    failed: (error) => failures.push(error),
  })
  const { catalog } = house.publisher
  await pass(HOUR - SECOND)
  house.publisher.catalog = () => {
    throw new Error('broken')
  }
  await pass(30 * SECOND)
  expect(failures).toEqual([new Error('broken')])
  house.publisher.catalog = catalog
  await pass(60 * SECOND)
  expect(house.told()).toEqual(QUAY)
})

it('a hub that the publication no longer names is told of nothing that still waited for it', async () => {
  const other = 'https://other-hub.example/'
  const asked = new Set<string>()
  const house = await openHouse([tide], {
    answer: async (hub) => {
      asked.add(hub)
      return { isTold: false, why: '503', isOfHub: true }
    },
  })
  house.publish([tide, quay])
  await pass(10 * SECOND)
  expect([...asked]).toEqual([HUB])
  asked.clear()
  house.publish([tide, quay], { hubs: [other] })
  await pass(HOUR)
  expect([...asked]).toEqual([other])
})

it.each([
  ['as soon as it is started', false],
  ['later', true],
])(
  'what is noticed when it is closed %s is written down before the journal is',
  async (_, isLater) => {
    const calls: string[] = []
    const memory = memoryJournal()
    const journal: Journal = {
      ...memory,
      append: async (events) => {
        calls.push('append')
        await memory.append(events)
      },
      close: async () => void calls.push('close'),
    }
    const opening = openHouse([tide], { journal })
    if (isLater) await opening
    const house = houses.at(-1) as House
    calls.splice(0)
    house.publish([tide, quay])
    await house.announcing.close()
    await pass(HOUR)
    expect(calls).toEqual(['append', 'close'])
  },
)

it('the new bytes are served before a hub is told', async () => {
  const served: string[] = []
  const house: House = await openHouse([tide], {
    answer: async () => {
      const rss = { ...addressOf(EVERYTHING, 'rss'), format: 'rss' as const }
      served.push(bodyOf(house.publisher.represent(rss)).toString())
      return { isTold: true }
    },
  })
  house.publish([tide, quay])
  await pass(10 * SECOND)
  expect(served).toHaveLength(QUAY.length)
  for (const body of served) expect(body).toContain('About quay')
})

describe('after a restart', () => {
  it('what changed meanwhile is told, and nothing else', async () => {
    const journal = sharedJournal()
    const first = await openHouse([tide], { journal: journal() })
    await first.announcing.close()
    const second = await openHouse([tide, quay], { journal: journal() })
    await pass(5 * SECOND)
    expect(second.told()).toEqual(QUAY)
    await second.announcing.close()
    const third = await openHouse([tide, quay], { journal: journal() })
    await pass(DAY)
    expect(third.told()).toEqual([])
  })

  it('so is what was scheduled for the time between', async () => {
    const journal = sharedJournal()
    const articles = [{ ...quay, published: NOON + HOUR, updated: NOON + HOUR }]
    await (await openHouse(articles, { journal: journal() })).announcing.close()
    await pass(2 * HOUR)
    const second = await openHouse(articles, { journal: journal() })
    await pass(5 * SECOND)
    expect(second.told()).toEqual(QUAY)
  })

  it('what was due is told, though it changed no more', async () => {
    const journal = sharedJournal()
    const first = await openHouse([tide], {
      journal: journal(),
      answer: async () => ({ isTold: false, why: '503', isOfHub: true }),
    })
    first.publish([tide, quay])
    await pass(10 * SECOND)
    await first.announcing.close()
    const second = await openHouse([tide, quay], { journal: journal() })
    await pass(2 * 60 * SECOND)
    expect(second.told()).toEqual(QUAY)
  })

  it('what is private since is told to nobody', async () => {
    const journal = sharedJournal()
    const first = await openHouse([tide], {
      journal: journal(),
      said: { feeds: namedFeeds({ partners: {} }) },
      answer: async () => ({ isTold: false, why: '503', isOfHub: true }),
    })
    first.publish([tide, quay])
    await pass(10 * SECOND)
    await first.announcing.close()
    const second = await openHouse([tide, quay], {
      journal: journal(),
      said: { feeds: namedFeeds({ partners: { tokens: [] } }) },
    })
    await pass(HOUR)
    expect(second.told()).toEqual(QUAY)
  })
})

describe('without a hub', () => {
  const untouchable = new Proxy({} as Journal, {
    get() {
      throw new Error('the journal was touched')
    },
  })

  it('nothing is kept', async () => {
    const house = await openHouse([tide], { said: { hubs: [] }, journal: untouchable })
    house.publish([tide, quay])
    await pass(DAY)
    expect(house.told()).toEqual([])
  })

  it('nothing is told when the first one is named, and what changes from then on is', async () => {
    const house = await openHouse([tide], { said: { hubs: [] } })
    house.publish([tide], {})
    await pass(HOUR)
    expect(house.told()).toEqual([])
    house.publish([tide, quay])
    await pass(5 * SECOND)
    expect(house.told()).toEqual(QUAY)
  })
})
