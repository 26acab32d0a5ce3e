// A filter: which articles a feed is about. A value that is parsed, printed in one canonical form, and matched.
import { type Article, type Instant, lifeAt } from './article.ts'
import { isAddressable, languageRanges, lineage, type Scheme, spelling } from './category.ts'
import {
  asDay,
  asDayBefore,
  before,
  isDayOnly,
  readDuration,
  readMoment,
  startOfNextDay,
} from './time.ts'
import { fold, hasWord, queryWords } from './words.ts'

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

/** What a request said wrong, for the person who wrote it. */
export class MalformedParameter extends Error {
  readonly parameter: string
  constructor(parameter: string, sentence: string) {
    super(sentence)
    this.name = 'MalformedParameter'
    this.parameter = parameter
  }
}

export type Parameters = readonly (readonly [name: string, value: string])[]

/** The parameters of a URL that speak of terms, and the schemes they speak of. */
export const TERM_PARAMETERS: Readonly<Record<string, Scheme>> = {
  author: 'authors',
  category: 'sections',
  lang: 'languages',
  tag: 'tags',
}
export const FILTER_PARAMETERS = [...Object.keys(TERM_PARAMETERS), 'depth', 'since', 'until', 'q']

/** Most terms and words in one filter; far above what a person writes, so that a request's cost is bounded. */
const MOST_TERMS = 64
const LONGEST_QUERY = 200

const SCHEMES: readonly Scheme[] = ['sections', 'tags', 'authors', 'languages']
const NO_TERMS: Terms = { all: [], none: [] }
export const EVERYTHING: Filter = {
  terms: { authors: NO_TERMS, languages: NO_TERMS, sections: NO_TERMS, tags: NO_TERMS },
  sectionsAlone: false,
  words: [],
}

/**
 * The filter that the parameters of a URL say. Parameters with other names and empty values are passed over.
 * @param zone the publication's IANA time zone, for dates without one.
 * @throws MalformedParameter that names the parameter and what it should be.
 */
export function parseFilter(parameters: Parameters, zone: string): Filter {
  const terms = { ...EVERYTHING.terms }
  for (const [name, scheme] of Object.entries(TERM_PARAMETERS)) {
    terms[scheme] = parseTerms(name, scheme, valuesOf(parameters, name))
  }
  const size = SCHEMES.reduce(
    (sum, scheme) => sum + terms[scheme].all.flat().length + terms[scheme].none.length,
    0,
  )
  if (size > MOST_TERMS)
    throw new MalformedParameter('tag', `A filter may name at most ${MOST_TERMS} terms.`)
  const depth = single(parameters, 'depth')
  if (depth !== undefined && depth !== '0') {
    throw new MalformedParameter(
      'depth',
      '"depth" can only be 0: the section alone, without those below it.',
    )
  }
  const since = parseBound('since', single(parameters, 'since'), zone)
  const until = parseBound('until', single(parameters, 'until'), zone)
  const query = valuesOf(parameters, 'q').join(' ')
  if (query.length > LONGEST_QUERY) {
    throw new MalformedParameter('q', `"q" may have at most ${LONGEST_QUERY} characters.`)
  }
  const words = queryWords(query)
  return {
    terms,
    sectionsAlone: depth === '0' && hasTerms(terms.sections),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    words,
  }
}

/** The filter's canonical parameters: equal filters print equally, and parsing them gives the filter again. */
export function printFilter(filter: Filter, zone: string): [string, string][] {
  const printed: [string, string][] = []
  for (const [name, scheme] of Object.entries(TERM_PARAMETERS)) {
    const { all, none } = filter.terms[scheme]
    for (const group of all) printed.push([name, group.join(',')])
    if (none.length > 0) printed.push([name, `-${none.join(',')}`])
  }
  if (filter.sectionsAlone) printed.push(['depth', '0'])
  if (filter.since !== undefined) printed.push(['since', printBound(filter.since, zone, asDay)])
  if (filter.until !== undefined)
    printed.push(['until', printBound(filter.until, zone, asDayBefore)])
  if (filter.words.length > 0) printed.push(['q', filter.words.join(' ')])
  return printed
}

/** The filter that is this one and also asks for a term. */
export function withTerm(filter: Filter, scheme: Scheme, term: string): Filter {
  const { all, none } = filter.terms[scheme]
  return {
    ...filter,
    terms: { ...filter.terms, [scheme]: { all: sortGroups([...all, [term]]), none } },
  }
}

