// Finds terms that are almost the same as another of their scheme, as of one thing spelt in two ways.
import leven from 'leven'
import type { KnownTerm } from '../../domain/term-index.ts'

/** Letters from which on one edit makes rather a slip than another word; one more where a letter is exchanged. */
const LONG_WORD = 7
/** Letters; names longer than this are compared without slips. */
const LONGEST_WORD = 64
/** Words that only look like plurals of others. */
const NO_PLURALS = /(^|[^a-z])(news|windows|ios|https)$/
/** Characters that join the parts of a name or stand around it, and can be left out or written otherwise. */
const JOINERS = '[\\p{Pd}\\p{Pc}\\p{Ps}\\p{Pe}\\p{Pi}\\p{Pf}\'"`´·・‧•,、。，:：!！?？…\\s]'
const BETWEEN_DIGITS = new RegExp(`(?<=\\p{Nd})(?:${JOINERS}|[./])+(?=\\p{Nd})`, 'gu')
const ALL_JOINERS = new RegExp(`${JOINERS}|(?<=[\\p{L}\\p{N}])\\.`, 'gu')

/** A term and the one most used that it is almost the same as. */
export interface NearTerms {
  readonly term: KnownTerm
  readonly near: KnownTerm
}

/**
 * Each term that is nearly another, with that other, which more articles use. Nearly the same are `night-market`,
 * `nightmarket` and `night-markets`, and words of seven letters or more that differ by a slip. Different are `c`, `c++` and
 * `c#`, `2024` and `2025`, and words in scripts where one sign is a word.
 *
 * Its time grows with the number of terms, not of their pairs.
 */
export function nearTerms(terms: Iterable<KnownTerm>): NearTerms[] {
  const byUse = [...terms].sort((a, b) => b.count - a.count || (a.term < b.term ? -1 : 1))
  const firstOf = new Map<string, KnownTerm>()
  const found: NearTerms[] = []
  for (const term of byUse) {
    const { above, word } = partsOf(term)
    const numbers = numbersOf(word)
    const keys = [...numbers, ...wordsWithout(word)].map((key) => above + key)
    const near = keys
      .map((key) => firstOf.get(key))
      .find((other) => other !== undefined && isNear(word, partsOf(other).word))
    if (near !== undefined) found.push({ term, near })
    for (const key of keys) if (!firstOf.has(key)) firstOf.set(key, term)
  }
  return found
}

/** The letters and digits of a term's name, and the sections above it. */
function partsOf({ scheme, term }: KnownTerm): { above: string; word: string } {
  const at = scheme === 'sections' ? term.lastIndexOf('/') + 1 : 0
  const name = term.slice(at)
  const letters = name.replace(/&/g, 'and').replace(BETWEEN_DIGITS, '~').replace(ALL_JOINERS, '')
  return { above: term.slice(0, at), word: letters || name }
}

/** A word, and the words that it may be the English plural of. */
function numbersOf(word: string): string[] {
  if (!/[a-z]{3}s$/.test(word) || NO_PLURALS.test(word) || /(ss|us|is)$/.test(word)) return [word]
  const ending = /ies$/.test(word) ? 'y' : /(s|x|z|ch|sh)es$/.test(word) ? '' : undefined
  return [
    word,
    word.slice(0, -1),
    ...(ending === undefined ? [] : [word.slice(0, ending === 'y' ? -3 : -2) + ending]),
  ]
}

/** A long word without each of its letters in turn: two words that differ by a slip share one of these. */
function wordsWithout(word: string): string[] {
  if (!isLongWord(word)) return []
  const letters = [...word]
  return [...new Set(letters.map((_, at) => letters.toSpliced(at, 1).join('')))]
}

function isNear(one: string, other: string): boolean {
  const numbers = numbersOf(one)
  return numbersOf(other).some((word) => numbers.includes(word)) || isSlip(one, other)
}

/** A name in an alphabet, long enough for an edit to be a slip. */
function isLongWord(word: string): boolean {
  return (
    word.length >= LONG_WORD &&
    word.length <= LONGEST_WORD &&
    /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{M}\p{Nd}~]+$/u.test(word)
  )
}

/** Whether words differ by one letter, or by two in the other order; never by the first letter or a digit. */
function isSlip(one: string, other: string): boolean {
  if (!isLongWord(one) || !isLongWord(other)) return false
  if (one[0] !== other[0] || digitsOf(one) !== digitsOf(other)) return false
  const edits = leven(one, other, { maxDistance: 3 })
  if (one.length !== other.length) return edits === 1
  if (edits === 1) return one.length > LONG_WORD
  return edits === 2 && [...one].sort().join('') === [...other].sort().join('')
}

function digitsOf(word: string): string {
  return word.replace(/\P{Nd}/gu, '')
}
