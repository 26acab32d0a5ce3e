// The list of all feeds: OPML 2.0 that a reader imports, each of its addresses a feed.
import { parseOpml } from 'feedsmith'
import { toText } from 'hast-util-to-text'
import { describe, expect, it } from 'vitest'
import { parseStrictly } from '../support/documents.ts'
import { discoveredIn, elementsIn, linksOf } from '../support/html.ts'
import { article, DAY, HOUR, NOON, publication, taxonomy } from '../support/publication.ts'
import { serverOf } from '../support/server.ts'

const { get } = serverOf(
  [
    article({ tags: ['R&D', 'C++'], sections: ['News/Local'], updated: NOON + HOUR }),
    article({ slug: 'b', tags: ['past'], expires: NOON + 2 * HOUR }),
    article({ slug: 'c', tags: ['secret'], draft: true }),
  ],
  { site: publication({ title: 'A & <B>' }), clock: () => NOON + DAY },
)

describe('/feeds.opml', () => {
  it('lists every feed that has articles, by section, tag and author', async () => {
    const text = await (await get('/feeds.opml')).text()
    parseStrictly(text)
    const { head, body } = parseOpml(text)
    expect(head?.title).toBe('A & <B>')
    expect(new Date(String(head?.dateModified)).getTime()).toBe(NOON + 2 * HOUR)
    const listed = body?.outlines?.map(({ text, xmlUrl, outlines }) => [
      text,
      xmlUrl ?? outlines?.map((outline) => [outline.text, outline.xmlUrl]),
    ])
    expect(listed).toEqual([
      ['A & <B>', 'https://news.example/rss.xml'],
      [
        'Sections',
        [
          ['News', 'https://news.example/categories/news/rss.xml'],
          ['News › Local', 'https://news.example/categories/news/local/rss.xml'],
        ],
      ],
      [
        'Tags',
        [
          ['C++', 'https://news.example/tags/c++/rss.xml'],
          ['R&D', 'https://news.example/tags/r%26d/rss.xml'],
        ],
      ],
      ['Authors', [['Newsroom', 'https://news.example/authors/newsroom/rss.xml']]],
    ])
  })

  it('each of its addresses is a feed', async () => {
    const { body } = parseOpml(await (await get('/feeds.opml')).text())
    const outlines = body?.outlines?.flatMap((outline) => outline.outlines ?? [outline]) ?? []
    expect(outlines).toHaveLength(6)
    for (const { xmlUrl = '' } of outlines) {
      expect((await get(new URL(xmlUrl).pathname)).status).toBe(200)
    }
  })

  it('is validated and packed like a feed', async () => {
    const whole = await get('/feeds.opml', { 'accept-encoding': 'gzip' })
    expect(whole.headers.get('content-type')).toBe('text/x-opml; charset=utf-8')
    expect(whole.headers.get('content-encoding')).toBe('gzip')
    const etag = whole.headers.get('etag') ?? ''
    expect((await get('/feeds.opml', { 'if-none-match': etag })).status).toBe(304)
  })
})

describe('what is retired, and sections below it,', () => {
  const site = publication({
    taxonomy: taxonomy({
      sections: new Map([
        ['sport', { retired: 'Sport has left.' }],
        ['sport/races', { label: 'Races' }],
        ['news/weather', { retired: 'Look outside.' }],
      ]),
      tags: new Map([['dead', { retired: 'Nobody used it.' }]]),
    }),
  })
  const { get } = serverOf(
    [
      article({
        slug: 'a',
        tags: ['Dead', 'Alive'],
        sections: ['Sport/Rowing', 'News/Weather/Storms'],
      }),
      article({ slug: 'b', tags: ['Dead', 'Alive'], sections: ['Sport/Rowing'] }),
    ],
    { site },
  )
  const sections = 'https://news.example/categories/'
  const tags = 'https://news.example/tags/'

  it.each([
    ['/categories/sport/rowing/rss.xml', 410],
    ['/categories/sport/races/rss.xml', 410],
    ['/categories/news/weather/storms/rss.xml', 410],
    ['/categories/news/rss.xml', 200],
    ['/tags/dead/rss.xml', 410],
  ])('answer as what is gone: %s %i', async (path, status) => {
    expect((await get(path)).status).toBe(status)
  })

  it('are in no list of feeds', async () => {
    const { body } = parseOpml(await (await get('/feeds.opml')).text())
    const listed = body?.outlines?.flatMap(({ outlines }) => outlines ?? [])
    expect(listed?.map(({ xmlUrl }) => xmlUrl)).toEqual([
      `${sections}news/rss.xml`,
      `${tags}alive/rss.xml`,
      'https://news.example/authors/newsroom/rss.xml',
    ])
  })

  it('are not offered by the builder', async () => {
    const fields = elementsIn(await (await get('/build/')).text(), 'input')
    const offered = fields.flatMap(({ properties: { type, name, value } }) =>
      type === 'checkbox' && ['tag', 'category'].includes(String(name)) ? [value] : [],
    )
    expect(offered).toEqual(['alive', '-alive', 'news', '-news'])
  })

  it.each([
    ['a', `${sections}news/rss.xml`, [`${sections}news/`, `${tags}alive/`]],
    ['b', `${tags}alive/rss.xml`, [`${tags}alive/`]],
  ])(
    'are named on the page of an article, which leads nowhere with them: %s',
    async (slug, nearest, terms) => {
      const page = await (await get(`/articles/${slug}`)).text()
      expect(discoveredIn(page)[0]).toBe(nearest)
      expect(linksOf(page).filter((link) => /categories|tags/.test(link))).toEqual(terms)
      const named = elementsIn(page, 'li').map((item) => toText(item))
      expect(named).toEqual(expect.arrayContaining(['Sport', 'Rowing', 'Dead', 'Alive']))
    },
  )
})
