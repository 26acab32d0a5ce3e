// A filter as the parameters of a URL: a parser and a canonical printer that invert each other.
import { isAddressable, type Scheme, spelling } from './category.ts'
import {
  type Bound,
  EVERYTHING,
  type Filter,
  hasTerms,
  sortGroups,
  sortTerms,
  type Terms,
} from './filter.ts'
import { MalformedParameter } from './malformed-parameter.ts'
import { asDay, asDayBefore, isDayOnly, readDuration, readMoment, startOfNextDay } from './time.ts'
import { queryWords, withoutUnseen } from './words.ts'

export type Parameters = readonly (readonly [name: string, value: string])[]

/** The parameters of a URL that speak of terms, and the schemes they speak of. */
const TERM_PARAMETERS: Readonly<Record<string, Scheme>> = {
  author: 'authors',
  category: 'sections',
  lang: 'languages',
  tag: 'tags',
}
export const FILTER_PARAMETERS = [...Object.keys(TERM_PARAMETERS), 'depth', 'since', 'until', 'q']

/** Most terms and words in one filter; far above what a person writes, so that a request's cost is bounded. */
const MOST_TERMS = 64
const LONGEST_QUERY = 200

/**
 * The filter that the parameters of a URL say. Parameters with other names and empty values are passed over.
 * @param zone the publication's IANA time zone, for dates without one.
 * @throws MalformedParameter that names the parameter and what it should be.
 */
export function parseFilter(parameters: Parameters, zone: string): Filter {
  const terms = { ...EVERYTHING.terms }
  let size = 0
  for (const [name, scheme] of Object.entries(TERM_PARAMETERS)) {
    const values = valuesOf(parameters, name)
    if (values.length === 0) continue
    terms[scheme] = parseTerms(name, scheme, values)
    const { all, none } = terms[scheme]
    for (const group of [...all, none]) size += group.length
  }
  if (size > MOST_TERMS) throw new MalformedParameter('tag', 'count', { most: String(MOST_TERMS) })
  const depth = single(parameters, 'depth')
  if (depth !== undefined && depth !== '0') throw new MalformedParameter('depth', 'depth')
  const since = parseBound('since', single(parameters, 'since'), zone)
  const until = parseBound('until', single(parameters, 'until'), zone)
  const words = queryWords(valuesOf(parameters, 'q').join(' '))
  if (words.join(' ').length > LONGEST_QUERY)
    throw new MalformedParameter('q', 'length', { most: String(LONGEST_QUERY) })
  return {
    terms,
    sectionsAlone: depth === '0' && hasTerms(terms.sections),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    words,
  }
}

/** The parameter that speaks of the terms of a scheme. */
export function parameterOf(scheme: Scheme): string {
  return Object.keys(TERM_PARAMETERS).find((name) => TERM_PARAMETERS[name] === scheme) as string
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

function parseTerms(name: string, scheme: Scheme, values: readonly string[]): Terms {
  const all: string[][] = []
  const none: string[] = []
  for (const value of values) {
    const excluded = isExcluding(value)
    const group = value.split(',').filter((part) => part.trim() !== '')
    const mixed = group.some(isExcluding) && !excluded
    if (mixed) throw new MalformedParameter(name, 'mixed', { value })
    const terms = group.map((part) => readTerm(name, scheme, part)).filter((term) => term !== '')
    if (excluded) none.push(...terms)
    else if (terms.length > 0) all.push(sortTerms(terms))
  }
  return { all: sortGroups(all), none: sortTerms(none) }
}

/**
 * Whether a `-` leads, however it is spelled and whatever nobody sees stands before it: what has one can't mean its opposite
 * (no slug begins with it).
 */
export function isExcluding(part: string): boolean {
  return withoutUnseen(part.normalize('NFKC')).trimStart().startsWith('-')
}

function readTerm(name: string, scheme: Scheme, part: string): string {
  const term = spelling(scheme, part)
  if (term.length > LONGEST_QUERY || (term !== '' && !isAddressable(term)))
    throw new MalformedParameter(name, 'term', { term: part.slice(0, 40) })
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
  // In a query a plus that nobody encoded is a space: 08:30+08:00 came as 08:30 08:00, which is no time by itself.
  const moment = readMoment(value, zone) ?? readMoment(value.replace(/ (?=[^ ]*$)/, '+'), zone)
  if (moment === undefined) throw new MalformedParameter(name, 'bound')
  return name === 'until' && isDayOnly(value) ? startOfNextDay(moment, zone) : moment
}

function printBound(bound: Bound, zone: string, day: typeof asDay): string {
  if (typeof bound === 'string') return bound
  return day(bound, zone) ?? new Date(bound).toISOString().replace('.000Z', 'Z')
}

function valuesOf(parameters: Parameters, name: string): string[] {
  const values: string[] = []
  for (const [key, value] of parameters)
    if (key === name && value.trim() !== '') values.push(value.trim())
  return values
}

/** The value of a parameter that may be said once; saying the same again changes nothing. */
export function single(parameters: Parameters, name: string): string | undefined {
  const [first, ...others] = valuesOf(parameters, name)
  if (others.some((value) => value !== first)) throw new MalformedParameter(name, 'repeated')
  return first
}
