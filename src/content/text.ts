// Text as feeds can carry it: what XML 1.0 has no place for is taken out here, before anything else sees it.

/** Control characters but tab, line feed and carriage return; noncharacters; surrogates without their other half. */
const UNCARRIABLE =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F]|[\p{Noncharacter_Code_Point}\p{Surrogate}]/gu

/** The text without the characters that XML 1.0 §2.2 excludes or discourages as no characters at all. */
export function cleanText(text: string): string {
  return text.replace(UNCARRIABLE, '')
}

/** Deeper than any field of a record. */
const DEEPEST = 16

/** A parsed value with every text in it cleaned, keys too; what goes too deep, or holds itself, becomes nothing. */
export function cleanValue(value: unknown, around: readonly object[] = []): unknown {
  if (typeof value === 'string') return cleanText(value)
  if (value === null || typeof value !== 'object') return value
  if (around.length === DEEPEST || around.includes(value)) return undefined
  const within = [...around, value]
  if (Array.isArray(value)) return value.map((inner) => cleanValue(inner, within))
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [cleanText(key), cleanValue(inner, within)]),
  )
}

/** Longest summary made from a text, in characters. */
const SUMMARY_LENGTH = 200

/** The beginning of a text, cut at the end of a sentence, else of a word; nothing of a text without words. */
export function beginning(text: string, length = SUMMARY_LENGTH): string | undefined {
  const characters = [...text.replace(/\s+/gu, ' ').trim()]
  if (characters.length === 0) return undefined
  if (characters.length <= length) return characters.join('')
  const start = characters.slice(0, length).join('')
  const sentences = /^.*(?:[。！？…]["”’」』）]?|[.!?]["”’)]?(?=\s))/su.exec(start)?.[0] ?? ''
  if ([...sentences].length >= length / 4) return sentences
  const wordEnd = start.lastIndexOf(' ')
  return `${wordEnd > start.length / 2 ? start.slice(0, wordEnd) : start}…`
}
