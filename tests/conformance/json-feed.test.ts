// JSON Feed 1.1: the grammar is itself tried, and the checklist's items are held against several feeds.
import { describe, expect, test } from 'vitest'
import { holdFeedsTo, leadsBack, type Rule, unlikeSummary, untrue } from './document.ts'
import { faultsOf, type JsonFeedDocument } from './json-feed-grammar.ts'
import { fetchText } from './readers/reader.ts'
import { activeContent, against, isUri, isWebUrl, relativeUrls, repeated, unless } from './rules.ts'

const ITEM = { id: '1', content_html: '<p>1</p>' }
const FEED = { version: 'https://jsonfeed.org/version/1.1', title: 'News', items: [ITEM] }
const withItem = (members: object) => ({ ...FEED, items: [{ ...ITEM, ...members }] })

const BAD: Record<string, unknown> = {
  'another version': { ...FEED, version: 'https://jsonfeed.org/version/1' },
  'no title': { version: FEED.version, items: [] },
  'no items': { version: FEED.version, title: 'News' },
  'an item without id': { ...FEED, items: [{ content_html: '' }] },
  'an empty id': withItem({ id: '' }),
  'a number for an id': withItem({ id: 1 }),
  'neither content_html nor content_text': { ...FEED, items: [{ id: '1' }] },
  'an RFC 822 date': withItem({ date_published: 'Mon, 09 Mar 2026 00:00:00 GMT' }),
  'a date without zone': withItem({ date_modified: '2026-03-09T00:00:00' }),
  'a relative URL': withItem({ url: '/1' }),
  'the author of 1.0': withItem({ author: { name: 'A' } }),
  'an author of nothing': withItem({ authors: [{}] }),
  'tags as text': withItem({ tags: 'a,b' }),
  'an attachment without mime_type': withItem({ attachments: [{ url: 'https://news.example/' }] }),
  'a member of one’s own without _': withItem({ sections: {} }),
  'a member of one’s own with a dot': withItem({ '_news.example': {} }),
  'a hub without type': { ...FEED, hubs: [{ url: 'https://hub.example/' }] },
  'a list': [FEED],
}

describe('the grammar of JSON Feed', () => {
  test('lets a good document pass', () => {
    const good = withItem({ _gazette: { a: 1 }, authors: [{ name: 'A' }], tags: ['b'] })
    expect(faultsOf(good)).toEqual([])
  })
  test.each(Object.keys(BAD))('finds %s', (name) => {
    expect(faultsOf(BAD[name])).toHaveLength(1)
  })
})

const RULES: Record<string, Rule<JsonFeedDocument>> = {
  'every member is one of JSON Feed 1.1 and holds what it may': ({ parsed }) => faultsOf(parsed),
  'each item has an id, unique and permanent': ({ parsed }) => [
    ...repeated(parsed.items.map(({ id }) => id)),
    ...against(
      parsed.items.map(({ id }) => id),
      isUri,
    ),
  ],
  'home_page_url and feed_url are given; feed_url is the feed’s own URL': async (document) => [
    ...against([document.parsed.home_page_url ?? ''], isWebUrl),
    ...(await leadsBack(document.parsed.feed_url ?? '', document)),
  ],
  'next_url differs from feed_url': ({ parsed }) =>
    unless(parsed.next_url === undefined || parsed.next_url !== parsed.feed_url, 'the same'),
  'title, summary, tags are plain text': ({ parsed, carried }) =>
    parsed.items.flatMap(({ title, summary }, at) => [
      ...unless(title === carried[at]?.title, `${title}`),
      ...unlikeSummary(summary, carried[at]),
    ]),
  'date_modified is the last change': ({ parsed, carried }) =>
    parsed.items.flatMap(({ date_modified = '', title }, at) =>
      unless(Date.parse(date_modified) === carried[at]?.updated, `${title}: ${date_modified}`),
    ),
  'no relative URLs in the content': ({ parsed }) =>
    parsed.items.flatMap(({ content_html = '' }) => relativeUrls(content_html)),
  'no script, iframe, object, on*= attributes in the content': ({ parsed }) =>
    parsed.items.flatMap(({ content_html = '' }) => activeContent(content_html)),
  'an attachment has the length and the type of its file': ({ parsed, gazette }) =>
    untrue(
      parsed.items.flatMap(({ attachments = [] }) =>
        attachments.map(({ url, mime_type, size_in_bytes }) => ({
          url,
          type: mime_type,
          length: `${size_in_bytes}`,
        })),
      ),
      gazette,
    ),
  'served as application/feed+json with charset=utf-8': ({ headers }) =>
    against(
      [headers.get('content-type') ?? ''],
      (type) => type === 'application/feed+json; charset=utf-8',
    ),
  'UTF-8 without a byte-order mark': ({ bytes }) => {
    // The constructor's `fatal` finds what is no UTF-8; JSON begins with the object itself (RFC 8259 §8.1).
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return unless(text.startsWith('{'), text.slice(0, 10))
  },
}

await holdFeedsTo<JsonFeedDocument>(RULES, {
  name: 'JSON Feed 1.1',
  format: 'json',
  parse: async (url) => JSON.parse(await fetchText(url)),
  idsOf: ({ parsed }) => parsed.items.map(({ id }) => id),
})
