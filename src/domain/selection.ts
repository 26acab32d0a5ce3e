// A selection: the entries of a catalog that a filter is about, newest first, found through the postings.
import type { Article, Instant } from './article.ts'
import type { Catalog, Entry } from './catalog.ts'
import type { Scheme } from './category.ts'
import { type Filter, hasWords, windowOf } from './filter.ts'
import { type Asked, common, partition, postingAt } from './postings.ts'
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
  { from = 0, limit, before = Infinity, only }: Wanted,
): Selection {
  const { entries, publication } = catalog
  const filters = [filter].flat()
  const windows = filters.map((one) => windowOf(one, now, publication.zone))
  const since = Math.max(...windows.map(([since]) => since))
  const until = Math.min(before, ...windows.map(([, until]) => until))
  const words = filters.flatMap((one) => one.words)
  const asked = filters.map((one) => termsAsked(catalog, one))
  const matches = common(
    {
      groups: asked.flatMap(({ groups }) => groups),
      excluded: asked.flatMap(({ excluded }) => excluded),
      from: countSince(entries, until),
      to: countSince(entries, since),
    },
    entries.length,
  )
  const entryAt = (position: number) => entries[position] as Entry
  if (only === undefined && words.length === 0)
    return { entries: matches.take(from, limit).map(entryAt), total: matches.total }
  const fit = matches
    .take(0, matches.total)
    .map(entryAt)
    .filter(({ article }) => (only?.(article) ?? true) && hasWords(article, words))
  return { entries: fit.slice(from, from + limit), total: fit.length }
}

function termsAsked(catalog: Catalog, filter: Filter): Pick<Asked, 'groups' | 'excluded'> {
  const schemes = Object.entries(filter.terms).map(([scheme, { all, none }]) => {
    const postings: Postings =
      scheme === 'sections' && filter.sectionsAlone
        ? catalog.sectionsAlone
        : catalog.postings[scheme as Scheme]
    const at = (term: string) => postingAt(postings, term)
    return { groups: all.map((group) => group.map(at)), excluded: none.map(at) }
  })
  return {
    groups: schemes.flatMap(({ groups }) => groups),
    excluded: schemes.flatMap(({ excluded }) => excluded),
  }
}

/** How many entries were published at a moment or after; they stand first. */
function countSince(entries: readonly Entry[], moment: Instant): number {
  return partition(entries.length, (at) => (entries[at] as Entry).article.published >= moment)
}
