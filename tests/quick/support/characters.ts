// Any character of Unicode, for strings made of whatever there is.
import fc from 'fast-check'

const SURROGATES = [0xd800, 0xdfff] as const
const COUNT = SURROGATES[1] - SURROGATES[0] + 1

function print(at: number): string {
  return String.fromCodePoint(at < SURROGATES[0] ? at : at + COUNT)
}

/** Where the character stands. @throws where it isn't one, as fast-check expects. */
function place(character: unknown): number {
  const code = String(character).codePointAt(0) ?? 0
  const at = code > SURROGATES[1] ? code - COUNT : code
  if (print(at) !== character) throw new Error('not one character')
  return at
}

/**
 * The same as fast-check's unit `binary`, which makes a table of all million characters in order to find their places: a
 * second of each process that uses it, and 100 MB for the garbage collector to look through.
 */
export const CHARACTER = fc.nat(0x10ffff - COUNT).map(print, place)
