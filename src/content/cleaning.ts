// Cleaning: a body's tree with an allow-list's elements and attributes only, and absolute addresses only.
import type { Element, ElementContent, Root } from 'hast'
import { defaultSchema, type Schema, sanitize } from 'hast-util-sanitize'
import { parseSrcset } from 'srcset'
import { SKIP, visit } from 'unist-util-visit'

/** An absolute address for a reference as it stands in the body; nothing for what leads nowhere. */
export type Resolve = (reference: string) => string | undefined

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
  // `settle` decides of addresses, by what a URL parser makes of each.
  protocols: {},
  required: {},
}

/** Attributes that hold one address, and the schemes that each may lead to. */
const ADDRESSES: Readonly<Record<string, RegExp>> = {
  cite: /^https?:/,
  href: /^(https?|mailto|tel):/,
  poster: /^https?:/,
  src: /^https?:/,
}

/** The tree, cleaned; what it was made from is used up. */
export function clean(parsed: Root, resolve: Resolve): Root {
  prepare(parsed)
  const tree = sanitize(parsed, ALLOWED) as Root
  settle(tree, resolve)
  return tree
}

/** What only attributes that are about to go can tell: pictures that nobody sees, and how cells are aligned. */
function prepare(tree: Root): void {
  remove(tree, (node) => node.tagName === 'img' && isUnseen(node))
  visit(tree, 'element', ({ tagName, properties }) => {
    const aligned = /^text-align:(left|right|center)$/.exec(String(properties.style ?? ''))?.[1]
    if (aligned !== undefined && /^t[dh]$/.test(tagName)) properties.align = aligned
  })
}

const UNSEEN =
  /(^|;)\s*(display\s*:\s*none|visibility\s*:\s*hidden|(width|height)\s*:\s*[01](\.\d*)?(px)?\s*(!|;|$))/i

/** A picture of a single pixel, or one that is hidden, as trackers use. */
function isUnseen({ properties: { style, hidden, width, height, src } }: Element): boolean {
  return (
    hidden === true ||
    String(src ?? 'lazy').trim() === '' ||
    UNSEEN.test(String(style ?? '')) ||
    [width, height].some((size) => Number.parseFloat(String(size)) <= 1)
  )
}

/** Makes every address absolute; what leads nowhere loses its address, a picture without one goes. */
function settle(tree: Root, resolve: Resolve): void {
  visit(tree, 'element', ({ properties }) => {
    for (const [name, schemes] of Object.entries(ADDRESSES)) {
      if (properties[name] === undefined) continue
      const address = resolve(String(properties[name]))
      if (address === undefined || !schemes.test(address)) delete properties[name]
      else properties[name] = address
    }
    if (properties.srcSet === undefined) return
    const candidates = resolveCandidates(String(properties.srcSet), resolve)
    if (candidates === '') delete properties.srcSet
    else properties.srcSet = candidates
  })
  remove(
    tree,
    ({ tagName, properties: { src, srcSet } }) =>
      tagName === 'img' && src === undefined && srcSet === undefined,
  )
}

/** The candidates of a `srcset` (HTML §4.8.4.2.1), each with an absolute address. */
function resolveCandidates(srcset: string, resolve: Resolve): string {
  return parseSrcset(srcset)
    .flatMap(({ url, width, density }) => {
      const address = resolve(url.replace(/^,+|,+$/g, ''))
      if (address === undefined || !/^https?:/.test(address)) return []
      // A comma at the end of an address would end the candidate.
      const written = address.replace(/,$/, '%2C')
      return [width === undefined ? `${written} ${density ?? 1}x` : `${written} ${width}w`]
    })
    .join(', ')
}

function remove(tree: Root, isUnwanted: (node: Element) => boolean): void {
  visit(tree, 'element', (node, at, parent) => {
    if (parent === undefined || at === undefined || !isUnwanted(node)) return undefined
    ;(parent.children as ElementContent[]).splice(at, 1)
    return [SKIP, at]
  })
}
