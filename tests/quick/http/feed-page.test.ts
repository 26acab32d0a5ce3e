// The page of a feed: it shows what its documents carry, and how to subscribe.
import { fromHtml } from 'hast-util-from-html'
import { toText } from 'hast-util-to-text'
import { afterEach, describe, expect, it } from 'vitest'
import { only, parseStrictly } from '../support/documents.ts'
import { discoveredIn, elementsIn, headingOf, linksOf } from '../support/html.ts'
import {
  addressesIn,
  articles,
  BROWSER,
  entriesIn,
  failures,
  get,
  pageAt,
  SECRET,
  site,
} from '../support/pages.ts'
import { serverOf } from '../support/server.ts'

afterEach(() => expect(failures).toEqual([]))

describe('the page of a feed', () => {
  it.each([
    ['/tags/exports/', '/tags/exports/feed.json'],
    ['/categories/news/', '/categories/news/feed.json'],
    ['/authors/newsroom/', '/authors/newsroom/feed.json'],
    ['/feeds/desk/', '/feeds/desk/feed.json'],
    ['/?tag=exports,trade', '/feed.json?tag=exports,trade'],
    ['/?limit=1', '/feed.json?limit=1'],
    ['/?limit=1&page=2', '/feed.json?limit=1&page=2'],
    ['/tags/nothing-at-all/', '/tags/nothing-at-all/feed.json'],
  ])('%s shows the entries of %s', async (path, document) => {
    const answer = await get(document)
    const { items = [] } = (await answer.json()) as { items?: { url: string }[] }
    expect(entriesIn(await pageAt(path))).toEqual(items.map(({ url }) => url))
    expect((await get(path, BROWSER)).status).toBe(answer.status)
  })

  it.each([
    ['/tags/exports/', 'Exports', 'Exports · The Gazette'],
    ['/?tag=exports,trade&lang=en', 'Exports or trade · en', 'Exports or trade · en · The Gazette'],
    ['/feeds/desk/', 'The desk', 'The desk · The Gazette'],
    ['/feeds/desk/?tag=c%2B%2B', 'The desk · C++', 'The desk · C++ · The Gazette'],
    [`/feeds/partners/${SECRET}/`, 'partners', 'partners · The Gazette'],
    ['/?limit=1&page=2', 'The Gazette', 'The Gazette'],
  ])(
    '%s says what it is about under the masthead, and first in a tab: %s',
    async (path, heading, title) => {
      const page = await pageAt(path)
      expect(headingOf(page)).toBe(heading)
      expect(elementsIn(page, 'title').map((element) => toText(element))).toEqual([title])
    },
  )

  it('was updated when its document was', async () => {
    const page = await pageAt('/tags/exports/')
    const [updated] = elementsIn(page, 'time')
    const document = parseStrictly(await (await get('/tags/exports/atom.xml')).text())
    const inDocument = Date.parse(only(document, 'updated').text)
    expect(Date.parse(String(updated?.properties.dateTime))).toBe(inDocument)
  })

  it('has its addresses to copy, an app to open, and readers to subscribe with', async () => {
    const page = await pageAt('/tags/exports/')
    expect(addressesIn(page)).toEqual([
      'https://news.example/tags/exports/rss.xml',
      'https://news.example/tags/exports/atom.xml',
      'https://news.example/tags/exports/feed.json',
    ])
    expect(linksOf(page)).toContain('feed:https://news.example/tags/exports/rss.xml')
    expect(linksOf(page)).toContain(
      'https://reader.example/?add=https%3A%2F%2Fnews.example%2Ftags%2Fexports%2Frss.xml',
    )
  })

  it('is subscribed to where what is new comes first, on its further pages too', async () => {
    const page = await pageAt('/?limit=1&page=2')
    const first = ['rss.xml', 'atom.xml', 'feed.json'].map(
      (file) => `https://news.example/${file}?limit=1`,
    )
    expect(addressesIn(page)).toEqual(first)
    expect(discoveredIn(page).slice(0, 3)).toEqual(first)
    expect(linksOf(page)).toContain(`feed:${first[0]}`)
    expect(linksOf(page)).toContain('https://news.example/rss.xml?limit=1&page=2&raw')
  })

  it('leads to its other pages, and out of range there is none', async () => {
    const relOf = (page: string, rel: string) =>
      elementsIn(page, 'a').find(({ properties }) => [properties.rel].flat().includes(rel))
        ?.properties.href
    const page = await pageAt('/?limit=1&page=2')
    expect(relOf(page, 'prev')).toBe('https://news.example/?limit=1')
    expect(relOf(page, 'next')).toBe('https://news.example/?limit=1&page=3')
    expect((await get('/?limit=1&page=99', BROWSER)).status).toBe(404)
  })

  it('is what a browser gets that is led to its document, and others aren’t', async () => {
    const shown = await get('/tags/exports/atom.xml', BROWSER)
    expect(headingOf(await shown.text())).toBe('Exports')
    expect(shown.headers.get('cache-control')).toMatch(/^private/)
    expect(shown.headers.get('vary')).toMatch(/Accept, .*Sec-Fetch-Mode/)
    expect((await get('/tags/exports/atom.xml')).headers.get('content-type')).toMatch(/atom/)
  })

  it.each([
    ['/rss.xml', '/'],
    ['/', '/feed.json'],
  ])('and the first page are two, whichever is looked at first: %s, then %s', async (...paths) => {
    const { get: ask } = serverOf(articles, { site })
    for (const path of [...paths, ...paths]) {
      const page = await (await ask(path, BROWSER)).text()
      const lists = elementsIn(page, 'h2').map(({ properties: { id } }) => id)
      expect(lists.includes('page-feeds'), path).toBe(path === '/')
      expect(lists.includes('page-entries'), path).toBe(path !== '/')
    }
  })

  it('of a private feed is for its reader alone', async () => {
    const page = await pageAt(`/feeds/partners/${SECRET}/`)
    expect(linksOf(page).filter((link) => link.startsWith('https://reader.example'))).toEqual([])
    expect(toText(fromHtml(page))).toContain('This feed is private')
  })
})
