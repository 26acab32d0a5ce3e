// Whatever happens to a publication, who polls it now and then, and is told only what is new, ends with what a newcomer sees.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Article } from '../../../src/domain/article.ts'
import type { Publication } from '../../../src/domain/publication.ts'
import { all, entriesOf, only, parseStrictly } from '../support/documents.ts'
import { article, DAY, HOUR, NOON, publication, taxonomy } from '../support/publication.ts'
import { runs } from '../support/runs.ts'
import { serverOf, type TestServer } from '../support/server.ts'

const LIMIT = 3
const slugs = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('save' as const),
      slug: slugs,
      title: fc.constantFrom('One', 'Two', 'Three'),
      tags: fc.subarray(['old', 'other']),
      published: fc.constantFrom(-2 * DAY, -HOUR, -60_000, 0, HOUR),
      isDated: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('withdraw' as const), slug: slugs }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), slug: slugs }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      time: fc.constantFrom(1_000, HOUR, DAY, 3 * DAY),
    }),
  },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('poll' as const), instance: fc.nat(1) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('restart' as const), instance: fc.nat(1) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'rename' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'retire' as const }) },
)

interface Known {
  readonly written: string
  readonly published: number
}

/** The entries of a document by their ids, and the ids that it says are gone. */
function read(path: string, text: string): { entries: Map<string, Known>; gone: string[] } {
  if (path.includes('.json')) {
    const { items } = JSON.parse(text)
    const known = (item: { id: string; date_published: string }): [string, Known] => [
      item.id,
      { written: JSON.stringify(item), published: Date.parse(item.date_published) },
    ]
    return { entries: new Map(items.map(known)), gone: [] }
  }
  const [id, date] = path.includes('rss.xml') ? ['guid', 'pubDate'] : ['id', 'published']
  const root = parseStrictly(text)
  const known = entriesOf(root).map((entry): [string, Known] => [
    only(entry, id).text,
    { written: JSON.stringify(entry), published: Date.parse(only(entry, date).text) },
  ])
  const stones = path.includes('atom.xml') ? all(root, 'at:deleted-entry') : []
  return { entries: new Map(known), gone: stones.map(({ attributes }) => attributes.ref ?? '') }
}

/** A reader that keeps what it was told, and asks for no more than what is new. */
function readerOf(first: string) {
  let path = first
  let tag: string | undefined
  let known = new Map<string, Known>()
  const seen = new Set<number>()
  async function poll(server: TestServer): Promise<number> {
    const conditions = tag === undefined ? {} : { 'if-none-match': tag }
    const answer = await server.get(path, { 'a-im': 'feed', ...conditions })
    seen.add(answer.status)
    if (answer.status === 301) {
      const to = new URL(answer.headers.get('location') ?? '')
      path = to.pathname + to.search
      return poll(server)
    }
    if (answer.status === 200) known = read(path, await answer.text()).entries
    if (answer.status === 226) {
      const { entries, gone } = read(path, await answer.text())
      for (const id of gone) known.delete(id)
      const merged = [...new Map([...known, ...entries])]
      merged.sort(([a, x], [b, y]) => y.published - x.published || (a < b ? -1 : 1))
      known = new Map(merged.slice(0, LIMIT))
    }
    if (answer.status === 410) known = new Map()
    else tag = answer.headers.get('etag') ?? undefined
    return answer.status
  }
  return { poll, seen, has: () => known }
}

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

const save = (slug: 'a' | 'b'): Step => ({
  kind: 'save',
  ...{ slug, title: 'One', tags: ['old'], published: -HOUR, isDated: true },
})
const poll: Step = { kind: 'poll', instance: 0 }

/** One in which every kind of answer is given; those that are made up may lack some. */
const EVERY_KIND: Step[] = [
  ...[save('a'), poll, save('b'), poll, poll],
  ...[{ kind: 'rename' as const }, poll, { kind: 'retire' as const }],
]

it.each(['rss.xml', 'atom.xml', 'feed.json'])(
  'whatever happens, who polls %s has what a new reader is given',
  { timeout: 60_000 },
  async (format) => {
    const seen = new Set<number>()
    const paths = ['/', '/tags/old/'].map((folder) => `${folder}${format}?limit=${LIMIT}`)
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 30 }), async (steps) => {
        let now = NOON
        let notes = { renamed: false, retired: false }
        const articles = new Map<string, Article>()
        const site = (): Publication =>
          publication({
            tombstones: 'P2D',
            taxonomy: taxonomy({
              tags: new Map<string, object>([
                ['old', notes.renamed ? { renamedTo: 'new' } : {}],
                ['new', notes.retired ? { retired: 'Nobody writes of it.' } : {}],
              ]),
            }),
          })
        /** As the content's reader makes it: under the name that its tag has now. */
        const named = (one: Article): Article => ({
          ...one,
          tags: one.tags.map((tag) =>
            tag.term === 'old' && notes.renamed ? { ...tag, term: 'new', label: 'new' } : tag,
          ),
        })
        let current = { publication: site(), articles: [] as Article[] }
        const start = () =>
          serverOf(current.articles, { site: current.publication, clock: () => now })
        const servers = [start(), start()]
        const readers = paths.map(readerOf)
        const publish = (isNamedAnew = false) => {
          const { publication: before } = current
          current = {
            publication: isNamedAnew ? site() : before,
            articles: [...articles.values()].map(named),
          }
          for (const { publisher } of servers) publisher.publish(current)
        }
        const last = [0, 1].map((instance) => ({ kind: 'poll' as const, instance }))
        for (const one of [...steps, ...last]) {
          switch (one.kind) {
            case 'wait':
              now += one.time
              break
            case 'poll': {
              const server = servers[one.instance] ?? expect.fail()
              for (const [at, reader] of readers.entries()) {
                const newcomer = readerOf(paths[at] ?? '')
                const statuses = [await reader.poll(server), await newcomer.poll(server)]
                expect(statuses[0] === 410).toBe(statuses[1] === 410)
                expect(sorted(reader.has())).toEqual(sorted(newcomer.has()))
                for (const status of reader.seen) seen.add(status)
              }
              break
            }
            case 'restart':
              servers[one.instance] = start()
              break
            case 'rename':
              notes = { ...notes, renamed: true }
              publish(true)
              break
            case 'retire':
              notes = { ...notes, retired: true }
              publish(true)
              break
            case 'delete':
              articles.delete(one.slug)
              publish()
              break
            case 'withdraw': {
              const old = articles.get(one.slug)
              if (old === undefined) break
              articles.set(one.slug, { ...old, withdrawn: { at: now, reason: 'It was wrong.' } })
              publish()
              break
            }
            case 'save': {
              const { slug, title, tags, isDated } = one
              const published = articles.get(slug)?.published ?? now + one.published
              const updated = Math.max(published, isDated ? now : 0)
              articles.set(slug, article({ slug, title, tags, published, updated }))
              publish()
            }
          }
        }
      }),
      { numRuns: runs(7), examples: [[EVERY_KIND]] },
    )
    expect([...seen].sort()).toEqual([200, 226, 301, 304, 410])
  },
)

function sorted(known: ReadonlyMap<string, Known>): string[] {
  return [...known.values()].map(({ written }) => written).sort()
}
