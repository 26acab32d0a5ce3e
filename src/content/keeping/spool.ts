// Texts kept on disk while the program runs: appended once, read back when they are asked for.
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** Where a text stands in its spool, in bytes. */
export interface Slice {
  readonly offset: number
  readonly length: number
}

export interface Spool {
  /** @throws the system's error, where the disk is full. */
  readonly append: (text: string | Uint8Array) => Slice
  readonly read: (slice: Slice) => Buffer
  /** Bytes of all that was appended, with the gaps at the ends of blocks. */
  readonly size: () => number
}

/** An open file that a spool begins with; it is only read. */
export interface Beginning {
  readonly file: number
  /** Bytes. */
  readonly size: number
}

/** What another thread needs to append to a spool. */
export interface SharedSpool {
  readonly file: number
  readonly start: number
  /** How many blocks are taken, in an `Int32Array`. */
  readonly taken: SharedArrayBuffer
}

/** A spool that other threads can append to as well. Its file is closed when nobody holds it any more. */
export interface OwnSpool extends Spool {
  /** @throws the system's error. */
  readonly share: () => SharedSpool
}

/** A spool of another thread, which can read what is appended here once it is flushed. */
export interface JoinedSpool extends Spool {
  /** @throws the system's error, where the disk is full. */
  readonly flush: () => void
  /** Where what is appended next may stand. */
  readonly end: () => number
  /** Takes back what was appended after an end, as far as it isn't written yet. */
  readonly cut: (end: number) => void
}

/** Bytes of a block; each thread takes whole blocks of the file for itself. */
const BLOCK = 512 * 1024
/**
 * Blocks that are gathered in one buffer before they are written: with a buffer for each text, a million lines left a
 * gigabyte behind. A small publication is never written at all.
 */
const GATHERED = 8

/** Closes files whose spool nobody holds any more. */
const abandoned = new FinalizationRegistry<number>((file) => closeSync(file))

/**
 * A spool with a file of its own, which is unlinked at once: whatever becomes of the program, nothing is left behind.
 * @param beginning stands before all that is appended; its file is closed with the spool's own.
 * @param folder where the file is made when there is something to write.
 */
export function createSpool(beginning?: Beginning, folder = tmpdir()): OwnSpool {
  const start = beginning?.size ?? 0
  const taken = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
  let file: number | undefined
  const open = (): number => {
    if (file !== undefined) return file
    const name = path.join(folder, `gazette-${process.pid}-${Math.random().toString(36).slice(2)}`)
    file = openSync(name, 'wx+', 0o600)
    unlinkSync(name)
    abandoned.register(spool, file)
    return file
  }
  /** The file has no name any more: the folder tells which disk is full. */
  const naming = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      throw Object.assign(error as Error, { path: folder, syscall: 'write' })
    }
  }
  const { append, read, size } = inBlocks(open, start, taken, GATHERED)
  const spool: OwnSpool = {
    append: (text) => naming(() => append(text)),
    read: (slice) =>
      beginning !== undefined && slice.offset < start
        ? readAt(beginning.file, slice.offset, slice.length)
        : read(slice),
    size,
    share: () => ({ file: naming(open), start, taken }),
  }
  if (beginning !== undefined) abandoned.register(spool, beginning.file)
  return spool
}

/** Joins the spool of another thread. */
export function joinSpool({ file, start, taken }: SharedSpool): JoinedSpool {
  return inBlocks(() => file, start, taken, 1)
}

/**
 * @param start where the file's first byte stands in the spool.
 * @param gathered how many blocks are written as one.
 */
function inBlocks(
  open: () => number,
  start: number,
  taken: SharedArrayBuffer,
  gathered: number,
): JoinedSpool {
  const blocks = new Int32Array(taken)
  const room = gathered * BLOCK
  let block: Buffer | undefined
  /** Where the block begins in the file, and how many of its bytes are filled and written. */
  let begin = 0
  let filled = 0
  let written = 0
  const take = (bytes: number) => Atomics.add(blocks, 0, Math.ceil(bytes / BLOCK)) * BLOCK
  const flush = () => {
    if (block === undefined || written === filled) return
    writeAt(open(), begin + written, block.subarray(written, filled))
    written = filled
  }
  const placeFor = (length: number): Buffer => {
    if (block === undefined || filled + length > room) {
      flush()
      block ??= Buffer.allocUnsafeSlow(room)
      begin = take(room)
      filled = 0
      written = 0
    }
    return block
  }
  return {
    append(text) {
      const length = typeof text === 'string' ? Buffer.byteLength(text) : text.length
      if (length > room) {
        const offset = take(length)
        writeAt(open(), offset, bufferOf(text))
        return { offset: start + offset, length }
      }
      const place = placeFor(length)
      if (typeof text === 'string') place.write(text, filled)
      else place.set(text, filled)
      filled += length
      return { offset: start + begin + filled - length, length }
    },
    read({ offset, length }) {
      const at = offset - start - begin
      // A copy: the block's bytes are reused.
      return block !== undefined && at >= 0 && at + length <= filled
        ? Buffer.from(block.subarray(at, at + length))
        : readAt(open(), offset - start, length)
    },
    size: () => start + Atomics.load(blocks, 0) * BLOCK - (block === undefined ? 0 : room - filled),
    flush,
    end: () => start + begin + filled,
    cut(end) {
      const to = end - start - begin
      if (to >= written && to < filled) filled = to
    },
  }
}

function bufferOf(text: string | Uint8Array): Buffer {
  return typeof text === 'string'
    ? Buffer.from(text)
    : Buffer.from(text.buffer, text.byteOffset, text.length)
}

/** A spool in memory, whose bytes are handed on as one. */
export interface Page extends Spool {
  /** Takes out everything. */
  readonly clear: () => void
  /** They are reused once it is cleared. */
  readonly bytes: () => Uint8Array
}

export function createPage(): Page {
  let bytes = new Uint8Array(BLOCK)
  let size = 0
  return {
    append(text) {
      const more = bufferOf(text)
      const slice = { offset: size, length: more.length }
      size += more.length
      if (size > bytes.length) {
        const larger = new Uint8Array(Math.max(size, 2 * bytes.length))
        larger.set(bytes.subarray(0, slice.offset))
        bytes = larger
      }
      bytes.set(more, slice.offset)
      return slice
    },
    read: ({ offset, length }) => Buffer.from(bytes.buffer, offset, length),
    size: () => size,
    clear() {
      size = 0
    },
    bytes: () => bytes.subarray(0, size),
  }
}

function writeAt(file: number, offset: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, undefined, offset + at)
}

/**
 * @param bytes that it is read into, at least as many.
 * @throws the system's error, and where the file is shorter.
 */
export function readAt(
  file: number,
  offset: number,
  length: number,
  bytes: Buffer = Buffer.allocUnsafe(length),
): Buffer {
  for (let at = 0; at < length; ) {
    const count = readSync(file, bytes, at, length - at, offset + at)
    if (count === 0) throw new Error('a file ends before what was to be read of it')
    at += count
  }
  return bytes.subarray(0, length)
}
