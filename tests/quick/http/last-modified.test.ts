// `Last-Modified` for readers that ask by date alone: whatever changes, however it is dated, they come to see it.
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keepChanges, recallChanges } from '../../../src/commands/remember.ts'
import type { Article } from '../../../src/domain/article.ts'
import { digestOfCatalog } from '../../../src/publishing/changes.ts'
import { folderOf } from '../support/folder.ts'
import {
  article,
  DAY,
  HOUR,
  NOON,
  namedFeeds,
  publication,
  taxonomy,
} from '../support/publication.ts'
import { runs } from '../support/runs.ts'
import { serverOf, type TestServer } from '../support/server.ts'

const NOW = NOON + DAY
const site = publication({
  taxonomy: taxonomy({
    tags: new Map([
      ['x', {}],
      ['y', {}],
    ]),
  }),
})
const older = article({ slug: 'older', tags: ['x'], published: NOON - DAY, updated: NOON - DAY })
const newest = article({ slug: 'newest', tags: ['x'], published: NOON, updated: NOON })
const other = article({ slug: 'other', tags: ['y'], published: NOON - HOUR, updated: NOON - HOUR })
const ALL = [older, newest, other]
/** Such as they may be when they are in no feed any more. */
const expired = { ...newest, expires: NOON + HOUR }
const withdrawn = { ...newest, withdrawn: { at: NOON + HOUR } }
const FORMATS = ['rss.xml', 'atom.xml', 'feed.json']

/** A reader that keeps nothing but the date of what it was last given. */
function readerOf(path: string) {
  let known: { body: string; date: string } | undefined
  return {
    async poll(server: TestServer): Promise<{ status: number; body: string; date: string }> {
      const answer = await server.get(path, known && { 'if-modified-since': known.date })
      const date = answer.headers.get('last-modified') ?? expect.fail()
      if (answer.status === 200) known = { body: await answer.text(), date }
      return { status: answer.status, body: known?.body ?? '', date }
    },
  }
}

