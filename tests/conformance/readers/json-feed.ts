// A reader of JSON Feed 1.1 that takes nothing but what the specification allows: the second one beside feedsmith.
import { type JsonFeedItem, readStrictly } from '../json-feed-grammar.ts'
import { fetchText, present, type ReadEntry, type Reader, utc } from './reader.ts'

export const strictJsonFeed: Reader = {
  name: 'JSON Feed 1.1 to the letter',
  reads: ['json'],
  cannot: 'it is written for JSON Feed',
  losses: [],
  read: async (url) => readStrictly(JSON.parse(await fetchText(url))).items.map(readItem),
}

function readItem(item: JsonFeedItem): ReadEntry {
  return present({
    id: item.id,
    title: item.title ?? '',
    link: item.url,
    published: utc(item.date_published),
    authors: (item.authors ?? []).map(({ name }) => name ?? ''),
    categories: item.tags ?? [],
    html: item.content_html ?? item.content_text,
  })
}
