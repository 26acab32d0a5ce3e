// A text file parted into its front matter, in YAML, TOML or JSON, and the body below it; and the values of the former.
import { jsonc } from './late.ts'
import { type Located, readJson } from './located.ts'
import { UnreadableSource } from './source.ts'
import { readToml } from './toml.ts'
import { type OnRepeated, readYaml } from './yaml.ts'

export type MatterLanguage = 'yaml' | 'toml' | 'json'

export interface FrontMatter {
  readonly language: MatterLanguage
  readonly matter: string
  /** The line of the file at which the matter begins, from 1. */
  readonly firstLine: number
  readonly body: string
}

/** Characters; far more than a record has, and few enough to be read in a moment. */
const LONGEST = 500_000

/** Kinds of tokens; `jsonc-parser` has them as a `const enum`, which is gone at run time. */
const OPEN_BRACE = 1
const CLOSE_BRACE = 2
const END = 17

/** The line that opens front matter; its language may stand behind `---`, as Eleventy writes it. */
const OPENING = /^(-{3,}|\+{3}|;{3,})[ \t]*(yaml|yml|toml|json)?[ \t]*\r?\n/

/** A first field: old Hexo posts leave out the line that opens front matter. */
const FIELD = /^[A-Za-z_][\w-]*:(\s|$)/

type Reader = (matter: string, firstLine: number, onRepeated?: OnRepeated) => Located

const READERS: Readonly<Record<MatterLanguage, Reader>> = {
  yaml: readYaml,
  toml: readToml,
  json: readJson,
}

/**
 * @param onRepeated without it, a key that stands twice is a mistake.
 * @throws UnreadableSource at the spot where it can't be read.
 */
export function valuesOf(
  { language, matter, firstLine }: Omit<FrontMatter, 'body'>,
  onRepeated?: OnRepeated,
): Located {
  return READERS[language](matter, firstLine, onRepeated)
}

/**
 * Parts a text; blank lines before the front matter are skipped.
 * @throws UnreadableSource where it has none, or one without an end.
 */
export function splitFrontMatter(text: string): FrontMatter {
  const parted = partedAt(text)
  const { length } = parted.matter
  if (length <= LONGEST) return parted
  throw mistake(`The front matter has ${length} characters; a record has at most ${LONGEST}.`)
}

/** A mistake of the whole front matter stands at its file's beginning. */
function mistake(sentence: string): UnreadableSource {
  return new UnreadableSource(sentence, 1, 1)
}

function partedAt(text: string): FrontMatter {
  const start = /^\s*(?:\n|$)/.exec(text)?.[0] ?? ''
  const rest = text.slice(start.length)
  const before = start.split('\n').length
  const opening = OPENING.exec(rest)
  if (opening !== null) {
    const [line, fence = '', named] = opening
    return toClosing(rest.slice(line.length), fence, languageOf(fence, named), before + 1)
  }
  if (rest.startsWith('{')) return toClosingBrace(rest, before)
  const fence = unopened(rest)
  if (fence !== undefined) return toClosing(rest, fence, languageOf(fence, undefined), before)
  throw mistake('The file has no front matter: its first line should be "---", or "+++" for TOML.')
}

/** The fence that closes what begins without one, as old Hexo posts do. */
function unopened(rest: string): string | undefined {
  if (FIELD.test(rest) && closingOf('---').test(rest)) return '---'
  return rest.startsWith('"') && closingOf(';;;').test(rest) ? ';;;' : undefined
}

/** Whether a text has front matter at all, wrong or right. */
export function hasFrontMatter(text: string): boolean {
  const rest = text.trimStart()
  return OPENING.test(rest) || rest.startsWith('{') || unopened(rest) !== undefined
}

function languageOf(fence: string, named: string | undefined): MatterLanguage {
  if (named !== undefined) return named === 'yml' ? 'yaml' : (named as MatterLanguage)
  if (fence.startsWith('+')) return 'toml'
  return fence.startsWith(';') ? 'json' : 'yaml'
}

/** The line that closes what a fence opened: the same signs, or YAML's end of a document. */
function closingOf(fence: string): RegExp {
  if (fence.startsWith('+')) return /^\+{3}[ \t]*(?:\r?\n|$)/m
  if (fence.startsWith(';')) return /^;{3,}[ \t]*(?:\r?\n|$)/m
  return /^(?:-{3,}|\.{3})[ \t]*(?:\r?\n|$)/m
}

function toClosing(
  rest: string,
  fence: string,
  language: MatterLanguage,
  firstLine: number,
): FrontMatter {
  const found = closingOf(fence).exec(rest)
  if (found === null) {
    const sign = fence.slice(0, 3)
    throw mistake(`The front matter has no end: a line "${sign}" should close it.`)
  }
  const inside = rest.slice(0, found.index).replace(/\r?\n$/, '')
  return {
    language,
    // Hexo leaves out the braces between lines of semicolons. In a line of their own they shift no column.
    ...(language === 'json' && !/^\s*\{/.test(inside)
      ? { matter: `{\n${inside}}`, firstLine: firstLine - 1 }
      : { matter: inside, firstLine }),
    body: rest.slice(found.index + found[0].length),
  }
}

/** JSON without fences, as Hugo reads it: up to the brace that closes the first one. */
function toClosingBrace(rest: string, firstLine: number): FrontMatter {
  const end = endOfObject(rest)
  if (end !== undefined) {
    return {
      language: 'json',
      matter: rest.slice(0, end),
      firstLine,
      body: rest.slice(end).replace(/^[ \t]*\r?\n/, ''),
    }
  }
  throw mistake('The front matter has no end: a "}" should close it.')
}

/** The offset behind the brace that closes the first one of a text. */
function endOfObject(text: string): number | undefined {
  const scanner = jsonc().createScanner(text)
  let depth = 0
  while (scanner.scan() !== END) {
    if (scanner.getToken() === OPEN_BRACE) depth++
    if (scanner.getToken() === CLOSE_BRACE && --depth === 0) return scanner.getTokenOffset() + 1
  }
  return undefined
}
