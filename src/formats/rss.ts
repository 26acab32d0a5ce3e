// A feed as RSS 2.0, with the RSS Advisory Board's profile, Dublin Core, Media RSS and content:encoded.
import type { Extent } from '../domain/address.ts'
import type { Entry } from '../domain/entries.ts'
import type { Feed, Vocabulary } from '../domain/feed.ts'
import {
  asHtml,
  enclosures,
  mediaContents,
  mediaRecordings,
  NAMESPACES,
  otherFormats,
  rfc3339,
  rightsText,
  sectionLevels,
  textIn,
} from './entry-parts.ts'
import { mend, rssChannel, rssItem } from './feed-library.ts'
import type { Format } from './format.ts'
import { MEDIA_TYPES } from './media-types.ts'
import { ITUNES, podcastChannel, podcastItem } from './podcast.ts'
import { element, textElement, write, writeOpen, XML_DECLARATION, type XmlElement } from './xml.ts'

const ATTRIBUTES = {
  version: '2.0',
  'xmlns:atom': 'http://www.w3.org/2005/Atom',
  'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
  ...NAMESPACES,
}
const ROOT = writeOpen(element('rss', ATTRIBUTES))
const PODCAST_ROOT = writeOpen(element('rss', { ...ATTRIBUTES, ...ITUNES }))

export const rss: Format = {
  mediaType: `${MEDIA_TYPES.rss}; charset=utf-8`,
  separator: '',
  envelope(feed) {
    const [open, close] = feed.podcast === undefined ? ROOT : PODCAST_ROOT
    const [before, after] = writeOpen(channel(feed), 1)
    return [XML_DECLARATION + open + before, after + close]
  },
  entry: (entry, content, vocabulary) => write(item(entry, content, vocabulary), 2),
}

function channel(feed: Feed): XmlElement {
  const { title, description, page, updated, language, logo, contact } = feed
  const made = rssChannel({
    id: feed.id,
    link: page,
    self: feed.self.rss,
    updated: new Date(updated),
    description,
    language,
    copyright: rightsText(feed.rights),
    logo,
  })
  // RSS 2.0 "image": its title and link are the channel's.
  const image =
    logo === undefined
      ? []
      : [
          element(
            'image',
            {},
            element('url', {}, logo),
            element('title', {}, title),
            element('link', {}, page),
          ),
        ]
  return mend(made, { title: [element('title', {}, title)], image }, [
    ...textElement('managingEditor', contact && `${contact.email} (${contact.name})`),
    ...feed.hubs.map((href) => element('atom:link', { rel: 'hub', href })),
    ...Object.entries(feed.pages).map(([rel, { rss }]) => element('atom:link', { rel, href: rss })),
    ...otherFormats(feed, 'rss').map((link) => element('atom:link', link)),
    ...podcastChannel(feed),
  ])
}

function item({ article }: Entry, content: Extent, vocabulary: Vocabulary): XmlElement {
  const text = textIn(article, content)
  const made = rssItem({
    id: article.id,
    link: article.link,
    date: new Date(article.published),
    description: article.summary && asHtml(article.summary),
    content: text,
  })
  // RSS has room for one enclosure (profile "enclosure"): the first recording, else a picture.
  const enclosure = enclosures(article).slice(0, 1)
  const additions = [
    element('atom:updated', {}, rfc3339(article.updated)),
    ...article.authors.flatMap(({ name }) => textElement('dc:creator', name)),
    ...article.contributors.flatMap(({ name }) => textElement('dc:contributor', name)),
    ...article.tags.map(({ label }) => element('category', { domain: vocabulary.tags }, label)),
    ...sectionLevels(article).map(({ path }) =>
      element('category', { domain: vocabulary.sections }, path),
    ),
    ...enclosure.map(({ url, length, type }) => element('enclosure', { url, length, type })),
    ...(vocabulary.isPodcast ? podcastItem(article) : []),
    ...mediaContents(article.pictures, text !== undefined),
    ...mediaRecordings(article.recordings.slice(1)),
    ...sources(article.sources),
    ...textElement('dc:rights', rightsText(article.rights)),
    ...(article.language === vocabulary.language
      ? []
      : textElement('dc:language', article.language)),
  ]
  return {
    ...made,
    children: [element('title', {}, article.title), ...made.children, ...additions],
  }
}

/** `source` where the only one is a feed, else a `dc:source` each: together the W3C validator warns of both. */
function sources(all: Entry['article']['sources']): XmlElement[] {
  const [only] = all
  if (all.length === 1 && only?.feed !== undefined)
    return [element('source', { url: only.feed }, only.title)]
  return all.map((source) => element('dc:source', {}, source.title))
}
