// Deltas (RFC 3229): a client that asks is sent exactly the entries that it lacks, told from its ETag alone.
import { describe, expect, it } from 'vitest'
import type { Article } from '../../../src/domain/article.ts'
import { entriesOf, only } from '../support/documents.ts'
import { article, HOUR, NOON, publication } from '../support/publication.ts'
import { serverOf } from '../support/server.ts'

const make = (slug: string, more = {}) => article({ slug, ...more })
const old = [make('a'), make('b'), make('c')]
const ASK = { 'a-im': 'feed' }

/** A fresh server each time: nothing is remembered of earlier versions. */
async function ask(
  articles: readonly Article[],
  path: string,
  headers: Record<string, string> = {},
  site = publication(),
) {
  return serverOf(articles, { site }).get(path, headers)
}
const etagOf = async (path: string, articles: readonly Article[] = old) =>
  (await ask(articles, path)).headers.get('etag') ?? ''

async function idsOf(path: string, answer: Response): Promise<string[]> {
  const text = await answer.text()
  if (path.endsWith('.json')) return JSON.parse(text).items.map(({ id }: { id: string }) => id)
  return entriesOf(text).map((entry) => only(entry, path.endsWith('rss.xml') ? 'guid' : 'id').text)
}

describe.each(['/rss.xml', '/atom.xml', '/feed.json'])('%s', (path) => {
  it.each([
    ['a new article', [...old, make('d', { published: NOON + HOUR })], ['d']],
    [
      'an edited one',
      [make('a', { title: 'New', updated: NOON + HOUR }), make('b'), make('c')],
      ['a'],
    ],
    ['one edited without a word of it', [make('a', { title: 'New' }), make('b'), make('c')], ['a']],
  ])('%s comes alone', async (_, now, expected) => {
    const base = await etagOf(path)
    const answer = await ask(now, path, { ...ASK, 'if-none-match': base })
    expect(answer.status).toBe(226)
    expect(answer.headers.get('im')).toBe('feed')
    expect(answer.headers.get('delta-base')).toBe(base)
    expect(answer.headers.get('etag')).toBe(await etagOf(path, now))
    expect(answer.headers.get('cache-control')).toBe('no-store, im')
    expect(answer.headers.get('vary')).toBe(
      'Accept-Encoding, Sec-Fetch-Mode, A-IM, If-None-Match, User-Agent',
    )
    // It is not what is there.
    expect(answer.headers.get('content-location')).toBeNull()
    expect(await idsOf(path, answer)).toEqual(expected.map((slug) => make(slug).id))
  })
})

describe('a whole feed is sent', () => {
  const now = [...old, make('d')]
  it.each([
    ['to who doesn’t ask', {}, now],
    ['to who asks for something else', { 'a-im': 'gdiff' }, now],
    ['to who names no version', ASK, now, '*'],
    ['to who names a version that isn’t ours', ASK, now, '"abc"'],
    [
      'to who asks and can’t read a delta',
      { ...ASK, 'user-agent': 'feedparser/6.0.10 +https://github.com/' },
      now,
    ],
    ['where nothing but an article’s leaving changed', ASK, [make('a'), make('b')]],
    ['where one left beside a new one', ASK, [make('a'), make('b'), make('d')]],
    ['where everything is new', ASK, [make('x'), make('y')]],
  ] as [string, Record<string, string>, Article[], string?][])(
    '%s',
    async (_, headers, articles, tag) => {
      const base = tag === '*' ? {} : { 'if-none-match': tag ?? (await etagOf('/atom.xml')) }
      const answer = await ask(articles, '/atom.xml', { ...headers, ...base })
      expect(answer.status).toBe(200)
      expect(await idsOf('/atom.xml', answer)).toHaveLength(articles.length)
    },
  )

  it('where site.yaml switches deltas off', async () => {
    const site = publication({ delta: { isOn: false, except: [] } })
    const headers = { ...ASK, 'if-none-match': await etagOf('/atom.xml') }
    expect((await ask(now, '/atom.xml', headers, site)).status).toBe(200)
  })

  it('for HEAD', async () => {
    const headers = { ...ASK, 'if-none-match': await etagOf('/atom.xml') }
    expect((await serverOf(now).app.request('/atom.xml', { method: 'HEAD', headers })).status).toBe(
      200,
    )
  })
})

it('who has the current version is told so, deltas or not', async () => {
  expect(
    (await ask(old, '/rss.xml', { ...ASK, 'if-none-match': await etagOf('/rss.xml') })).status,
  ).toBe(304)
})

it('a tag with a coding behind it, weakened by a proxy, still tells', async () => {
  const packed = await ask(old, '/rss.xml', { 'accept-encoding': 'gzip' })
  const tag = `W/"${packed.headers.get('etag')?.slice(1, -1)}-gzip"`
  expect(
    (await ask([...old, make('d')], '/rss.xml', { ...ASK, 'if-none-match': tag })).status,
  ).toBe(226)
})

it.each([
  ['short', 'Text.', null],
  ['long', 'Text. '.repeat(1_000), 'gzip'],
])('a delta with a text that is %s is packed where that is worth it', async (_, text, coding) => {
  const headers = {
    ...ASK,
    'accept-encoding': 'gzip',
    'if-none-match': await etagOf('/feed.json'),
  }
  const html = `<p>${text}</p>`
  const server = serverOf([...old, make('d', { html, text })])
  const answer = await server.get('/feed.json', headers)
  expect(answer.status).toBe(226)
  expect(answer.headers.get('content-encoding')).toBe(coding)
  expect(server.exchanges[0]?.coding).toBe(coding ?? 'identity')
})

it('a delta tells nothing of what was withdrawn where its format can’t', async () => {
  const headers = { ...ASK, 'if-none-match': await etagOf('/rss.xml') }
  expect((await ask([make('n'), b, c, withdrawn('a')], '/rss.xml', headers)).status).toBe(200)
})

const newer = make('n', { published: NOON + HOUR })
const older = ['x', 'y'].map((slug) => make(slug, { published: NOON - 3 * HOUR }))
const [a, b, c] = old as [Article, Article, Article]

it.each<[string, before: Article[], now: Article[], status: number]>([
  ['newer ones took its place', old, [newer, ...old], 226],
  ['it was withdrawn', old, [newer, b, c, withdrawn('a')], 226],
  ['it was withdrawn, and nothing came', old, [b, c, withdrawn('a')], 200],
  ['it was deleted', old, [make('x'), b, c], 200],
  ['it was deleted from their midst', [...old, ...older], [newer, a, c, ...older], 200],
  ['it was the oldest, and deleted', old, [newer, a, b], 200],
  ['it was deleted, and an older one moved up', [...old, ...older], [a, b, ...older], 200],
  [
    'it was deleted, and another dated back behind it',
    [...old, ...older],
    [newer, b, make('c', { published: NOON - 2 * HOUR }), ...older],
    200,
  ],
])(
  'a delta tells of an entry that left because %s, or the feed is sent whole',
  async (_, before, now, status) => {
    const path = '/atom.xml?limit=3'
    const headers = { ...ASK, 'if-none-match': await etagOf(path, before) }
    const answer = await ask(now, path, headers)
    expect(answer.status).toBe(status)
    if (status === 200)
      expect(await idsOf(path, answer)).toEqual(await idsOf(path, await ask(now, path)))
  },
)

function withdrawn(slug: string): Article {
  return make(slug, { withdrawn: { at: NOON + HOUR, reason: 'Wrong.' } })
}
