// The directory of feeds as OPML 2.0, for import into a reader.
import type { Directory, ListedFeed } from '../domain/directory.ts'
import { element, write, XML_DECLARATION, type XmlElement } from './xml.ts'

export const OPML_TYPE = 'text/x-opml; charset=utf-8'

export function opml(directory: Directory): string {
  const { title, language, updated, everything, groups } = directory
  const document = element(
    'opml',
    { version: '2.0' },
    element(
      'head',
      {},
      element('title', {}, title),
      // OPML 2.0: dates are those of RFC 822.
      element('dateModified', {}, new Date(updated).toUTCString()),
    ),
    element(
      'body',
      {},
      outline(everything, language),
      // A folder has `text` alone: with more it would need a type.
      ...groups.map(({ title, feeds }) =>
        element('outline', { text: title }, ...feeds.map((feed) => outline(feed, language))),
      ),
    ),
  )
  return XML_DECLARATION + write(document)
}

/** By the first document that the feed has; `version` knows those of RSS alone. */
function outline({ title, urls, formats }: ListedFeed, language: string): XmlElement {
  const [format = 'rss'] = formats
  return element('outline', {
    type: 'rss',
    text: title,
    title,
    xmlUrl: urls[format],
    htmlUrl: urls.html,
    language,
    version: format === 'rss' ? 'RSS2' : undefined,
  })
}
