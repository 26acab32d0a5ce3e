// Named feeds over HTTP: a saved filter is a feed of its own, with a title, limits, formats and a delay.
import fc from 'fast-check'
import { parseOpml } from 'feedsmith'
import { afterEach, describe, expect, it } from 'vitest'
import { matches } from '../../../src/domain/filter.ts'
import { type Parameters, parseFilter } from '../../../src/domain/filter-parameters.ts'
import { hashOf } from '../../../src/publishing/tokens.ts'
import { all, parseStrictly } from '../support/documents.ts'
import { AUTHORS, LANGUAGES, parameters, SECTIONS, TAGS } from '../support/filters.ts'
import { discoveredIn, headingOf, linksOf } from '../support/html.ts'
import {
  article,
  DAY,
  HOUR,
  NOON,
  namedFeeds,
  publication,
  taxonomy,
} from '../support/publication.ts'
import { runs } from '../support/runs.ts'
import { serverOf } from '../support/server.ts'

const site = publication({
  hubs: ['https://hub.example/'],
  taxonomy: taxonomy({ tags: new Map([['shipping', { renamedTo: 'exports' }]]) }),
  feeds: namedFeeds({
    desk: { title: 'The desk', description: 'For desks', query: 'tag=exports', limit: 2 },
    brief: { query: 'category=finance', content: 'summary', formats: ['rss', 'json'] },
    none: { query: 'tag=nobody-ever' },
    json: { title: 'For programs', formats: ['json'] },
  }),
})
const articles = [
  article({ slug: 'one', tags: ['Exports'], sections: ['Finance'] }),
  article({ slug: 'two', tags: ['exports', 'sport'], published: NOON - HOUR }),
  article({ slug: 'three', tags: ['exports'], sections: ['Finance'], published: NOON - DAY }),
  article({ slug: 'four', tags: ['sport'], summary: 'In short', sections: ['Finance/Trade'] }),
]
const { get, failures } = serverOf(articles, { site })
afterEach(() => expect(failures).toEqual([]))

interface JsonFeed {
  title: string
  description: string
  feed_url: string
  items: { id: string; title: string; content_html?: string }[]
}
const json = async (path: string, from = get) => (await (await from(path)).json()) as JsonFeed
const titles = async (path: string, from = get) =>
  (await json(path, from)).items.map(({ title }) => title.replace('About ', ''))

it('whose filter becomes another while words are looked for is nobody’s any more', async () => {
  const hash = hashOf('secret')
  const before = namedFeeds({ desk: { query: 'tag=a' }, inside: { tokens: [{ name: 'x', hash }] } })
  const after = publication({
    feeds: namedFeeds({ desk: { query: 'tag=b' }, inside: { tokens: [] } }),
  })
  for (const [path, found] of [
    ['/feeds/desk/feed.json', ['b']],
    ['/feeds/inside/secret/feed.json', undefined],
  ] as const) {
    // Each of so many that they are not looked through at once; by the time of the last, the publication is another.
    const many = Array.from({ length: 100 }, (_, at) => article({ slug: `a${at}`, tags: ['a'] }))
    let change: () => void = () => {}
    const last = {
      ...article({ slug: 'z', tags: ['a'], published: NOON - DAY }),
      get text() {
        change()
        return ''
      },
    }
    const all = [...many, article({ slug: 'b', tags: ['b'] }), last]
    const { publisher, get } = serverOf(all, { site: publication({ feeds: before }) })
    change = () => {
      change = () => {}
      publisher.publish({ publication: after, articles: all })
    }
    const answer = await get(`${path}?q=about`)
    expect(answer.status).toBe(found === undefined ? 404 : 200)
    if (found !== undefined) expect(await titles(`${path}?q=about`, get)).toEqual(found)
  }
})

