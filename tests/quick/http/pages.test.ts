// Pages for people: what stands at which address, in whose language, and that it says what the documents say.
import type { Element } from 'hast'
import { fromHtml } from 'hast-util-from-html'
import { toText } from 'hast-util-to-text'
import { afterEach, describe, expect, it } from 'vitest'
import type { Article } from '../../../src/domain/article.ts'
import { hashOf } from '../../../src/publishing/tokens.ts'
import { htmlOf } from '../support/bodies.ts'
import { only, parseStrictly } from '../support/documents.ts'
import { discoveredIn, elementsIn, headingOf, linksOf, textsIn } from '../support/html.ts'
import {
  article,
  DAY,
  HOUR,
  NOON,
  namedFeeds,
  publication,
  taxonomy,
} from '../support/publication.ts'
import { serverOf } from '../support/server.ts'

const SECRET = 'Aa0_-Bb1Cc2Dd3Ee4Ff5Gg6Hh7Ii8Jj9Kk0Ll1Mm2Nn'
const site = publication({
  contact: { name: 'The desk', email: 'desk@news.example' },
  readers: [{ name: 'Reader', url: 'https://reader.example/?add={feed}' }],
  rights: { copyright: '© The Gazette' },
  feeds: namedFeeds({
    desk: { title: 'The desk', query: 'tag=exports' },
    partners: { tokens: [{ name: 'a', hash: hashOf(SECRET) }] },
  }),
  taxonomy: taxonomy({
    tags: new Map([
      ['shipping', { renamedTo: 'exports' }],
      ['weather', { retired: 'The weather has a page of its own.' }],
    ]),
  }),
})
const articles = [
  article({
    slug: 'one',
    title: 'Wages & <b>prices</b>',
    tags: ['Exports', 'C++'],
    sections: ['News/Local'],
    summary: 'What a week costs.',
    updated: NOON + HOUR,
    contributors: [
      { name: 'Lin Qiao', role: 'editor' },
      { name: 'Wu Mo', role: 'Data' },
    ],
    pictures: [{ url: 'https://news.example/media/p.png', credit: 'Lin', width: 600, height: 400 }],
    recordings: [
      { url: 'https://news.example/t.mp3', type: 'audio/mpeg', length: 9, title: 'Talk' },
    ],
    sources: [
      { title: 'The bureau’s table', url: 'https://bureau.example/t' },
      { title: 'A talk' },
    ],
    related: [{ title: 'Elsewhere', url: 'https://other.example/x' }],
    rights: { copyright: '© The Gazette', reprint: 'Ask first.', disclaimer: 'No advice.' },
  }),
  article({
    slug: 'two',
    tags: ['trade', 'exports'],
    sections: ['Finance'],
    published: NOON - HOUR,
  }),
  article({
    slug: 'away',
    tags: ['sport'],
    link: 'https://sport.example/away',
    hasOwnPage: false,
    published: NOON - 2 * HOUR,
  }),
  article({
    slug: '消息',
    title: '消息',
    language: 'zh-Hans',
    tags: ['港口'],
    published: NOON - DAY,
  }),
  article({ slug: 'gone', tags: ['sport'], withdrawn: { at: NOON, reason: 'It was wrong.' } }),
]
const { app, get, failures } = serverOf(articles, { site })

afterEach(() => expect(failures).toEqual([]))

const PAGES = [
  ...['/', '/tags/exports/', '/categories/news/', '/authors/newsroom/', '/feeds/desk/'],
  ...['/?tag=exports,trade', '/find/', '/find/?q=ex', '/build/', '/build/?tag=exports&tag=-trade'],
  ...['/articles/one', '/articles/away?text'],
]
const BROWSER = { accept: 'text/html', 'sec-fetch-mode': 'navigate' }

const pageAt = async (path: string, ask = get) => (await ask(path, BROWSER)).text()

/** A page of a publication that has these articles alone. */
const pageOf = (some: readonly Article[], path = '/articles/an-article') =>
  pageAt(path, serverOf(some, { site }).get)

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
      expect(languageOf(await pageAt(path, { ...BROWSER, 'accept-language': endless }))).toBe('en')
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

