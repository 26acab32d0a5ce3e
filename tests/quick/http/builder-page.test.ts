// The feed builder and the finder over HTTP: one address for each state, and what is found there.
import { fromHtml } from 'hast-util-from-html'
import { toText } from 'hast-util-to-text'
import { afterEach, describe, expect, it } from 'vitest'
import { elementsIn, linksOf, textsIn } from '../support/html.ts'
import { BROWSER, entriesIn, failures, get, pageAt, pageOf, site } from '../support/pages.ts'
import { article } from '../support/publication.ts'
import { serverOf } from '../support/server.ts'

afterEach(() => expect(failures).toEqual([]))

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
