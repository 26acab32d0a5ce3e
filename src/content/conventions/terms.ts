// Tags and categories as generators' users write them: lists, nested lists, texts, folders.
import type { Place } from './generator.ts'

/** What Eleventy's users write to have a list of all posts, rather than of those about something. */
const BOOKKEEPING = new Set(['all', 'nav', 'page', 'pages', 'post', 'posts'])

/**
 * The tags, flat; something else than texts and lists is left for the schema to judge. A text is one tag, several
 * with commas between, and in Jekyll several with white space between.
 */
export function readTags(value: unknown, { generator }: Place): unknown {
  if (!isTextual(value) && !Array.isArray(value)) return value
  const written = isTextual(value) ? split(String(value), generator === 'jekyll') : flat(value)
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
  const named = value.filter((one) => one !== null && one !== '')
  if (!named.every((one) => isTextual(one) || Array.isArray(one))) return value
  const isOnePath = generator === undefined || generator === 'hexo'
  if (isOnePath && !named.some(Array.isArray)) return [named]
  return named.map((one) => (Array.isArray(one) ? one.filter((level) => level !== null) : [one]))
}

/** In Jekyll the folders above `_posts` are categories. */
export function folderSections({ file, generator, inside = [] }: Place): string[][] | undefined {
  const folders = [...inside, ...file.split('/').slice(0, -1)]
  const posts = folders.findIndex((folder) => folder === '_posts' || folder === '_drafts')
  return posts > 0 && generator === 'jekyll' ? [folders.slice(0, posts)] : undefined
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