/** The filter with each of its terms replaced; equal terms fall together. */
export function mapTerms(
  filter: Filter,
  replace: (scheme: Scheme, term: string) => string,
): Filter {
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
  return SCHEMES.flatMap((scheme) =>
    [...filter.terms[scheme].all.flat(), ...filter.terms[scheme].none].map(
      (term): [Scheme, string] => [scheme, term],
    ),
  )
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

/** Whether a filter's meaning depends on when it is asked. */
export function isRelative(filter: Filter): boolean {
  return typeof filter.since === 'string' || typeof filter.until === 'string'
}

/** The keys under which an article is found in each scheme: its own terms and those that include them. */
export function keysOf(article: Article): Record<Scheme, readonly string[]> {
  return {
    authors: article.authors.map((author) => author.term),
    languages: languageRanges(article.language),
    sections: [...new Set(article.sections.flatMap((path) => lineage(path.at(-1)?.term ?? '')))],
    tags: article.tags.map((tag) => tag.term),
  }
}

/** The sections that an article itself stands in. */
export function ownSections(article: Article): string[] {
  return article.sections.map((path) => path.at(-1)?.term ?? '')
}

/** Whether title, summary or text of an article have all the words. */
export function hasWords(article: Article, words: readonly string[]): boolean {
  if (words.length === 0) return true
  const text = fold(`${article.title}\n${article.summary ?? ''}\n${article.text}`)
  return words.every((word) => hasWord(text, word))
}

/** Whether an article is one that the filter is about, whatever its place in life. */
export function matches(filter: Filter, article: Article, now: Instant, zone: string): boolean {
  const keys = keysOf(article)
  if (filter.sectionsAlone) keys.sections = ownSections(article)
  const fits = SCHEMES.every((scheme) => {
    const { all, none } = filter.terms[scheme]
    const has = (term: string) => keys[scheme].includes(term)
    return all.every((group) => group.some(has)) && !none.some(has)
  })
  const [since, until] = windowOf(filter, now, zone)
  return (
    fits &&
    article.published >= since &&
    article.published < until &&
    hasWords(article, filter.words)
  )
}

/** Whether an article is in a filter's feed at `now`. */
export function carries(filter: Filter, article: Article, now: Instant, zone: string): boolean {
  return lifeAt(article, now) === 'published' && matches(filter, article, now, zone)
}

export function hasTerms(terms: Terms): boolean {
  return terms.all.length > 0 || terms.none.length > 0
}

function parseTerms(name: string, scheme: Scheme, values: readonly string[]): Terms {
  const all: string[][] = []
  const none: string[] = []
  for (const value of values) {
    const excluded = value.startsWith('-')
    const group = value.split(',').filter((part) => part.trim() !== '')
    const mixed = group.some((part) => part.startsWith('-')) && !excluded
    if (mixed) {
      throw new MalformedParameter(
        name,
        `"${name}=${value}" mixes terms to have with terms to leave out: give them apart.`,
      )
    }
    const terms = group.map((part) => readTerm(name, scheme, part)).filter((term) => term !== '')
    if (excluded) none.push(...terms)
    else if (terms.length > 0) all.push(sortTerms(terms))
  }
  return { all: sortGroups(all), none: sortTerms(none) }
}

function readTerm(name: string, scheme: Scheme, part: string): string {
  const term = spelling(scheme, part.replace(/^-/, ''))
  if (term.length > LONGEST_QUERY || (term !== '' && !isAddressable(term))) {
    throw new MalformedParameter(name, `"${part.slice(0, 40)}" can't be the name of a term.`)
  }
  return term
}

function parseBound(
  name: 'since' | 'until',
  value: string | undefined,
  zone: string,
): Bound | undefined {
  if (value === undefined) return undefined
  const duration = readDuration(value)
  if (duration !== undefined) return duration
  const moment = readMoment(value, zone)
  if (moment === undefined) {
    throw new MalformedParameter(
      name,
      `"${name}" should be a date (2026-03-09), a date-time (2026-03-09T08:30:00Z) or a duration back from now (P7D).`,
    )
  }
  return name === 'until' && isDayOnly(value) ? startOfNextDay(moment, zone) : moment
}

function printBound(bound: Bound, zone: string, day: typeof asDay): string {
  if (typeof bound === 'string') return bound
  return day(bound, zone) ?? new Date(bound).toISOString().replace('.000Z', 'Z')
}

function valuesOf(parameters: Parameters, name: string): string[] {
  return parameters
    .filter(([key, value]) => key === name && value.trim() !== '')
    .map(([, value]) => value)
}

/** The value of a parameter that may be said once; saying the same again changes nothing. */
export function single(parameters: Parameters, name: string): string | undefined {
  const values = [...new Set(valuesOf(parameters, name))]
  if (values.length > 1) throw new MalformedParameter(name, `"${name}" can only be given once.`)
  return values[0]?.trim()
}

function sortTerms(terms: readonly string[]): string[] {
  return [...new Set(terms)].sort()
}

function sortGroups(groups: readonly (readonly string[])[]): string[][] {
  const byText = new Map(groups.map((group) => [group.join(','), [...group]]))
  return [...byText.keys()].sort().map((key) => byText.get(key) as string[])
}
