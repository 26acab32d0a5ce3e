// A feed as JSON Feed 1.1; what it has no member for stands in `_gazette`.
import type { Extent } from '../domain/address.ts'
import type { Person } from '../domain/article.ts'
import type { Entry } from '../domain/entries.ts'
import type { Feed } from '../domain/feed.ts'
import { enclosures, rfc3339, sectionLevels, textIn } from './entry-parts.ts'
import type { Format } from './format.ts'
import { MEDIA_TYPES } from './media-types.ts'

export const jsonFeed: Format = {
  mediaType: `${MEDIA_TYPES.json}; charset=utf-8`,
  separator: ',\n',
  envelope(feed) {
    const head = JSON.stringify(headOf(feed), undefined, 1)
    return [`${head.slice(0, -'\n}'.length)},\n "items": [\n`, '\n]}\n']
  },
  entry: (entry, content) => JSON.stringify(item(entry, content)),
}

function headOf(feed: Feed): object {
  return compact({
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: feed.page,
    feed_url: feed.self.json,
    next_url: feed.pages.next?.json,
    description: feed.description,
    icon: feed.icon ?? feed.logo,
    favicon: feed.icon,
    language: feed.language,
    authors: list(feed.authors.map(author)),
    hubs: list(feed.hubs.map((url) => ({ type: 'WebSub', url }))),
    _gazette: compact({ rights: compact(feed.rights) }),
  })
}

function item({ article, related }: Entry, content: Extent): object {
  const [lead] = article.pictures
  const text = textIn(article, content)
  return compact({
    id: article.id,
    url: article.link,
    external_url: article.sources.find(({ url }) => url !== undefined)?.url,
    title: article.title,
    content_html: text,
    // JSON Feed 1.1: an item has the one or the other.
    content_text: text === undefined ? (article.summary ?? article.title) : undefined,
    summary: article.summary,
    image: lead?.url,
    date_published: rfc3339(article.published),
    date_modified: rfc3339(article.updated),
    authors: list(article.authors.map(author)),
    tags: list([
      ...new Set([...article.tags, ...sectionLevels(article)].map(({ label }) => label)),
    ]),
    language: article.language,
    attachments: list(attachments(article)),
    _gazette: compact({
      contributors: list(article.contributors),
      sections: list(
        article.sections.map((path) => path.map(({ term, label }) => ({ term, label }))),
      ),
      pictures: list(article.pictures),
      sources: list(article.sources),
      related: list(related),
      rights: compact(article.rights),
    }),
  })
}

function author({ name, url }: Person): object {
  return compact({ name, url })
}

function attachments(article: Entry['article']): object[] {
  return enclosures(article).map(({ url, type, length, title, duration }) =>
    compact({
      url,
      mime_type: type,
      title,
      size_in_bytes: length === 0 ? undefined : length,
      duration_in_seconds: duration,
    }),
  )
}

/** An object without the members that say nothing. */
function compact(object: object): object {
  return Object.fromEntries(
    Object.entries(object).filter(
      ([, value]) =>
        value !== undefined && !(value?.constructor === Object && Object.keys(value).length === 0),
    ),
  )
}

function list<T>(items: readonly T[]): readonly T[] | undefined {
  return items.length === 0 ? undefined : items
}
