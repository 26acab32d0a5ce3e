// Tags and categories as generators' users write them: lists, nested lists, texts, folders.
import type { Place } from './generator.ts'
import { isMap } from './maps.ts'

/** What Eleventy's users write to have a list of all posts, rather than of those about something. */
const BOOKKEEPING = new Set(['all', 'nav', 'page', 'pages', 'post', 'posts'])

/** What a map calls the term that it is about, as CMSs write them. */
const CALLED = ['name', 'label', 'title', 'slug']

/**
 * The tags, flat. Commas in a text part tags, and in Jekyll white space does. What is no text, list or map with a name
 * is left for the schema to judge.
 */
export function readTags(value: unknown, { generator }: Place): unknown {
  if (!isTextual(value) && !Array.isArray(value)) return value
  const written = isTextual(value)
    ? split(String(value), generator === 'jekyll')
    : named(flat(value))
  const tags = written.filter((tag) => tag !== null && tag !== '')
  return generator === 'eleventy'
    ? tags.filter((tag) => !BOOKKEEPING.has(String(tag).toLowerCase()))
    : tags
}

/**
 * The sections, each as the list of its levels.
 * - Hexo, and where nobody says: `[a, b]` is one path, `[[a, b], [c]]` are two.
 * - The others: `[a, b]` are two sections.
 * @param name that the field goes by: `sections` is our own, with our shape; `category` names one.
 */
export function readSections(value: unknown, { generator }: Place, name: string): unknown {
  if (name === 'sections') return value
  if (isTextual(value)) {
    if (name === 'category') return [[String(value)]]
    return split(String(value), generator === 'jekyll').map((one) => [one])
  }
  if (!Array.isArray(value)) return value
  const terms = named(value).filter((one) => one !== null && one !== '')
  if (!terms.every((one) => isTextual(one) || Array.isArray(one))) return value
  const isOnePath = generator === undefined || generator === 'hexo'
  // What has maps is no path: a CMS lists where an article stands.
  if (isOnePath && !value.some((one) => Array.isArray(one) || isMap(one))) return [terms]
  return terms.map((one) => (Array.isArray(one) ? one.filter((level) => level !== null) : [one]))
}

/** In Jekyll the folders above `_posts` are categories, but for those of plugins for languages, such as `_i18n/ja`. */
export function folderSections({ file, generator, inside = [] }: Place): string[][] | undefined {
  const folders = [...inside, ...file.split('/').slice(0, -1)]
  const posts = folders.findIndex((folder) => folder === '_posts' || folder === '_drafts')
  const above = folders.slice(0, Math.max(0, posts))
  const isSection = above.length > 0 && generator === 'jekyll' && !above[0]?.startsWith('_')
  return isSection ? [above] : undefined
}

/** Each map by what it calls its term, without those that are for the desk alone, as Ghost's internal ones are. */
function named(list: readonly unknown[]): readonly unknown[] {
  if (!list.some(isMap)) return list
  return list
    .filter((one) => !isMap(one) || one.visibility !== 'internal')
    .map((one) => {
      if (!isMap(one)) return one
      const name = CALLED.find((name) => isTextual(one[name]))
      return name === undefined ? one : one[name]
    })
}

/** One level; `Array.flat` takes as long for a list that has none. */
function flat(list: readonly unknown[]): readonly unknown[] {
  return list.some(Array.isArray) ? list.flat() : list
}

function split(text: string, atSpaces: boolean): string[] {
  return text
    .split(atSpaces ? /[\s,]+/ : /[,，、]/)
    .map((one) => one.trim())
    .filter(Boolean)
}

function isTextual(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number'
}