/** The addresses of a page to copy, in their order. */
function addressesIn(page: string): unknown[] {
  return elementsIn(page, 'input').flatMap(({ properties: { type, value } }) =>
    type === 'url' ? [value] : [],
  )
}

/** Where the entries of a page lead, in their order. */
function entriesIn(page: string): string[] {
  return elementsIn(page, 'ol', 'entries').flatMap((list) =>
    elementsIn(list, 'h3').flatMap(linksOf),
  )
}

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

describe('the page of an article', () => {
  it('has its breadcrumb, byline and roles, sources, tags, related articles and rights', async () => {
    const text = toText(fromHtml(await pageAt('/articles/one')))
    const parts = [
      ...['News', 'Local', 'Wages & <b>prices</b>', 'By Newsroom', 'Editor: Lin Qiao'],
      ...['Data: Wu Mo', 'Published', 'Updated', 'Photo: Lin', 'Talk', 'Text of one.', 'C++'],
      ...['The bureau’s table', 'A talk', 'Elsewhere', 'Ask first.', 'No advice.'],
      'taken down, write to The desk',
    ]
    let from = 0
    for (const part of parts) {
      const at = text.indexOf(part, from)
      expect(at, part).toBeGreaterThanOrEqual(0)
      from = at
    }
  })

  it('tells machines the same, in a script element that nothing can end', async () => {
    const page = await pageAt('/articles/one')
    const [data] = elementsIn(page, 'script').filter(
      ({ properties: { type } }) => type === 'application/ld+json',
    )
    expect(JSON.parse(toText(data as Element))).toMatchObject({
      '@context': 'https://schema.org',
      '@type': 'NewsArticle',
      '@id': 'tag:news.example,2026:one',
      headline: 'Wages & <b>prices</b>',
      url: 'https://news.example/articles/one',
      datePublished: '2026-06-24T04:00:00.000Z',
      dateModified: '2026-06-24T05:00:00.000Z',
      inLanguage: 'en',
      author: [{ name: 'Newsroom' }],
      editor: [{ name: 'Lin Qiao' }],
      articleSection: ['Local'],
      keywords: ['Exports', 'C++'],
      image: [{ url: 'https://news.example/media/p.png', creditText: 'Lin' }],
      publisher: { name: 'The Gazette' },
    })
    const graph = elementsIn(page, 'meta').flatMap(({ properties: { property, content } }) =>
      property === undefined ? [] : [[property, content]],
    )
    expect(graph).toContainEqual(['og:type', 'article'])
    expect(graph).toContainEqual(['og:title', 'Wages & <b>prices</b>'])
    expect(graph).toContainEqual(['og:url', 'https://news.example/articles/one'])
  })

  it.each([
    ['of Gazette’s own', '/articles/one', 200, undefined],
    ['whose address is elsewhere', '/articles/away', 302, 'https://sport.example/away'],
    ['whose address is elsewhere, with its text', '/articles/away?text', 200, undefined],
    ['withdrawn', '/articles/gone', 410, undefined],
    ['that never was', '/articles/never', 404, undefined],
    ['with a spoilt name', '/articles/%FF', 404, undefined],
  ])('%s: %s answers %i', async (_, path, status, location) => {
    const answer = await get(path, BROWSER)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('location') ?? undefined).toBe(location)
  })

  it.each([
    ['https://cdn.example/p.png', 'https://cdn.example/p.png', 1],
    ['https://cdn.example/p?w=6&h=4&amp=1', 'https://cdn.example/p?w=6&h=4&amp=1', 1],
    ["https://cdn.example/mayor's&p.png", "https://cdn.example/mayor's&p.png", 1],
    ['https://cdn.example/p?w=6&h=4', 'https://cdn.example/p?w=6', 2],
  ])(
    'shows a picture or recording once, where its text has it: %s beside %s',
    async (url, inText, times) => {
      const html = htmlOf(`![A ship](<${inText}>)\n\n<audio src="${inText}"></audio>`, 'markdown')
      const recordings = [{ url, type: 'audio/mpeg', length: 0 }]
      const pictures = [{ url, credit: 'Wu Mo' }]
      const page = await pageOf([article({ html, pictures, recordings })])
      expect(elementsIn(page, 'img')).toHaveLength(times)
      expect(elementsIn(page, 'audio')).toHaveLength(times)
      // Whose the picture is doesn't go with it.
      expect(toText(fromHtml(page)).split('Photo: Wu Mo')).toHaveLength(2)
    },
  )

  it.each([
    [{ caption: 'A crane', credit: 'Wu Mo' }, 'A crane\u2003Photo: Wu Mo', 'Photo: Wu Mo'],
    [{ credit: 'Wu Mo' }, 'Photo: Wu Mo', 'Photo: Wu Mo'],
    [{ caption: 'A crane' }, 'A crane', undefined],
    [{}, undefined, undefined],
  ])(
    'parts a caption from its credit, which stands alone beside an entry: %o',
    async (said, below, beside) => {
      const pictures = [{ url: 'https://news.example/media/p.png', ...said }]
      const { get: ask } = serverOf([article({ pictures, tags: ['exports'] })], { site })
      const captionAt = async (path: string) => {
        const [caption] = elementsIn(await (await ask(path, BROWSER)).text(), 'figcaption')
        return caption && toText(caption)
      }
      expect(await captionAt('/articles/an-article')).toBe(below)
      expect(await captionAt('/tags/exports/')).toBe(beside)
    },
  )

  it('leads from each author to what else that author wrote, unless a feed of them is no more', async () => {
    const said = { authors: ['Lin Qiao', 'Wu Mo', 'The desk'] }
    const terms = taxonomy({ authors: new Map([['the-desk', { retired: 'There is none.' }]]) })
    const { get: ask } = serverOf([article(said)], { site: publication({ taxonomy: terms }) })
    const page = await (await ask('/articles/an-article', BROWSER)).text()
    const [byline] = elementsIn(page, 'span').filter(
      ({ properties }) => String(properties.className) === 'author',
    )
    expect(toText(byline as Element)).toBe('By Lin Qiao, Wu Mo, The desk')
    expect(linksOf({ type: 'root', children: [byline as Element] })).toEqual([
      'https://news.example/authors/lin-qiao/',
      'https://news.example/authors/wu-mo/',
    ])
  })

  it('lists what belongs to it from where the page’s words begin, whichever way its own run', async () => {
    const said = { language: 'ar', tags: ['ميناء'], sources: [{ title: 'مكتب الميناء' }] }
    const { get: ask } = serverOf([article(said)], { site })
    const page = await (await ask('/articles/an-article', BROWSER)).text()
    const lists = elementsIn(page, 'ul').map(({ properties: { lang, dir } }) => [lang, dir])
    expect(lists).toEqual([
      ['ar', undefined],
      ['ar', undefined],
    ])
    const words = elementsIn(page, 'bdi').map((element) => toText(element))
    expect(words).toEqual(['مكتب الميناء'])
  })

  it('has its own rights in its own language, and those of the site in that of the site', async () => {
    const rights = { copyright: '© The Gazette', reprint: 'اسألونا.' }
    const page = await pageOf([article({ language: 'ar', rights })])
    const said = elementsIn(page, 'p').map((p) => [toText(p), p.properties.lang, p.properties.dir])
    expect(said).toContainEqual(['اسألونا.', 'ar', 'rtl'])
    expect(said).not.toContainEqual(['© The Gazette', 'ar', 'rtl'])
  })

  it.each([
    ['audio/mpeg', 'audio'],
    ['Audio/MPEG', 'audio'],
    ['video/mp4', 'video'],
    ['application/pdf', 'a'],
    ['application/x-bittorrent', 'a'],
  ])(
    'has a player for a recording that one can play, else a link: %s, %s',
    async (type, tagName) => {
      const url = 'https://cdn.example/talk'
      const recordings = [{ url, type, length: 0, title: 'Talk' }]
      const page = await pageOf([article({ recordings })])
      const shown = ['a', 'audio', 'video'].flatMap((name) => elementsIn(page, name))
      expect(
        shown.filter(({ properties: { src, href } }) => [src, href].includes(url)),
      ).toMatchObject([{ tagName }])
    },
  )

  it('marks the times that its script may put in the reader’s zone, which those of its text aren’t', async () => {
    const html = '<p><time datetime="PT2H">two hours</time></p>'
    const times = elementsIn(await pageOf([article({ html, updated: NOON + HOUR })]), 'time')
    expect(times.map(({ properties: { dateTime, dataMoment } }) => [dateTime, dataMoment])).toEqual(
      [
        ['2026-06-24T04:00:00.000Z', ''],
        ['2026-06-24T05:00:00.000Z', ''],
        ['PT2H', undefined],
      ],
    )
  })

  it('that was withdrawn says why, in the publication’s words', async () => {
    expect(toText(fromHtml(await pageAt('/articles/gone')))).toContain('It was wrong.')
  })

  it.each([['older'], ['newer']])(
    'is at its own address, whoever else has its slug and is elsewhere: %s',
    async (which) => {
      const own = article({ id: 'urn:n:own', slug: 'quay', title: 'The quay' })
      const away = article({
        id: 'urn:n:away',
        slug: 'quay',
        link: 'https://sport.example/quay',
        hasOwnPage: false,
        published: own.published + (which === 'newer' ? 1 : -1) * 60_000,
      })
      expect(headingOf(await pageOf([own, away], '/articles/quay'))).toBe('The quay')
    },
  )

  it('whose address is elsewhere says where, and keeps search engines to that', async () => {
    const page = await pageAt('/articles/away?text')
    const said = [...elementsIn(page, 'meta'), ...elementsIn(page, 'link')].map(
      ({ properties: { name, content, rel, href } }) => [name ?? String(rel), content ?? href],
    )
    expect(said).toContainEqual(['robots', 'noindex'])
    expect(said).toContainEqual(['canonical', 'https://sport.example/away'])
    expect(linksOf(page)).toContain('https://sport.example/away')
  })
})

