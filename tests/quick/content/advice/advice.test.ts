// Advice: what is right in each record and will bite subscribers; and what looks like it, and is left alone.
import { describe, expect, it } from 'vitest'
import { advise } from '../../../../src/content/advice/advice.ts'
import type { Problem, ProblemKind } from '../../../../src/content/problem.ts'
import { openCatalog } from '../../../../src/domain/catalog.ts'
import type { Publication } from '../../../../src/domain/publication.ts'
import { inBoundedTime } from '../../support/bounded-time.ts'
import { readFiles } from '../../support/folder.ts'
import { png } from '../../support/pictures.ts'

const SITE =
  'title: T\nurl: https://www.news.example/\nauthority: news.example,2026\ntimezone: Asia/Shanghai\n'
const NOW = Date.UTC(2026, 5, 24, 4)

type Files = Parameters<typeof readFiles>[0]

async function advised(files: Files): Promise<Problem[]> {
  const content = await readFiles({ 'site.yaml': SITE, ...files })
  const publication = content.publication as Publication
  return advise(content, openCatalog(publication, content.articles, NOW))
}

async function kindsOf(files: Files): Promise<ProblemKind[]> {
  return (await advised(files)).map(({ kind }) => kind)
}

function article(body: string, fields = ''): string {
  const published = fields.includes('published:') ? '' : 'published: 2026-03-09 08:30\n'
  return `---\ntitle: A\n${published}${fields}---\n${body}`
}

describe('dates still to come', () => {
  it.each([
    ['published: 2026-06-24 12:00', []],
    ['published: 2026-06-24 12:01', ['scheduled']],
    ['updated: 2026-06-24 12:01', ['future-update']],
    ['updated: 2026-06-24 12:00', []],
    // It will be changed after it enters, or with it; one warning is enough.
    ['published: 2026-07-01 08:00\nupdated: 2026-07-02 08:00', ['scheduled']],
    ['published: 2026-07-01 08:00\ndraft: true', []],
    ['expires: 2026-07-01 08:00', []],
    ['withdrawn: 2026-06-01 08:00\nupdated: 2026-07-01 08:00', []],
  ])('%j', async (fields, expected) => {
    expect(await kindsOf({ 'a.md': article('Text.', `${fields}\n`) })).toEqual(expected)
  })

  it('are told by the clock of the publication, at their field', async () => {
    const files = { 'a.md': article('Text.', 'published: 2026-06-30T23:30:00Z\n') }
    expect(await advised(files)).toMatchObject([
      { file: 'a.md', line: 3, column: 12, field: 'published' },
    ])
    expect((await advised(files))[0]?.sentence).toContain('on 2026-07-01 07:30 (Asia/Shanghai)')
  })
})

describe('the address of another article', () => {
  it.each([
    ['on the site', 'url: /ferry', 'url: https://www.news.example/ferry', ['same-address']],
    ['elsewhere, which both write about', 'url: https://a.example/', 'url: https://a.example/', []],
    ['of a draft', 'url: /ferry\ndraft: true', 'url: /ferry', []],
    ['but for its query', 'url: /?p=1', 'url: /?p=2', []],
  ])('%s', async (_, first, second, expected) => {
    const files = {
      'a.md': article('Text.', `id: a\n${first}\n`),
      'b.md': article('Text.', `id: b\n${second}\n`),
    }
    expect(await kindsOf(files)).toEqual(expected)
  })

  it('is told at its field, with the other’s file', async () => {
    const files = {
      'site.yaml': `${SITE}permalink: /:year/\n`,
      'a.md': article('Text.', 'id: a\n'),
      'b.md': article('Text.', 'id: b\nurl: /2026/\n'),
    }
    expect(await advised(files)).toMatchObject([{ file: 'b.md', line: 5, column: 6, field: 'url' }])
    expect((await advised(files))[0]?.sentence).toContain('as that of a.md')
  })
})

