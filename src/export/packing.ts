// Packed variants of a file, `.gz` and `.br`, made on other threads for hosts that send them.
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

/** A file's bytes in a coding, and the ending that is appended to its name. */
export interface Variant {
  readonly ending: '.gz' | '.br'
  readonly bytes: Uint8Array
}

/** Bytes below which a packed file saves nobody anything. */
export const WORTH_PACKING = 256

/*
 * Of 150 kB of text, gzip 1, 4, 6 leave 31, 27.9, 27 % in 1.1, 2.3, 3 ms; brotli 2, 4, 5, 11 leave 28.5, 27.1, 25.5, 23 % in
 * 1.7, 3.4, 5.4, 200 ms. A first export waits for all of them, so these are the levels above which time grows fast.
 */
const GZIP = 4
const BROTLI = 4

/**
 * The bits of a window as large as the file. With the usual one, of 4 MB for each file, the garbage collector looked through all
 * articles three times as often.
 */
function windowFor(bytes: Uint8Array): number {
  const least = Math.ceil(Math.log2(bytes.length))
  return Math.min(constants.BROTLI_DEFAULT_WINDOW, Math.max(16, least))
}

/** Bytes of packed text that are made at a time: each part costs a way to another thread and back. */
function chunkFor(bytes: Uint8Array): number {
  return Math.max(1024, bytes.length >> 1)
}

const packGzip = promisify(gzip)
const packBrotli = promisify(brotliCompress)

export async function pack(bytes: Uint8Array): Promise<readonly Variant[]> {
  const chunkSize = chunkFor(bytes)
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: BROTLI,
    [constants.BROTLI_PARAM_LGWIN]: windowFor(bytes),
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  }
  const [gz, br] = await Promise.all([
    packGzip(bytes, { level: GZIP, chunkSize }),
    packBrotli(bytes, { chunkSize, params }),
  ])
  return [
    { ending: '.gz', bytes: gz },
    { ending: '.br', bytes: br },
  ]
}
