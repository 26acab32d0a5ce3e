// Feed URLs over HTTP: what each answers, with which status and headers (PRODUCT §3 and §5).
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { CHARACTER } from '../support/characters.ts'
import { all, only, parseStrictly } from '../support/documents.ts'
import { linksOf } from '../support/html.ts'
import { article, HOUR, NOON, publication, taxonomy } from '../support/publication.ts'
import { runs } from '../support/runs.ts'
import { serverOf } from '../support/server.ts'

const articles = [
  article({ slug: 'one', tags: ['Exports', 'C++'], sections: ['News/Local'], language: 'zh-Hans' }),
  article({ slug: 'two', tags: ['trade', 'sport'], sections: ['Finance'], published: NOON - HOUR }),
  article({ slug: 'past', tags: ['olympics'], expires: NOON }),
  article({ slug: 'draft', tags: ['secret'], draft: true }),
]
const site = publication({
  hubs: ['https://hub.example/'],
  taxonomy: taxonomy({
    tags: new Map([
      ['shipping', { renamedTo: 'exports' }],
      ['weather', { retired: 'The weather has a page of its own.' }],
      ['trade', { label: '对外贸易' }],
    ]),
    sections: new Map([
      ['money', { renamedTo: 'finance' }],
      ['news/local', { label: 'Around Town' }],
    ]),
  }),
})
const { app, get, failures } = serverOf(articles, { site })

afterEach(() => expect(failures).toEqual([]))

describe('media types', () => {
  it.each([
    ['/rss.xml', 'application/rss+xml; charset=utf-8'],
    ['/atom.xml', 'application/atom+xml; charset=utf-8'],
    ['/feed.json', 'application/feed+json; charset=utf-8'],
    ['/tags/exports/rss.xml', 'application/rss+xml; charset=utf-8'],
    ['/categories/news/local/atom.xml', 'application/atom+xml; charset=utf-8'],
    ['/authors/newsroom/feed.json', 'application/feed+json; charset=utf-8'],
  ])('%s is %s, whatever the client accepts', async (path, type) => {
    const accepted = ['*/*', '*/*;q=0', 'application/rss+xml', 'text/html', 'image/png', '']
    for (const accept of [...accepted, 'no/such;type', ';;,']) {
      const answer = await get(path, { accept })
      expect(answer.status).toBe(200)
      expect(answer.headers.get('content-type')).toBe(type)
    }
  })
})

describe('a browser that navigates to a feed', () => {
  const browser = {
    'sec-fetch-mode': 'navigate',
    accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
  }

  it.each(['/rss.xml', '/tags/exports/atom.xml', '/feed.json?limit=1'])(
    'is given the page of %s, privately, with a way to the document',
    async (path) => {
      const page = await get(path, browser)
      expect(page.headers.get('content-type')).toMatch(/^text\/html/)
      expect(page.headers.get('cache-control')).toBe('private, no-cache')
      expect(page.headers.get('vary')).toContain('Sec-Fetch-Mode')
      const plain = await get(path)
      const raw = linksOf(await page.text()).filter((link) =>
        new URL(link, 'https://news.example').searchParams.has('raw'),
      )
      const documents = await Promise.all(
        raw.map(async (link) =>
          (await get(link.slice('https://news.example'.length), browser)).text(),
        ),
      )
      expect(documents).toContain(await plain.text())
    },
  )

  it.each([
    ['a script that fetches', { ...browser, 'sec-fetch-mode': 'cors' }],
    ['a reader that likes HTML', { accept: browser.accept }],
    ['a browser for pictures', { 'sec-fetch-mode': 'navigate', accept: 'image/*' }],
    ['a browser that refuses HTML', { ...browser, accept: 'text/html;q=0, */*' }],
  ])('and %s is given the document', async (_, headers) => {
    const answer = await get('/rss.xml', headers)
    expect(answer.headers.get('content-type')).toMatch(/^application\/rss\+xml/)
    expect(answer.headers.get('vary')).toContain('Sec-Fetch-Mode')
  })
})

