// Ready answers: the same as those that are found anew, whatever is asked how, and never older than what is published.
import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { startListening, stopListening } from '../../../src/commands/listening.ts'
import { EVERYTHING } from '../../../src/domain/filter.ts'
import { article, HOUR, NOON, namedFeeds, publication } from '../support/publication.ts'
import { runs } from '../support/runs.ts'
import { serverOf } from '../support/server.ts'

const site = publication()
const articles = ['a', 'b', 'c'].map((slug, at) =>
  article({ slug, tags: ['x'], published: NOON - at * HOUR, text: 'word '.repeat(200) }),
)
const TARGETS = ['/rss.xml', '/tags/x/atom.xml', '/feed.json?limit=2', '/rss.xml?utm_source=x']

interface Told {
  readonly status: number
  readonly headers: readonly (readonly [string, string])[]
  readonly body: string
}

async function told(answer: Response): Promise<Told> {
  return {
    status: answer.status,
    headers: [...answer.headers].sort(),
    body: Buffer.from(await answer.arrayBuffer()).toString('base64'),
  }
}

/** How tags end at the last level of each coding. */
const LAST_LEVELS = { identity: '"', gzip: '-gzip9"', br: '-br11"' }

/** Often enough for everything to lie ready, at the last level of its coding. */
async function askOften(server: ReturnType<typeof serverOf>, target: string) {
  const etag = async (coding: string) =>
    (await server.get(target, { 'accept-encoding': coding })).headers.get('etag')
  for (const [coding, end] of Object.entries(LAST_LEVELS)) {
    await etag(coding)
    await expect.poll(() => etag(coding), { interval: 1 }).toMatch(end)
  }
}

/** Until it is let go of, and collected. */
async function isCollected(one: WeakRef<object>) {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc')
  const isGone = () => {
    collect()
    return one.deref() === undefined
  }
  await expect.poll(isGone).toBe(true)
}

it('what lies ready keeps nothing of a catalog that is no more', async () => {
  const server = serverOf(articles, { site })
  const { publisher } = server
  const before = new WeakRef(publisher.catalog())
  for (const target of ['/rss.xml', '/tags/x/']) await askOften(server, target)
  publisher.publish({ publication: site, articles: articles.slice(1) })
  expect(publisher.held().values).toBe(1)
  await isCollected(before)
})

it('what lay ready goes with its catalog, though nobody asks for it again', async () => {
  const server = serverOf(articles, { site })
  const { publisher } = server
  const address = {
    filter: EVERYTHING,
    format: 'rss',
    content: 'full',
    limit: 30,
    page: 1,
  } as const
  await askOften(server, '/rss.xml')
  const before = new WeakRef(publisher.represent(address))
  // The publisher itself keeps no document of another publication.
  publisher.publish({ publication: publication({ title: 'Other' }), articles })
  await server.get('/atom.xml')
  server.exchanges.length = 0
  await isCollected(before)
})

it('an answer that lies ready is the one that would be found', async () => {
  const server = serverOf(articles, { site })
  for (const target of TARGETS) await askOften(server, target)
  const plain = await server.get('/rss.xml')
  const packed = await server.get('/rss.xml', { 'accept-encoding': 'gzip' })
  // One of a document that lacks the newest article, so that there is a delta to it.
  const older = await serverOf(articles.slice(1), { site }).get('/rss.xml')
  const tags = [plain, packed, older].map((answer) => answer.headers.get('etag') ?? '')
  const dates = [NOON, NOON - HOUR, NOON - 2 * HOUR].map((moment) => new Date(moment).toUTCString())
  const headers = fc.record(
    {
      'accept-encoding': fc.constantFrom('identity', 'gzip', 'br, gzip', '', 'gzip;q=0', '*'),
      'if-none-match': fc.constantFrom(...tags, `W/${tags[0]}`, `"x", ${tags[1]}`, '"x"', '*', ''),
      'if-modified-since': fc.constantFrom(...dates, '2099', ''),
      'if-match': fc.constantFrom(...tags, '"x"'),
      'if-unmodified-since': fc.constantFrom(...dates),
      'sec-fetch-mode': fc.constantFrom('navigate', 'cors'),
      accept: fc.constantFrom('text/html', '*/*'),
      'a-im': fc.constantFrom('feed', 'feed;q=0'),
      'user-agent': fc.constantFrom('feedparser/6', 'newsboat'),
    },
    { requiredKeys: [] },
  )
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...TARGETS), headers, async (target, given) => {
      const [ready, found] = [
        await told(await server.get(target, given)),
        // A parameter that changes nothing is a target that was never asked for.
        await told(
          await server.get(`${target}${target.includes('?') ? '&' : '?'}_=${Math.random()}`, given),
        ),
      ]
      expect(ready).toEqual(found)
    }),
    { numRuns: runs(50) },
  )
})