describe.each(FORMATS)('%s', (format) => {
  it.each<[string, Article, readonly Article[]]>([
    ['the newest article is deleted', newest, []],
    ['the newest article becomes a draft', newest, [{ ...newest, draft: true }]],
    ['the newest article leaves the tag', newest, [{ ...newest, tags: [] }]],
    ['an edit is not dated', newest, [{ ...newest, title: 'Edited' }]],
    ['an edit is dated back', newest, [{ ...newest, title: 'Edited', updated: NOON - 1 }]],
    ['an older article comes late', newest, [newest, { ...older, id: 'urn:late', slug: 'late' }]],
    ['a withdrawn article is deleted', withdrawn, []],
    ['a withdrawn article becomes a draft', withdrawn, [{ ...withdrawn, draft: true }]],
    ['an expired article is deleted', expired, []],
    ['an expired article leaves the tag', expired, [{ ...expired, tags: [] }]],
    [
      'an expired article is withdrawn, at a time that was before',
      expired,
      [{ ...expired, withdrawn: { at: NOW } }],
    ],
    [
      'an article is withdrawn, and leaves the tag',
      newest,
      [{ ...newest, tags: [], withdrawn: { at: NOW + 50_000 } }],
    ],
    [
      'a withdrawal says another reason',
      withdrawn,
      [{ ...withdrawn, withdrawn: { at: NOON + HOUR, reason: 'Wrong.' } }],
    ],
    [
      'an article comes that was withdrawn long ago',
      { ...other, slug: 'none', id: 'urn:none' },
      [withdrawn],
    ],
  ])('is given anew, dated later, to a reader that asks by date when %s', async (...row) => {
    const [, before, after] = row
    let now = NOW
    const server = serverOf([older, before, other], { site, clock: () => now })
    const [reader, elsewhere] = [readerOf(`/tags/x/${format}`), readerOf(`/tags/y/${format}`)]
    const first = await reader.poll(server)
    await elsewhere.poll(server)
    expect((await reader.poll(server)).status).toBe(304)
    now += 60_000
    server.publisher.publish({ publication: site, articles: [older, ...after, other] })
    const next = await reader.poll(server)
    expect(next.status).toBe(200)
    expect(Date.parse(next.date)).toBeGreaterThan(Date.parse(first.date))
    const isElsewhereToo = before.tags[0]?.term !== 'x'
    if (!isElsewhereToo)
      expect((await elsewhere.poll(server)).status, 'and no other feed is').toBe(304)
    now += 60_000
    await reader.poll(server)
    expect((await reader.poll(server)).status).toBe(304)
  })

  const dated = NOW + 60_000
  it.each<[string, string, Article, Article]>([
    [
      'a dated edit takes a word away',
      'tags/x/FILE?q=about',
      newest,
      { ...newest, title: 'New', updated: dated },
    ],
    [
      'a withdrawal takes the words away',
      'FILE?q=newest',
      newest,
      { ...newest, title: '', text: '', withdrawn: { at: dated } },
    ],
    [
      'a dated edit takes the recording away',
      'feeds/show/FILE',
      {
        ...newest,
        recordings: [{ url: 'https://news.example/a.mp3', type: 'audio/mpeg', length: 1 }],
      },
      { ...newest, updated: dated },
    ],
    [
      'an article that it is not about names its section otherwise',
      'categories/a/b/FILE',
      other,
      article({ slug: 'other', sections: ['A'], published: dated }),
    ],
    [
      'an article that it leaves out names the tag otherwise',
      'FILE?tag=-x',
      newest,
      article({ slug: 'later', tags: ['X'], published: dated }),
    ],
  ])('of a feed with a filter tells that %s', async (_, path, before, after) => {
    let now = NOW
    const low = article({ slug: 'low', sections: ['a/b'], published: NOON - DAY })
    const show = { podcast: { image: '', category: 'News', explicit: false } }
    const site = publication({ feeds: namedFeeds({ show }) })
    const server = serverOf([older, before, low], { site, clock: () => now })
    const reader = readerOf(`/${path.replace('FILE', format)}`)
    const first = await reader.poll(server)
    now = dated
    server.publisher.publish({ publication: site, articles: [older, after, low] })
    now += 10_000
    const next = await reader.poll(server)
    expect(next.status).toBe(200)
    expect(next.body).not.toBe(first.body)
    expect((await reader.poll(server)).status).toBe(304)
  })

  it('tells that a tombstone came and fell by time alone', async () => {
    const later = { ...expired, withdrawn: { at: NOW + HOUR } }
    let now = NOW
    const server = serverOf([older, later, other], {
      site: publication({ tombstones: 'PT1H' }),
      clock: () => now,
    })
    const reader = readerOf(`/tags/x/${format}`)
    await reader.poll(server)
    for (now of [NOW + HOUR + 10_000, NOW + 2 * HOUR + 10_000]) {
      expect((await reader.poll(server)).status).toBe(200)
      now += 10_000
      await reader.poll(server)
      expect((await reader.poll(server)).status).toBe(304)
    }
  })

  it('of a later page tells that a newer article moved it', async () => {
    let now = NOW
    // Edited after those that will take its place.
    const last = { ...other, updated: NOON + HOUR }
    const server = serverOf([older, newest, last], { site, clock: () => now })
    const readers = ['?limit=1&page=2', '?limit=1&page=3'].map((page) =>
      readerOf(`/${format}${page}`),
    )
    for (const reader of readers) await reader.poll(server)
    now += HOUR
    const arrived = article({ slug: 'arrived', published: now - 10_000, updated: now - 10_000 })
    server.publisher.publish({ publication: site, articles: [older, newest, last, arrived] })
    for (const reader of readers) {
      expect((await reader.poll(server)).status).toBe(200)
      expect((await reader.poll(server)).status).toBe(304)
    }
  })

  it('tells that a next page came and went with an article that it has no room for', async () => {
    let now = NOW
    const server = serverOf([newest], { site, clock: () => now })
    const reader = readerOf(`/${format}?limit=1`)
    await reader.poll(server)
    now += HOUR
    const late = { ...older, updated: now, expires: now + HOUR }
    server.publisher.publish({ publication: site, articles: [late, newest] })
    for (const hours of [0, 1]) {
      now += hours * HOUR + 10_000
      expect((await reader.poll(server)).status).toBe(200)
      now += 10_000
      expect((await reader.poll(server)).status).toBe(304)
    }
  })

  it.each(['', '?since=P1D'])(
    '%s tells what changed after the clock was set back',
    async (query) => {
      let now = NOON + HOUR
      const server = serverOf(ALL, { site, clock: () => now })
      const reader = readerOf(`/${format}${query}`)
      const ask = async (by: number) => {
        now += by
        return (await reader.poll(server)).status
      }
      expect([await ask(0), await ask(10_000), await ask(10_000)].at(-1)).toBe(304)
      now -= 2 * HOUR
      server.publisher.publish({ publication: site, articles: [newest] })
      expect([await ask(0), await ask(2 * HOUR + 30_000), await ask(1_000)]).toEqual([
        200, 200, 304,
      ])
    },
  )

  it('tells what changed while the clock was set back, also to who asked meanwhile', async () => {
    let now = NOW
    let articles: readonly Article[] = ALL
    const server = serverOf(articles, { site, clock: () => now })
    const reader = readerOf(`/${format}`)
    await reader.poll(server)
    for (const [by, title] of [
      [HOUR, 'Edited'],
      [-HOUR / 2, 'Edited again'],
    ] as const) {
      now += by
      expect((await reader.poll(server)).body).not.toContain(title)
      articles = [older, { ...newest, title }, other]
      server.publisher.publish({ publication: site, articles })
      now += 10_000
      expect((await reader.poll(server)).body).toContain(title)
    }
  })

  it('tells an edit that is dated before another change was noticed', async () => {
    let now = NOW
    const server = serverOf(ALL, { site, clock: () => now })
    const reader = readerOf(`/${format}`)
    await reader.poll(server)
    now += HOUR
    const edited = { ...newest, title: 'Edited' }
    server.publisher.publish({ publication: site, articles: [older, edited, other] })
    now += 10_000
    await reader.poll(server)
    const dated = { ...newest, title: 'Edited again', updated: now - 60_000 }
    server.publisher.publish({ publication: site, articles: [older, dated, other] })
    now += 10_000
    expect((await reader.poll(server)).body).toContain('Edited again')
  })

  it('is dated by its articles where their dates tell', async () => {
    let now = NOW
    const server = serverOf(ALL, { site, clock: () => now })
    await server.get(`/tags/x/${format}`)
    now += HOUR
    const edited = { ...newest, title: 'Edited', updated: now - 60_000 }
    server.publisher.publish({ publication: site, articles: [older, edited, other] })
    const answer = await server.get(`/tags/x/${format}`)
    expect(Date.parse(answer.headers.get('last-modified') ?? '')).toBe(now - 60_000)
  })

  it('is never dated in a second for which more may come, nor after it', async () => {
    const future = { ...newest, updated: NOW + DAY }
    for (const articles of [[{ ...newest, updated: NOW }], [future]]) {
      const answer = await serverOf(articles, { site, clock: () => NOW }).get(`/${format}`)
      expect(Date.parse(answer.headers.get('last-modified') ?? '')).toBe(NOW - 3000)
    }
  })
})

