// Postings: what several have in common is what sets of positions say, however many there are.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { common, countCommon } from '../../../src/domain/common.ts'
import { type Posting, postingAt, postingOf } from '../../../src/domain/postings.ts'
import { runs } from '../support/runs.ts'

/** Sizes around those of a word and of a block of them, and some where the forms and ways change. */
const BLOCK = 4_096 * 32
const size = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 70 }) },
  { weight: 4, arbitrary: fc.constantFrom(1_024, 5_000, 40_000) },
  fc.constantFrom(BLOCK - 1, BLOCK, BLOCK + 1, BLOCK + 33, 2 * BLOCK + 40),
)

/** Every how many-th position, from where: some lists are dense, most are not, and some are empty. */
const pattern = fc.record({
  every: fc.constantFrom(1, 2, 3, 31, 33, 200, 2_000, 1_000_000),
  first: fc.oneof(fc.nat({ max: 40 }), fc.constant(999_999)),
})
type Pattern = typeof pattern extends fc.Arbitrary<infer T> ? T : never

/** Most are beyond some catalogs' end, and some beyond that of all. */
const place = fc.oneof(fc.nat(70), fc.nat(40_000), fc.nat(3 * BLOCK))

function isIn({ every, first }: Pattern, position: number): boolean {
  return position % every === first % every
}

function positionsOf({ every, first }: Pattern, size: number): number[] {
  const positions: number[] = []
  for (let at = first % every; at < size; at += every) positions.push(at)
  return positions
}

describe('positions in common', () => {
  it('are those that are under one of each group, under none that is excluded, and in the window', () => {
    fc.assert(
      fc.property(
        size,
        fc.array(fc.array(pattern, { minLength: 1, maxLength: 4 }), { maxLength: 3 }),
        fc.array(pattern, { maxLength: 2 }),
        fc.tuple(place, place),
        fc.tuple(place, fc.oneof(fc.nat(60), place)),
        (size, groups, excluded, [one, other], [passed, limit]) => {
          const [from = 0, to = 0] = [one, other]
            .map((place) => Math.min(place, size))
            .sort((a, b) => a - b)
          const expected: number[] = []
          for (let at = from; at < to; at++) {
            const isCommon = groups.every((group) => group.some((each) => isIn(each, at)))
            if (isCommon && !excluded.some((each) => isIn(each, at))) expected.push(at)
          }
          const posting = (each: Pattern) => postingOf(positionsOf(each, size), size)
          const asked = {
            groups: groups.map((group) => group.map(posting)),
            excluded: excluded.map(posting),
            from,
            to,
          }
          // As text, since these may be many.
          expect(common(asked, size).join()).toBe(expected.join())
          expect(common(asked, size, passed, limit).join()).toBe(
            expected.slice(passed, passed + limit).join(),
          )
          expect(common(asked, size, 0, 0)).toEqual([])
          expect(countCommon(asked, size)).toBe(expected.length)
        },
      ),
      { numRuns: runs(25) },
    )
  })

  const bytes = (posting: Posting) =>
    posting.isDense ? posting.bits.byteLength : posting.positions.byteLength

  it.each([
    ['few', 10],
    ['one in 32', 1_250],
    ['one in 31', 1_290],
    ['all', 40_000],
  ])('take no more than a bit for each entry or four bytes for each position: %s', (_, count) => {
    const size = 40_000
    const posting = postingOf(
      Array.from({ length: count }, (_, at) => at),
      size,
    )
    expect(posting.count).toBe(count)
    expect(bytes(posting)).toBe(Math.min(size / 8, count * 4))
  })

  it('of a term that nobody used are none', () => {
    const nothing = postingAt(new Map(), 'tram')
    expect(countCommon({ groups: [[nothing]], excluded: [], from: 0, to: 9 }, 9)).toBe(0)
  })
})
