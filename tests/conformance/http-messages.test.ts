// Methods, statuses, targets and connections (RFC 9110 §9 and §15, RFC 9112): nothing odd goes astray, in raw HTTP.
import { describe, expect, it } from 'vitest'
import { address, DOCUMENTS, FEED, ferryman, get, header } from './ferryman.ts'
import { ask, converse, exchange, requestOf } from './raw-http.ts'
import { BASE, serve } from './server.ts'

ferryman()

describe('RFC 9110 §9 and §15: methods and statuses', () => {
  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND'])(
    '%s is not allowed, and told what is',
    async (method) => {
      const answer = await ask(address(), FEED, ['Content-Length: 0', 'X-Mine: echo'], method)
      expect(answer.status).toBe(405)
      expect(header(answer, 'allow')).toBe('GET, HEAD, OPTIONS')
      expect(answer.body.toString()).not.toContain('echo')
    },
  )

  it('OPTIONS says what is allowed', async () => {
    for (const target of [FEED, '/nowhere']) {
      const answer = await ask(address(), target, [], 'OPTIONS')
      expect([200, 204]).toContain(answer.status)
      expect(header(answer, 'allow')).toBe('GET, HEAD, OPTIONS')
    }
  })

  it('a method that nobody knows is refused in order', async () => {
    const [answer] = await exchange(address(), 'BREW / HTTP/1.1\r\nHost: a\r\n\r\n')
    expect([400, 405, 501]).toContain(answer?.status)
  })

  it.each<[string, number, RegExp]>([
    ['/tags/QUAY/rss.xml', 301, /max-age/],
    ['/tags/old-name/rss.xml?limit=2', 301, /max-age/],
    ['/nowhere', 404, /max-age=\d\d?\b|no-cache/],
    ['/tags/nowhere/rss.xml', 404, /max-age=\d\d?\b|no-cache/],
    ['/tags/tram/atom.xml', 410, /max-age|no-cache/],
    ['/articles/gone', 410, /max-age|no-cache/],
    ['/rss.xml?limit=0', 400, /max-age|no-cache|no-store/],
    ['/rss.xml?colour=red', 400, /max-age|no-cache|no-store/],
  ])('%s answers %d, and says how long that holds', async (target, status, caching) => {
    const answer = await get(target)
    expect(answer.status).toBe(status)
    expect(header(answer, 'cache-control')).toMatch(caching)
    if (status === 301) {
      const to = header(answer, 'location')
      expect(to.startsWith(BASE), '§10.2.2, absolute').toBe(true)
      expect((await get(to.slice(BASE.length - 1))).status, 'and there at once').toBe(200)
    } else {
      expect(header(answer, 'content-type')).toMatch(/^application\/problem\+json/)
      const told = JSON.parse(answer.body.toString())
      expect(told).toMatchObject({ status, title: expect.stringMatching(/./) })
      expect(answer.body.toString()).not.toMatch(/\bat .*:\d+:\d+|node_modules/)
    }
  })
})

