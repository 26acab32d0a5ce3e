// When hubs are told: once for many changes, later where they fail, at last not at all; and none waits for another.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Announced, createAnnouncer } from '../../../src/websub/announcer.ts'
import { type Journal, memoryJournal } from '../../../src/websub/journal.ts'
import { type Ledger, openLedger } from '../../../src/websub/ledger.ts'
import { apply, emptyQueue, type QueueEvent, summarize } from '../../../src/websub/queue.ts'
import type { Outcome, TellHub } from '../../../src/websub/tell-hub.ts'
import { sharedJournal } from '../support/journal.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const HUB = 'https://hub.example/'
const OTHER = 'https://other-hub.example/'
const TOLD: Outcome = { isTold: true }
const DOWN: Outcome = { isTold: false, why: '503', isOfHub: true }
const REFUSED: Outcome = { isTold: false, why: '400: unknown topic', isOfHub: false }

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

interface Office {
  readonly ledger: Ledger
  /** What hubs were asked, and when in seconds. */
  readonly asked: string[]
  readonly reports: Announced[]
  /** Topics change, whatever they are named. */
  readonly change: (...topics: string[]) => Promise<void>
  readonly look: () => void
  readonly close: (farewell?: number) => Promise<void>
}

let digest = 0

/** An announcer of its own ledger on a journal, as each process has one. */
async function openOffice(
  answer: (hub: string, topic: string) => Outcome | Promise<Outcome>,
  { journal = memoryJournal(), hubs = [HUB] }: { journal?: Journal; hubs?: string[] } = {},
): Promise<Office> {
  const asked: string[] = []
  const reports: Announced[] = []
  const ledger = await openLedger(journal, Date.now, (error) => {
    throw error
  })
  const tell: TellHub = async (hub, topic) => {
    asked.push(`${Date.now() / SECOND} ${hub === HUB ? '' : 'other '}${topic}`)
    return answer(hub, topic)
  }
  const announcer = createAnnouncer(ledger, tell, (announced) => reports.push(announced), Date.now)
  announcer.look()
  const change = async (...topics: string[]) => {
    const event: QueueEvent = {
      kind: 'changed',
      at: Date.now(),
      topics: topics.map((topic) => [topic, `${digest++}`]),
      hubs,
    }
    await ledger.commit([event])
    announcer.look()
  }
  const close = (farewell = 0) => announcer.close(farewell)
  return { ledger, asked, reports, change, look: announcer.look, close }
}

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)
const waiting = ({ ledger }: Office) => [...ledger.queue().waiting.values()]

it('however often a topic changes in a window, a hub is told once, at its end', async () => {
  const office = await openOffice(() => TOLD)
  for (let at = 0; at < 25; at++) {
    await office.change('a', 'b')
    await pass(100)
  }
  await pass(MINUTE)
  expect(office.asked).toEqual(['3 a', '3 b'])
  expect(waiting(office)).toEqual([])
  expect(office.reports).toEqual(
    ['a', 'b'].map((topic) => ({ outcome: 'told', hub: HUB, topic, tries: 1 })),
  )
})

it('what changes all the time is told once a window', async () => {
  const office = await openOffice(() => TOLD)
  for (let at = 0; at < 100; at++) {
    await office.change('a')
    await pass(100)
  }
  await pass(MINUTE)
  const times = office.asked.map((line) => Number(line.split(' ')[0]))
  expect(times.length).toBeGreaterThan(2)
  const apart = times.slice(1).map((time, at) => time - (times[at] as number))
  expect(Math.min(...apart)).toBeGreaterThanOrEqual(3)
})

it('what changes long after the hub answered has a window of its own', async () => {
  let isUp = true
  const office = await openOffice(() => (isUp ? TOLD : DOWN))
  await office.change('a')
  await pass(10 * SECOND)
  isUp = false
  await office.change('a')
  await pass(20 * SECOND)
  await office.change('a')
  await pass(10 * SECOND)
  expect(office.asked).toEqual(['3 a', '13 a', '33 a'])
})

