// What those who count and log are told of each request: what it was about, and nothing secret.
import { describe, expect, it } from 'vitest'
import { hashOf } from '../../../src/publishing/tokens.ts'
import { article, DAY, NOON, namedFeeds, publication, taxonomy } from '../support/publication.ts'
import { serverOf } from '../support/server.ts'

const SECRET = 'Aa0_-Bb1Cc2Dd3Ee4Ff5Gg6Hh7Ii8Jj9Kk0Ll1Mm2Nn'
const SITE = publication({
  feeds: namedFeeds({ desk: {}, partners: { tokens: [{ name: 'a', hash: hashOf(SECRET) }] } }),
  taxonomy: taxonomy({
    tags: new Map([
      ['old', { renamedTo: 'port' }],
      ['dead', { retired: 'Nobody wrote of it.' }],
    ]),
  }),
})
const ARTICLES = [article({ tags: ['port', 'night market'], sections: ['News/Local'] })]

async function told(path: string, init: RequestInit = {}, proxies = 0) {
  const { app, exchanges } = serverOf(ARTICLES, { site: SITE, proxies })
  const response = await app.request(`http://other.example${path}`, init, {
    incoming: { socket: { remoteAddress: '192.0.2.7' } },
  })
  const body = await response.arrayBuffer()
  return { response, body, exchange: exchanges[0] }
}

describe('an exchange is about', () => {
  it.each([
    ['/rss.xml', 'all', 'rss', 'rss.xml', 200],
    ['/feed.json?utm_source=x', 'all', 'json', 'feed.json', 200],
    ['/atom.xml?lang=en', 'filter', 'atom', 'atom.xml?lang=en', 200],
    ['/atom.xml?tag=port', 'tag', 'atom', 'tags/port/atom.xml', 200],
    ['/tags/port/rss.xml', 'tag', 'rss', 'tags/port/rss.xml', 200],
    ['/categories/news/local/rss.xml', 'category', 'rss', 'categories/news/local/rss.xml', 200],
    ['/authors/newsroom/rss.xml', 'author', 'rss', 'authors/newsroom/rss.xml', 200],
    ['/feeds/desk/rss.xml', 'named', 'rss', 'feeds/desk/rss.xml', 200],
    [`/feeds/partners/${SECRET}/rss.xml`, 'private', 'rss', 'feeds/partners/***/rss.xml', 200],
    [`/feeds/partners/${SECRET}x/rss.xml`, 'private', 'rss', 'feeds/partners/***/rss.xml', 404],
    ['/feeds.opml', 'opml', 'opml', 'feeds.opml', 200],
    ['/tags/Night%20Market/rss.xml', 'tag', 'rss', 'tags/Night%20Market/rss.xml', 301],
    ['/tags/old/rss.xml', 'tag', 'rss', 'tags/old/rss.xml', 301],
    ['/tags/dead/rss.xml', 'tag', 'rss', 'tags/dead/rss.xml', 410],
    ['/tags/never/rss.xml', 'tag', 'rss', 'tags/never/rss.xml', 404],
    ['/rss.xml?x=1', 'filter', 'rss', 'rss.xml?x=1', 400],
    ['/', 'page', 'html', undefined, 200],
    ['/tags/port/', 'page', 'html', undefined, 200],
    ['/articles/an-article', 'page', 'html', undefined, 200],
    ['/media/none.jpg', 'media', 'other', undefined, 404],
    ['/wp-login.php', 'other', 'other', undefined, 404],
    ['/constructor/rss.xml', 'other', 'other', undefined, 404],
  ])('%s: %s', async (path, kind, format, feed, status) => {
    const { exchange } = await told(path)
    expect(exchange?.status).toBe(status)
    expect(exchange?.subject.kind).toBe(kind)
    expect(exchange?.subject.format).toBe(format)
    expect(exchange?.subject.feed).toBe(feed)
  })

  it.each([
    ['a feed', `/rss.xml?q=${'港'.repeat(90)}`, 200],
    ['no feed', `/rss.xml?x=${'x'.repeat(900)}`, 400],
  ])('%s, of whose address it tells no more than is good', async (_, path, status) => {
    const { exchange } = await told(path)
    expect(exchange?.status).toBe(status)
    expect(exchange?.subject.feed).toHaveLength(300)
  })

  it('a page, where a browser is led to a feed', async () => {
    const { exchange } = await told('/rss.xml', {
      headers: { accept: 'text/html', 'sec-fetch-mode': 'navigate' },
    })
    expect(exchange?.subject).toEqual({ kind: 'page', format: 'html' })
  })
})

