// A body: Markdown, HTML or plain text made into clean HTML with absolute addresses only, and its words.
import type { Element, Nodes, Root } from 'hast'
import { fromHtml } from 'hast-util-from-html'
import { defaultSchema, type Schema, sanitize } from 'hast-util-sanitize'
import { toHtml } from 'hast-util-to-html'
import { toText } from 'hast-util-to-text'
import MarkdownIt from 'markdown-it'
import { SKIP, visit } from 'unist-util-visit'
import { cleanText } from './text.ts'

export interface Body {
  readonly html: string
  readonly text: string
}

export type BodySource =
  | { readonly form: 'markdown'; readonly source: string }
  | { readonly form: 'html'; readonly source: string }
  | { readonly form: 'text'; readonly source: string }

/** An absolute address for a reference as it stands in the body; nothing for what leads nowhere. */
export type Resolve = (reference: string) => string | undefined

/** Deeper trees than people write would overflow the stack of what walks them. */
export class TooDeep extends Error {}

const markdown = new MarkdownIt({ html: true, linkify: true })

/** GitHub's allow-list, without ids and classes that would meet those of the page around it, with media. */
const ALLOWED: Schema = {
  ...defaultSchema,
  tagNames: [
    ...(defaultSchema.tagNames ?? []).filter((name) => name !== 'input'),
    ...[
      'abbr',
      'audio',
      'bdi',
      'bdo',
      'cite',
      'dfn',
      'figcaption',
      'figure',
      'mark',
      'picture',
      'small',
    ],
    ...['source', 'time', 'track', 'u', 'video', 'wbr'],
  ],
  strip: [
    'script',
    'style',
    'title',
    'template',
    'textarea',
    'select',
    'noscript',
    'noembed',
    'noframes',
    'xmp',
    'plaintext',
    'object',
    'svg',
    'math',
  ],
  clobber: [],
  attributes: {
    '*': ['dir', 'lang', 'title'],
    a: ['href', 'hrefLang', 'rel'],
    audio: ['src', ['controls', true]],
    blockquote: ['cite'],
    code: [['className', /^language-./]],
    col: ['span'],
    data: ['value'],
    del: ['cite', 'dateTime'],
    img: ['alt', 'height', 'sizes', 'src', 'srcSet', 'width'],
    ins: ['cite', 'dateTime'],
    li: ['value'],
    ol: ['reversed', 'start', 'type'],
    q: ['cite'],
    source: ['media', 'sizes', 'src', 'srcSet', 'type'],
    td: ['align', 'colSpan', 'rowSpan'],
    th: ['align', 'colSpan', 'rowSpan', 'scope'],
    time: ['dateTime'],
    track: ['kind', 'label', 'src', 'srcLang'],
    video: ['height', 'poster', 'src', 'width', ['controls', true]],
  },
  protocols: {
    cite: ['http', 'https'],
    href: ['http', 'https', 'mailto', 'tel'],
    poster: ['http', 'https'],
    src: ['http', 'https'],
  },
  required: {},
}

const ADDRESSES = ['href', 'src', 'poster', 'cite'] as const

/**
 * Cleaning comes after rendering, always: Markdown lets HTML through.
 * @throws TooDeep for a tree nested deeper than any person writes.
 */
export function makeBody({ form, source }: BodySource, resolve: Resolve): Body {
  if (source.trim() === '') return { html: '', text: '' }
  const html =
    form === 'markdown' ? markdown.render(source) : form === 'html' ? source : paragraphs(source)
  try {
    const tree = sanitize(fromHtml(html, { fragment: true }), ALLOWED) as Root
    settle(tree, resolve)
    return {
      // A carriage return would be read as a line feed, `]]>` as the end of a CDATA section.
      html: cleanText(toHtml(tree)).trim().replaceAll('\r', '&#13;').replaceAll(']]>', ']]&gt;'),
      text: cleanText(toText(tree as Nodes)).trim(),
    }
  } catch (error) {
    if (error instanceof RangeError) throw new TooDeep()
    throw error
  }
}

/** Plain text as HTML, a paragraph for each block of lines. */
export function paragraphs(text: string): string {
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

/** Makes every address absolute; what leads nowhere loses its address, a picture without one goes. */
function settle(tree: Root, resolve: Resolve): void {
  visit(tree, 'element', (node, at, parent) => {
    const { properties } = node
    for (const name of ADDRESSES) {
      if (typeof properties[name] !== 'string') continue
      const address = resolve(properties[name])
      if (address === undefined) delete properties[name]
      else properties[name] = address
    }
    if (properties.srcSet !== undefined) {
      properties.srcSet = resolveCandidates([properties.srcSet].flat().join(', '), resolve)
    }
    if (
      node.tagName === 'img' &&
      isNothingToSee(node) &&
      parent !== undefined &&
      at !== undefined
    ) {
      parent.children.splice(at, 1)
      return [SKIP, at]
    }
    return undefined
  })
}

/** A picture without an address, or one of a single pixel, as trackers use. */
function isNothingToSee({ properties: { src, srcSet, width, height } }: Element): boolean {
  return (
    (src === undefined && srcSet === undefined) ||
    [width, height].some((size) => size !== undefined && Number(size) <= 1)
  )
}

/** The candidates of a `srcset` (HTML §4.8.4.2.1), each with an absolute address. */
function resolveCandidates(srcset: string, resolve: Resolve): string | undefined {
  const candidates = srcset.split(/,\s+|,$/).flatMap((candidate) => {
    const [reference = '', ...descriptors] = candidate.trim().split(/\s+/)
    const address = reference === '' ? undefined : resolve(reference)
    return address === undefined ? [] : [[address, ...descriptors].join(' ')]
  })
  return candidates.length === 0 ? undefined : candidates.join(', ')
}
