// Conditional requests (RFC 9110 §13): the request's headers and the validators alone decide between 200, 304 and 412.
import type { Instant } from '../domain/article.ts'
import { readHttpDate } from './http-date.ts'
import type { HeaderReader } from './request.ts'

export interface Validators {
  /** Of the coding that would be sent; strong, quoted. */
  readonly etag: string
  /** The tag, quoted, that the tags of all codings of the document begin with. */
  readonly document: string
  readonly lastModified: Instant
}

export interface Conditions {
  readonly ifMatch?: string | undefined
  readonly ifNoneMatch?: string | undefined
  readonly ifModifiedSince?: string | undefined
  readonly ifUnmodifiedSince?: string | undefined
}

export function conditionsIn(header: HeaderReader): Conditions {
  return {
    ifMatch: header('if-match'),
    ifNoneMatch: header('if-none-match'),
    ifModifiedSince: header('if-modified-since'),
    ifUnmodifiedSince: header('if-unmodified-since'),
  }
}

/** The status of a GET or HEAD that would be 200 without conditions; the order is RFC 9110 §13.2.2's. */
export function decide(conditions: Conditions, validators: Validators): 200 | 304 | 412 {
  const { ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince } = conditions
  const second = Math.floor(validators.lastModified / 1000) * 1000
  if (ifMatch !== undefined) {
    if (!matchesStrongly(ifMatch, validators.etag)) return 412
  } else if (ifUnmodifiedSince !== undefined) {
    const since = readHttpDate(ifUnmodifiedSince)
    if (since !== undefined && second > since) return 412
  }
  if (ifNoneMatch !== undefined) return matchesWeakly(ifNoneMatch, validators.document) ? 304 : 200
  if (ifModifiedSince !== undefined) {
    const since = readHttpDate(ifModifiedSince)
    if (since !== undefined && second <= since) return 304
  }
  return 200
}

/**
 * The tag that a 304 names (RFC 9110 §15.4.5): the one that the client sent, if it is the document's own in any coding at any
 * level. At another tag a cache would conclude that it doesn't have the document (RFC 9111 §4.3.4).
 */
export function notModifiedTag(
  ifNoneMatch: string | undefined,
  { etag, document }: Validators,
): string {
  const own = tagsIn(ifNoneMatch ?? '').find(
    ({ opaque }) =>
      opaque.startsWith(document.slice(1, -1)) &&
      /^(?:-(?:gzip|br|zstd)\d+)?$/.test(opaque.slice(document.length - 2)),
  )
  return own === undefined ? etag : `"${own.opaque}"`
}

/** `W/"x"` and `"x"` apart; the characters are those of RFC 9110 §8.8.3. */
const ENTITY_TAG = /(W\/)?"([\x21\x23-\x7e\x80-\uffff]*)"/g
/** What we and proxies append to a document's tag for its coding. The tag itself may end in a hyphen. */
const CODING_SUFFIXES = /^(?:[-;]+(?:gzip|br|zstd|deflate)\d*)*$/

function matchesStrongly(header: string, etag: string): boolean {
  return isAny(header) || tagsIn(header).some(({ weak, opaque }) => !weak && `"${opaque}"` === etag)
}

/** Whether a tag names the document in any coding: a client that has one needs no other. */
function matchesWeakly(header: string, document: string): boolean {
  return isAny(header) || tagsIn(header).some(({ opaque }) => names(opaque, document.slice(1, -1)))
}

function names(opaque: string, document: string): boolean {
  return opaque.startsWith(document) && CODING_SUFFIXES.test(opaque.slice(document.length))
}

function isAny(header: string): boolean {
  return header.trim() === '*'
}

/** The entity tags of a header; `opaque` is what stands between the quotes. */
export function tagsIn(header: string): { weak: boolean; opaque: string }[] {
  return [...header.matchAll(ENTITY_TAG)].map(([, weak, opaque = '']) => ({
    weak: weak !== undefined,
    opaque,
  }))
}
