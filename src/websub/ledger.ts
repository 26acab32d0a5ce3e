// The ledger: the queue in memory and its journal, which say the same; and goes on in memory where the journal can't.
import type { Instant } from '../domain/article.ts'
import type { Journal } from './journal.ts'
import { apply, emptyQueue, type Queue, type QueueEvent, summarize } from './queue.ts'

export interface Ledger {
  /** As of the last call. */
  queue(): Queue
  /** Writes down what happened; resolves when it would survive a crash, and the queue tells of it and of what others wrote. */
  commit(events: readonly QueueEvent[]): Promise<void>
  close(): Promise<void>
}

/** Bytes of a journal that is left as it is. */
const SMALL = 1024 * 1024

/**
 * @param failed told once where the journal can't be kept; it is tried again with each commit, and once that succeeds nothing
 * is missing from it. Where it couldn't even be read, it is left as it is until it is opened anew.
 */
export async function openLedger(
  journal: Journal,
  clock: () => Instant,
  failed: (error: unknown) => void,
): Promise<Ledger> {
  let queue = emptyQueue()
  let isKept = true
  let isRead = false
  let hasFailed = false
  let summarized = 0
  let gathered: QueueEvent[] = []
  let running: Promise<void> = Promise.resolve()

  /** Whether what was read before counts no more. */
  async function catchUp(): Promise<boolean> {
    const { events, isWhole } = await journal.read()
    isRead = true
    if (isWhole) queue = emptyQueue()
    for (const event of events) apply(queue, event)
    return isWhole
  }

  async function rewrite(): Promise<void> {
    await journal.replace(summarize(queue, clock()))
    summarized = journal.size()
  }

  async function write(events: readonly QueueEvent[]): Promise<void> {
    if (events.length > 0) await journal.append(events)
    if (!(await catchUp())) return
    // Added as another process was putting its sum in their place. What else it left out is at most told twice.
    const lost = lostOf(events, queue)
    if (lost.length > 0) await write(lost)
  }

  function fail(error: unknown): void {
    isKept = false
    if (!hasFailed) failed(error)
    hasFailed = true
  }

  /** What came together is written together. */
  async function writeGathered(): Promise<void> {
    const events = gathered
    gathered = []
    let isWritten = false
    if (isKept) {
      try {
        await write(events)
        isWritten = true
      } catch (error) {
        // Perhaps somebody deleted it, and the queue here holds all that it said; but not where it couldn't even be read.
        if (!isRead) fail(error)
      }
    }
    if (isWritten && journal.size() <= SMALL + 2 * summarized) return
    // Once alone: what was told and changed again would count as told.
    if (!isWritten) for (const event of events) apply(queue, event)
    if (!isRead) return
    try {
      await rewrite()
      isKept = true
      hasFailed = false
    } catch (error) {
      fail(error)
    }
  }

  const ledger: Ledger = {
    queue: () => queue,
    commit(events) {
      gathered.push(...events)
      running = running.then(writeGathered)
      return running
    },
    async close() {
      await running
      await journal.close()
    },
  }
  await ledger.commit([])
  return ledger
}

/** The changes among events that a queue doesn't tell of, but for those that others of them took the place of. */
function lostOf(events: readonly QueueEvent[], { topics }: Queue): QueueEvent[] {
  const last = new Map<string, string | undefined>()
  for (const event of events) {
    if (event.kind === 'changed')
      for (const [topic, digest] of event.topics) last.set(topic, digest)
    if (event.kind === 'gone') for (const topic of event.topics) last.set(topic, undefined)
  }
  return events.filter(
    (event) =>
      event.kind === 'changed' &&
      event.topics.some(
        ([topic, digest]) => last.get(topic) === digest && topics.get(topic) !== digest,
      ),
  )
}
