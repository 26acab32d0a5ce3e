// What a person reads when something is wrong: in the page’s language, while programs are told it in English.
import { toText } from 'hast-util-to-text'
import { describe, expect, it } from 'vitest'
import { createApp } from '../../../src/http/app.tsx'
import { elementsIn, headingOf, linksOf } from '../support/html.ts'
import { articles, BROWSER, get, site } from '../support/pages.ts'
import { article, HOUR, NOON, namedFeeds } from '../support/publication.ts'
import { serverOf } from '../support/server.ts'

const { publisher } = serverOf([...articles, article({ slug: 'past', expires: NOON + HOUR })], {
  site: {
    ...site,
    feeds: namedFeeds({ brief: { content: 'summary', formats: ['rss', 'json'], limit: 2 } }),
  },
})
const settings = { publisher, folder: '/', onFailure: () => {} }
const usual = createApp(settings)
const overloaded = createApp({ ...settings, admits: () => false })
const spent = createApp({ ...settings, budget: { spend: () => 1234, clientOf: () => '' } })
const broken = {
  ...publisher,
  opml: () => {
    throw new Error('broken')
  },
}
const failing = createApp({ ...settings, publisher: broken })

const MANY = Array.from({ length: 65 }, (_, at) => `a${at}`).join()
type Row = [path: string, detail: string | RegExp, app?: typeof usual, method?: string]
const PROBLEMS: Row[] = [
  ['/nowhere', 'There is nothing at this address.'],
  ['/articles/past', 'It is no longer available.'],
  ['/?page=9', 'The feed has fewer pages.'],
  ['/feeds/brief/atom.xml', 'This feed is there as RSS, JSON Feed.'],
  ['/tags/nope/', 'Nothing was ever published under “nope”.'],
  ['/tags/exprots/', 'Nothing was ever published under “exprots”. Nearest to it: “Exports”.'],
  ['/tags/%FF/', 'The path is not percent-encoded UTF-8.'],
  ['/', 'Feeds and pages can be read (GET, HEAD, OPTIONS), nothing else.', usual, 'POST'],
  [
    '/',
    'Ask again in 1234 s, and with the ETag that you were given: such requests are the last to be refused.',
    spent,
  ],
  [
    '/rss.xml?limit=3',
    'This is not ready, and there is no time to make it just now. Ask again soon.',
    overloaded,
  ],
  [
    '/feeds.opml',
    /^Something went wrong here, not with your request\. Its number is [\da-f-]{36}\.$/,
    failing,
  ],
  ['/?nonsense=1', 'There is no parameter "nonsense".'],
  [`/?${'n'.repeat(61)}=1`, `There is no parameter "${'n'.repeat(60)}".`],
  ['/?limit=1&limit=2', '"limit" can only be given once.'],
  ['/?limit=0', '"limit" should be a number from 1 to 200.'],
  ['/find/?page=0', '"page" should be a number from 1 to 100000.'],
  ['/find/?in=x', '"in" should be one of tags, sections, authors.'],
  [
    '/?since=gestern',
    '"since" should be a date (2026-03-09), a date-time (2026-03-09T08:30:00Z) or a duration back from now (P7D).',
  ],
  ['/?depth=2', '"depth" can only be 0: the section alone, without those below it.'],
  ['/?content=x', '"content" should be "full" or "summary".'],
  ['/feeds/brief/?content=full', 'This feed has summaries only.'],
  [`/?q=${'x'.repeat(201)}`, '"q" may have at most 200 characters.'],
  [`/?tag=${MANY}`, 'A filter may name at most 64 terms.'],
  [`/?tag=${'x'.repeat(201)}`, `"${'x'.repeat(40)}" can't be the name of a term.`],
  [
    '/?tag={most},-%7Bname%7D',
    '"tag={most},-{name}" mixes terms to have with terms to leave out: give them apart.',
  ],
]

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

  it.each(PROBLEMS)(
    'at %s is told to programs in English, whatever they ask for: %s',
    async (path, detail, app = usual, method = 'GET') => {
      const answer = await app.request(path, { method, headers: { 'accept-language': 'zh-CN' } })
      expect(await answer.json()).toMatchObject({
        detail: typeof detail === 'string' ? detail : expect.stringMatching(detail),
      })
    },
  )

  describe.each(['zh-Hans', 'zh-Hant'])('on a page in %s has no English sentence', (language) => {
    it.each(PROBLEMS)('at %s, where it is: %s', async (path, _, app = usual, method = 'GET') => {
      const headers = { ...BROWSER, 'accept-language': language }
      const page = await (await app.request(path, { method, headers })).text()
      const [head = expect.fail()] = elementsIn(page, 'header', 'head')
      const [, detail = expect.fail()] = elementsIn(head, 'p')
      expect(detail.properties.lang).toBe(language)
      expect(toText(detail)).toMatch(/\p{Script=Han}.*。$/u)
      expect(toText(detail)).not.toMatch(/[a-z’']+( [a-z’']+){2}/i)
    })
  })

  it.each([
    ['/tags/weather/', 'en', 'The weather has a page of its own.'],
    ['/articles/gone', 'zh-Hans', '报道有误。'],
  ])('at %s is told as editors explain it, in %s: %s', async (path, language, words) => {
    const withdrawn = { at: NOON, reason: '报道有误。' }
    const { get: ask } = serverOf([article({ slug: 'gone', language: 'zh-Hans', withdrawn })], {
      site,
    })
    const page = await (await ask(path, { ...BROWSER, 'accept-language': 'zh-TW' })).text()
    const told = elementsIn(page, 'p').find((line) => toText(line) === words)
    expect(told?.properties.lang).toBe(language)
  })
})
