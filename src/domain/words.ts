// Words as a reader searches for them: case, width and accents of spelling folded, CJK text without spaces.

/**
 * Scripts written without spaces between words, where a word may stand anywhere in a run of letters, and the Japanese
 * signs that belong to none of them alone: those of a long vowel (ー) and of voice, and what repeats or abbreviates.
 * Korean has spaces, but not before the particles that its nouns end in.
 */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}\p{Script=Hangul}\u3006\u3031-\u3035\u303c\u3099\u309a\u30fc]/u
const WORD_CHARACTER = /[\p{L}\p{N}\p{M}_]/u

const UNSEEN =
  /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Cc}\p{Surrogate}\p{Noncharacter_Code_Point}]/gu

/** All of these and more. Nearly no text has any, and this takes a third of the time to tell. */
const PERHAPS_UNSEEN =
  /[\0-\x08\x0e-\x1f\x7f-\xad\u034f-\u061c\u115f-\u17b5\u180b-\u180f\u200b-\u206f\u3164\ud800-\udfff\ufdd0-\uffff]/

/** Text without what nobody sees in it: marks of hyphenation and direction, control characters. White space stays. */
export function withoutUnseen(text: string): string {
  if (!PERHAPS_UNSEEN.test(text)) return text
  return text.replace(UNSEEN, (found) => (/\s/.test(found) ? ' ' : ''))
}

/**
 * Text as it is compared: NFKC, case-folded, apostrophes and hyphens as they are typed, white space single, without what
 * nobody sees.
 */
export function fold(text: string): string {
  return (
    withoutUnseen(text.normalize('NFKC'))
      // Else ẞ would become ß, but ß, whose capital is SS, would become ss.
      .replaceAll('ẞ', 'ß')
      .toUpperCase()
      .toLowerCase()
      .normalize('NFKC')
      // Newsrooms set apostrophes and hyphens that keyboards don't have.
      .replace(/[‘’ʻʼ‐]/g, (mark) => (mark === '‐' ? '-' : "'"))
      .replace(/\s+/gu, ' ')
      .trim()
  )
}

/** The words of a query, folded, each once, in code point order. */
export function queryWords(query: string): string[] {
  return [...new Set(fold(query).split(' ').filter(Boolean))].sort()
}

/** Whether a folded text has a folded word: whole words in alphabets, any run in scripts without spaces. */
export function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const isBegun = joins(lastIn(text, at), firstFrom(word, 0))
    if (!isBegun && !joins(firstFrom(text, at + word.length), lastIn(word, word.length)))
      return true
  }
  return false
}

/** Whether a neighbouring character belongs to the same word as the edge of the word that was found. */
function joins(neighbour: string, edge: string): boolean {
  return [neighbour, edge].every((one) => WORD_CHARACTER.test(one) && !UNSPACED.test(one))
}

/** The character that ends before a place; empty at the beginning. */
function lastIn(text: string, end: number): string {
  return [...text.slice(Math.max(0, end - 2), end)].at(-1) ?? ''
}

/** The character that begins at a place; empty at the end. */
function firstFrom(text: string, start: number): string {
  return [...text.slice(start, start + 2)][0] ?? ''
}
