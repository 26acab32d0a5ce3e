// What an export is to hold, and the publication as its files tell of it: they promise nothing that isn't there.
import { FEED_FORMATS, type FeedFormat } from '../domain/address.ts'
import type { NamedFeed } from '../domain/named-feed.ts'
import type { Publication } from '../domain/publication.ts'

export interface Wishes {
  readonly formats: readonly FeedFormat[]
  /** Whether there are pages beside the feeds. */
  readonly hasPages: boolean
  /** Whether `.gz` and `.br` lie beside what is worth it. */
  readonly isPacked: boolean
}

/** Nothing where it names something else, or no format. */
export function readFormats(list: string): readonly FeedFormat[] | undefined {
  const names = new Set<string>(list.split(','))
  const formats = FEED_FORMATS.filter((format) => names.delete(format))
  return names.size > 0 ? undefined : formats
}

/** As files it answers no queries; and nobody tells a hub what changed in them, so that who trusted one would read nothing new. */
export function asFiles(publication: Publication, { formats, hasPages }: Wishes): Publication {
  const feeds = [...publication.feeds].flatMap(([name, feed]): [string, NamedFeed][] => {
    const left = feed.formats.filter((format) => formats.includes(format))
    return left.length === 0 ? [] : [[name, { ...feed, formats: left }]]
  })
  return {
    ...publication,
    feeds: new Map(feeds),
    formats,
    hasPages,
    answersQueries: false,
    hubs: [],
  }
}
