// Cleaning: a body's tree with an allow-list's elements and attributes only, and absolute addresses only.
import type { Element, ElementContent, Root } from 'hast'
import { defaultSchema, type Schema, sanitize } from 'hast-util-sanitize'
import { parseSrcset } from 'srcset'
import { own } from '../../domain/own.ts'
import { settleAnchors } from './anchors.ts'
import { nameLanguages, settleCode } from './code-blocks.ts'
import { descendants, element, isNamed, replace, visit } from './elements.ts'
import { MARK, markEnds } from './excerpt.ts'
import { settleFormula } from './formulas.ts'
import { settleFrame } from './frames.ts'
import { hiddenIn } from './hidden.ts'
import { boxOf } from './markdown.ts'
import { emojiOf, isUnseen, loadLazily, useFallbacks } from './pictures.ts'

/** Makes a reference in the body an absolute address; nothing if it leads nowhere. */
export type Resolve = (reference: string) => string | undefined

const names = (text: string): string[] => text.split(' ')

/** GitHub's allow-list with media, and without classes, which could clash with those of the page around. */
const ALLOWED: Schema = {
  ...defaultSchema,
  tagNames: [
    ...(defaultSchema.tagNames ?? []).filter((name) => name !== 'input'),
    ...names('abbr audio bdi bdo caption cite col colgroup dfn figcaption figure mark picture'),
    ...names('small source time track u video wbr'),
    MARK,
  ],
  strip: names(
    'script style title template textarea select noscript noembed noframes xmp plaintext object',
  ),
  clobber: [],
  attributes: {
    // `settleAnchors` decides which ids stay.
    '*': ['dir', 'id', 'lang', 'title'],
    a: ['href', 'hrefLang', 'name', 'rel'],
    audio: ['src', ['controls', true]],
    blockquote: ['cite'],
    code: [['className', /^language-./]],
    col: ['span'],
    colgroup: ['span'],
    data: ['value'],
    del: ['cite', 'dateTime'],
    details: ['open'],
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
  // `settle` checks the schemes, on what a URL parser makes of each address.
  protocols: {},
  // A page may have started them by a script or by themselves; elsewhere nobody can play them without controls.
  required: { audio: { controls: true }, video: { controls: true } },
}

/** Attributes that hold one address, and the schemes that each may have. */
const ADDRESSES: readonly [name: string, schemes: RegExp][] = Object.entries({
  cite: /^https?:/,
  href: /^(https?|mailto|tel):/,
  poster: /^https?:/,
  src: /^https?:/,
})

/** The cleaned tree; the parsed one must not be used again. The mark of an excerpt's end stays in it. */
export function clean(parsed: Root, resolve: Resolve): Root {
  prepare(parsed, resolve)
  const tree = sanitize(parsed, ALLOWED) as Root
  settle(tree, resolve)
  settleAnchors(tree, resolve)
  return tree
}

/** Elements that feed readers needn't know, and the plainer one that each becomes. */
const PLAINER: Readonly<Record<string, string>> = Object.fromEntries([
  ...names('address article aside center dialog fieldset footer form').map((name) => [name, 'div']),
  ...names('header hgroup legend main nav search').map((name) => [name, 'div']),
  ...names('dir menu').map((name) => [name, 'ul']),
])

/** Takes what it needs from elements, attributes and comments that `sanitize` is about to remove. */
function prepare(tree: Root, resolve: Resolve): void {
  markEnds(tree)
  nameLanguages(tree)
  if (descendants(tree, ({ tagName }) => tagName === 'noscript').length > 0) useFallbacks(tree)
  const hidden = hiddenIn(tree)
  replace(tree, (node, parent) => {
    loadLazily(node)
    if (node.tagName === 'img') return emojiOf(node) ?? (isUnseen(node) ? [] : undefined)
    if (hidden.has(node)) return []
    node.tagName = own(PLAINER, node.tagName) ?? node.tagName
    if (node.tagName === 'noscript') return node.children
    if (node.tagName === 'input') return checkBox(node)
    if (/^t[dh]$/.test(node.tagName)) align(node)
    return (
      settleFrame(node, resolve, parent) ?? settleFormula(node, parent) ?? settleCode(node, parent)
    )
  })
}

/** A character for a check box: readers drop form controls, and then all tasks of a list look the same. */
function checkBox({ properties: { type, checked } }: Element): ElementContent[] {
  const isBox = String(type).toLowerCase() === 'checkbox'
  return isBox ? [{ type: 'text', value: `${boxOf(checked === true)} ` }] : []
}

function align({ properties }: Element): void {
  const [, aligned] = /^text-align:(left|right|center)$/.exec(String(properties.style ?? '')) ?? []
  if (aligned !== undefined) properties.align = aligned
}

/** Makes every address absolute and removes those that lead nowhere, with the pictures and players that have no other. */
function settle(tree: Root, resolve: Resolve): void {
  visit(tree, ({ properties }) => {
    for (const [name, schemes] of ADDRESSES) {
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
  replace(tree, (node) => {
    const { tagName, properties } = node
    if (properties.src !== undefined) return undefined
    if (tagName === 'img') return properties.srcSet === undefined ? [] : undefined
    return tagName === 'audio' || tagName === 'video' ? insteadOfPlayer(node) : undefined
  })
}

/** The poster and the fallback content of a player that has nothing to play; `undefined` if it has something. */
function insteadOfPlayer({
  properties: { poster },
  children,
}: Element): ElementContent[] | undefined {
  const hasSource = children.some(
    (child) => isNamed(child, /^source$/) && child.properties.src !== undefined,
  )
  if (hasSource) return undefined
  return [
    ...(poster === undefined ? [] : [element('img', { src: poster, alt: '' })]),
    ...children.filter((child) => !isNamed(child, /^(source|track)$/)),
  ]
}

/** The candidates of a `srcset` (HTML §4.8.4.2.1), each with an absolute address. */
function resolveCandidates(srcset: string, resolve: Resolve): string {
  return parseSrcset(srcset)
    .flatMap(({ url, width, density }) => {
      const address = resolve(url.replace(/^,+|,+$/g, ''))
      if (address === undefined || !/^https?:/.test(address)) return []
      return [width === undefined ? `${address} ${density ?? 1}x` : `${address} ${width}w`]
    })
    .join(', ')
}
