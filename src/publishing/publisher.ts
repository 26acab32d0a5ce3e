// The publisher: holds the current catalog and answers what stands at an address.
import {
  type Address,
  type FeedFormat,
  filtersOf,
  OPML_FILE,
  printAddress,
  type Urls,
  urlsOf,
} from '../domain/address.ts'
import type { Article, Instant } from '../domain/article.ts'
import { type Catalog, openCatalog } from '../domain/catalog.ts'
import { directoryOf } from '../domain/directory.ts'
import { differences, type Entry } from '../domain/entries.ts'
import { composeFeed, countEntries, type Feed, newestAhead, vocabularyOf } from '../domain/feed.ts'
import { isRelative } from '../domain/filter.ts'
import type { Opening } from '../domain/named-feed.ts'
import type { Publication } from '../domain/publication.ts'
import { wordsToFind } from '../domain/selection.ts'
import { FORMATS } from '../formats/formats.ts'
import { type BoundedCache, provenCache } from './bounded-cache.ts'
import { type Changes, lastChange, latestDate, NO_CHANGES, noteChanges } from './changes.ts'
import { type Finding, find } from './finding.ts'
import { type Representation, represent, representOpml } from './representation.ts'
import { createSearches } from './searches.ts'
import { openerOf } from './tokens.ts'
import { createWrittenEntries } from './written-entries.ts'

/** What a publication holds at one time, read and right. */
export interface Snapshot {
  readonly publication: Publication
  readonly articles: readonly Article[]
}

export interface Publisher {
  catalog(): Catalog
  /**
   * Replaces what is published, in one step; documents of feeds that it doesn't touch are kept.
   * @param at when reading it began: nothing that changed after that is taken to be in it.
   */
  publish(snapshot: Snapshot, at?: Instant): void
  /** What has changed that no date of an article tells, to be handed to the publisher of a later process. */
  changes(): Changes
  /** The named feed that opens for a name and a secret. */
  readonly open: Opening
  find(address: Address): Finding
  /** The document at an address that was found. */
  represent(address: Address & { readonly format: FeedFormat }): Representation
  /** Whether that document lies ready, so that it costs nothing. */
  isReady(address: Address): boolean
  /** The list of all feeds, as OPML. */
  opml(): Representation
  /**
   * Looks through the texts for the words that an address asks for, where there are too many to do it at once: after
   * this, it is answered as quickly as any. Nothing where there is nothing to wait for; `busy` where too many wait.
   */
  settle(address: Address): Promise<'found' | 'busy'> | undefined
  /** The same feed, unwritten, for pages. */
  compose(address: Address): ReturnType<typeof composeFeed>
  /** How many entries there are on all pages of an address. */
  count(address: Address): number
  /** The canonical URLs of a feed's documents and page. */
  urls(address: Address): Urls
  /** The date of what shows all of a catalog. */
  dateOf(catalog: Catalog): Instant
  /**
   * What `Last-Modified` may say of a moment: never a second that isn't settled, for which more changes may come to be
   * dated, nor one to come (RFC 9110 §8.8.2.1).
   */
  shownDate(moment: Instant): Instant
  /** Seconds for which what shows a catalog may be taken as fresh from now on, at most `most`. */
  freshness(most: number, catalog: Catalog): number
  /** Of the documents kept ready: how many, and their bytes. */
  held: BoundedCache<unknown>['held']
}

/** Takes note of how a document came about, and in how many milliseconds: it lay ready, came out as it was, or was made. */
export type Meter = (how: 'ready' | 'same' | 'made', took: number) => void

/**
 * Milliseconds until a second is settled. A change is dated by when its reading began, and other processes notice it a
 * little earlier or later. Since caches compare dates alone, nobody may hold the former document under the new date.
 */
const SETTLING = 3_000

/** Bytes of documents kept ready. */
const CACHE_BYTES = 64 * 1024 * 1024
/** Bytes of entries kept as they are written. */
const ENTRY_BYTES = 32 * 1024 * 1024

interface Kept {
  /** Of its catalog, which it doesn't keep: a thousand small documents may be of a thousand catalogs. */
  readonly mark: Catalog['mark']
  readonly feed: Feed
  readonly entries: readonly Entry[]
  readonly representation: Representation
}

/** What a publisher is told, and whom it tells. */
interface Surroundings {
  /** The changes of what is published that an earlier process noticed. */
  readonly recall?: (catalog: Catalog) => Changes
  readonly meter?: Meter
}

