// One file's text: decoded, split into front matter and body, its values with the places they stand at.
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml'
import type { FieldPath, Problem } from './problem.ts'

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
    return { severity: 'error', file, sentence: `Can't be read: ${code ?? message}.` }
  }
  const { line, column, message: sentence } = error
  return {
    severity: 'error',
    file,
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
    sentence,
  }
}

/** Values read from a text, and where in it each stands. */
export interface Located {
  readonly value: unknown
  /** Line and column from 1; of the nearest value around it where the path itself isn't there. */
  readonly locate: (path: FieldPath) => { line: number; column: number }
}

/** A file that repeats its aliases more often is an attack, not a record. */
const MOST_ALIASES = 100

/**
 * Text from a file's bytes: UTF-8 with or without its mark, or what the front matter declares as `charset`.
 * @throws UnreadableSource
 */
export function decode(bytes: Uint8Array): string {
  if (bytes.length === 0) throw new UnreadableSource('The file is empty.')
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw new UnreadableSource('The file is encoded in UTF-16; save it as UTF-8.')
  }
  const charset = /^(?:---|\{)[\s\S]{0,4000}?["']?charset["']?\s*:\s*["']?([\w-]+)/.exec(
    Buffer.from(bytes.subarray(0, 4096)).toString('latin1'),
  )?.[1]
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

/** Front matter and body; the front matter starts in the file's second line. */
export function splitFrontMatter(text: string): { matter: string; body: string } {
  const found = /^---[ \t]*\r?\n([\s\S]*?)(?:^|\r?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/m.exec(text)
  if (!/^---[ \t]*\r?\n/.test(text)) {
    throw new UnreadableSource(
      'The file has no front matter: its first line should be "---".',
      1,
      1,
    )
  }
  if (found === null || found.index !== 0) {
    throw new UnreadableSource('The front matter has no end: a line "---" should close it.', 1, 1)
  }
  return { matter: found[1] ?? '', body: text.slice(found[0].length) }
}

/**
 * The values of a YAML text (JSON is YAML too).
 * @param firstLine the line of the file at which the text begins.
 * @throws UnreadableSource at the spot where it can't be read.
 */
export function readYaml(text: string, firstLine = 1): Located {
  const lines = new LineCounter()
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'error',
  })
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { line: line + firstLine - 1, column: col }
  }
  const [error] = document.errors
  if (error !== undefined) {
    const { line, column } = place(error.pos[0])
    throw new UnreadableSource(`The front matter is no YAML: ${error.message}.`, line, column)
  }
  return {
    value: read(() => document.toJS({ maxAliasCount: MOST_ALIASES })),
    locate(path) {
      for (let length = path.length; length > 0; length--) {
        const offset = keyOffset(document, path.slice(0, length))
        if (offset !== undefined) return place(offset)
      }
      return { line: firstLine, column: 1 }
    },
  }
}

function read(read: () => unknown): unknown {
  try {
    return read()
  } catch (error) {
    throw new UnreadableSource(`The front matter can't be read: ${(error as Error).message}.`)
  }
}

/** Where the value of a path begins; of a key without a value, where the key does. */
function keyOffset(
  document: ReturnType<typeof parseDocument>,
  path: FieldPath,
): number | undefined {
  const value = document.getIn(path, true) as { range?: [number, number, number] } | undefined
  if (value?.range != null) return value.range[0]
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
  if (!isMap(parent)) return undefined
  const pair = parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1))
  return isScalar(pair?.key) ? pair.key.range?.[0] : undefined
}