it('of what was told nothing is remembered beyond its window', async () => {
  const office = await openOffice(() => TOLD)
  await office.change(...'abcdef')
  await pass(MINUTE)
  await office.change('g')
  await pass(MINUTE)
  expect([...office.ledger.queue().told.keys()]).toEqual([`${HUB} g`])
})

it('what changes while a hub is told of it is told again', async () => {
  const office = await openOffice(async () => {
    await new Promise((resolve) => setTimeout(resolve, 5 * SECOND))
    return TOLD
  })
  await office.change('a')
  await pass(4 * SECOND)
  await office.change('a')
  await pass(MINUTE)
  expect(office.asked).toEqual(['3 a', '11 a'])
})

it('what took long to be written down is told no sooner after what was told meanwhile', async () => {
  const office = await openOffice(() => TOLD)
  await office.change('a')
  const seen = 1000
  await pass(3500)
  // Seen before the hub was told, by a machine that had no time to say so.
  const event: QueueEvent = { kind: 'changed', at: seen, topics: [['a', 'late']], hubs: [HUB] }
  await office.ledger.commit([event])
  await office.ledger.commit([{ kind: 'hurry', at: Date.now() }])
  office.look()
  await pass(MINUTE)
  expect(office.asked).toEqual(['3 a', '6 a'])
})

it('a window is kept when the journal is summed up, and not for ever when the clock is set back', async () => {
  const queue = emptyQueue()
  const changed = (at: number, digest: string): QueueEvent => ({
    kind: 'changed',
    at,
    topics: [['a', digest]],
    hubs: [HUB],
  })
  apply(queue, changed(HOUR, '1'))
  apply(queue, { kind: 'told', at: HOUR + 5000, hub: HUB, topic: 'a' })
  const again = emptyQueue()
  for (const event of summarize(queue, HOUR + 5001)) apply(again, event)
  expect(again).toEqual(queue)
  apply(again, changed(HOUR + 5002, '2'))
  expect([...again.waiting.values()].map(({ due }) => due)).toEqual([HOUR + 8002])
  apply(queue, changed(0, '2'))
  expect([...queue.waiting.values()].map(({ due }) => due)).toEqual([3000])
})

it('who asks for everything at once is told nothing twice in a window either', async () => {
  const office = await openOffice(() => TOLD)
  await office.change('a')
  await pass(3100)
  await office.change('a')
  await office.ledger.commit([{ kind: 'hurry', at: Date.now() }])
  await pass(MINUTE)
  expect(office.asked).toEqual(['3 a', '6.1 a'])
})

