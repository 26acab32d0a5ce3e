// A named feed as a podcast: what the directories require, as independent parsers read it.
import { parseRssFeed } from 'feedsmith'
import { expect, it } from 'vitest'
import type { Podcast } from '../../../src/domain/named-feed.ts'
import { entriesOf, parseStrictly } from '../support/documents.ts'
import { readFiles } from '../support/folder.ts'
import { article, HOUR, NOON, namedFeeds, publication } from '../support/publication.ts'
import { serverOf } from '../support/server.ts'

const PODCAST: Podcast = {
  image: 'https://news.example/media/show.png?a=1&b=2',
  category: 'Society & Culture',
  subcategory: 'Documentary',
  explicit: false,
}
const site = publication({
  feeds: namedFeeds({
    listen: { title: 'Listen', description: 'Sounds & voices', podcast: PODCAST },
    silent: { podcast: { image: 'https://i.example/a.jpg', category: 'News', explicit: true } },
    all: {},
  }),
})
const picture = { url: 'https://news.example/media/a.jpg', type: 'image/jpeg', length: 10 }
const bell = {
  url: 'https://news.example/media/bell.mp3',
  type: 'audio/mpeg',
  length: 999,
  duration: 61.6,
}
const { get } = serverOf(
  [
    article({ slug: 'bell', recordings: [bell], pictures: [picture] }),
    article({ slug: 'still', pictures: [picture], published: NOON - HOUR }),
    article({
      slug: 'long',
      recordings: [{ url: 'https://news.example/media/x.mp4', type: 'video/mp4', length: 5 }],
      published: NOON - 2 * HOUR,
    }),
    article({ slug: 'gone', withdrawn: { at: NOON + HOUR }, pictures: [picture] }),
  ],
  { site },
)
const text = async (path: string) => (await get(path)).text()

it('a podcast says what Apple Podcasts requires of a show', async () => {
  const document = await text('/feeds/listen/rss.xml')
  expect(parseStrictly(document).attributes['xmlns:itunes']).toBe(
    'http://www.itunes.com/dtds/podcast-1.0.dtd',
  )
  expect(parseRssFeed(document)).toMatchObject({
    title: 'Listen',
    description: 'Sounds & voices',
    language: 'en',
    itunes: {
      author: 'The Gazette',
      image: PODCAST.image,
      categories: [{ text: 'Society & Culture', categories: [{ text: 'Documentary' }] }],
      explicit: false,
    },
  })
  expect(parseRssFeed(await text('/feeds/silent/rss.xml')).itunes).toMatchObject({
    categories: [{ text: 'News' }],
    explicit: true,
  })
})

it('a podcast carries what has a recording alone, which is the enclosure, with its length in seconds', async () => {
  const { items } = parseRssFeed(await text('/feeds/listen/rss.xml'))
  expect(items?.map(({ enclosures, itunes }) => [enclosures?.[0]?.url, itunes?.duration])).toEqual([
    [bell.url, 62],
    ['https://news.example/media/x.mp4', undefined],
  ])
  const { items: same } = JSON.parse(await text('/feeds/listen/feed.json')) as { items: unknown[] }
  expect(same).toHaveLength(2)
  // The withdrawal of what never was in it is none of its news.
  expect(await text('/feeds/listen/atom.xml')).not.toContain('at:deleted-entry')
})

it('a podcast leaves other feeds with the same entries alone', async () => {
  const before = await text('/feeds/all/rss.xml')
  await text('/feeds/listen/rss.xml')
  expect(await text('/feeds/all/rss.xml')).toBe(before)
  expect(before).not.toContain('itunes')
  expect(entriesOf(before)).toHaveLength(3)
})

it('a podcast shows artwork from the content folder, which is served', async () => {
  const yaml = (image: string) =>
    `title: T\nurl: https://p.example/\nfeeds:\n  listen:\n    podcast: {image: ${image}, category: [News, Daily News]}\n`
  const { publication: read, problems } = await readFiles({
    'site.yaml': yaml('{file: show.png}'),
    'show.png': 'png',
  })
  expect(problems).toEqual([])
  expect(read?.feeds.get('listen')?.podcast).toEqual({
    image: 'https://p.example/media/show.png',
    category: 'News',
    subcategory: 'Daily News',
    explicit: false,
  })
  expect(read?.files).toContain('show.png')
  const missing = await readFiles({ 'site.yaml': yaml('{file: none.png}') })
  expect(missing.problems).toMatchObject([
    { line: 5, field: 'feeds.listen.podcast.image', sentence: expect.stringMatching(/not there/) },
  ])
})
