// Changes that the dates of articles don't tell, so that `Last-Modified` neither stays nor goes back (RFC 9110 §8.8.2).
import { isDeepStrictEqual } from 'node:util'
import { type Address, filtersOf } from '../domain/address.ts'
import { type Article, goneAt, type Instant, lifeAt } from '../domain/article.ts'
import { type Catalog, tombstoneFalls } from '../domain/catalog.ts'
import { lineage, type Scheme } from '../domain/category.ts'
import type { differences, Entry } from '../domain/entries.ts'
import {
  type Facts,
  type Filter,
  factsOf,
  isAbout,
  keysOf,
  SCHEMES,
  termsOf,
} from '../domain/filter.ts'
import { articleDigest, digestOf, wholeJson } from './origins.ts'

type Happening =
  /** An article with these facts came, went, became another, or was forgotten after it had gone. */
  | Facts
  /** A term has another name, and so has each feed that names it, whatever it is about. */
  | { readonly renamed: readonly [scheme: Scheme, term: string] }
  /** An article's words may be others; a feed that searches for those it had can't tell. */
  | { readonly reworded: true }

type Change = Happening & { readonly at: Instant }

export interface Changes {
  /** Newest first. */
  readonly recent: readonly Change[]
  /** When every feed counts as changed. */
  readonly all: Instant
}

export const NO_CHANGES: Changes = { recent: [], all: 0 }

/** Beyond these, the oldest count as changes of every feed, which costs readers that ask by date alone one document more. */
const MOST = 2_000

/** One catalog took the place of another. */
export interface Turn extends ReturnType<typeof differences> {
  readonly before: Catalog
  readonly after: Catalog
  /** When it did, in a second that no document has been dated by. */
  readonly at: Instant
  /** The latest date that a document may have had; it may lie ahead. */
  readonly latest: Instant
}

/**
 * The changes until and with a turn that documents don't tell by the dates of their own articles: a deleted article leaves
 * no date, one that was moved out of a section neither, and an edit need not be dated. Of articles that have gone feeds tell
 * the date and the tombstone; so what happens to these counts like what happens to entries.
 */
export function noteChanges(
  changes: Changes,
  { before, after, came, left, at, latest }: Turn,
): Changes {
  if (before.publication !== after.publication) return { recent: [], all: at }
  const gone = changesOfGone(before, after)
  const published = came.map(({ article }) => article)
  const were = [...left.map(({ article }) => article), ...gone.left]
  const touched = [...published, ...were, ...gone.came, ...gone.buried, ...gone.unburied]
  if (touched.length === 0) return changes
  const nextSecond = Math.floor(latest / 1000) * 1000 + 1000
  /** Whether a date is later than all that were there before, so that the documents that have it tell the change. */
  const isTold = (date: Instant) => date >= nextSecond && date <= at
  const was = new Map(were.map((one) => [one.id, one]))
  const now = new Map([...published, ...gone.came].map((one) => [one.id, one]))
  const reworded = were.some((one) => now.has(one.id) && now.get(one.id) !== one)
  function* happened(): Generator<Change> {
    if (reworded) yield { at, reworded }
    for (const renamed of renamedTerms(before, after, touched)) yield { at, ...renamed }
    for (const one of published) {
      if (!isTold(one.updated)) yield { at, ...factsOf(one) }
      // Behind the end of a document it brings a link to a next page, and no date.
      else if (!isTold(one.published) && !isAlike(one, was.get(one.id)))
        yield { at: one.updated, ...factsOf(one) }
    }
    for (const one of [...gone.came, ...gone.buried]) {
      const date = goneAt(one, after.at)
      // Behind the end of a document it takes such a link away.
      yield { at: isTold(date) ? date : at, ...factsOf(one) }
    }
    for (const one of were) if (!isAlike(one, now.get(one.id))) yield { at, ...factsOf(one) }
    for (const one of gone.unburied) yield { at, ...factsOf(one) }
  }
  return addChanges(changes, happened(), at)
}

/** Whether two versions are in the same feeds, but for those that search for words. */
function isAlike(was: Article, is: Article | undefined): boolean {
  if (was === is || is === undefined) return was === is
  // A podcast has only what has a recording.
  const areBothPlayed = was.recordings.length > 0 === is.recordings.length > 0
  return areBothPlayed && isDeepStrictEqual(factsOf(was), factsOf(is))
}