describe('a hub that fails', () => {
  it.each<[string, Outcome & { readonly isTold: false }]>([
    ['is down', DOWN],
    ['refuses a topic', REFUSED],
  ])(
    'since it %s is tried again after 1, 2, 4 … minutes, at most 4 hours, and given up after a day',
    async (_, outcome) => {
      const office = await openOffice(() => outcome)
      await office.change('a')
      await pass(3 * 24 * HOUR)
      const times = office.asked.map((line) => Number(line.split(' ')[0]))
      const waits = times.slice(1).map((time, at) => (time - (times[at] as number)) / 60)
      expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 240, 240, 240, 240, 240])
      const { why } = outcome
      expect(office.reports.at(-1)).toMatchObject({ outcome: 'given-up', tries: 14, why })
      expect(office.reports[0]).toMatchObject({ outcome: 'failed', due: 3 * SECOND + MINUTE })
      expect(waiting(office)).toEqual([])
    },
  )

  it('has another day for what changes once more', async () => {
    const office = await openOffice(() => DOWN)
    await office.change('a')
    await pass(23 * HOUR)
    await office.change('a')
    await pass(22 * HOUR)
    expect(waiting(office)).toHaveLength(1)
    await pass(6 * HOUR)
    expect(waiting(office)).toEqual([])
  })

  it('for one topic alone keeps no other waiting', async () => {
    let isUp = false
    const office = await openOffice((_, topic) => (isUp && topic !== 'bad' ? TOLD : DOWN))
    await office.change('bad', 'good')
    await pass(4 * SECOND)
    isUp = true
    await pass(10 * MINUTE)
    expect(waiting(office).map(({ topic }) => topic)).toEqual(['bad'])
  })

  it('only since it refuses a topic is asked about others in their time', async () => {
    const office = await openOffice((_, topic) => (topic === 'bad' ? REFUSED : TOLD))
    await office.change('bad')
    await pass(SECOND)
    await office.change('good')
    await pass(4 * SECOND)
    expect(office.asked).toEqual(['3 bad', '4 good'])
  })

  it.each<[string, number, number]>([
    ['10 minutes', 10 * MINUTE, 10 * MINUTE],
    ['a week', 7 * 24 * HOUR, 4 * HOUR],
    ['nothing', 0, MINUTE],
  ])(
    'and asks to wait %s is tried again by then, within its usual bounds',
    async (_, wait, expected) => {
      const office = await openOffice(() => ({ ...DOWN, wait }))
      await office.change('a')
      await pass(3 * SECOND)
      expect(waiting(office)[0]?.due).toBe(3 * SECOND + expected)
    },
  )

  it('is not asked about each of a thousand topics', async () => {
    const office = await openOffice(() => DOWN)
    await office.change(...Array.from({ length: 1000 }, (_, at) => `${at}`))
    await pass(23 * HOUR)
    expect(office.asked.length).toBeLessThan(20)
    expect(waiting(office)).toHaveLength(1000)
    await pass(6 * HOUR)
    expect(waiting(office)).toEqual([])
    const lost = office.reports.filter(({ outcome }) => outcome === 'given-up')
    expect(new Set(lost.map(({ topic }) => topic)).size).toBe(1000)
  })

  it('is told everything once it answers again', async () => {
    let isUp = false
    const office = await openOffice(() => (isUp ? TOLD : DOWN))
    await office.change(...Array.from({ length: 20 }, (_, at) => `${at}`))
    await pass(HOUR)
    isUp = true
    await office.change('new')
    await pass(4 * SECOND)
    expect(waiting(office)).toEqual([])
    expect(new Set(office.asked.map((line) => line.split(' ')[1])).size).toBe(21)
  })

  it('is told at once of what waits for it and changes once more', async () => {
    let isUp = false
    const office = await openOffice(() => (isUp ? TOLD : DOWN))
    await office.change('a', 'b')
    await pass(6 * HOUR)
    isUp = true
    await office.change('a')
    await pass(4 * SECOND)
    expect(waiting(office)).toEqual([])
  })

  it('is waited for no longer because of what changes meanwhile', async () => {
    let isUp = false
    const office = await openOffice(() => (isUp ? TOLD : DOWN))
    for (let at = 0; at < 12; at++) {
      await office.change(`${at}`, 'all')
      await pass(MINUTE)
    }
    isUp = true
    await pass(4 * MINUTE)
    expect(waiting(office)).toEqual([])
  })

  it('and asks to wait is left alone with what changes meanwhile as well', async () => {
    let isUp = false
    const office = await openOffice(() => (isUp ? TOLD : { ...DOWN, wait: 30 * MINUTE }))
    for (let at = 0; at < 20; at++) {
      await office.change(`${at}`)
      await pass(MINUTE)
    }
    expect(office.asked).toEqual(['3 0'])
    isUp = true
    await pass(11 * MINUTE)
    expect(waiting(office)).toEqual([])
  })

  it('and asks to wait a week is left alone for as long as a wait may be', async () => {
    const office = await openOffice(() => ({ ...DOWN, wait: 7 * 24 * HOUR }))
    await office.change('a')
    await pass(MINUTE)
    await office.change('b')
    await pass(3 * HOUR)
    expect(office.asked).toEqual(['3 a'])
    await pass(HOUR)
    expect(office.asked.length).toBeGreaterThan(1)
  })

  it('and only later asks to wait is left alone with what waited already as well', async () => {
    let wait = 0
    const office = await openOffice(() => ({ ...DOWN, wait }))
    await office.change('a')
    await pass(4 * SECOND)
    wait = HOUR
    await office.change('b')
    await pass(4 * SECOND)
    expect(waiting(office).map(({ due }) => due)).toEqual([7 * SECOND + HOUR, 7 * SECOND + HOUR])
  })

  it('is left alone where it takes some and asks to wait with others', async () => {
    let left = 1
    const office = await openOffice(() => (left-- > 0 ? TOLD : { ...DOWN, wait: 10 * MINUTE }))
    await office.change(...Array.from({ length: 20 }, (_, at) => `${at}`))
    await pass(9 * MINUTE)
    expect(office.asked).toHaveLength(4)
    left = 100
    await pass(2 * MINUTE)
    expect(waiting(office)).toEqual([])
  })

  it.each([
    ['and asked to wait', HOUR, 8],
    ['without a word', 0, 12],
  ])(
    '%s before the clock was set back is asked again, and no more often',
    async (_, wait, most) => {
      vi.setSystemTime(10 * 24 * HOUR)
      const office = await openOffice(() => ({ ...DOWN, wait }))
      await office.change('a')
      await pass(4 * SECOND)
      vi.setSystemTime(0)
      await office.change('b')
      await pass(2 * HOUR)
      const { length } = office.asked
      expect(length).toBeGreaterThan(1)
      expect(length).toBeLessThan(most)
    },
  )

  it('is left to its wait where the server stops before it answers', async () => {
    let answer = async (_signal: AbortSignal): Promise<Outcome> => DOWN
    const ledger = await openLedger(memoryJournal(), Date.now, () => {})
    const tell: TellHub = (_hub, _topic, signal) => answer(signal)
    const announcer = createAnnouncer(ledger, tell, () => {}, Date.now)
    const change = async (topic: string) => {
      const topics: [string, string][] = [[topic, `${digest++}`]]
      await ledger.commit([{ kind: 'changed', at: Date.now(), topics, hubs: [HUB] }])
      announcer.look()
    }
    const due = () => ledger.queue().waiting.get(`${HUB} old`)?.due
    await change('old')
    await pass(10 * MINUTE)
    const before = due()
    answer = (signal) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve(DOWN)))
    await change('new')
    await pass(3 * SECOND)
    const closed = announcer.close(0)
    await pass(1)
    await closed
    expect(due()).toBe(before)
  })

  it('fails alone: others are told in time, and so are its other topics where only one is refused', async () => {
    const office = await openOffice(
      (hub, topic) => {
        if (hub === OTHER) return new Promise(() => {})
        return topic === 'bad' ? REFUSED : TOLD
      },
      { hubs: [OTHER, HUB] },
    )
    await office.change('bad', ...Array.from({ length: 10 }, (_, at) => `${at}`))
    await pass(4 * SECOND)
    const told = office.reports.filter(({ outcome }) => outcome === 'told')
    expect(told.map(({ topic }) => topic)).toEqual([...'0123456789'])
    expect(office.reports).toHaveLength(11)
    // Not more than a few of its own are under way.
    expect(office.asked.filter((line) => line.includes('other'))).toHaveLength(4)
  })
})

