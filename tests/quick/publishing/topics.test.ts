// Which topics a change touches: exactly those whose bytes it changed, by whatever way it came.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Address, addressOf, addressOfNamed, formatsOf } from '../../../src/domain/address.ts'
import type { Article } from '../../../src/domain/article.ts'
import { publicFeeds } from '../../../src/domain/directory.ts'
import { EVERYTHING, withTerm } from '../../../src/domain/filter.ts'
import type { Publication } from '../../../src/domain/publication.ts'
import { createPublisher, type Publisher } from '../../../src/publishing/publisher.ts'
import { bodyOf } from '../../../src/publishing/representation.ts'
import {
  changedTopics,
  type Shown,
  type TopicChange,
  topicsOf,
} from '../../../src/publishing/topics.ts'
import { documents } from '../support/documents.ts'
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

const HUB = 'https://hub.example/'
const BASE = 'https://news.example/'

interface Scene {
  readonly site?: Partial<Publication>
  readonly articles: readonly Article[]
  /** Milliseconds since noon. */
  readonly at?: number
}

/** Shows one scene and then the other, as a running server does; and what every document was in each. */
function play(first: Scene, second: Scene) {
  let now = NOON + (first.at ?? 0)
  const site = publication({ hubs: [HUB], ...first.site })
  const publisher = createPublisher({ publication: site, articles: first.articles }, () => now)
  const before: Shown = { catalog: publisher.catalog(), at: now }
  const bytesBefore = everyDocument(publisher)
  now = NOON + (second.at ?? 0)
  const next = second.site === undefined ? site : publication({ hubs: [HUB], ...second.site })
  if (next !== site || second.articles !== first.articles)
    publisher.publish({ publication: next, articles: second.articles })
  const after: Shown = { catalog: publisher.catalog(), at: now }
  return { before, after, bytesBefore, bytesAfter: everyDocument(publisher) }
}

/** The naive way: every public document's bytes, by its URL. */
function everyDocument(publisher: Publisher): Map<string, string> {
  const { publication: site, terms } = publisher.catalog()
  const addresses: Address[] = [
    addressOf(EVERYTHING, 'rss'),
    ...publicFeeds(site).map((feed) => addressOfNamed(feed, 'rss')),
    ...(['sections', 'tags', 'authors'] as const).flatMap((scheme) =>
      [...terms[scheme].keys()].map((term) => addressOf(withTerm(EVERYTHING, scheme, term), 'rss')),
    ),
  ]
  return new Map(
    addresses.flatMap((address) =>
      formatsOf(address, site).flatMap((format): [string, string][] => {
        if (publisher.find({ ...address, format }).kind !== 'found') return []
        const representation = publisher.represent({ ...address, format })
        return [[representation.self, bodyOf(representation).toString()]]
      }),
    ),
  )
}

function compare(before: Shown, after: Shown): TopicChange {
  const changes = [...changedTopics(before, after)]
  return {
    changed: changes.flatMap(({ changed }) => changed),
    alike: changes.flatMap(({ alike }) => alike),
    gone: changes.flatMap(({ gone }) => gone),
  }
}

function changed(first: Scene, second: Scene): string[] {
  const { before, after } = play(first, second)
  const urls = compare(before, after).changed.map(({ url }) => url)
  expect(new Set(urls).size).toBe(urls.length)
  return urls.map((url) => decodeURIComponent(url.replace(BASE, ''))).sort()
}

const quay = article({
  slug: 'quay',
  tags: ['Trade'],
  sections: ['News/Local'],
  authors: ['Li Wei'],
})
const tide = article({ slug: 'tide', tags: ['Tides'], sections: ['News'], authors: ['Newsroom'] })
const QUAY = ['', 'authors/li-wei/', 'categories/news/', 'categories/news/local/', 'tags/trade/']

