// A body: Markdown, HTML or plain text made into clean HTML with absolute addresses only, and its words.
import { fromHtml } from 'hast-util-from-html'
import { toHtml } from 'hast-util-to-html'
import { toText } from 'hast-util-to-text'
import MarkdownIt from 'markdown-it'
import { clean, type Resolve } from './cleaning.ts'
import { cleanText } from './text.ts'

export interface Body {
  readonly html: string
  readonly text: string
}

export interface BodySource {
  readonly form: 'markdown' | 'html' | 'text'
  readonly source: string
}

/** A body that would take too long or too much to make whole; the message says why. */
export class UnfitBody extends Error {}

/** Characters of a source; a book has fewer. */
const LONGEST = 1_000_000
/** Elements open at once; deeper trees overflow the stack of what walks them, and take parsers seconds. */
const DEEPEST = 1_000
/** Characters of an unfit body that are shown. */
const SHOWN = 100_000

const markdown = new MarkdownIt({ html: true, linkify: true })

const RENDERERS: Readonly<Record<BodySource['form'], (source: string) => string>> = {
  html: (source) => source,
  markdown: (source) => markdown.render(source),
  text: paragraphs,
}

/**
 * Cleaning comes after rendering, always: Markdown lets HTML through.
 * @throws UnfitBody
 */
export function makeBody({ form, source }: BodySource, resolve: Resolve): Body {
  if (source.trim() === '') return { html: '', text: '' }
  if (source.length > LONGEST) throw new UnfitBody(`The body has more than ${LONGEST} characters`)
  if (form !== 'text' && depthOf(source) > DEEPEST) {
    throw new UnfitBody(`The body is more than ${DEEPEST} elements deep`)
  }
  try {
    const tree = clean(fromHtml(RENDERERS[form](source), { fragment: true }), resolve)
    return { html: carriable(toHtml(tree).trim()), text: cleanText(toText(tree)).trim() }
  } catch (error) {
    if (error instanceof RangeError) throw new UnfitBody('The body is nested too deeply')
    throw error
  }
}

/** The beginning of an unfit body, as plain text. */
export function beginningOf({ source }: BodySource): Body {
  return { html: carriable(paragraphs(source.slice(0, SHOWN))), text: '' }
}

/** Elements that end where the next one like them begins, or have no inside. */
const ENDS_BY_ITSELF =
  /^(area|base|br|col|dd|dt|embed|hr|img|input|li|link|meta|option|p|param|source|t[dhr]|thead|tbody|tfoot|track|wbr)$/

/** How many elements are open at once at the most, told from the tags alone, before any parser does work. */
export function depthOf(source: string): number {
  const open = new Map<string, number>()
  let depth = 0
  let deepest = 0
  for (const [, end, written = ''] of source.matchAll(/<(\/?)([a-z][^\s/>]{0,40})/gi)) {
    const name = written.toLowerCase()
    if (ENDS_BY_ITSELF.test(name)) continue
    const count = open.get(name) ?? 0
    if (end !== '' && count === 0) continue
    const step = end === '' ? 1 : -1
    open.set(name, count + step)
    depth += step
    deepest = Math.max(deepest, depth)
  }
  return deepest
}

/** Plain text as HTML, a paragraph for each block of lines. */
function paragraphs(text: string): string {
  return text
    .split(/(?:\r?\n){2,}/)
    .map((block) => block.trim())
    .filter(Boolean)
    .map(
      (block) =>
        `<p>${block.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/\r?\n/g, '<br>')}</p>`,
    )
    .join('\n')
}

/** HTML as XML can carry it: a carriage return would be read as a line feed, `]]>` as the end of a CDATA section. */
function carriable(html: string): string {
  return cleanText(html).replaceAll('\r', '&#13;').replaceAll(']]>', ']]&gt;')
}
