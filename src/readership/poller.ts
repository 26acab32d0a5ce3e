// A poller: one machine that reads one feed, for itself or for an aggregator's subscribers, and how well it behaves.
import { z } from 'zod'
import type { Reader } from './user-agent.ts'

/** Milliseconds. */
export const HOUR = 3_600_000
export const DAY = 24 * HOUR
/** Days for which a statement of subscribers holds, and for which a poller is remembered. */
export const MEMORY = 7
/** Milliseconds by which a poll may come before the last answer is stale: clocks and timers aren't exact. */
const TOLERANCE = 10_000

const count = z.int().min(0)
const instant = z.number().min(0)

const counts = z.object({
  polls: count,
  /** Answered 304, and 226. */
  confirmed: count,
  deltas: count,
  /** Sent the same whole document that it was sent, or had confirmed, the last time. */
  repeats: count,
  /** Asked while the last answer was still fresh. */
  early: count,
  /** The most polls in one hour of the clock. */
  busiest: count,
})
export type Counts = z.infer<typeof counts>

/** Also the form in which it is kept in the state folder. */
export const pollerRecord = z.object({
  software: z.string().max(200),
  isCrawler: z.boolean(),
  /** The aggregator's own name for the feed. */
  feedId: z.string().max(100).optional(),
  /** Days since 1970 with the most subscribers stated on each, oldest first; empty if it states none. */
  stated: z.array(z.tuple([count, count])).max(MEMORY),
  last: instant,
  freshUntil: instant,
  tag: z.string().max(100).optional(),
  /** Whether the last request was a HEAD: a GET after it belongs to the same poll. */
  wasHead: z.boolean(),
  /** Whether the last request was answered 304 or 226. */
  wasTold: z.boolean().optional(),
  /** The day that `today` is, since 1970 (UTC). */
  day: count,
  today: counts,
  yesterday: counts,
  /** The hour since 1970 that `inHour` counts the polls of. */
  hour: count,
  inHour: count,
})
export type Poller = z.infer<typeof pollerRecord>

/** A request, and what it was answered with. */
export interface Poll {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly method: string
  readonly status: number
  /** What names the document; nothing where there was none. */
  readonly tag?: string | undefined
  /** Seconds for which the answer was said to be fresh. */
  readonly freshFor: number
}

const NONE: Counts = { polls: 0, confirmed: 0, deltas: 0, repeats: 0, early: 0, busiest: 0 }

export function newPoller({ software, isCrawler, feedId }: Reader): Poller {
  return {
    software,
    isCrawler,
    ...(feedId === undefined ? {} : { feedId }),
    stated: [],
    last: 0,
    freshUntil: 0,
    wasHead: false,
    day: 0,
    today: { ...NONE },
    yesterday: { ...NONE },
    hour: 0,
    inHour: 0,
  }
}

/** Counts a poll. It changes the poller in place, since this happens at every request. */
export function countPoll(poller: Poller, poll: Poll, subscribers: number | undefined): void {
  const at = Math.max(poll.at, poller.last)
  turnDay(poller, Math.floor(at / DAY))
  const { today } = poller
  const isSecondHalf = poller.wasHead && poll.method === 'GET'
  if (!isSecondHalf) {
    today.polls++
    if (at < poller.freshUntil - TOLERANCE) today.early++
    countHour(poller, Math.floor(at / HOUR))
  }
  // A GET after a HEAD isn't counted again if the HEAD was, or if that was on the day before.
  const isCounted = isSecondHalf && (poller.wasTold === true || today.polls === 0)
  if (poll.status === 304 && !isCounted) today.confirmed++
  if (poll.status === 226 && !isCounted) today.deltas++
  const isWhole = poll.status === 200 && poll.method === 'GET'
  if (isWhole && poll.tag !== undefined && poll.tag === poller.tag) today.repeats++
  // After HEAD the client has no document yet.
  if (poll.tag !== undefined && poll.method === 'GET') poller.tag = poll.tag
  poller.wasHead = poll.method === 'HEAD'
  poller.wasTold = poll.status === 304 || poll.status === 226
  poller.last = at
  poller.freshUntil = at + poll.freshFor * 1000
  if (subscribers !== undefined) state(poller, subscribers)
}

/** The most subscribers that it stated within the last days; nothing where it stated none. */
export function subscribersOf({ stated }: Poller, now: number): number | undefined {
  const since = Math.floor(now / DAY) - MEMORY
  const valid = stated.filter(([day]) => day > since).map(([, number]) => number)
  return valid.length === 0 ? undefined : Math.max(...valid)
}

/** The counts of this day and the one before (UTC). */
export function recentCounts({ day, today, yesterday }: Poller, now: number): Counts {
  const age = Math.floor(now / DAY) - day
  if (age > 1) return NONE
  if (age === 1) return today
  const sum = { ...today, busiest: Math.max(today.busiest, yesterday.busiest) }
  for (const key of ['polls', 'confirmed', 'deltas', 'repeats', 'early'] as const)
    sum[key] += yesterday[key]
  return sum
}

function turnDay(poller: Poller, day: number): void {
  if (day === poller.day) return
  poller.yesterday = day === poller.day + 1 ? poller.today : { ...NONE }
  poller.today = { ...NONE }
  poller.day = day
}

function countHour(poller: Poller, hour: number): void {
  poller.inHour = hour === poller.hour ? poller.inHour + 1 : 1
  poller.hour = hour
  poller.today.busiest = Math.max(poller.today.busiest, poller.inHour)
}

function state({ stated, day }: Poller, subscribers: number): void {
  const last = stated.at(-1)
  if (last?.[0] === day) last[1] = Math.max(last[1], subscribers)
  else stated.push([day, subscribers])
  if (stated.length > MEMORY) stated.shift()
}
