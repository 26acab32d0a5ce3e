// A format: how a feed is written. An envelope around entries that are each written once.
import type { Extent } from '../domain/address.ts'
import type { Entry } from '../domain/entries.ts'
import type { Feed, Vocabulary } from '../domain/feed.ts'

export interface Format {
  /** With `charset=utf-8` (RFC 7303 §3). */
  readonly mediaType: string
  /** What stands before and after the entries. */
  readonly envelope: (feed: Feed) => readonly [before: string, after: string]
  /** One entry, the same in every feed that carries it. */
  readonly entry: (entry: Entry, content: Extent, vocabulary: Vocabulary) => string
  /** What stands between two entries. */
  readonly separator: string
}
