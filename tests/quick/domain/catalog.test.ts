// The catalog: what is published at a moment, in what order, under which terms.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressOf, addressOfNamed } from '../../../src/domain/address.ts'
import { openCatalog } from '../../../src/domain/catalog.ts'
import { differences } from '../../../src/domain/entries.ts'
import { composeFeed } from '../../../src/domain/feed.ts'
import { EVERYTHING, withTerm } from '../../../src/domain/filter.ts'
import type { NamedFeed } from '../../../src/domain/named-feed.ts'
import { inBoundedTime } from '../support/bounded-time.ts'
import {
  article,
  DAY,
  HOUR,
  NOON,
  namedFeeds,
  publication,
  type Said,
  taxonomy,
} from '../support/publication.ts'
import { runs } from '../support/runs.ts'

const inAtom = (feed: NamedFeed) => addressOfNamed(feed, 'atom')
const slugs = (catalog: ReturnType<typeof openCatalog>) =>
  catalog.entries.map((entry) => entry.article.slug)

describe('one gate before every feed', () => {
  const all = [
    article({ slug: 'draft', draft: true, tags: ['secret'] }),
    article({ slug: 'scheduled', published: NOON + 2 * DAY, tags: ['soon'] }),
    article({ slug: 'published', tags: ['open'] }),
    article({ slug: 'expired', expires: NOON + HOUR, tags: ['past'] }),
    article({
      slug: 'withdrawn',
      withdrawn: { at: NOON + HOUR, reason: 'wrong' },
      tags: ['taken-down'],
    }),
  ]
  const catalog = openCatalog(publication(), all, NOON + DAY)

  it('drafts, scheduled, expired and withdrawn articles are in no feed', () => {
    expect(slugs(catalog)).toEqual(['published'])
  })

  it('terms that only drafts and scheduled articles use are unknown; those of past articles are known', () => {
    expect([...catalog.terms.tags.keys()].sort()).toEqual(['open', 'past', 'taken-down'])
  })

  it('says when the next article enters or leaves by itself', () => {
    expect(catalog.validUntil).toBe(NOON + 2 * DAY)
    expect(slugs(openCatalog(publication(), all, catalog.validUntil, catalog))).toEqual([
      'scheduled',
      'published',
    ])
  })

  it('an article is in before the moment it expires or is withdrawn', () => {
    expect(slugs(openCatalog(publication(), all, NOON))).toEqual([
      'expired',
      'published',
      'withdrawn',
    ])
  })
})

it('the newest article comes first, ties in the order of ids', () => {
  const articles = [
    article({ slug: 'b' }),
    article({ slug: 'old', published: NOON - 1 }),
    article({ slug: 'a' }),
  ]
  expect(slugs(openCatalog(publication(), articles, NOON))).toEqual(['a', 'b', 'old'])
})

it('two catalogs tell what the one has and the other has not', () => {
  const some = fc.uniqueArray(
    fc.record({
      slug: fc.constantFrom('a', 'b', 'c', 'd'),
      published: fc.nat(3),
      title: fc.nat(1),
    }),
    { selector: ({ slug }) => slug },
  )
  fc.assert(
    fc.property(some, some, (was, is) => {
      const made = new Map<string, ReturnType<typeof article>>()
      const make = ({ slug, published, title }: (typeof was)[number]) => {
        const key = JSON.stringify([slug, published, title])
        const said = { slug, published: NOON - published, title: String(title) }
        made.set(key, made.get(key) ?? article(said))
        return made.get(key) ?? expect.fail()
      }
      const site = publication()
      const before = openCatalog(site, was.map(make), NOON)
      const after = openCatalog(site, is.map(make), NOON, before)
      const { left, came } = differences(before, after)
      expect(left).toEqual(before.entries.filter((entry) => !after.entries.includes(entry)))
      expect(came).toEqual(after.entries.filter((entry) => !before.entries.includes(entry)))
      expect(after.entries.map((entry) => entry.article)).toEqual(
        openCatalog(site, is.map(make), NOON).entries.map((entry) => entry.article),
      )
    }),
  )
})

