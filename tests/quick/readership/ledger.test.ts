// The ledger: what counts as whom and for how long, and that nobody can fill the memory with it.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readBook, writeBook } from '../../../src/readership/book.ts'
import { crowd } from '../../../src/readership/crowd.ts'
import {
  type FeedPoll,
  type Ledger,
  MOST,
  newSalt,
  openLedger,
} from '../../../src/readership/ledger.ts'
import { networkOf } from '../../../src/readership/network.ts'
import { DAY, HOUR } from '../../../src/readership/poller.ts'
import { reportOn } from '../../../src/readership/report.ts'
import { CHARACTER } from '../support/characters.ts'
import { runs } from '../support/runs.ts'

const START = Date.UTC(2026, 6, 1)

function poll(said: Partial<FeedPoll> = {}): FeedPoll {
  return {
    feed: 'rss.xml',
    at: START,
    method: 'GET',
    status: 200,
    tag: 'a',
    freshFor: 300,
    agent: 'newsboat/2.21',
    client: '192.0.2.1',
    ...said,
  }
}

/** What is reported of one feed after these polls, at the time of the last one or later. */
function reportAfter(polls: readonly Partial<FeedPoll>[], later = 0) {
  const ledger = openLedger('salt')
  let at = START
  for (const said of polls) {
    at = said.at ?? START
    ledger.count(poll(said))
  }
  ledger.forget(at + later)
  const { feeds, offenders } = reportOn(ledger.feeds(), at + later)
  return { feed: feeds[0], offenders }
}

describe('people', () => {
  const feedly = (number: number) => `Feedly/1.0 (${number} subscribers)`
  it.each([
    ['the most that was stated counts', [16, 12], 0, 16],
    ['for seven days', [16], 6 * DAY, 16],
    ['and no longer', [16], 7 * DAY + 1, undefined],
  ])('%s', (_, numbers, later, subscribers) => {
    const polls = numbers.map((number) => ({ agent: feedly(number) }))
    expect(reportAfter(polls, later).feed?.subscribers).toBe(subscribers)
  })

  it('who is not there any more makes the number smaller after a week', () => {
    const polls = [0, 1, 2, 3, 4, 5, 6, 7].map((day) => ({
      at: START + day * DAY,
      agent: feedly(day === 0 ? 100 : 50),
    }))
    expect(reportAfter(polls.slice(0, 7)).feed?.subscribers).toBe(100)
    expect(reportAfter(polls).feed?.subscribers).toBe(50)
    // Also where it said so only now and then.
    expect(reportAfter(polls.filter((_, day) => day % 7 === 0)).feed?.subscribers).toBe(50)
  })

  it.each([
    ['one reader who asks twice is one', [{}, { at: START + HOUR }], 0, 1],
    ['two with one software are two', [{}, { client: '192.0.2.2' }], 0, 2],
    [
      'one that changes its address within its network is one',
      [{ client: '2001:db8::1' }, { client: '2001:db8::2:3' }],
      0,
      1,
    ],
    ['two behind one address, with other software', [{}, { agent: 'FreshRSS/1' }], 0, 2],
    ['a new release is no new reader', [{}, { agent: 'newsboat/2.30' }], 0, 1],
    ['after a day without asking one is none', [{}], DAY, 0],
    ['an aggregator is no reader of its own', [{ agent: feedly(3) }], 0, 0],
    ['a crawler is none', [{ agent: 'Googlebot/2.1' }], 0, 0],
    ['who is answered with our failure is not counted', [{ status: 500 }], 0, undefined],
    ['nor a method that reads nothing', [{ method: 'POST' }], 0, undefined],
  ])('%s', (_, polls, later, readers) => {
    expect(reportAfter(polls, later).feed?.readers).toBe(readers)
  })
})

describe('a HEAD and the GET behind it are one poll, and found nothing new once', () => {
  const pair = (at: number, head: number, get: number) => [
    { at, method: 'HEAD', status: head },
    { at: at + 1000, status: get },
  ]
  const hours = [0, 1, 2, 3, 4].map((hour) => START + hour * HOUR)
  it.each<[string, Partial<FeedPoll>[], polls: number, confirmed: number, deltas: number]>([
    ['both 304', hours.flatMap((at) => pair(at, 304, 304)), 5, 5, 0],
    ['the second 304', hours.flatMap((at) => pair(at, 200, 304)), 5, 5, 0],
    ['then a delta', hours.flatMap((at) => pair(at, 200, 226)), 5, 0, 5],
    ['HEAD alone', hours.map((at) => ({ at, method: 'HEAD', status: 304 })), 5, 5, 0],
    [
      'among others',
      [...hours.map((at) => ({ at })), ...pair(START + 5 * HOUR, 304, 304)],
      6,
      1,
      0,
    ],
    ['around midnight', pair(START + DAY - 500, 200, 304), 1, 0, 0],
  ])('%s', (_, said, polls, confirmed, deltas) => {
    expect(reportAfter(said).feed).toMatchObject({ polls, confirmed, deltas })
  })
})

