// Values that a generator gives to all records of a folder: Jekyll's `defaults`, Eleventy's data files, Hugo's cascades, Zola's drafts.
import path from 'node:path'
import { eachBounded } from '../bounded.ts'
import { type Problem, problem } from '../problem.ts'
import { splitFrontMatter } from '../syntax/front-matter.ts'
import { readJson } from '../syntax/located.ts'
import { valuesOf } from '../syntax/matter.ts'
import { unreadable } from '../syntax/source.ts'
import type { Configuration } from './configuration.ts'
import type { Generator } from './generator.ts'
import { isMap, type Values } from './maps.ts'
import { GATES, plainName } from './names.ts'
import { readConfigured } from './surroundings.ts'

/** Files read at a time. */
const AT_ONCE = 32

export interface Default {
  /** The folder, or the file without its ending, that it is for; empty for all. */
  readonly path: string
  readonly values: Values
  /** The file that gives them, for people. */
  readonly from: string
}

/** Eleventy's data for a folder, named as it, or for a file beside it. */
const DATA_FILE = /^(.*\/)?([^/]+)\/\2(?:\.11tydata)?\.json$|^(.+)\.11tydata\.json$/

/** Hugo's page of a folder, as far as it speaks for all languages. */
const FOLDER_PAGE = /^(?:(.*)\/)?_index\.(?:md|markdown|html)$/

/** What may keep articles out of the feeds. */
const CLOSERS: readonly string[] = [
  ...Object.keys(GATES),
  ...['build', '_build', 'keys', 'password', 'status', 'visibility'],
]
const CLOSING: ReadonlySet<string> = new Set(CLOSERS.map(plainName))

/**
 * The values of data files and cascades among a folder's files; the problem where one can't be read, which then gives what it
 * gave before: it may keep out what is below it.
 * @param before what was given at an earlier reading; nothing at the first.
 */
export async function readDefaults(
  root: string,
  files: readonly string[],
  { generator, around }: { generator?: Generator | undefined; around: Configuration | undefined },
  problems: Problem[],
  before?: readonly Default[],
): Promise<readonly Default[]> {
  if (generator === 'hugo' || generator === 'zola') {
    const pages = files.filter((file) => file.startsWith('_index.', file.lastIndexOf('/') + 1))
    const reader = generator === 'hugo' ? HUGO_CASCADES : ZOLA_DRAFTS
    return readEach(root, pages, reader, problems, before)
  }
  if (around?.generator !== 'eleventy') return around?.defaults ?? []
  const data = files.filter((file) => file.endsWith('.json'))
  return readEach(root, data, eleventyData(around.inside.at(-1)), problems, before)
}

type Given = Omit<Default, 'values'>

/** How files of a name are read. */
interface Reader {
  /** What a file's values are for; nothing of a file of another name. */
  readonly pathOf: (file: string) => string | undefined
  readonly read: (text: string, given: Given) => Default[]
  /** What one gives that is wrong from the beginning: nobody knows what it keeps out, so that is everything, if it is about that. */
  readonly unread: (text: string, given: Given) => Default[]
}

/** @param name of the folder that is read, where it lies in that of the site: its own data are for all that is in it. */
function eleventyData(name: string | undefined): Reader {
  const own = name === undefined ? [] : [`${name}.json`, `${name}.11tydata.json`]
  return {
    pathOf(file) {
      if (own.includes(file)) return ''
      const [, above = '', folder, record] = DATA_FILE.exec(file) ?? []
      return record ?? (folder && above + folder)
    },
    read(text, given) {
      const { value } = readJson(text)
      return isMap(value) ? [{ ...given, values: value }] : []
    },
    unread: (text, given) =>
      CLOSERS.some((name) => text.includes(`"${name}"`))
        ? [{ ...given, values: { draft: true } }]
        : [],
  }
}

/**
 * What the `cascade` of a folder's page keeps out of the feeds, with all below it. What else a cascade gives is for the
 * looks of pages.
 */
