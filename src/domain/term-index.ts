// The terms of a catalog: under which terms its articles are found, and what each term is called.
import type { Article } from './article.ts'
import { type Category, languageRanges, type Scheme } from './category.ts'
import { eachScheme, SCHEMES } from './filter.ts'
import {
  firstIn,
  type Moves,
  movedPosting,
  type Posting,
  postingAt,
  postingOf,
} from './postings.ts'
import { currentTerm, type Publication, retirement } from './publication.ts'

/** Positions of entries, by term. */
type Postings = ReadonlyMap<string, Posting>

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

/** The terms of a scheme that have articles now. */
export function termsInUse({ terms }: Pick<TermIndex, 'terms'>, scheme: Scheme): KnownTerm[] {
  return [...terms[scheme].values()].filter(({ count }) => count > 0)
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
  // A term gets its label when it is first met; meeting it again, as nearly always, costs one lookup.
  published.forEach((article, position) => {
    visit(article, (scheme, term, label) => {
      if (post(positions[scheme], term, position)) labels[scheme].set(term, label)
    })
    for (const path of article.sections) post(alone, path.at(-1)?.term ?? '', position)
  })
  addLabels(labels, gone.toReversed())
  const postings = eachScheme((scheme) => postingsOf(positions[scheme], published.length))
  return {
    postings,
    sectionsAlone: postingsOf(alone, published.length),
    terms: eachScheme((scheme) => nameTerms(publication, scheme, labels[scheme], postings[scheme])),
  }
}

/** What became of a catalog's articles. */
interface Amendment {
  /** Newest first; their places here are the positions of the postings. */
  readonly entries: readonly { readonly article: Article }[]
  readonly gone: readonly Article[]
  /** Articles that came or left, published or not. */
  readonly touched: readonly Article[]
  readonly moves: Moves
}

/** What `indexTerms` gives, from the index of an earlier catalog of the same publication. */
export function amendTerms(
  before: TermIndex,
  publication: Publication,
  { entries, gone, touched, moves }: Amendment,
): TermIndex {
  const size = entries.length
  const articleAt = (position: number) => (entries[position] as (typeof entries)[number]).article
  const added = eachScheme(() => new Map<string, number[]>())
  const alone = new Map<string, number[]>()
  for (const position of moves.added) {
    const article = articleAt(position)
    visit(article, (scheme, term) => post(added[scheme], term, position))
    for (const path of article.sections) post(alone, path.at(-1)?.term ?? '', position)
  }
  const names = eachScheme(() => new Set<string>())
  for (const article of touched) visit(article, (scheme, term) => names[scheme].add(term))
  const postings = eachScheme((scheme) =>
    movedPostings(before.postings[scheme], added[scheme], names[scheme], moves, size),
  )
  const labels = eachScheme(() => new Map<string, string>())
  let areAllUsed = true
  for (const scheme of SCHEMES) {
    for (const term of names[scheme]) {
      const first = firstIn(postingAt(postings[scheme], term))
      if (first === undefined) areAllUsed = false
      else addLabels(labels, [articleAt(first)], (of, name) => of === scheme && name === term)
    }
  }
  if (!areAllUsed) addLabels(labels, gone.toReversed(), (scheme, term) => names[scheme].has(term))
  return {
    postings,
    sectionsAlone: movedPostings(before.sectionsAlone, alone, names.sections, moves, size),
    terms: eachScheme((scheme) =>
      renamed(
        before.terms[scheme],
        [...names[scheme]].map((term) => {
          const { count } = postingAt(postings[scheme], term)
          return [term, nameTerm(publication, scheme, term, labels[scheme].get(term), count)]
        }),
      ),
    ),
  }
}

