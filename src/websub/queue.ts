// The queue: what hubs are still to be told, and the digest of each topic when a change of it was last seen.
import { z } from 'zod'
import type { Instant } from '../domain/article.ts'

/** Milliseconds within which all changes of a topic are one announcement. */
const WINDOW = 3000
/** Milliseconds after which a process that claimed an announcement is taken to be dead; telling takes less. */
const LEASE = 15_000
/** Milliseconds until the second try. Each later wait is twice as long, up to the longest. */
const FIRST_WAIT = 60_000
export const LONGEST_WAIT = 4 * 3_600_000
/** Milliseconds for which a hub may fail before its announcements are given up. */
export const PATIENCE = 24 * 3_600_000

const at = z.number()
const one = { hub: z.string(), topic: z.string() }
const topics = z.array(z.tuple([z.string(), z.string()]))
const failure = z.strictObject({ at, why: z.string() })
const claim = z.strictObject({ by: z.string(), at })
const waiting = z.strictObject({
  ...one,
  /** The time of the change. */
  since: at,
  due: at,
  tries: z.number(),
  failure: failure.exactOptional(),
  /** Since when the hub has failed, for this topic or altogether. */
  failing: at.exactOptional(),
  /** The process that is telling it now. */
  claim: claim.exactOptional(),
  /** The time at which its topic changed again while it was being told. */
  again: at.exactOptional(),
})

/** An announcement that is still to be made. */
export type Waiting = z.infer<typeof waiting>

/** One thing that happened. All events, applied in order, make the queue. */
export const queueEvent = z.discriminatedUnion('kind', [
  /** Topics with their digests, of which no hub has to be told. */
  z.strictObject({ kind: z.literal('known'), at, topics }),
  /** Topics that changed, and the hubs to tell. */
  z.strictObject({ kind: z.literal('changed'), at, topics, hubs: z.array(z.string()) }),
  z.strictObject({ kind: z.literal('gone'), at, topics: z.array(z.string()) }),
  /** The hubs of the publication. What waits for others is dropped. */
  z.strictObject({ kind: z.literal('hubs'), at, hubs: z.array(z.string()) }),
  /** A process claims an announcement, to make it. The first to say so has it. */
  z.strictObject({ kind: z.literal('try'), at, ...one, by: z.string() }),
  z.strictObject({ kind: z.literal('told'), at, ...one }),
  z.strictObject({ kind: z.literal('failed'), at, ...one, why: z.string(), due: at }),
  z.strictObject({ kind: z.literal('given-up'), at, ...one }),
  /** The hub failed: nothing that waits for it is due before `until`. */
  z.strictObject({ kind: z.literal('put-off'), at, hub: z.string(), until: at }),
  /** Everything is due now, at one hub or at all. */
  z.strictObject({ kind: z.literal('hurry'), at, hub: z.string().exactOptional() }),
  /** The announcements that many earlier events amount to. */
  z.strictObject({ kind: z.literal('waiting'), at, waiting: z.array(waiting) }),
])

export type QueueEvent = z.infer<typeof queueEvent>

export interface Queue {
  /** Digests by topic. */
  readonly topics: Map<string, string>
  readonly waiting: Map<string, Waiting>
  /** When hubs confirmed announcements, as far as it is within the last window. */
  readonly told: Map<string, Instant>
}

export function emptyQueue(): Queue {
  return { topics: new Map(), waiting: new Map(), told: new Map() }
}

export function keyOf({ hub, topic }: { hub: string; topic: string }): string {
  return `${hub} ${topic}`
}

function partsOf(key: string): { hub: string; topic: string } {
  const [hub = '', topic = ''] = key.split(' ')
  return { hub, topic }
}

/** Changes the queue by an event. The same events give the same queue in every process. */
export function apply(queue: Queue, event: QueueEvent): void {
  const { topics, waiting } = queue
  switch (event.kind) {
    case 'known':
      for (const [topic, digest] of event.topics) topics.set(topic, digest)
      break
    case 'changed':
      for (const [topic, digest] of event.topics) {
        // Another process saw the same change.
        if (topics.get(topic) === digest) continue
        topics.set(topic, digest)
        for (const hub of event.hubs) enqueue(queue, { hub, topic }, event.at)
      }
      break
    case 'gone':
      for (const topic of event.topics) topics.delete(topic)
      drop(queue, ({ topic }) => !topics.has(topic))
      break
    case 'hubs':
      drop(queue, ({ hub }) => !event.hubs.includes(hub))
      break
    case 'put-off':
      change(queue, (one) =>
        one.hub === event.hub && one.due < event.until
          ? { ...one, due: event.until, failing: one.failing ?? event.at }
          : one,
      )
      break
    case 'hurry':
      change(queue, (one) =>
        event.hub === undefined || event.hub === one.hub
          ? { ...one, due: Math.min(one.due, Math.max(event.at, windowEnd(queue, one))) }
          : one,
      )
      break
    case 'waiting':
      for (const one of event.waiting) waiting.set(keyOf(one), one)
      break
    default:
      applyTry(queue, event)
  }
}

