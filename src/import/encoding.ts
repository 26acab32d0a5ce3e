// The text of a file to import: what an XML declaration or a page says of its encoding comes first.
import { decoderFor } from '../content/syntax/charset.ts'
import { decode, UnreadableSource } from '../content/syntax/source.ts'

/** Bytes in which a declaration must stand (HTML §13.2.3.2 looks at 1,024). */
const START = 4096

/** @throws UnreadableSource where it is packed, is no text, or is not in the encoding that it names. */
export function textOfFile(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, START)).toString('latin1')
  const packed = PACKED.find(([magic]) => start.startsWith(magic))
  if (packed !== undefined) {
    throw new UnreadableSource(`The file is packed (${packed[1]}); unpack it first.`)
  }
  const label = hasMark(start) ? undefined : declaredEncoding(start)
  if (label === undefined) return decode(bytes)
  try {
    return decoderFor(label).decode(bytes)
  } catch {
    throw new UnreadableSource(
      `The file says that it is encoded in "${label}", and can't be read so.`,
    )
  }
}

const PACKED: readonly (readonly [magic: string, name: string])[] = [
  ['\x1f\x8b', 'gzip'],
  ['PK\x03\x04', 'zip'],
  ['BZh', 'bzip2'],
  ['\xfd7zXZ', 'xz'],
  ['\x28\xb5\x2f\xfd', 'zstd'],
]

/** A byte-order mark is stronger than any declaration. */
function hasMark(start: string): boolean {
  return /^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)/.test(start)
}

/** XML 1.0 §4.3.3; HTML's `meta`. UTF-8 needs no word, and what says UTF-16 in ASCII is none (HTML, "prescan"). */
function declaredEncoding(start: string): string | undefined {
  const found =
    /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w:.-]+)["']/.exec(start) ??
    /<meta\s[^>]*?charset\s*=\s*["']?\s*([\w:.-]+)/i.exec(/^\s*</.test(start) ? start : '')
  const label = found?.[1]?.toLowerCase()
  return label === undefined || /^utf-?(8|16)/.test(label) ? undefined : label
}
