// Texts kept out of memory while the program runs: appended once, read back where they are asked for.
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
  /** Bytes of all that was appended. */
  readonly size: () => number
}

/** An open file that a spool begins with: it is read there, and never written. */
export interface Beginning {
  readonly file: number
  /** Bytes. */
  readonly size: number
}

/**
 * Bytes that are gathered before they are written, in one place: buffers of their own left a gigabyte behind of a million lines.
 * A small publication never gets that far.
 */
const BLOCK = 4 * 1024 * 1024

/** Files whose spool nobody holds any more. */
const abandoned = new FinalizationRegistry<number>((file) => closeSync(file))

/**
 * A spool of its own file, which has no name any more: whatever becomes of the program, nothing is left behind.
 * @param beginning what stands before all that is appended; its file is closed with the spool's own.
 * @param folder where the file is; it is made when there is something to write.
 */
export function createSpool(beginning?: Beginning, folder = tmpdir()): Spool {
  const start = beginning?.size ?? 0
  const page = createPage()
  let file: number | undefined
  let written = start
  const open = (): number => {
    if (file !== undefined) return file
    const name = path.join(folder, `gazette-${process.pid}-${Math.random().toString(36).slice(2)}`)
    file = openSync(name, 'wx+', 0o600)
    unlinkSync(name)
    abandoned.register(spool, file)
    return file
  }
  const flush = () => {
    const bytes = page.bytes()
    for (let at = 0; at < bytes.length; )
      at += writeSync(open(), bytes, at, undefined, written - start + at)
    written += bytes.length
    page.cut(0)
  }
  const spool: Spool = {
    append(text) {
      const { offset, length } = page.append(text)
      const slice = { offset: written + offset, length }
      if (page.size() >= BLOCK) flush()
      return slice
    },
    read({ offset, length }) {
      // A copy: the page's own bytes will be others.
      if (offset >= written) return Buffer.from(page.read({ offset: offset - written, length }))
      return beginning !== undefined && offset < start
        ? readAt(beginning.file, offset, length)
        : readAt(open(), offset - start, length)
    },
    size: () => written + page.size(),
  }
  if (beginning !== undefined) abandoned.register(spool, beginning.file)
  return spool
}

function bufferOf(text: string | Uint8Array): Buffer {
  return typeof text === 'string'
    ? Buffer.from(text)
    : Buffer.from(text.buffer, text.byteOffset, text.length)
}

/** A spool in memory, for what is handed on as one. */
export interface Page extends Spool {
  /** Takes out what stands behind an offset. */
  readonly cut: (offset: number) => void
  readonly bytes: () => Uint8Array<ArrayBuffer>
}

/** Bytes that a page begins with. */
const PAGE = 256 * 1024

export function createPage(): Page {
  let bytes = new Uint8Array(PAGE)
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
    cut(offset) {
      size = offset
    },
    bytes: () => bytes.subarray(0, size),
  }
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
