// A feed: its head, and the entries that one document of it carries. Each format only translates it.

import { type Address, type FeedFormat, inFormat, printAddress, urlsOf } from './address.ts'
import { type Instant, leftAt, type Person, type Rights } from './article.ts'
import type { Catalog, Entry } from './catalog.ts'
import { describeFilter } from './description.ts'
import { matches } from './filter.ts'
import { select } from './selection.ts'

/** What a feed says of itself. The comments name RSS 2.0, Atom and JSON Feed, in this order; – where none. */
export interface Feed {
  /** –, `id`, – : a `tag:` URI that outlives the publication's domain. */
  readonly id: string
  /** `title`, `title`, `title` */
  readonly title: string
  /** `description`, `subtitle`, `description` */
  readonly description: string
  /** `link`, `link rel="alternate"`, `home_page_url`: the feed's page for people. */
  readonly page: string
  /** `atom:link rel="self"`, `link rel="self"`, `feed_url`: the canonical URL of each format. */
  readonly self: Readonly<Record<FeedFormat, string>>
  /** `lastBuildDate`, `updated`, – : the newest change among its own articles. */
  readonly updated: Instant
  /** `language`, `xml:lang`, `language` */
  readonly language: string
  /** –, `author`, `authors` */
  readonly authors: readonly Person[]
  /** `managingEditor`, –, – */
  readonly contact?: { readonly name?: string; readonly email: string }
  /** `copyright`, `rights`, `_gazette.rights` */
  readonly rights: Rights
  /** `image`, `logo`, `icon` */
  readonly logo?: string
  /** –, `icon`, `favicon` */
  readonly icon?: string
  /** `atom:link rel="hub"`, `link rel="hub"`, `hubs` */
  readonly hubs: readonly string[]
}

/** The scheme URIs of categories, and what a format needs to know beside feed and entry. */
export interface Vocabulary {
  readonly tags: string
  readonly sections: string
  /** The publication's language; RSS names an item's where it differs. */
  readonly language: string
}

export function vocabularyOf({ publication }: Catalog): Vocabulary {
  const { base, language } = publication
  return { tags: `${base}tags/`, sections: `${base}categories/`, language }
}

/** The feed at an address, and its entries, newest first. */
export function composeFeed(
  catalog: Catalog,
  address: Address,
  now: Instant,
): { feed: Feed; entries: Entry[] } {
  const { publication } = catalog
  const { zone, base } = publication
  const entries = select(catalog, address.filter, address.limit, now)
  const self = urlsOf(address, base, zone)
  const about = describeFilter(catalog, address.filter)
  const { contact, logo, icon } = publication
  return {
    entries,
    feed: {
      id: `tag:${publication.authority}:/${printAddress(inFormat(address, 'html'), zone)}`,
      title: about === '' ? publication.title : `${publication.title} · ${about}`,
      description: describeTerm(catalog, address) ?? publication.description,
      page: self.html,
      self,
      updated: newestChange(catalog, address, entries, now),
      language: publication.language,
      authors: publication.authors,
      rights: publication.rights,
      hubs: publication.hubs,
      ...(contact === undefined ? {} : { contact }),
      ...(logo === undefined ? {} : { logo }),
      ...(icon === undefined ? {} : { icon }),
    },
  }
}

/** A feed about one term alone says what the publication says of that term. */
function describeTerm({ publication }: Catalog, { filter }: Address): string | undefined {
  const named = (['sections', 'tags', 'authors'] as const).flatMap((scheme) =>
    filter.terms[scheme].all
      .flat()
      .map((term) => publication.taxonomy[scheme].get(term)?.description),
  )
  return named.length === 1 ? named[0] : undefined
}

/**
 * The newest change among a feed's own articles (RFC 4287 §4.2.15); that one left is a change too, if the
 * document had room for it. The beginning of time where nothing ever happened.
 */
function newestChange(
  catalog: Catalog,
  address: Address,
  entries: readonly Entry[],
  now: Instant,
): Instant {
  const oldest =
    entries.length < address.limit ? -Infinity : (entries.at(-1)?.article.published ?? -Infinity)
  const { zone } = catalog.publication
  const left = catalog.gone
    .filter((article) => article.published >= oldest && matches(address.filter, article, now, zone))
    .map(leftAt)
  return [...entries.map((entry) => entry.article.updated), ...left].reduce(
    (a, b) => Math.max(a, b),
    0,
  )
}
