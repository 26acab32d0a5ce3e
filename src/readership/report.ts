// The report: which feeds are read, by how many and with what, and which pollers cause needless costs.
import type { FeedCount } from './ledger.ts'
import { type Counts, DAY, type Poller, recentCounts, subscribersOf } from './poller.ts'

export interface FeedReport {
  /** Its address below the base URL. */
  readonly feed: string
  /** 200, or what is answered there instead of a document: 301, 404, 410. */
  readonly status: number
  /** The sum of what aggregators state. */
  readonly subscribers: number
  /** Readers, other than aggregators, that asked within a day. */
  readonly readers: number
  /** Polls on this day and the one before (UTC). */
  readonly polls: number
  /** Those answered 304 or 226. */
  readonly confirmed: number
  readonly deltas: number
  /** Who reads it, the most people first. */
  readonly software: readonly SoftwareReport[]
}

export interface SoftwareReport {
  readonly name: string
  readonly subscribers: number
  readonly readers: number
}

/** Bad manners, and how the report puts them. */
export const MANNERS = {
  hammers: 'asks more than once a minute',
  early: 'asks again before the answer is stale',
  repeats: 'downloads again what it was sent already',
  gone: 'keeps asking for what is gone, moved or never was',
} as const
type Manner = keyof typeof MANNERS

export interface Offender {
  readonly feed: string
  readonly software: string
  /** Tells readers of one kind apart: a hash, and an aggregator's feed id. */
  readonly mark: string
  readonly manner: Manner
  /** The polls that show it, and all polls. */
  readonly times: number
  readonly polls: number
  /** Of the last answer. */
  readonly status: number
}

export interface Report {
  /** Milliseconds since 1970. */
  readonly at: number
  /** Over all feeds that are there. */
  readonly subscribers: number
  /** Over all feeds that are there, each once. */
  readonly readers: number
  /** The most read first. */
  readonly feeds: readonly FeedReport[]
  /** Those who ask most first. */
  readonly offenders: readonly Offender[]
}

/** Polls in an hour from which on they are too many. */
const HAMMERING = 61
/** Such polls in two days below which nothing is said. */
const FEW = { early: 4, repeats: 3, gone: 3 } as const

export function reportOn(feeds: Iterable<readonly [string, FeedCount]>, at: number): Report {
  const reports: FeedReport[] = []
  const offenders: Offender[] = []
  const readers = new Set<string>()
  for (const [feed, { status, pollers }] of feeds) {
    const polled = [...pollers.entries()].map(([key, poller]): Polled => {
      return { key, poller, counts: recentCounts(poller, at) }
    })
    const software = softwareOf(polled, at)
    reports.push({
      feed,
      status,
      subscribers: sum(software.map(({ subscribers }) => subscribers)),
      readers: sum(software.map(({ readers }) => readers)),
      polls: sum(polled.map(({ counts }) => counts.polls)),
      confirmed: sum(polled.map(({ counts }) => counts.confirmed)),
      deltas: sum(polled.map(({ counts }) => counts.deltas)),
      software,
    })
    offenders.push(...polled.flatMap((one) => offencesOf(one, feed, status)))
    // Whoever is led elsewhere is counted there.
    if (status !== 200) continue
    for (const { key, poller } of polled) if (readsForItself(poller, at)) readers.add(key)
  }
  return {
    at,
    subscribers: sum(reports.map(({ status, subscribers }) => (status === 200 ? subscribers : 0))),
    readers: readers.size,
    feeds: reports.sort((a, b) => byPeople(a, b) || b.polls - a.polls || order(a.feed, b.feed)),
    offenders: offenders.sort(
      (a, b) => b.polls - a.polls || order(a.feed, b.feed) || order(a.mark, b.mark),
    ),
  }
}

/** A poller of a feed, its key among the others, and what it did lately. */
interface Polled {
  readonly key: string
  readonly poller: Poller
  readonly counts: Counts
}

/** The software that reads one feed, the most people first. */
function softwareOf(polled: readonly Polled[], at: number): SoftwareReport[] {
  const kinds = new Map<string, { stated: Map<string, number>; readers: number }>()
  for (const { poller } of polled) {
    const subscribers = subscribersOf(poller, at)
    const isReader = readsForItself(poller, at)
    if (subscribers === undefined && !isReader) continue
    const kind = kinds.get(poller.software) ?? { stated: new Map(), readers: 0 }
    kinds.set(poller.software, kind)
    // Each machine of an aggregator states the same subscribers of one of its feeds.
    const { feedId = '' } = poller
    if (subscribers !== undefined)
      kind.stated.set(feedId, Math.max(subscribers, kind.stated.get(feedId) ?? 0))
    if (isReader) kind.readers++
  }
  return [...kinds]
    .map(([name, { stated, readers }]) => ({
      name,
      subscribers: sum([...stated.values()]),
      readers,
    }))
    .sort((a, b) => byPeople(a, b) || order(a.name, b.name))
}

function offencesOf({ key, poller, counts }: Polled, feed: string, status: number): Offender[] {
  const { software } = poller
  const mark = key.slice(software.length + 1)
  const { polls } = counts
  return mannersOf(counts, status).map(([manner, times]) => {
    return { feed, software, mark, manner, times, polls, status }
  })
}

function readsForItself({ isCrawler, stated, last }: Poller, at: number): boolean {
  return !isCrawler && stated.length === 0 && last > at - DAY
}

/** Bad manners with the number of polls that show them. One that hammers is early as well, which isn't said again. */
function mannersOf(counts: Counts, status: number): [Manner, number][] {
  const { polls, repeats, early, busiest } = counts
  const found: [Manner, number][] = []
  if (busiest >= HAMMERING) found.push(['hammers', busiest])
  else if (early >= FEW.early && early * 2 >= polls) found.push(['early', early])
  if (status !== 200) return polls >= FEW.gone ? [...found, ['gone', polls]] : found
  if (repeats >= FEW.repeats && repeats * 2 >= polls) found.push(['repeats', repeats])
  return found
}

type People = Pick<FeedReport, 'subscribers' | 'readers'>

function byPeople(a: People, b: People): number {
  return b.subscribers + b.readers - a.subscribers - a.readers
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
