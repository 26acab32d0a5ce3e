// What RSS and Atom say in the same elements: Dublin Core and Media RSS, and the facts behind them.
import type { Extent, FeedFormat } from '../domain/address.ts'
import type { Article, Picture, Recording, Rights } from '../domain/article.ts'
import type { Feed } from '../domain/feed.ts'
import { MEDIA_TYPES } from './media-types.ts'
import { element, textElement, type XmlElement } from './xml.ts'

export const NAMESPACES = {
  'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
  'xmlns:media': 'http://search.yahoo.com/mrss/',
} as const

/** An article's text as HTML; nothing where it has none, or the feed carries summaries alone. */
export function textIn({ html }: Article, extent: Extent): string | undefined {
  return html === '' || extent === 'summary' ? undefined : html
}

/**
 * Media RSS 1.5: the pictures, each with its size, caption and credit. Captions are plain text, which is the default:
 * where `type="plain"` says so, rss2email sends the caption in place of the article.
 * @param hasText whether the entry has its text. In one without, feedparser takes a description of a picture for it.
 */
export function mediaContents(pictures: readonly Picture[], hasText: boolean): XmlElement[] {
  const said = hasText ? 'media:description' : 'media:title'
  return pictures.map((picture) =>
    element(
      'media:content',
      {
        url: picture.url,
        type: picture.type,
        medium: 'image',
        fileSize: picture.length,
        width: picture.width,
        height: picture.height,
      },
      ...textElement(said, picture.caption ?? picture.alt),
      ...textElement('media:credit', picture.credit, { role: 'photographer', scheme: 'urn:ebu' }),
    ),
  )
}

/** The attributes of the links to the feed's documents in other formats. */
export function otherFormats(feed: Feed, format: FeedFormat): Record<string, string>[] {
  return feed.formats
    .filter((other) => other !== format)
    .map((other) => ({ rel: 'alternate', type: MEDIA_TYPES[other], href: feed.self[other] }))
}

/** Copyright, reprint conditions and disclaimer as one text, a line each. */
export function rightsText(rights: Rights): string | undefined {
  const lines = [rights.copyright, rights.reprint, rights.disclaimer].filter(
    (line) => line !== undefined,
  )
  return lines.length === 0 ? undefined : lines.join('\n')
}

/** Media RSS 1.5: recordings, each with its title, length in seconds and in bytes. */
export function mediaRecordings(recordings: readonly Recording[]): XmlElement[] {
  return recordings.map(({ url, type, length, title, duration }) =>
    element(
      'media:content',
      {
        url,
        type,
        medium: /^(audio|video)(?=\/)/.exec(type)?.[0],
        fileSize: length === 0 ? undefined : length,
        duration: duration === undefined ? undefined : Math.round(duration),
      },
      ...textElement('media:title', title),
    ),
  )
}

/** What a reader can fetch beside the text. */
interface Enclosure {
  readonly url: string
  readonly type: string
  /** Bytes; 0 where nobody knows. */
  readonly length: number
  readonly title?: string | undefined
  /** Seconds. */
  readonly duration?: number
}

/** Recordings first, then the pictures of a known type. */
export function enclosures({ recordings, pictures }: Article): Enclosure[] {
  return [
    ...recordings,
    ...pictures.flatMap(({ url, type, length = 0, caption }) =>
      type === undefined ? [] : [{ url, type, length, title: caption }],
    ),
  ]
}

/** An instant as RFC 3339, in UTC. */
export function rfc3339(instant: number): string {
  return new Date(instant).toISOString()
}

/** Plain text as HTML that shows it. */
export function asHtml(text: string): string {
  return text.replace(/[&<>]/g, (found) =>
    found === '&' ? '&amp;' : found === '<' ? '&lt;' : '&gt;',
  )
}

/** The sections that an article stands in and each above them, once, outermost first, with their label paths. */
export function sectionLevels(article: Article): { term: string; label: string; path: string }[] {
  const levels = article.sections.flatMap((path) =>
    path.map(({ term, label }, at) => ({
      term,
      label,
      path: path
        .slice(0, at + 1)
        .map((level) => level.label)
        .join('/'),
    })),
  )
  return [...new Map(levels.map((level) => [level.term, level])).values()]
}
