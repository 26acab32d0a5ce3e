// Words out of markup: what a feed writes as HTML where a record holds plain text.
import { toText } from 'hast-util-to-text'
import { parse, UnfitBody } from '../content/bodies/tree.ts'

/** Elements open at once in what is read for its words alone. */
const DEEPEST = 200
/** Characters; what is longer is no title or summary. */
const LONGEST = 100_000

/** The words of HTML, each paragraph's end a line break; nothing where there are none. */
export function wordsOf(html: string | undefined): string | undefined {
  if (html === undefined) return undefined
  const start = html.slice(0, LONGEST)
  if (!/[<&]/.test(start)) return tidy(start)
  try {
    return tidy(toText(parse(start, DEEPEST)))
  } catch (error) {
    if (error instanceof UnfitBody) return undefined
    throw error
  }
}

/** Plain text with character references in it, as many feeds write titles; its `<` is no markup. */
export function withoutReferences(text: string | undefined): string | undefined {
  return wordsOf(text?.replaceAll('<', '&lt;'))
}

/** One line. */
export function oneLine(text: string | undefined): string | undefined {
  return text?.replace(/\s+/gu, ' ').trim() || undefined
}

/** Without blank lines, white space around lines, and more than one space in them; nothing where nothing is left. */
export function tidy(text: string): string | undefined {
  return (
    text
      .replace(/[^\S\n]+/gu, ' ')
      .replace(/ ?\n[\n ]*/g, '\n')
      .trim() || undefined
  )
}
