// A representation (RFC 9110 §3.2): the bytes of one document, with its media type and validators.
import type { FeedFormat } from '../domain/address.ts'
import type { Instant } from '../domain/article.ts'
import type { Directory } from '../domain/directory.ts'
import type { Feed } from '../domain/feed.ts'
import { FORMATS } from '../formats/formats.ts'
import { MEDIA_TYPES } from '../formats/media-types.ts'
import { OPML_TYPE, opml } from '../formats/opml.ts'
import { tagOf, tagOfFile, type WrittenEntry } from './delta.ts'

export interface Representation {
  readonly mediaType: string
  /** Bytes of its body, which is all of its entries in their frame. */
  readonly length: number
  /** Strong, quoted, a digest of all that the body is made of: the same bytes have the same tag on every machine. */
  readonly etag: string
  readonly lastModified: Instant
  /** The canonical URL. */
  readonly self: string
  /** Values of `Link` headers (RFC 8288): self, the hubs, the other formats. */
  readonly links: readonly string[]
  readonly entries: readonly WrittenEntry[]
  /**
   * Makes a document of any of its entries, anew each time. Keeping all of them joined took a third of the cost of a feed that
   * is asked for once, most of it in the garbage collector.
   */
  readonly frame: (entries: readonly WrittenEntry[]) => Uint8Array<ArrayBuffer>
  /** The ids of entries that it says have left. */
  readonly told: readonly string[]
  /** Whether there are older entries than it had room for. */
  readonly isCut: boolean
}

/**
 * The document of a feed from its entries, each written already.
 * @param lastModified when it last became another; not before `feed.updated`.
 */
export function represent(
  feed: Feed,
  format: FeedFormat,
  entries: readonly WrittenEntry[],
  lastModified: Instant,
): Representation {
  const { mediaType, envelope, separator } = FORMATS[format]
  const around = envelope(feed)
  const [before, after] = around.map((text) => Buffer.from(text)) as [Buffer, Buffer]
  const between = Buffer.from(separator)
  const partsOf = (some: readonly WrittenEntry[]) => {
    const parts: Uint8Array[] = [before]
    for (const { bytes } of some) {
      if (parts.length > 1 && between.length > 0) parts.push(between)
      parts.push(bytes)
    }
    parts.push(after)
    return parts
  }
  const gaps = Math.max(0, entries.length - 1) * between.length
  let length = before.length + gaps + after.length
  for (const { bytes } of entries) length += bytes.length
  return {
    mediaType,
    length,
    etag: `"${tagOf(around.join(''), entries)}"`,
    lastModified,
    self: feed.self[format],
    links: linksOf(feed, format),
    entries,
    frame: (some) => Buffer.concat(partsOf(some)),
    // RFC 6721 is Atom's alone.
    told: format === 'atom' ? feed.tombstones.map(({ id }) => id) : [],
    isCut: feed.pages.next !== undefined,
  }
}

/** The list of all feeds as a document. */
export function representOpml(
  directory: Directory,
  self: string,
  lastModified: Instant,
): Representation {
  const body = Buffer.from(opml(directory))
  return {
    ...representFile(body, OPML_TYPE, self, lastModified),
    links: [`<${self}>; rel="self"`],
  }
}

/** A document that has no entries: a list, a page, a stylesheet. */
export function representFile(
  body: Uint8Array<ArrayBuffer>,
  mediaType: string,
  self: string,
  lastModified: Instant,
): Representation {
  return {
    mediaType,
    length: body.length,
    etag: `"${tagOfFile(body)}"`,
    lastModified,
    self,
    links: [],
    entries: [],
    frame: () => body,
    told: [],
    isCut: false,
  }
}

export function bodyOf({ frame, entries }: Representation): Uint8Array<ArrayBuffer> {
  return frame(entries)
}

function linksOf(feed: Feed, format: FeedFormat): string[] {
  const others = feed.formats.filter((other) => other !== format)
  return [
    `<${feed.self[format]}>; rel="self"`,
    ...feed.hubs.map((hub) => `<${hub}>; rel="hub"`),
    ...others.map(
      (other) => `<${feed.self[other]}>; rel="alternate"; type="${MEDIA_TYPES[other]}"`,
    ),
    ...(feed.page === feed.self.html ? [`<${feed.page}>; rel="alternate"; type="text/html"`] : []),
  ]
}
