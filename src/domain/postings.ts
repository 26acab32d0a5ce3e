// Postings: the positions of entries under one term, and what several of them have in common.

/** The positions of entries, each once, in whichever form is smaller. */
export type Posting =
  /** Ascending. */
  | { readonly isDense: false; readonly count: number; readonly positions: Uint32Array }
  /** A bit for each entry of the catalog, the lowest of the first word first. */
  | { readonly isDense: true; readonly count: number; readonly bits: Uint32Array }

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
  /** Ascending, from the `from`th on, at most `limit` of them. */
  readonly take: (from: number, limit: number) => number[]
}

const WORD = 32
/**
 * The part of a catalog below which candidates are looked at one by one: looking one up costs what some hundred positions
 * cost where each is a bit (`npm run bench`).
 */
const FEW = 1 / 512
/** Candidates that are looked at one by one in the smallest catalog, too. */
const AT_LEAST = 32

const NONE: Posting = { isDense: false, count: 0, positions: new Uint32Array() }

/**
 * @param positions ascending, each once.
 * @param size entries in the catalog.
 */
export function postingOf(positions: readonly number[], size: number): Posting {
  const count = positions.length
  if (count * WORD <= size) return { isDense: false, count, positions: Uint32Array.from(positions) }
  const bits = new Uint32Array(wordsFor(size))
  for (const position of positions) setBit(bits, position)
  return { isDense: true, count, bits }
}

/** Where entries of an earlier catalog stand now. */
export interface Moves {
  /** The position of each that stayed, -1 of one that left; ascending but for these. */
  readonly to: Int32Array
  /** The positions of those that came, ascending. */
  readonly added: readonly number[]
}

/**
 * The posting of an earlier catalog in the next one.
 * @param added positions that it has now beside those it had.
 */
export function movedPosting(
  posting: Posting,
  { to }: Pick<Moves, 'to'>,
  added: readonly number[],
  size: number,
): Posting {
  const positions: number[] = []
  let next = 0
  for (const position of positionsIn(posting)) {
    const now = to[position] as number
    if (now < 0) continue
    while (next < added.length && (added[next] as number) < now)
      positions.push(added[next++] as number)
    positions.push(now)
  }
  while (next < added.length) positions.push(added[next++] as number)
  return postingOf(positions, size)
}

/** The lowest position; nothing of an empty posting. */
export function firstIn(posting: Posting): number | undefined {
  return posting.isDense ? takeBits(posting.bits, 0, 1)[0] : posting.positions[0]
}

/** The posting under a term, empty where there is none. */
export function postingAt(postings: ReadonlyMap<string, Posting>, term: string): Posting {
  return postings.get(term) ?? NONE
}

/** @param size entries in the catalog. */
export function common(asked: Asked, size: number): Matches {
  const { groups, excluded, from, to } = asked
  if (from >= to) return listed([])
  if (groups.length === 0 && excluded.length === 0) return between(from, to)
  const counts = groups.map((group) => group.reduce((sum, { count }) => sum + count, 0))
  const fewest = Math.min(...counts)
  if (fewest <= Math.max(AT_LEAST, size * FEW)) {
    const candidates = positionsOf(groups[counts.indexOf(fewest)] as readonly Posting[], size)
    const others = groups.filter((_, at) => at !== counts.indexOf(fewest))
    return listed(
      candidates.filter(
        (position) =>
          position >= from &&
          position < to &&
          others.every((group) => group.some((posting) => has(posting, position))) &&
          !excluded.some((posting) => has(posting, position)),
      ),
    )
  }
  return combined(asked, size)
}

/** Word by word, 32 entries at a time. */
function combined({ groups, excluded, from, to }: Asked, size: number): Matches {
  const [first, ...others] = groups
  const found =
    first === undefined ? new Uint32Array(wordsFor(size)).fill(0xffffffff) : union(first, size)
  for (const group of others) {
    const [only] = group
    const bits = group.length === 1 && only?.isDense ? only.bits : union(group, size)
    for (let at = 0; at < found.length; at++)
      found[at] = (found[at] as number) & (bits[at] as number)
  }
  for (const posting of excluded) {
    if (posting.isDense) {
      const { bits } = posting
      for (let at = 0; at < found.length; at++)
        found[at] = (found[at] as number) & ~(bits[at] as number)
    } else for (const position of posting.positions) clearBit(found, position)
  }
  clearOutside(found, from, to)
  return {
    total: countBits(found),
    take: (from, limit) => takeBits(found, from, limit),
  }
}

