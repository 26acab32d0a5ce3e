// A file of blocks in the state folder, each JSON with articles' words behind it: read whole or not at all.
import { closeSync, fstatSync, openSync } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import { crc32 } from 'node:zlib'
import type { FileReading } from '../articles/making.ts'
import type { Site } from '../site/site.ts'
import { type BlockText, blockWriter, canWrite } from './reading-blocks.ts'
import { replaceFile } from './replace-file.ts'
import { type Beginning, createPage, readAt } from './spool.ts'

/** Bytes of the header, which is written last. */
const HEADER = 256
/** Bytes before each block that say how long it is. */
const LENGTHS = 64
/** Bytes of words read at once. */
const AT_ONCE = 256 * 1024

interface Header {
  /** Stands for all that the blocks depend on. */
  readonly key: string
  /** Bytes behind the header. */
  readonly size: number
  readonly crc: number
}

/** Bytes of a block's parts. */
interface Lengths {
  readonly text: number
  readonly words: number
}

/** An open file of blocks. A spool that begins with it closes it. */
export interface Kept extends Beginning {
  readonly crc: number
}

export interface KeptBlock {
  readonly text: BlockText
  /** Of its articles. The bytes are reused for the next block. */
  readonly words: Uint8Array
}

/** The file, where it was written whole under that key. */
export function openKept(name: string, key: string): Kept | undefined {
  let file: number | undefined
  try {
    file = openSync(name, 'r')
    const header: Header = JSON.parse(readAt(file, 0, HEADER).toString())
    const size = HEADER + header.size
    if (header.key === key && fstatSync(file).size === size) return { file, size, crc: header.crc }
  } catch {
    // There is none, or not even a header.
  }
  if (file !== undefined) closeSync(file)
  return undefined
}

/**
 * Reads the blocks one after the other.
 * @param take is given each block, and where in the file its words begin.
 * @throws where the file is damaged: then nothing that was taken is to be used.
 */
export async function readBlocks(
  { file, size, crc }: Kept,
  take: (text: BlockText, begin: number) => void,
): Promise<void> {
  let at = HEADER
  let sum = 0
  const next = (length: number, into?: Buffer): Buffer => {
    if (length > size - at) throw new Error('it is cut')
    const bytes = readAt(file, at, length, into)
    at += length
    sum = crc32(bytes, sum)
    return bytes
  }
  // Words are only checksummed: one buffer for all of them saves memory.
  const passing = Buffer.allocUnsafe(AT_ONCE)
  // Synchronously: awaiting each part took a fifth of a start.
  while (at < size) {
    const lengths: Lengths = JSON.parse(next(LENGTHS).toString())
    take(next(lengths.text).toString(), at)
    for (let left = lengths.words; left > 0; left -= AT_ONCE) next(Math.min(left, AT_ONCE), passing)
    await setImmediate()
  }
  if (sum !== crc) throw new Error('it is damaged')
}

/** Blocks of those readings that can be written, with the words of their articles. */
export function* blocksOf(
  readings: Iterable<readonly [file: string, FileReading]>,
  site: Site,
): Generator<KeptBlock> {
  const page = createPage()
  const blocks = blockWriter(site, page)
  for (const [file, reading] of readings) {
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

/**
 * Replaces a file of blocks whole. It isn't synced: the checksum tells what a loss of power damaged.
 * @throws the system's error, and what `signal` is aborted with.
 */
export async function writeKept(
  name: string,
  key: string,
  blocks: Iterable<KeptBlock>,
  signal?: AbortSignal,
): Promise<void> {
  await replaceFile(name, (handle) => writeBlocks(handle, key, blocks, signal))
}

async function writeBlocks(
  handle: FileHandle,
  key: string,
  blocks: Iterable<KeptBlock>,
  signal: AbortSignal | undefined,
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
    signal?.throwIfAborted()
    const bytes = Buffer.from(text)
    const lengths: Lengths = { text: bytes.length, words: words.length }
    await add(Buffer.from(`${JSON.stringify(lengths).padEnd(LENGTHS - 1)}\n`))
    await add(bytes)
    await add(words)
  }
  signal?.throwIfAborted()
  const header: Header = { key, size, crc }
  await handle.write(`${JSON.stringify(header).padEnd(HEADER - 1)}\n`, 0)
}