describe('an article without a text', () => {
  it.each<[string, string, ProblemKind[]]>([
    ['with nothing', '', ['no-text']],
    ['with what cleaning leaves nothing of', '<script>x</script>', ['no-text']],
    ['but with a summary alone', '', ['no-text']],
    ['but a draft', 'draft: true', []],
    ['but a picture', 'pictures: [{ url: https://i.example/a.png, width: 1, height: 1 }]', []],
    ['but a recording', 'recordings: [{ url: https://i.example/a.mp3 }]', []],
  ])('%s', async (_, said, expected) => {
    const isBody = said.startsWith('<')
    const files = { 'a.md': article(isBody ? said : '', isBody ? '' : `summary: S\n${said}\n`) }
    expect(await kindsOf(files)).toEqual(expected)
  })
})

describe('pictures that don’t say how large they are', () => {
  it.each<[string, string, string, boolean]>([
    ['in a record', 'pictures: [{ url: https://i.example/a.png }]\n', 'T', true],
    ['with one size alone', 'pictures: [{ url: https://i.example/a.png, width: 9 }]\n', 'T', true],
    ['in a body', '', '![a](https://i.example/a.png)', true],
    ['with one size in a body', '', '<img src="https://i.example/a.png" width="9">', true],
    ['with both', '', '<img src="https://i.example/a.png" width="9" height="9">', false],
    ['trackers, which are taken out', '', '<img src="https://i.example/a.gif" width="1">T', false],
  ])('%s', async (_, fields, body, isTold) => {
    expect(await kindsOf({ 'a.md': article(body, fields) })).toEqual(
      isTold ? ['unsized-picture'] : [],
    )
  })

  it('are none that lie in the folder: those say it themselves', async () => {
    expect(await kindsOf({ 'a.md': article('![a](a.png)'), 'a.png': png(2, 3) })).toEqual([])
  })

  it('are told once for a body, however many there are', async () => {
    const body = Array.from({ length: 500 }, (_, at) => `![](https://i.example/${at}.png)`).join('')
    expect(await advised({ 'a.md': article(body) })).toMatchObject([
      { spot: 'https://i.example/0.png' },
    ])
  })
})

describe('relative links', () => {
  const others = {
    'news/other.md': article('Text.', 'id: o\nslug: the-other\n'),
    'news/bundle/index.md': article('Text.', 'id: b\n'),
    'pic.pdf': '%PDF-',
  }
  it.each([
    ['../gone.md', true],
    ['gone/', true],
    ['gone.png', true],
    ['../news/gone?x#y', true],
    ['www.other.example/x', true],
    ['../news/other.md', false],
    ['../news/other', false],
    ['../news/other.md#part', false],
    ['../news/bundle/', false],
    ['../articles/the-other', false],
    ['the-other', false],
    ['the-other.html', false],
    ['../pic.pdf', false],
    ['#part', false],
    ['?page=2', false],
    ['mailto:a@b.example', false],
    ['//cdn.example/x', false],
    ['https://other.example/gone', false],
    // From the root, all that Gazette has is known.
    ['/images/gone.png', true],
    ['/articles/gone', true],
    ['/articles/the-other', false],
    ['/pic.pdf', false],
    ['/', false],
    ['/rss.xml', false],
    ['/tags/x/', false],
    ['/tags/x', false],
    ['/feeds.opml', false],
    ['/media/pic.pdf', false],
    ['/categories/a/b/atom.xml', false],
  ])('to %s', async (reference, isDead) => {
    const body = `<a href="${reference}">x</a> <a href="${reference}">again</a>`
    const kinds = await kindsOf({ 'here/a.html': article(body), ...others })
    expect(kinds).toEqual(isDead ? ['dead-link'] : [])
  })

  it('from the root are left alone where other pages stand at the base URL', async () => {
    const body = '[a](/images/gone.png) [b](../gone/)'
    const files = { 'site.yaml': `${SITE}permalink: /:slug/\n`, 'a.md': article(body) }
    expect((await advised(files)).map(({ spot }) => spot)).toEqual(['../gone/'])
  })

  it.each([
    ['The Other', undefined],
    ['a-draft', undefined],
    ['gone', 'names "gone", which is no article\'s slug.'],
    ['other.md', 'names "other.md", which is no article\'s slug.'],
    ['{ title: Elsewhere, url: "https://x.example/gone" }', undefined],
  ])('to related articles: %s', async (related, sentence) => {
    const problems = await advised({
      'a.md': article('Text.', `related: [the-other, ${related}]\n`),
      'draft.md': article('Text.', 'published: 2026-03-10 08:30\nslug: a-draft\ndraft: true\n'),
      ...others,
    })
    const told = { kind: 'dead-link', line: 4, field: 'related[1]', sentence }
    expect(problems).toMatchObject(sentence === undefined ? [] : [told])
  })

  it('to pictures are told as links alone', async () => {
    expect(await kindsOf({ 'a.md': article('![](gone.png)') })).toEqual(['dead-link'])
  })
})

