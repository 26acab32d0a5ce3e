// Private feeds over HTTP: open to those who were given an address, and to everybody else as if they weren't there.
import { tmpdir } from 'node:os'
import { afterEach, describe, expect, it } from 'vitest'
import { createApp } from '../../../src/http/app.tsx'
import { hashOf, mintSecret } from '../../../src/publishing/tokens.ts'
import { only, parseStrictly } from '../support/documents.ts'
import { article, HOUR, NOON, namedFeeds, publication } from '../support/publication.ts'
import { serverOf } from '../support/server.ts'

const A = mintSecret()
const B = mintSecret()
const REVOKED = mintSecret()
const OTHER = mintSecret()
const token = (name: string, secret: string) => ({ name, hash: hashOf(secret) })
const site = publication({
  hubs: ['https://hub.example/'],
  feeds: namedFeeds({
    partners: { query: 'tag=x', limit: 2, tokens: [token('a', A), token('b', B)] },
    others: { formats: ['rss'], tokens: [token('c', OTHER)] },
    closed: { tokens: [] },
    open: {},
  }),
})
const articles = ['one', 'two', 'three'].map((slug, at) =>
  article({ slug, tags: ['x'], published: NOON - at * HOUR }),
)
const { app, publisher, get, failures } = serverOf(articles, { site })
afterEach(() => expect(failures).toEqual([]))

const BROWSER = { accept: 'text/html', 'sec-fetch-mode': 'navigate' }
const at = (secret: string) => `/feeds/partners/${secret}`
/** All that an answer says. */
const whole = async (answer: Response) =>
  [answer.status, JSON.stringify([...answer.headers]), await answer.text()].join('\n')

describe('a private feed', () => {
  it.each([
    ['the one', A],
    ['the other', B],
  ])('opens to %s of its secrets, in each format', async (_, secret) => {
    for (const file of ['rss.xml', 'atom.xml', 'feed.json', '']) {
      const answer = await get(`${at(secret)}/${file}`)
      expect(answer.status).toBe(200)
      expect(await answer.text()).toContain('About one')
    }
  })

  const shut: [string, string][] = [
    ['no secret', '/feeds/partners'],
    ['a wrong secret', at(mintSecret())],
    ['a secret taken back', at(REVOKED)],
    ['the secret of another feed', at(OTHER)],
    ['the beginning of a secret', at(A.slice(0, -1))],
    ['a secret and more', at(`${A}A`)],
    ['a secret in the query', `/feeds/partners?token=${A}`],
    ['a hash', at(hashOf(A))],
    ['an empty secret', at('')],
    ['a secret behind another segment', `/feeds/partners/x/${A}`],
    ['a feed whose every secret was taken back', `/feeds/closed/${A}`],
    ['a secret at a public feed', `/feeds/open/${A}`],
    ['another spelling of its name', '/feeds/Partners'],
  ]

  it.each(shut)('with %s answers as a name that never was', async (_, path) => {
    const place = (folder: string, file: string) => {
      const [start = '', query] = folder.split('?')
      return `${start}/${file}${query === undefined ? '' : `?${query}`}`
    }
    for (const headers of [{}, BROWSER]) {
      for (const file of ['rss.xml', 'feed.json', '', 'rss.xml?foo=1', 'nothing.xml']) {
        const never = await get(place('/feeds/never-was', file), headers)
        expect(never.status).toBe(404)
        expect(await whole(await get(place(path, file), headers))).toBe(await whole(never))
      }
    }
  })

  const answers: [string, string, Record<string, string>, number][] = [
    ['a document', '/rss.xml', {}, 200],
    ['a packed document', '/rss.xml', { 'accept-encoding': 'br' }, 200],
    ['its page', '/', {}, 200],
    ['the page of a document', '/atom.xml', BROWSER, 200],
    ['what a query narrows', '/rss.xml?tag=X&q=one', {}, 200],
    ['a wrong parameter', '/rss.xml?foo=1', {}, 400],
    ['a page too far', '/rss.xml?page=9', {}, 404],
    ['a page too far, in a browser', '/rss.xml?page=9', BROWSER, 404],
    ['an unknown term', '/rss.xml?tag=nope', {}, 404],
  ]

  it.each(answers)(
    'answers with %s that nobody keeps, finds or passes on',
    async (_, file, headers, status) => {
      const answer = await get(`${at(A)}${file}`, headers)
      expect(answer.status).toBe(status)
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'cache-control': 'private, no-store',
        'x-robots-tag': 'noindex',
        'referrer-policy': 'no-referrer',
      })
      for (const name of ['access-control-allow-origin', 'access-control-expose-headers'])
        expect(answer.headers.get(name), name).toBeNull()
      if (status >= 400) expect(await whole(answer)).not.toContain(A)
    },
  )

  it('moves with its secret to where it is spelled right, privately', async () => {
    const answer = await get(`/feeds/Partners/${A}/rss.xml`)
    expect(answer.status).toBe(301)
    expect(answer.headers.get('location')).toBe(`https://news.example${at(A)}/rss.xml`)
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
  })

  it('answers conditional requests as any feed does', async () => {
    const first = await get(`${at(A)}/atom.xml`)
    for (const headers of [
      { 'if-none-match': first.headers.get('etag') ?? '' },
      { 'if-modified-since': first.headers.get('last-modified') ?? '' },
    ]) {
      const again = await get(`${at(A)}/atom.xml`, headers)
      expect(again.status).toBe(304)
      expect(again.headers.get('cache-control')).toBe('private, no-store')
      expect(again.headers.get('x-robots-tag')).toBe('noindex')
    }
  })

  it('sends no delta that anybody may keep', async () => {
    const known = await get(`${at(A)}/rss.xml?limit=1`)
    const answer = await get(`${at(A)}/rss.xml`, {
      'a-im': 'feed',
      'if-none-match': known.headers.get('etag') ?? '',
    })
    expect(answer.status).toBe(226)
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
  })

  it('names itself and its pages by the address that it was asked at, and no hub', async () => {
    const answer = await get(`${at(A)}/atom.xml`)
    expect(answer.headers.get('link')).not.toContain('hub')
    expect(answer.headers.get('link')).toContain(
      `<https://news.example${at(A)}/atom.xml>; rel="self"`,
    )
    const links = parseStrictly(await answer.text()).children.filter(({ name }) => name === 'link')
    const byRelation = new Map(
      links.map(({ attributes: { rel, href, type = '' } }) => [`${rel} ${type}`.trim(), href]),
    )
    expect(byRelation.get('self')).toBe(`https://news.example${at(A)}/atom.xml`)
    expect(byRelation.get('next')).toBe(`https://news.example${at(A)}/atom.xml?page=2`)
    expect(byRelation.has('hub')).toBe(false)
  })

  it('has one id for all who read it, and leads people to the first page', async () => {
    const [a, b] = await Promise.all(
      [A, B].map(async (secret) =>
        parseStrictly(await (await get(`${at(secret)}/atom.xml`)).text()),
      ),
    )
    if (a === undefined || b === undefined) return expect.fail()
    expect(only(a, 'id').text).toBe('tag:news.example,2026:/feeds/partners/')
    expect(only(b, 'id').text).toBe(only(a, 'id').text)
    const rss = parseStrictly(await (await get(`${at(A)}/rss.xml`)).text())
    expect(only(only(rss, 'channel'), 'link').text).toBe('https://news.example/')
  })

  it('tells the holder of one secret nothing of another', async () => {
    for (const file of ['rss.xml', 'atom.xml', 'feed.json', '']) {
      const said = await whole(await get(`${at(A)}/${file}`))
      expect(said).not.toContain(B)
      expect(said).not.toContain(hashOf(A))
    }
  })

  it('gives its page no canonical address to be found by', async () => {
    const page = await (await get(`${at(A)}/`)).text()
    expect(page).toContain('About one')
    expect(page).not.toContain('rel="canonical"')
  })
})