it('a catalog that is amended is the same as one that is gathered anew', () => {
  const slug = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h')
  const one = fc.record({
    slug,
    published: fc.constantFrom(-2, -1, 0, 5),
    tags: fc.subarray(['x', 'X', 'y', 'old', 'named']),
    section: fc.constantFrom('News', 'News/Local', 'news/Sport', 'Sport/Rowing'),
    language: fc.constantFrom('en', 'zh-Hans'),
    life: fc.constantFrom({}, { draft: true }, { expires: NOON }, { withdrawn: { at: NOON } }),
    related: fc.subarray(['a', 'b', 'c']),
    files: fc.subarray(['p.png', 'q.png']),
  })
  const some = fc.uniqueArray(one, { selector: ({ slug }) => slug, minLength: 4 })
  const edits = fc.array(fc.oneof(one, slug), { maxLength: 2 })
  /** Each at a moment, before or after the last: clocks are set back. */
  const turns = fc.array(fc.tuple(fc.constantFrom(0, 0, 0, -3, 1, 6), edits), { maxLength: 4 })
  const tags = new Map([
    ['old', { renamedTo: 'y' }],
    ['named', { label: 'Named' }],
  ])
  const sections = new Map([['sport', { retired: 'Sport has left.' }]])
  const site = publication({ taxonomy: taxonomy({ tags, sections }) })
  const make = ({
    life,
    published,
    related,
    ...said
  }: typeof some extends fc.Arbitrary<(infer T)[]> ? T : never) =>
    article({
      ...said,
      ...life,
      published: NOON + published * HOUR,
      related: related.map((other) => ({ article: other })),
    })
  fc.assert(
    fc.property(some, turns, (first, turns) => {
      let articles = first.map(make)
      let catalog = openCatalog(site, articles, NOON)
      for (const [hours, turn] of turns) {
        const now = NOON + hours * HOUR
        for (const edit of turn) {
          const name = typeof edit === 'string' ? edit : edit.slug
          const others = articles.filter((other) => other.slug !== name)
          articles = typeof edit === 'string' ? others : [...others, make(edit)]
          // As files are: in the order of their names.
          articles.sort((a, b) => (a.slug < b.slug ? -1 : 1))
        }
        catalog = openCatalog(site, articles, now, catalog)
        const anew = openCatalog(site, articles, now)
        expect(catalog).toEqual(anew)
        const inOrder = ({ terms }: typeof anew) => Object.values(terms).map((map) => [...map])
        expect(inOrder(catalog)).toEqual(inOrder(anew))
      }
    }),
    { numRuns: runs(50) },
  )
})

it('thousands of articles that are withdrawn at once, each with a tag of its own, take bounded time', async () => {
  const some = Array.from({ length: 30_000 }, (_, at) =>
    article({ slug: `${at}`, tags: [`t${at}`] }),
  )
  const withdrawn = some.map((one, at) => (at % 5 ? one : { ...one, withdrawn: { at: NOON } }))
  const site = publication()
  const before = openCatalog(site, some, NOON)
  const after = await inBoundedTime(() => openCatalog(site, withdrawn, NOON, before))
  expect(after.terms.tags.get('t0')).toMatchObject({ label: 't0', count: 0 })
})

it('a catalog shows the same at every moment until the one that it says, whatever its articles await', () => {
  const moment = fc.option(fc.nat(9), { nil: undefined })
  const life = fc.record({
    published: fc.nat(9),
    expires: moment,
    withdrawn: moment,
    draft: fc.boolean(),
  })
  const site = publication({ tombstones: 'PT3H', feeds: namedFeeds({ late: { delay: 2 * HOUR } }) })
  const addresses = [addressOf(EVERYTHING, 'atom'), ...[...site.feeds.values()].map(inAtom)]
  fc.assert(
    fc.property(fc.array(life, { maxLength: 4 }), (lives) => {
      const at = (hours: number) => NOON + hours * HOUR
      const articles = lives.map(({ published, expires, withdrawn, draft }, index) =>
        article({
          slug: `${index}`,
          tags: [`${index}`],
          published: at(published),
          draft,
          ...(expires !== undefined && { expires: at(expires) }),
          ...(withdrawn !== undefined && { withdrawn: { at: at(withdrawn) } }),
        }),
      )
      const shown = (catalog: ReturnType<typeof openCatalog>, now: number) => [
        addresses.map((address) => composeFeed(catalog, address, now)),
        ...[catalog.terms, catalog.gone, catalog.bySlug],
      ]
      let catalog = openCatalog(site, articles, NOON)
      for (let now = NOON; now <= at(13); now += HOUR / 2) {
        if (now >= catalog.validUntil) catalog = openCatalog(site, articles, now, catalog)
        expect(shown(catalog, now)).toEqual(shown(openCatalog(site, articles, now), now))
      }
    }),
    { numRuns: runs(30) },
  )
})