it.each<[string, Parameters<TestServer['publisher']['publish']>[0]]>([
  [
    'an article is edited that names its tag otherwise',
    {
      publication: site,
      articles: [{ ...older, tags: [{ scheme: 'tags', term: 'x', label: 'X' }] }],
    },
  ],
  [
    'the publication has another title',
    { publication: { ...site, title: 'New' }, articles: [older] },
  ],
])('the list of feeds is given anew to a reader that asks by date when %s', async (_, next) => {
  let now = NOW
  const server = serverOf([older], { site, clock: () => now })
  const reader = readerOf('/feeds.opml')
  const first = await reader.poll(server)
  now += 60_000
  server.publisher.publish(next)
  expect((await reader.poll(server)).body).not.toBe(first.body)
})

it.each(['/', '/tags/x/', '/articles/newest'])(
  'the page %s tells what changed after the clock was set back',
  async (path) => {
    let now = NOON + HOUR
    const server = serverOf(ALL, { site, clock: () => now })
    const reader = readerOf(path)
    await reader.poll(server)
    now += 10_000
    expect((await reader.poll(server)).status).toBe(200)
    now -= 2 * HOUR
    const edited = { ...newest, title: 'Edited' }
    server.publisher.publish({ publication: site, articles: [edited] })
    now += 2 * HOUR + 30_000
    expect((await reader.poll(server)).status).toBe(200)
    expect((await reader.poll(server)).status).toBe(304)
  },
)