it.each([
  ...['/', '/feeds.opml', '/robots.txt', '/rss.xml', '/tags/x/atom.xml', '/feeds/open/'],
  ...['/articles/one', '/feeds/open/rss.xml?foo=1'],
])('%s says nothing of private feeds', async (path) => {
  const said = await whole(await get(path))
  expect(said).not.toMatch(/partners|others|closed/)
})

it('a secret that is taken back opens nothing from then on', async () => {
  const feeds = (secrets: string[]) =>
    publication({
      feeds: namedFeeds({
        p: { tokens: secrets.map((secret) => token(secret.slice(0, 3), secret)) },
      }),
    })
  const server = serverOf(articles, { site: feeds([A, B]) })
  const statuses = async () =>
    Promise.all(
      [A, B].map(async (secret) => (await server.get(`/feeds/p/${secret}/rss.xml`)).status),
    )
  expect(await statuses()).toEqual([200, 200])
  server.publisher.publish({ publication: feeds([B]), articles })
  expect(await statuses()).toEqual([404, 200])
})

it('a failure is told without the secret of the address that failed', async () => {
  const told: string[] = []
  const broken = {
    ...publisher,
    represent: () => {
      throw new Error('broken')
    },
  }
  const failing = createApp({
    publisher: broken,
    folder: tmpdir(),
    onFailure: (error, id, request) => told.push([error, id, request].join(' ')),
  })
  const answer = await failing.request(`${at(A)}/rss.xml?q=y`)
  expect(answer.status).toBe(500)
  expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
  expect(await whole(answer)).not.toContain(A)
  expect(told.join()).toMatch(/GET http:\/\/localhost\/feeds\/partners\/\*\*\*\/rss\.xml\?q=y$/)
})

it('HEAD, and methods that are not allowed, say as little', async () => {
  const head = await app.request(`${at(A)}/rss.xml`, { method: 'HEAD' })
  expect(head.headers.get('cache-control')).toBe('private, no-store')
  for (const method of ['POST', 'OPTIONS']) {
    const [right, wrong] = await Promise.all(
      [A, REVOKED].map(async (secret) =>
        whole(await app.request(`${at(secret)}/rss.xml`, { method })),
      ),
    )
    expect(right).toBe(wrong)
  }
})
