// A file of lines, read one after the other in bounded memory, whatever its size.
import { createReadStream } from 'node:fs'
import { type Decoder, decoderFor } from './charset.ts'
import { saidCharset, UnreadableSource } from './source.ts'

/** Bytes of one line; a record has fewer. */
const LONGEST_LINE = 8 * 1024 * 1024
const LINE_FEED = 0x0a

/**
 * Calls back for each line that isn't blank, with its bytes and its number from 1; a line that is too long comes
 * as nothing. Between blocks of lines others have their turn.
 * @throws the system's error, where the file can't be read to its end; an `AbortError` once `signal` is aborted.
 */
export async function eachLine(
  file: string,
  take: (line: Buffer | undefined, number: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  let number = 1
  let parts: Buffer[] = []
  let length = 0
  const end = () => {
    if (length > LONGEST_LINE) take(undefined, number)
    else if (length > 0) {
      const line = parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts)
      if (!isBlank(line)) take(line, number)
    }
    number++
    parts = []
    length = 0
  }
  const add = (part: Buffer) => {
    length += part.length
    if (length > LONGEST_LINE) parts = []
    else if (part.length > 0) parts.push(part)
  }
  for await (const block of createReadStream(file, { signal })) {
    let start = 0
    for (let at = block.indexOf(LINE_FEED); at >= 0; at = block.indexOf(LINE_FEED, start)) {
      add(block.subarray(start, at))
      end()
      start = at + 1
    }
    add(block.subarray(start))
  }
  end()
}

/**
 * How the lines of a file are encoded: as its first record's `charset` says, else in UTF-8.
 * @param first nothing of one that is too long.
 * @throws UnreadableSource where nobody can read them.
 */
export function decoderOf(first: Buffer | undefined): Decoder {
  const charset = (first && saidCharset(first)) ?? 'utf-8'
  if (charset.startsWith('utf-16'))
    throw new UnreadableSource(
      'The file is UTF-16, which has no lines that could be read one by one. Save it as UTF-8.',
    )
  try {
    return decoderFor(charset)
  } catch {
    throw new UnreadableSource(`The file can't be read as "${charset}".`)
  }
}

/**
 * The text of a line; a byte-order mark may stand before the first.
 * @throws UnreadableSource
 */
export function textOfLine(line: Buffer | undefined, decoder: Decoder): string {
  if (line === undefined)
    throw new UnreadableSource(`The line is longer than ${LONGEST_LINE} bytes.`)
  try {
    return decoder.decode(line)
  } catch {
    throw new UnreadableSource(
      decoder.encoding === 'utf-8'
        ? 'The line is not UTF-8.'
        : `The line can't be read as "${decoder.encoding}", which the first one says.`,
    )
  }
}

function isBlank(line: Buffer): boolean {
  return line.every((byte) => byte === 0x20 || byte === 0x0d || byte === 0x09)
}
