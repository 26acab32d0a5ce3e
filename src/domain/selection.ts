// A selection: the entries of a catalog that a filter is about, newest first, found through the postings.
import type { Article, Instant } from './article.ts'
import type { Catalog, Entry } from './catalog.ts'
import type { Scheme } from './category.ts'
import { type Filter, hasWords, windowOf } from './filter.ts'
import type { Postings } from './term-index.ts'

export interface Selection {
  readonly entries: readonly Entry[]
  /** How many match in all. */
  readonly total: number
}

/** Which of the entries that match are wanted. */
interface Wanted {
  /** How many of the newest are passed over. */
  readonly from?: number
  readonly limit: number
  /** Only those published before. */
  readonly before?: Instant
  /** Only those for which it holds. */
  readonly only?: (article: Article) => boolean
}

/**
 * The entries that match all the filters, newest first, from the `from`th on, at most `limit` of them. The filters
 * come first, then the limit. Same as `entries.filter(matches).slice(…)`, without touching every article.
 */
export function select(
  catalog: Catalog,
  filter: Filter | readonly Filter[],
  now: Instant,
  { from = 0, limit, before = Infinity, only = () => true }: Wanted,
): Selection {
  const { entries, publication } = catalog
  const filters = [filter].flat()
  const windows = filters.map((one) => windowOf(one, now, publication.zone))
  const since = Math.max(...windows.map(([since]) => since))
  const until = Math.min(before, ...windows.map(([, until]) => until))
  const words = filters.flatMap((one) => one.words)
  const lists = filters.map((one) => listsOf(catalog, one))
  const required = lists.flatMap((list) => list.required)
  const excluded = lists.flatMap((list) => list.excluded)
  const [rarest, ...others] = required.toSorted((a, b) => a.length - b.length)
  const first = firstBefore(entries, until)
  const selected: Entry[] = []
  let total = 0
  const size = rarest?.length ?? entries.length
  for (let at = rarest === undefined ? first : lowerBound(rarest, first); at < size; at++) {
    const position = rarest === undefined ? at : (rarest[at] as number)
    const entry = entries[position] as Entry
    if (entry.article.published < since) break
    if (!others.every((list) => contains(list, position))) continue
    if (excluded.some((list) => contains(list, position))) continue
    if (!only(entry.article) || !hasWords(entry.article, words)) continue
    if (total >= from && selected.length < limit) selected.push(entry)
    total++
  }
  return { entries: selected, total }
}

function listsOf(
  catalog: Catalog,
  filter: Filter,
): { required: (readonly number[])[]; excluded: (readonly number[])[] } {
  const required: (readonly number[])[] = []
  const excluded: (readonly number[])[] = []
  for (const [scheme, { all, none }] of Object.entries(filter.terms)) {
    const postings: Postings =
      scheme === 'sections' && filter.sectionsAlone
        ? catalog.sectionsAlone
        : catalog.postings[scheme as Scheme]
    const listOf = (term: string) => postings.get(term) ?? []
    for (const group of all) required.push(union(group.map(listOf)))
    excluded.push(...none.map(listOf))
  }
  return { required, excluded }
}

function union(lists: readonly (readonly number[])[]): readonly number[] {
  if (lists.length === 1) return lists[0] as readonly number[]
  return [...new Set(lists.flat())].sort((a, b) => a - b)
}

function contains(list: readonly number[], position: number): boolean {
  return list[lowerBound(list, position)] === position
}

/** Where in an ascending list a number stands or would stand. */
function lowerBound(list: readonly number[], number: number): number {
  return partition(list.length, (at) => (list[at] as number) < number)
}

/** The position of the newest entry published before `until`. */
function firstBefore(entries: readonly Entry[], until: Instant): number {
  return partition(entries.length, (at) => (entries[at] as Entry).article.published >= until)
}

/** How many of `size` places come first for which `isLow` holds; they all stand before the others. */
function partition(size: number, isLow: (at: number) => boolean): number {
  let low = 0
  let high = size
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isLow(middle)) low = middle + 1
    else high = middle
  }
  return low
}
