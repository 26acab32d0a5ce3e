// Conditional requests (RFC 9110 §13): what an answer is from the request's headers and the validators alone.
import type { Instant } from '../domain/article.ts'
import { readHttpDate } from './http-date.ts'

export interface Validators {
  /** Strong, quoted. */
  readonly etag: string
  readonly lastModified: Instant
}

export interface Conditions {
  readonly ifMatch?: string | undefined
  readonly ifNoneMatch?: string | undefined
  readonly ifModifiedSince?: string | undefined
  readonly ifUnmodifiedSince?: string | undefined
}

/** The status of a GET or HEAD that would be 200 without conditions; the order is RFC 9110 §13.2.2's. */
export function decide(
  conditions: Conditions,
  { etag, lastModified }: Validators,
): 200 | 304 | 412 {
  const { ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince } = conditions
  const second = Math.floor(lastModified / 1000) * 1000
  if (ifMatch !== undefined) {
    if (!matchesAny(ifMatch, etag, isStrong)) return 412
  } else if (ifUnmodifiedSince !== undefined) {
    const since = readHttpDate(ifUnmodifiedSince)
    if (since !== undefined && second > since) return 412
  }
  if (ifNoneMatch !== undefined) return matchesAny(ifNoneMatch, etag, () => true) ? 304 : 200
  if (ifModifiedSince !== undefined) {
    const since = readHttpDate(ifModifiedSince)
    if (since !== undefined && second <= since) return 304
  }
  return 200
}

/** `W/"x"` and `"x"` apart; the characters are those of RFC 9110 §8.8.3. */
const ENTITY_TAG = /(W\/)?"([\x21\x23-\x7e\x80-\uffff]*)"/g
/** What proxies put behind a tag when they change the coding. */
const PROXY_SUFFIX = /(?:-gzip|-br|-zstd|-deflate|;gzip|;br|--gzip)$/

function matchesAny(header: string, etag: string, comparable: (weak: boolean) => boolean): boolean {
  if (header.trim() === '*') return true
  const opaque = etag.slice(1, -1)
  return [...header.matchAll(ENTITY_TAG)].some(
    ([, weak, tag = '']) =>
      comparable(weak !== undefined) &&
      (tag === opaque || tag.replace(PROXY_SUFFIX, '') === opaque),
  )
}

function isStrong(weak: boolean): boolean {
  return !weak
}
