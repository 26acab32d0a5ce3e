// HTML as the words that a reader shows, so that texts compare whatever a reader does with markup and spaces.
import { fromHtml } from 'hast-util-from-html'
import { toText } from 'hast-util-to-text'

export function plainText(html: string): string {
  return withoutSpaces(toText(fromHtml(html, { fragment: true })))
}

/** Line breaks inside CJK text mean nothing, and readers wrap as they like. */
export function withoutSpaces(text: string): string {
  return text.replace(/\s+/gu, '')
}

/** The paragraphs of a Markdown source that have no markup in them: they must come out word for word. */
export function plainParagraphs(markdown: string): string[] {
  return markdown
    .split(/\n\s*\n/)
    .map((block) => block.trim())
    .filter(
      (block) =>
        block !== '' && !/[`*_~[\]<>#|\\&"'^$={}]|^\s*([-+]|\d+[.)])\s|https?:/m.test(block),
    )
}
