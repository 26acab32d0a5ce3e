// feedsmith (npm, fast-xml-parser): the one reader here that reads all three formats.
import { type AtomFeed, type JsonFeed, parseFeed, type RssFeed } from 'feedsmith'
import { FORMATS, fetchText, present, type ReadEntry, type Reader, utc } from './reader.ts'

export const feedsmith: Reader = { name: 'feedsmith', reads: FORMATS, cannot: '', losses: [], read }

async function read(url: string): Promise<ReadEntry[]> {
  const parsed = parseFeed(await fetchText(url))
  if (parsed.format === 'rss') return (parsed.feed.items ?? []).map(readItem)
  if (parsed.format === 'atom') return (parsed.feed.entries ?? []).map(readAtomEntry)
  if (parsed.format === 'json') return (parsed.feed.items ?? []).map(readJsonItem)
  throw new Error(`${url} is ${parsed.format} to feedsmith`)
}

function readItem(item: RssFeed.Item<string>): ReadEntry {
  return present({
    id: item.guid?.value,
    title: item.title ?? '',
    link: item.link,
    published: utc(item.pubDate),
    authors: item.dc?.creators ?? [],
    categories: (item.categories ?? []).map(({ name }) => name ?? ''),
    html: item.content?.encoded ?? item.description,
  })
}

function readAtomEntry(entry: AtomFeed.Entry<string>): ReadEntry {
  return present({
    id: entry.id,
    title: entry.title?.value ?? '',
    link: entry.links?.find(({ rel = 'alternate' }) => rel === 'alternate')?.href,
    published: utc(entry.published),
    authors: (entry.authors ?? []).map(({ name }) => name ?? ''),
    categories: (entry.categories ?? []).map(({ label, term }) => label ?? term ?? ''),
    html: entry.content?.value ?? entry.summary?.value,
  })
}

function readJsonItem(item: JsonFeed.Item<string>): ReadEntry {
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
