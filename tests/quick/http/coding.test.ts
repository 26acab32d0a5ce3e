// Content codings: which is chosen, what it carries, and how its validators differ (PRODUCT §5, RFC 9110 §12.5.3).
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { chooseCoding } from '../../../src/http/negotiation.ts'
import { CODINGS, coded, etagIn, packed } from '../../../src/publishing/coding.ts'
import { representFile } from '../../../src/publishing/representation.ts'
import { article } from '../support/publication.ts'
import { serverOf } from '../support/server.ts'

const AVAILABLE = ['br', 'zstd', 'gzip'] as const

describe('the coding for an Accept-Encoding', () => {
  it.each([
    [undefined, 'identity'],
    ['', 'identity'],
    ['gzip', 'gzip'],
    ['x-gzip', 'gzip'],
    ['GZIP', 'gzip'],
    ['gzip, deflate', 'gzip'],
    ['deflate', 'identity'],
    ['deflate, gzip, br, zstd', 'br'],
    ['gzip;q=1, br;q=0.5', 'gzip'],
    ['gzip;q=0.5, br;q=0.5', 'br'],
    ['br;q=0, gzip', 'gzip'],
    ['gzip;q=0', 'identity'],
    ['gzip;q=0.2, br;q=0.5', 'br'],
    ['gzip ; q=0.000, br;q=0', 'identity'],
    ['gzip;q=high', 'identity'],
    ['*', 'br'],
    ['*;q=0', 'identity'],
    ['*;q=0, gzip', 'gzip'],
    ['br;q=0, *', 'zstd'],
    ['identity', 'identity'],
    ['identity, gzip', 'gzip'],
    ['identity;q=1, gzip;q=0.5', 'identity'],
    ['identity;q=0, gzip', 'gzip'],
    ['identity;q=0', 'identity'],
    ['gzip;q=0.001', 'gzip'],
    ['gzip;q=2', 'identity'],
    ['gzip;level=9', 'identity'],
    [', ,gzip,', 'gzip'],
    [`${'x,'.repeat(600)}gzip`, 'identity'],
  ])('%j → %s', (header, expected) => expect(chooseCoding(header, AVAILABLE)).toBe(expected))
})

describe('a coded feed', () => {
  const { app, get } = serverOf([article(), article({ slug: 'two', title: '第二篇' })])
  const ask = (coding: string, more: Record<string, string> = {}) =>
    get('/rss.xml', { 'accept-encoding': coding, ...more })

  it.each([
    ['gzip', gunzipSync],
    ['br', brotliDecompressSync],
  ] as const)('%s carries the same bytes, under a tag of its own', async (coding, unpack) => {
    const [plain, packed] = [await get('/rss.xml'), await ask(coding)]
    expect(packed.headers.get('content-encoding')).toBe(coding)
    const body = Buffer.from(await packed.arrayBuffer())
    expect(Number(packed.headers.get('content-length'))).toBe(body.length)
    expect(unpack(body).toString()).toBe(await plain.text())
    expect(packed.headers.get('etag')).not.toBe(plain.headers.get('etag'))
    expect(packed.headers.get('etag')).not.toMatch(/^W\//)
    for (const name of ['vary', 'last-modified', 'content-location', 'content-type']) {
      expect(packed.headers.get(name)).toBe(plain.headers.get(name))
    }
  })

  it('nothing is coded that was not asked to be', async () => {
    expect((await get('/rss.xml')).headers.get('content-encoding')).toBeNull()
    expect((await ask('deflate')).headers.get('content-encoding')).toBeNull()
  })

  it('who has it in one coding is told that nothing changed in any other', async () => {
    const etag = (await ask('gzip')).headers.get('etag') ?? ''
    for (const coding of ['gzip', 'br', 'identity']) {
      const answer = await ask(coding, { 'if-none-match': etag })
      expect(answer.status).toBe(304)
      expect(answer.headers.get('vary')).toContain('Accept-Encoding')
      expect(answer.headers.get('content-encoding')).toBeNull()
    }
  })

  it('HEAD has the headers of GET', async () => {
    const headers = { 'accept-encoding': 'gzip' }
    const head = await app.request('/rss.xml', { method: 'HEAD', headers })
    expect([...head.headers]).toEqual([...(await app.request('/rss.xml', { headers })).headers])
  })
})

describe('packing', () => {
  it('is not needed to know the tag', async () => {
    const document = representation()
    const before = etagIn(document, 'gzip')
    expect((await coded(document, 'gzip')).etag).toBe(before)
    expect(etagIn(document, 'identity')).toBe(document.etag)
  })

  const representation = () =>
    representFile(Buffer.from('<p>Words and words</p>\n'.repeat(2000)), 'text/plain', '', 0)

  it('is done once, however many ask at a time', async () => {
    const document = representation()
    const [first, second] = await Promise.all([coded(document, 'gzip'), coded(document, 'gzip')])
    expect(second).toBe(first)
    expect(first.etag).toBe(`${document.etag.slice(0, -1)}-gzip6"`)
  })

  it.each(CODINGS.map((coding) => [coding]))(
    'of what is asked for often is done anew in %s, smaller and under another tag',
    async (coding) => {
      const document = representation()
      const first = await coded(document, coding)
      for (let request = 0; request < 4; request++) await coded(document, coding)
      const last = await expect
        .poll(() => coded(document, coding))
        .not.toBe(first)
        .then(() => coded(document, coding))
      expect(last.body.length).toBeLessThanOrEqual(first.body.length)
      expect(last.etag).not.toBe(first.etag)
      expect(etagIn(document, coding)).toBe(last.etag)
      // And not a third time.
      for (let request = 0; request < 4; request++) expect(await coded(document, coding)).toBe(last)
    },
  )

  it('of what is no document is done once as well', async () => {
    const body = Buffer.from('Words and words. '.repeat(100))
    expect(await packed(body, 'gzip')).toBe(await packed(body, 'gzip'))
    expect(await packed(body, 'identity')).toBe(body)
  })
})
