// Values that a generator gives to all records of a folder: Jekyll's `defaults`, Eleventy's data files, Hugo's cascades, Zola's drafts.
import path from 'node:path'
import { lineage } from '../../domain/category.ts'
import { grouped } from '../../domain/grouped.ts'
import { inTurns } from '../bounded.ts'
import type { Problem } from '../problem.ts'
import { splitFrontMatter, valuesOf } from '../syntax/front-matter.ts'
import { readJson } from '../syntax/located.ts'
import { unreadable } from '../syntax/source.ts'
import { takeLast } from '../syntax/yaml.ts'
import type { Configuration } from './configuration.ts'
import type { Generator } from './generator.ts'
import { isMap, type Values } from './maps.ts'
import { GATES, plainName } from './names.ts'
import { readConfigured } from './surroundings.ts'

export interface Default {
  /** The folder, or the file without its ending, that it is for; empty for all. */
  readonly path: string
  readonly values: Values
  /** The file that gives them, for people. */
  readonly from: string
}

/** What may keep articles out of the feeds. */
const CLOSERS: readonly string[] = [
  ...Object.keys(GATES),
  ...['build', '_build', 'keys', 'password', 'status', 'visibility'],
]
const CLOSING: ReadonlySet<string> = new Set(CLOSERS.map(plainName))

/**
 * The values that files among a folder's give to others. A file that can't be read is a problem, and gives what it gave
 * before, since it may keep out what is below it.
 * @param before what was given at an earlier reading; nothing at the first.
 */
export async function readDefaults(
  root: string,
  files: readonly string[],
  { generator, around }: { generator?: Generator | undefined; around: Configuration | undefined },
  problems: Problem[],
  before?: readonly Default[],
): Promise<readonly Default[]> {
  const reader = readerFor(generator, around)
  if (reader === undefined) return around?.defaults ?? []
  const found: Default[] = []
  await inTurns(placesOf(files, reader), (place) => {
    const { from } = place
    let text = ''
    try {
      text = readConfigured(path.join(root, from))
      found.push(...reader.read(text).map((values) => ({ ...place, values })))
    } catch (error) {
      problems.push(unreadable(from, error, 'unread-configuration'))
      const unread = reader.mayClose.test(text) ? [{ ...place, values: reader.closed }] : []
      found.push(...(before?.filter((one) => one.from === from) ?? unread))
    }
  })
  return found
}

/** How a generator reads files that give values to others. */
interface Reader {
  /** The path that a file's values are for; nothing if it is no such file. */
  readonly pathOf: (file: string) => string | undefined
  /** @throws UnreadableSource */
  readonly read: (text: string) => readonly Values[]
  /** Tells of an unreadable file whether it may keep articles out. Nobody knows which, so it then keeps out all. */
  readonly mayClose: RegExp
  /** The values that keep an article out. */
  readonly closed: Values
}

function readerFor(
  generator: Generator | undefined,
  around: Configuration | undefined,
): Reader | undefined {
  if (generator === 'hugo') return HUGO_CASCADES
  if (generator === 'zola') return ZOLA_DRAFTS
  return around?.generator === 'eleventy' ? eleventyData(around.inside.at(-1)) : undefined
}

function placesOf(files: readonly string[], { pathOf }: Reader): Omit<Default, 'values'>[] {
  const places: Omit<Default, 'values'>[] = []
  // A loop, since each change of a large folder looks through all names.
  for (const from of files) {
    const at = pathOf(from)
    if (at !== undefined) places.push({ path: at, from })
  }
  return places
}

/** Eleventy's data for a folder, named as it, or for a file beside it. */
const DATA_FILE = /^(.*\/)?([^/]+)\/\2(?:\.11tydata)?\.json$|^(.+)\.11tydata\.json$/

/** @param name of the folder that is read, if the site's folder is above: its own data are for all that is in it. */
function eleventyData(name: string | undefined): Reader {
  const own = name === undefined ? [] : [`${name}.json`, `${name}.11tydata.json`]
  return {
    pathOf(file) {
      if (!file.endsWith('.json')) return undefined
      if (own.includes(file)) return ''
      const [, above = '', folder, record] = DATA_FILE.exec(file) ?? []
      return record ?? (folder && above + folder)
    },
    read: (text) => [readJson(text).value].filter(isMap),
    mayClose: new RegExp(`"(?:${CLOSERS.join('|')})"`),
    closed: { draft: true },
  }
}

/** What the `cascade` of a folder's page keeps out of the feeds, with all below it; its other values are about looks. */
const HUGO_CASCADES: Reader = {
  pathOf: folderOfPage,
  read: (text) => (text.includes('cascade') ? cascadesIn(text) : []),
  // As a key of YAML, JSON or TOML, not as a word of the text.
  mayClose: /\bcascade(?:["']?\s*[:=\]]|\.\w)/,
  closed: { draft: true },
}

/** Zola doesn't look into the folder of a section that is a draft, whatever its pages say. */
const ZOLA_DRAFTS: Reader = {
  pathOf: folderOfPage,
  read(text) {
    if (!text.includes('draft')) return []
    const { value } = valuesOf(splitFrontMatter(text))
    return isMap(value) && value.draft === true ? [{ isDraft: true }] : []
  },
  mayClose: /\bdraft\b/,
  closed: { isDraft: true },
}

/** The folder of a page that speaks for one, in all languages. */
function folderOfPage(file: string): string | undefined {
  const end = file.lastIndexOf('/')
  if (!file.startsWith('_index.', end + 1)) return undefined
  return /_index\.(?:md|markdown|html)$/.test(file) ? file.slice(0, Math.max(0, end)) : undefined
}

function cascadesIn(text: string): Values[] {
  const { value } = valuesOf(splitFrontMatter(text), takeLast)
  const given: unknown[] = isMap(value) ? [value.cascade].flat() : []
  return given.flatMap((cascade) => {
    // One with a target is for some of the pages alone.
    if (!isMap(cascade) || cascade.target !== undefined || cascade._target !== undefined) return []
    const closing = Object.entries(cascade).filter(([key]) => CLOSING.has(plainName(key)))
    return closing.length === 0 ? [] : [Object.fromEntries(closing)]
  })
}

/** A record with the values that it doesn't give itself; those of the innermost folder come first. */
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
  for (const given of [...own.map((one) => one.values), values]) {
    for (const [key, value] of Object.entries(given)) {
      // A record has the tags of its folders as well as its own.
      all[key] = key === 'tags' ? [...listOf(all[key]), ...listOf(value)] : value
    }
  }
  return all
}

/** A record has the categories of its folders as well as its own; its tags replace theirs. */
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

/** The file that a value of a record comes from; nothing if the record gives it itself. */
export function giverOf(
  key: string,
  values: Values,
  file: string,
  defaults: readonly Default[],
): string | undefined {
  if (Object.hasOwn(values, key)) return undefined
  return applying(file, defaults).findLast((one) => Object.hasOwn(one.values, key))?.from
}

/** The defaults that apply to a file, the innermost last. */
function applying(file: string, defaults: readonly Default[]): readonly Default[] {
  if (defaults.length === 0) return defaults
  const paths = byPath.get(defaults) ?? grouped(defaults, (one) => one.path)
  byPath.set(defaults, paths)
  return ['', ...lineage(file.replace(/\.[^./]+$/, ''))].flatMap((at) => paths.get(at) ?? [])
}

/** Kept for each list, since all records of a folder ask, and each may have a data file of its own. */
const byPath = new WeakMap<readonly Default[], ReadonlyMap<string, readonly Default[]>>()

function listOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}