describe('announced are', () => {
  it('the feeds of an article that is new, and those of no other', () => {
    expect(changed({ articles: [tide] }, { articles: [tide, quay] })).toEqual(documents(...QUAY))
  })

  it('the feeds that an edited article was in, and those it is in', () => {
    const moved = { ...quay, tags: tide.tags, updated: NOON + HOUR }
    expect(changed({ articles: [tide, quay] }, { articles: [tide, moved] })).toEqual(
      // Nothing ever was about trade any more.
      documents(...QUAY.slice(0, -1), 'tags/tides/'),
    )
  })

  it('the feeds that a withdrawn article left', () => {
    const withdrawn = { ...quay, withdrawn: { at: NOON + HOUR } }
    expect(
      changed({ articles: [tide, quay] }, { articles: [tide, withdrawn], at: 2 * HOUR }),
    ).toEqual(documents(...QUAY))
  })

  it.each<[string, Partial<Article>, number, readonly string[]]>([
    ['a scheduled article comes', { published: NOON + HOUR }, 2 * HOUR, documents(...QUAY)],
    ['an article expires', { expires: NOON + HOUR }, 2 * HOUR, documents(...QUAY)],
    // RSS says when the newest change was; only Atom has tombstones.
    [
      'a tombstone falls',
      { withdrawn: { at: NOON - HOUR } },
      91 * DAY,
      QUAY.map((folder) => `${folder}atom.xml`).sort(),
    ],
  ])('what changes by itself when %s', (_, said, at, expected) => {
    const articles = [tide, { ...quay, ...said }]
    expect(changed({ articles }, { articles, at })).toEqual(expected)
  })

  it('a named feed whose window moved past an article, though the catalog is the same', () => {
    const site = { feeds: namedFeeds({ recent: { query: 'since=PT2H' }, all: {} }) }
    const articles = [tide]
    expect(changed({ site, articles }, { articles, at: 3 * HOUR })).toEqual(
      documents('feeds/recent/'),
    )
  })

  it('a named feed when an article enters it late', () => {
    const site = { feeds: namedFeeds({ late: { delay: HOUR } }) }
    const articles = [quay]
    expect(changed({ site, articles }, { articles, at: HOUR })).toEqual(documents('feeds/late/'))
  })

  it('a section whose name says that of another, which goes with its last article', () => {
    const site = { taxonomy: taxonomy({ sections: new Map([['news/local', {}]]) }) }
    const urls = changed({ site, articles: [tide] }, { articles: [] })
    expect(urls).toEqual(expect.arrayContaining(documents('categories/news/local/')))
  })

  it('only the formats in which a change is seen', () => {
    const site = { contact: { email: 'desk@news.example' } }
    expect(changed({ articles: [] }, { site, articles: [] })).toEqual(['rss.xml'])
  })

  it('never a private feed', () => {
    const feeds = namedFeeds({ partners: { tokens: [] }, open: {} })
    const urls = changed({ site: { feeds }, articles: [] }, { articles: [quay] })
    expect(urls.filter((url) => url.startsWith('feeds/'))).toEqual(documents('feeds/open/'))
  })

  it('no feed whose newest articles are the same', () => {
    const many = Array.from({ length: 40 }, (_, at) =>
      article({ slug: `n${at}`, published: NOON - at * HOUR }),
    )
    const edited = many.with(35, { ...(many[35] as Article), title: 'Another' })
    expect(changed({ articles: many }, { articles: edited })).toEqual([])
  })
})

it('a feed that became private, or whose term was taken back, is gone', () => {
  const first = { feeds: namedFeeds({ partners: {} }) }
  const second = {
    feeds: namedFeeds({ partners: { tokens: [] } }),
    taxonomy: taxonomy({ tags: new Map([['trade', { retired: 'Ask the desk.' }]]) }),
  }
  const { before, after } = play(
    { site: first, articles: [quay] },
    { site: second, articles: [quay] },
  )
  const { gone } = compare(before, after)
  expect(gone.map((url) => url.replace(BASE, '')).sort()).toEqual(
    documents('feeds/partners/', 'tags/trade/'),
  )
})

