// The terms of a catalog: under which terms its articles are found, and what each term is called.
import type { Article } from './article.ts'
import { type Category, languageRanges, type Scheme } from './category.ts'
import { SCHEMES } from './filter.ts'
import { type Posting, postingAt, postingOf } from './postings.ts'
import type { Publication } from './publication.ts'

/** Positions of entries, by term. */
export type Postings = ReadonlyMap<string, Posting>

export interface KnownTerm extends Category {
  /** Articles in its feed now. */
  readonly count: number
}

export interface TermIndex {
  readonly postings: Readonly<Record<Scheme, Postings>>
  /** Postings of sections without those below them. */
  readonly sectionsAlone: Postings
  /** Every term that an article ever used, or that the publication names. */
  readonly terms: Readonly<Record<Scheme, ReadonlyMap<string, KnownTerm>>>
}

/**
 * The terms of articles. A term is called what the publication calls it, else as the newest article spells it.
 * @param published newest first; their places here are the positions of the postings.
 * @param gone articles whose terms are known still, without a posting.
 */
export function indexTerms(
  publication: Publication,
  published: readonly Article[],
  gone: readonly Article[],
): TermIndex {
  const positions = eachScheme(() => new Map<string, number[]>())
  const labels = eachScheme(() => new Map<string, string>())
  const alone = new Map<string, number[]>()
  const ranges = new Map<string, readonly string[]>()
  const rangesOf = (language: string) => {
    const known = ranges.get(language) ?? languageRanges(language)
    ranges.set(language, known)
    return known
  }
  // A term is named when it is first met, so that meeting it again, as nearly all do, costs one look.
  published.forEach((article, position) => {
    visit(article, rangesOf, (scheme, term, label) => {
      if (post(positions[scheme], term, position)) labels[scheme].set(term, label)
    })
    for (const path of article.sections) post(alone, path.at(-1)?.term ?? '', position)
  })
  for (const article of gone.toReversed()) {
    visit(article, rangesOf, (scheme, term, label) => {
      if (!labels[scheme].has(term)) labels[scheme].set(term, label)
    })
  }
  const postings = eachScheme((scheme) => postingsOf(positions[scheme], published.length))
  return {
    postings,
    sectionsAlone: postingsOf(alone, published.length),
    terms: eachScheme((scheme) => nameTerms(publication, scheme, labels[scheme], postings[scheme])),
  }
}

/** Each key under which an article is found, with the label that it gives it. */
function visit(
  { authors, language, sections, tags }: Article,
  rangesOf: (language: string) => readonly string[],
  take: (scheme: Scheme, term: string, label: string) => void,
): void {
  for (const { term, name } of authors) take('authors', term, name)
  for (const range of rangesOf(language)) take('languages', range, range)
  for (const path of sections) for (const { term, label } of path) take('sections', term, label)
  for (const { term, label } of tags) take('tags', term, label)
}

function postingsOf(positions: ReadonlyMap<string, readonly number[]>, size: number): Postings {
  return new Map([...positions].map(([term, list]) => [term, postingOf(list, size)]))
}

/** Whether the term is new. */
function post(positions: Map<string, number[]>, term: string, position: number): boolean {
  const list = positions.get(term)
  if (list === undefined) positions.set(term, [position])
  else if (list[list.length - 1] !== position) list.push(position)
  return list === undefined
}

function nameTerms(
  { taxonomy }: Publication,
  scheme: Scheme,
  spelled: ReadonlyMap<string, string>,
  postings: Postings,
): Map<string, KnownTerm> {
  const labels = new Map(spelled)
  for (const [term, note] of taxonomy[scheme]) {
    const lastLevel = term.split('/').at(-1) as string
    if (note.renamedTo !== undefined || note.retired !== undefined) labels.delete(term)
    else labels.set(term, note.label ?? labels.get(term) ?? lastLevel)
  }
  const known = [...labels].filter(([term]) => term !== '').sort(([a], [b]) => (a < b ? -1 : 1))
  return new Map(
    known.map(([term, label]) => [
      term,
      { scheme, term, label, count: postingAt(postings, term).count },
    ]),
  )
}

function eachScheme<T>(make: (scheme: Scheme) => T): Record<Scheme, T> {
  return Object.fromEntries(SCHEMES.map((scheme) => [scheme, make(scheme)])) as Record<Scheme, T>
}
