// What an export is to hold, and the publication reduced to that, so that no file promises what isn't there.
import { FEED_FORMATS, type FeedFormat } from '../domain/address.ts'
import type { NamedFeed } from '../domain/named-feed.ts'
import type { Publication } from '../domain/publication.ts'

export interface Wishes {
  readonly formats: readonly FeedFormat[]
  /** Whether there are pages beside the feeds. */
  readonly hasPages: boolean
  /** Whether `.gz` and `.br` are put beside what is worth packing. */
  readonly isPacked: boolean
}

/** The formats of a list; nothing where it names something else, or no format. */
export function readFormats(list: string): readonly FeedFormat[] | undefined {
  const names = new Set<string>(list.split(','))
  const formats = FEED_FORMATS.filter((format) => names.delete(format))
  return names.size > 0 ? undefined : formats
}

/** A publication without queries, which files don't answer, and without hubs, which nobody would tell of changes in files. */
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
