// Which terms are one that was spelt in two ways, and which only look alike.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nearTerms } from '../../../../src/content/advice/near-terms.ts'
import { type Scheme, spelling } from '../../../../src/domain/category.ts'
import type { KnownTerm } from '../../../../src/domain/term-index.ts'
import { inBoundedTime } from '../../support/bounded-time.ts'

function known(label: string, count = 1, scheme: Scheme = 'tags'): KnownTerm {
  return { scheme, term: spelling(scheme, label), label, count }
}

function pairs(terms: readonly KnownTerm[]): string[][] {
  return nearTerms(terms).map(({ term, near }) => [term.term, near.term])
}

describe('are one', () => {
  it.each([
    ['night market', 'nightmarket'],
    ['night-market', 'night_market'],
    ['Night Markets', 'night market'],
    ['node.js', 'nodejs'],
    ["reader's letters", 'readers letters'],
    ['《红楼梦》', '红楼梦'],
    ['李白·诗', '李白诗'],
    ['R&D', 'R and D'],
    ['export', 'exports'],
    ['story', 'stories'],
    ['cookie', 'cookies'],
    ['box', 'boxes'],
    ['house', 'houses'],
    ['glass', 'glasses'],
    ['javascript', 'javasript'],
    ['javascript', 'javascritp'],
    ['architecture', 'archetecture'],
    ['экономика', 'экономка'],
  ])('%s and %s', (one, other) => {
    expect(pairs([known(one, 2), known(other)])).toHaveLength(1)
  })
})

describe('are two', () => {
  it.each([
    ['c', 'c++'],
    ['c++', 'c#'],
    ['c', 'r'],
    ['.net', 'net'],
    ['2024', '2025'],
    ['2024-25', '2024-26'],
    ['1.0', '10'],
    ['python2', 'python3'],
    ['version-2025', 'version-2026'],
    ['中山', '中国'],
    ['中山大学', '中山小学'],
    ['经济', '经济学'],
    ['カメラ', 'カメラマン'],
    ['new', 'news'],
    ['http', 'https'],
    ['window', 'windows'],
    ['bus', 'bu'],
    ['car', 'care'],
    ['country', 'county'],
    ['cooking', 'cooling'],
    ['friend', 'fiend'],
    ['training', 'straining'],
    ['exports', 'imports'],
    ['🚲', '🚗'],
  ])('%s and %s', (one, other) => {
    expect(pairs([known(one, 2), known(other)])).toEqual([])
  })
})

it('each is told once, next to the one that is used most', () => {
  const terms = [known('nightmarket'), known('night market', 9), known('night markets', 3)]
  expect(pairs(terms)).toEqual([
    ['night-markets', 'night-market'],
    ['nightmarket', 'night-market'],
  ])
})

it('sections are compared with those beside them', () => {
  const terms = ['News/Night Market', 'News/Nightmarket', 'Life/Nightmarket'].map((path) =>
    known(path, 1, 'sections'),
  )
  expect(pairs(terms)).toEqual([['news/nightmarket', 'news/night-market']])
})

it('never names a term next to itself, nor twice, whatever the terms are', () => {
  const names = fc.uniqueArray(fc.string({ unit: fc.constantFrom(...'aab-s.中+1'), minLength: 1 }))
  fc.assert(
    fc.property(names, (names) => {
      const found = pairs(names.map((name) => ({ ...known(name), term: name })))
      expect(found.every(([term, near]) => term !== near)).toBe(true)
      expect(new Set(found.map(([term]) => term)).size).toBe(found.length)
    }),
  )
})

it('takes time in their number, not in that of their pairs: 10,000 terms in a second or two', async () => {
  const terms = Array.from({ length: 10_000 }, (_, at) =>
    known(
      `prefix ${at.toString(36).replace(/\d/g, (digit) => 'ghijklmnop'[Number(digit)] ?? '')} word`,
    ),
  )
  await inBoundedTime(() => nearTerms(terms))
})
