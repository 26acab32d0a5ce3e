// Made words as bytes in a spool: each text as V8 holds it, so that reading is copying.
import type { Words } from '../articles/article-words.ts'

/*
 * Three numbers, then html, text and summary. Each number is the length of a text in bytes; it is negative where the text
 * is UTF-16, which it is where a character is beyond Latin-1. A body of 3,000 characters is written in 4 µs and read in 1;
 * JSON in UTF-8 takes 43 and 27.
 */

const NUMBER = 4

/** Made words, as `readMade` reads them. */
export function writeMade({ html, text, summary = '' }: Words): Buffer<ArrayBuffer> {
  const parts = [html, text, summary]
  const sizes = parts.map(sizeOf)
  const begin = NUMBER * parts.length
  const bytes = Buffer.allocUnsafe(sizes.reduce((sum, size) => sum + Math.abs(size), begin))
  let at = begin
  parts.forEach((part, number) => {
    const size = sizes[number] as number
    bytes.writeInt32LE(size, NUMBER * number)
    at += bytes.write(part, at, codingOf(size))
  })
  return bytes
}

/** @param bytes as `writeMade` writes them. */
export function readMade(bytes: Buffer): Words {
  let at = NUMBER * 3
  const [html = '', text = '', summary = ''] = [0, 1, 2].map((number) => {
    const size = bytes.readInt32LE(NUMBER * number)
    const begin = at
    at += Math.abs(size)
    return bytes.toString(codingOf(size), begin, at)
  })
  return { html, text, ...(summary === '' ? {} : { summary }) }
}

function sizeOf(text: string): number {
  return /[^\x00-\xFF]/.test(text) ? -2 * text.length : text.length
}

function codingOf(size: number): BufferEncoding {
  return size < 0 ? 'utf16le' : 'latin1'
}
