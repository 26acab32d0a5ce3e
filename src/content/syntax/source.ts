// One file's text, decoded from its bytes; or why it can't be.
import { isUtf8 } from 'node:buffer'
import { type Problem, type ProblemKind, problem } from '../problem.ts'
import { decoderFor } from './charset.ts'
import { chardet } from './late.ts'

/** A file that can't be read as what it should be; the message says why. */
export class UnreadableSource extends Error {
  readonly line: number | undefined
  readonly column: number | undefined
  constructor(sentence: string, line?: number, column?: number) {
    super(sentence)
    this.name = 'UnreadableSource'
    this.line = line
    this.column = column
  }
}

/** The problem that kept a file from being read; any other failure is the system's, and told by its code. */
export function unreadable(
  file: string,
  error: unknown,
  kind: ProblemKind = 'unreadable',
): Problem {
  if (!(error instanceof UnreadableSource)) {
    const { code, message } = error as NodeJS.ErrnoException
    return problem(kind, { file, sentence: `Can't be read: ${code ?? message}.` })
  }
  const { line, column, message: sentence } = error
  return problem(kind, {
    file,
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
    sentence,
  })
}

/**
 * Whether a file may be readable later though nothing about it changes: the system had no more files to give, or a disk
 * failed. Giving permission is a change.
 */
export function mayPass(error: unknown): boolean {
  const { errno, code } = error as NodeJS.ErrnoException
  return errno !== undefined && code !== 'EACCES' && code !== 'EPERM'
}

/** Bytes in which a record says how it is encoded. */
const LONGEST_START = 4096

/**
 * Text from a file's bytes: in the encoding that its byte-order mark or its record's `charset` tells, else UTF-8,
 * else GB18030 or Big5 where there is no doubt.
 * @throws UnreadableSource
 */
export function decode(bytes: Uint8Array): string {
  if (bytes.length === 0) throw new UnreadableSource('The file is empty.')
  const plain = plainText(bytes)
  if (plain !== undefined) return plain
  const charset = saidCharset(bytes)
  const text = read(bytes, charset ?? 'utf-8')
  if (text !== undefined) return withoutNul(text)
  if (charset !== undefined) throw new UnreadableSource(`The file can't be read as "${charset}".`)
  const detected = detectedCharset(bytes)
  const found = detected && read(bytes, detected)
  if (found !== undefined) return withoutNul(found)
  const offset = firstMistake(bytes)
  throw new UnreadableSource(
    `The file is not UTF-8: byte ${offset} (0x${bytes[offset]?.toString(16).toUpperCase()}) is wrong. Save it as UTF-8, or say how it is encoded in a line such as "charset: gb18030".`,
  )
}

/** The encoding that a byte-order mark or a record's `charset` tells. In a file that an editor saved anew as UTF-8, a
 * `charset` that stayed behind means nothing.
 */
export function saidCharset(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, LONGEST_START)).toString('latin1')
  const declared = declaredCharset(start)
  const isLeft = declared !== undefined && isUtf8(bytes) && hasMany(bytes)
  return markedCharset(start) ?? (isLeft ? undefined : declared)
}

/** Bytes beyond ASCII; so many are not UTF-8 by chance: of a million texts of eight characters in GB18030 none is. */
const BY_NO_CHANCE = 16

function hasMany(bytes: Uint8Array): boolean {
  let count = 0
  for (const byte of bytes) if (byte >= 0x80 && ++count >= BY_NO_CHANCE) return true
  return false
}

/** UTF-8 without a mark and without the word `charset`, in a third of the time. */
function plainText(bytes: Uint8Array): string | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  return isPlain(text) && !text.subarray(0, LONGEST_START).includes('charset')
    ? text.toString()
    : undefined
}

/** Whether it is UTF-8 without a mark and without NUL, unless it says that it is in another encoding. */
export function isPlain(bytes: Buffer): boolean {
  const isMarked = bytes[0] === 0xef && bytes[1] === 0xbb
  return !isMarked && isUtf8(bytes) && !bytes.includes(0)
}

/** Nothing where the bytes are wrong, or the encoding is none that is known. */
function read(bytes: Uint8Array, charset: string): string | undefined {
  try {
    return decoderFor(charset).decode(bytes)
  } catch {
    return undefined
  }
}

function markedCharset(start: string): string | undefined {
  if (start.startsWith('\xff\xfe')) return 'utf-16le'
  return start.startsWith('\xfe\xff') ? 'utf-16be' : undefined
}

/** How sure a detection has to be, of 100; Chinese texts of a few sentences reach it, European ones never. */
const CERTAIN = 90
/** Bytes that are looked at. */
const SAMPLE = 64 * 1024

function detectedCharset(bytes: Uint8Array): string | undefined {
  const [best] = chardet().analyse(bytes.subarray(0, SAMPLE))
  return best !== undefined && best.confidence >= CERTAIN && /^(GB18030|Big5)$/.test(best.name)
    ? best.name
    : undefined
}

/** The offset of the first character that is no UTF-8. */
function firstMistake(bytes: Uint8Array): number {
  let right = 0
  let wrong = bytes.length
  while (right + 1 < wrong) {
    const middle = (right + wrong) >> 1
    if (startsRight(bytes.subarray(0, middle))) right = middle
    else wrong = middle
  }
  // A character that goes wrong behind its first byte begins up to three bytes before.
  const behind = [0, 1, 2, 3].find((bytesBack) => isUtf8(bytes.subarray(0, right - bytesBack))) ?? 0
  return right - behind
}

/** Whether bytes are UTF-8, but for a character that may go on behind them. */
function startsRight(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

/** The `charset` of a record; every encoding that may be declared writes it in ASCII. */
function declaredCharset(start: string): string | undefined {
  const inJson = /(?<!\\)"charset"\s*:\s*"([\w-]+)"/
  const inFrontMatter =
    /^(?:---|\+\+\+)[ \t]*\r?\n(?:(?!---|\+\+\+|\.\.\.).*\n)*?charset[ \t]*[:=][ \t]*["']?([\w-]+)["']?[ \t]*\r?\n/
  return (/^\s*[{[]/.test(start) ? inJson : inFrontMatter).exec(start)?.[1]
}

/** NUL bytes are the mark of a file that isn't text, or was torn by a crash. */
function withoutNul(text: string): string {
  const at = text.indexOf('\0')
  if (at < 0) return text
  const before = text.slice(0, at).split('\n')
  throw new UnreadableSource(
    'The file has NUL bytes: it is not text, or was damaged.',
    before.length,
    (before.at(-1)?.length ?? 0) + 1,
  )
}
