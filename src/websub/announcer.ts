// Tells hubs what is due in the queue. No hub waits for another, and nothing else waits for a hub.
import { randomUUID } from 'node:crypto'
import type { Instant } from '../domain/article.ts'
import type { Ledger } from './ledger.ts'
import { keyOf, LONGEST_WAIT, PATIENCE, readyAt, type Waiting, waitAfter } from './queue.ts'
import type { Outcome, TellHub } from './tell-hub.ts'

/** How an announcement went; for logs and counts. */
export interface Announced {
  readonly outcome: 'told' | 'failed' | 'given-up'
  readonly hub: string
  readonly topic: string
  /** Tries, this one included. */
  readonly tries: number
  /** Why the hub wasn't told. */
  readonly why?: string
  /** When it is tried again. */
  readonly due?: Instant
}

export interface Announcer {
  /** Looks at the queue: tells what is due, and sets a timer for the rest. */
  look(): void
  /** Tells what is due now, and resolves when nothing is under way. */
  drain(): Promise<void>
  /** Ends it. What is under way has `farewell` milliseconds to finish. */
  close(farewell: number): Promise<void>
}

/** Announcements under way at a hub at a time; only one while the hub is down. */
const ABREAST = 4
/** Failures in a row after which a hub may be given up. Fewer say little, as while the network isn't up yet. */
const ENOUGH = 6

/** A hub that fails. */
interface Down {
  /** Failures in a row, without those of announcements that were tried before `until` since they had just changed. */
  readonly failures: number
  /** When it is tried again. */
  readonly until: Instant
}

export function createAnnouncer(
  ledger: Ledger,
  tell: TellHub,
  report: (announced: Announced) => void,
  clock: () => Instant,
): Announcer {
  const me = randomUUID()
  const rounds = new Map<string, Promise<void>>()
  const down = new Map<string, Down>()
  /** When each hub that asked to be left alone may be asked again. */
  const asked = new Map<string, Instant>()
  const abort = new AbortController()
  let isClosed = false
  let timer: NodeJS.Timeout | undefined

  function look(): void {
    clearTimeout(timer)
    if (isClosed) return
    const now = clock()
    let next = Number.POSITIVE_INFINITY
    for (const one of ledger.queue().waiting.values()) {
      const ready = mayTell(one, now)
      if (rounds.has(one.hub)) continue
      if (ready <= now) start(one.hub)
      else next = Math.min(next, ready)
    }
    // No wait is too long for a timer.
    if (next < Number.POSITIVE_INFINITY) timer = setTimeout(look, next - now)
  }

  function start(hub: string): void {
    const round = goRound(hub).finally(() => {
      rounds.delete(hub)
      look()
    })
    rounds.set(hub, round)
  }

  /** Tells one hub all that is due. If the hub fails, the rest is put off; if it is back, all that waits for it is due. */
  async function goRound(hub: string): Promise<void> {
    for (let some = dueAt(hub); some.length > 0 && !isClosed; some = dueAt(hub)) {
      const outcomes = (await Promise.all(some.map(attempt))).filter((one) => one !== undefined)
      if (outcomes.length === 0) continue
      const at = clock()
      const was = down.get(hub)
      down.delete(hub)
      const waits = outcomes.flatMap((one) => (one.isTold || !one.isOfHub ? [] : [one.wait ?? 0]))
      const wait = Math.min(Math.max(0, ...waits), LONGEST_WAIT)
      if (wait > 0) asked.set(hub, at + wait)
      if (waits.length === outcomes.length) {
        const is = stillDown(was, at, wait)
        down.set(hub, is)
        await ledger.commit([{ kind: 'put-off', at, hub, until: is.until }])
        await giveUp(hub, is, at)
      } else if (was !== undefined) await ledger.commit([{ kind: 'hurry', at, hub }])
    }
  }

  /** When an announcement may be made, as far as its hub isn't busy then. */
  function mayTell(one: Waiting, now: Instant): Instant {
    const until = asked.get(one.hub) ?? 0
    const ready = readyAt(one, now)
    // Longer than the longest wait: the clock was set back.
    return until > now + LONGEST_WAIT ? ready : Math.max(ready, until)
  }

  /** Gives up what has waited too long for a hub that is down, even if it was never tried itself. */
  async function giveUp(hub: string, { failures }: Down, at: Instant): Promise<void> {
    const old = [...ledger.queue().waiting.values()].filter(
      (one) => one.hub === hub && one.claim === undefined && isGivenUp(one, failures, at),
    )
    await ledger.commit(old.map(({ topic }) => ({ kind: 'given-up', at, hub, topic })))
    for (const { topic, tries, failure } of old) {
      const why = failure?.why ?? 'the hub failed for other topics'
      report({ outcome: 'given-up', hub, topic, tries, why })
    }
  }

  /** Those tried least first: one that the hub always fails for would keep all others waiting. */
  function dueAt(hub: string): Waiting[] {
    const now = clock()
    return [...ledger.queue().waiting.values()]
      .filter((one) => one.hub === hub && mayTell(one, now) <= now)
      .sort((a, b) => a.tries - b.tries)
      .slice(0, down.has(hub) ? 1 : ABREAST)
  }

  /** @returns nothing where the hub wasn't asked or the server stopped meanwhile, so that the hub's state isn't known. */
  async function attempt({ hub, topic }: Waiting): Promise<Outcome | undefined> {
    const key = keyOf({ hub, topic })
    await ledger.commit([{ kind: 'try', at: clock(), hub, topic, by: me }])
    const taken = ledger.queue().waiting.get(key)
    // Another process was first, or the topic is gone.
    if (taken?.claim?.by !== me) return undefined
    const outcome = await tell(hub, topic, abort.signal)
    if (abort.signal.aborted) return undefined
    const at = clock()
    const tries = taken.tries + 1
    if (outcome.isTold) {
      await ledger.commit([{ kind: 'told', at, hub, topic }])
      report({ outcome: 'told', hub, topic, tries })
      return outcome
    }
    const { why } = outcome
    const due = at + waitAfter(taken.tries, outcome.wait)
    const failures = outcome.isOfHub ? (down.get(hub)?.failures ?? 0) + 1 : tries
    const isLast = isGivenUp(taken, failures, at)
    await ledger.commit([
      isLast ? { kind: 'given-up', at, hub, topic } : { kind: 'failed', at, hub, topic, why, due },
    ])
    report({
      ...(isLast ? { outcome: 'given-up' } : { outcome: 'failed', due }),
      hub,
      topic,
      tries,
      why,
    })
    return outcome
  }

  return {
    look,
    async drain() {
      look()
      while (rounds.size > 0) await Promise.all(rounds.values())
    },
    async close(farewell) {
      isClosed = true
      clearTimeout(timer)
      const cut = setTimeout(() => abort.abort(), farewell)
      await Promise.all(rounds.values())
      clearTimeout(cut)
    },
  }
}

/** @param wait milliseconds that the hub asks for. */
function stillDown(was: Down | undefined, at: Instant, wait: number): Down {
  // A try for what just changed isn't counted. Where `until` is too far in the future, the clock was set back.
  if (was !== undefined && at < was.until && was.until <= at + LONGEST_WAIT)
    return { ...was, until: Math.max(was.until, at + wait) }
  const failures = was?.failures ?? 0
  return { failures: failures + 1, until: at + waitAfter(failures, wait) }
}

function isGivenUp({ failing }: Waiting, failures: number, at: Instant): boolean {
  return failures >= ENOUGH && failing !== undefined && at - failing >= PATIENCE
}
