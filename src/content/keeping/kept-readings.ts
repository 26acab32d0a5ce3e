// What a reading found, kept in a file beside the folder, so that the next start works only on what changed since.
import { createHash } from 'node:crypto'
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

/*
 * The first block holds the sizes of pictures, the others readings. The file becomes the beginning of the spool. Its key tells of
 * which program and settings it is.
 */

/** Where less of the files than this came from what was kept, it is worth being written anew. */
const FRESH_ENOUGH = 0.95

/** JSON has nothing for what isn't there. */
type Sizes = readonly (readonly [
  file: string,
  known: { readonly stamp?: string | undefined; readonly facts?: object | undefined },
])[]

/** What an article depends on beside its file: nothing that was kept under another key is of use. */
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
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url')
}

/**
 * Remembers what an earlier process kept, where it still fits; what of it holds is told by each file's stamp or text.
 * A file that is of another program, of other settings, cut or damaged is as good as none.
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
    memory.sizes.clear()
    return
  }
  memory.lying = { ...lying, spool }
  memory.kept = { ...memory.kept, recalled: memory.files.size }
}

/**
 * Takes the readings of files that are still there, and sizes.
 * @throws where it isn't what was written: then nothing that was taken holds.
 */
async function readKept(
  opened: Kept,
  readings: Readings,
  { files, sizes }: FolderMemory,
): Promise<void> {
  const readBlock = readingsIn(readings, (name, reading) => {
    if (readings.stamps.has(name)) files.set(name, reading)
  })
  let isFirst = true
  await readBlocks(opened, (text, begin) => {
    if (!isFirst) return readBlock(text, begin)
    isFirst = false
    for (const [name, { stamp, facts }] of JSON.parse(text) as Sizes)
      sizes.set(name, { stamp, facts })
  })
}

/**
 * Writes what the last reading found, in one step: a process that is killed leaves what was there. Does nothing where
 * that is mostly what was recalled, or there is nowhere to keep it.
 * @throws the system's error, and what `signal` is aborted with.
 */
export async function keepReadings(memory: FolderMemory, signal: AbortSignal): Promise<void> {
  const { kept, site } = memory
  if (kept?.key === undefined || site === undefined) return
  if (kept.recalled > memory.files.size * FRESH_ENOUGH) return
  // Of this very moment, as the key is: by the next, others may have read something.
  const files = [...memory.files]
  const sizes: Sizes = [...memory.sizes]
  const blocks = function* (): Generator<KeptBlock> {
    yield { text: JSON.stringify(sizes), words: new Uint8Array() }
    yield* blocksOf(files, site.site)
  }
  await writeKept(kept.file, kept.key, blocks(), signal)
}
