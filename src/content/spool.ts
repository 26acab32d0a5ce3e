// Texts kept on disk while the program runs: appended once, read back where they are asked for.
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
  readonly append: (text: string) => Slice
  readonly read: (slice: Slice) => string
}

/** Bytes that are gathered before they are written. */
const BLOCK = 1024 * 1024

/** Files whose spool nobody holds any more. */
const abandoned = new FinalizationRegistry<number>((file) => closeSync(file))

/**
 * A spool of its own file, which has no name any more: whatever becomes of the program, nothing is left behind.
 * @throws the system's error, where no file can be made.
 */
export function createSpool(): Spool {
  const name = path.join(tmpdir(), `gazette-${process.pid}-${Math.random().toString(36).slice(2)}`)
  const file = openSync(name, 'wx+', 0o600)
  unlinkSync(name)
  let waiting: Buffer[] = []
  let size = 0
  let written = 0
  const flush = () => {
    const block = Buffer.concat(waiting)
    for (let at = 0; at < block.length; ) at += writeSync(file, block, at, undefined, written + at)
    written += block.length
    waiting = []
  }
  const spool: Spool = {
    append(text) {
      const bytes = Buffer.from(text)
      const slice = { offset: size, length: bytes.length }
      waiting.push(bytes)
      size += bytes.length
      if (size - written >= BLOCK) flush()
      return slice
    },
    read({ offset, length }) {
      if (offset + length > written) flush()
      const bytes = Buffer.allocUnsafe(length)
      for (let at = 0; at < length; ) {
        const count = readSync(file, bytes, at, length - at, offset + at)
        if (count === 0) throw new Error('a spool ends before a text of it does')
        at += count
      }
      return bytes.toString()
    },
  }
  abandoned.register(spool, file)
  return spool
}