describe('equivalent requests get the same bytes and the same ETag', () => {
  it.each([
    [
      '/rss.xml?tag=exports&category=news',
      '/rss.xml?category=News&tag=EXPORTS',
      '/tags/exports/rss.xml?category=news&category=news',
      '/categories/news/rss.xml?tag=%45xports&utm_source=mail&q=',
    ],
    [
      '/atom.xml?tag=trade,exports',
      '/atom.xml?tag=exports,trade,exports',
      '/atom.xml?tag=exports%2Ctrade',
    ],
    [
      '/feed.json?limit=30',
      ...['/feed.json', '/%66eed.json?', '/feed.json?content=full&page=1&fbclid=x&_=1'],
      '/feed.json?tag=&q=&category=%00',
    ],
  ])('%s', async (first, ...others) => {
    const expected = await get(first)
    const body = await expected.text()
    for (const other of others) {
      const answer = await get(other)
      expect(await answer.text()).toBe(body)
      expect(answer.headers.get('etag')).toBe(expected.headers.get('etag'))
      expect(answer.headers.get('content-location')).toBe(expected.headers.get('content-location'))
    }
  })
})

it.each(['rss.xml', 'atom.xml', 'feed.json'])(
  '%s has the full text, and none of it with content=summary',
  async (file) => {
    expect(await (await get(`/${file}`)).text()).toContain('Text of one.')
    expect(await (await get(`/${file}?content=summary`)).text()).not.toContain('Text of one.')
  },
)

describe('a document names itself as its headers do', () => {
  it.each([
    '/rss.xml',
    '/tags/exports/rss.xml?lang=zh&limit=5',
    "/rss.xml?q=it's (not)! a*b",
    '/rss.xml?q=经济',
    "/atom.xml?q=it's",
    "/feed.json?q=it's",
  ])('%s', async (path) => {
    const answer = await get(path)
    const [, self] = /^<([^>]*)>; rel="self"/.exec(answer.headers.get('link') ?? '') ?? []
    expect(answer.headers.get('content-location')).toBe(self)
    expect(selfIn(await answer.text())).toBe(self)
  })
})

it('Link headers lead to the document itself, the hub, its other formats and its page', async () => {
  const { headers } = await get('/tags/exports/rss.xml')
  const folder = 'https://news.example/tags/exports/'
  expect(headers.get('link')?.split(', ')).toEqual([
    `<${folder}rss.xml>; rel="self"`,
    '<https://hub.example/>; rel="hub"',
    `<${folder}atom.xml>; rel="alternate"; type="application/atom+xml"`,
    `<${folder}feed.json>; rel="alternate"; type="application/feed+json"`,
    `<${folder}>; rel="alternate"; type="text/html"`,
  ])
})

/** The address that a document gives as its own. */
function selfIn(document: string): string | undefined {
  if (document.startsWith('{')) return JSON.parse(document).feed_url
  const root = parseStrictly(document)
  const head = root.name === 'rss' ? only(root, 'channel') : root
  const links = [...all(head, 'link'), ...all(head, 'atom:link')]
  return links.find(({ attributes }) => attributes.rel === 'self')?.attributes.href
}