describe('nothing in an answer comes from where the request says it was sent', () => {
  const others = '/ /tags/QUAY/rss.xml /nowhere /rss.xml?limit=x /articles/day-1'.split(' ')
  const targets = [...DOCUMENTS, ...others]
  it.each<[string, string[]]>([
    ['Host', ['Host: evil.example']],
    ['X-Forwarded-*', ['X-Forwarded-Host: evil.example', 'X-Forwarded-Proto: gopher']],
    ['Forwarded', ['Forwarded: host=evil.example;proto=gopher']],
    ['X-Original-URL', ['X-Original-URL: /evil.example', 'X-Rewrite-URL: /evil.example']],
  ])('%s', async (_, lines) => {
    for (const target of targets) {
      const answer = await get(target, ...lines)
      const text = answer.body.toString() + JSON.stringify(answer.headers)
      expect(text).not.toMatch(/evil|gopher/)
      expect(answer.body).toEqual((await get(target)).body)
    }
  })

  it('an absolute target (RFC 9112 §3.2.2)', async () => {
    const answer = await get('http://evil.example/rss.xml')
    expect(answer.status).toBe(200)
    expect(answer.body).toEqual((await get('/rss.xml')).body)
  })

  it('no Host at all is a mistake, but for HTTP/1.0 (RFC 9112 §3.2)', async () => {
    const [without] = await exchange(address(), 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n')
    expect(without?.status).toBe(400)
    const [old] = await exchange(address(), `GET ${FEED} HTTP/1.0\r\n\r\n`)
    expect(old?.status).toBe(200)
    expect(old?.get('transfer-encoding')).toBeUndefined()
  })
})

describe('an odd target is refused in order', () => {
  it.each([
    '//rss.xml',
    '/rss.xml/',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/../../etc/passwd',
    '/media/..%2f..%2fetc%2fpasswd',
    '/media/%2fetc%2fpasswd',
    '/media/site.yaml',
    '/media/day-1.md',
    '/tags/%00/rss.xml',
    '/tags/%ff/rss.xml',
    '/tags/%/rss.xml',
    '/tags/%ud83d/rss.xml',
    '/tags/./rss.xml',
    '/tags/a%2fb/rss.xml',
    '/tags//rss.xml',
    '/categories//rss.xml',
    '/tags/__proto__/rss.xml',
    '/tags/constructor/rss.xml',
    '/rss.xml?tag=toString',
    '/rss.xml?tag=__proto__',
    '/rss.xml?constructor=x',
    '/rss.xml?tag=%ff',
    '/rss.xml?limit=1e3',
    '/rss.xml?page=99',
    '/rss.xml?since=never',
    `/tags/${'x'.repeat(5_000)}/rss.xml`,
    `/rss.xml?tag=${'x,'.repeat(2_000)}`,
    `/rss.xml?${'tag=x&'.repeat(1_000)}`,
    '/feeds/nowhere/rss.xml',
    '/feeds/nowhere/secret/rss.xml',
  ])('%s', async (target) => {
    const answer = await get(target)
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
    expect(answer.body.length).toBeLessThan(10_000)
  })

  it.each([
    ['a request line of 20 kB', `/${'x'.repeat(20_000)}`, []],
    ['a header of 20 kB', FEED, [`X-Long: ${'x'.repeat(20_000)}`]],
    ['2,500 headers', FEED, Array.from({ length: 2_500 }, (_, at) => `X-${at}: x`)],
  ])('%s', async (_, target, lines) => {
    const { status } = await get(target, ...lines)
    expect([414, 431]).toContain(status)
  })

  it.each([
    ['no HTTP', 'hello\r\n\r\n'],
    ['a line folded', `GET ${FEED} HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\nConnection: close\r\n\r\n`],
    [
      'a length twice',
      `GET ${FEED} HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab`,
    ],
    [
      'a length and chunks',
      `GET ${FEED} HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    ['a NUL in a header', `GET ${FEED} HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n`],
  ])('%s', async (_, request) => {
    const text = (await converse(address(), request)).toString('latin1')
    expect(text).toMatch(/^HTTP\/1\.1 (400|200) /)
    expect(text.match(/HTTP\/1\.1 /g), 'and nothing smuggled').toHaveLength(1)
  })
})

describe('RFC 9112: connections', () => {
  it('several requests at once are answered in order', async () => {
    const answers = await exchange(
      address(),
      requestOf('/atom.xml', []),
      requestOf('/nowhere', []),
      requestOf(FEED, ['Accept-Encoding: gzip'], 'HEAD'),
      requestOf('/rss.xml', ['Connection: close']),
    )
    expect(answers.map(({ status }) => status)).toEqual([200, 404, 200, 200])
    expect(answers.at(-1)?.body).toEqual((await get('/rss.xml')).body)
  })

  it('a GET with a body is a GET', async () => {
    const request = requestOf(FEED, ['Content-Length: 5', 'Connection: close'])
    const [answer] = await exchange(address(), `${request}hello`)
    expect(answer?.status).toBe(200)
  })

  it('§10.1.1 Expect: 100-continue is met', async () => {
    const answer = await get(FEED, 'Expect: 100-continue')
    expect(answer.status).toBe(200)
  })
})

describe('429 (RFC 6585 §4)', () => {
  it('says when to ask again, and comes last to who asks by a tag', async () => {
    const server = await serve({ environment: { GAZETTE_BUDGET: '20' } })
    try {
      const plain = await ask(server.address, '/rss.xml')
      const tag = header(plain, 'etag')
      const of = async (...lines: string[]) => ask(server.address, '/rss.xml', lines)
      let refused = plain
      for (let turn = 0; turn < 20 && refused.status === 200; turn++) refused = await of()
      expect(refused.status).toBe(429)
      expect(Number(header(refused, 'retry-after'))).toBeGreaterThan(0)
      expect(header(refused, 'cache-control')).toBe('no-store')
      expect((await of(`If-None-Match: ${tag}`)).status).toBe(304)
    } finally {
      await server.stop()
    }
  })
})