it('it goes to a client as it is, by a way of its own', async () => {
  const server = serverOf(articles, { site })
  for (const target of TARGETS) await askOften(server, target)
  const { fetch } = server.app
  const found = new Set<string>()
  const http = await startListening(0, '127.0.0.1', {
    ready: server.app.answerReady,
    fetch: (request, env) => {
      found.add(request.url)
      return fetch(request, env)
    },
  })
  const ask = async (target: string, headers: Record<string, string>): Promise<Told> => {
    const { port } = http.address() as AddressInfo
    const request = get({ port, path: target, headers, agent: false })
    const [answer] = (await once(request, 'response')) as [IncomingMessage]
    const { date, connection, ...own } = answer.headers
    const body = Buffer.concat(await answer.toArray()).toString('base64')
    return { status: answer.statusCode as number, headers: Object.entries(own).sort() as [], body }
  }
  const etag = (await server.get('/rss.xml')).headers.get('etag') as string
  for (const target of TARGETS) {
    for (const headers of [
      {},
      { 'accept-encoding': 'gzip' },
      { 'if-none-match': `W/${etag}` },
      { 'a-im': 'feed' },
      ...(target === '/rss.xml' ? [{ 'a-im': 'feed', 'if-none-match': etag }] : []),
    ])
      expect(await ask(target, headers)).toEqual(await told(await server.get(target, headers)))
  }
  expect(found.size).toBe(0)
  // What is no plain host is judged where all others are.
  expect((await ask('/rss.xml', { host: 'a b' })).status).toBe(400)
  await stopListening(http)
})

describe('an answer that lay ready is found anew', () => {
  const etag = async (server: ReturnType<typeof serverOf>, target = '/rss.xml') =>
    (await server.get(target)).headers.get('etag')

  it('when something is published', async () => {
    const server = serverOf(articles, { site })
    await askOften(server, '/rss.xml')
    const before = await etag(server)
    server.publisher.publish({ publication: site, articles: articles.slice(1) })
    expect(await etag(server)).not.toBe(before)
  })

  it('when an article enters by itself', async () => {
    let now = NOON
    const scheduled = article({ slug: 'later', published: NOON + HOUR })
    const server = serverOf([...articles, scheduled], { site, clock: () => now })
    await askOften(server, '/rss.xml')
    const before = await etag(server)
    now = NOON + HOUR
    expect(await etag(server)).not.toBe(before)
  })

  it.each(['/rss.xml', '/', '/find/', '/feeds.opml'])(
    'when an article enters while %s is made, which nobody may take for fresh',
    async (target) => {
      const entering = article({ slug: 'late', tags: ['late'], published: NOON + HOUR })
      const shows = async (answer: Response) => (await answer.text()).includes('late')
      // However often the time is looked at before it comes.
      for (let looks = 1, isOver = false; !isOver; looks++) {
        let left = Infinity
        let came = 0
        const server = serverOf([...articles, entering], {
          site,
          clock: () => NOON + HOUR - 1 + (left-- > 0 ? 0 : ++came),
        })
        await server.get(target)
        left = looks
        const answer = await server.get(target)
        isOver = left > 0
        left = 0
        expect(looks, 'it is not looked at without end').toBeLessThan(100)
        if (!(await shows(answer)))
          expect(answer.headers.get('cache-control')).toContain('max-age=0,')
        expect(await shows(await server.get(target)), `after ${looks} looks`).toBe(true)
      }
    },
  )

  it('when its window slides', async () => {
    let now = NOON + 1_000
    const server = serverOf(articles, { site, clock: () => now })
    const target = '/rss.xml?since=PT90M'
    await askOften(server, target)
    const before = await etag(server, target)
    now += HOUR
    expect(await etag(server, target)).not.toBe(before)
  })

  it('when its freshness ends sooner', async () => {
    let now = NOON
    const server = serverOf([...articles, article({ slug: 'l', published: NOON + HOUR })], {
      site,
      clock: () => now,
    })
    await askOften(server, '/rss.xml')
    now = NOON + HOUR - 20_000
    const answer = await server.get('/rss.xml')
    expect(answer.headers.get('cache-control')).toContain('max-age=20,')
  })

  it('when its date may be told', async () => {
    let now = NOON + 1_000
    const server = serverOf(articles, { site, clock: () => now })
    const date = async () => (await server.get('/rss.xml')).headers.get('last-modified')
    for (let turn = 0; turn < 4; turn++) expect(Date.parse((await date()) ?? '')).toBe(NOON - 2_000)
    now += 10_000
    expect(Date.parse((await date()) ?? '')).toBe(NOON)
  })

  it.each([
    ['at its second request, as a first one proves nothing', '/rss.xml', 2],
    [
      'however often it is asked for by an address without end',
      `/rss.xml?${'_=x&'.repeat(200)}`,
      4,
    ],
  ])('%s', async (_, target, times) => {
    const server = serverOf(articles, { site })
    const { find } = server.publisher
    let found = 0
    server.publisher.find = (address) => {
      found++
      return find(address)
    }
    for (let turn = 0; turn < times; turn++) await server.get(target)
    expect(found).toBe(times)
  })

  it('when a private feed is closed', async () => {
    const secret = 'a-long-secret-of-many-letters'
    const { createHash } = await import('node:crypto')
    const hash = createHash('sha256').update(secret).digest('hex')
    const feeds = namedFeeds({ inside: { tokens: [{ name: 'one', hash }] } })
    const open = publication({ feeds })
    const server = serverOf(articles, { site: open })
    const target = `/feeds/inside/${secret}/rss.xml`
    await askOften(server, target)
    expect((await server.get(target)).headers.get('cache-control')).toBe('private, no-store')
    server.publisher.publish({
      publication: publication({ feeds: namedFeeds({ inside: { tokens: [] } }) }),
      articles,
    })
    expect((await server.get(target)).status).toBe(404)
  })
})

it('what lies ready is for GET alone', async () => {
  const server = serverOf(articles, { site })
  await askOften(server, '/rss.xml')
  expect((await server.app.request('/rss.xml', { method: 'PUT' })).status).toBe(405)
  const head = await server.app.request('/rss.xml', { method: 'HEAD' })
  expect(await head.text()).toBe('')
})
