// Work on other threads, one for each core: each is given one batch after another, and answers.
import { availableParallelism } from 'node:os'
import { parentPort, type TransferListItem, Worker } from 'node:worker_threads'

/** MiB of V8's young generation, enough for what lives as long as a batch: moving that about took a fifth of the time. */
const YOUNG = 64
/** Batches that a thread is given ahead, so that it never waits. */
const AHEAD = 2

/** What a thread says after its answers to a batch. */
const DONE = 'done'

interface Task<Batch, Answer> {
  /** What each thread is told before its first batch. */
  readonly data?: unknown
  /** The next batch; empty where there are no more. */
  readonly next: () => readonly Batch[]
  /** Is given each answer, with the batch that it belongs to. */
  readonly hear: (answer: Answer, batch: readonly Batch[]) => void
}

/** Whether there is more than one core. */
export function hasThreads(): boolean {
  return availableParallelism() > 1
}

/**
 * Resolves when all is done, except for the batches of a thread that failed: those are left to the caller.
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
    // The caller may close what they write to.
    await Promise.all(threads.map((thread) => thread.terminate()))
  }
}

/** To be called by a thread. `answer` may be called any number of times for a batch; `moved` is handed over, not copied. */
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
