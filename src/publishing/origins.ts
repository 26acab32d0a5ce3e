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

const digests = new WeakMap<Article, string>()

/** Of one that has none, once, however many feeds carry it. */
export function articleDigest(article: Article): string {
  if (article.digest !== undefined) return article.digest
  const digest = digests.get(article) ?? digestOf(JSON.stringify(article))
  digests.set(article, digest)
  return digest
}

/** 96 bits. */
export function digestOf(text: string): string {
  return hash('sha256', text, 'base64url').slice(0, 16)
}
