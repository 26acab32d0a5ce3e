// Bits: a set of positions as a bit for each, the lowest of the first word first.

/** Positions in a word. */
export const WORD = 32
/** A word of positions that are all in the set. */
export const ALL = 0xffffffff

/** Words that have a bit for each of so many positions. */
export function wordsFor(size: number): number {
  return Math.ceil(size / WORD)
}

export function bitsOf(positions: readonly number[], size: number): Uint32Array {
  const bits = new Uint32Array(wordsFor(size))
  for (const position of positions)
    bits[position >>> 5] = (bits[position >>> 5] as number) | (1 << position)
  return bits
}

export function hasBit(bits: Uint32Array, position: number): boolean {
  return ((bits[position >>> 5] as number) & (1 << position)) !== 0
}

/** How many positions there are in the first `length` words. */
export function countBits(bits: Uint32Array, length: number): number {
  let total = 0
  for (let at = 0; at < length; at++) total += population(bits[at] as number)
  return total
}

/** The positions in the first `length` words, ascending, from the `from`th on, at most `limit` of them. */
export function takeBits(bits: Uint32Array, length: number, from = 0, limit = Infinity): number[] {
  const taken: number[] = []
  let passed = 0
  for (let at = 0; at < length && taken.length < limit; at++) {
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

/** The bits that are set in a word, added up in pairs, fours and bytes. */
function population(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
