// Topics (WebSub): the documents that anybody may subscribe to, and which of them a change gave other bytes.
import {
  type Address,
  addressOf,
  addressOfNamed,
  type FeedFormat,
  inFormat,
} from '../domain/address.ts'
import type { Article, Instant } from '../domain/article.ts'
import type { Catalog } from '../domain/catalog.ts'
import { lineage, type Scheme } from '../domain/category.ts'
import { everyAddress, LISTED, publicFeeds } from '../domain/directory.ts'
import { differences, type Entry } from '../domain/entries.ts'
import { composeFeed, type Feed, type Vocabulary, vocabularyOf } from '../domain/feed.ts'
import { EVERYTHING, eachScheme, isRelative, keysOf, withTerm } from '../domain/filter.ts'
import type { Publication } from '../domain/publication.ts'
import { FORMATS } from '../formats/formats.ts'
import { changesOfGone } from './changes.ts'
import { find } from './finding.ts'
import { feedDigest } from './origins.ts'

/** What is published, as it is shown at a moment for which the catalog is valid. */
export interface Shown {
  readonly catalog: Catalog
  readonly at: Instant
}

export interface Topic {
  /** The document's canonical URL. */
  readonly url: string
  /** Of what the document is made from: the same after every restart while the feed says the same. */
  readonly digest: string
}

export interface TopicChange {
  /** Those whose bytes changed, and new ones. */
  readonly changed: readonly Topic[]
  /** Those that have the bytes they had, though not the digest. */
  readonly alike: readonly Topic[]
  /** URLs of those that are no more, or no longer public. */
  readonly gone: readonly string[]
}

type Listed = (typeof LISTED)[number]

/** A feed in any publication; nothing where a publication has none such that anybody may read. */
type Listing = (publication: Publication) => Address | undefined

interface Composed {
  readonly feed: Feed
  readonly entries: readonly Entry[]
  readonly extent: Address['content']
  readonly vocabulary: Vocabulary
}

/** Every topic, feed by feed; a feed costs its selection, and an entry one digest however many feeds carry it. */
export function* topicsOf(shown: Shown): Generator<readonly Topic[]> {
  const { catalog } = shown
  for (const address of everyAddress(catalog, publicFeeds(catalog.publication))) {
    const composed = compose(() => inFormat(address, 'html'), shown)
    if (composed !== undefined) yield topicsIn(composed)
  }
}

/**
 * The topics that a change touched, feed by feed, so that the caller can pause and let others have their turn. Only the
 * feeds of articles that came, went or changed are looked at, and only their entries that differ are written.
 */
export function* changedTopics(before: Shown, after: Shown): Generator<TopicChange> {
  const write = writer()
  for (const listing of touchedListings(before, after)) {
    yield compare(compose(listing, before), compose(listing, after), write)
  }
}

function compare(was: Composed | undefined, is: Composed | undefined, write: Write): TopicChange {
  const urls = new Set(is && urlsIn(is))
  const gone = was === undefined ? [] : urlsIn(was).filter((url) => !urls.has(url))
  if (is === undefined || (was !== undefined && isSame(was, is)))
    return { changed: [], alike: [], gone }
  const topics = topicsIn(is)
  const isAlike = is.feed.formats.map(
    (format) => was !== undefined && isWrittenAlike(was, is, format, write),
  )
  return {
    changed: topics.filter((_, at) => isAlike[at] === false),
    alike: topics.filter((_, at) => isAlike[at] === true),
    gone,
  }
}

function compose(listing: Listing, { catalog, at }: Shown): Composed | undefined {
  const address = listing(catalog.publication)
  if (address === undefined || find(catalog, address, at).kind !== 'found') return undefined
  return {
    ...composeFeed(catalog, address, at),
    extent: address.content,
    vocabulary: vocabularyOf(catalog, address),
  }
}

function urlsIn({ feed }: Composed): string[] {
  return feed.formats.map((format) => feed.self[format])
}

function topicsIn(composed: Composed): Topic[] {
  const { feed, entries, extent } = composed
  const digest = feedDigest(feed, extent, entries)
  return urlsIn(composed).map((url) => ({ url, digest }))
}

function isSame(was: Composed, is: Composed): boolean {
  return (
    was.extent === is.extent &&
    was.entries.length === is.entries.length &&
    was.entries.every((entry, at) => isSameEntry(entry, is.entries[at])) &&
    JSON.stringify(was.feed) === JSON.stringify(is.feed)
  )
}

