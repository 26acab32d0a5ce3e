// What a reading found, kept in a file beside the folder, so that the next start works only on what changed since.
import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync } from 'node:fs'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import { crc32 } from 'node:zlib'
import type { FolderMemory } from './folder-memory.ts'
import type { FileReading, Work } from './making.ts'
import { linesOf, type Readings, readingsIn, toLine } from './reading-lines.ts'
import type { Site, SiteSettings } from './site.ts'
import { readAt } from './spool.ts'

/*
 * The file is a header, a line of the sizes of pictures, and the readings. It becomes the beginning of the spool. It is
 * taken whole or not at all: the header tells of which program and settings it is, and what its bytes add up to.
 */

/** Bytes; the header is written last. */
const HEADER = 256
/** Bytes that are written at once, so that others get their turn in between; and that are read. */
const BATCH = 256 * 1024
const AT_ONCE = 2 * 1024 * 1024
/** Where less of the files than this came from what was kept, it is worth being written anew. */
const FRESH_ENOUGH = 0.95

interface Header {
  /** What else the readings depend on. */
  readonly key: string
  /** Bytes behind the header. */
  readonly size: number
  readonly crc: number
}

type SizesLine = [file: string, known: { stamp?: string; facts?: object }][]

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
  const readings = { site: site.site, work, spool }
  const files = await readKept(opened, readings, memory.sizes).catch(() => undefined)
  if (files === undefined) {
    memory.sizes.clear()
    return
  }
  for (const [file, stamp] of stamps) {
    const reading = files.get(file)
    if (reading === undefined) continue
    // With the very strings that are there already.
    memory.files.set(file, reading.stamp === stamp ? { ...reading, stamp } : reading)
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

/** @throws where it isn't what was written. */
async function readKept(
  { file, size, crc }: Header & { file: number },
  readings: Readings,
  sizes: FolderMemory['sizes'],
): Promise<Map<string, FileReading>> {
  const files = new Map<string, FileReading>()
  const readReading = readingsIn(readings, (name, reading) => files.set(name, reading))
  const readSizes = (line: string) => {
    for (const [name, { stamp, facts }] of JSON.parse(line) as SizesLine)
      sizes.set(name, { stamp, facts })
    return 0
  }
  let isFirst = true
  const sum = await readLines(file, size, (line, end) => {
    const read = isFirst ? readSizes : readReading
    isFirst = false
    return read(line, end)
  })
  if (sum !== crc) throw new Error('it is damaged')
  return files
}

const NEWLINE = 0x0a

/**
 * Reads on from the header; what `readLine` returns is how many bytes it leaves out behind the line that ends there.
 * @returns what all the bytes add up to.
 */
async function readLines(
  file: number,
  size: number,
  readLine: (line: string, end: number) => number,
): Promise<number> {
  let crc = 0
  let begun = HEADER
  let left = 0
  let parts: Buffer[] = []
  while (begun < HEADER + size) {
    // In the event loop's own thread: waiting for each part took a fifth of a start.
    const chunk = readAt(file, begun, Math.min(AT_ONCE, HEADER + size - begun))
    crc = crc32(chunk, crc)
    for (let at = 0; at < chunk.length; ) {
      const skipped = Math.min(left, chunk.length - at)
      left -= skipped
      at += skipped
      const end = chunk.indexOf(NEWLINE, at)
      if (end < 0) {
        parts.push(chunk.subarray(at))
        break
      }
      const line = Buffer.concat([...parts, chunk.subarray(at, end)]).toString()
      parts = []
      at = end + 1
      left = readLine(line, begun + at)
    }
    begun += chunk.length
    await setImmediate()
  }
  return crc
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
    await writeParts(handle, kept.key, partsOf(memory, site.site), signal)
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  } finally {
    await handle.close()
  }
  await rename(beside, kept.file)
}

async function writeParts(
  handle: FileHandle,
  key: string,
  parts: Iterable<Buffer>,
  signal: AbortSignal,
): Promise<void> {
  let batch: Buffer[] = []
  let waiting = 0
  let size = 0
  let crc = 0
  const flush = async () => {
    signal.throwIfAborted()
    const block = Buffer.concat(batch)
    crc = crc32(block, crc)
    for (let at = 0; at < block.length; ) {
      const { bytesWritten } = await handle.write(block, at, undefined, HEADER + size + at)
      at += bytesWritten
    }
    size += block.length
    batch = []
    waiting = 0
  }
  for (const part of parts) {
    batch.push(part)
    waiting += part.length
    if (waiting >= BATCH) await flush()
  }
  await flush()
  const header: Header = { key, size, crc }
  await handle.write(`${JSON.stringify(header).padEnd(HEADER - 1)}\n`, 0)
}

/** What others read anew meanwhile, is kept as it was or as it is. */
function* partsOf({ files, sizes }: FolderMemory, site: Site): Generator<Buffer> {
  yield toLine([...sizes])
  for (const [file, reading] of [...files]) yield* linesOf(file, reading, site)
}
