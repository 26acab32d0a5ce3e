// Postings: the positions of entries under one term, and where they stand in the next catalog.
import { bitsOf, takeBits, WORD } from './bits.ts'

/** The positions of entries, each once, in whichever form is smaller. */
export type Posting =
  /** Ascending. */
  | { readonly isDense: false; readonly count: number; readonly positions: Uint32Array }
  /** A bit for each entry of the catalog. */
  | { readonly isDense: true; readonly count: number; readonly bits: Uint32Array }

const NONE: Posting = { isDense: false, count: 0, positions: new Uint32Array() }

/**
 * @param positions ascending, each once.
 * @param size entries in the catalog.
 */
export function postingOf(positions: readonly number[], size: number): Posting {
  const count = positions.length
  return count * WORD <= size
    ? { isDense: false, count, positions: Uint32Array.from(positions) }
    : { isDense: true, count, bits: bitsOf(positions, size) }
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
  return posting.isDense
    ? takeBits(posting.bits, posting.bits.length, 0, 1)[0]
    : posting.positions[0]
}

/** The posting under a term, empty where there is none. */
export function postingAt(postings: ReadonlyMap<string, Posting>, term: string): Posting {
  return postings.get(term) ?? NONE
}

/** Ascending. */
export function positionsIn(posting: Posting): number[] {
  return posting.isDense ? takeBits(posting.bits, posting.bits.length) : [...posting.positions]
}

/** How many of `size` places `isLow` holds for, by binary search: they all stand before the others. */
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
