// Two starts, in another folder, time zone and locale and with other file times: the same bytes and the same ETags.
import { cp, mkdtemp, readdir, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readPublication } from './content.ts'
import { fetchBytes } from './document.ts'
import { AT_ONCE, chosenFeeds, feedsOfTerms, urlOf } from './feeds.ts'
import { ask } from './raw-http.ts'
import { FORMATS } from './readers/reader.ts'
import { CONTENT, type Server, STARTING, serve } from './server.ts'

const { pieces } = await readPublication()
const feeds = [AT_ONCE, ...chosenFeeds(pieces), ...feedsOfTerms(pieces)]

let here: Server
let elsewhere: Server
let copy: string

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'gazette-copy-'))
  await cp(CONTENT, copy, { recursive: true })
  await age(copy)
  here = await serve({ environment: { TZ: 'America/St_Johns', LC_ALL: 'C' } })
  elsewhere = await serve({
    content: copy,
    environment: { TZ: 'Asia/Kathmandu', LC_ALL: 'tr_TR.UTF-8' },
  })
}, STARTING)
afterAll(async () => {
  await Promise.all([here?.stop(), elsewhere?.stop()])
  await rm(copy, { recursive: true })
})

test.each(feeds)('$name', async (feed) => {
  for (const format of FORMATS) {
    const [one, other] = await Promise.all(
      [here, elsewhere].map(({ address }) => fetchBytes(urlOf(address, feed, format))),
    )
    const etag = one?.headers.get('etag')
    expect(etag, format).toMatch(/^"[^"]+"$/)
    expect(other?.headers.get('etag'), format).toBe(etag)
    expect(other?.headers.get('last-modified'), format).toBe(one?.headers.get('last-modified'))
    expect(one?.bytes.equals(other?.bytes ?? Buffer.of()), format).toBe(true)
  }
})

test.each(feeds)('$name packed, and asked of the other by its tag or date', async (feed) => {
  for (const format of FORMATS) {
    const { pathname, search } = new URL(urlOf('http://localhost/', feed, format))
    const of = (server: Server, ...lines: string[]) => ask(server.address, pathname + search, lines)
    for (const coding of ['gzip', 'br']) {
      const lines = [`Accept-Encoding: ${coding}`]
      const [one, other] = [await of(here, ...lines), await of(elsewhere, ...lines)]
      expect(one.get('content-encoding')).toBe(coding)
      expect(other.get('etag')).toBe(one.get('etag'))
      expect(other.body.equals(one.body), coding).toBe(true)
      const [byTag, byDate] = [
        await of(elsewhere, ...lines, `If-None-Match: ${one.get('etag')}`),
        await of(elsewhere, ...lines, `If-Modified-Since: ${one.get('last-modified')}`),
      ]
      expect([byTag.status, byDate.status]).toEqual([304, 304])
    }
  }
})

async function age(folder: string): Promise<void> {
  const files = await readdir(folder, { recursive: true })
  const longAgo = new Date('2001-01-01T00:00:00Z')
  await Promise.all(files.map((file) => utimes(join(folder, file), longAgo, longAgo)))
}
