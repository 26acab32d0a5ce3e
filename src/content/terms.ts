// The terms of an article: its tags, sections and authors as categories that feeds can be made for.
import type { Article, Author } from '../domain/article.ts'
import { type Category, isAddressable, lineage, sectionTerm, slug } from '../domain/category.ts'
import { currentTerm, type Publication } from '../domain/publication.ts'
import type { Report } from './check-record.ts'
import type { ArticleRecord } from './record.ts'
import { remembered } from './remembered.ts'

/** Thousands of articles share a term: each is one object for all of them, as long as its publication is in use. */
const known = new WeakMap<Publication, Map<string, unknown>>()

function shared<T>(publication: Publication, item: T, key: readonly string[]): T {
  const items = known.get(publication) ?? new Map<string, unknown>()
  known.set(publication, items)
  const name = key.join('\n')
  const first = (items.get(name) as T | undefined) ?? item
  items.set(name, first)
  return first
}

/** The slug of a label takes as long as all else about it. */
const slugOfLabel = remembered(10_000, slug)

function sharedTag(tag: Category, publication: Publication): Category {
  return shared(publication, tag, ['tags', tag.term, tag.label])
}

function sharedPath<T extends readonly Category[]>(path: T, publication: Publication): T {
  const labels = path.map(({ label }) => label)
  return shared(publication, path, ['sections', path.at(-1)?.term ?? '', ...labels])
}

function sharedAuthor(author: Author, publication: Publication): Author {
  const { term, name, email = '', url = '' } = author
  return shared(publication, author, ['authors', term, name, email, url])
}

/** Puts the objects of terms that others have in the place of facts' own. */
export function shareTerms(
  facts: { -readonly [K in 'tags' | 'sections' | 'authors']: Article[K] },
  publication: Publication,
): void {
  facts.tags = facts.tags.map((tag) => sharedTag(tag, publication))
  facts.sections = facts.sections.map((path) => sharedPath(path, publication))
  facts.authors = facts.authors.map((author) => sharedAuthor(author, publication))
}

export function readTags(
  record: ArticleRecord,
  publication: Publication,
  report: Report,
): Category[] | undefined {
  const { taxonomy } = publication
  const tags = (record.tags ?? []).map((label, at): Category | undefined => {
    const term = currentTerm(taxonomy, 'tags', slugOfLabel(label))
    if (!isAddressable(term)) {
      report(
        'no-address',
        ['tags', at],
        `"${label}" has nothing in it that could stand in an address.`,
      )
      return undefined
    }
    const category = {
      scheme: 'tags' as const,
      term,
      label: taxonomy.tags.get(term)?.label ?? label,
    }
    return sharedTag(category, publication)
  })
  return allOf(tags) && once(tags as Category[], ({ term }) => term)
}

export function readSections(
  record: ArticleRecord,
  publication: Publication,
  report: Report,
): Category[][] | undefined {
  const { taxonomy } = publication
  const written = [
    ...(record.section === undefined ? [] : [record.section]),
    ...(record.sections ?? []),
  ]
  const paths = written
    .filter((levels) => levels.length > 0)
    .map((levels): Category[] | undefined => {
      const asWritten = sectionTerm(levels, slugOfLabel)
      const term = currentTerm(taxonomy, 'sections', asWritten)
      if (!isAddressable(term) || asWritten.split('/').length !== levels.length) {
        report(
          'no-address',
          ['section'],
          `"${levels.join('/')}" has a level with nothing in it that could stand in an address.`,
        )
        return undefined
      }
      const moved = term !== asWritten
      const path = lineage(term).map((level, depth) => ({
        scheme: 'sections' as const,
        term: level,
        label:
          taxonomy.sections.get(level)?.label ??
          (moved ? (level.split('/').at(-1) as string) : (levels[depth] as string)),
      }))
      return sharedPath(path, publication)
    })
  return allOf(paths) && once(paths as Category[][], (path) => path.at(-1)?.term ?? '')
}

export function readAuthors(
  record: ArticleRecord,
  publication: Publication,
  report: Report,
): Author[] | undefined {
  const authors = (record.authors ?? publication.authors).map((person, at): Author | undefined => {
    const term = currentTerm(publication.taxonomy, 'authors', slugOfLabel(person.name))
    if (isAddressable(term)) return sharedAuthor({ ...person, term }, publication)
    report(
      'no-address',
      ['authors', at],
      `"${person.name}" has nothing in it that could stand in an address.`,
    )
    return undefined
  })
  return allOf(authors) && once(authors as Author[], ({ term }) => term)
}

function allOf<T>(items: readonly (T | undefined)[]): T[] | undefined {
  return items.every((item) => item !== undefined) ? (items as T[]) : undefined
}

/** The first item of each key. */
function once<T>(items: readonly T[], key: (item: T) => string): T[] {
  return items.filter((item, at) => items.findIndex((other) => key(other) === key(item)) === at)
}