function listed(positions: readonly number[]): Matches {
  return {
    total: positions.length,
    take: (from, limit) => positions.slice(from, from + limit),
  }
}

function between(start: number, end: number): Matches {
  return {
    total: end - start,
    take: (from, limit) => {
      const first = start + from
      const length = Math.max(0, Math.min(limit, end - first))
      return Array.from({ length }, (_, at) => first + at)
    },
  }
}

/** Ascending. */
export function positionsIn(posting: Posting): number[] {
  return posting.isDense
    ? takeBits(posting.bits, 0, Number.POSITIVE_INFINITY)
    : [...posting.positions]
}

/** The positions under any of a group's postings, ascending. */
function positionsOf(group: readonly Posting[], size: number): number[] {
  const [only] = group
  return group.length === 1 && only !== undefined
    ? positionsIn(only)
    : takeBits(union(group, size), 0, Number.POSITIVE_INFINITY)
}

/** A copy. */
function union(group: readonly Posting[], size: number): Uint32Array {
  // A copy of one costs a tenth of joining it to nothing.
  const first = group.find((posting) => posting.isDense)
  const bits = first?.isDense ? first.bits.slice() : new Uint32Array(wordsFor(size))
  for (const posting of group) {
    if (posting === first) continue
    if (posting.isDense) {
      const more = posting.bits
      for (let at = 0; at < bits.length; at++)
        bits[at] = (bits[at] as number) | (more[at] as number)
    } else for (const position of posting.positions) setBit(bits, position)
  }
  return bits
}

function has(posting: Posting, position: number): boolean {
  if (posting.isDense)
    return ((posting.bits[position >>> 5] as number) & (1 << (position & 31))) !== 0
  const { positions } = posting
  return (
    positions[partition(positions.length, (at) => (positions[at] as number) < position)] ===
    position
  )
}

/** How many of `size` places come first for which `isLow` holds; they all stand before the others. */
export function partition(size: number, isLow: (at: number) => boolean): number {
  let low = 0
  let high = size
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isLow(middle)) low = middle + 1
    else high = middle
  }
  return low
}

function wordsFor(size: number): number {
  return Math.ceil(size / WORD)
}

function setBit(bits: Uint32Array, position: number): void {
  bits[position >>> 5] = (bits[position >>> 5] as number) | (1 << (position & 31))
}

function clearBit(bits: Uint32Array, position: number): void {
  bits[position >>> 5] = (bits[position >>> 5] as number) & ~(1 << (position & 31))
}

/** Only those in `[from, to)` stay. */
function clearOutside(bits: Uint32Array, from: number, to: number): void {
  bits.fill(0, 0, from >>> 5)
  bits.fill(0, wordsFor(to))
  for (let position = from & ~31; position < from; position++) clearBit(bits, position)
  for (let position = to; (position & 31) !== 0; position++) clearBit(bits, position)
}

function countBits(bits: Uint32Array): number {
  let total = 0
  for (const word of bits) total += population(word)
  return total
}

/** The bits that are set in a word, added up in pairs, fours and bytes. */
function population(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

function takeBits(bits: Uint32Array, from: number, limit: number): number[] {
  const taken: number[] = []
  let passed = 0
  for (let at = 0; at < bits.length && taken.length < limit; at++) {
    let word = bits[at] as number
    const inWord = population(word)
    if (passed + inWord <= from) {
      passed += inWord
      continue
    }
    while (word !== 0 && taken.length < limit) {
      if (passed++ >= from) taken.push(at * WORD + 31 - Math.clz32(word & -word))
      word &= word - 1
    }
  }
  return taken
}
