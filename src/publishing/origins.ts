// What documents and pages are made from, as digests: they differ where what is made would, and are told without making it.
import { hash } from 'node:crypto'
import type { Extent } from '../domain/address.ts'
import type { Entry } from '../domain/entries.ts'
import type { Feed } from '../domain/feed.ts'

/** Of a feed's documents, in all formats. */
export function feedDigest(feed: Feed, extent: Extent, entries: readonly Entry[]): string {
  return digestOf(JSON.stringify([feed, extent, entries.map(entryDigest)]))
}

const digests = new WeakMap<Entry, string>()

/** Once, however many feeds carry it. */
export function entryDigest(entry: Entry): string {
  const known = digests.get(entry)
  if (known !== undefined) return known
  // As it is, without a copy that leaves something out or sorts it: one that an earlier process kept has its facts in
  // the same order.
  const digest = digestOf(JSON.stringify([entry.article, entry.related]))
  digests.set(entry, digest)
  return digest
}

/** 96 bits. */
export function digestOf(text: string): string {
  return hash('sha256', text, 'base64url').slice(0, 16)
}
