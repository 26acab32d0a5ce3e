// RFC 9110 §13 and RFC 3229: what is answered to a client that has an earlier document, in raw HTTP.
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { address, DOCUMENTS, dateOf, FEED, ferryman, get, header, http } from './ferryman.ts'
import { ask, type RawAnswer } from './raw-http.ts'

ferryman()

describe('RFC 9110 §13: conditional requests', () => {
  type Told = { etag: string; gzip: string; date: number }
  const opaque = (tag: string) => tag.slice(1, -1)

  // What each means is tabled in `quick/http/conditional.test.ts`; here they come over the wire, with tags and dates as sent.
  it.each<[string, (told: Told) => string[], number]>([
    ['§13.1.2 its tag', ({ etag }) => [`If-None-Match: ${etag}`], 304],
    ['one of a list with gaps', ({ etag }) => [`If-None-Match: , "x",, W/${etag},`], 304],
    ['of several headers', ({ etag }) => ['If-None-Match: "x"', `If-None-Match: ${etag}`], 304],
    ['that of another coding', ({ gzip }) => [`If-None-Match: ${gzip}`], 304],
    ['as a proxy gave it on', ({ etag }) => [`If-None-Match: W/"${opaque(etag)};gzip"`], 304],
    ['a proxy’s of a packed one', ({ gzip }) => [`If-None-Match: "${opaque(gzip)}-gzip"`], 304],
    ['another tag', ({ etag }) => [`If-None-Match: "${opaque(etag)}x"`], 200],
    ['its tag without quotes', ({ etag }) => [`If-None-Match: ${opaque(etag)}`], 200],
    ['nothing', () => ['If-None-Match:'], 200],
    ['a tag that never ends', () => [`If-None-Match: "${'x'.repeat(4_000)}`], 200],
    [
      '§13.2.2 its tag, whatever the date',
      ({ etag }) => [`If-None-Match: ${etag}`, `If-Modified-Since: ${http(0)}`],
      304,
    ],
    ['§13.1.3 its date', ({ date }) => [`If-Modified-Since: ${http(date)}`], 304],
    ['an earlier date', ({ date }) => [`If-Modified-Since: ${http(date - 1000)}`], 200],
    ['nothing for a date', () => ['If-Modified-Since:'], 200],
    ['§13.1.1 If-Match with its tag', ({ etag }) => [`If-Match: ${etag}`], 200],
    ['If-Match with that of another coding', ({ gzip }) => [`If-Match: ${gzip}`], 412],
    [
      '§13.1.4 unmodified since its date',
      ({ date }) => [`If-Unmodified-Since: ${http(date)}`],
      200,
    ],
    ['since before', ({ date }) => [`If-Unmodified-Since: ${http(date - 1000)}`], 412],
    [
      '§13.2.2 If-Match before If-None-Match',
      ({ etag }) => ['If-Match: "x"', `If-None-Match: ${etag}`],
      412,
    ],
    ['§14.2 a part, which may be given whole', () => ['Range: bytes=0-9'], 200],
    ['a part that can’t be', () => ['Range: bytes=999999999-'], 200],
    ['§13.1.5 If-Range', ({ etag }) => [`If-Range: ${etag}`, 'Range: bytes=0-9'], 200],
  ])('%s', async (_, linesFor, status) => {
    const plain = await get(FEED)
    const gzip = header(await get(FEED, 'Accept-Encoding: gzip'), 'etag')
    const answer = await get(
      FEED,
      ...linesFor({ etag: header(plain, 'etag'), gzip, date: dateOf(plain) }),
    )
    expect(answer.status).toBe(status)
    if (status === 200) expect(answer.body).toEqual(plain.body)
    else expect(answer.body).toHaveLength(0)
  })

  it.each(DOCUMENTS)('§15.4.5 a 304 of %s has the headers of its 200', async (target) => {
    for (const coding of ['identity', 'gzip', 'br']) {
      const whole = await get(target, `Accept-Encoding: ${coding}`)
      const answer = await get(
        target,
        `Accept-Encoding: ${coding}`,
        `If-None-Match: ${header(whole, 'etag')}`,
      )
      expect(answer.status).toBe(304)
      const names = 'etag vary cache-control content-location last-modified link'.split(' ')
      for (const name of names) expect(answer.get(name), name).toBe(whole.get(name))
      expect(answer.get('date')).toBeDefined()
      for (const name of ['content-type', 'content-encoding'])
        expect(answer.get(name), '§15.4.5: what describes a body that isn’t there').toBeUndefined()
    }
  })

  it('are nothing to what is not there, nor to what moved', async () => {
    expect((await get('/tags/nowhere/rss.xml', 'If-None-Match: *')).status).toBe(404)
    expect((await get('/tags/old-name/rss.xml', 'If-None-Match: *')).status).toBe(301)
    expect((await get('/tags/tram/rss.xml', 'If-Modified-Since: x')).status).toBe(410)
  })
})

