// What a running server does for hubs: it notices what changed, be it by the clock alone, and has them told.
import { inTurns } from '../content/bounded.ts'
import type { Instant } from '../domain/article.ts'
import type { Publisher } from '../publishing/publisher.ts'
import { changedTopics, type Shown, type Topic, topicsOf } from '../publishing/topics.ts'
import { type Announced, type Announcer, createAnnouncer } from '../websub/announcer.ts'
import type { Journal } from '../websub/journal.ts'
import { type Ledger, openLedger } from '../websub/ledger.ts'
import type { Queue, QueueEvent } from '../websub/queue.ts'
import type { TellHub } from '../websub/tell-hub.ts'

export interface Announcing {
  /** Looks for changes; to be called after something was published. */
  look(): void
  /** How many announcements are still to be made: one for each hub and topic. */
  waiting(): number
  close(): Promise<void>
}

interface Parts {
  readonly publisher: Publisher
  /** Not touched while the publication names no hub. */
  readonly journal: Journal
  readonly tell: TellHub
  readonly report: (announced: Announced) => void
  /** Told, once, that the journal can't be kept. */
  readonly unkept: (error: unknown) => void
  /** Told that looking for changes failed. */
  readonly failed: (error: unknown) => void
  readonly clock: () => Instant
}

/** Milliseconds after which it looks in any case: a feed's window moves with the clock, and clocks are set. */
const LONGEST_SLEEP = 60_000
/** Milliseconds that announcements under way have to end when the server stops. */
const FAREWELL = 3000

export function startAnnouncing(parts: Parts): Announcing {
  const { publisher, journal, tell, report, unkept, failed, clock } = parts
  let shown = show(publisher, clock)
  let ledger: Ledger | undefined
  let office: { ledger: Ledger; announcer: Announcer } | undefined
  let running: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  let isClosed = false

  /** Queues what changed since the last look; the first time, since Gazette last ran. */
  async function notice(): Promise<void> {
    const before = shown
    const now = show(publisher, clock)
    const { hubs } = now.catalog.publication
    if (office !== undefined) {
      const changes = await gathered(changedTopics(before, now))
      const news = {
        changed: changes.flatMap(({ changed }) => changed),
        known: changes.flatMap(({ alike }) => alike),
        gone: changes.flatMap(({ gone }) => gone),
      }
      await tellOf(office.ledger, news, hubs)
    } else if (hubs.length > 0) {
      ledger ??= await openLedger(journal, clock, unkept)
      await tellOf(ledger, await takeStock(now, ledger.queue()), hubs)
      office = { ledger, announcer: createAnnouncer(ledger, tell, report, clock) }
    }
    // Only now, so that after a failure the next look compares with the same state.
    shown = now
    office?.announcer.look()
  }

  async function tellOf(ledger: Ledger, news: News, hubs: readonly string[]): Promise<void> {
    const events = eventsOf(news, hubs, ledger.queue(), clock())
    if (events.length > 0) await ledger.commit(events)
  }

  function look(): void {
    clearTimeout(timer)
    if (isClosed) return
    running = running.then(notice).then(
      () => sleep(0),
      (error) => {
        failed(error)
        sleep(LONGEST_SLEEP)
      },
    )
  }

  /** Until time alone changes something; at least so many milliseconds. */
  function sleep(least: number): void {
    clearTimeout(timer)
    if (isClosed) return
    const wait = shown.catalog.validUntil - clock()
    timer = setTimeout(look, Math.min(Math.max(wait, least), LONGEST_SLEEP))
  }

  look()
  return {
    look,
    waiting: () => office?.ledger.queue().waiting.size ?? 0,
    async close() {
      isClosed = true
      clearTimeout(timer)
      await running
      await office?.announcer.close(FAREWELL)
      await ledger?.close()
    },
  }
}

function show(publisher: Publisher, clock: () => Instant): Shown {
  const catalog = publisher.catalog()
  return { catalog, at: Math.min(Math.max(clock(), catalog.at), catalog.validUntil - 1) }
}

interface News {
  readonly changed: readonly Topic[]
  readonly known: readonly Topic[]
  readonly gone: readonly string[]
}

/**
 * What changed while Gazette wasn't running. At the very first start nothing has: nobody could subscribe yet, and a server
 * that keeps no state would announce everything at each start.
 */
async function takeStock(shown: Shown, { topics }: Queue): Promise<News> {
  const found = (await gathered(topicsOf(shown))).flat()
  if (topics.size === 0) return { changed: [], known: found, gone: [] }
  const urls = new Set(found.map(({ url }) => url))
  return {
    changed: found.filter(({ url, digest }) => topics.get(url) !== digest),
    known: [],
    gone: [...topics.keys()].filter((url) => !urls.has(url)),
  }
}

/** Everything that an iterable yields, with pauses in which requests are answered. */
async function gathered<T>(made: Iterable<T>): Promise<T[]> {
  const all: T[] = []
  await inTurns(made, (one) => void all.push(one))
  return all
}

function eventsOf(
  { changed, known, gone }: News,
  hubs: readonly string[],
  { waiting }: Queue,
  at: Instant,
): QueueEvent[] {
  const pairs = (topics: readonly Topic[]) =>
    topics.map(({ url, digest }): [string, string] => [url, digest])
  const isStale = [...waiting.values()].some(({ hub }) => !hubs.includes(hub))
  return [
    ...(isStale ? [{ kind: 'hubs' as const, at, hubs: [...hubs] }] : []),
    ...(known.length === 0 ? [] : [{ kind: 'known' as const, at, topics: pairs(known) }]),
    ...(gone.length === 0 ? [] : [{ kind: 'gone' as const, at, topics: [...gone] }]),
    ...(changed.length === 0
      ? []
      : [{ kind: 'changed' as const, at, topics: pairs(changed), hubs: [...hubs] }]),
  ]
}