describe('manners', () => {
  const every = (ms: number, count: number, said: Partial<FeedPoll> = {}) =>
    Array.from({ length: count }, (_, index) => ({ at: START + index * ms, ...said }))
  it.each<[how: string, named: [manner: string, times: number][], polls: object[]]>([
    ['asking on condition', [], every(HOUR, 20, { status: 304 })],
    [
      'asking for what changes each time',
      [],
      every(HOUR, 9).map((it, at) => ({ ...it, tag: `${at}` })),
    ],
    ['asking for the same document four times', [['repeats', 3]], every(HOUR, 4)],
    ['asking for it three times', [], every(HOUR, 3)],
    ['asking as soon as the answer is stale', [], every(300_000, 30, { status: 304 })],
    ['asking a little before', [], every(295_000, 30, { status: 304 })],
    ['asking much before', [['early', 4]], every(200_000, 5, { status: 304 })],
    ['asking once a minute', [], every(60_000, 60, { status: 304, freshFor: 60 })],
    ['asking more than once a minute', [['hammers', 62]], every(59_000, 62, { status: 304 })],
    [
      'asking on and on for what is gone',
      [['gone', 3]],
      every(DAY / 4, 3, { status: 410, tag: undefined }),
    ],
    // As QuiteRSS does.
    [
      'asking by HEAD, then GET',
      [],
      every(HOUR, 9).flatMap((it) => [
        { ...it, method: 'HEAD', tag: `${it.at}` },
        { ...it, tag: `${it.at}` },
      ]),
    ],
  ])('%s is named as %j', (_, named, polls) => {
    const { offenders } = reportAfter(polls)
    expect(offenders.map(({ manner, times }) => [manner, times])).toEqual(named)
  })

  it('who mends his ways is no longer named after two days', () => {
    const bad = every(HOUR, 24)
    const good = every(HOUR, 48, { status: 304 }).map((it) => ({ ...it, at: it.at + DAY }))
    expect(reportAfter(bad).offenders).toHaveLength(1)
    expect(reportAfter([...bad, ...good]).offenders).toEqual([])
  })
})

describe('whatever clients send', () => {
  it('feeds, readers of one and readers of all are bounded, and who comes back stays', () => {
    const ledger = openLedger('salt')
    for (const at of [START, START + HOUR]) ledger.count(poll({ at }))
    const isBounded = () => {
      const sizes = [...ledger.feeds()].map(([, { pollers }]) => pollers.size())
      expect(sizes.length).toBeLessThanOrEqual(MOST.feeds)
      expect(Math.max(...sizes)).toBeLessThanOrEqual(MOST.pollersOfFeed)
      expect(sizes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(MOST.pollers)
      expect([...writeBook(ledger, START)].join('').length).toBeLessThan(12_000_000)
    }
    // More readers than one feed has room for, and than all have together.
    const tags = ['a', 'b', 'c', 'd'].map((tag) => `tags/${tag}/rss.xml`)
    for (let index = 0; index < MOST.pollersOfFeed + 200; index++) {
      const client = `10.0.${index >> 8}.${index & 255}`
      for (const feed of index < 3_800 ? ['rss.xml', ...tags] : ['rss.xml'])
        ledger.count(poll({ client, feed, agent: 'x/1' }))
    }
    isBounded()
    for (let index = 0; index < MOST.feeds + 200; index++)
      ledger.count(poll({ feed: `rss.xml?q=${index}` }))
    isBounded()
    const feeds = [...ledger.feeds()]
    const { software = [] } =
      reportOn(feeds, START + HOUR).feeds.find(({ feed }) => feed === 'rss.xml') ?? {}
    expect(software.map(({ name }) => name)).toContain('newsboat')
  })

  it('a crowd holds no more than its places, and newcomers make way first', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30), { maxLength: 200 }), (keys) => {
        const held = crowd<{ uses: number }>(8, ({ uses }) => uses > 1)
        for (const key of ['a', 'a', ...keys.map(String)]) {
          for (const used of [key, 'a']) {
            const uses = held.get(used)?.uses ?? 0
            held.set(used, { uses: uses + 1 })
          }
        }
        expect(held.size()).toBeLessThanOrEqual(8)
        expect(held.size()).toBe([...held.entries()].length)
        expect(held.get('a')).toBeDefined()
      }),
    )
  })

  it('a clock that goes back does no harm', () => {
    const { feed } = reportAfter([{ at: START + DAY }, { at: START }])
    expect(feed?.polls).toBe(2)
  })
})

