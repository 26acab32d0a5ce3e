// RFC 9110 §8, §9.3.2 and §12 as they bind a publisher: what is sent, and how it is chosen, in raw HTTP.
import { setTimeout } from 'node:timers/promises'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  address,
  DOCUMENTS,
  dateOf,
  FEED,
  ferryman,
  get,
  header,
  http,
  steady,
  TYPES,
} from './ferryman.ts'
import { ask } from './raw-http.ts'
import { BASE } from './server.ts'

ferryman()

describe('RFC 9110 §8: a representation', () => {
  it.each(DOCUMENTS)('%s is what its headers say', async (target) => {
    const answer = await get(target)
    expect(answer.status).toBe(200)
    expect(header(answer, 'content-type'), '§8.3').toBe(TYPES[target])
    expect(header(answer, 'content-length'), '§8.6').toBe(String(answer.body.length))
    expect(header(answer, 'content-location'), '§8.7').toBe(BASE + target.slice(1))
    expect(header(answer, 'etag'), '§8.8.3: a strong tag').toMatch(/^"[\x21\x23-\x7e]+"$/)
    expect(header(answer, 'vary').toLowerCase(), '§12.5.5').toContain('accept-encoding')
    expect(header(answer, 'cache-control'), 'RFC 9111 §5.2.2').toMatch(/max-age=\d+/)
    expect(header(answer, 'x-content-type-options')).toBe('nosniff')
    const names = answer.headers.map(([name]) => name)
    expect(new Set(names).size, 'each header once').toBe(names.length)
  })

  it.each(DOCUMENTS)('%s is dated no later than the answer (§8.8.2.1)', async (target) => {
    const answer = await get(target)
    for (const name of ['date', 'last-modified'])
      expect(http(dateOf(answer, name)), '§5.6.7').toBe(header(answer, name))
    expect(dateOf(answer)).toBeLessThanOrEqual(dateOf(answer, 'date'))
  })

  it('has another strong tag in every coding and format (§8.8.3.3)', async () => {
    const tags = await Promise.all(
      DOCUMENTS.flatMap((target) =>
        ['identity', 'gzip', 'br'].map(async (coding) =>
          header(await get(target, `Accept-Encoding: ${coding}`), 'etag'),
        ),
      ),
    )
    expect(new Set(tags).size).toBe(tags.length)
  })

  it('is the same bytes under the same tag, however often it is asked for', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => get(FEED)))
    for (const { body } of answers) expect(body).toEqual(answers[0]?.body)
    expect(new Set(answers.map((answer) => answer.get('etag'))).size).toBe(1)
  })
})

describe('RFC 9110 §9.3.2: HEAD has the headers of GET', () => {
  // What is new is dated by the last second that is settled, which may go on between two requests.
  beforeAll(() => setTimeout(4_000))

  it.each([
    ...DOCUMENTS,
    FEED,
    '/',
    '/tags/quay/',
    '/tags/QUAY/rss.xml',
    '/tags/tram/rss.xml',
    '/tags/nowhere/rss.xml',
    '/nowhere',
    '/rss.xml?limit=x',
    '/articles/day-1',
    '/articles/gone',
  ])('%s', async (target) => {
    for (const coding of ['identity', 'gzip']) {
      const lines = [`Accept-Encoding: ${coding}`]
      const [got, head] = [await get(target, ...lines), await ask(address(), target, lines, 'HEAD')]
      expect(head.status).toBe(got.status)
      // §9.3.2: a server may leave out what only making the body would tell.
      const length = got.get('transfer-encoding') === undefined ? [] : ['content-length']
      expect(steady(head, ...length)).toEqual(steady(got, ...length))
    }
  })

  it('and to a conditional request likewise', async () => {
    const lines = [`If-None-Match: ${header(await get(FEED), 'etag')}`]
    const [got, head] = [await get(FEED, ...lines), await ask(address(), FEED, lines, 'HEAD')]
    expect([got.status, head.status]).toEqual([304, 304])
    expect(steady(head)).toEqual(steady(got))
  })
})

describe('RFC 9110 §12: negotiation', () => {
  // What is chosen for which is tabled in `quick/http/coding.test.ts`; here it is sent.
  it.each<[string | undefined, string | undefined]>([
    [undefined, undefined],
    ['', undefined],
    ['gzip, deflate', 'gzip'],
    ['compress, exi', undefined],
    ['gzip, br', 'br'],
    ['gzip;q=1.0, br;q=0.5', 'gzip'],
    ['*;q=0, gzip', 'gzip'],
    ['identity;q=0', undefined],
    [`${'x, '.repeat(2_000)}gzip`, undefined],
  ])('§12.5.3 Accept-Encoding: %.40s gives %s', async (accepted, coding) => {
    const plain = await get(FEED)
    const lines = accepted === undefined ? [] : [`Accept-Encoding: ${accepted}`]
    const answer = await get(FEED, ...lines)
    expect(answer.get('content-encoding')).toBe(coding)
    expect(header(answer, 'vary').toLowerCase()).toContain('accept-encoding')
    if (answer.get('content-encoding') === 'gzip')
      expect(gunzipSync(answer.body)).toEqual(plain.body)
    if (answer.get('content-encoding') === 'br')
      expect(brotliDecompressSync(answer.body)).toEqual(plain.body)
    if (coding === undefined) expect(answer.body).toEqual(plain.body)
  })

  it('a browser that navigates is given the page for people, which no cache may share', async () => {
    const lines = ['Accept: text/html,*/*;q=0.8', 'Sec-Fetch-Mode: navigate']
    const page = await get(FEED, ...lines)
    expect(header(page, 'content-type')).toMatch(/^text\/html/)
    expect(header(page, 'cache-control')).toContain('private')
    for (const answer of [page, await get(FEED)])
      expect(header(answer, 'vary').toLowerCase()).toContain('sec-fetch-mode')
    const raw = await get(`${FEED}?raw`, ...lines)
    expect(header(raw, 'content-type')).toBe(TYPES['/rss.xml'])
  })
})