it('a term is called what the publication calls it, else as its newest article spells it', () => {
  const articles = [
    article({ slug: 'new', tags: ['Exports', 'C++'] }),
    article({ slug: 'old', tags: ['EXPORTS', 'c++'], published: NOON - DAY }),
  ]
  const tags = new Map([['c++', { label: 'C plus plus' }]])
  const { terms } = openCatalog(publication({ taxonomy: taxonomy({ tags }) }), articles, NOON)
  expect(terms.tags.get('exports')).toMatchObject({ label: 'Exports', count: 2 })
  expect(terms.tags.get('c++')).toMatchObject({ label: 'C plus plus', count: 2 })
})

it('a related article is linked while it is published, and only then', () => {
  const related = [{ article: 'other' }, { title: 'Elsewhere', url: 'https://else.example/' }]
  const linked = (state: object) => {
    const articles = [article({ slug: 'one', related }), article({ slug: 'other', ...state })]
    return openCatalog(publication(), articles, NOON + DAY)
      .entries.find((entry) => entry.article.slug === 'one')
      ?.related.map(({ title }) => title)
  }
  expect(linked({})).toEqual(['About other', 'Elsewhere'])
  for (const state of [
    { draft: true },
    { published: NOON + 2 * DAY },
    { withdrawn: { at: NOON } },
  ]) {
    expect(linked(state)).toEqual(['Elsewhere'])
  }
})

describe("a feed's updated is the newest change among its own articles", () => {
  const updated = (articles: Parameters<typeof openCatalog>[1], tag = 'a', limit = 30) =>
    composeFeed(
      openCatalog(publication(), articles, NOON + DAY),
      { ...addressOf(withTerm(EVERYTHING, 'tags', tag), 'atom'), limit },
      NOON + DAY,
    ).feed.updated

  it.each([
    ['an article that was edited', [article({ tags: ['a'], updated: NOON + HOUR })], NOON + HOUR],
    [
      'not an article of another feed',
      [article({ tags: ['a'] }), article({ slug: 'x', updated: NOON + HOUR })],
      NOON,
    ],
    [
      'a withdrawal',
      [
        article({ tags: ['a'] }),
        article({ slug: 'x', tags: ['a'], withdrawn: { at: NOON + HOUR } }),
      ],
      NOON + HOUR,
    ],
    [
      'an expiry',
      [article({ tags: ['a'] }), article({ slug: 'x', tags: ['a'], expires: NOON + HOUR })],
      NOON + HOUR,
    ],
    [
      'a withdrawal on the day of an edit, which only the day tells',
      [article({ tags: ['a'], updated: NOON + HOUR, withdrawn: { at: NOON - HOUR } })],
      NOON + HOUR,
    ],
    [
      'an article of long ago',
      [article({ tags: ['a'], published: Date.UTC(1911, 9, 10) })],
      Date.UTC(1911, 9, 10),
    ],
    ['nothing', [], 0],
  ])('%s', (_, articles, expected) => expect(updated(articles)).toBe(expected))

  it('not a change beyond the end of the document, but a withdrawal of which it tells', () => {
    const old = { slug: 'old', tags: ['a'], published: NOON - DAY }
    expect(
      updated([article({ tags: ['a'] }), article({ ...old, updated: NOON + HOUR })], 'a', 1),
    ).toBe(NOON)
    const left = (how: Said) =>
      updated([article({ tags: ['a'] }), article({ ...old, ...how })], 'a', 1)
    expect(left({ expires: NOON + HOUR })).toBe(NOON)
    expect(left({ withdrawn: { at: NOON + HOUR } })).toBe(NOON + HOUR)
    expect(left({ withdrawn: { at: NOON - 100 * DAY } }), 'whose tombstone fell').toBe(NOON)
  })
})
