// The filter language of feed URLs: what it means, its one canonical form, and what it refuses.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Article, lifeAt } from '../../../src/domain/article.ts'
import { openCatalog } from '../../../src/domain/catalog.ts'
import { matches } from '../../../src/domain/filter.ts'
import { type Parameters, parseFilter, printFilter } from '../../../src/domain/filter-parameters.ts'
import { MalformedParameter } from '../../../src/domain/malformed-parameter.ts'
import { count, select } from '../../../src/domain/selection.ts'
import { CHARACTER } from '../support/characters.ts'
import { AUTHORS, LANGUAGES, parameters, SECTIONS, TAGS } from '../support/filters.ts'
import { article, DAY, HOUR, NOON, publication } from '../support/publication.ts'
import { runs } from '../support/runs.ts'

const ZONE = 'Asia/Shanghai'
const parse = (query: string) => parseFilter([...new URLSearchParams(query)], ZONE)
const canonical = (query: string) => new URLSearchParams(printFilter(parse(query), ZONE)).toString()

describe('a filter and its canonical form invert each other', () => {
  it('parsing what was printed gives the filter again', () => {
    fc.assert(
      fc.property(parameters, (said) => {
        const filter = parseFilter(said, ZONE)
        expect(parseFilter(printFilter(filter, ZONE), ZONE)).toEqual(filter)
      }),
    )
  })

  it('order and repetition change nothing', () => {
    const shuffled = parameters.chain((said) =>
      fc.tuple(
        fc.constant(said),
        fc.shuffledSubarray([...said, ...said], { minLength: said.length * 2 }),
      ),
    )
    fc.assert(
      fc.property(shuffled, ([said, again]) => {
        expect(printFilter(parseFilter(again, ZONE), ZONE)).toEqual(
          printFilter(parseFilter(said, ZONE), ZONE),
        )
      }),
      { numRuns: runs(50) },
    )
  })

  it.each([
    ['tag=Trade,EXPORTS', 'tag=exports,trade'],
    ['tag=b&tag=a', 'tag=a&tag=b'],
    ['tag=-b&tag=-a', 'tag=-a,b'],
    ['tag=-a,-b', 'tag=-a,b'],
    ['tag= -a, -b', 'tag=-a,b'],
    ['tag=－a', 'tag=-a'],
    ['tag=%E2%80%8E-a', 'tag=-a'],
    ['tag=%C2%AD -a,%E2%80%8B-b', 'tag=-a,b'],
    ['tag=&q=+', ''],
    ['tag=,a,', 'tag=a'],
    ['category=News/ Local', 'category=news/local'],
    ['lang=ZH-hans', 'lang=zh-hans'],
    ['depth=0', ''],
    ['category=a&depth=0', 'category=a&depth=0'],
    ['since=2026-03-09T00:00:00%2B08:00', 'since=2026-03-09'],
    ['since=2026-03-09T00:00:00Z', 'since=2026-03-09T00:00:00Z'],
    ['since=2026-03-09T08:30:00+08:00', 'since=2026-03-09T00:30:00Z'],
    ['until=2026-03-09+08:30+0900', 'until=2026-03-08T23:30:00Z'],
    ['since=2026-03-09+08:30', 'since=2026-03-09T00:30:00Z'],
    ['until=2026-03-09', 'until=2026-03-09'],
    ['until=2026-03-10T00:00:00%2B08:00', 'until=2026-03-09'],
    ['since=P1W', 'since=P7D'],
    ['q=Trade  war', 'q=trade war'],
    ['utm_source=x&tag=a', 'tag=a'],
  ])('%s is %s', (query, expected) => {
    expect(canonical(query)).toBe(new URLSearchParams(expected).toString())
  })
})

