// The page of an article: all that is known of it, for people and for machines, or where it is now.
import type { Element } from 'hast'
import { fromHtml } from 'hast-util-from-html'
import { toText } from 'hast-util-to-text'
import { afterEach, describe, expect, it } from 'vitest'
import { htmlOf } from '../support/bodies.ts'
import { elementsIn, headingOf, linksOf } from '../support/html.ts'
import { BROWSER, failures, get, pageAt, pageOf, site } from '../support/pages.ts'
import { article, HOUR, NOON, publication, taxonomy } from '../support/publication.ts'
import { serverOf } from '../support/server.ts'

afterEach(() => expect(failures).toEqual([]))

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