describe('a named feed', () => {
  it.each([
    ['/feeds/desk/feed.json', ['one', 'two']],
    ['/feeds/desk/feed.json?page=2', ['three']],
    ['/feeds/desk/feed.json?tag=-sport', ['one', 'three']],
    ['/feeds/desk/feed.json?tag=sport&limit=1', ['two']],
    ['/feeds/desk/feed.json?category=finance&until=2026-06-23', ['three']],
    ['/feeds/brief/feed.json', ['four', 'one', 'three']],
    ['/feeds/brief/feed.json?depth=0', ['four', 'one', 'three']],
    ['/feeds/brief/feed.json?category=finance&depth=0', ['one', 'three']],
    ['/feeds/none/feed.json', []],
  ])('%s has %j', async (path, expected) => expect(await titles(path)).toEqual(expected))

  it('has the entries that its filter has as a query, narrowed by the query that it is asked', async () => {
    const some = LANGUAGES.flatMap((language, at) => [
      article({ slug: `all-${at}`, tags: TAGS, sections: SECTIONS, authors: AUTHORS, language }),
      article({
        slug: `some-${at}`,
        language,
        tags: TAGS.filter((_, tag) => tag % 4 === at),
        sections: SECTIONS.filter((_, section) => section % 4 === at),
        authors: AUTHORS.slice(at % 3),
        published: NOON - at * DAY,
      }),
    ])
    const zone = site.zone
    const query = (said: Parameters) =>
      new URLSearchParams(said.map(([...pair]) => pair)).toString()
    const ids = async (path: string, from: typeof get) =>
      (await json(path, from)).items.map(({ id }) => id)
    await fc.assert(
      fc.asyncProperty(parameters, parameters, async (saved, asked) => {
        const feeds = namedFeeds({ saved: { query: query(saved) } })
        const server = serverOf(some, { site: publication({ feeds }) })
        const expected = await ids(`/feed.json?${query(saved)}`, server.get)
        expect(await ids('/feeds/saved/feed.json', server.get)).toEqual(expected)
        const narrow = parseFilter(asked, zone)
        expect(await ids(`/feeds/saved/feed.json?${query(asked)}`, server.get)).toEqual(
          expected.filter((id) =>
            some.some((one) => one.id === id && matches(narrow, one, NOON + DAY, zone)),
          ),
        )
      }),
      { numRuns: runs(15) },
    )
  })

  it('has its own title and description, and says what narrows it', async () => {
    expect(await json('/feeds/desk/feed.json')).toMatchObject({
      title: 'The desk',
      description: 'For desks',
      feed_url: 'https://news.example/feeds/desk/feed.json',
    })
    expect((await json('/feeds/desk/feed.json?tag=-sport')).title).toBe('The desk · without sport')
    expect((await json('/feeds/brief/feed.json')).title).toBe('The Gazette · Finance')
  })

  it('has a page for people, and the page of its file for a browser', async () => {
    const browser = { accept: 'text/html', 'sec-fetch-mode': 'navigate' }
    const answers = [await get('/feeds/desk/', browser), await get('/feeds/desk/rss.xml', browser)]
    for (const answer of answers) {
      const page = await answer.text()
      expect(headingOf(page)).toBe('The desk')
      expect(discoveredIn(page)).toContain('https://news.example/feeds/desk/atom.xml')
    }
  })

  it.each([
    ['/feeds/Desk/rss.xml', 'https://news.example/feeds/desk/rss.xml'],
    ['/feeds/desk/rss.xml?tag=shipping', 'https://news.example/feeds/desk/rss.xml?tag=exports'],
  ])('%s → 301 %s', async (path, to) => {
    const answer = await get(path)
    expect([answer.status, answer.headers.get('location')]).toEqual([301, to])
  })

  it.each([
    ['limit', '/feeds/desk/rss.xml?limit=3', /from 1 to 2/],
    ['content', '/feeds/brief/rss.xml?content=full', /summaries only/],
    ['foo', '/feeds/desk/rss.xml?foo=1', /no parameter/],
  ])('answers 400 for "%s" in %s', async (parameter, path, detail) => {
    const answer = await get(path)
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({
      parameter,
      detail: expect.stringMatching(detail),
    })
  })

  it('gives equal requests equal bytes', async () => {
    const tags = await Promise.all(
      ['', '?limit=2', '?content=full&utm_source=x', '?page=1&q='].map(async (query) =>
        (await get(`/feeds/desk/atom.xml${query}`)).headers.get('etag'),
      ),
    )
    expect(new Set(tags).size).toBe(1)
  })

  it('of summaries carries no full text', async () => {
    const { items } = await json('/feeds/brief/feed.json')
    expect(items.every((item) => !('content_html' in item))).toBe(true)
    expect(await (await get('/feeds/brief/rss.xml')).text()).not.toContain('content:encoded>')
  })

  it('in some formats answers 404 for the others, with those that there are', async () => {
    const answer = await get('/feeds/brief/atom.xml')
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({
      detail: 'This feed is there as RSS, JSON Feed.',
      formats: [
        'https://news.example/feeds/brief/rss.xml',
        'https://news.example/feeds/brief/feed.json',
      ],
    })
  })

  it('in some formats is linked in these alone', async () => {
    const rss = await get('/feeds/brief/rss.xml')
    const page = await get('/feeds/brief/')
    const said = [rss.headers.get('link'), await rss.text(), await page.text()].join('\n')
    expect(said).toContain('/feeds/brief/feed.json')
    expect(said).not.toContain('/feeds/brief/atom.xml')
  })
})

