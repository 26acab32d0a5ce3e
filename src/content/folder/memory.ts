// What readings of a folder remember, so that the next one works only on what changed.
import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Distinct } from '../articles/distinct.ts'
import type { FileFacts } from '../articles/files.ts'
import type { FileReading } from '../articles/making.ts'
import type { Configuration } from '../conventions/configuration.ts'
import { HUGO_PART_FILES } from '../conventions/surroundings.ts'
import type { Beginning, OwnSpool } from '../keeping/spool.ts'
import type { Habits } from '../records/records.ts'
import type { Site, SiteSettings } from '../site/site.ts'
import type { Standing } from './standing.ts'
import type { FoundFiles } from './walk.ts'

/** What earlier readings found, so that the next one works only on what changed since. */
export interface FolderMemory {
  site?: {
    readonly settings: SiteSettings
    readonly text: string | undefined
    readonly around: Configuration | undefined
    readonly site: Site
  }
  habits?: Habits
  found?: FoundFiles
  list?: {
    readonly found: FoundFiles['records']
    readonly files: readonly string[]
  }
  standing?: Standing
  distinct?: Distinct
  readonly files: Map<string, FileReading>
  /** Pictures that articles show, with their sizes in pixels where these could be told. */
  readonly measured: Map<string, { readonly stamp: string | undefined; readonly facts: FileFacts }>
  /** The pictures that were to be measured, and which the system refused. */
  refused?: ReadonlySet<string>
  /** Where articles' words lie until they are asked for; without it, words are made at once and held in memory. */
  lying?: {
    readonly newSpool: (beginning?: Beginning) => OwnSpool
    readonly spool: OwnSpool
    /** Bytes of the spool after everything was read. */
    readonly whole: number | undefined
  }
  /** Where readings are kept for the next process; see `kept-readings.ts`. */
  kept?: {
    readonly file: string
    /** Which program reads. */
    readonly program: string
    /** What readings depend on beside their files; nothing before the first reading. */
    readonly key?: string
    /** How many files were remembered from an earlier process. */
    readonly recalled: number
  }
}

/**
 * @param newSpool makes a spool for words: for commands that serve articles, not for those that judge them.
 * @param kept where readings are kept for the next process.
 */
export function emptyMemory(
  newSpool?: (beginning?: Beginning) => OwnSpool,
  kept?: { readonly file: string; readonly program: string },
): FolderMemory {
  return {
    files: new Map(),
    measured: new Map(),
    ...(newSpool && { lying: { newSpool, spool: newSpool(), whole: undefined } }),
    ...(kept && { kept: { ...kept, recalled: 0 } }),
  }
}

/** Whether the folder holds links, or may as long as that isn't known. */
export function mayHoldLinks({ found }: FolderMemory): boolean {
  return found === undefined || found.links.size > 0
}

/** The files, present or not, that are known to configure the generator in whose site a folder lies. */
export function configurationOf(root: string, { site }: FolderMemory): readonly string[] {
  const around = site?.around
  if (around === undefined) return []
  const parts = around.generator === 'hugo' ? HUGO_PART_FILES : []
  const above = path.join(root, ...around.inside.map(() => '..'))
  return [around.file, ...parts, ...(around.parts ?? [])].map((file) => path.join(above, file))
}

/** Whether the system refused nothing that the last reading asked for. */
export function isGranted({ standing, refused }: FolderMemory): boolean {
  const notable = [...(standing?.notable.values() ?? [])]
  return !refused?.size && notable.every(({ stamp }) => stamp !== undefined)
}

/** The files that were found, but are no longer there to be read. */
export function goneSince(root: string, { standing }: FolderMemory): ReadonlySet<string> {
  const refused = [...(standing?.notable ?? [])].filter(([, { stamp }]) => stamp === undefined)
  return new Set(refused.map(([file]) => file).filter((file) => !existsSync(path.join(root, file))))
}

/** Has everything read again. */
export function forget(memory: FolderMemory): void {
  memory.files.clear()
  delete memory.list
  delete memory.standing
}

/** Made words take about three times what was written; more than this is mostly of articles that are gone. */
const MOST_TIMES = 5
/** Bytes of waste that don't matter to any publication. */
const FREE = 4 * 1024 * 1024

/** The spool to lay words in. Where most of it is waste, it is replaced, and everything is read again. */
export function spoolOf(memory: FolderMemory): OwnSpool | undefined {
  const { lying } = memory
  if (lying === undefined) return undefined
  const { newSpool, spool, whole } = lying
  if (whole === undefined || spool.size() <= MOST_TIMES * whole + FREE) return spool
  forget(memory)
  memory.lying = { newSpool, spool: newSpool(), whole: undefined }
  return memory.lying.spool
}
