// A feed as Atom 1.0 (RFC 4287), with Media RSS and Dublin Core for what Atom has no element for.
import type { Extent } from '../domain/address.ts'
import type { Person } from '../domain/article.ts'
import type { Entry } from '../domain/entries.ts'
import type { Feed, Tombstone, Vocabulary } from '../domain/feed.ts'
import {
  asHtml,
  enclosures,
  mediaContents,
  NAMESPACES,
  otherFormats,
  rfc3339,
  rightsText,
  sectionLevels,
  textIn,
} from './entry-parts.ts'
import { atomEntry, atomFeed, mend } from './feed-library.ts'
import type { Format } from './format.ts'
import { MEDIA_TYPES } from './media-types.ts'
import { element, textElement, write, writeOpen, XML_DECLARATION, type XmlElement } from './xml.ts'

const TOMBSTONES = { 'xmlns:at': 'http://purl.org/atompub/tombstones/1.0' }

export const atom: Format = {
  mediaType: `${MEDIA_TYPES.atom}; charset=utf-8`,
  separator: '',
  envelope(feed) {
    const [before, after] = writeOpen(feedElement(feed))
    return [XML_DECLARATION + before, after]
  },
  entry: (entry, content, vocabulary) => write(entryElement(entry, content, vocabulary), 1),
}

function feedElement(feed: Feed): XmlElement {
  const { description, logo, icon } = feed
  const made = atomFeed({
    id: feed.id,
    link: feed.page,
    self: feed.self.atom,
    updated: new Date(feed.updated),
    description,
    copyright: rightsText(feed.rights),
    logo,
    icon,
  })
  const attributes = { ...made.attributes, ...NAMESPACES, ...TOMBSTONES, 'xml:lang': feed.language }
  // RFC 4287 §4.1.1: a feed has authors unless each of its entries has; the publication itself is the last resort.
  const authors = feed.authors.length > 0 ? feed.authors : [{ name: feed.publisher }]
  return mend({ ...made, attributes }, { title: [element('title', {}, feed.title)] }, [
    ...authors.map((author) => person('author', author)),
    ...feed.hubs.map((href) => element('link', { rel: 'hub', href })),
    ...Object.entries(feed.pages).map(([rel, { atom }]) => element('link', { rel, href: atom })),
    ...otherFormats(feed, 'atom').map((link) => element('link', link)),
    ...feed.tombstones.map(deletedEntry),
  ])
}

/** RFC 6721 §3: gone for good, when, by whom and why. */
function deletedEntry({ id, at, by, reason }: Tombstone): XmlElement {
  return element(
    'at:deleted-entry',
    { ref: id, when: rfc3339(at) },
    ...(by === undefined ? [] : [element('at:by', {}, element('name', {}, by))]),
    ...textElement('at:comment', reason),
  )
}

function entryElement(
  { article, related }: Entry,
  content: Extent,
  vocabulary: Vocabulary,
): XmlElement {
  const { link } = article
  const copied = article.sources.find(({ feed }) => feed !== undefined)
  const text = textIn(article, content)
  const made = atomEntry({
    id: article.id,
    link,
    date: new Date(article.updated),
    published: new Date(article.published),
    description: article.summary && asHtml(article.summary),
    content: text,
  })
  const attributes = { ...made.attributes, 'xml:lang': article.language }
  const replacements = {
    title: [element('title', {}, article.title)],
    link: [element('link', { rel: 'alternate', type: 'text/html', href: link })],
  }
  return mend({ ...made, attributes }, replacements, [
    ...article.authors.map((author) => person('author', author)),
    ...article.contributors.map((contributor) => person('contributor', contributor)),
    ...article.tags.map(({ term, label }) =>
      element('category', { term, scheme: vocabulary.tags, label }),
    ),
    ...sectionLevels(article).map(({ term, label }) =>
      element('category', { term, scheme: vocabulary.sections, label }),
    ),
    ...enclosures(article).map(({ url, type, length, title }) =>
      element('link', { rel: 'enclosure', type, length, href: url, title }),
    ),
    ...article.sources.flatMap(({ url, title }) =>
      url === undefined ? [] : [element('link', { rel: 'via', href: url, title })],
    ),
    ...related.map(({ url, title }) => element('link', { rel: 'related', href: url, title })),
    ...copiedFrom(copied),
    ...mediaContents(article.pictures, text !== undefined),
    // A source without an address can't be a link.
    ...article.sources.flatMap((source) =>
      source.url === undefined && source !== copied ? [element('dc:source', {}, source.title)] : [],
    ),
    ...textElement('rights', rightsText(article.rights)),
  ])
}

/** RFC 4287 §4.2.11: the feed that an entry was copied from; an entry has one at most. */
function copiedFrom(copied: Entry['article']['sources'][number] | undefined): XmlElement[] {
  if (copied?.feed === undefined) return []
  const { feed, title } = copied
  return [
    element(
      'source',
      {},
      element('id', {}, feed),
      element('title', {}, title),
      element('link', { rel: 'self', href: feed }),
    ),
  ]
}

function person(name: 'author' | 'contributor', { name: called, email, url }: Person): XmlElement {
  return element(
    name,
    {},
    element('name', {}, called),
    ...textElement('email', email),
    ...textElement('uri', url),
  )
}