const said = fc.record<Said>(
  {
    slug: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'),
    title: fc.constantFrom('One', 'Two'),
    published: fc.integer({ min: -6, max: 6 }).map((hours) => NOON + hours * HOUR),
    tags: fc.subarray(['Trade', 'trade', 'Tides', 'C++'], { maxLength: 2 }),
    sections: fc.subarray(['News', 'news/Local', 'News/Local/Traffic', 'Culture'], {
      maxLength: 2,
    }),
    authors: fc.subarray(['Li Wei', 'Newsroom'], { minLength: 1 }),
    expires: fc.integer({ min: -3, max: 9 }).map((hours) => NOON + hours * HOUR),
    withdrawn: fc.integer({ min: -3, max: 9 }).map((hours) => ({ at: NOON + hours * HOUR })),
    draft: fc.boolean(),
    related: fc.constantFrom([{ article: 'a' }], [{ article: 'b' }]),
    files: fc.constantFrom(['one.jpg'], []),
  },
  { requiredKeys: ['slug', 'title', 'published', 'tags', 'sections', 'authors'] },
)
const folder = fc
  .uniqueArray(said, { selector: ({ slug }) => slug, maxLength: 8 })
  .map((all) => all.map((one) => article({ ...one, updated: Math.max(one.published ?? 0, NOON) })))
const sites = fc.record<Partial<Publication>>(
  {
    feeds: fc.constantFrom(
      namedFeeds({
        few: { limit: 2, formats: ['rss', 'json'] },
        local: { query: 'category=news/local' },
      }),
      namedFeeds({ few: { limit: 2 }, recent: { query: 'since=PT2H' }, late: { delay: 2 * HOUR } }),
      namedFeeds({ few: { limit: 1, content: 'summary' }, late: { tokens: [], delay: HOUR } }),
    ),
    taxonomy: fc.constantFrom(
      taxonomy({ tags: new Map([['trade', { label: 'Trade and exports' }]]) }),
      taxonomy({ sections: new Map([['news/local', { retired: 'Merged.' }]]) }),
    ),
    language: fc.constantFrom('en', 'zh'),
    icon: fc.constant('https://news.example/icon.png'),
    tombstones: fc.constantFrom('PT3H', 'P90D'),
  },
  { requiredKeys: [] },
)
/** One scene and another that shares what it doesn't change, as a folder read again does. */
const scenes = fc
  .record({
    articles: folder,
    others: folder,
    kept: fc.infiniteStream(fc.boolean()),
    site: sites,
    later: fc.option(sites, { nil: undefined }),
    hours: fc.integer({ min: 0, max: 8 }),
    isEdited: fc.boolean(),
  })
  .map(({ articles, others, kept, site, later, hours, isEdited }): [Scene, Scene] => {
    const same = articles.filter(() => kept.next().value)
    const slugs = new Set(same.map(({ slug }) => slug))
    const next = isEdited ? [...same, ...others.filter(({ slug }) => !slugs.has(slug))] : articles
    return [
      { site, articles },
      { ...(later && { site: later }), articles: next, at: hours * HOUR },
    ]
  })

it('whatever changes, announced is what the naive way finds that renders everything; and what is remembered is what a new start finds', () => {
  fc.assert(
    fc.property(scenes, ([first, second]) => {
      const { before, after, bytesBefore, bytesAfter } = play(first, second)
      const { changed, alike, gone } = compare(before, after)
      const naive = [...bytesAfter].filter(([url, bytes]) => bytesBefore.get(url) !== bytes)
      expect(changed.map(({ url }) => url).sort()).toEqual(naive.map(([url]) => url).sort())
      const missing = [...bytesBefore.keys()].filter((url) => !bytesAfter.has(url))
      expect([...gone].sort()).toEqual(missing.sort())
      const other = alike.filter(({ url }) => bytesAfter.get(url) !== bytesBefore.get(url))
      expect(other).toEqual([])

      const known = digests(before)
      for (const { url, digest } of changed) expect(known.get(url)).not.toBe(digest)
      for (const { url, digest } of [...changed, ...alike]) known.set(url, digest)
      for (const url of gone) known.delete(url)
      expect(known).toEqual(digests(after))
    }),
    { numRuns: runs(7) },
  )
})

function digests(shown: Shown): Map<string, string> {
  return new Map([...topicsOf(shown)].flat().map(({ url, digest }) => [url, digest]))
}
