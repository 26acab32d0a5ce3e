// A feed: its head, and the entries that one document of it carries. Each format only translates it.
import {
  type Address,
  atPage,
  type FeedFormat,
  filtersOf,
  formatsOf,
  inFormat,
  printAddress,
  type Urls,
  urlsByPage,
  withoutSecret,
} from './address.ts'
import {
  type Article,
  goneAt,
  type Instant,
  lifeAt,
  type Person,
  type Rights,
  type Withdrawal,
  withdrawalOf,
} from './article.ts'
import { type Catalog, tombstoneFalls } from './catalog.ts'
import { describeFilter } from './description.ts'
import type { Entry } from './entries.ts'
import { fixed, matches } from './filter.ts'
import {
  entersAt,
  isFit,
  isPrivate,
  leftBeforeEntering,
  type NamedFeed,
  type Podcast,
} from './named-feed.ts'
import { count, type Selection, select } from './selection.ts'

/** What a feed says of itself. The comments name RSS 2.0, Atom and JSON Feed, in this order; – where none. */
export interface Feed {
  /** –, `id`, – : a `tag:` URI that outlives the publication's domain. */
  readonly id: string
  /** `title`, `title`, `title` */
  readonly title: string
  /** `description`, `subtitle`, `description` */
  readonly description: string
  /**
   * `link`, `link rel="alternate"`, `home_page_url`: the feed's page for people. A private feed names the
   * publication's first page, since readers show this address as one to pass on, and so does one without a page.
   */
  readonly page: string
  /** Whether its address is known to those alone who were told. */
  readonly isPrivate: boolean
  /** Those it is written in; its documents link no others. */
  readonly formats: readonly FeedFormat[]
  /** `atom:link rel="self"`, `link rel="self"`, `feed_url`: the canonical URL of each format. */
  readonly self: Urls
  /** `lastBuildDate`, `updated`, – : the newest change among its own articles. */
  readonly updated: Instant
  /** `language`, `xml:lang`, `language` */
  readonly language: string
  /** `itunes:author`, `author` where there are no others, – : the publication's title. */
  readonly publisher: string
  /** –, `author`, `authors` */
  readonly authors: readonly Person[]
  /** `managingEditor`, –, – */
  readonly contact?: { readonly name: string; readonly email: string }
  /** `copyright`, `rights`, `_gazette.rights` */
  readonly rights: Rights
  /** `image`, `logo`, `icon` */
  readonly logo?: string
  /** –, `icon`, `favicon` */
  readonly icon?: string
  /** `atom:link rel="hub"`, `link rel="hub"`, `hubs` */
  readonly hubs: readonly string[]
  /** `atom:link rel="next"` …, `link rel="next"` …, `next_url`; only where one document doesn't hold all. */
  readonly pages: Readonly<Partial<Record<PageRelation, Urls>>>
  /** `itunes:*`, –, – : only where it is a podcast. */
  readonly podcast?: Podcast
  /** –, `at:deleted-entry`, – : newest first. */
  readonly tombstones: readonly Tombstone[]
}

/**
 * RFC 5005 §3, without `last`: that takes counting every match, and changes the document whenever the number of pages
 * changes.
 */
type PageRelation = 'first' | 'previous' | 'next'

/** RFC 6721: what is left of an article that was withdrawn. */
export interface Tombstone extends Withdrawal {
  readonly id: string
}

/** The scheme URIs of categories, and what a format needs to know beside feed and entry. */
export interface Vocabulary {
  readonly tags: string
  readonly sections: string
  /** The publication's language; RSS names an item's where it differs. */
  readonly language: string
  /** Whether the feed is a podcast. */
  readonly isPodcast: boolean
}

export function vocabularyOf({ publication }: Catalog, { named }: Address): Vocabulary {
  const { base, language } = publication
  return {
    tags: `${base}tags/`,
    sections: `${base}categories/`,
    language,
    isPodcast: named?.feed.podcast !== undefined,
  }
}

/** The feed at an address, and the entries of its page, newest first. */
export function composeFeed(
  catalog: Catalog,
  address: Address,
  now: Instant,
): { feed: Feed; entries: readonly Entry[] } {
  const { publication } = catalog
  const { zone, base } = publication
  const { entries, isCut } = selectPage(catalog, address, now)
  const left = leftFrom(catalog, address, entries, now)
  const urls = urlsByPage(address, base, zone)
  const self = urls(address.page)
  const named = address.named?.feed
  const isClosed = isPrivate(named)
  const first = isClosed
    ? printAddress(inFormat(atPage(withoutSecret(address), 1), 'html'), zone)
    : urls(1).html.slice(base.length)
  const { contact, logo, icon } = publication
  return {
    entries,
    feed: {
      id: `tag:${publication.authority}:/${first}`,
      title: titleOf(catalog, address),
      description: named?.description ?? describeTerm(catalog, address) ?? publication.description,
      page: isClosed || !publication.hasPages ? base : self.html,
      isPrivate: isClosed,
      formats: formatsOf(address, publication),
      self,
      updated: newestChange(entries, left, catalog.at, named?.delay),
      language: publication.language,
      publisher: publication.title,
      authors: publication.authors,
      rights: publication.rights,
      // A hub would pass the address on to its subscribers.
      hubs: isClosed ? [] : publication.hubs,
      pages: publication.answersQueries ? pagesOf(urls, address, isCut) : {},
      tombstones: address.page === 1 ? tombstonesOf(catalog, left) : [],
      ...(named?.podcast && { podcast: named.podcast }),
      ...(contact && { contact: { name: publication.title, ...contact } }),
      ...(logo === undefined ? {} : { logo }),
      ...(icon === undefined ? {} : { icon }),
    },
  }
}

