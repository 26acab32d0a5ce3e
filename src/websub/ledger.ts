// The ledger: the queue in memory and its journal, kept alike. Where the journal fails, the queue goes on in memory.
import type { Instant } from '../domain/article.ts'
import type { Journal } from './journal.ts'
import { apply, emptyQueue, type Queue, type QueueEvent, summarize } from './queue.ts'

export interface Ledger {
  /** The queue as of the last commit. */
  queue(): Queue
  /** Writes down what happened. Resolves when that would survive a crash, and the queue includes it and what others wrote. */
  commit(events: readonly QueueEvent[]): Promise<void>
  close(): Promise<void>
}

/** Bytes up to which a journal is never summarized. */
const SMALL = 1024 * 1024

/**
 * @param failed told once that the journal can't be kept. Each commit tries again, and when one succeeds nothing is missing. A
 * journal that couldn't even be read is left alone until it is opened again.
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

  /** Applies what was written since; resolves with whether the journal had been replaced. */
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
    // Appended while another process replaced the journal. Events that are no changes may be lost: at worst a hub is told twice.
    const lost = lostOf(events, queue)
    if (lost.length > 0) await write(lost)
  }

  function fail(error: unknown): void {
    isKept = false
    if (!hasFailed) failed(error)
    hasFailed = true
  }

  /** Writes what was committed since the last write, in one go. */
  async function writeGathered(): Promise<void> {
    const events = gathered
    gathered = []
    let isWritten = false
    if (isKept) {
      try {
        await write(events)
        isWritten = true
      } catch (error) {
        // Perhaps the file was deleted. The queue holds all that was in it, unless it was never read.
        if (!isRead) fail(error)
      }
    }
    if (isWritten && journal.size() <= SMALL + 2 * summarized) return
    // Not a second time: what was told and has changed again would count as told.
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

/** The changes among events that are missing in a queue, except those that later ones among them superseded. */
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