/** Whether the two are one entry, though perhaps of catalogs that share no objects. */
function isSameEntry(was: Entry, is: Entry | undefined): boolean {
  return (
    was === is ||
    (was.article === is?.article && JSON.stringify(was.related) === JSON.stringify(is.related))
  )
}

/** Whether two versions of a feed are the same bytes in a format. */
function isWrittenAlike(was: Composed, is: Composed, format: FeedFormat, write: Write): boolean {
  const { envelope } = FORMATS[format]
  return (
    was.feed.formats.includes(format) &&
    was.feed.self[format] === is.feed.self[format] &&
    was.entries.length === is.entries.length &&
    // Every format says the id: most feeds that differ are told apart without writing them.
    was.entries.every(({ article }, at) => article.id === is.entries[at]?.article.id) &&
    was.entries.every(
      (entry, at) =>
        (was.extent === is.extent && isSameEntry(entry, is.entries[at])) ||
        write(entry, format, was) === write(is.entries[at] as Entry, format, is),
    ) &&
    envelope(was.feed).join('\n') === envelope(is.feed).join('\n')
  )
}

type Write = (entry: Entry, format: FeedFormat, composed: Composed) => string

/** Writes each entry once per format, extent and vocabulary, however many feeds are compared. */
function writer(): Write {
  const written = new Map<Entry, Map<string, string>>()
  return (entry, format, { extent, vocabulary }) => {
    const versions = written.get(entry) ?? new Map<string, string>()
    written.set(entry, versions)
    const key = `${format} ${extent} ${JSON.stringify(vocabulary)}`
    const text = versions.get(key) ?? FORMATS[format].entry(entry, extent, vocabulary)
    versions.set(key, text)
    return text
  }
}

function ofTerm(scheme: Listed, term: string): Listing {
  return () => addressOf(withTerm(EVERYTHING, scheme, term), 'html')
}

function ofName(name: string): Listing {
  return (publication) => {
    const feed = publicFeeds(publication).find((one) => one.name === name)
    return feed && addressOfNamed(feed, 'html')
  }
}

/** Every feed that may have changed, and some that didn't. */
function touchedListings(before: Shown, after: Shown): Listing[] {
  const feeds = [
    ...publicFeeds(before.catalog.publication),
    ...publicFeeds(after.catalog.publication),
  ]
  const names = (some: typeof feeds) => [...new Set(some.map(({ name }) => name))].map(ofName)
  // Time alone changes what has a window that moves with it.
  if (before.catalog === after.catalog)
    return names(feeds.filter(({ filter }) => isRelative(filter)))
  const terms =
    before.catalog.publication === after.catalog.publication
      ? touchedTerms(before, after)
      : eachScheme((scheme) => [
          ...before.catalog.terms[scheme].keys(),
          ...after.catalog.terms[scheme].keys(),
        ])
  return [
    () => addressOf(EVERYTHING, 'html'),
    ...names(feeds),
    ...LISTED.flatMap((scheme) => [...new Set(terms[scheme])].map((term) => ofTerm(scheme, term))),
  ]
}

/** The terms of the articles that came, went or changed, and those that have another name for it. */
function touchedTerms(before: Shown, after: Shown): Record<Scheme, string[]> {
  const articles = changedArticles(before, after)
  return eachScheme((scheme) => {
    const was = before.catalog.terms[scheme]
    const is = after.catalog.terms[scheme]
    // A feed may name a term that nobody uses any more.
    const renamed = new Set(
      [...was.keys(), ...is.keys()].filter((term) => was.get(term)?.label !== is.get(term)?.label),
    )
    // A section's feed says what the sections above it are called.
    const below =
      scheme === 'sections' && renamed.size > 0
        ? [...is.keys()].filter((term) => lineage(term).some((above) => renamed.has(above)))
        : renamed
    return [...articles.flatMap((article) => keysOf(article, scheme)), ...below]
  })
}

function changedArticles({ catalog: before }: Shown, { catalog: after }: Shown): Article[] {
  const published = Object.values(differences(before, after)).flat()
  const gone = Object.values(changesOfGone(before, after)).flat()
  return [...published.map(({ article }) => article), ...gone]
}