describe('redirects', () => {
  it.each([
    ['/tags/Exports/rss.xml', 'https://news.example/tags/exports/rss.xml'],
    [
      '/tags/EXPORTS/rss.xml?limit=5&lang=zh',
      'https://news.example/tags/exports/rss.xml?lang=zh&limit=5',
    ],
    ['/categories/News/LOCAL/atom.xml', 'https://news.example/categories/news/local/atom.xml'],
    ['/tags/shipping/feed.json', 'https://news.example/tags/exports/feed.json'],
    ['/rss.xml?tag=shipping&tag=-sport', 'https://news.example/tags/exports/rss.xml?tag=-sport'],
    ['/categories/money/rss.xml', 'https://news.example/categories/finance/rss.xml'],
    ['/tags/Exports/', 'https://news.example/tags/exports/'],
    ['/tags/Exports/rss.xml?raw', 'https://news.example/tags/exports/rss.xml?raw'],
  ])('%s → 301 %s', async (path, location) => {
    const answer = await get(path)
    expect(answer.status).toBe(301)
    expect(answer.headers.get('location')).toBe(location)
    expect(answer.headers.get('cache-control')).toBe('public, max-age=3600')
    const there = await get(new URL(location).pathname + new URL(location).search)
    expect(there.status).toBe(200)
  })
})

it.each(['/rss.xml?tag=-weather', '/rss.xml?tag=exports,weather'])(
  'who subscribed to %s keeps the feed when the term is retired',
  async (path) => expect((await get(path)).status).toBe(200),
)

describe('the slash at the end of a page’s address is put right', () => {
  it.each([
    ['/tags/exports', '/tags/exports/'],
    ['/tags/Exports?limit=5', '/tags/exports/?limit=5'],
    ['/categories/news/local', '/categories/news/local/'],
    ['/build', '/build/'],
    ['/find?q=exp', '/find/?q=exp'],
    ['/articles/a/', '/articles/a'],
    ['/articles/a%2Fb/?text', '/articles/a%2Fb?text'],
  ])('%s → %s', async (path, to) => {
    const answer = await get(path)
    expect(answer.status).toBe(301)
    expect(answer.headers.get('location')).toBe(`https://news.example${to}`)
  })

  it.each(['/tag/exports', '/tags', '/rss', '/tags/exports/rss'])(
    '%s leads nowhere',
    async (path) => expect((await get(path)).status).toBe(404),
  )
})

describe('a problem document tells what is wrong', () => {
  async function expectProblem(path: string, status: number, members: object) {
    const answer = await get(path)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
    const [title, detail] = [expect.any(String), expect.any(String)]
    expect(await answer.json()).toMatchObject({ status, title, detail, ...members })
  }

  it.each<[what: string, path: string, term: string, nearest: Record<string, string>]>([
    ['in the path', '/tags/export/rss.xml', 'export', { exports: 'Exports', sport: 'sport' }],
    ['in the query', '/rss.xml?tag=nope', 'nope', {}],
    ['left out', '/rss.xml?tag=-sprot', 'sprot', { sport: 'sport' }],
    [
      'that is nearly a section',
      '/categories/news/lokal/rss.xml',
      'news/lokal',
      { 'news/local': 'Around Town', news: 'News' },
    ],
    [
      'which people see in place of a tag',
      '/tags/对外贸易/rss.xml',
      '对外贸易',
      { trade: '对外贸易' },
    ],
    [
      'which they nearly see in place of a section',
      '/categories/news/around-twon/rss.xml',
      'news/around-twon',
      { 'news/local': 'Around Town', news: 'News' },
    ],
    ['of an author', '/authors/nobody/rss.xml', 'nobody', {}],
    ['of a language', '/rss.xml?lang=fr', 'fr', {}],
    ['that only drafts use', '/tags/secret/rss.xml', 'secret', {}],
    ['that every object has', '/tags/__proto__/rss.xml', '__proto__', {}],
  ])('a term nobody used, with the nearest: one %s', async (_, path, term, terms) => {
    const nearest = Object.entries(terms).map(([term, label]) => ({ term, label }))
    await expectProblem(path, 404, { term, nearest })
  })

  it.each([
    [
      'what is nearest, in words',
      '/rss.xml?tag=-sprot',
      404,
      { detail: 'Nothing was ever published under “sprot”. Nearest to it: “sport”.' },
    ],
    [
      'the beginning of a term without end',
      `/tags/${'𠮷'.repeat(101)}/rss.xml`,
      404,
      { term: `${'𠮷'.repeat(100)}…` },
    ],
    [
      'several retired terms of which one would do',
      '/rss.xml?tag=weather,weather',
      410,
      { detail: expect.stringContaining('a page of its own') },
    ],
    [
      'a retired term',
      '/tags/weather/atom.xml',
      410,
      { detail: expect.stringContaining('a page of its own') },
    ],
    ['an unknown parameter', '/rss.xml?tags=exports', 400, { parameter: 'tags' }],
    ['a limit out of range', '/rss.xml?limit=1000', 400, { parameter: 'limit' }],
    ['a date that is none', '/rss.xml?since=2024-02-30', 400, { parameter: 'since' }],
    ['a mixed group', '/rss.xml?tag=a,-b', 400, { parameter: 'tag' }],
    [
      'a page of a feed that is empty',
      '/tags/olympics/rss.xml?page=2',
      404,
      { last: 'https://news.example/tags/olympics/rss.xml' },
    ],
    ['a path that is not UTF-8', '/tags/%FF/rss.xml', 400, {}],
    ['no feed', '/feeds.xml', 404, {}],
    ['no page', '/articles/none', 404, {}],
    ['a draft’s page', '/articles/draft', 404, {}],
    ['a past article’s page', '/articles/past', 410, {}],
    ['a file no article shows', '/media/site.yaml', 404, {}],
    ['a way out of the folder', '/media/..%2f..%2fetc%2fpasswd', 404, {}],
  ])('%s: %s → %i', (_, path, status, members) => expectProblem(path, status, members))

  it('or, to a browser, a short page that leads on', async () => {
    const answer = await get('/tags/export/rss.xml', {
      accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
    })
    expect(answer.status).toBe(404)
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/)
    expect(answer.headers.get('vary')).toBe('Accept, Accept-Language')
    expect(answer.headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin')
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'; /)
    expect(linksOf(await answer.text())).toContain('https://news.example/tags/exports/')
  })
})