describe('addresses on a wrong host', () => {
  it.each([
    ['https://news.example/x', true],
    ['http://www.news.example/x', true],
    ['https://www.news.example:8443/x', true],
    ['https://www.news.example./x', true],
    ['https://staging.news.example/x', true],
    ['https://preview.www.news.example/x', true],
    ['http://localhost:4000/x', true],
    ['http://127.0.0.1/x', true],
    ['http://[::1]:8080/x', true],
    ['http://192.168.1.7/x', true],
    ['http://172.20.0.2/x', true],
    ['http://nas.local/x', true],
    ['http://news.test/x', true],
    ['https://www.news.example/articles/gone', false],
    ['HTTPS://WWW.News.EXAMPLE/x', false],
    ['https://photos.news.example/x', false],
    ['https://othernews.example/x', false],
    ['https://news.example.org/x', false],
    ['https://test.example/x', false],
    ['http://172.32.0.2/x', false],
    ['http://1270.example/x', false],
    ['mailto:desk@news.example', false],
  ])('%s', async (address, isWrong) => {
    const link = await kindsOf({ 'a.html': article(`<a href="${address}">x</a>`) })
    expect(link).toEqual(isWrong ? ['stray-host'] : [])
    if (address.startsWith('mailto:')) return
    const url = await advised({ 'a.md': article('Text.', `url: ${address}\n`) })
    expect(url.map(({ field }) => field)).toEqual(isWrong ? ['url'] : [])
  })

  it('are not told of a publication that is itself tried out', async () => {
    const files = {
      'site.yaml': 'title: T\nurl: http://localhost:8080/\nauthority: news.example,2026\n',
      'a.md': article('[x](https://localhost:8080/y) [y](http://localhost:8080/)'),
    }
    expect((await advised(files)).map(({ spot }) => spot)).toEqual(['https://localhost:8080/y'])
  })
})

describe('where readers reach it', () => {
  it.each([
    ['is told to be unknown, once', 'http://localhost/', 'published: 2026-03-09 08:30', ['no-url']],
    ['is known', 'https://www.news.example/', 'published: 2026-03-09 08:30', []],
    ['hurts nobody while nothing is published', 'http://localhost/', 'draft: true', []],
  ])('%s', async (_, url, fields, expected) => {
    const files = {
      'site.yaml': `title: T\nurl: ${url}\nauthority: news.example,2026\n`,
      'a.md': article('Text.', `${fields}\n`),
      'b.md': article('Text.', `id: b\n${fields}\n`),
    }
    expect(await kindsOf(files)).toEqual(expected)
  })
})

describe('ids', () => {
  it('minted in nobody’s name are told once, with their number', async () => {
    const files = {
      'site.yaml': 'title: T\n',
      'a.md': article('Text.', 'id: a\n'),
      'b.md': article('Text.', 'id: urn:b\n'),
    }
    const [only, ...others] = await advised(files)
    expect(only).toMatchObject({ kind: 'no-authority', file: 'site.yaml', field: 'authority' })
    expect(only?.sentence).toContain('1 of 2 ids')
    expect(others).toEqual([])
  })

  it('that are all whole URIs need no authority', async () => {
    const files = { 'site.yaml': 'title: T\n', 'a.md': article('Text.', 'id: urn:a\n') }
    expect(await kindsOf(files)).toEqual([])
  })

  it.each([
    ['published: 2026-03-09\n', true],
    ['published: 2026-03-09 08:30\n', false],
    ['published: 2026-03-09\nid: a\n', false],
  ])('that depend on the name of a file are told: %j', async (fields, isWeak) => {
    expect(await kindsOf({ 'a.md': article('T', fields) })).toEqual(isWeak ? ['weak-id'] : [])
  })
})

