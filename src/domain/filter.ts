// A filter: which articles a feed is about. A value in one canonical form, and what it matches.
import type { Article, Instant } from './article.ts'
import { languageRanges, type Scheme } from './category.ts'
import { before } from './time.ts'
import { fold, hasWord } from './words.ts'

/** Terms of one scheme: each of the groups must have a match, and nothing of `none` may. */
export interface Terms {
  /** Groups in order, their members too; no group and no member twice. */
  readonly all: readonly (readonly string[])[]
  readonly none: readonly string[]
}

/** An instant, or an ISO 8601 duration back from the moment of asking. */
export type Bound = Instant | string

export interface Filter {
  readonly terms: Readonly<Record<Scheme, Terms>>
  /** Whether a section stands for itself alone, without those below it. */
  readonly sectionsAlone: boolean
  /** Published at or after. */
  readonly since?: Bound
  /** Published before. */
  readonly until?: Bound
  /** Folded words that title, summary or text must all have. */
  readonly words: readonly string[]
}

export const SCHEMES: readonly Scheme[] = ['sections', 'tags', 'authors', 'languages']
const NO_TERMS: Terms = { all: [], none: [] }
export const EVERYTHING: Filter = {
  terms: { authors: NO_TERMS, languages: NO_TERMS, sections: NO_TERMS, tags: NO_TERMS },
  sectionsAlone: false,
  words: [],
}

/** A value for each scheme. */
export function eachScheme<T>(make: (scheme: Scheme) => T): Record<Scheme, T> {
  return Object.fromEntries(SCHEMES.map((scheme) => [scheme, make(scheme)])) as Record<Scheme, T>
}

/** The filter that is this one and also asks for a term. */
export function withTerm(filter: Filter, scheme: Scheme, term: string): Filter {
  const { all, none } = filter.terms[scheme]
  return {
    ...filter,
    terms: { ...filter.terms, [scheme]: { all: sortGroups([...all, [term]]), none } },
  }
}

/** The filter with each of its terms replaced; equal terms fall together. The same where none is. */
export function mapTerms(
  filter: Filter,
  replace: (scheme: Scheme, term: string) => string,
): Filter {
  if (termsOf(filter).every(([scheme, term]) => replace(scheme, term) === term)) return filter
  const terms = { ...EVERYTHING.terms }
  for (const scheme of SCHEMES) {
    const { all, none } = filter.terms[scheme]
    const each = (group: readonly string[]) => sortTerms(group.map((term) => replace(scheme, term)))
    terms[scheme] = { all: sortGroups(all.map(each)), none: each(none) }
  }
  return { ...filter, terms }
}

/** Every term that a filter names, with its scheme. */
export function termsOf(filter: Filter): [Scheme, string][] {
  const named: [Scheme, string][] = []
  for (const scheme of SCHEMES) {
    const { all, none } = filter.terms[scheme]
    for (const group of [...all, none]) for (const term of group) named.push([scheme, term])
  }
  return named
}

/** The window of publication that a filter leaves open at `now`: `[since, until)`. */
export function windowOf(
  filter: Filter,
  now: Instant,
  zone: string,
): [since: Instant, until: Instant] {
  const at = (bound: Bound) => (typeof bound === 'number' ? bound : before(now, bound, zone))
  return [
    filter.since === undefined ? -Infinity : at(filter.since),
    filter.until === undefined ? Infinity : at(filter.until),
  ]
}

/** The filter with the window that it leaves open at `now`, whenever it is asked. */
export function fixed(filter: Filter, now: Instant, zone: string): Filter {
  const [since, until] = windowOf(filter, now, zone)
  return { ...filter, since, until }
}

/** Whether a filter's meaning depends on when it is asked. */
export function isRelative(filter: Filter): boolean {
  return typeof filter.since === 'string' || typeof filter.until === 'string'
}

/** What filters look at in an article beside its words. */
export interface Facts {
  readonly published: Instant
  /** The keys under which it is found in each scheme: its own terms and those that include them. */
  readonly keys: Readonly<Record<Scheme, readonly string[]>>
  /** The sections that it itself stands in. */
  readonly sections: readonly string[]
}

export function factsOf(article: Article): Facts {
  return {
    published: article.published,
    keys: eachScheme((scheme) => keysOf(article, scheme)),
    sections: sectionsOf(article),
  }
}

/** The keys under which an article is found in a scheme; a section that several of its paths lead through comes with each. */
export function keysOf(article: Article, scheme: Scheme): readonly string[] {
  if (scheme === 'languages') return languageRanges(article.language)
  const terms = scheme === 'sections' ? article.sections.flat() : article[scheme]
  return terms.map(({ term }) => term)
}

function sectionsOf({ sections }: Article): string[] {
  return sections.map((path) => path.at(-1)?.term ?? '')
}

/** Whether title, summary or text of an article have all the words. */
export function hasWords(article: Article, words: readonly string[]): boolean {
  if (words.length === 0) return true
  const text = fold(`${article.title}\n${article.summary ?? ''}\n${article.text}`)
  return words.every((word) => hasWord(text, word))
}

/** Whether a filter is about an article, be it published or not. */
export function matches(filter: Filter, article: Article, now: Instant, zone: string): boolean {
  const keys: Keys = (scheme, isAlone) => (isAlone ? sectionsOf(article) : keysOf(article, scheme))
  return (
    isInWindow(filter, article.published, now, zone) &&
    hasAsked(filter, keys) &&
    hasWords(article, filter.words)
  )
}

/** Whether a filter is about an article with these facts, as far as they tell: its words are left to be looked at. */
export function isAbout(filter: Filter, facts: Facts, now: Instant, zone: string): boolean {
  const keys: Keys = (scheme, isAlone) => (isAlone ? facts.sections : facts.keys[scheme])
  return isInWindow(filter, facts.published, now, zone) && hasAsked(filter, keys)
}

function isInWindow(filter: Filter, published: Instant, now: Instant, zone: string): boolean {
  const [since, until] = windowOf(filter, now, zone)
  return published >= since && published < until
}

/** Keys in a scheme; of sections also alone, without those above them. */
type Keys = (scheme: Scheme, isAlone: boolean) => readonly string[]

/** Whether keys are as a filter asks. Most filters name terms of one scheme, and no other is looked at. */
function hasAsked({ terms, sectionsAlone }: Filter, keysIn: Keys): boolean {
  return SCHEMES.every((scheme) => {
    const { all, none } = terms[scheme]
    if (!hasTerms(terms[scheme])) return true
    const keys = keysIn(scheme, sectionsAlone && scheme === 'sections')
    const has = (term: string) => keys.includes(term)
    return all.every((group) => group.some(has)) && !none.some(has)
  })
}

export function hasTerms(terms: Terms): boolean {
  return terms.all.length > 0 || terms.none.length > 0
}

/** Each term once, in code unit order. */
export function sortTerms(terms: readonly string[]): string[] {
  return [...new Set(terms)].sort()
}

/** Each group once, in the order of their terms. */
export function sortGroups(groups: readonly (readonly string[])[]): string[][] {
  const byText = new Map(groups.map((group) => [group.join(','), [...group]]))
  return [...byText.keys()].sort().map((key) => byText.get(key) as string[])
}