it.each(['/?since=PT2H', '/build/?since=PT2H', '/feeds/new/'])(
  '%s, a page with a window that slides, is given anew to who asks by date',
  async (path) => {
    let now = NOON + HOUR
    const site = publication({ feeds: namedFeeds({ new: { query: 'since=PT2H' } }) })
    const server = serverOf(ALL, { site, clock: () => now })
    const reader = readerOf(path)
    await reader.poll(server)
    now += 10_000
    const first = await reader.poll(server)
    now += 2 * HOUR
    const next = await reader.poll(server)
    expect(next.status).toBe(200)
    expect(next.body).not.toBe(first.body)
  },
)

it.each([
  ['at a time', [2_100]],
  ['one after the other', [1_100, 2_100]],
])('more changes %s than are remembered are told in every feed', async (_, turns) => {
  let now = NOW
  /** The first so many of them, and the others, by their titles. */
  const many = (changed: number) =>
    Array.from({ length: 2_100 }, (_, at) =>
      article({ slug: `${at}`, tags: [`t${at}`], title: at < changed ? 'Two' : 'One' }),
    )
  let articles = many(0)
  const server = serverOf(articles, { clock: () => now })
  const readers = ['/tags/t0/rss.xml', '/tags/t999/rss.xml', '/tags/t2099/rss.xml'].map(readerOf)
  for (const reader of readers) await reader.poll(server)
  for (const changed of turns) {
    now += 60_000
    const before = articles
    articles = many(changed).map((one, at) => {
      const was = before[at] ?? one
      return was.title === one.title ? was : one
    })
    server.publisher.publish({ publication: server.publisher.catalog().publication, articles })
  }
  for (const reader of readers) expect((await reader.poll(server)).body).toContain('Two')
})