/** Adds the labels of terms that have none yet, each as the first of the articles that has it spells it. */
function addLabels(
  labels: Readonly<Record<Scheme, Map<string, string>>>,
  articles: readonly Article[],
  isWanted: (scheme: Scheme, term: string) => boolean = () => true,
): void {
  for (const article of articles) {
    visit(article, (scheme, term, label) => {
      const known = labels[scheme]
      if (!known.has(term) && isWanted(scheme, term)) known.set(term, label)
    })
  }
}

/** @param touched the terms under which any article came or left. */
function movedPostings(
  before: Postings,
  added: ReadonlyMap<string, readonly number[]>,
  touched: ReadonlySet<string>,
  moves: Moves,
  size: number,
): Postings {
  // An edit takes the place of what was there, and moves no other entry.
  const isStill = moves.to.length === size && moves.to.every((to, from) => to === from || to === -1)
  const after = new Map<string, Posting>()
  for (const [term, posting] of before) {
    const now =
      isStill && !touched.has(term)
        ? posting
        : movedPosting(posting, moves, added.get(term) ?? [], size)
    if (now.count > 0) after.set(term, now)
  }
  for (const [term, positions] of added)
    if (!before.has(term)) after.set(term, postingOf(positions, size))
  return after
}

/** The terms with some of them named anew or taken out, in order. */
function renamed(
  before: ReadonlyMap<string, KnownTerm>,
  changes: readonly (readonly [string, KnownTerm | undefined])[],
): ReadonlyMap<string, KnownTerm> {
  if (changes.length === 0) return before
  const after = new Map(before)
  for (const [term, known] of changes) {
    if (known === undefined) after.delete(term)
    else after.set(term, known)
  }
  const isOrdered = changes.every(([term]) => before.has(term) || !after.has(term))
  return isOrdered ? after : new Map([...after].sort(byName))
}

/** Visits each term under which an article is found, with the label that the article gives it. */
function visit(
  { authors, language, sections, tags }: Article,
  take: (scheme: Scheme, term: string, label: string) => void,
): void {
  for (const { term, name } of authors) take('authors', term, name)
  for (const range of languageRanges(language)) take('languages', range, range)
  for (const path of sections) for (const { term, label } of path) take('sections', term, label)
  for (const { term, label } of tags) take('tags', term, label)
}

function postingsOf(positions: ReadonlyMap<string, readonly number[]>, size: number): Postings {
  return new Map([...positions].map(([term, list]) => [term, postingOf(list, size)]))
}

/** Adds a position to those of a term. Returns whether the term is new. */
function post(positions: Map<string, number[]>, term: string, position: number): boolean {
  const list = positions.get(term)
  if (list === undefined) positions.set(term, [position])
  else if (list[list.length - 1] !== position) list.push(position)
  return list === undefined
}

function nameTerms(
  publication: Publication,
  scheme: Scheme,
  spelled: ReadonlyMap<string, string>,
  postings: Postings,
): Map<string, KnownTerm> {
  const names = new Set([...spelled.keys(), ...publication.taxonomy[scheme].keys()])
  const known = [...names].flatMap((term): [string, KnownTerm][] => {
    const { count } = postingAt(postings, term)
    const named = nameTerm(publication, scheme, term, spelled.get(term), count)
    return named === undefined ? [] : [[term, named]]
  })
  return new Map(known.sort(byName))
}

/** A term as it is known; nothing where it was renamed or retired, or nobody uses it. */
function nameTerm(
  { taxonomy }: Publication,
  scheme: Scheme,
  term: string,
  spelled: string | undefined,
  count: number,
): KnownTerm | undefined {
  const note = taxonomy[scheme].get(term)
  const isFormer =
    currentTerm(taxonomy, scheme, term) !== term || retirement(taxonomy, scheme, term) !== undefined
  if (term === '' || isFormer) return undefined
  const lastLevel = term.split('/').at(-1) as string
  const label = note === undefined ? spelled : (note.label ?? spelled ?? lastLevel)
  return label === undefined ? undefined : { scheme, term, label, count }
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1
}
