// Where an address leads in a catalog: to a feed, to another address, or nowhere, and why.
import {
  type Address,
  atPage,
  formatsOf,
  mapAddressTerms,
  printAddress,
} from '../domain/address.ts'
import type { Instant } from '../domain/article.ts'
import type { Catalog } from '../domain/catalog.ts'
import { countEntries, selectPage } from '../domain/feed.ts'
import { type Filter, SCHEMES, termsOf } from '../domain/filter.ts'
import { currentTerm, retirement, type Taxonomy } from '../domain/publication.ts'
import type { KnownTerm } from '../domain/term-index.ts'
import { nearestTerms } from './nearest-terms.ts'

/** Where an address leads. */
export type Finding =
  | { readonly kind: 'found'; readonly address: Address }
  /** To the absolute canonical URL of what took its place. */
  | { readonly kind: 'moved'; readonly to: string }
  | { readonly kind: 'gone'; readonly term: string; readonly reason: string }
  /** A page behind the last one, which is at the absolute URL. */
  | { readonly kind: 'beyond'; readonly last: string }
  /** A document in a format that the feed isn't written in. */
  | { readonly kind: 'unwritten'; readonly address: Address }
  | { readonly kind: 'unknown'; readonly term: string; readonly nearest: readonly KnownTerm[] }

export function find(catalog: Catalog, address: Address, moment: Instant): Finding {
  const { publication, terms } = catalog
  const { taxonomy, base, zone } = publication
  const now = mapAddressTerms(address, (scheme, term) => currentTerm(taxonomy, scheme, term))
  const retired = retiredIn(now.filter, taxonomy)
  if (retired !== undefined) return { kind: 'gone', ...retired }
  for (const [scheme, term] of termsOf(now.filter)) {
    if (!terms[scheme].has(term) && retirement(taxonomy, scheme, term) === undefined) {
      const nearest = nearestTerms(term, [...terms[scheme].values()], taxonomy[scheme])
      return { kind: 'unknown', term, nearest }
    }
  }
  if (now !== address) return { kind: 'moved', to: base + printAddress(now, zone) }
  const { format } = address
  if (format !== 'html' && !formatsOf(address, publication).includes(format))
    return { kind: 'unwritten', address }
  if (address.page > 1 && selectPage(catalog, address, moment).entries.length === 0) {
    const count = countEntries(catalog, address, moment)
    const last = Math.max(1, Math.ceil(count / address.limit))
    return { kind: 'beyond', last: base + printAddress(atPage(address, last), zone) }
  }
  return { kind: 'found', address }
}

/** The first group of terms of which an article must have one that are all no more: a feed that only left them out, or had others beside, goes on. */
function retiredIn({ terms }: Filter, taxonomy: Taxonomy) {
  for (const scheme of SCHEMES) {
    for (const group of terms[scheme].all) {
      const reasons = group.map((term) => retirement(taxonomy, scheme, term))
      const [term, reason] = [group[0] as string, reasons[0]]
      if (reason !== undefined && !reasons.includes(undefined)) return { term, reason }
    }
  }
  return undefined
}
