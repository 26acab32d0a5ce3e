// Changes that the dates of articles don't tell, so that `Last-Modified` never stays or goes back (RFC 9110 §8.8.2).
import { type Address, filtersOf } from '../domain/address.ts'
import { type Instant, leftAt } from '../domain/article.ts'
import type { Catalog } from '../domain/catalog.ts'
import type { differences, Entry } from '../domain/entries.ts'
import { type Facts, factsOf, isAbout } from '../domain/filter.ts'
import { articleDigest, digestOf, wholeJson } from './origins.ts'

/** An article with these facts came, went or became another. */
interface Change extends Facts {
  readonly at: Instant
}

export interface Changes {
  /** Newest first. */
  readonly recent: readonly Change[]
  /** When every feed counts as changed. */
  readonly all: Instant
}

export const NO_CHANGES: Changes = { recent: [], all: 0 }

/** Of more, the oldest are taken for changes of every feed: it costs who asks by date alone one document more. */
const MOST = 2_000

/** One catalog took the place of another. */
export interface Turn extends ReturnType<typeof differences> {
  readonly before: Catalog
  readonly after: Catalog
  /** When it did; not in a second that a document has been dated by. */
  readonly at: Instant
  /** No document is dated later; it may be still to come. */
  readonly latest: Instant
}

/**
 * The changes until and with a turn. A deleted article leaves no date, one that was moved out of a section neither, and
 * an edit need not be dated; what its own dates tell, later than all that were there before, is no part of them.
 */
export function noteChanges(
  changes: Changes,
  { before, after, came, left, at, latest }: Turn,
): Changes {
  if (before.publication !== after.publication) return { recent: [], all: at }
  if (came.length + left.length === 0) return changes
  const nextSecond = Math.floor(latest / 1000) * 1000 + 1000
  const isTold = (date: Instant) => date >= nextSecond && date <= at
  const now = new Map(came.map(({ article }) => [article.id, factsOf(article)]))
  const gone = new Map(after.gone.map((article) => [article.id, article]))
  const found = [
    ...came.filter(({ article }) => !isTold(article.updated)),
    ...left.filter(({ article }) => {
      const leaver = gone.get(article.id)
      const tells = leaver !== undefined && isTold(leftAt(leaver))
      return !tells && keyOf(factsOf(article)) !== keyOf(now.get(article.id))
    }),
  ]
  return addChanges(changes, found, at)
}

/** The newest date of entries. */
export function latestDate(entries: readonly Entry[]): Instant {
  return entries.reduce((latest, { article }) => Math.max(latest, article.updated), 0)
}

function addChanges({ recent, all }: Changes, found: readonly Entry[], at: Instant): Changes {
  const latest = new Map<string, Change>()
  for (const { article } of found) {
    const facts = factsOf(article)
    latest.set(keyOf(facts), { at, ...facts })
  }
  for (const change of recent) {
    if (!latest.has(keyOf(change))) latest.set(keyOf(change), change)
  }
  const sorted = [...latest.values()]
  return { recent: sorted.slice(0, MOST), all: Math.max(all, sorted[MOST]?.at ?? 0) }
}

function keyOf(facts: Facts | undefined): string {
  return JSON.stringify([facts?.published, facts?.keys, facts?.sections])
}

/** When the feed at an address last changed in a way that no date in it tells; the beginning of time where never. */
export function lastChange(
  { recent, all }: Changes,
  address: Address,
  now: Instant,
  zone: string,
): Instant {
  const filters = filtersOf(address)
  const touching = recent.find((change) =>
    filters.every((filter) => isAbout(filter, change, now, zone)),
  )
  return Math.max(all, touching?.at ?? 0)
}

/** A digest of what is published, by which a later process tells whether something changed while none ran. */
export function digestOfCatalog({ publication, entries }: Catalog): string {
  const articles = entries.map(({ article }) => articleDigest(article))
  return digestOf([wholeJson(publication), ...articles].join('\n'))
}