it('a known term without a current article is a valid, empty feed', async () => {
  const answer = await get('/tags/olympics/feed.json')
  expect(answer.status).toBe(200)
  expect(await answer.json()).toMatchObject({ items: [] })
})

describe('methods', () => {
  it.each(['/rss.xml', '/', '/articles/one', '/tags/nope/rss.xml', '/assets/style.css'])(
    'HEAD %s has the status and headers of GET, and no body',
    async (path) => {
      const [head, whole] = [await app.request(path, { method: 'HEAD' }), await get(path)]
      expect(head.status).toBe(whole.status)
      expect([...head.headers]).toEqual([...whole.headers])
      expect(await head.text()).toBe('')
    },
  )

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'PROPFIND'])(
    '%s is not allowed, and told what is',
    async (method) => {
      const answer = await app.request('/rss.xml', { method })
      expect(answer.status).toBe(405)
      expect(answer.headers.get('allow')).toBe('GET, HEAD, OPTIONS')
    },
  )

  it('a page of any origin may read feeds, conditions and all', async () => {
    const preflight = await app.request('/rss.xml', { method: 'OPTIONS' })
    expect(preflight.status).toBe(204)
    expect(Object.fromEntries(preflight.headers)).toMatchObject({
      allow: 'GET, HEAD, OPTIONS',
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, HEAD, OPTIONS',
      'access-control-allow-headers': 'If-None-Match, If-Modified-Since, A-IM',
      'access-control-max-age': '86400',
    })
    const { headers } = await get('/rss.xml')
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(headers.get('access-control-expose-headers')).toBe('ETag, Last-Modified, Link')
  })

  it.each(['/tags/nope/rss.xml', '/tags/Exports/rss.xml', '/rss.xml?limit=0'])(
    'and be told why %s is no feed, or where it is',
    async (path) => {
      expect((await get(path)).headers.get('access-control-allow-origin')).toBe('*')
    },
  )
})

