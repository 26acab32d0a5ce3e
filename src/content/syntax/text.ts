// Text as feeds can carry it: what XML 1.0 has no place for is taken out here, before anything else sees it.

/** Control characters but tab, line feed and carriage return; noncharacters; surrogates without their other half. */
const UNCARRIABLE =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F]|[\p{Noncharacter_Code_Point}\p{Surrogate}]/gu

/** Code units that such characters may consist of; without Unicode's rules, looking takes a third of the time. */
const MAY_BE_UNCARRIABLE =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uD800-\uDFFF\uFDD0-\uFDEF\uFFFE\uFFFF]/

/** The text without the characters that XML 1.0 §2.2 excludes or discourages as no characters at all. */
export function cleanText(text: string): string {
  return MAY_BE_UNCARRIABLE.test(text) ? text.replace(UNCARRIABLE, '') : text
}

/** As HTML has it, in an element or in an attribute's quotes. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

/** Deeper than any field of a record. */
const DEEPEST = 16

/** A parsed value with every text in it cleaned, keys too; what goes too deep, or holds itself, becomes nothing. */
export function cleanValue(value: unknown): unknown {
  return isClean(value, 0) ? value : cleaned(value, [])
}

/** Most values are; finding out takes a third of the time of making a copy. */
function isClean(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return !MAY_BE_UNCARRIABLE.test(value)
  if (value === null || typeof value !== 'object') return true
  if (depth === DEEPEST) return false
  if (Array.isArray(value)) return value.every((inner) => isClean(inner, depth + 1))
  for (const [key, inner] of Object.entries(value))
    if (MAY_BE_UNCARRIABLE.test(key) || !isClean(inner, depth + 1)) return false
  return true
}

function cleaned(value: unknown, around: readonly object[]): unknown {
  if (typeof value === 'string') return cleanText(value)
  if (value === null || typeof value !== 'object') return value
  if (around.length === DEEPEST || around.includes(value)) return undefined
  const within = [...around, value]
  if (Array.isArray(value)) return value.map((inner) => cleaned(inner, within))
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [cleanText(key), cleaned(inner, within)]),
  )
}

/** Longest summary made from a text, in characters. */
const SUMMARY_LENGTH = 200

/** Writing in which lines are broken without a space between words. */
const UNSPACED = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF00-\uFF65“”‘’—…]`
const LINE_BREAK = new RegExp(String.raw`(?<=${UNSPACED})[^\S\n]*\n\s*(?=${UNSPACED})`, 'gu')

// One locale for all languages: the words of dictionaries are known for each script, not for each locale.
const SENTENCES = new Intl.Segmenter('en', { granularity: 'sentence' })
const WORDS = new Intl.Segmenter('en', { granularity: 'word' })
const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' })

/**
 * A sentence's end, with the quotation marks and brackets that close it. The full stop of `Mr.`, of an initial, of `U.S.`
 * and of `e.g.` is none; that of a word of one letter in other scripts is one.
 */
const SENTENCE_END =
  /(?:[。！？…।؟۔]|[!?]|(?<!(?:^|[\s(])(?:\p{Lu}\p{L}{1,2}|(?:\p{L}\.)*[\p{Lu}a-zα-ωа-я]))\.)["”’」』）)\]]*\s*$/u

/**
 * The beginning of a text in one line, cut at the end of a sentence, else of a word; nothing of a text without words.
 * @param length at most, in characters (Unicode code points), not counting the ellipsis behind a cut.
 */
export function beginning(text: string, length = SUMMARY_LENGTH): string | undefined {
  // A character has at most two code units; what follows the last tells whether a word ends there.
  const enough = 2 * length + 100
  // Nearly always enough: white space is rarely much of a text.
  const some = inOneLine(text.slice(0, enough + 100))
  const line = some.length > enough ? some : inOneLine(text)
  if (line === '') return undefined
  const near = line.slice(0, enough)
  const limit = endOf(length, near)
  if (limit === line.length) return line
  const sentences = endBefore(SENTENCES, near, limit, ({ segment }) => SENTENCE_END.test(segment))
  const sentence = near.slice(0, sentences).trimEnd()
  if ([...sentence].length >= length / 4) return sentence
  const words = endBefore(WORDS, near, limit, ({ isWordLike }) => isWordLike === true)
  const end = words > limit / 2 ? words : endBefore(GRAPHEMES, near, limit)
  return `${near.slice(0, end || limit).trimEnd()}…`
}

/** Code units of so many characters of a text, or of all that it has. */
function endOf(characters: number, text: string): number {
  let end = 0
  for (let count = 0; count < characters && end < text.length; count++)
    end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1
  return end
}

/** Without white space around it, and with single spaces in it. */
export function inOneLine(text: string): string {
  return joinLines(text.trim()).replace(/\s+/gu, ' ')
}

/** Joins lines where writing has no space between words. */
export function joinLines(text: string): string {
  return text.includes('\n') ? text.replace(LINE_BREAK, '') : text
}

/** Where the last of the segments that end within the limit ends, of those that are wanted; 0 where none does. */
function endBefore(
  segmenter: Intl.Segmenter,
  text: string,
  limit: number,
  isWanted = (_: Intl.SegmentData): boolean => true,
): number {
  // From the end: going through all words up to the limit took thirty times as long.
  const segments = segmenter.segment(text)
  for (let at = limit; at >= 0; ) {
    const part = segments.containing(at)
    if (part === undefined) return 0
    const end = part.index + part.segment.trimEnd().length
    if (end <= limit && isWanted(part)) return end
    at = part.index - 1
  }
  return 0
}
