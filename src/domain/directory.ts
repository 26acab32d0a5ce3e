// The directory: every feed that has an address of its own, grouped by what it is about.
import {
  type Address,
  addressOf,
  addressOfNamed,
  type FeedFormat,
  formatsOf,
  type Urls,
  urlsOf,
} from './address.ts'
import type { Instant } from './article.ts'
import type { Catalog } from './catalog.ts'
import { labelOf, namedFeedsName, schemeName } from './description.ts'
import { nameOf, newestChange } from './feed.ts'
import { EVERYTHING, withTerm } from './filter.ts'
import { isPrivate, type NamedFeed } from './named-feed.ts'
import type { Publication } from './publication.ts'
import { termsInUse } from './term-index.ts'

/** The schemes whose terms have feeds at addresses of their own. */
export const LISTED = ['sections', 'tags', 'authors'] as const

export interface ListedFeed {
  readonly title: string
  readonly urls: Urls
  /** Those it is written in. */
  readonly formats: readonly FeedFormat[]
}

export interface Directory {
  readonly title: string
  readonly language: string
  readonly updated: Instant
  readonly everything: ListedFeed
  readonly groups: readonly { readonly title: string; readonly feeds: readonly ListedFeed[] }[]
}

/** The named feeds that anybody may read. */
export function publicFeeds({ feeds }: Publication): NamedFeed[] {
  return [...feeds.values()].filter((feed) => !isPrivate(feed))
}

/**
 * The addresses of the feed of everything, of named feeds, and of every term there is, be it empty today.
 * @param named those of private feeds are without what opens them.
 */
export function everyAddress({ terms }: Catalog, named: readonly NamedFeed[]): Address[] {
  return [
    addressOf(EVERYTHING, 'rss'),
    ...named.map((feed) => addressOfNamed(feed, 'rss')),
    ...LISTED.flatMap((scheme) =>
      [...terms[scheme].keys()].map((term) => addressOf(withTerm(EVERYTHING, scheme, term), 'rss')),
    ),
  ]
}

/**
 * The public named feeds, and the feeds of the sections, tags and authors that have articles now.
 */
export function directoryOf(catalog: Catalog): Directory {
  const { publication, entries, gone } = catalog
  const { base, zone, language, hasPages } = publication
  const listed = (title: string, address: Address): ListedFeed => {
    const urls = urlsOf(address, base, zone)
    return {
      title,
      urls: hasPages ? urls : { ...urls, html: base },
      formats: formatsOf(address, publication),
    }
  }
  const named = {
    title: namedFeedsName(language),
    feeds: publicFeeds(publication).map((feed) =>
      listed(nameOf(catalog, feed), addressOfNamed(feed, 'rss')),
    ),
  }
  const groups = LISTED.map((scheme) => ({
    title: schemeName(scheme, language),
    feeds: termsInUse(catalog, scheme).map(({ term }) =>
      listed(labelOf(catalog, scheme, term), addressOf(withTerm(EVERYTHING, scheme, term), 'rss')),
    ),
  }))
  return {
    title: publication.title,
    language,
    updated: newestChange(entries, gone, catalog.at),
    everything: listed(publication.title, addressOf(EVERYTHING, 'rss')),
    groups: [named, ...groups].filter(({ feeds }) => feeds.length > 0),
  }
}
