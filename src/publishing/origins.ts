// What documents and pages are made from, as digests: they differ where what is made would, and are told without making it.
import { hash } from 'node:crypto'
import type { Extent } from '../domain/address.ts'
import type { Article } from '../domain/article.ts'
import type { Entry } from '../domain/entries.ts'
import type { Feed } from '../domain/feed.ts'

/** Of a feed's documents, in all formats. */
export function feedDigest(feed: Feed, extent: Extent, entries: readonly Entry[]): string {
  return digestOf(JSON.stringify([feed, extent, entries.map(entryDigest)]))
}

export function entryDigest({ article, related }: Entry): string {
  const digest = articleDigest(article)
  return related.length === 0 ? digest : digestOf(digest + JSON.stringify(related))
}

export function articleDigest(article: Article): string {
  return article.digest ?? digestOf(JSON.stringify(article))
}

/** All that a value says, as JSON, which knows no maps and sets. */
export function wholeJson(value: unknown): string {
  return JSON.stringify(value, (_, part) =>
    part instanceof Map || part instanceof Set ? [...part] : part,
  )
}

/** 96 bits. */
export function digestOf(text: string): string {
  return hash('sha256', text, 'base64url').slice(0, 16)
}