describe('an exchange tells', () => {
  it('what was sent, and what the whole document would have been', async () => {
    const { exchange, body, response } = await told('/rss.xml', {
      headers: { 'accept-encoding': 'gzip', 'user-agent': 'newsboat/2.21' },
    })
    expect(exchange).toMatchObject({
      at: NOON + DAY,
      method: 'GET',
      coding: 'gzip',
      bytes: body.byteLength,
      freshFor: 300,
      agent: 'newsboat/2.21',
      isConditional: false,
      client: '192.0.2.7',
    })
    const plain = await told('/rss.xml')
    expect(exchange?.full).toBe(plain.body.byteLength)
    expect(response.headers.get('etag')).toContain(exchange?.subject.tag)
  })

  it.each([
    ['GET', { 'if-none-match': '*' }, 304],
    ['GET', { 'if-match': '"x"' }, 412],
    ['HEAD', {}, 200],
  ])('that %s with %o has no body', async (method, headers, status) => {
    const { exchange } = await told('/rss.xml', { method, headers })
    expect(exchange).toMatchObject({ status, bytes: 0, method })
    expect(exchange?.full).toBeGreaterThan(0)
  })

  it('how long a problem is, and that HEAD is sent none of it', async () => {
    const { exchange, body } = await told('/tags/never/rss.xml')
    expect(exchange?.bytes).toBe(body.byteLength)
    const { exchange: head } = await told('/tags/never/rss.xml', { method: 'HEAD' })
    expect(head?.bytes).toBe(0)
  })

  it.each([
    [{}, false],
    [{ 'if-none-match': '"x"' }, true],
    [{ 'if-modified-since': 'Wed, 24 Jun 2026 04:00:00 GMT' }, true],
  ])('whether who asks with %j asks only for what is new: %s', async (headers, isConditional) => {
    const { exchange } = await told('/rss.xml', { headers: headers as Record<string, string> })
    expect(exchange?.isConditional).toBe(isConditional)
  })

  it.each([
    [1, 'x'.repeat(5_000), 'x'.repeat(80)],
    [0, '198.51.100.1, 203.0.113.9', '192.0.2.7'],
    [1, '198.51.100.1, 203.0.113.9', '203.0.113.9'],
    [2, '198.51.100.1, 203.0.113.9', '198.51.100.1'],
    [1, '', '192.0.2.7'],
  ])(
    'who asks, behind %i proxies of the operator with “%s”: %s',
    async (proxies, header, client) => {
      const { exchange } = await told(
        '/rss.xml',
        { headers: { 'x-forwarded-for': header } },
        proxies,
      )
      expect(exchange?.client).toBe(client)
    },
  )

  it.each([
    [`/feeds/partners/${SECRET}/rss.xml?limit=5`],
    [`/feeds/partners/${SECRET}/nothing`],
    [`/${SECRET}/rss.xml`],
    [`/rss.xml?utm_source=${SECRET}`],
  ])('no secret: %s', async (path) => {
    const { exchange } = await told(path)
    expect(JSON.stringify([exchange, exchange?.target()])).not.toContain(SECRET)
    expect(exchange?.target()).toContain('***')
  })

  it('no more of a User-Agent than is good', async () => {
    const { exchange } = await told('/rss.xml', { headers: { 'user-agent': 'x'.repeat(10_000) } })
    expect(exchange?.agent).toHaveLength(300)
  })
})

it.each([
  ['a document', '/rss.xml', {}],
  ['a 304', '/tags/port/rss.xml', { 'if-none-match': '*' }],
  ['one by date', '/rss.xml', { 'if-modified-since': 'Wed, 24 Jun 2099 04:00:00 GMT' }],
  ['a document whose address holds what may be a secret', `/rss.xml?utm_source=${SECRET}`, {}],
])('of %s that lies ready the same is told as of one that is found', async (_, path, headers) => {
  const { app, publisher, exchanges } = serverOf(ARTICLES, { site: SITE, proxies: 1 })
  const agents = { 'user-agent': 'newsboat/2.21', 'x-forwarded-for': '198.51.100.1' }
  const ask = (more: object) => app.request(path, { headers: { ...agents, ...more } })
  for (let turn = 0; turn < 2; turn++) await ask(headers)
  publisher.find = () => expect.fail('it lies ready')
  await ask(headers)
  const [found, , ready] = exchanges.map(({ id: _, took: __, target, ...one }) => ({
    ...one,
    target: target(),
  }))
  expect(found?.client).toBe('198.51.100.1')
  expect(ready).toEqual(found)
})

it('the answer to a failure names the exchange', async () => {
  const { app, publisher, exchanges } = serverOf(ARTICLES)
  publisher.opml = () => {
    throw new Error('broken')
  }
  const { instance } = (await (await app.request('/feeds.opml')).json()) as { instance: string }
  expect(exchanges.map(({ status, id }) => [status, `urn:uuid:${id()}`])).toEqual([[500, instance]])
})

it('where noting it fails, the client is answered, and the operator told', async () => {
  const { app, exchanges, failures } = serverOf(ARTICLES)
  exchanges.push = () => {
    throw new Error('full')
  }
  expect((await app.request('/rss.xml')).status).toBe(200)
  expect(failures).toEqual([new Error('full')])
})