it('whatever happens, a reader that asks by date alone ends with what a new one is given', async () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('time' as const), by: fc.constantFrom(1, 400, 1_000, 90_000) }),
    fc.record({
      kind: fc.constant('put' as const),
      slug: fc.constantFrom('a', 'b', 'c'),
      tags: fc.subarray(['x', 'y']),
      title: fc.constantFrom('One', 'Two'),
      html: fc.constantFrom('<p>One.</p>', '<p>Two.</p>'),
      published: fc.constantFrom(-DAY, -1_000, 0, 500, 2_000),
      /** From its publication, or dated now. */
      edited: fc.constantFrom(0, 700, 100_000, 'now' as const),
      /** From its publication. */
      expires: fc.constantFrom(undefined, undefined, 1_500, 90_000),
      withdrawn: fc.constantFrom(undefined, undefined, 0, 2_500, 90_000),
      /** From the beginning of a reading until it is published. */
      reading: fc.constantFrom(0, 30, 700, 20_000),
    }),
    fc.record({ kind: fc.constant('delete' as const), slug: fc.constantFrom('a', 'b', 'c') }),
    fc.constant({ kind: 'restart' as const }),
    fc.record({ kind: fc.constant('poll' as const), which: fc.nat(3) }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 24 }), fc.boolean(), async (steps, stopped) => {
      let now = NOW
      const site = publication({ tombstones: 'PT60S' })
      // So that there is a second page, whatever goes.
      let articles = new Map<string, Article>([older, other].map((one) => [one.slug, one]))
      const start = (recall?: Parameters<typeof serverOf>[1]) =>
        serverOf([...articles.values()], { site, clock: () => now, ...recall })
      let server = start()
      const paths = [
        '/rss.xml',
        '/tags/x/atom.xml',
        '/feed.json?limit=1&tag=-y',
        '/atom.xml?limit=1&page=2',
      ]
      const readers = paths.map(readerOf)
      const publish = async (reading: number) => {
        if (stopped) return
        const at = now
        now += reading
        for (const reader of readers) await reader.poll(server)
        server.publisher.publish({ publication: site, articles: [...articles.values()] }, at)
      }
      const restart = () => {
        const { publisher } = server
        const digest = digestOfCatalog(publisher.catalog())
        const changes = publisher.changes()
        server = start({
          recall: (catalog) =>
            digest === digestOfCatalog(catalog) ? changes : { recent: [], all: catalog.at },
        })
      }
      for (const one of [...steps, { kind: 'restart' } as const]) {
        articles = new Map(articles)
        if (one.kind === 'time') now += one.by
        else if (one.kind === 'restart') restart()
        else if (one.kind === 'poll') {
          const answer = await (readers[one.which] ?? expect.fail()).poll(server)
          const fresh = await server.get(paths[one.which] ?? '')
          expect(answer.body).toBe(await fresh.text())
        } else {
          if (one.kind === 'delete') articles.delete(one.slug)
          else {
            const published = now + one.published
            const { slug, tags, title, html, edited } = one
            const updated = edited === 'now' ? Math.max(published, now) : published + edited
            const made = article({ slug, tags, title, html, published, updated })
            const expires = one.expires && published + one.expires
            const withdrawn =
              one.withdrawn === undefined ? undefined : { at: published + one.withdrawn }
            articles.set(slug, {
              ...made,
              ...(expires && { expires }),
              ...(withdrawn && { withdrawn }),
            })
          }
          await publish(one.kind === 'delete' ? 0 : one.reading)
        }
      }
      for (const [at, reader] of readers.entries()) {
        const fresh = await server.get(paths[at] ?? '')
        expect((await reader.poll(server)).body).toBe(await fresh.text())
      }
    }),
    { numRuns: runs(15) },
  )
})