describe('terms almost the same as another', () => {
  const two = { 'a.md': article('T', 'id: a\ntags: [港口, Night Market]\n') }
  const one = article('T', 'id: b\ntags: [x, night-markets]\n')

  it('are told at the rarer one, with how to merge them', async () => {
    const files = { ...two, 'c.md': article('T', 'id: c\ntags: [night market]\n'), 'b.md': one }
    const [only, ...others] = await advised(files)
    expect(only).toMatchObject({ kind: 'near-terms', file: 'b.md', line: 5, field: 'tags[1]' })
    expect(only?.sentence).toMatch(
      /"night-markets" \(1 article\) and "night-market" \(2 articles\).*"night-markets: { renamedTo: night-market }" under taxonomy.tags/,
    )
    expect(others).toEqual([])
  })

  it.each([
    ['both named in site.yaml', '{ night market: {}, night-markets: {} }'],
    ['one renamed there', '{ night-markets: { renamedTo: night market } }'],
  ])('are left alone where %s', async (_, tags) => {
    const site = `${SITE}taxonomy: { tags: ${tags} }\n`
    expect(await kindsOf({ ...two, 'b.md': one, 'site.yaml': site })).toEqual([])
  })

  it('are told of sections and authors too', async () => {
    const files = {
      'a.md': article('T', 'id: a\nsection: News/Night Market\nauthors: [Metro Desk]\n'),
      'b.md': article('T', 'id: b\nsection: News/NightMarket\nauthors: [Metro-Desk, Metrodesk]\n'),
    }
    expect((await advised(files)).map(({ field }) => field)).toEqual(['section', 'authors[1]'])
  })
})

describe('a tag that looks like several', () => {
  it.each([
    ['tags: [港口，出口]', 'is one tag, "港口，出口": "，" parts none; "," does.'],
    ['tags: [a, 渡船、夜班船]', 'is one tag, "渡船、夜班船": "、" parts none; "," does.'],
    ['tags: [R&D; exports]', 'is one tag, "R&D; exports": ";" parts none; "," does.'],
    ['tags:\n  -a\n  -b', 'is one tag, "-a -b": in a list "- " has a space.'],
    ['tags: [a, b-c, C++, "-"]', undefined],
    ['tags: 港口，出口', undefined],
    ['tags: [港口，出口]\ndraft: true', undefined],
  ])('%j', async (fields, sentence) => {
    const problems = await advised({ 'a.md': article('Text.', `${fields}\n`) })
    const told = { kind: 'joined-tags', severity: 'warning', sentence }
    expect(problems).toMatchObject(sentence === undefined ? [] : [told])
  })
})

it('a change dated before the publication is told of, and the publication taken for it', async () => {
  const files = { 'site.yaml': SITE, 'a.md': article('T', 'updated: 2025-03-10\n') }
  const { problems, articles } = await readFiles(files)
  expect(problems).toMatchObject([{ kind: 'early-update', line: 4, column: 10 }])
  expect(articles.map(({ published, updated }) => updated - published)).toEqual([0])
})

it('an article that expires before it is published is told of, at its field', async () => {
  const said = async (expires: string) =>
    (await readFiles({ 'site.yaml': SITE, 'a.md': article('T', `expires: ${expires}\n`) })).problems
  expect(await said('2025-03-10')).toMatchObject([{ kind: 'early-expiry', line: 4, column: 10 }])
  expect(await said('2026-03-09 08:31')).toEqual([])
})

it('takes bounded time for addresses that are mostly slashes', async () => {
  const url = `https://www.news.example/${'/'.repeat(19_000)}x`
  const records = Array.from({ length: 200 }, (_, at) => {
    const published = '2026-03-09T08:30:00Z'
    return JSON.stringify({ id: `${at}`, title: 'A', published, url, text: 'Text.' })
  })
  await inBoundedTime(() => advised({ 'a.ndjson': records.join('\n') }))
})
