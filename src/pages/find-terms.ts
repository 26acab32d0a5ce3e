// Terms by what people call them: the search behind the box, without a script.
import { FINDER_FOLDER, readNumber } from '../domain/address.ts'
import type { Catalog } from '../domain/catalog.ts'
import type { Scheme } from '../domain/category.ts'
import { labelOf } from '../domain/description.ts'
import { type Parameters, single } from '../domain/filter-parameters.ts'
import { MalformedParameter } from '../domain/malformed-parameter.ts'
import { printQuery } from '../domain/percent-encoding.ts'
import type { Publication } from '../domain/publication.ts'
import type { KnownTerm } from '../domain/term-index.ts'
import { fold } from '../domain/words.ts'

/** The schemes whose terms are looked for, in the order they are shown. */
export const FOUND_SCHEMES = ['tags', 'sections', 'authors'] as const
type FoundScheme = (typeof FOUND_SCHEMES)[number]

/** What is looked for. */
export interface Search {
  /** As it was written; empty for every term. */
  readonly query: string
  /** Only terms of this scheme. */
  readonly scheme?: FoundScheme
  /** From 1. */
  readonly page: number
}

/** Characters of a query that are heeded. */
const LONGEST = 100
const LAST_PAGE = 100_000

/** @throws MalformedParameter */
export function readSearch(parameters: Parameters): Search {
  const written = single(parameters, 'in')
  const scheme = FOUND_SCHEMES.find((name) => name === written)
  if (written !== undefined && scheme === undefined)
    throw new MalformedParameter('in', 'choice', { choices: FOUND_SCHEMES.join(', ') })
  const page = readNumber(parameters, 'page', LAST_PAGE) ?? 1
  const query = lookedFor(parameters, 'q')
  return { query, page, ...(scheme === undefined ? {} : { scheme }) }
}

/**
 * What terms are looked for by, cut to the length that is heeded; by whole characters, as no address can hold half of one.
 * @throws MalformedParameter
 */
export function lookedFor(parameters: Parameters, name: string): string {
  return [...(single(parameters, name) ?? '')].slice(0, LONGEST).join('')
}

/** Where a search stands. */
export function finderAddress(
  { base }: Publication,
  { query = '', scheme, page = 1 }: Partial<Search>,
): string {
  const said: [string, string][] = []
  if (query !== '') said.push(['q', query])
  if (scheme !== undefined) said.push(['in', scheme])
  if (page > 1) said.push(['page', String(page)])
  return base + FINDER_FOLDER + printQuery(said)
}

/** Terms of a scheme that is shown alone, on one page. */
export const TERMS_ON_A_PAGE = 150

/** Whether there is anything on the page that a search asks for. */
export function hasPage(catalog: Catalog, { scheme, query, page }: Search): boolean {
  if (page === 1) return true
  const from = (page - 1) * TERMS_ON_A_PAGE
  return scheme !== undefined && findTerms(catalog, scheme, query).length > from
}

/**
 * The terms of a scheme whose names contain all the words of a query: first the one of that very name, then those that begin
 * with it, then those used most.
 * @param nameOf what terms are called, where the publication has no names for them.
 */
export function findTerms(
  catalog: Catalog,
  scheme: Scheme,
  query: string,
  nameOf?: (term: string) => string,
): KnownTerm[] {
  const asked = fold(query)
  const words = asked.split(' ')
  const rank = (name: string) => (name === asked ? 0 : name.startsWith(asked) ? 1 : 2)
  const names =
    nameOf === undefined ? foldedNames(catalog, scheme) : namesBy(nameOf, catalog.terms[scheme])
  return names
    .filter(({ name, known }) => known.count > 0 && words.every((word) => name.includes(word)))
    .sort((a, b) => rank(a.name) - rank(b.name) || b.known.count - a.known.count)
    .map(({ known }) => known)
}

interface FoldedName {
  readonly name: string
  readonly known: KnownTerm
}

const folded = new WeakMap<ReadonlyMap<string, KnownTerm>, readonly FoldedName[]>()

/** Folded once for a catalog, as that costs more than the search. A section is also found by those above it. */
function foldedNames(catalog: Catalog, scheme: Scheme): readonly FoldedName[] {
  const terms = catalog.terms[scheme]
  const names = folded.get(terms) ?? namesBy((term) => labelOf(catalog, scheme, term), terms)
  folded.set(terms, names)
  return names
}

function namesBy(
  nameOf: (term: string) => string,
  terms: ReadonlyMap<string, KnownTerm>,
): readonly FoldedName[] {
  return [...terms.values()].map((known) => ({ name: fold(nameOf(known.term)), known }))
}