describe('a clock that was ahead', () => {
  const YEARS = 3650 * DAY
  const feedly = (number: number) => `Feedly/1.0 (${number} subscribers)`
  const ahead: Partial<FeedPoll>[] = [
    { at: START },
    { at: START + YEARS },
    { at: START + YEARS, agent: feedly(9000) },
  ]

  it('is forgotten with all that was counted by it', () => {
    const { feed } = reportAfter([
      ...ahead,
      { at: START + YEARS, agent: 'once/1.0' },
      { at: START + HOUR },
      { at: START + HOUR, agent: feedly(16) },
    ])
    expect(feed).toMatchObject({ subscribers: 16, readers: 1, polls: 2 })
    expect(feed?.software.map(({ name }) => name)).toEqual(['Feedly', 'newsboat'])
  })

  it('is no reason to be named afterwards', () => {
    const hourly = Array.from({ length: 200 }, (_, hour) => ({ at: START + hour * HOUR }))
    const tags = (polls: readonly Partial<FeedPoll>[]) =>
      polls.map((said, at) => ({ ...said, tag: `${at}` }))
    expect(reportAfter(tags([...ahead, ...hourly])).offenders).toEqual([])
  })

  it('by an hour, as between processes, takes nothing away', () => {
    const polls = [{ at: START + HOUR }, { at: START }, { at: START + HOUR }]
    expect(reportAfter(polls).feed).toMatchObject({ readers: 1, polls: 3 })
  })
})

describe('network addresses', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['192.0.2.7:4711', '192.0.2.7'],
    ['[2001:db8::6]:4711', '2001:0db8:0000:0000'],
    ['2001:db8:1:2:3:4:5:6', '2001:0db8:0001:0002'],
    ['2001:db8::6', '2001:0db8:0000:0000'],
    ['2001:DB8:1:2::', '2001:0db8:0001:0002'],
    ['fe80::1%eth0', 'fe80:0000:0000:0000'],
    ['::1', '0000:0000:0000:0000'],
    ['', ''],
    ['unknown', 'unknown'],
  ])('%s is in %s', (address, network) => expect(networkOf(address)).toBe(network))

  it('are nowhere in the book, and other salts give other marks', () => {
    const marks = [newSalt(), newSalt()].map((salt) => {
      const ledger = openLedger(salt)
      ledger.count(poll({ client: '203.0.113.77' }))
      const book = [...writeBook(ledger, START)].join('')
      expect(book).not.toContain('203.0.113.77')
      return /newsboat ([\w-]{11})"/.exec(book)?.[1]
    })
    expect(new Set(marks).size).toBe(2)
    expect(marks).not.toContain(undefined)
  })
})

describe('the book', () => {
  const linesOf = (ledger: Ledger) => [...writeBook(ledger, START)].map((line) => JSON.parse(line))
  const anyPoll = fc.record({
    feed: fc.constantFrom('rss.xml', 'tags/港口/atom.xml', 'feeds/x/***/rss.xml'),
    at: fc.integer({ min: START, max: START + 9 * DAY }),
    status: fc.constantFrom(200, 226, 301, 304, 404, 410),
    agent: fc.string({ unit: CHARACTER, maxLength: 300 }),
    client: fc.string({ maxLength: 80 }),
  })

  it('gives back the same ledger, and cut off anywhere it is refused', () => {
    fc.assert(
      fc.property(fc.array(anyPoll, { maxLength: 10 }), fc.nat(), (polls, cut) => {
        const ledger = openLedger(newSalt())
        for (const said of polls) ledger.count(poll(said))
        const text = [...writeBook(ledger, START)].join('')
        const { ledger: again, at } = readBook(text)
        expect(at).toBe(START)
        expect(linesOf(again)).toEqual(linesOf(ledger))
        expect(() => readBook(text.slice(0, cut % (text.length - 1)))).toThrow()
        const [head, ...lines] = text.split('\n')
        if (lines.length > 2) expect(() => readBook([head, ...lines.slice(1)].join('\n'))).toThrow()
      }),
      { numRuns: runs(25) },
    )
  })

  it.each([
    ['nothing', ''],
    ['other JSON', '{"a":1}\n{"lines":0}\n'],
    ['a later version', `{"readership":2,"at":1,"salt":"${newSalt()}"}\n{"lines":0}\n`],
    ['a key that can be guessed', '{"readership":1,"at":1,"salt":"x"}\n{"lines":0}\n'],
    ['bytes that are no text', '\u0000\uFFFD\n'],
  ])('of %s is refused', (_, text) => expect(() => readBook(text)).toThrow())
})
