// A body: Markdown, HTML or plain text made into clean HTML with absolute addresses only, and its words.
import type { Root } from 'hast'
import { cleanText, escaped } from '../syntax/text.ts'
import { clean, type Resolve } from './cleaning.ts'
import { openingOf, takeHeading, takeLead } from './excerpt.ts'
import { type Habits, readMarkdown } from './markdown.ts'
import { type SizeOf, sized, unsizedIn } from './picture-sizes.ts'
import { isSettled } from './settled.ts'
import { parse, UnfitBody, write } from './tree.ts'
import { wordsIn } from './words.ts'

export interface Body {
  readonly html: string
  /** All of its words. */
  readonly text: string
  /** The words before its `<!-- more -->`. */
  readonly lead?: string
  /** The words of its first paragraphs; most records have a summary and don't ask. */
  readonly opening: () => string
  /** The words of the heading that it began with, if it did. */
  readonly heading: string
}

interface MadeBody extends Body {
  /** Addresses of the pictures that don't say how large they are. */
  readonly unsized: readonly string[]
}

/** Markdown as GitHub reads it, and as generators do beyond that. */
export type MarkdownForm =
  | 'markdown'
  | 'markdown with attributes'
  | 'markdown with breaks'
  | 'markdown of Goldmark'
  | 'markdown of kramdown'

/** How Markdown in each form is read beyond GitHub. */
export const HABITS: Readonly<Record<MarkdownForm, Habits>> = {
  markdown: {},
  'markdown with attributes': { attributes: true },
  'markdown with breaks': { breaks: true },
  'markdown of Goldmark': { attributes: true, definitions: true },
  'markdown of kramdown': { attributes: true, definitions: true, formulas: true },
}

export function isMarkdown(form: BodySource['form']): form is MarkdownForm {
  return form.startsWith('markdown')
}

export interface BodySource {
  readonly form: MarkdownForm | 'html' | 'text'
  readonly source: string
  /** The source in UTF-8, if it is in memory so. */
  readonly bytes?: Buffer
  /** The bytes, each as a character: its ASCII is exactly that of the source. */
  readonly glance?: string
}

/** Characters of a source; a book has fewer. */
const LONGEST = 1_000_000
/** Characters of an unfit body that are shown. */
const SHOWN = 100_000
/** How often a body is cleaned again, until it is read back as it was written; what people write needs two. */
const TURNS = 5

const EMPTY: Body = { html: '', text: '', opening: () => '', heading: '' }

/** Always cleaned after reading, since Markdown lets HTML through.
 * @param isTitle whether a heading only repeats the title; the body then loses it.
 * @throws UnfitBody
 */
export function makeBody(
  { form, source }: BodySource,
  resolve: Resolve,
  sizeOf: SizeOf = () => undefined,
  isTitle = (_heading: string): boolean => false,
): MadeBody {
  if (source.trim() === '') return { ...EMPTY, unsized: [] }
  if (source.length > LONGEST) throw new UnfitBody(`The body has more than ${LONGEST} characters`)
  try {
    const cleaned = (parsed: Root) => sized(clean(parsed, resolve), sizeOf)
    let tree = cleaned(read(form, cleanText(source)))
    const lead = takeLead(tree)
    const heading = takeHeading(tree, (words) => isTitle(cleanText(words)))
    let html = carriable(write(tree))
    // Without what was taken out, a parser may read the rest otherwise: it is cleaned until it is read as it was written.
    for (let turn = 0; !isSettled(tree); turn++) {
      const again = parse(html)
      if (carriable(write(again)) === html) break
      if (turn === TURNS) throw new UnfitBody('The body has no settled meaning')
      tree = cleaned(again)
      html = carriable(write(tree))
    }
    return {
      html: html.trim(),
      text: cleanText(wordsIn(tree)).trim(),
      opening: () => cleanText(openingOf(tree)),
      heading: cleanText(heading),
      ...(lead === undefined ? {} : { lead: cleanText(lead) }),
      unsized: unsizedIn(tree),
    }
  } catch (error) {
    if (error instanceof RangeError) throw new UnfitBody('The body is nested too deeply')
    throw error
  }
}

function read(form: BodySource['form'], source: string): Root {
  if (isMarkdown(form)) return readMarkdown(source, HABITS[form])
  return parse(form === 'html' ? source : paragraphs(source))
}

/** The beginning of an unfit body, as plain text. */
export function beginningOf({ source }: BodySource): Body {
  return { ...EMPTY, html: carriable(paragraphs(source.slice(0, SHOWN))) }
}

/** Plain text as HTML, a paragraph for each block of lines. */
function paragraphs(text: string): string {
  return text
    .split(/(?:\r?\n){2,}/)
    .map((block) => block.trim())
    .filter(Boolean)
    .map((block) => `<p>${escaped(block).replace(/\r?\n/g, '<br>')}</p>`)
    .join('\n')
}

/** HTML as XML can carry it: a carriage return would be read as a line feed, `]]>` as the end of a CDATA section. */
function carriable(html: string): string {
  return cleanText(html).replaceAll('\r', '&#13;').replaceAll(']]>', ']]&gt;')
}
