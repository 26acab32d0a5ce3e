// The generator that a folder's files were written for, and what follows from it where their habits differ.
import { lineage } from '../../domain/category.ts'
import type { MarkdownForm } from '../bodies/body.ts'

export type Generator = 'hugo' | 'hexo' | 'jekyll' | 'eleventy' | 'astro' | 'zola'

/** How people write their names. */
export const GENERATOR_NAMES: Readonly<Record<Generator, string>> = {
  hugo: 'Hugo',
  hexo: 'Hexo',
  jekyll: 'Jekyll',
  eleventy: 'Eleventy',
  astro: 'Astro',
  zola: 'Zola',
}

/** The Markdown that each generator reads. If it is unknown, what looks like attributes is meant as such. */
export const MARKDOWN: Readonly<Record<Generator | 'unknown', MarkdownForm>> = {
  hugo: 'markdown of Goldmark',
  hexo: 'markdown with breaks',
  jekyll: 'markdown of kramdown',
  eleventy: 'markdown',
  astro: 'markdown',
  zola: 'markdown with attributes',
  unknown: 'markdown with attributes',
}

/** Folders of a site that hold what its pages are made with, or what was made of them. */
const WORKSHOP =
  /^(?:archetypes|dist|layouts|public|scaffolds|static|templates|themes|vendor|_data|_includes|_layouts|_sass|_site)\//

/** Whether a file of a generator's site may be an article: it is no section's page, and no data. */
export function mayBeArticle(
  file: string,
  generator: Generator | undefined,
  inside: readonly string[] = [],
): boolean {
  // Hugo and Zola: the page of a section. It is asked of every file at every change.
  const isIndex = file.startsWith('_index.', file.lastIndexOf('/') + 1)
  if (isIndex && /(?:^|\/)_index(\.[^./]+)+$/.test(file)) return false
  if (generator === undefined) return true
  // Astro's way to keep a file out of a collection.
  if (generator === 'astro' && /(?:^|\/)_[^/]*$/.test(file)) return false
  if ((generator === 'hexo' || generator === 'jekyll') && !isPost(file, generator, inside))
    return false
  return !/\.(json|ndjson|jsonl)$/i.test(file) && !WORKSHOP.test(file)
}

/** Below `_posts`, where people park what isn't done, Hexo passes over names with a `_` first, Jekyll over those without a day. */
function isPost(file: string, generator: 'hexo' | 'jekyll', inside: readonly string[]): boolean {
  const levels = [...inside, ...file.split('/')]
  const posts = levels.indexOf('_posts')
  if (posts < 0) return true
  return generator === 'hexo'
    ? !levels.slice(posts + 1).some((level) => level.startsWith('_'))
    : /^\d{2,4}-\d{1,2}-\d{1,2}-/.test(levels.at(-1) as string)
}

/** The files without those that are part of a Hugo bundle: all that lie beside its `index.md` and below. */
export function withoutResources(files: readonly string[]): readonly string[] {
  const folderOf = (file: string) => file.slice(0, Math.max(0, file.lastIndexOf('/')))
  const isIndex = (file: string) => /(?:^|\/)index(\.[^./]+)+$/.test(file)
  const bundles = new Set(files.filter(isIndex).map(folderOf))
  // The page of the whole site.
  for (const folder of ['', 'content']) bundles.delete(folder)
  if (bundles.size === 0) return files
  return files.filter((file) => {
    const folder = folderOf(file)
    const around = lineage(folder).filter((level) => bundles.has(level))
    return around.length === 0 || (isIndex(file) && around.length === 1 && around[0] === folder)
  })
}

/** Where a record stands, and what it is called there. */
export interface Place {
  /** Path under the content folder. */
  readonly file: string
  /** Nothing if neither the user nor the folder's surroundings tell. */
  readonly generator: Generator | undefined
  /** Folders between the site's and the content folder. */
  readonly inside?: readonly string[]
  /** The languages that a file may be in by the ending of its name: `night-ferry.fr.md`. */
  readonly languages?: readonly string[]
  /** The one of them that is no translation. */
  readonly ownLanguage?: string | undefined
  readonly languageFolders?: readonly LanguageFolder[]
}

/** Where files in a language lie. */
export interface LanguageFolder {
  readonly language: string
  /** Folders between the site's and that of the language. */
  readonly folder: readonly string[]
}

