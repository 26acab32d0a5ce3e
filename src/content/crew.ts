// A crew of threads that read the files of a large folder, each some of them, on all cores there are.
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Configuration } from './conventions/configuration.ts'
import type { FileFacts } from './files.ts'
import type { FileReading } from './making.ts'
import { readingsIn } from './reading-lines.ts'
import type { Habits } from './records.ts'
import type { Site, SiteSettings } from './site.ts'
import type { Spool } from './spool.ts'

/** What a thread is told before it reads anything. */
export interface CrewWork {
  readonly root: string
  readonly habits: Habits
  /** What the site is made of, since its functions can't be handed to a thread. */
  readonly settings: SiteSettings
  readonly text: string | undefined
  readonly around: Configuration | undefined
  readonly media: ReadonlyMap<string, FileFacts>
}

/** Files of one message, with their stamps. */
export type Batch = readonly (readonly [file: string, stamp: string | undefined])[]

/**
 * Files below which threads take longer to get going than they save. On two cores, 50,000 files are read in three
 * quarters of the time.
 */
const WORTH_A_CREW = 10_000
/** Files of a batch: some fifty milliseconds of work. */
const BATCH = 200
/** MiB for what lives as long as a batch: a fifth of a thread's time went into moving it about. */
const YOUNG = 64
/** Batches that a thread has before it, so that it never waits for the next. */
const AHEAD = 2

/**
 * Reads files on other threads; what these can't finish, or where one fails, is left for the caller.
 * @param take is given each reading.
 * @throws the system's error, where the spool can't take what was read.
 */
export async function readAsCrew(
  files: Batch,
  work: CrewWork,
  site: Site,
  spool: Spool,
  take: (file: string, reading: FileReading) => void,
): Promise<void> {
  if (files.length < WORTH_A_CREW || availableParallelism() === 1) return
  let next = 0
  const batch = () => {
    next += BATCH
    return files.slice(next - BATCH, next)
  }
  const { root, habits } = work
  const readings = readingsIn({ site, work: { root, habits }, spool }, take)
  const receive = (bytes: Uint8Array) => {
    const { offset } = spool.append(bytes)
    const lines = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    for (let at = 0; at < lines.length; ) {
      const end = lines.indexOf('\n', at)
      at = end + 1 + readings(lines.toString('utf8', at, end), offset + end + 1)
    }
  }
  const threads: Worker[] = []
  const run = () =>
    new Promise<void>((resolve, reject) => {
      const thread = new Worker(new URL('crew-thread.js', import.meta.url), {
        workerData: work,
        resourceLimits: { maxYoungGenerationSizeMb: YOUNG },
      })
      threads.push(thread)
      let under = 0
      const give = () => {
        const some = batch()
        if (some.length > 0) {
          under++
          thread.postMessage(some)
        } else if (under === 0) resolve()
      }
      const hear = (said: Uint8Array | 'done') => {
        if (said !== 'done') return receive(said)
        under--
        give()
      }
      thread.on('message', (said) => {
        try {
          hear(said)
        } catch (error) {
          // There may be no room for the words.
          reject(error)
        }
      })
      // The caller reads what it didn't.
      thread.on('error', () => {})
      thread.on('exit', () => resolve())
      for (let ahead = 0; ahead < AHEAD; ahead++) give()
    })
  try {
    await Promise.all(Array.from({ length: availableParallelism() }, run))
  } finally {
    for (const thread of threads) void thread.terminate()
  }
}
