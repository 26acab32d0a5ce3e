// The documents of a feed as links, and as what a browser or reader discovers.
import type { FC } from 'hono/jsx'
import {
  type Address,
  addressOf,
  type FeedFormat,
  formatsOf,
  type Urls,
  urlsOf,
} from '../domain/address.ts'
import type { Feed } from '../domain/feed.ts'
import { EVERYTHING } from '../domain/filter.ts'
import type { Publication } from '../domain/publication.ts'
import { MEDIA_TYPES } from '../formats/media-types.ts'

/** The names that readers' dialogs show; not translated, since they are names. */
export const FORMAT_NAMES: Readonly<Record<FeedFormat, string>> = {
  rss: 'RSS',
  atom: 'Atom',
  json: 'JSON Feed',
}

/** A document to discover. */
export interface FeedLink {
  readonly title: string
  readonly type: string
  readonly url: string
}

export function discoverable(
  title: string,
  self: Readonly<Record<FeedFormat, string>>,
  formats: readonly FeedFormat[],
): FeedLink[] {
  return formats.map((format) => ({
    title: `${title} (${FORMAT_NAMES[format]})`,
    type: MEDIA_TYPES[format],
    url: self[format],
  }))
}

/** Where a feed is subscribed to, whichever page is shown: its first page, as new entries come to no other. */
export function subscribed({ pages, self }: Feed): Urls {
  return pages.first ?? self
}

/** A feed and behind it the feed of everything; each document once, where these are the same. */
export function discoverWithEverything(feed: Feed, publication: Publication): FeedLink[] {
  const own = discoverable(feed.title, subscribed(feed), feed.formats)
  const known = new Set(own.map(({ url }) => url))
  return [...own, ...discoverEverything(publication).filter(({ url }) => !known.has(url))]
}

/** The feed of everything, which every page names behind the feeds of its own. */
export function discoverEverything({ title, base, zone, formats }: Publication): FeedLink[] {
  return discoverable(title, urlsOf(addressOf(EVERYTHING, 'html'), base, zone), formats)
}

interface FeedLinksProps {
  readonly publication: Publication
  readonly address: Address
  readonly name: string
}

/** A feed's documents, small, behind its name. */
export const FeedLinks: FC<FeedLinksProps> = ({ publication, address, name }) => {
  const self = urlsOf(address, publication.base, publication.zone)
  return (
    <span class="formats">
      {formatsOf(address, publication).map((format) => (
        <a href={self[format]} aria-label={`${name}, ${FORMAT_NAMES[format]}`}>
          {FORMAT_NAMES[format].replace(' Feed', '')}
        </a>
      ))}
    </span>
  )
}
