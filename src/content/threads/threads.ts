// Work that is done on other threads, one for each core: each is given a batch after another, and heard.
import { availableParallelism } from 'node:os'
import { parentPort, type TransferListItem, Worker } from 'node:worker_threads'

/** MiB for what lives as long as a batch: a fifth of a thread's time went into moving it about. */
const YOUNG = 64
/** Batches that a thread has before it, so that it never waits for the next. */
const AHEAD = 2

/** What a thread says behind the answers to a batch. */
const DONE = 'done'

interface Task<Batch, Answer> {
  /** What each thread is told before its first batch. */
  readonly data?: unknown
  /** The next batch; empty where there are no more. */
  readonly next: () => readonly Batch[]
  /** Is given each answer, and the batch that it is one to. */
  readonly hear: (answer: Answer, batch: readonly Batch[]) => void
}

/** Whether there are cores to do work on beside each other. */
export function hasThreads(): boolean {
  return availableParallelism() > 1
}

/**
 * Resolves when all is done, or left by a thread that failed: the caller does what it didn't.
 * @param script of a thread, which calls `answerBatches`.
 * @throws what `hear` throws.
 */
export async function onThreads<Batch, Answer>(
  script: URL,
  { data, next, hear }: Task<Batch, Answer>,
): Promise<void> {
  const threads: Worker[] = []
  const run = () =>
    new Promise<void>((resolve, reject) => {
      const thread = new Worker(script, {
        workerData: data,
        resourceLimits: { maxYoungGenerationSizeMb: YOUNG },
      })
      threads.push(thread)
      const given: (readonly Batch[])[] = []
      const give = () => {
        const batch = next()
        if (batch.length > 0) {
          given.push(batch)
          thread.postMessage(batch)
        } else if (given.length === 0) resolve()
      }
      thread.on('message', (said: Answer | typeof DONE) => {
        try {
          if (said !== DONE) return hear(said, given[0] as readonly Batch[])
          given.shift()
          give()
        } catch (error) {
          reject(error)
        }
      })
      thread.on('error', () => {})
      thread.on('exit', () => resolve())
      for (let ahead = 0; ahead < AHEAD; ahead++) give()
    })
  try {
    await Promise.all(Array.from({ length: availableParallelism() }, run))
  } finally {
    // Whoever goes on may close what they write to.
    await Promise.all(threads.map((thread) => thread.terminate()))
  }
}

/** What a thread is asked: `answer` may be called for a batch any number of times, and takes what is moved, not copied. */
export function answerBatches<Batch, Answer>(
  work: (
    batch: readonly Batch[],
    answer: (answer: Answer, moved?: readonly TransferListItem[]) => void,
  ) => void,
): void {
  parentPort?.on('message', (batch: readonly Batch[]) => {
    work(batch, (answer, moved) => parentPort?.postMessage(answer, moved))
    parentPort?.postMessage(DONE)
  })
}
