// A named feed: a filter that the publication saved under a name, for partners and aggregators.
import type { Extent, FeedFormat } from './address.ts'
import { type Article, type Instant, leftAt } from './article.ts'
import type { Filter } from './filter.ts'

/** What opens a private feed; the secret itself is known only to whom it was given. */
export interface Token {
  /** Whose it is, so that it can be taken back. */
  readonly name: string
  /** SHA-256 of the secret, 64 lower-case hexadecimal digits. */
  readonly hash: string
}

/** What podcast directories want to know of a feed beside what every feed says. */
export interface Podcast {
  /** Absolute: the show's artwork. */
  readonly image: string
  /** Of the directories' own list. */
  readonly category: string
  readonly subcategory?: string
  /** Whether it isn't for children. */
  readonly explicit: boolean
}

export interface NamedFeed {
  /** A slug: its place in the address. */
  readonly name: string
  readonly title?: string
  readonly description?: string
  readonly filter: Filter
  /** Entries in a document where a request doesn't say, and the most that one may ask for. */
  readonly limit: number
  /** `summary`: nobody is given more. */
  readonly content: Extent
  /** Milliseconds from an article's publication to its entry here. */
  readonly delay: number
  /** The formats that it is written in, one or more, in the order of `FEED_FORMATS`. */
  readonly formats: readonly FeedFormat[]
  /** Where it is a podcast: then it carries only what has a recording. */
  readonly podcast?: Podcast
  /** Only where it is private: who may read it; empty where nobody may any more. */
  readonly tokens?: readonly Token[]
}

/** The feed that opens for a name and, where it is private, a secret; nothing where it doesn't or there is none. */
export type Opening = (name: string, secret: string | undefined) => NamedFeed | undefined

/** Whether an article that the feed's filter is about can be an entry of it. */
export function isFit(article: Article, feed: NamedFeed | undefined): boolean {
  return feed?.podcast === undefined || article.recordings.length > 0
}

/** When an article enters a feed that waits so many milliseconds. */
export function entersAt(article: Article, delay: number): Instant {
  return article.published + delay
}

/** Whether an article was published, but left all feeds before it entered one with this delay. */
export function leftBeforeEntering(article: Article, delay: number): boolean {
  const left = leftAt(article)
  return left > article.published && left <= entersAt(article, delay)
}

export function isPrivate(feed: NamedFeed | undefined): boolean {
  return feed?.tokens !== undefined
}

/** The delays that a publication's feeds wait, in milliseconds, each once. */
export function delaysOf(feeds: ReadonlyMap<string, NamedFeed>): number[] {
  return [...new Set([...feeds.values()].map(({ delay }) => delay))].filter((delay) => delay > 0)
}
