// The list of all feeds: OPML 2.0 that a reader imports, each of its addresses a feed.
import { parseOpml } from 'feedsmith'
import { describe, expect, it } from 'vitest'
import { parseStrictly } from '../support/documents.ts'
import { article, DAY, HOUR, NOON, publication } from '../support/publication.ts'
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