describe('RFC 3229: a delta for those who ask', () => {
  /** What a reader had before the newest article came: its tag names the entries that it knows. */
  async function earlier(target: string): Promise<{ known: string; whole: RawAnswer }> {
    const whole = await get(target)
    const [, document, digests = ''] =
      /^"([\w-]{22})\.([\w-]+)\."$/.exec(header(whole, 'etag')) ?? []
    return { known: `"${document?.toUpperCase().slice(0, 22)}.${digests.slice(10)}."`, whole }
  }

  it.each(['/rss.xml', '/atom.xml', '/feed.json', FEED, '/rss.xml?content=summary'])(
    '%s: 226 with the entries that the client lacks, and the tag of the whole (§10.5.2)',
    async (target) => {
      const { known, whole } = await earlier(target)
      const delta = await get(target, 'A-IM: feed', `If-None-Match: ${known}`)
      expect(delta.status).toBe(226)
      expect(header(delta, 'im')).toBe('feed')
      expect(header(delta, 'delta-base')).toBe(known)
      expect(header(delta, 'etag')).toBe(header(whole, 'etag'))
      expect(header(delta, 'cache-control'), '§10.8: only for caches that know deltas').toBe(
        'no-store, im',
      )
      expect(header(delta, 'vary')).toMatch(/A-IM, If-None-Match/)
      const text = delta.body.toString()
      expect(text).toContain('Day 3')
      expect(text).not.toMatch(/Day [12]\b/)
      expect(delta.body.length).toBeLessThan(whole.body.length)
    },
  )

  it('packed as the client accepts it, where there is something to save', async () => {
    const { known } = await earlier('/rss.xml')
    const lines = ['A-IM: feed', `If-None-Match: ${known}`]
    const plain = await get('/rss.xml', ...lines)
    const delta = await get('/rss.xml', ...lines, 'Accept-Encoding: gzip')
    expect(header(delta, 'content-encoding')).toBe('gzip')
    expect(gunzipSync(delta.body)).toEqual(plain.body)
    expect(header(delta, 'etag')).toBe(
      header(await get('/rss.xml', 'Accept-Encoding: gzip'), 'etag'),
    )
  })

  it.each<[string, (known: string) => string[], number]>([
    [
      'among other manipulations',
      (known) => ['A-IM: vcdiff, feed;q=0.5', `If-None-Match: ${known}`],
      226,
    ],
    ['in capitals', (known) => ['A-IM: FEED', `If-None-Match: ${known}`], 226],
    ['refused', (known) => ['A-IM: feed;q=0', `If-None-Match: ${known}`], 200],
    ['another manipulation', (known) => ['A-IM: vcdiff', `If-None-Match: ${known}`], 200],
    ['without asking', (known) => [`If-None-Match: ${known}`], 200],
    ['without a tag (§10.4.1)', () => ['A-IM: feed'], 200],
    ['with a tag of somebody else', () => ['A-IM: feed', 'If-None-Match: "x"'], 200],
    ['with any tag', () => ['A-IM: feed', 'If-None-Match: *'], 304],
    [
      'with a date alone',
      () => ['A-IM: feed', 'If-Modified-Since: Sat, 01 Jan 2000 00:00:00 GMT'],
      200,
    ],
    [
      'by a client that can’t read one',
      (known) => ['A-IM: feed', `If-None-Match: ${known}`, 'User-Agent: feedparser/6.0.10'],
      200,
    ],
  ])('%s', async (_, linesFor, status) => {
    const { known, whole } = await earlier('/rss.xml')
    const answer = await get('/rss.xml', ...linesFor(known))
    expect(answer.status).toBe(status)
    if (status === 200) expect(answer.body).toEqual(whole.body)
  })

  it('none to HEAD (§10.4.1: only a GET)', async () => {
    const { known } = await earlier('/rss.xml')
    const lines = ['A-IM: feed', `If-None-Match: ${known}`]
    expect((await ask(address(), '/rss.xml', lines, 'HEAD')).status).toBe(200)
  })
})
