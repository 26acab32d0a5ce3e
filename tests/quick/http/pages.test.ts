// Pages for people: what stands at which address, in whose language, and what readers discover there.
import type { Element } from 'hast'
import { toText } from 'hast-util-to-text'
import { afterEach, describe, expect, it } from 'vitest'
import { discoveredIn, elementsIn, linksOf, textsIn } from '../support/html.ts'
import {
  app,
  articles,
  BROWSER,
  entriesIn,
  failures,
  get,
  pageAt,
  pageOf,
  site,
} from '../support/pages.ts'
import { article, HOUR, NOON, publication } from '../support/publication.ts'
import { serverOf } from '../support/server.ts'

afterEach(() => expect(failures).toEqual([]))

const PAGES = [
  ...['/', '/tags/exports/', '/categories/news/', '/authors/newsroom/', '/feeds/desk/'],
  ...['/?tag=exports,trade', '/find/', '/find/?q=ex', '/build/', '/build/?tag=exports&tag=-trade'],
  ...['/articles/one', '/articles/away?text'],
]
describe('every page', () => {
  it.each(PAGES)('%s is HTML with a title, a heading and its landmarks', async (path) => {
    const answer = await get(path, BROWSER)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    const page = await answer.text()
    expect(elementsIn(page, 'h1')).toHaveLength(1)
    expect(elementsIn(page, 'main')).toHaveLength(1)
    expect(elementsIn(page, 'nav').length).toBeGreaterThan(0)
    expect(toText(elementsIn(page, 'title')[0] as Element)).toContain('The Gazette')
  })

  it.each(PAGES)('%s is kept and asked for again as feeds are', async (path) => {
    const first = await get(path, BROWSER)
    const etag = first.headers.get('etag') ?? ''
    expect(etag).toMatch(/^"/)
    expect(first.headers.get('cache-control')).toMatch(/^public, max-age=/)
    const again = await get(path, { ...BROWSER, 'if-none-match': etag })
    expect(again.status).toBe(304)
    expect(again.headers.get('vary')).toBe(first.headers.get('vary'))
    expect(again.headers.get('content-security-policy')).toBe(
      first.headers.get('content-security-policy'),
    )
  })

  it.each(PAGES)(
    '%s speaks the reader’s language, and says that it depends on it',
    async (path) => {
      const [english, chinese] = await Promise.all(
        ['en-GB', 'zh-TW,zh;q=0.9'].map((language) =>
          get(path, { ...BROWSER, 'accept-language': language }),
        ),
      )
      const languageOf = (page: string) => elementsIn(page, 'html')[0]?.properties.lang
      expect(languageOf((await english?.text()) ?? '')).toBe('en')
      expect(languageOf((await chinese?.text()) ?? '')).toBe('zh-Hant')
      const endless = `${'x,'.repeat(200)}zh-TW`
      const toEndless = await get(path, { ...BROWSER, 'accept-language': endless })
      expect(languageOf(await toEndless.text())).toBe('en')
      expect(english?.headers.get('vary')).toContain('Accept-Language')
      expect(chinese?.headers.get('etag')).not.toBe(english?.headers.get('etag'))
    },
  )

  it.each(PAGES)('%s has nothing in it that its policy would have to allow', async (path) => {
    const answer = await get(path, BROWSER)
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy.split('; ')).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
      ]),
    )
    expect(policy).not.toContain('unsafe')
    expect(answer.headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin')
    const page = await answer.text()
    const inline = elementsIn(page, 'script').filter(
      ({ properties: { src, type } }) => src === undefined && type !== 'application/ld+json',
    )
    expect([...inline, ...elementsIn(page, 'style')]).toEqual([])
    expect(page).not.toMatch(/\sstyle=|\son[a-z]+=/)
  })

  it.each(PAGES)('%s leads to the feed of everything, behind what it is about', async (path) => {
    const found = discoveredIn(await pageAt(path))
    expect(found.slice(-3)).toEqual([
      'https://news.example/rss.xml',
      'https://news.example/atom.xml',
      'https://news.example/feed.json',
    ])
  })

  it.each(PAGES)('HEAD %s is GET without the body', async (path) => {
    const [head, whole] = [
      await app.request(path, { method: 'HEAD', headers: BROWSER }),
      await get(path, BROWSER),
    ]
    expect([...head.headers]).toEqual([...whole.headers])
    expect(await head.text()).toBe('')
  })

  it.each([
    ['/', false],
    ['/rss.xml', true],
    ['/?limit=1', true],
    ['/articles/namesake', true],
    ['/find/', true],
  ])('%s leads home from its head, unless it is the first page: %s', async (path, leads) => {
    const namesake = article({ slug: 'namesake', title: site.title })
    const [masthead = expect.fail()] = elementsIn(
      await pageOf([...articles, namesake], path),
      'header',
    )
    expect(linksOf(masthead).includes('https://news.example/')).toBe(leads)
  })
})