describe('after a crash', () => {
  it('what was due before is told, and what was being told is told again, though not within a window', async () => {
    const journal = sharedJournal()
    const first = await openOffice(() => new Promise(() => {}), { journal: journal() })
    await first.change('a')
    await pass(3 * SECOND)
    expect(first.asked).toEqual(['3 a'])
    const second = await openOffice(() => TOLD, { journal: journal() })
    await pass(MINUTE)
    expect(second.asked).toEqual(['18 a'])
    expect(waiting(second)).toEqual([])
  })

  it('what was being told is told again, though the clock was set back meanwhile', async () => {
    vi.setSystemTime(10 * 24 * HOUR)
    const journal = sharedJournal()
    const first = await openOffice(() => new Promise(() => {}), { journal: journal() })
    await first.change('a')
    await pass(4 * SECOND)
    vi.setSystemTime(0)
    const second = await openOffice(() => TOLD, { journal: journal() })
    await pass(MINUTE)
    expect(waiting(second)).toEqual([])
  })

  it('and at once where it was due before the time to which the clock was set back', async () => {
    const journal = sharedJournal()
    const first = await openOffice(() => TOLD, { journal: journal() })
    await first.change('a')
    await first.close()
    await pass(2 * HOUR)
    await openOffice(() => new Promise(() => {}), { journal: journal() })
    await pass(SECOND)
    vi.setSystemTime(HOUR)
    const second = await openOffice(() => TOLD, { journal: journal() })
    await pass(SECOND)
    expect(waiting(second)).toEqual([])
  })
})

