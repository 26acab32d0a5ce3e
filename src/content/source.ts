// One file's text: decoded, and split into front matter and body; or why it can't be.
import { type Problem, problem } from './problem.ts'

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
export function unreadable(file: string, error: unknown): Problem {
  if (!(error instanceof UnreadableSource)) {
    const { code, message } = error as NodeJS.ErrnoException
    return problem('unreadable', { file, sentence: `Can't be read: ${code ?? message}.` })
  }
  const { line, column, message: sentence } = error
  return problem('unreadable', {
    file,
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
    sentence,
  })
}

/**
 * Text from a file's bytes: UTF-8 with or without its mark, or what the front matter declares as `charset`.
 * @throws UnreadableSource
 */
export function decode(bytes: Uint8Array): string {
  if (bytes.length === 0) throw new UnreadableSource('The file is empty.')
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw new UnreadableSource('The file is encoded in UTF-16; save it as UTF-8.')
  }
  const charset = declaredCharset(Buffer.from(bytes.subarray(0, 4096)).toString('latin1'))
  try {
    return withoutNul(new TextDecoder(charset ?? 'utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    if (error instanceof UnreadableSource) throw error
    throw new UnreadableSource(
      charset === undefined
        ? 'The file is not UTF-8; save it as UTF-8, or say how it is encoded in a line such as "charset: gb18030".'
        : `The file can't be read as "${charset}".`,
    )
  }
}

/** The `charset` of a record, which is ASCII in every encoding that may be declared. */
function declaredCharset(start: string): string | undefined {
  const inJson = /(?<!\\)"charset"\s*:\s*"([\w-]+)"/
  const inFrontMatter =
    /^---[ \t]*\r?\n(?:(?!---|\.\.\.).*\n)*?charset[ \t]*:[ \t]*["']?([\w-]+)["']?[ \t]*\r?\n/
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