it.each(['/rss.xml', '/', '/tags/nope/rss.xml', '/tags/Exports/rss.xml', '/assets/style.css'])(
  'no browser guesses what the answer to %s is',
  async (path) => expect((await get(path)).headers.get('x-content-type-options')).toBe('nosniff'),
)

describe('validators', () => {
  it('a 304 has no body and the headers of its 200', async () => {
    const whole = await get('/tags/exports/rss.xml')
    const answer = await get('/tags/exports/rss.xml', {
      'if-none-match': whole.headers.get('etag') ?? '',
    })
    expect(answer.status).toBe(304)
    expect(await answer.text()).toBe('')
    const repeated = ['etag', 'last-modified', 'cache-control', 'content-location', 'vary', 'link']
    for (const name of repeated)
      expect(answer.headers.get(name), name).toBe(whole.headers.get(name))
  })

  it('Last-Modified is the newest change of the feed’s own articles', async () => {
    const modified = async (path: string) =>
      Date.parse((await get(path)).headers.get('last-modified') ?? '')
    expect(await modified('/rss.xml')).toBe(NOON)
    expect(await modified('/tags/trade/rss.xml')).toBe(NOON - HOUR)
  })

  it('a feed whose articles did not change answers 304 after another article changed', async () => {
    const etag = (await get('/tags/trade/atom.xml')).headers.get('etag') ?? ''
    const changed = articles.map((one) =>
      one.slug === 'one' ? { ...one, title: 'Edited', updated: NOON + HOUR } : one,
    )
    const later = serverOf([...changed, article({ slug: 'new', tags: ['exports'] })], { site })
    expect((await later.get('/tags/trade/atom.xml', { 'if-none-match': etag })).status).toBe(304)
    const whole = (await get('/atom.xml')).headers.get('etag') ?? ''
    expect((await later.get('/atom.xml', { 'if-none-match': whole })).status).toBe(200)
  })
})

it('nothing in an answer comes from Host or X-Forwarded-*', async () => {
  const headers = {
    host: 'evil.example',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'gopher',
  }
  for (const path of [
    ...['/rss.xml', '/atom.xml', '/feed.json', '/', '/tags/Exports/rss.xml', '/articles/one'],
    '/nope',
  ]) {
    const answer = await serverOf(articles, { site }).get(path, headers)
    const said = [await answer.text(), JSON.stringify([...answer.headers])].join('\n')
    expect(said).not.toMatch(/evil\.example|other\.example|gopher/)
  }
})

it('no generated odd URL gives a 5xx', async () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ...['tags', 'categories', 'authors', 'articles', 'media', 'rss.xml', 'atom.xml'],
      ...['feed.json', 'exports', '..', '.', '', '%', '%2f', '%00', '%ff', 'news'],
    ),
    fc
      .string({ unit: CHARACTER, maxLength: 12 })
      .map((text) => encodeURIComponent(text.replace(/[\uD800-\uDFFF]/g, ''))),
    fc.string({ unit: 'grapheme-ascii', maxLength: 12 }).map((text) => text.replace(/[?#]/g, '')),
  )
  const query = fc.array(
    fc.tuple(
      fc.constantFrom(
        ...['tag', 'category', 'author', 'lang', 'since', 'until', 'q', 'limit', 'content'],
        ...['depth', 'page', 'utm_x', '__proto__', 'x'],
      ),
      fc.oneof(
        piece,
        fc.constantFrom(
          ...['exports', '-exports', 'P7D', 'P999999999D', '2026-01-01', '+275760-09-13', '30'],
          ...['-1', 'full', '%2C,', '1e9'],
        ),
      ),
    ),
    { maxLength: 5 },
  )
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 5 }), query, async (path, parameters) => {
      const url = `/${path.join('/')}?${parameters.map(([name, value]) => `${name}=${value}`).join('&')}`
      const answer = await get(url, { accept: '*/*' })
      expect(answer.status, url).toBeLessThan(500)
    }),
    { numRuns: runs(200) },
  )
})
