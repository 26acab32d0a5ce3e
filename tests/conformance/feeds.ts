// Which feeds are tried, chosen from the content folder so that none is empty and each part of a filter matters.
import type { Piece } from './content.ts'
import type { Format } from './readers/reader.ts'

const FILES: Readonly<Record<Format, string>> = {
  rss: 'rss.xml',
  atom: 'atom.xml',
  json: 'feed.json',
}

/** Entries in a document where the URL does not say. */
const DEFAULT_LIMIT = 30

export interface TriedFeed {
  name: string
  /** What stands before the file's name, without a leading slash. */
  folder: string
  /** With its question mark, or empty. */
  query: string
  limit: number
  has: (piece: Piece) => boolean
}

interface Clause {
  parameter: 'tag' | 'category' | 'author'
  /** Any of them. */
  terms: string[]
  excluded?: true
}

const FOLDERS = {
  tag: 'tags',
  category: 'categories',
  author: 'authors',
} as const

const TERMS: Readonly<Record<Clause['parameter'], (piece: Piece) => string[]>> = {
  tag: ({ tags }) => [...tags.keys()],
  category: ({ sections }) => [...sections.keys()],
  author: ({ authorTerms }) => authorTerms,
}

const EVERYTHING: TriedFeed = {
  name: 'every article',
  folder: '',
  query: '',
  limit: DEFAULT_LIMIT,
  has: () => true,
}
/** All there is in one document, so that no fact of an article escapes. */
export const AT_ONCE: TriedFeed = {
  ...EVERYTHING,
  name: 'every article at once',
  query: '?limit=200',
  limit: 200,
}

/** The feeds that readers are shown: all, a tag, a nested section, an author and three filters. */
export function chosenFeeds(pieces: readonly Piece[]): TriedFeed[] {
  const [tag = ''] = termsByUse(pieces, 'tag')
  const [section = ''] = termsByUse(pieces, 'category').filter((term) => term.includes('/'))
  const [author = ''] = termsByUse(pieces, 'author')
  return [
    EVERYTHING,
    feedOfTerm('tag', tag),
    feedOfTerm('category', section),
    feedOfTerm('author', author),
    ...combinedFilters(pieces),
  ]
}

/** One feed with every article, one of a term, one of a filter: what the checklists are held against. */
export function checkedFeeds(pieces: readonly Piece[]): TriedFeed[] {
  const chosen = chosenFeeds(pieces)
  return [AT_ONCE, ...chosen.slice(2, 3), ...chosen.slice(-1)]
}

/** The feed of each term of the catalog. */
export function feedsOfTerms(pieces: readonly Piece[]): TriedFeed[] {
  return (['tag', 'category', 'author'] as const).flatMap((parameter) =>
    termsByUse(pieces, parameter).map((term) => feedOfTerm(parameter, term)),
  )
}

export function urlOf(base: string, feed: TriedFeed, format: Format): string {
  return `${base}${feed.folder}${FILES[format]}${feed.query}`
}

/** The pieces that a document of the feed carries, of all in the order of the catalog. */
export function carriedBy<P extends Piece>(feed: TriedFeed, pieces: readonly P[]): P[] {
  return pieces.filter(feed.has).slice(0, feed.limit)
}

function feedOfTerm(parameter: Clause['parameter'], term: string): TriedFeed {
  const path = term.split('/').map(encodeURIComponent).join('/')
  const folder = `${FOLDERS[parameter]}/${path}/`
  return {
    name: `${FOLDERS[parameter]}/${term}`,
    folder,
    query: '',
    limit: DEFAULT_LIMIT,
    has: matcher([{ parameter, terms: [term] }]),
  }
}

function combinedFilters(pieces: readonly Piece[]): TriedFeed[] {
  const tags = termsByUse(pieces, 'tag').slice(0, 16)
  const sections = termsByUse(pieces, 'category')
  const tag = (...terms: string[]): Clause => ({ parameter: 'tag', terms })
  const without = (...terms: string[]): Clause => ({
    ...tag(...terms),
    excluded: true,
  })
  const triples = tags.flatMap((a) => tags.flatMap((b) => tags.map((c) => ({ a, b, c }))))
  return [
    firstThatMatters(
      pieces,
      triples.map(({ a, b }) => [tag(a), tag(b)]),
    ),
    firstThatMatters(
      pieces,
      triples.map(({ a, b, c }) => [tag(a, b), without(c)]),
    ),
    firstThatMatters(
      pieces,
      triples.flatMap(({ a, b, c }) =>
        sections.map((term) => [
          tag(a, b),
          without(c),
          { parameter: 'category' as const, terms: [term] },
        ]),
      ),
    ),
  ]
}

/** The first filter that has entries, and others without any one of its clauses or terms. */
function firstThatMatters(pieces: readonly Piece[], filters: readonly Clause[][]): TriedFeed {
  const count = (filter: Clause[]) => pieces.filter(matcher(filter)).length
  const filter = filters.find((one) => {
    const size = count(one)
    return size > 0 && weaker(one).every((other) => count(other) !== size)
  })
  if (filter === undefined) throw new Error('the content has no articles for such a filter')
  const query = `?${filter.map(printClause).join('&')}`
  return {
    name: decodeURIComponent(query),
    folder: '',
    query,
    limit: DEFAULT_LIMIT,
    has: matcher(filter),
  }
}

function weaker(filter: readonly Clause[]): Clause[][] {
  return filter.flatMap((clause, at) => [
    filter.toSpliced(at, 1),
    ...(clause.terms.length < 2
      ? []
      : clause.terms.map((_, term) =>
          filter.toSpliced(at, 1, {
            ...clause,
            terms: clause.terms.toSpliced(term, 1),
          }),
        )),
  ])
}

function printClause({ parameter, terms, excluded }: Clause): string {
  return `${parameter}=${excluded ? '-' : ''}${terms.map(encodeURIComponent).join(',')}`
}

function matcher(filter: readonly Clause[]): (piece: Piece) => boolean {
  return (piece) =>
    filter.every(({ parameter, terms, excluded = false }) => {
      const held = TERMS[parameter](piece)
      return terms.some((term) => held.includes(term)) !== excluded
    })
}

/** Terms in use, the most used one first. */
function termsByUse(pieces: readonly Piece[], parameter: Clause['parameter']): string[] {
  const uses = new Map<string, number>()
  for (const term of pieces.flatMap(TERMS[parameter])) uses.set(term, (uses.get(term) ?? 0) + 1)
  return [...uses]
    .sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
    .map(([term]) => term)
}