describe('a feed with a delay', () => {
  const delayed = publication({
    feeds: namedFeeds({ late: { delay: 6 * HOUR }, later: { query: 'tag=x', delay: DAY } }),
  })
  function at(start: number, some = [article({ slug: 'a', tags: ['x'], published: NOON })]) {
    let now = start
    const server = serverOf(some, { site: delayed, clock: () => now })
    return { ...server, go: (to: number) => (now = to) }
  }

  it('has an article from so long after its publication on, without any change of files', async () => {
    const server = at(NOON + HOUR)
    const in_ = async (path: string) => (await titles(path, server.get)).length
    expect([await in_('/feed.json'), await in_('/feeds/late/feed.json')]).toEqual([1, 0])
    server.go(NOON + 6 * HOUR - 1)
    expect(await in_('/feeds/late/feed.json')).toBe(0)
    server.go(NOON + 6 * HOUR)
    expect([await in_('/feeds/late/feed.json'), await in_('/feeds/later/feed.json')]).toEqual([
      1, 0,
    ])
    server.go(NOON + DAY)
    expect(await in_('/feeds/later/feed.json')).toBe(1)
    // A clock that is set back takes nothing out.
    server.go(NOON)
    expect(await in_('/feeds/later/feed.json')).toBe(1)
  })

  it('is fresh no longer than until the next article enters', async () => {
    const server = at(NOON + 6 * HOUR - 90_000)
    const answer = await server.get('/feeds/late/rss.xml')
    expect(answer.headers.get('cache-control')).toContain('max-age=90,')
  })

  it('has changed when an article entered, by tag and by date', async () => {
    const early = article({ slug: 'b', tags: ['x'], published: NOON - DAY, updated: NOON + HOUR })
    const server = at(NOON + 2 * HOUR, [early, article({ slug: 'a', tags: ['x'] })])
    const before = await server.get('/feeds/late/rss.xml')
    server.go(NOON + 6 * HOUR)
    const conditions = [
      { 'if-none-match': before.headers.get('etag') ?? '' },
      { 'if-modified-since': before.headers.get('last-modified') ?? '' },
    ]
    for (const headers of conditions) {
      const after = await server.get('/feeds/late/rss.xml', headers)
      expect(after.status).toBe(200)
    }
    server.go(NOON + 6 * HOUR + 3000)
    const { headers } = await server.get('/feeds/late/rss.xml')
    expect(headers.get('last-modified')).toBe(new Date(NOON + 6 * HOUR).toUTCString())
  })

  it('says nothing of an article that was withdrawn before it entered', async () => {
    const withdrawn = (hours: number) =>
      article({ slug: 'a', withdrawn: { at: NOON + hours * HOUR } })
    const stones = async (hours: number) => {
      const server = at(NOON + 8 * HOUR, [withdrawn(hours)])
      const document = await (await server.get('/feeds/late/atom.xml')).text()
      return all(parseStrictly(document), 'at:deleted-entry').length
    }
    expect([await stones(5), await stones(6), await stones(7)]).toEqual([0, 0, 1])
  })

  it('is not changed by what it doesn’t carry yet', async () => {
    const server = at(NOON + HOUR, [
      article({ slug: 'a' }),
      article({ slug: 'b', updated: NOON + 9 * HOUR }),
    ])
    expect((await server.get('/feeds/late/atom.xml')).headers.get('last-modified')).toBe(
      new Date(0).toUTCString(),
    )
  })
})

describe('named feeds are listed', () => {
  it('in OPML, in a group of their own, by a document that they have', async () => {
    const { body } = parseOpml(await (await get('/feeds.opml')).text())
    const group = body?.outlines?.[1]
    expect(group?.text).toBe('Feeds')
    expect(group?.outlines?.map(({ text, xmlUrl, version }) => [text, xmlUrl, version])).toEqual([
      ['The desk', 'https://news.example/feeds/desk/rss.xml', 'RSS2'],
      ['Finance', 'https://news.example/feeds/brief/rss.xml', 'RSS2'],
      ['nobody-ever', 'https://news.example/feeds/none/rss.xml', 'RSS2'],
      ['For programs', 'https://news.example/feeds/json/feed.json', undefined],
    ])
  })

  it('on the first page', async () => {
    const links = linksOf(await (await get('/')).text())
    expect(links).toContain('https://news.example/feeds/desk/')
    expect(links).toContain('https://news.example/feeds/brief/rss.xml')
    expect(links).not.toContain('https://news.example/feeds/brief/atom.xml')
  })
})