describe('the builder', () => {
  it('says how many match, shows the newest of them, and gives the canonical addresses', async () => {
    const page = await pageAt('/build/?tag=exports&tag=-trade')
    expect(toText(fromHtml(page))).toContain('1 article matches')
    expect(entriesIn(page)).toEqual(['https://news.example/articles/one'])
    expect(elementsIn(page, 'input').map(({ properties: { value } }) => value)).toContain(
      'https://news.example/tags/exports/rss.xml?tag=-trade',
    )
  })

  it.each([
    ['/build/?tag-match=all&tag=exports&q=', '/build/?tag=exports'],
    ['/build/?tag=trade&tag=exports&tag-match=any', '/build/?tag=exports%2Ctrade'],
    ['/build/?tag=shipping', '/build/?tag=exports'],
  ])('%s is %s', async (path, to) => {
    const answer = await get(path, BROWSER)
    expect(answer.status).toBe(302)
    const there = answer.headers.get('location') ?? ''
    // Wherever the page is looked at, also under another name than the publication's.
    expect(there).toMatch(/^\/build\//)
    const location = new URL(there, 'https://news.example')
    expect([...location.searchParams]).toEqual([...new URL(to, location).searchParams])
    expect((await get(there, BROWSER)).status).toBe(200)
  })

  it.each([
    ['/build/?tag=exprots', 404],
    ['/build/?tag=weather', 410],
    ['/build/?since=never', 400],
    ['/build/?colour=red', 400],
    ['/find/?in=colours', 400],
    ['/find/?in=tags&page=2', 404],
  ])('%s answers %i', async (path, status) => {
    expect((await get(path, BROWSER)).status).toBe(status)
  })

  it.each(['de-DE-x-formal', 'en-x-landu', 'zh-Hans-u-nu-hanidec', 'en-t-ja', 'en-t-m0-true'])(
    'has a place for articles in %s',
    async (language) => {
      const { get: ask } = serverOf([article({ language })], { site })
      expect((await ask('/build/', BROWSER)).status).toBe(200)
      expect((await ask(`/build/?lang=${language.toLowerCase()}`, BROWSER)).status).toBe(200)
    },
  )

  it.each([
    ['port 4', ['port 4', 'port 40', 'port 41', 'port 42', 'port 43', 'port 44'], false],
    ['nowhere', ['port 0', 'port 1', 'port 10'], true],
  ] as const)(
    'shows first what is called as was asked for, or that nothing is: %s',
    async (query, first, isEmpty) => {
      const tags = Array.from({ length: 45 }, (_, at) => `port ${at}`)
      const path = `/build/?tag-find=${encodeURIComponent(query)}`
      const page = await pageOf([article({ tags })], path)
      expect(textsIn(page, 'span', 'choice').slice(0, first.length)).toEqual(first)
      expect(toText(fromHtml(page)).includes(`Nothing here is called “${query}”.`)).toBe(isEmpty)
      const [button] = elementsIn(page, 'button').filter((one) => toText(one) === 'Show others')
      expect(button?.properties.formAction).toBe('/build/#page-choose-tag')
      expect(elementsIn(page, 'details')[0]?.properties.id).toBe('page-choose-tag')
    },
  )

  it.each([
    ['en', 'german', 'German'],
    ['en', 'de', 'German'],
    ['zh-CN', '德语', '德语'],
  ])('looks for languages by what it calls them in %s, and by their tags: %s', async (...asked) => {
    const [language, query, first] = asked
    const others = 'ar bg cs da el en es fi fr he hu it ja'.split(' ')
    const articles = [...others, 'de'].map((one) => article({ slug: one, language: one }))
    const { get: ask } = serverOf(articles, { site })
    const answer = await ask(`/build/?lang-find=${encodeURIComponent(query)}`, {
      ...BROWSER,
      'accept-language': language,
    })
    const part = elementsIn(await answer.text(), 'details').find(
      ({ properties }) => properties.id === 'page-choose-lang',
    )
    expect(textsIn(part ?? expect.fail(), 'span', 'choice')[0]).toBe(first)
  })

  it('is filled in from the page of a feed', async () => {
    const links = linksOf(await pageAt('/tags/exports/?tag=-trade'))
    expect(links).toContain('https://news.example/build/?tag=exports&tag=-trade')
  })
})

describe('what is looked for is heeded to its hundredth character, and no half of one:', () => {
  const heeded = `${'a'.repeat(99)}🚢`
  const tooLong = encodeURIComponent(`${heeded}🚢`)

  it.each(['/find/?q=', '/find/?in=tags&q='])('%s', async (path) => {
    const answer = await get(path + tooLong, BROWSER)
    expect(answer.status).toBe(200)
    const fields = elementsIn(await answer.text(), 'input').map(({ properties }) => properties)
    expect(fields.find(({ name }) => name === 'q')?.value).toBe(heeded)
  })

  it.each(['tag-find', 'category-find', 'author-find', 'lang-find'])(
    '/build/?%s=',
    async (name) => {
      const answer = await get(`/build/?${name}=${tooLong}`, BROWSER)
      const location = answer.headers.get('location') ?? ''
      expect(new URL(location, 'https://news.example').searchParams.get(name)).toBe(heeded)
      expect((await get(location, BROWSER)).status).toBe(200)
    },
  )
})

it.each([
  ['/find/', 'There is no article here now.'],
  ['/find/?q=x', 'No tag, section or author is called “x”.'],
])('where nothing is published yet, %s says: %s', async (path, words) => {
  const { get: ask } = serverOf([], { site: publication({ authors: [] }) })
  expect(textsIn(await pageAt(path, ask), 'p', 'empty')).toEqual([words])
})

describe('a problem', () => {
  it.each([
    ['en', 'Nobody ever used this term'],
    ['zh-CN', '没有这个分类'],
    ['zh-TW', '沒有這個分類'],
  ])('is told in %s: %s', async (language, heading) => {
    const answer = await get('/tags/exprots/', { ...BROWSER, 'accept-language': language })
    const page = await answer.text()
    expect(headingOf(page)).toBe(heading)
    expect(linksOf(page)).toContain('https://news.example/tags/exports/')
    expect(answer.headers.get('vary')).toContain('Accept-Language')
  })
})
