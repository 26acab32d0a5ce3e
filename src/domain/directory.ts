// The directory: every feed that has an address of its own, grouped by what it is about.
import { addressOf, urlsOf } from './address.ts'
import type { Instant } from './article.ts'
import type { Catalog } from './catalog.ts'
import { labelOf, schemeName } from './description.ts'
import { newestChange } from './feed.ts'
import { EVERYTHING, type Filter, withTerm } from './filter.ts'

export interface ListedFeed {
  readonly title: string
  readonly urls: ReturnType<typeof urlsOf>
}

export interface Directory {
  readonly title: string
  readonly language: string
  readonly updated: Instant
  readonly everything: ListedFeed
  readonly groups: readonly { readonly title: string; readonly feeds: readonly ListedFeed[] }[]
}

/** Sections, tags and authors that have articles now; a feed that is empty today is listed when it isn't. */
export function directoryOf(catalog: Catalog): Directory {
  const { publication, terms, entries, gone } = catalog
  const { base, zone, language } = publication
  const listed = (title: string, filter: Filter): ListedFeed => ({
    title,
    urls: urlsOf(addressOf(filter, 'rss'), base, zone),
  })
  const groups = (['sections', 'tags', 'authors'] as const).map((scheme) => ({
    title: schemeName(scheme, language),
    feeds: [...terms[scheme].values()]
      .filter(({ count }) => count > 0)
      .map(({ term }) =>
        listed(labelOf(catalog, scheme, term), withTerm(EVERYTHING, scheme, term)),
      ),
  }))
  return {
    title: publication.title,
    language,
    updated: newestChange(entries, gone),
    everything: listed(publication.title, EVERYTHING),
    groups: groups.filter(({ feeds }) => feeds.length > 0),
  }
}
