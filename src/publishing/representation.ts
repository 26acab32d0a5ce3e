// A representation (RFC 9110 §3.2): the bytes of one document, with its media type and validators.
import { createHash } from 'node:crypto'
import type { FeedFormat } from '../domain/address.ts'
import type { Instant } from '../domain/article.ts'
import type { Directory } from '../domain/directory.ts'
import type { Feed } from '../domain/feed.ts'
import { FORMATS } from '../formats/formats.ts'
import { OPML_TYPE, opml } from '../formats/opml.ts'

export interface Representation {
  readonly body: Uint8Array<ArrayBuffer>
  readonly mediaType: string
  /** Strong, quoted, a digest of the body: the same bytes have the same tag on every machine. */
  readonly etag: string
  readonly lastModified: Instant
  /** The canonical URL. */
  readonly self: string
  /** Values of `Link` headers (RFC 8288): self, the hubs, the other formats. */
  readonly links: readonly string[]
}

/** The document of a feed from its entries, each written already. */
export function represent(
  feed: Feed,
  format: FeedFormat,
  entries: readonly Uint8Array[],
): Representation {
  const { mediaType, envelope, separator } = FORMATS[format]
  const [before, after] = envelope(feed)
  const between = Buffer.from(separator)
  const pieces = entries.flatMap((entry, at) => (at === 0 ? [entry] : [between, entry]))
  const body = Buffer.concat([Buffer.from(before), ...pieces, Buffer.from(after)])
  return {
    body,
    mediaType,
    etag: etagOf(body),
    lastModified: feed.updated,
    self: feed.self[format],
    links: linksOf(feed, format),
  }
}

/** The list of all feeds as a document. */
export function representOpml(directory: Directory, self: string): Representation {
  const body = Buffer.from(opml(directory))
  return {
    body,
    mediaType: OPML_TYPE,
    etag: etagOf(body),
    lastModified: directory.updated,
    self,
    links: [`<${self}>; rel="self"`],
  }
}

/** A strong entity tag: 128 bits of SHA-256 leave no room for two documents with one tag. */
function etagOf(body: Uint8Array): string {
  return `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
}

function linksOf(feed: Feed, format: FeedFormat): string[] {
  const others = (Object.keys(FORMATS) as FeedFormat[]).filter((other) => other !== format)
  return [
    `<${feed.self[format]}>; rel="self"`,
    ...feed.hubs.map((hub) => `<${new URL(hub).href}>; rel="hub"`),
    ...others.map(
      (other) => `<${feed.self[other]}>; rel="alternate"; type="${bare(FORMATS[other].mediaType)}"`,
    ),
    `<${feed.page}>; rel="alternate"; type="text/html"`,
  ]
}

function bare(mediaType: string): string {
  return mediaType.split(';')[0] ?? mediaType
}
