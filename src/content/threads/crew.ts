// Reads the files of a large folder on all cores: each thread of a crew reads some of them.
import type { FileFacts } from '../articles/files.ts'
import type { FileReading } from '../articles/making.ts'
import type { Configuration } from '../conventions/configuration.ts'
import { type BlockText, type Readings, readingsIn } from '../keeping/reading-blocks.ts'
import type { OwnSpool, SharedSpool } from '../keeping/spool.ts'
import type { Habits } from '../records/records.ts'
import type { SiteSettings } from '../site/site.ts'
import { hasThreads, onThreads } from './threads.ts'

/** What each thread is told first. */
export interface CrewWork {
  readonly root: string
  readonly habits: Habits
  /** The site is made anew of these, since its functions can't be handed to a thread. */
  readonly settings: SiteSettings
  readonly text: string | undefined
  readonly around: Configuration | undefined
  readonly media: ReadonlyMap<string, FileFacts>
  /** Where all threads lay the words of articles. */
  readonly spool: SharedSpool
}

/** Files of one message, with their stamps. */
export type Batch = readonly (readonly [file: string, stamp: string | undefined])[]

/** With fewer files, starting threads costs more than it saves. On two cores, 50,000 files take three quarters of the time. */
const WORTH_A_CREW = 10_000
/** Files of a batch: about fifty milliseconds of work. */
const BATCH = 200

/**
 * Reads files on other threads. What they can't finish, or leave because one fails, is left to the caller.
 * @param take is given each reading.
 * @throws the system's error, where there can be no file for the spool. A full disk only ends the threads: the caller will meet it.
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