/** Whose it is and what it is about; a named feed's own title says both. */
function titleOf(catalog: Catalog, address: Address): string {
  const { title } = catalog.publication
  const subject = subjectOf(catalog, address)
  if (subject === '') return title
  return address.named?.feed.title === undefined ? `${title} · ${subject}` : subject
}

/** What a feed is about, for its page, above which the publication's title stands already; empty for everything. */
export function subjectOf(catalog: Catalog, { named, filter }: Address): string {
  const about = describeFilter(catalog, filter)
  const parts = named === undefined ? [about] : [nameOf(catalog, named.feed), about]
  return parts.filter((part) => part !== '').join(' · ')
}

/** What a named feed is called beside others of the publication. */
export function nameOf(catalog: Catalog, { title, filter, name }: NamedFeed): string {
  return title ?? (describeFilter(catalog, filter) || name)
}

/** A feed about one term alone says what the publication says of that term. */
function describeTerm({ publication }: Catalog, { filter }: Address): string | undefined {
  const [note, ...others] = (['sections', 'tags', 'authors'] as const).flatMap((scheme) =>
    filter.terms[scheme].all.flat().map((term) => publication.taxonomy[scheme].get(term)),
  )
  return others.length === 0 ? note?.description : undefined
}

/** The entries of an address's page. */
export function selectPage(catalog: Catalog, address: Address, now: Instant): Selection {
  const { limit, page } = address
  const from = (page - 1) * limit
  return select(catalog, filtersOf(address), now, { ...meantBy(catalog, address), from, limit })
}

/**
 * The newest change among the entries on the pages before an address's own: any may have moved what that page holds.
 * The beginning of 1970 where it is the first page.
 */
export function newestAhead(catalog: Catalog, address: Address, now: Instant): Instant {
  const { limit, page, named } = address
  if (page === 1) return 0
  const meant = { ...meantBy(catalog, address), limit: (page - 1) * limit }
  const { entries } = select(catalog, filtersOf(address), now, meant)
  return newestChange(entries, [], catalog.at, named?.feed.delay)
}

/** How many entries there are on all pages of an address. */
export function countEntries(catalog: Catalog, address: Address, now: Instant): number {
  return count(catalog, filtersOf(address), now, meantBy(catalog, address))
}

function meantBy({ at }: Catalog, { named }: Address) {
  if (named === undefined) return {}
  return {
    // By the catalog's moment, like all that enters and leaves by time alone; at that very moment an article is in.
    before: at - named.feed.delay + 1,
    // No posting tells whether an article has a recording.
    ...(named.feed.podcast && { only: (article: Article) => isFit(article, named.feed) }),
  }
}

function pagesOf(urls: (page: number) => Urls, { page }: Address, isCut: boolean): Feed['pages'] {
  if (page === 1 && !isCut) return {}
  return {
    first: urls(1),
    ...(page > 1 ? { previous: urls(page - 1) } : {}),
    ...(isCut ? { next: urls(page + 1) } : {}),
  }
}

/** The articles that left a feed and that its document had room for; the first page also tells of older ones that were withdrawn. */
function leftFrom(
  catalog: Catalog,
  address: Address,
  entries: readonly Entry[],
  now: Instant,
): Article[] {
  if (catalog.gone.length === 0) return []
  const { limit, named } = address
  const oldest =
    entries.length < limit ? -Infinity : (entries.at(-1)?.article.published ?? -Infinity)
  const { zone } = catalog.publication
  // Relative windows are worked out once: calendar arithmetic for each article is slow.
  const filters = filtersOf(address).map((filter) => fixed(filter, now, zone))
  // Also after its tombstone fell, so that the feed's date doesn't go back then.
  const isTold = (article: Article) =>
    address.page === 1 && lifeAt(article, catalog.at) === 'withdrawn'
  return catalog.gone.filter(
    (article) =>
      (article.published >= oldest || isTold(article)) &&
      isFit(article, named?.feed) &&
      !leftBeforeEntering(article, named?.feed.delay ?? 0) &&
      filters.every((filter) => matches(filter, article, now, zone)),
  )
}

/**
 * The newest change among a feed's own articles (RFC 4287 §4.2.15); that one left is a change too, and that one
 * entered after a delay. The beginning of 1970 where nothing ever happened.
 * @param delay milliseconds.
 */
export function newestChange(
  entries: readonly Entry[],
  left: readonly Article[],
  now: Instant,
  delay = 0,
): Instant {
  let newest = -Infinity
  for (const { article } of entries)
    newest = Math.max(newest, article.updated, entersAt(article, delay))
  for (const article of left) newest = Math.max(newest, goneAt(article, now))
  return newest === -Infinity ? 0 : newest
}

/** Tombstones in a document, so that a whole archive that was withdrawn isn't sent with each poll. */
const MOST_TOMBSTONES = 200

function tombstonesOf({ publication, at }: Catalog, left: readonly Article[]): Tombstone[] {
  const stands = ({ withdrawn }: Article) =>
    withdrawn !== undefined && withdrawn.at <= at && tombstoneFalls(publication, withdrawn.at) > at
  return left
    .filter(stands)
    .map((article) => ({ id: article.id, ...(withdrawalOf(article) as Withdrawal) }))
    .sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1))
    .slice(0, MOST_TOMBSTONES)
}