it('a long time in which nothing ran is not held against a hub', async () => {
  const journal = sharedJournal()
  const first = await openOffice(() => TOLD, { journal: journal() })
  await first.change('a')
  await first.close()
  await pass(3 * 24 * HOUR)
  const second = await openOffice(() => DOWN, { journal: journal() })
  await pass(HOUR)
  expect(second.reports.map(({ outcome }) => outcome)).not.toContain('given-up')
  expect(waiting(second)).toHaveLength(1)
})

it('nor is one in which nothing ran after it had failed', async () => {
  const journal = sharedJournal()
  const first = await openOffice(() => DOWN, { journal: journal() })
  await first.change('a', 'b')
  await pass(10 * MINUTE)
  await first.close()
  await pass(3 * 24 * HOUR)
  let isUp = false
  const second = await openOffice(() => (isUp ? TOLD : DOWN), { journal: journal() })
  await pass(10 * MINUTE)
  isUp = true
  await pass(10 * MINUTE)
  expect(second.reports.filter(({ outcome }) => outcome === 'told')).toHaveLength(2)
  expect(waiting(second)).toEqual([])
})

describe('two processes', () => {
  it('tell a topic once between them', async () => {
    const journal = sharedJournal()
    const slowly = async () => {
      await new Promise((resolve) => setTimeout(resolve, SECOND))
      return TOLD
    }
    const one = await openOffice(slowly, { journal: journal() })
    const topics = Array.from({ length: 50 }, (_, at) => `${at}`)
    await one.change(...topics)
    await pass(2 * SECOND)
    const other = await openOffice(slowly, { journal: journal() })
    await pass(MINUTE)
    expect([...one.asked, ...other.asked].map((line) => line.split(' ')[1]).sort()).toEqual(
      topics.sort(),
    )
    expect(waiting(one)).toEqual([])
  })

  it('that see the same change queue it once', async () => {
    const journal = sharedJournal()
    const event: QueueEvent = { kind: 'changed', at: 0, topics: [['a', 'same']], hubs: [HUB] }
    const one = await openOffice(() => TOLD, { journal: journal() })
    const other = await openOffice(() => TOLD, { journal: journal() })
    await one.ledger.commit([event])
    await one.ledger.commit([{ kind: 'told', at: 1, hub: HUB, topic: 'a' }])
    await other.ledger.commit([{ ...event, at: 2 }])
    expect(waiting(other)).toEqual([])
  })
})

it('a topic that is no more, or a hub that is no longer named, is told of nothing', async () => {
  const office = await openOffice(() => TOLD, { hubs: [HUB, OTHER] })
  await office.change('a', 'b')
  await office.ledger.commit([
    { kind: 'gone', at: 0, topics: ['a'] },
    { kind: 'hubs', at: 0, hubs: [OTHER] },
  ])
  await pass(MINUTE)
  expect(office.asked).toEqual(['3 other b'])
})

it('closing lets what is under way end, for a while, and begins no more', async () => {
  const office = await openOffice(async () => {
    await new Promise((resolve) => setTimeout(resolve, SECOND))
    return TOLD
  })
  await office.change(...'abcdef')
  await pass(3 * SECOND)
  const closed = office.close(2 * SECOND)
  await pass(SECOND)
  await closed
  // Nothing keeps the process.
  expect(vi.getTimerCount()).toBe(0)
  expect(waiting(office).map(({ topic }) => topic)).toEqual(['e', 'f'])
  await office.change('g')
  await pass(MINUTE)
  expect(office.asked).toEqual(['3 a', '3 b', '3 c', '3 d'])
})

it('a clock that was set back delays nothing for ever', async () => {
  vi.setSystemTime(10 * 365 * 24 * HOUR)
  const office = await openOffice(() => TOLD)
  await office.change('a')
  vi.setSystemTime(0)
  await pass(MINUTE)
  await office.change('b')
  await pass(MINUTE)
  expect(waiting(office)).toEqual([])
})