/** The generator that a record was written for, by what only that one knows; asked if the folder doesn't tell. */
export function guessGenerator(
  values: Readonly<Record<string, unknown>>,
  language: 'yaml' | 'toml' | 'json',
  file: string,
): Generator | undefined {
  const has = (...names: string[]) => names.some((name) => Object.hasOwn(values, name))
  const layout = typeof values.layout === 'string' ? values.layout : ''
  if (language === 'toml') return has('extra', 'taxonomies', 'template', 'path') ? 'zola' : 'hugo'
  if (/\.mdx$/i.test(file) || /\.astro$/.test(layout) || has('pubDate', 'updatedDate', 'heroImage'))
    return 'astro'
  if (has('lastmod', 'publishDate', 'expiryDate', 'cascade')) return 'hugo'
  if (
    /\.(njk|liquid|webc|11ty\.js)$|^layouts\//.test(layout) ||
    Object.keys(values).some((name) => name.startsWith('eleventy'))
  )
    return 'eleventy'
  return layout !== '' && DATED.test(file) ? 'jekyll' : undefined
}

/** A name that begins with a day: `2026-03-09-night-ferry.md`, or a bundle's folder so named. */
const DATED = /(?:^|\/)(\d{4}-\d{1,2}-\d{1,2})[-_ ][^/]+$/

/** The same with a time, as Zola reads it: colons can't stand in every system's names. */
const TIMED =
  /^(\d{4}-\d{2}-\d{2}T\d{2})[:-](\d{2})[:-](\d{2})(?:\.\d+)?(?:Z|([+-]\d{2})[:-]?(\d{2}))[-_ ]+(.+)$/

export interface FileName {
  readonly name: string
  /** With its day. */
  readonly fullName: string
  /** Or the moment. */
  readonly day: string | undefined
  readonly language: string | undefined
}

/** The name of a record by its file: without ending, language and day and, for a bundle, from its folder. */
export function nameOf(place: Place): FileName {
  const { file, generator, languages = [] } = place
  const levels = file.split('/')
  const stem = (levels.pop() as string).replace(/\.[^.]+$/, '')
  const [, before, ending = ''] = /^(.+)\.([a-z]{2,3}(?:-[a-z\d]{2,8})?)$/i.exec(stem) ?? []
  const isTranslation =
    before !== undefined &&
    (languages.length > 0
      ? languages.includes(ending)
      : (generator === 'hugo' || generator === 'zola') && ending.length === 2)
  const last = isTranslation ? before : stem
  const spoken = isTranslation ? ending : languageByFolder(place)
  const language = spoken === place.ownLanguage ? undefined : spoken
  const folder = levels.at(-1)
  const fullName = last === 'index' && folder !== undefined ? folder : last
  const [, hour, minute, second, east, further, timed] = TIMED.exec(fullName) ?? []
  if (timed !== undefined) {
    const offset = east === undefined ? 'Z' : `${east}:${further}`
    return { name: timed, fullName, day: `${hour}:${minute}:${second}${offset}`, language }
  }
  const [, day, name = fullName] = /^(\d{4}-\d{1,2}-\d{1,2})[-_ ](.+)$/.exec(fullName) ?? []
  return { name, fullName, day, language }
}

function languageByFolder({ file, inside = [], languageFolders = [] }: Place): string | undefined {
  if (languageFolders.length === 0) return undefined
  const all = [...inside, ...file.split('/')]
  return languageFolders.find(({ folder }) => folder.every((level, at) => all[at] === level))
    ?.language
}

/** Where a site's content lies, as far as it says so. */
export interface Within {
  /** Folders between the site's and the one that is read. */
  readonly inside: readonly string[]
  /** Folders between the site's and that of the content; the first that a file lies in counts. */
  readonly contentFolders: readonly (readonly string[])[]
}

/** A file's path from the folder of the content on, level by level. */
export function levelsOf(file: string, { inside, contentFolders }: Within): string[] {
  const all = [...inside, ...file.split('/')]
  const content = contentFolders.find((folder) => folder.every((level, at) => all[at] === level))
  return content === undefined ? all : all.slice(content.length)
}

/** The folders that a record lies in, from that of the content on; a bundle's own is its name. */
export function folderLevels(file: string, within: Within): string[] {
  const levels = levelsOf(file, within)
  const last = levels.pop() as string
  return /^index(\.[^.]+)+$/.test(last) ? levels.slice(0, -1) : levels
}
