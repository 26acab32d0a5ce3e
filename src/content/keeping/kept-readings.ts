// What a reading found, kept in a file of the state folder, so that the next start works only on what changed since.
import { hash } from 'node:crypto'
import type { FileFacts } from '../articles/files.ts'
import type { Work } from '../articles/making.ts'
import type { FolderMemory } from '../folder/memory.ts'
import type { SiteSettings } from '../site/site.ts'
import {
  blocksOf,
  type Kept,
  type KeptBlock,
  openKept,
  readBlocks,
  writeKept,
} from './kept-blocks.ts'
import { type Readings, readingsIn } from './reading-blocks.ts'

// The first block holds the pictures that were measured, the others readings. Once read, the file becomes the beginning of the spool.

/** The file is written anew where a smaller share of the readings than this came from it. */
const FRESH_ENOUGH = 0.95

/** JSON leaves out what is undefined. */
type Measured = readonly (readonly [
  file: string,
  known: { readonly stamp?: string | undefined; readonly facts: FileFacts },
])[]

/** Stands for what articles depend on beside their files: what was kept under another key is of no use. */
function keyOf(
  program: string,
  settings: SiteSettings,
  { root, habits }: Pick<Work, 'root' | 'habits'>,
  site: NonNullable<FolderMemory['site']>,
): string {
  const { base } = site.site.publication
  const parts = [
    program,
    root,
    { ...settings, address: base },
    site.text ?? null,
    site.around ?? null,
    habits,
  ]
  return hash('sha256', JSON.stringify(parts), 'base64url')
}

/**
 * Takes into memory what an earlier process kept; the stamp or text of each file tells whether its reading still holds.
 * What another program or other settings kept, or is cut or damaged, is ignored.
 * @param stamps of the files that are there now.
 */
export async function recallReadings(
  memory: FolderMemory,
  settings: SiteSettings,
  work: Pick<Work, 'root' | 'habits'>,
  stamps: ReadonlyMap<string, string>,
): Promise<void> {
  const { kept, lying, site } = memory
  if (kept === undefined || lying === undefined || site === undefined) return
  const key = keyOf(kept.program, settings, work, site)
  const isFirst = kept.key === undefined
  memory.kept = { ...kept, key, recalled: 0 }
  if (!isFirst) return
  const opened = openKept(kept.file, key)
  if (opened === undefined) return
  const spool = lying.newSpool(opened)
  const readings = { site: site.site, work, spool, stamps }
  try {
    await readKept(opened, readings, memory)
  } catch {
    memory.files.clear()
    memory.measured.clear()
    return
  }
  memory.lying = { ...lying, spool }
  memory.kept = { ...memory.kept, recalled: memory.files.size }
}

/**
 * Takes the readings of files that are still there, and the sizes of pictures.
 * @throws where the file is damaged: then nothing that was taken is to be used.
 */
async function readKept(
  opened: Kept,
  readings: Readings,
  { files, measured }: FolderMemory,
): Promise<void> {
  const readBlock = readingsIn(readings, (name, reading) => {
    if (readings.stamps.has(name)) files.set(name, reading)
  })
  let isFirst = true
  await readBlocks(opened, (text, begin) => {
    if (!isFirst) return readBlock(text, begin)
    isFirst = false
    for (const [name, { stamp, facts }] of JSON.parse(text) as Measured)
      measured.set(name, { stamp, facts })
  })
}

/**
 * Keeps what the last reading found, unless that is mostly what was recalled, or there is nowhere to keep it.
 * @throws the system's error, and what `signal` is aborted with.
 */
export async function keepReadings(memory: FolderMemory, signal: AbortSignal): Promise<void> {
  const { kept, site } = memory
  if (kept?.key === undefined || site === undefined) return
  if (kept.recalled > memory.files.size * FRESH_ENOUGH) return
  // Copies, as they are under this key: another reading may begin before all is written.
  const files = [...memory.files]
  const measured: Measured = [...memory.measured]
  const blocks = function* (): Generator<KeptBlock> {
    yield { text: JSON.stringify(measured), words: new Uint8Array() }
    yield* blocksOf(files, site.site)
  }
  await writeKept(kept.file, kept.key, blocks(), signal)
}
