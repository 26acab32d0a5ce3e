// The address of an article: what its record gives, else a pattern filled in, else Gazette's own page.
import type { Instant } from '../../domain/article.ts'
import { type Category, isAddressable, languageRanges, slug } from '../../domain/category.ts'
import { own } from '../../domain/own.ts'
import type { Publication } from '../../domain/publication.ts'
import { type Calendar, calendar, readMoment, writtenCalendar } from '../../domain/time.ts'
import { folderLevels, type Generator, levelsOf, nameOf } from '../conventions/generator.ts'
import { stringAt, type Values } from '../conventions/maps.ts'
import { ownPermalink } from '../conventions/own-permalink.ts'
import type { PermalinkFacts } from '../conventions/placeholders.ts'
import { uriOf } from '../records/uri.ts'
import type { Site } from '../site/site.ts'
import { inNumbers } from '../syntax/dates.ts'
import type { RecordInFile } from './article.ts'
import { readSections } from './terms.ts'

export interface Link {
  /** Absolute. */
  readonly link: string
  /** Whether that is Gazette's own page. */
  readonly hasOwnPage: boolean
  /** The pattern that could not be filled, since nothing says what it asks for. */
  readonly unfilled: Unfilled | undefined
}

export interface Unfilled {
  readonly pattern: string
  readonly lacks: string
  /** The record's field that gives the pattern, or that could give the address instead. */
  readonly field: 'permalink' | 'url'
}

/** UTF-16 units of a record's field that an address may hold. */
const LONGEST_PART = 500

type Addressed = Pick<
  RecordInFile,
  'record' | 'written' | 'file' | 'name' | 'generator' | 'translation'
>

/** The last part of an article's address; nothing where the name can't stand in an address. */
export function slugOf(
  { record, name, translation }: Addressed,
  language: string,
): string | undefined {
  const written =
    record.slug ?? (isForeign(translation, language) ? `${name}-${translation}` : name)
  const found = slug(written.replaceAll('/', '-'))
  return isAddressable(found) ? found : undefined
}

export function linkOf(
  addressed: Addressed,
  named: string,
  sections: readonly (readonly Category[])[],
  published: Instant,
  site: Site,
): Link {
  const { record, translation } = addressed
  const { publication } = site
  const { path, unfilled }: Filled =
    record.url === undefined
      ? pathByPattern(addressed, sections, published, site)
      : { path: servedBy(addressed.generator, record.url) }
  if (path === undefined) return { link: ownPage(publication, named), hasOwnPage: true, unfilled }
  // Hugo and Zola put translations in a folder of their language.
  const language = isForeign(translation, publication.language) ? translation : site.prefix
  const isApart = language !== undefined && !isFromRoot(addressed)
  // A path's first level may hold a colon, and is no scheme.
  const whole = path.replace(/^\/+/, isApart ? `./${language}/` : './')
  return { link: uriOf(new URL(whole, publication.base)), hasOwnPage: false, unfilled }
}

/** Whether a record's address gets no language's folder in front of it, as in Hugo where it begins with a slash. */
function isFromRoot({ record, written, generator }: Addressed): boolean {
  const { url } = record
  return url !== undefined && (generator !== 'hugo' || url !== `/${stringAt(written, 'url')}`)
}

/** What becomes of a pattern; nothing where none applies. */
interface Filled {
  readonly path?: string
  readonly unfilled?: Unfilled
}

/** The path by the record's own pattern, else by the publication's. */
function pathByPattern(
  addressed: Addressed,
  sections: readonly (readonly Category[])[],
  published: Instant,
  site: Site,
): Filled {
  const byRecord = ownPermalink(addressed.written, addressed.generator)
  if (byRecord === undefined && site.permalink === undefined) return {}
  const facts = factsOf(addressed, sections, published, site)
  const own = byRecord?.(facts)
  if (own !== undefined && 'path' in own) return own
  const filled = site.permalink?.(facts)
  const path = filled !== undefined && 'path' in filled ? { path: filled.path } : {}
  if (own !== undefined) return { ...path, unfilled: { ...own, field: 'permalink' } }
  return filled === undefined || 'path' in filled ? path : { unfilled: { ...filled, field: 'url' } }
}

function factsOf(
  { record, written, file, name, generator }: Addressed,
  sections: readonly (readonly Category[])[],
  published: Instant,
  site: Site,
): PermalinkFacts {
  return {
    date: () =>
      (site.generator === 'hugo' ? hugoCalendar(written) : undefined) ??
      calendar(published, site.publication.zone),
    published,
    slug: record.slug,
    title: record.title,
    name,
    fullName: () => nameOf({ file, generator, languages: site.languages }).fullName,
    folders: folderLevels(file, site),
    levels: () => levelsOf(file.replace(/\.[^./]+$/, ''), site),
    section: sections[0]?.at(-1)?.term.split('/') ?? [],
    sections: sections.map((path) => path.map(({ label }) => label)),
    field: (name) => {
      const value = own(written, name)
      const isPlain = typeof value === 'string' || typeof value === 'number'
      return isPlain && String(value).length <= LONGEST_PART ? String(value) : undefined
    },
  }
}

/**
 * A record's address as its generator serves it: to Hugo a `url` without a dot is a folder, and gets a slash; to Eleventy
 * `index.html` is its folder's page.
 */
function servedBy(generator: Generator | undefined, url: string): string {
  if (!url.startsWith('/')) return url
  if (generator === 'eleventy') return url.replace(/\/index\.html$/, '/')
  return generator === 'hugo' && !/[.?#]|\/$/.test(url) ? `${url}/` : url
}

/** Hugo takes a page's date from the first of these that has a value. */
const HUGO_DATES = ['date', 'publishDate', 'pubDate', 'published', 'lastmod', 'modified']

/** Hugo doesn't convert dates: a post of an evening in New York has New York's day in its address. */
function hugoCalendar(written: Values): Calendar | undefined {
  for (const name of HUGO_DATES) {
    const value = stringAt(written, name)
    if (value !== undefined) return writtenCalendar(inNumbers(value))
  }
  return undefined
}

/** Whether a translation is into another language than the publication's own. */
export function isForeign(translation: string | undefined, own: string): translation is string {
  return translation !== undefined && !languageRanges(own).includes(translation.toLowerCase())
}

function ownPage({ base }: Publication, named: string): string {
  return `${base}articles/${encodeURIComponent(named)}`
}

/** The link that a record's article will have, if any. What is wrong is reported when the article is made. */
export function linkAhead(found: Addressed, site: Site): string | undefined {
  const { publication } = site
  const published = readMoment(inNumbers(found.record.published ?? ''), publication.zone)
  const named = slugOf(found, publication.language)
  const sections = readSections(found.record, publication, () => {})
  if (published === undefined || named === undefined || sections === undefined) return undefined
  return linkOf(found, named, sections, published, site).link
}