/** The terms that have another name in the second catalog. Only those of articles that something happened to can. */
function renamedTerms(before: Catalog, after: Catalog, touched: readonly Article[]): Happening[] {
  return SCHEMES.flatMap((scheme) => {
    const [was, is] = [before.terms[scheme], after.terms[scheme]]
    const terms = touched.flatMap((article) => keysOf(article, scheme))
    return [...new Set(terms)]
      .filter((term) => was.has(term) && is.has(term))
      .filter((term) => was.get(term)?.label !== is.get(term)?.label)
      .map((term) => ({ renamed: [scheme, term] as const }))
  })
}

/** The articles that have gone which each of two catalogs has alone, and those whose tombstones came and fell by time alone. */
export function changesOfGone(before: Catalog, after: Catalog) {
  const isPast = (moment: Instant) => moment > before.at && moment <= after.at
  const fallOf = (withdrawn: Instant) => tombstoneFalls(after.publication, withdrawn)
  return {
    came: without(before.gone, after.gone),
    left: without(after.gone, before.gone),
    buried: after.gone.filter(({ withdrawn }) => withdrawn && isPast(withdrawn.at)),
    unburied: after.gone.filter(({ withdrawn }) => withdrawn && isPast(fallOf(withdrawn.at))),
  }
}

function without<T>(others: readonly T[], all: readonly T[]): readonly T[] {
  // Most changes leave the list as it is.
  if (all === others) return []
  const known = new Set(others)
  return all.filter((one) => !known.has(one))
}

/** The newest date of entries, and of articles that have gone by `now`. */
export function latestDate(
  entries: readonly Entry[],
  gone: readonly Article[],
  now: Instant,
): Instant {
  const latest = gone.reduce((latest, article) => Math.max(latest, goneAt(article, now)), 0)
  return entries.reduce((latest, { article }) => Math.max(latest, article.updated), latest)
}

function addChanges({ recent, all }: Changes, happened: Iterable<Change>, at: Instant): Changes {
  const latest = new Map<string, Change>()
  const add = (change: Change) => {
    const { at, ...happening } = change
    const key = JSON.stringify(happening)
    if (at > (latest.get(key)?.at ?? -Infinity)) latest.set(key, change)
  }
  for (const change of happened) {
    add(change)
    if (latest.size > MOST) return { recent: [], all: at }
  }
  recent.forEach(add)
  const sorted = [...latest.values()].sort((a, b) => b.at - a.at)
  return { recent: sorted.slice(0, MOST), all: Math.max(all, sorted[MOST]?.at ?? 0) }
}

/** When the feed at an address last changed in a way that no date in it tells; 0 where it never did. */
export function lastChange(
  { recent, all }: Changes,
  address: Address,
  now: Instant,
  zone: string,
): Instant {
  const filters = filtersOf(address)
  const touching = recent.find((change) => {
    if ('reworded' in change) return filters.some(({ words }) => words.length > 0)
    if ('renamed' in change) return filters.some((filter) => isNamedIn(filter, change.renamed))
    return filters.every((filter) => isAbout(filter, change, now, zone))
  })
  return Math.max(all, touching?.at ?? 0)
}

/** Whether a filter is called by a term; by a section also where it names one below that. */
function isNamedIn(filter: Filter, [scheme, term]: readonly [Scheme, string]): boolean {
  return termsOf(filter).some(
    ([of, named]) =>
      of === scheme && (scheme === 'sections' ? lineage(named) : [named]).includes(term),
  )
}

/** A digest of what is published. By it a later process tells whether something changed while none ran. */
export function digestOfCatalog({ publication, entries, gone, at }: Catalog): string {
  const articles = entries.map(({ article }) => articleDigest(article))
  const others = gone.map((article) => {
    const { withdrawn } = article
    const hasFallen = withdrawn !== undefined && tombstoneFalls(publication, withdrawn.at) <= at
    return [lifeAt(article, at), hasFallen, articleDigest(article)].join(' ')
  })
  return digestOf([wholeJson(publication), ...articles, ...others].join('\n'))
}