/**
 * The earliest time to tell a hub of a change again. It is counted from the hub's last answer, since on a busy machine much time
 * may pass between a change and its line in the journal, and between a try and its request.
 */
function windowEnd(
  { told }: Queue,
  one: Pick<Waiting, 'hub' | 'topic' | 'since' | 'failure'>,
): Instant {
  const { since, failure } = one
  const answered = Math.max(told.get(keyOf(one)) ?? since, failure?.at ?? since)
  // An answer in the future is from before the clock was set back.
  return Math.max(since, answered < since + LEASE ? answered : since) + WINDOW
}

function enqueue(queue: Queue, one: { hub: string; topic: string }, at: Instant): void {
  const { waiting } = queue
  const key = keyOf(one)
  const found = waiting.get(key)
  if (found === undefined) {
    const fresh = { ...one, since: at, tries: 0 }
    waiting.set(key, { ...fresh, due: windowEnd(queue, fresh) })
  } else if (found.claim !== undefined) waiting.set(key, { ...found, again: at })
  else {
    // What is new is worth another day, and a try at once.
    const { failing: _, ...rest } = found
    const fresh = { ...rest, since: at }
    waiting.set(key, { ...fresh, due: Math.min(found.due, windowEnd(queue, fresh)) })
  }
}

type Try = Extract<QueueEvent, { kind: 'try' | 'told' | 'failed' | 'given-up' }>

function applyTry(queue: Queue, event: Try): void {
  const { waiting, told } = queue
  const key = keyOf(event)
  if (event.kind === 'told') {
    for (const [old, at] of told) if (at + WINDOW < event.at) told.delete(old)
    told.set(key, event.at)
  }
  const found = waiting.get(key)
  if (found === undefined) return
  const { claim, again, ...free } = found
  if (event.kind === 'try') {
    // A claim of long ago, or from before the clock was set back, holds no more.
    if (claim !== undefined && Math.abs(event.at - claim.at) < LEASE) return
    // The announcement covers every change so far.
    const { by, at } = event
    waiting.set(key, { ...free, since: again ?? free.since, claim: { by, at } })
  } else if (event.kind === 'failed') {
    const { at, why, due } = event
    const since = again ?? free.since
    const failing = free.failing ?? at
    waiting.set(key, { ...free, since, due, tries: free.tries + 1, failure: { at, why }, failing })
  } else {
    waiting.delete(key)
    if (again !== undefined) enqueue(queue, { hub: found.hub, topic: found.topic }, again)
  }
}

function change({ waiting }: Queue, to: (one: Waiting) => Waiting): void {
  for (const [key, one] of waiting) waiting.set(key, to(one))
}

function drop({ waiting }: Queue, isOut: (one: Waiting) => boolean): void {
  for (const [key, one] of waiting) if (isOut(one)) waiting.delete(key)
}

/** A few events that make the same queue. */
export function summarize({ topics, waiting, told }: Queue, at: Instant): QueueEvent[] {
  return [
    { kind: 'known', at, topics: [...topics] },
    ...[...told].map(([key, at]) => ({ kind: 'told' as const, at, ...partsOf(key) })),
    ...(waiting.size === 0
      ? []
      : [{ kind: 'waiting' as const, at, waiting: [...waiting.values()] }]),
  ]
}

/** When an announcement may be tried. What would wait longer than any wait is due now: the clock was set back. */
export function readyAt({ due, claim }: Waiting, now: Instant): Instant {
  const free = claim === undefined || claim.at > now + LEASE ? due : Math.max(due, claim.at + LEASE)
  return free > now + LONGEST_WAIT + LEASE ? now : free
}

/**
 * Milliseconds from a failed try to the next.
 * @param tries that failed before.
 * @param asked milliseconds that the hub asks for; fewer than the usual wait are ignored, or it might be asked again and again.
 */
export function waitAfter(tries: number, asked = 0): number {
  return Math.min(Math.max(FIRST_WAIT * 2 ** tries, asked), LONGEST_WAIT)
}
