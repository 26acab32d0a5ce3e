// A selection: the entries of a catalog that a filter is about, newest first, found through the postings.
import type { Article, Instant } from './article.ts'
import type { Catalog } from './catalog.ts'
import { type Asked, common, countCommon } from './common.ts'
import type { Entry } from './entries.ts'
import { type Filter, hasWords, SCHEMES, windowOf } from './filter.ts'
import { type Posting, partition, postingAt } from './postings.ts'
import { find, foundBefore } from './search.ts'

export interface Selection {
  readonly entries: readonly Entry[]
  /** Whether there are older ones. */
  readonly isCut: boolean
}

/** Which of the entries that match are meant. */
interface Meant {
  /** Only those published before. */
  readonly before?: Instant
  /** Only those for which it holds. */
  readonly only?: (article: Article) => boolean
}

/** Which of them are wanted. */
interface Wanted extends Meant {
  /** How many of the newest are passed over. */
  readonly from?: number
  readonly limit: number
}

/**
 * The entries that match all the filters, newest first, from the `from`th on, at most `limit` of them. The filters
 * come first, then the limit. Same as `entries.filter(matches).slice(…)`, without touching every article.
 */
export function select(
  catalog: Catalog,
  filters: readonly Filter[],
  now: Instant,
  { from = 0, limit, ...meant }: Wanted,
): Selection {
  const { asked, fits } = meaning(catalog, filters, now, meant)
  const { entries } = catalog
  const entryAt = (position: number) => entries[position] as Entry
  const found =
    fits === undefined
      ? common(asked, entries.length, from, limit + 1).map(entryAt)
      : common(asked, entries.length).map(entryAt).filter(fits).slice(from)
  return { entries: found.slice(0, limit), isCut: found.length > limit }
}

/** How many entries match all the filters; it takes longer than to select some, the more of them there are. */
export function count(
  catalog: Catalog,
  filters: readonly Filter[],
  now: Instant,
  meant: Meant = {},
): number {
  const { asked, fits } = meaning(catalog, filters, now, meant)
  const { entries } = catalog
  if (fits === undefined) return countCommon(asked, entries.length)
  return common(asked, entries.length).filter((at) => fits(entries[at] as Entry)).length
}

/** What filters ask of postings, and a test of entries for what postings don't tell. */
function meaning(
  catalog: Catalog,
  filters: readonly Filter[],
  now: Instant,
  { before = Infinity, only }: Meant,
): { asked: Asked; fits?: (entry: Entry) => boolean } {
  const words = wordsOf(filters)
  const terms = askedOf(catalog, filters, now, before)
  const isSearched = words.length > 0 && hasMany(terms, catalog.entries.length)
  const asked = isSearched ? among(terms, find(catalog, words)) : terms
  const isSure = isSearched || words.length === 0
  if (only === undefined && isSure) return { asked }
  return {
    asked,
    fits: ({ article }) => (only?.(article) ?? true) && (isSure || hasWords(article, words)),
  }
}

/**
 * The words that every text of a catalog has to be searched for before filters can be answered; nothing where that was
 * done or isn't needed. It takes long where there are many texts; `search` does it one text at a time.
 */
export function wordsToFind(
  catalog: Catalog,
  filters: readonly Filter[],
  now: Instant,
): readonly string[] | undefined {
  const words = wordsOf(filters)
  if (words.length === 0 || foundBefore(catalog, words) !== undefined) return undefined
  const asked = askedOf(catalog, filters, now)
  return hasMany(asked, catalog.entries.length) ? words : undefined
}

/** So many texts are searched for each request anew. */
const FEW_TEXTS = 64

function wordsOf(filters: readonly Filter[]): readonly string[] {
  return [...new Set(filters.flatMap(({ words }) => words))].sort()
}

/** What terms and windows ask for. */
function askedOf(
  { entries, publication, postings, sectionsAlone }: Catalog,
  filters: readonly Filter[],
  now: Instant,
  before = Infinity,
): Asked {
  const groups: Posting[][] = []
  const excluded: Posting[] = []
  let [first, last] = [-Infinity, before]
  for (const filter of filters) {
    const [since, until] = windowOf(filter, now, publication.zone)
    first = Math.max(first, since)
    last = Math.min(last, until)
    for (const scheme of SCHEMES) {
      const isAlone = scheme === 'sections' && filter.sectionsAlone
      const known = isAlone ? sectionsAlone : postings[scheme]
      const at = (term: string) => postingAt(known, term)
      for (const group of filter.terms[scheme].all) groups.push(group.map(at))
      for (const term of filter.terms[scheme].none) excluded.push(at(term))
    }
  }
  return { groups, excluded, from: countSince(entries, last), to: countSince(entries, first) }
}

function hasMany(asked: Asked, size: number): boolean {
  return common(asked, size, FEW_TEXTS, 1).length > 0
}

function among(asked: Asked, posting: Posting): Asked {
  return { ...asked, groups: [...asked.groups, [posting]] }
}

/** How many entries were published at a moment or after; they stand first. */
function countSince(entries: readonly Entry[], moment: Instant): number {
  // Most filters have no window: then no entry is touched, which may not have been in the cache for long.
  if (!Number.isFinite(moment)) return moment > 0 ? 0 : entries.length
  return partition(entries.length, (at) => (entries[at] as Entry).article.published >= moment)
}