describe('what a server remembers', () => {
  const fail = (error: unknown) => expect.fail(String(error))
  const answers = async (state: string, articles: readonly Article[], now: number) => {
    const recall = await recallChanges(state)
    const server = serverOf(articles, { site, clock: () => now, recall })
    const failures: unknown[] = []
    await keepChanges(state, server.publisher, (error) => failures.push(error)).now()
    expect(failures).toEqual([])
    return server
  }
  const mended = (one: Article) => ({ ...one, html: '<p>Mended.</p>' })
  const taken = article({ slug: 'taken', tags: ['X'], withdrawn: { at: NOON } })
  const date = async (server: TestServer, path = '/tags/x/rss.xml') =>
    Date.parse((await server.get(path)).headers.get('last-modified') ?? '')

  it('dates what was deleted while none ran, in every feed', async () => {
    const state = folderOf({})
    expect(await date(await answers(state, ALL, NOW))).toBe(NOON)
    expect(await date(await answers(state, ALL, NOW + HOUR)), 'nothing changed').toBe(NOON)
    const later = await answers(state, [older, other], NOW + DAY + 1)
    expect(await date(later)).toBe(NOW + DAY - 3000)
    expect(await date(await answers(state, [older, other], NOW + 2 * DAY))).toBe(NOW + DAY)
  })

  it.each<[string, Article[], Article[], passed: number]>([
    ['an edit of a text that left all dates alone', ALL, ALL.map(mended), HOUR],
    ['a tombstone that fell', [...ALL, taken], [...ALL, taken], 91 * DAY],
  ])('dates %s while none ran, in every feed', async (_, before, after, passed) => {
    const state = folderOf({})
    expect(await date(await answers(state, before, NOW))).toBeLessThan(NOW)
    expect(await date(await answers(state, after, NOW + passed))).toBe(NOW + passed - 3000)
  })

  it('keeps the dates of what was deleted before it was stopped', async () => {
    const state = folderOf({})
    let now = NOW
    const server = serverOf(ALL, { site, clock: () => now })
    now += HOUR
    server.publisher.publish({ publication: site, articles: [older, other] })
    await keepChanges(state, server.publisher, fail).now()
    const next = await answers(state, [older, other], NOW + DAY)
    expect(await date(next)).toBe(NOW + HOUR)
    expect(await date(next, '/tags/y/rss.xml')).toBe(NOON - HOUR)
  })

  it('keeps when a term came to be called otherwise, and words to be others', async () => {
    const state = folderOf({})
    let now = NOW
    const server = serverOf(ALL, { site, clock: () => now })
    now += HOUR
    const articles = [
      { ...older, title: 'Mended', updated: now },
      newest,
      other,
      article({ slug: 'later', tags: ['X'], published: now }),
    ]
    server.publisher.publish({ publication: site, articles })
    await keepChanges(state, server.publisher, fail).now()
    const next = await answers(state, articles, NOW + DAY)
    for (const path of ['/rss.xml?tag=-x', '/rss.xml?q=other'])
      expect(await date(next, path)).toBe(NOW + HOUR)
    expect(await date(next, '/tags/y/rss.xml')).toBe(NOON - HOUR)
  })

  it.each(['', '{', '{"version":2}', 'null'])(
    'that is broken (%j) dates everything anew',
    async (text) => {
      const state = folderOf({ 'changes.json': text })
      expect(await date(await answers(state, ALL, NOW + DAY + 1))).toBe(NOW + DAY - 3000)
      expect(await date(await answers(state, ALL, NOW + 2 * DAY))).toBe(NOW + DAY)
    },
  )

  it('that can’t be read dates everything anew as well', async () => {
    const recall = await recallChanges(folderOf({ 'changes.json/file': '' }))
    const server = serverOf(ALL, { site, clock: () => NOW + DAY, recall })
    expect(await date(server)).toBe(NOW + DAY - 3000)
  })

  it('that is lost dates nothing: a start is no change', async () => {
    expect(await date(await answers(folderOf({}), [older, other], NOW + DAY))).toBe(NOON - DAY)
  })

  it('is written in one step, and not where nothing changed', async () => {
    const state = folderOf({})
    const { publisher } = await answers(state, ALL, NOW)
    expect(await readdir(state)).toEqual(['changes.json'])
    const keeper = keepChanges(state, publisher, fail)
    await keeper.now()
    await writeFile(path.join(state, 'changes.json'), 'x')
    await keeper.now()
    expect((await recallChanges(state))(publisher.catalog()).all, 'not written twice').toBe(NOW)
  })

  it('is told once where it can’t be written, and tried again', async () => {
    const failures: unknown[] = []
    const { publisher } = serverOf(ALL, { site, clock: () => NOW })
    const state = path.join(folderOf({}), 'state')
    const keeper = keepChanges(state, publisher, (error) => failures.push(error))
    await keeper.now()
    await keeper.now()
    expect(failures).toHaveLength(1)
    await mkdir(state)
    await keeper.now()
    expect(await readdir(state)).toEqual(['changes.json'])
    await rm(state, { recursive: true })
    publisher.publish({ publication: publisher.catalog().publication, articles: [] })
    await keeper.now()
    expect(failures, 'a failure after a success').toHaveLength(2)
  })
})
