// The terms of an article: its tags, sections and authors as categories that feeds can be made for.
import type { Author, Person } from '../domain/article.ts'
import { type Category, isAddressable, lineage, sectionTerm, slug } from '../domain/category.ts'
import { currentTerm, type Publication } from '../domain/publication.ts'
import type { Report } from './check-record.ts'
import type { ArticleRecord } from './record.ts'
import { remembered } from './remembered.ts'

/** Labels of a sort whose terms are remembered. */
const MOST = 10_000

/** Finds the terms of a publication, each one object for the thousands of articles that share it. */
interface Terms {
  readonly objects: Map<string, unknown>
  /** Nothing of what can't stand in an address, all three. */
  readonly tag: (label: string) => Category | undefined
  /** @param levels in JSON. */
  readonly path: (levels: string) => readonly Category[] | undefined
  /** @param person in JSON. */
  readonly author: (person: string) => Author | undefined
}

/** As long as its publication is in use. */
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

function shared<T>(publication: Publication, item: T, key: readonly string[]): T {
  const { objects } = termsOf(publication)
  const name = key.join('\n')
  const first = (objects.get(name) as T | undefined) ?? item
  objects.set(name, first)
  return first
}

/** A level stands in many sections. */
const slugOfLevel = remembered(MOST, slug)

function sharedTag(tag: Category, publication: Publication): Category {
  return shared(publication, tag, ['tags', tag.term, tag.label])
}

function sharedPath(path: readonly Category[], publication: Publication): readonly Category[] {
  const labels = path.map(({ label }) => label)
  return shared(publication, path, ['sections', path.at(-1)?.term ?? '', ...labels])
}

function sharedAuthor(author: Author, publication: Publication): Author {
  const { term, name, email = '', url = '' } = author
  return shared(publication, author, ['authors', term, name, email, url])
}

function tagOf(label: string, publication: Publication): Category | undefined {
  const { taxonomy } = publication
  const term = currentTerm(taxonomy, 'tags', slug(label))
  if (!isAddressable(term)) return undefined
  const tag = { scheme: 'tags' as const, term, label: taxonomy.tags.get(term)?.label ?? label }
  return sharedTag(tag, publication)
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
  return sharedPath(path, publication)
}

function authorOf(person: Person, publication: Publication): Author | undefined {
  const term = currentTerm(publication.taxonomy, 'authors', slug(person.name))
  return isAddressable(term) ? sharedAuthor({ ...person, term }, publication) : undefined
}

/** The object that others have of a tag, the path of a section, or an author. */
export function shareTerm<T extends Category | readonly Category[] | Author>(
  term: T,
  publication: Publication,
): T {
  if ('scheme' in term) return sharedTag(term, publication) as T
  if ('name' in term) return sharedAuthor(term, publication) as T
  return sharedPath(term as readonly Category[], publication) as T
}

export function readTags(
  record: ArticleRecord,
  publication: Publication,
  report: Report,
): Category[] | undefined {
  const terms = termsOf(publication)
  const tags = (record.tags ?? []).map((label, at): Category | undefined => {
    const tag = terms.tag(label)
    if (tag === undefined)
      report(
        'no-address',
        ['tags', at],
        `"${label}" has nothing in it that could stand in an address.`,
      )
    return tag
  })
  return allOf(tags) && once(tags as Category[], ({ term }) => term)
}

export function readSections(
  record: ArticleRecord,
  publication: Publication,
  report: Report,
): (readonly Category[])[] | undefined {
  const terms = termsOf(publication)
  const written = [
    ...(record.section === undefined ? [] : [record.section]),
    ...(record.sections ?? []),
  ]
  const paths = written
    .filter((levels) => levels.length > 0)
    .map((levels): readonly Category[] | undefined => {
      const path = terms.path(JSON.stringify(levels))
      if (path === undefined)
        report(
          'no-address',
          ['section'],
          `"${levels.join('/')}" has a level with nothing in it that could stand in an address.`,
        )
      return path
    })
  return allOf(paths) && once(paths as (readonly Category[])[], (path) => path.at(-1)?.term ?? '')
}

export function readAuthors(
  record: ArticleRecord,
  publication: Publication,
  report: Report,
): Author[] | undefined {
  const terms = termsOf(publication)
  const authors = (record.authors ?? publication.authors).map((person, at): Author | undefined => {
    const author = terms.author(JSON.stringify(person))
    if (author === undefined)
      report(
        'no-address',
        ['authors', at],
        `"${person.name}" has nothing in it that could stand in an address.`,
      )
    return author
  })
  return allOf(authors) && once(authors as Author[], ({ term }) => term)
}

function allOf<T>(items: readonly (T | undefined)[]): T[] | undefined {
  return items.every((item) => item !== undefined) ? (items as T[]) : undefined
}

/** The first item of each key. */
function once<T>(items: T[], key: (item: T) => string): T[] {
  if (items.length < 2) return items
  return items.filter((item, at) => items.findIndex((other) => key(other) === key(item)) === at)
}
