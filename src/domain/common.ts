// What postings have in common: how many positions are as asked, and which of them a page shows.
import { ALL, countBits, hasBit, takeBits, WORD, wordsFor } from './bits.ts'
import { type Posting, partition, positionsIn } from './postings.ts'

/** What positions have to be: under one of each group, under none of `excluded`, in `[from, to)`. */
export interface Asked {
  readonly groups: readonly (readonly Posting[])[]
  readonly excluded: readonly Posting[]
  readonly from: number
  readonly to: number
}

/** Positions that are as asked. */
export interface Matches {
  readonly total: number
  /** Those of them that are wanted, ascending. */
  readonly positions: readonly number[]
}

/**
 * The part of a catalog below which candidates are looked up one by one: each costs as much as what 512 entries cost where
 * each is a bit.
 */
const FEW = 1 / 512

/**
 * @param size entries in the catalog.
 * @param passed how many of the first are not wanted.
 * @param limit how many are wanted at most.
 */
export function common(asked: Asked, size: number, passed = 0, limit = Infinity): Matches {
  const { groups, excluded, from, to } = asked
  if (from >= to) return { total: 0, positions: [] }
  if (groups.length === 0 && excluded.length === 0) return between(from, to, passed, limit)
  const counts = groups.map(countIn)
  const fewest = Math.min(...counts)
  return fewest <= size * FEW
    ? lookedUp(asked, counts.indexOf(fewest), passed, limit)
    : combined(asked, size, passed, limit)
}

function between(from: number, to: number, passed: number, limit: number): Matches {
  const first = from + passed
  const length = Math.max(0, Math.min(limit, to - first))
  return { total: to - from, positions: Array.from({ length }, (_, at) => first + at) }
}

/** What is under the group of the fewest, one by one. */
function lookedUp(
  { groups, excluded, from, to }: Asked,
  fewest: number,
  passed: number,
  limit: number,
): Matches {
  const candidates = new Set((groups[fewest] as readonly Posting[]).flatMap(positionsIn))
  const others = groups.filter((_, at) => at !== fewest)
  const fit = [...candidates].filter(
    (position) =>
      position >= from &&
      position < to &&
      others.every((group) => group.some((posting) => has(posting, position))) &&
      !excluded.some((posting) => has(posting, position)),
  )
  fit.sort((a, b) => a - b)
  return { total: fit.length, positions: fit.slice(passed, passed + limit) }
}

function has(posting: Posting, position: number): boolean {
  if (posting.isDense) return hasBit(posting.bits, position)
  const { positions } = posting
  return positions[placeIn(positions, position)] === position
}

/** Where a position stands among ascending ones, or would. */
function placeIn(positions: Uint32Array, position: number): number {
  return partition(positions.length, (at) => (positions[at] as number) < position)
}

/**
 * Words that are put together at a time: what becomes of them stays next to the processor, and nothing has to be allocated.
 * That and what is fused below take 0.6 of the time of a pass over all words for each posting, and leave no garbage.
 */
const BLOCK = 4_096
/** A block's positions as far as they are as asked, and those under any posting of a group. */
const found = new Uint32Array(BLOCK)
const any = new Uint32Array(BLOCK)

/** Word by word, 32 entries at a time. */
function combined(asked: Asked, size: number, passed: number, limit: number): Matches {
  const { groups, excluded, from, to } = asked
  const known = knownTotal(asked, size)
  const positions: number[] = []
  let total = 0
  const [begin, end] = [from >>> 5, wordsFor(to)]
  for (let first = begin; first < end; first += BLOCK) {
    const length = Math.min(BLOCK, end - first)
    found.fill(ALL, 0, length)
    // Both ends may be within a word.
    if (first === begin) found[0] = ALL << from
    if (first + length === end && to % WORD > 0)
      found[length - 1] = (found[length - 1] as number) & ~(ALL << to)
    for (const group of groups) keepUnder(group, first, length)
    for (const posting of excluded) leaveOut(posting, first, length)
    const count = countBits(found, length)
    const wanted = limit - positions.length
    if (wanted > 0 && total + count > passed)
      for (const at of takeBits(found, length, Math.max(0, passed - total), wanted))
        positions.push(first * WORD + at)
    total += count
    if (known !== undefined && positions.length >= limit) break
  }
  return { total: known ?? total, positions }
}

/** How many there are under one term alone; anything else has to be counted. */
function knownTotal({ groups, excluded, from, to }: Asked, size: number): number | undefined {
  const [group, ...others] = groups
  const isAlone = group?.length === 1 && others.length === 0 && excluded.length === 0
  return isAlone && from === 0 && to === size ? countIn(group) : undefined
}

function countIn(group: readonly Posting[]): number {
  return group.reduce((sum, { count }) => sum + count, 0)
}

/** Of what is found in a block, that stays which is under any of a group's postings. */
function keepUnder(group: readonly Posting[], first: number, length: number): void {
  any.fill(0, 0, length)
  const dense: Uint32Array[] = []
  for (const posting of group) {
    if (posting.isDense) dense.push(posting.bits)
    else mark(posting.positions, first, length)
  }
  const [one, two, ...more] = dense
  for (const bits of more) add(bits, first, length)
  if (one === undefined) keep(any, 0, length)
  else if (group.length === 1) keep(one, first, length)
  else keepEither(one, two ?? one, first, length)
}

function leaveOut(posting: Posting, first: number, length: number): void {
  if (posting.isDense) keepOthers(posting.bits, first, length)
  else unmark(posting.positions, first, length)
}

// Loops of their own: each is compiled for what it does alone.

function mark(positions: Uint32Array, first: number, length: number): void {
  const end = placeIn(positions, (first + length) * WORD)
  for (let place = placeIn(positions, first * WORD); place < end; place++) {
    const position = positions[place] as number
    const at = (position >>> 5) - first
    any[at] = (any[at] as number) | (1 << position)
  }
}

function unmark(positions: Uint32Array, first: number, length: number): void {
  const end = placeIn(positions, (first + length) * WORD)
  for (let place = placeIn(positions, first * WORD); place < end; place++) {
    const position = positions[place] as number
    const at = (position >>> 5) - first
    found[at] = (found[at] as number) & ~(1 << position)
  }
}

function add(bits: Uint32Array, first: number, length: number): void {
  for (let at = 0; at < length; at++) any[at] = (any[at] as number) | (bits[first + at] as number)
}

function keep(bits: Uint32Array, first: number, length: number): void {
  for (let at = 0; at < length; at++)
    found[at] = (found[at] as number) & (bits[first + at] as number)
}

function keepOthers(bits: Uint32Array, first: number, length: number): void {
  for (let at = 0; at < length; at++)
    found[at] = (found[at] as number) & ~(bits[first + at] as number)
}

/** Joining two at once saves a tenth of the whole. */
function keepEither(one: Uint32Array, two: Uint32Array, first: number, length: number): void {
  for (let at = 0; at < length; at++) {
    const either = (any[at] as number) | (one[first + at] as number) | (two[first + at] as number)
    found[at] = (found[at] as number) & either
  }
}