const HUGO_CASCADES: Reader = {
  pathOf: (file) => {
    const found = FOLDER_PAGE.exec(file)
    return found === null ? undefined : (found[1] ?? '')
  },
  read: (text, given) => (text.includes('cascade') ? cascadesOf(text, given) : []),
  unread: (text, given) =>
    // As a key of YAML, JSON or TOML, not as a word of the text.
    /\bcascade(?:["']?\s*[:=\]]|\.\w)/.test(text) ? [{ ...given, values: { draft: true } }] : [],
}

/** Zola doesn't look into the folder of a section that is a draft, whatever its pages say. */
const ZOLA_DRAFTS: Reader = {
  pathOf: HUGO_CASCADES.pathOf,
  read: (text, given) => {
    if (!text.includes('draft')) return []
    const { value } = valuesOf(splitFrontMatter(text))
    return isMap(value) && value.draft === true ? [{ ...given, values: { isDraft: true } }] : []
  },
  unread: (text, given) =>
    /\bdraft\b/.test(text) ? [{ ...given, values: { isDraft: true } }] : [],
}

/** What the files of a name give, in their order; the problem where one can't be read. */
async function readEach(
  root: string,
  files: readonly string[],
  { pathOf, read, unread }: Reader,
  problems: Problem[],
  before: readonly Default[] | undefined,
): Promise<Default[]> {
  const found: Default[][] = []
  await eachBounded([...files.entries()], AT_ONCE, async ([order, file]) => {
    const at = pathOf(file)
    if (at === undefined) return
    const given = { path: at, from: file }
    let text = ''
    try {
      text = await readConfigured(path.join(root, file))
      found[order] = read(text, given)
    } catch (error) {
      const { sentence, ...place } = unreadable(file, error)
      problems.push({ ...place, ...problem('unread-configuration', { file, sentence }) })
      found[order] = before?.filter(({ from }) => from === file) ?? unread(text, given)
    }
  })
  return found.flat()
}

function cascadesOf(text: string, at: Given): Default[] {
  const { value } = valuesOf(splitFrontMatter(text))
  const given: unknown[] = isMap(value) ? [value.cascade].flat() : []
  return given.flatMap((cascade): Default[] => {
    // One with a target is for some of the pages alone.
    if (!isMap(cascade) || cascade.target !== undefined || cascade._target !== undefined) return []
    const closing = Object.entries(cascade).filter(([key]) => CLOSING.has(plainName(key)))
    return closing.length === 0 ? [] : [{ ...at, values: Object.fromEntries(closing) }]
  })
}

/** A record with the values that it doesn't give itself: those of the innermost folder first. */
export function withDefaults(
  values: Values,
  file: string,
  defaults: readonly Default[],
  generator: Generator | undefined,
): Values {
  const own = applying(file, defaults)
  if (own.length === 0) return values
  if (generator === 'jekyll') return asInJekyll(values, own)
  const all: Record<string, unknown> = Object.create(null)
  for (const one of [...own.map((one) => one.values), values]) {
    for (const [key, value] of Object.entries(one)) {
      // Tags of a record and of its folders are all its own.
      all[key] = key === 'tags' ? [...listOf(all[key]), ...listOf(value)] : value
    }
  }
  return all
}

/** Categories of a record and of its folders are all its own, its tags take the place of theirs. */
function asInJekyll(values: Values, defaults: readonly Default[]): Values {
  const given: Values = Object.assign(Object.create(null), ...defaults.map((one) => one.values))
  const said = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null))
  const [tags, single] = [said.tags, listOf(said.tag)]
  const own = [...listOf(said.category), ...wordsOf(said.categories)]
  return {
    ...given,
    ...said,
    ...(tags === undefined && single.length > 0 && { tags: single }),
    ...(own.length > 0 && { categories: [...wordsOf(given.categories), ...own] }),
  }
}

function wordsOf(value: unknown): unknown[] {
  return typeof value === 'string' ? value.split(/\s+/) : listOf(value)
}

/** The file that gives a record a value that it doesn't give itself; nothing of one that is its own. */
export function giverOf(
  key: string,
  values: Values,
  file: string,
  defaults: readonly Default[],
): string | undefined {
  if (Object.hasOwn(values, key)) return undefined
  return applying(file, defaults).findLast((one) => Object.hasOwn(one.values, key))?.from
}

/** Those of a file, the innermost last. */
function applying(file: string, defaults: readonly Default[]): readonly Default[] {
  if (defaults.length === 0) return defaults
  const name = file.replace(/\.[^./]+$/, '')
  return defaults
    .filter(({ path: at }) => at === '' || name === at || file.startsWith(`${at}/`))
    .toSorted((a, b) => a.path.length - b.path.length)
}

function listOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}
