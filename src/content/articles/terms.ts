// The terms of an article: its tags, sections and authors, for each of which there is a feed.
import type { Author, Person } from '../../domain/article.ts'
import { type Category, isAddressable, lineage, sectionTerm, slug } from '../../domain/category.ts'
import { own } from '../../domain/own.ts'
import { currentTerm, type Publication } from '../../domain/publication.ts'
import { remembered } from '../../domain/remembered.ts'
import type { Report } from '../records/check-record.ts'
import type { ArticleRecord } from '../records/record.ts'
import type { Site } from '../site/site.ts'

/** How many labels of each sort are remembered with their terms. */
const MOST = 10_000

/** Finds the terms of a publication: one object for each, which thousands of articles share. */
interface Terms {
  readonly objects: Map<string, unknown>
  // Each finds nothing where a label can't stand in an address.
  readonly tag: (label: string) => Category | undefined
  /** @param levels in JSON. */
  readonly path: (levels: string) => readonly Category[] | undefined
  /** @param person in JSON. */
  readonly author: (person: string) => Author | undefined
}

/** For as long as a publication is in use. */
const known = new WeakMap<Publication, Terms>()

function termsOf(publication: Publication): Terms {
  const before = known.get(publication)
  if (before !== undefined) return before
  const terms: Terms = {
    objects: new Map(),
    tag: remembered(MOST, (label) => tagOf(label, publication)),
    path: remembered(MOST, (levels) => pathOf(JSON.parse(levels), publication)),
    author: remembered(MOST, (person) => authorOf(JSON.parse(person), publication)),
  }
  known.set(publication, terms)
  return terms
}

/** The object that other articles share of a tag, the path of a section, or an author. */
export function shareTerm<T extends Category | readonly Category[] | Author>(
  term: T,
  publication: Publication,
): T {
  const { objects } = termsOf(publication)
  const key = JSON.stringify(term)
  const first = (objects.get(key) as T | undefined) ?? term
  objects.set(key, first)
  return first
}

/** Remembered, since a level stands in many sections. */
const slugOfLevel = remembered(MOST, slug)

function tagOf(written: string, publication: Publication): Category | undefined {
  const { taxonomy } = publication
  const asWritten = slug(written)
  const term = currentTerm(taxonomy, 'tags', asWritten)
  if (!isAddressable(term)) return undefined
  // The old label of a renamed tag no longer names it.
  const spelled = term === asWritten ? written : term
  const label = taxonomy.tags.get(term)?.label ?? spelled
  return shareTerm({ scheme: 'tags', term, label }, publication)
}

function pathOf(
  levels: readonly string[],
  publication: Publication,
): readonly Category[] | undefined {
  const { taxonomy } = publication
  const asWritten = sectionTerm(levels, slugOfLevel)
  const term = currentTerm(taxonomy, 'sections', asWritten)
  if (!isAddressable(term) || asWritten.split('/').length !== levels.length) return undefined
  const moved = term !== asWritten
  const path = lineage(term).map((level, depth) => ({
    scheme: 'sections' as const,
    term: level,
    label:
      taxonomy.sections.get(level)?.label ??
      (moved ? (level.split('/').at(-1) as string) : (levels[depth] as string)),
  }))
  return shareTerm(path, publication)
}

/** @param key that names the person in the site's data: whoever has subscribed to it is to stay so. */
function authorOf(
  { key, ...person }: Person & { readonly key?: string },
  publication: Publication,
): Author | undefined {
  const term = currentTerm(publication.taxonomy, 'authors', slug(key ?? person.name))
  return isAddressable(term) ? shareTerm({ ...person, term }, publication) : undefined
}

export function readTags(
  record: ArticleRecord,
  publication: Publication,
  report: Report,
): Category[] | undefined {
  const { tag } = termsOf(publication)
  const tags = (record.tags ?? []).map((label, at) =>
    orReport(tag(label), report, ['tags', at], `"${label}" has nothing`),
  )
  return allOf(tags, ({ term }) => term)
}

export function readSections(
  record: ArticleRecord,
  publication: Publication,
  report: Report,
): (readonly Category[])[] | undefined {
  const { path } = termsOf(publication)
  const { section, sections = [] } = record
  const written = [
    ...(section === undefined ? [] : [{ levels: section, at: ['section'] }]),
    ...sections.map((levels, at) => ({ levels, at: ['sections', at] })),
  ]
  const paths = written
    .filter(({ levels }) => levels.length > 0)
    .map(({ levels, at }) => {
      const what = `"${levels.join('/')}" has a level with nothing`
      return orReport(path(JSON.stringify(levels)), report, at, what)
    })
  return allOf(paths, (levels) => levels.at(-1)?.term ?? '')
}

/** @param people whom the site's data tell more of, by what records call them. */
export function readAuthors(
  record: ArticleRecord,
  { publication, people }: Pick<Site, 'publication' | 'people'>,
  report: Report,
): Author[] | undefined {
  const { author } = termsOf(publication)
  const found = (person: Person) => {
    const known = own(people, person.name)
    return known === undefined ? person : { ...known, key: person.name }
  }
  const authors = (record.authors ?? publication.authors).map((person, at) =>
    orReport(
      author(JSON.stringify(found(person))),
      report,
      ['authors', at],
      `"${person.name}" has nothing`,
    ),
  )
  return allOf(authors, ({ term }) => term)
}

/** @param what begins the sentence that is reported where there is no term. */
function orReport<T>(
  term: T | undefined,
  report: Report,
  path: Parameters<Report>[1],
  what: string,
): T | undefined {
  if (term === undefined)
    report('no-address', path, `${what} in it that could stand in an address.`)
  return term
}

/** The first item of each key; nothing where an item is missing. */
function allOf<T>(items: readonly (T | undefined)[], key: (item: T) => string): T[] | undefined {
  if (!items.every((item) => item !== undefined)) return undefined
  return items.filter((item, at) => items.findIndex((other) => key(other) === key(item)) === at)
}
