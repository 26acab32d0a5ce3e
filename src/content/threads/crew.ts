// A crew of threads that read the files of a large folder, each some of them, on all cores there are.

import type { FileFacts } from '../articles/files.ts'
import type { FileReading } from '../articles/making.ts'
import type { Configuration } from '../conventions/configuration.ts'
import { type BlockText, type Readings, readingsIn } from '../keeping/reading-blocks.ts'
import type { OwnSpool, SharedSpool } from '../keeping/spool.ts'
import type { Habits } from '../records/records.ts'
import type { SiteSettings } from '../site/site.ts'
import { hasThreads, onThreads } from './threads.ts'

/** What a thread is told before it reads anything. */
export interface CrewWork {
  readonly root: string
  readonly habits: Habits
  /** What the site is made of, since its functions can't be handed to a thread. */
  readonly settings: SiteSettings
  readonly text: string | undefined
  readonly around: Configuration | undefined
  readonly media: ReadonlyMap<string, FileFacts>
  /** Where all lay the words of articles. */
  readonly spool: SharedSpool
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

/**
 * Reads files on other threads; what these can't finish, or where one fails, is left for the caller.
 * @param take is given each reading.
 * @throws the system's error, where there can be no file for the spool. A full one ends the threads, and is met by the caller.
 */
export async function readAsCrew(
  files: readonly string[],
  work: Omit<CrewWork, 'spool'>,
  of: Pick<Readings, 'site' | 'stamps'> & { readonly spool: OwnSpool },
  take: (file: string, reading: FileReading) => void,
): Promise<void> {
  if (files.length < WORTH_A_CREW || !hasThreads()) return
  const { root, habits } = work
  const { spool, stamps } = of
  const readings = readingsIn({ ...of, work: { root, habits } }, take)
  const hear = (block: BlockText) => readings(block, 0)
  let given = 0
  const next = (): Batch => {
    given += BATCH
    return files.slice(given - BATCH, given).map((file) => [file, stamps.get(file)])
  }
  await onThreads(new URL('crew-thread.js', import.meta.url), {
    data: { ...work, spool: spool.share() },
    next,
    hear,
  })
}
