// Withdrawn articles: gone from every feed and page at once, and a tombstone in Atom for a time (RFC 6721).
import { describe, expect, it } from 'vitest'
import { all, only, parseStrictly } from '../support/documents.ts'
import { article, DAY, HOUR, NOON, publication } from '../support/publication.ts'
import { serverOf, type TestServer } from '../support/server.ts'

const WITHDRAWN = NOON + HOUR
const gone = article({
  slug: 'gone',
  tags: ['x'],
  withdrawn: { at: WITHDRAWN, by: 'Legal desk', reason: 'It was <not> so.' },
})
const articles = [
  gone,
  article({ slug: 'kept', tags: ['x'] }),
  article({ slug: 'other', tags: ['y'] }),
]

async function atomOf({ get }: TestServer, path = '/atom.xml', headers = {}) {
  return parseStrictly(await (await get(path, headers)).text())
}

function at(now: number) {
  const server = serverOf(articles, { clock: () => now, site: publication({ tombstones: 'P2D' }) })
  const atom = (path: string) => atomOf(server, path)
  return {
    ...server,
    stones: async (path: string) => all(await atom(path), 'at:deleted-entry'),
    entries: async (path: string) => all(await atom(path), 'entry').length,
  }
}

describe('a withdrawn article', () => {
  it('is in the feeds until it is withdrawn, and in none from then on', async () => {
    expect(await at(WITHDRAWN - 1).entries('/tags/x/atom.xml')).toBe(2)
    const after = at(WITHDRAWN)
    expect(await after.entries('/tags/x/atom.xml')).toBe(1)
    for (const path of ['/rss.xml', '/feed.json', '/authors/newsroom/rss.xml', '/rss.xml?q=gone']) {
      expect(await (await after.get(path)).text()).not.toContain('About gone')
    }
    expect((await after.get('/articles/gone')).status).toBe(410)
  })

  it('leaves a tombstone that says when, by whom and why', async () => {
    const [stone, ...more] = await at(WITHDRAWN).stones('/tags/x/atom.xml')
    expect(more).toEqual([])
    expect(stone?.attributes).toEqual({ ref: gone.id, when: new Date(WITHDRAWN).toISOString() })
    const { children = [] } = stone ?? {}
    expect(children.map(({ name }) => name)).toEqual(['at:by', 'at:comment'])
    expect(only(children[0] ?? expect.fail(), 'name').text).toBe('Legal desk')
    expect(children[1]?.text).toBe('It was <not> so.')
  })

  it('leaves one that is not older than it was itself, where only the day of its withdrawal is told', async () => {
    const edited = { ...gone, updated: NOON + 2 * HOUR, withdrawn: { at: NOON - HOUR } }
    const server = serverOf([edited], { clock: () => NOON + DAY })
    const atom = await atomOf(server)
    const [stone] = all(atom, 'at:deleted-entry')
    expect(stone?.attributes.when).toBe(new Date(edited.updated).toISOString())
  })

  it('leaves one on the first page alone where newer ones have taken its place since', async () => {
    const newer = ['b', 'c', 'd'].map((slug) => article({ slug, published: NOON + 1 }))
    const later = { clock: () => NOON + DAY, site: publication({ tombstones: 'P2D' }) }
    const was = serverOf([{ ...gone, withdrawn: undefined } as never], later)
    const server = serverOf([gone, ...newer], later)
    const path = '/atom.xml?limit=2'
    const etag = (await was.get(path)).headers.get('etag') ?? ''
    for (const [page, headers, stones] of [
      [path, {}, 1],
      [`${path}&page=2`, {}, 0],
      [path, { 'a-im': 'feed', 'if-none-match': etag }, 1],
    ] as const) {
      const atom = await atomOf(server, page, headers)
      expect(all(atom, 'at:deleted-entry')).toHaveLength(stones)
      if (stones > 0) expect(only(atom, 'updated').text).toBe(new Date(WITHDRAWN).toISOString())
    }
  })

  it('is a change of the first page still when its tombstone has fallen, whose date never goes back', async () => {
    const newer = ['b', 'c'].map((slug) => article({ slug, published: NOON + 1 }))
    const site = publication({ tombstones: 'P2D' })
    const server = serverOf([gone, ...newer], { clock: () => NOON + 9 * DAY, site })
    const atom = await atomOf(server, '/atom.xml?limit=2')
    expect(all(atom, 'at:deleted-entry')).toEqual([])
    expect(only(atom, 'updated').text).toBe(new Date(WITHDRAWN).toISOString())
  })

  it('has its calendar asked once, however often something changes or a feed is made', async () => {
    let asked = 0
    const site = Object.defineProperty(publication(), 'tombstones', { get: () => ++asked && 'P2D' })
    const { publisher, get } = serverOf([gone], { clock: () => NOON + DAY, site })
    for (const slug of ['a', 'b', 'c']) {
      publisher.publish({ publication: site, articles: [gone, article({ slug })] })
      await get('/atom.xml')
    }
    expect(asked).toBe(1)
  })

  it('is told of with no more than two hundred others, the last ones', async () => {
    const many = Array.from({ length: 201 }, (_, index) =>
      article({ slug: `${index}`, withdrawn: { at: WITHDRAWN + index } }),
    )
    const server = serverOf(many, { clock: () => NOON + DAY })
    const atom = await atomOf(server)
    const stones = all(atom, 'at:deleted-entry').map(({ attributes }) => attributes.ref)
    expect(stones).toEqual(
      many
        .slice(1)
        .reverse()
        .map(({ id }) => id),
    )
  })

  it('leaves none in feeds that never had it, and none after its time', async () => {
    expect(await at(WITHDRAWN).stones('/tags/y/atom.xml')).toEqual([])
    expect(await at(WITHDRAWN + 2 * DAY - 1).stones('/atom.xml')).toHaveLength(1)
    expect(await at(WITHDRAWN + 2 * DAY).stones('/atom.xml')).toEqual([])
  })

  it('says nothing of itself where its publication was still to come', async () => {
    const { get } = at(gone.published - 1)
    const early = { ...gone, withdrawn: { at: gone.published - DAY, reason: 'Under embargo.' } }
    const server = serverOf([early], { clock: () => gone.published - 1 })
    const atom = await atomOf(server)
    expect(all(atom, 'at:deleted-entry')).toEqual([])
    expect(only(atom, 'updated').text).toBe(new Date(0).toISOString())
    for (const path of ['/articles/gone', '/tags/x/atom.xml'])
      expect((await server.get(path)).status, path).toBe((await get(path)).status)
  })

  it('moves the validators of the feeds that had it, and of no other', async () => {
    const [before, after] = [at(WITHDRAWN - 1), at(WITHDRAWN + 3000)]
    for (const format of ['rss.xml', 'atom.xml', 'feed.json']) {
      const [had, has] = [
        await before.get(`/tags/x/${format}`),
        await after.get(`/tags/x/${format}`),
      ]
      expect(has.headers.get('etag')).not.toBe(had.headers.get('etag'))
      expect(Date.parse(has.headers.get('last-modified') ?? '')).toBe(WITHDRAWN)
      const never = (await before.get(`/tags/y/${format}`)).headers.get('etag')
      expect((await after.get(`/tags/y/${format}`)).headers.get('etag')).toBe(never)
    }
  })

  it('is told to a reader that asks by date alone', async () => {
    const headers = { 'if-modified-since': new Date(WITHDRAWN - 1000).toUTCString() }
    expect((await at(WITHDRAWN - 1).get('/rss.xml', headers)).status).toBe(304)
    expect((await at(WITHDRAWN).get('/rss.xml', headers)).status).toBe(200)
  })
})