describe('what readers discover, most specific first', () => {
  it.each([
    ['/tags/exports/', 'https://news.example/tags/exports/rss.xml'],
    ['/?tag=trade', 'https://news.example/tags/trade/rss.xml'],
    ['/build/?tag=exports&tag=-trade', 'https://news.example/tags/exports/rss.xml?tag=-trade'],
    ['/articles/one', 'https://news.example/categories/news/local/rss.xml'],
    ['/articles/%E6%B6%88%E6%81%AF', 'https://news.example/tags/%E6%B8%AF%E5%8F%A3/rss.xml'],
    ['/feeds/desk/', 'https://news.example/feeds/desk/rss.xml'],
    ['/', 'https://news.example/rss.xml'],
  ])('at %s: %s', async (path, first) => {
    const location = (await get(path)).headers.get('location')
    const found = discoveredIn(await pageAt(location?.slice('https://news.example'.length) ?? path))
    expect(found[0]).toBe(first)
    expect((await get(first.slice('https://news.example'.length))).status).toBe(200)
  })

  it.each(['/rss.xml', '/?page=1', '/build/', '/tags/exports/'])(
    'at %s is named once',
    async (path) => {
      const found = discoveredIn(await pageAt(path))
      expect(found).toEqual([...new Set(found)])
    },
  )

  it('is named so that a dialog tells what is what', async () => {
    const titles = elementsIn(await pageAt('/tags/exports/'), 'link').flatMap(
      ({ properties: { title } }) => (title === undefined ? [] : [String(title)]),
    )
    expect(titles).toEqual([
      'The Gazette · Exports (RSS)',
      'The Gazette · Exports (Atom)',
      'The Gazette · Exports (JSON Feed)',
      'The Gazette (RSS)',
      'The Gazette (Atom)',
      'The Gazette (JSON Feed)',
    ])
  })
})

describe('the first page', () => {
  const older = 'https://news.example/?limit=12&page=2'
  const written = (count: number) =>
    Array.from({ length: count }, (_, at) =>
      article({ slug: `article-${at}`, published: NOON - at * HOUR }),
    )

  it('goes on with the articles after those that it shows', async () => {
    const { get: ask } = serverOf(written(14), { site })
    const page = await (await ask('/', BROWSER)).text()
    expect(entriesIn(page)).toHaveLength(12)
    expect(linksOf(page)).toContain(older)
    const { pathname, search } = new URL(older)
    expect(entriesIn(await (await ask(pathname + search, BROWSER)).text())).toEqual([
      'https://news.example/articles/article-12',
      'https://news.example/articles/article-13',
    ])
  })

  it.each([
    ['that shows them all', 12, site],
    ['of files, where no query is answered', 14, { ...site, answersQueries: false }],
  ])('%s doesn’t', async (_, count, publication) => {
    const { get: ask } = serverOf(written(count), { site: publication })
    expect(linksOf(await (await ask('/', BROWSER)).text())).not.toContain(older)
  })
})

it.each([
  ['/find/', 'There is no article here now.'],
  ['/find/?q=x', 'No tag, section or author is called “x”.'],
])('where nothing is published yet, %s says: %s', async (path, words) => {
  const { get: ask } = serverOf([], { site: publication({ authors: [] }) })
  expect(textsIn(await pageAt(path, ask), 'p', 'empty')).toEqual([words])
})