describe('what a filter means', () => {
  const articles = [
    article({
      slug: 'one',
      tags: ['exports', 'finance'],
      sections: ['News/Local'],
      language: 'zh-Hans',
    }),
    article({ slug: 'two', tags: ['trade', 'sport'], sections: ['News'], published: NOON - DAY }),
    article({
      slug: 'three',
      tags: ['C++'],
      sections: ['Finance'],
      authors: ['Metro desk'],
      summary: 'Seen from the quay',
      published: NOON - 3 * DAY,
    }),
  ]
  const catalog = openCatalog(publication(), articles, NOON + HOUR)
  const found = (query: string) =>
    select(catalog, [parse(query)], NOON + HOUR, { limit: 30 }).entries.map(
      (entry) => entry.article.slug,
    )

  it.each([
    ['', ['one', 'two', 'three']],
    ['tag=exports,trade', ['one', 'two']],
    ['tag=exports&tag=finance', ['one']],
    ['tag=exports&tag=trade', []],
    ['tag=exports,trade&tag=-sport', ['one']],
    ['tag=-sport,c%2B%2B', ['one']],
    ['category=news', ['one', 'two']],
    ['category=news&depth=0', ['two']],
    ['category=news/local', ['one']],
    ['category=-news', ['three']],
    ['author=metro-desk', ['three']],
    ['author=Newsroom,Metro desk', ['one', 'two', 'three']],
    ['lang=zh', ['one']],
    ['lang=-zh', ['two', 'three']],
    ['since=2026-06-24', ['one']],
    ['since=2026-06-23&until=2026-06-23', ['two']],
    ['until=2026-06-22', ['three']],
    ['since=P2D', ['one', 'two']],
    ['since=2026-06-24T04:00:00Z', ['one']],
    ['until=2026-06-24T04:00:00Z', ['two', 'three']],
    ['q=about one', ['one']],
    ['q=quay', ['three']],
    ['q=TEXT two', ['two']],
    ['q=tex', []],
    ['tag=exports,trade&category=news&tag=-sport&lang=zh&q=one', ['one']],
  ])('?%s, by postings and article by article', (query, expected) => {
    expect(found(query)).toEqual(expected)
    const matching = articles.filter((one) => matches(parse(query), one, NOON + HOUR, ZONE))
    expect(matching.map(({ slug }) => slug)).toEqual(expected)
  })

  it('the filter comes first, then the limit', () => {
    const page = (query: string, from: number, limit: number) => {
      const { entries, isCut } = select(catalog, [parse(query)], NOON + HOUR, { from, limit })
      return [entries.map((entry) => entry.article.slug), isCut]
    }
    expect(page('tag=c%2B%2B', 0, 1)).toEqual([['three'], false])
    expect(page('', 0, 2)).toEqual([['one', 'two'], true])
    expect(page('', 1, 2)).toEqual([['two', 'three'], false])
    expect(page('', 2, 2)).toEqual([['three'], false])
    expect(page('', 4, 2)).toEqual([[], false])
  })

  it('the postings find what comparing every article finds', () => {
    const anArticle: fc.Arbitrary<Article> = fc
      .record({
        slug: fc.uuid(),
        tags: fc.uniqueArray(fc.constantFrom(...TAGS), { maxLength: 3 }),
        sections: fc.uniqueArray(fc.constantFrom(...SECTIONS), { maxLength: 2 }),
        authors: fc.uniqueArray(fc.constantFrom(...AUTHORS), { maxLength: 2 }),
        language: fc.constantFrom(...LANGUAGES),
        text: fc.constantFrom('Text of the town', '正文', 'Other news'),
        published: fc.integer({ min: NOON - 9 * DAY, max: NOON + DAY }),
        draft: fc.constantFrom(false, false, false, true),
      })
      .map(article)
    fc.assert(
      fc.property(
        fc.array(anArticle, { maxLength: 25 }),
        parameters,
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 0, max: 12 }),
        (some, said, limit, from) => {
          const now = NOON + HOUR
          const filter = parseFilter(said, ZONE)
          const expected = some
            .filter((one) => lifeAt(one, now) === 'published' && matches(filter, one, now, ZONE))
            .sort((a, b) => b.published - a.published || (a.id < b.id ? -1 : 1))
          const all = openCatalog(publication(), some, now)
          const { entries, isCut } = select(all, [filter], now, { from, limit })
          const ids = expected.map(({ id }) => id)
          expect(entries.map((entry) => entry.article.id)).toEqual(ids.slice(from, from + limit))
          expect(isCut).toBe(ids.length > from + limit)
          expect(count(all, [filter], now)).toBe(ids.length)
        },
      ),
      { numRuns: runs(50) },
    )
  })
})

describe('what a filter refuses, by the name of the parameter', () => {
  it.each([
    ['tag', 'tag=a,-b'],
    ['tag', 'tag=a, -b'],
    ['tag', 'tag=..'],
    ['tag', `tag=${'x'.repeat(300)}`],
    ['tag', Array.from({ length: 65 }, (_, at) => `tag=t${at}`).join('&')],
    ['category', 'category=a/../b'],
    ['depth', 'category=a&depth=1'],
    ['since', 'since=yesterday'],
    ['since', 'since=2024-02-30'],
    ['since', 'since=-P7D'],
    ['since', 'since=P0D'],
    ['since', 'since=P'],
    ['since', 'since=P99999999D'],
    ['until', 'until=2026-13-01'],
    ['until', 'until=2026-01-01&until=2026-01-02'],
    ['q', `q=${'x'.repeat(201)}`],
  ])('%s in ?%s', (name, query) => {
    expect(() => parse(query)).toThrow(
      expect.objectContaining({ name: 'MalformedParameter', parameter: name }),
    )
  })

  it('nothing that parses can throw anything else', () => {
    const odd: fc.Arbitrary<Parameters> = fc.array(
      fc.tuple(
        fc.constantFrom(
          ...['tag', 'category', 'author', 'lang', 'since', 'until', 'q', 'depth', '__proto__'],
        ),
        fc.oneof(
          fc.string({ unit: CHARACTER }),
          fc.constantFrom(
            ...['__proto__', '-', ',', 'P1Y', '9999-12-31', 'P999999Y', 'P999Y', 'P99999999999D'],
          ),
        ),
      ),
    )
    fc.assert(
      fc.property(odd, (said) => {
        try {
          const filter = parseFilter(said, ZONE)
          select(openCatalog(publication(), [article()], NOON), [filter], NOON, { limit: 30 })
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedParameter)
        }
      }),
      { numRuns: runs(75) },
    )
  })
})