/** @param clock the current time, in milliseconds since 1970. */
export function createPublisher(
  snapshot: Snapshot,
  clock: () => Instant,
  { recall = () => NO_CHANGES, meter = () => {} }: Surroundings = {},
): Publisher {
  let { publication, articles } = snapshot
  let catalog = openCatalog(publication, articles, clock())
  let changes = recall(catalog)
  let latest = latestDate(catalog.entries, catalog.gone, catalog.at)
  let open = openerOf(publication.feeds)
  let documents = provenCache<Kept>(CACHE_BYTES)
  let directory: { catalog: Catalog; representation: Representation } | undefined
  const written = createWrittenEntries(ENTRY_BYTES)

  const searches = createSearches()

  /** Time goes forward only: a clock that is set back takes nothing out that was in. */
  function current(): Catalog {
    const now = clock()
    if (now >= catalog.validUntil) turnTo(openCatalog(publication, articles, now, catalog), now)
    return catalog
  }

  /** The last second that may be shown. */
  function settled(): Instant {
    return Math.floor(clock() / 1000) * 1000 - SETTLING
  }

  /** The last second that could be shown so far: the clock may have been set back. */
  let furthest = settled()

  /** The first second that nobody was shown. */
  function unshown(): Instant {
    return Math.max(furthest, settled()) + 1000
  }

  /** When each catalog came. Its own moment decides which articles are in, and doesn't go on where the clock was set back. */
  const came = new WeakMap<Catalog, Instant>()
  const dateOf = (catalog: Catalog) => came.get(catalog) ?? catalog.at

  function turnTo(next: Catalog, at: Instant): void {
    came.set(next, Math.max(next.at, unshown()))
    const difference = differences(catalog, next)
    changes = noteChanges(changes, {
      before: catalog,
      after: next,
      ...difference,
      at: Math.max(at, unshown()),
      latest: Math.max(dateOf(catalog), latest),
    })
    const gone = next.gone === catalog.gone ? [] : next.gone
    latest = Math.max(latest, latestDate(difference.came, gone, next.at))
    catalog = next
  }

  function publish(next: Snapshot, at: Instant = clock()): void {
    const isSamePublication = next.publication === publication
    ;({ publication, articles } = next)
    if (!isSamePublication) {
      open = openerOf(publication.feeds)
      // Every document names it. Its entries are others as well, so that each is written anew.
      documents = provenCache<Kept>(CACHE_BYTES)
    }
    const now = Math.max(clock(), catalog.at)
    turnTo(openCatalog(publication, articles, now, isSamePublication ? catalog : undefined), at)
  }

  /** No date tells when an entry leaves a window that slides: such a document is dated when it is made. */
  function modified(feed: Feed, address: Address): Instant {
    if (filtersOf(address).some(isRelative)) return Math.max(clock(), unshown())
    return Math.max(
      feed.updated,
      newestAhead(catalog, address, clock()),
      lastChange(changes, address, clock(), publication.zone),
    )
  }

  /** What gives the entries of the document at an address. */
  function entryWriter(address: Address & { format: FeedFormat }) {
    const { format, content } = address
    const vocabulary = vocabularyOf(catalog, address)
    return written.writer(
      `${format} ${content}${vocabulary.isPodcast ? ' podcast' : ''}`,
      (entry) => FORMATS[format].entry(entry, content, vocabulary),
    )
  }

  return {
    catalog: current,
    publish,
    changes: () => changes,
    open: (name, secret) => open(name, secret),
    compose: (address) => composeFeed(current(), address, clock()),
    count: (address) => countEntries(current(), address, clock()),
    find: (address) => find(current(), address, clock()),
    settle(address) {
      const words = wordsToFind(current(), filtersOf(address), clock())
      return words && searches.look(current, words)
    },
    held: () => documents.held(),
    urls: (address) => urlsOf(address, publication.base, publication.zone),
    dateOf,
    shownDate(moment) {
      const last = settled()
      furthest = Math.max(furthest, last)
      return moment < last + 1000 ? moment : last
    },
    freshness: (most, { validUntil }) =>
      Math.max(0, Math.min(most, Math.floor((validUntil - clock()) / 1000))),
    isReady: (address) =>
      documents.get(printAddress(address, publication.zone))?.mark === current().mark,
    opml() {
      const now = current()
      if (directory?.catalog !== now) {
        const list = directoryOf(now)
        const self = publication.base + OPML_FILE
        const newest = Math.max(list.updated, changes.all, changes.recent[0]?.at ?? 0)
        const representation = representOpml(list, self, newest)
        directory = { catalog: now, representation }
      }
      return directory.representation
    },
    represent(address) {
      const now = current()
      const key = printAddress(address, publication.zone)
      const kept = documents.get(key)
      if (kept?.mark === now.mark && !filtersOf(address).some(isRelative)) {
        meter('ready', 0)
        return kept.representation
      }
      const begun = performance.now()
      const { feed, entries } = composeFeed(now, address, clock())
      const representation =
        kept !== undefined && isSame(kept, feed, entries)
          ? kept.representation
          : represent(
              feed,
              address.format,
              entries.map(entryWriter(address)),
              modified(feed, address),
            )
      // Twice, for its codings, which are each smaller.
      documents.set(
        key,
        { mark: now.mark, feed, entries, representation },
        representation.length * 2,
      )
      const how = representation === kept?.representation ? 'same' : 'made'
      meter(how, performance.now() - begun)
      return representation
    },
  }
}

/** Whether a feed would be written the same again. */
function isSame(kept: Kept, feed: Feed, entries: readonly Entry[]): boolean {
  return (
    kept.entries.length === entries.length &&
    kept.entries.every((entry, at) => entry === entries[at]) &&
    JSON.stringify(kept.feed) === JSON.stringify(feed)
  )
}
