// Postings: what several have in common is what sets of positions say, however many there are.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { common, type Posting, postingAt, postingOf } from '../../../src/domain/postings.ts'

/** Sizes around those of a word, and some where the forms and ways change. */
const size = fc.oneof(fc.integer({ min: 0, max: 70 }), fc.constantFrom(1_024, 5_000, 40_000))

/** Every how many-th position, from where: some lists are dense, most are not. */
const pattern = fc.record({
  every: fc.constantFrom(1, 2, 3, 31, 33, 200, 2_000),
  first: fc.nat({ max: 40 }),
})

function positionsOf({ every, first }: { every: number; first: number }, size: number): number[] {
  const positions: number[] = []
  for (let at = first % every; at < size; at += every) positions.push(at)
  return positions
}

function naive(
  groups: readonly (readonly (readonly number[])[])[],
  excluded: readonly (readonly number[])[],
  size: number,
  from: number,
  to: number,
): number[] {
  const sets = groups.map((group) => new Set(group.flat()))
  const none = new Set(excluded.flat())
  return Array.from({ length: size }, (_, at) => at).filter(
    (at) => at >= from && at < to && sets.every((set) => set.has(at)) && !none.has(at),
  )
}

describe('positions in common', () => {
  it('are those that sets have in common', () => {
    fc.assert(
      fc.property(
        size,
        fc.array(fc.array(pattern, { minLength: 1, maxLength: 3 }), { maxLength: 3 }),
        fc.array(pattern, { maxLength: 2 }),
        fc.tuple(fc.nat(40_000), fc.nat(40_000)),
        fc.tuple(fc.nat(60), fc.nat(60)),
        (size, asked, unwanted, [one, other], [passed, limit]) => {
          const groups = asked.map((group) => group.map((each) => positionsOf(each, size)))
          const excluded = unwanted.map((each) => positionsOf(each, size))
          const [from = 0, to = 0] = [one % (size + 1), other % (size + 1)].sort((a, b) => a - b)
          const expected = naive(groups, excluded, size, from, to)
          const posting = (positions: readonly number[]) => postingOf(positions, size)
          const found = common(
            {
              groups: groups.map((group) => group.map(posting)),
              excluded: excluded.map(posting),
              from,
              to,
            },
            size,
          )
          expect(found.total).toBe(expected.length)
          expect(found.take(passed, limit)).toEqual(expected.slice(passed, passed + limit))
          // As text, since these may be 40,000.
          expect(found.take(0, found.total).join()).toBe(expected.join())
        },
      ),
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
    expect(common({ groups: [[nothing]], excluded: [], from: 0, to: 9 }, 9).total).toBe(0)
  })
})
