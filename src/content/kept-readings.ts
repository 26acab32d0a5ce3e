// What a reading found, kept in a file beside the folder, so that the next start works only on what changed since.
import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync } from 'node:fs'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import { crc32 } from 'node:zlib'
import type { FolderMemory } from './folder-memory.ts'
import type { Work } from './making.ts'
import {
  type BlockText,
  blockWriter,
  canWrite,
  type Readings,
  readingsIn,
} from './reading-blocks.ts'
import type { Site, SiteSettings } from './site.ts'
import { createPage, readAt } from './spool.ts'

/*
 * The file is a header and blocks, each behind what tells its length: the first holds the sizes of pictures, the others
 * readings. It becomes the beginning of the spool. It is taken whole or not at all: the header tells of which program
 * and settings it is, and what its bytes add up to.
 */

/** Bytes; the header is written last. */
const HEADER = 256
/** Bytes before a block. */
const LENGTHS = 64
/** Bytes of words that are read at once. */
const AT_ONCE = 256 * 1024
/** Where less of the files than this came from what was kept, it is worth being written anew. */
const FRESH_ENOUGH = 0.95

interface Header {
  /** What else the readings depend on. */
  readonly key: string
  /** Bytes behind the header. */
  readonly size: number
  readonly crc: number
}

/** Bytes of a block. */
interface Lengths {
  readonly text: number
  readonly words: number
}

type Sizes = [file: string, known: { stamp?: string; facts?: object }][]

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
  const spool = lying.newSpool({ file: opened.file, size: HEADER + opened.size })
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

function openKept(name: string, key: string): (Header & { file: number }) | undefined {
  let file: number | undefined
  try {
    file = openSync(name, 'r')
    const header: Header = JSON.parse(readAt(file, 0, HEADER).toString())
    const isWhole = fstatSync(file).size === HEADER + header.size
    if (header.key === key && isWhole) return { ...header, file }
  } catch {
    // None, or one that tells nothing.
  }
  if (file !== undefined) closeSync(file)
  return undefined
}

/**
 * Takes the readings of files that are still there, and sizes.
 * @throws where it isn't what was written: then nothing that was taken holds.
 */
async function readKept(
  { file, size, crc }: Header & { file: number },
  readings: Readings,
  { files, sizes }: FolderMemory,
): Promise<void> {
  const readBlock = readingsIn(readings, (name, reading) => {
    if (readings.stamps.has(name)) files.set(name, reading)
  })
  const end = HEADER + size
  let at = HEADER
  let sum = 0
  const next = (length: number, into?: Buffer): Buffer => {
    if (length > end - at) throw new Error('it is cut')
    const bytes = readAt(file, at, length, into)
    at += length
    sum = crc32(bytes, sum)
    return bytes
  }
  // Words are only summed up; a buffer for each would be new memory each time.
  const passing = Buffer.allocUnsafe(AT_ONCE)
  // In the event loop's own thread: waiting for each part took a fifth of a start.
  while (at < end) {
    const lengths: Lengths = JSON.parse(next(LENGTHS).toString())
    const text = next(lengths.text).toString()
    if (at === HEADER + LENGTHS + lengths.text) {
      for (const [name, { stamp, facts }] of JSON.parse(text) as Sizes)
        sizes.set(name, { stamp, facts })
    } else readBlock(text, at)
    for (let left = lengths.words; left > 0; left -= AT_ONCE) next(Math.min(left, AT_ONCE), passing)
    await setImmediate()
  }
  if (sum !== crc) throw new Error('it is damaged')
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
  const beside = `${kept.file}.new`
  await rm(beside, { force: true })
  const handle = await open(beside, 'wx', 0o600)
  try {
    await writeBlocks(handle, kept.key, blocksOf(memory, site.site), signal)
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  } finally {
    await handle.close()
  }
  await rename(beside, kept.file)
}

async function writeBlocks(
  handle: FileHandle,
  key: string,
  blocks: Iterable<KeptBlock>,
  signal: AbortSignal,
): Promise<void> {
  let size = 0
  let crc = 0
  const add = async (bytes: Uint8Array) => {
    crc = crc32(bytes, crc)
    for (let at = 0; at < bytes.length; ) {
      const { bytesWritten } = await handle.write(bytes, at, undefined, HEADER + size + at)
      at += bytesWritten
    }
    size += bytes.length
  }
  for (const { text, words } of blocks) {
    signal.throwIfAborted()
    const bytes = Buffer.from(text)
    const lengths: Lengths = { text: bytes.length, words: words.length }
    await add(Buffer.from(`${JSON.stringify(lengths).padEnd(LENGTHS - 1)}\n`))
    await add(bytes)
    await add(words)
  }
  signal.throwIfAborted()
  const header: Header = { key, size, crc }
  await handle.write(`${JSON.stringify(header).padEnd(HEADER - 1)}\n`, 0)
}

interface KeptBlock {
  readonly text: BlockText
  /** Of its articles; they are others when the next block is asked for. */
  readonly words: Uint8Array
}

/** What others read anew meanwhile, is kept as it was or as it is. */
function* blocksOf({ files, sizes }: FolderMemory, site: Site): Generator<KeptBlock> {
  const page = createPage()
  yield { text: JSON.stringify([...sizes]), words: page.bytes() }
  const blocks = blockWriter(site, page)
  for (const [file, reading] of [...files]) {
    if (!canWrite(reading, site)) continue
    blocks.addFile(file, reading)
    for (const [article] of reading.made?.articles ?? []) {
      blocks.addArticle(article)
      if (!blocks.isFull()) continue
      yield { text: blocks.close(), words: page.bytes() }
      page.clear()
    }
  }
  yield { text: blocks.close(), words: page.bytes() }
}
