// Paged feeds (RFC 5005 §3): every article can be reached, page by page, in every format.
import { describe, expect, it } from 'vitest'
import { all, only, parseStrictly } from '../support/documents.ts'
import { article, HOUR, NOON } from '../support/publication.ts'
import { serverOf } from '../support/server.ts'

const articles = Array.from({ length: 7 }, (_, at) =>
  article({ slug: `a${at}`, tags: ['x'], published: NOON - at * HOUR }),
)
const { get } = serverOf(articles)
const BASE = 'https://news.example'

const links = {
  async 'rss.xml'(path: string) {
    const channel = only(parseStrictly(await (await get(path)).text()), 'channel')
    return Object.fromEntries(
      all(channel, 'atom:link').map(({ attributes: { rel, href } }) => [rel, href]),
    )
  },
  async 'atom.xml'(path: string) {
    const feed = parseStrictly(await (await get(path)).text())
    return Object.fromEntries(all(feed, 'link').map(({ attributes: { rel, href } }) => [rel, href]))
  },
} as const

describe.each(['rss.xml', 'atom.xml'] as const)('%s', (file) => {
  it.each([
    [1, { first: '?limit=3', next: '?limit=3&page=2' }],
    [2, { first: '?limit=3', previous: '?limit=3', next: '?limit=3&page=3' }],
    [3, { first: '?limit=3', previous: '?limit=3&page=2' }],
  ])('page %i links to its neighbours', async (page, expected) => {
    const found = await links[file](`/tags/x/${file}?limit=3&page=${page}`)
    for (const relation of ['first', 'previous', 'next', 'last']) {
      const query = (expected as Record<string, string>)[relation]
      expect(found[relation]).toBe(query && `${BASE}/tags/x/${file}${query}`)
    }
  })

  it('has no page links where one document holds everything', async () => {
    expect(Object.keys(await links[file](`/${file}`))).not.toContain('first')
  })
})

it('a JSON feed is followed by next_url to every article once', async () => {
  const seen: string[] = []
  let url: string | undefined = `${BASE}/feed.json?limit=2`
  while (url !== undefined) {
    const { pathname, search } = new URL(url)
    const feed = (await (await get(pathname + search)).json()) as {
      feed_url: string
      next_url?: string
      items: { id: string }[]
    }
    expect(feed.feed_url).toBe(url)
    seen.push(...feed.items.map(({ id }) => id))
    url = feed.next_url
  }
  expect(seen).toEqual(articles.map(({ id }) => id))
})

it.each(['rss.xml', 'atom.xml', 'feed.json'])(
  'an old article that comes or goes leaves the newest page of %s as it is',
  async (file) => {
    const tagOf = async (count: number) => {
      const { get } = serverOf(articles.slice(0, count))
      return (await get(`/tags/x/${file}?limit=3`)).headers.get('etag')
    }
    expect(await tagOf(6)).toBe(await tagOf(7))
    expect(await tagOf(4)).toBe(await tagOf(7))
  },
)

it('all pages of a feed have one id', async () => {
  const idOf = async (page: number) =>
    only(parseStrictly(await (await get(`/atom.xml?limit=3&page=${page}`)).text()), 'id').text
  expect(await idOf(2)).toBe(await idOf(1))
})

it.each(['/rss.xml?page=2', '/tags/x/atom.xml?limit=3&page=4', '/?page=9'])(
  '%s is beyond the last page: 404',
  async (path) => {
    const answer = await get(path)
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({ last: expect.stringContaining(BASE) })
  },
)

it('the first page of a feed without articles is there', async () => {
  expect((await serverOf([]).get('/rss.xml')).status).toBe(200)
})
