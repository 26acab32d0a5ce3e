// A page's tree: its words, its blocks, and the part of it that is the article.
import type { Element, ElementContent, Root } from 'hast'
import { descendants, replace, visit } from '../content/bodies/elements.ts'

export type Parent = Root | Element

/** What is never part of an article, whatever it holds. */
const ASIDE = new Set([
  'nav',
  'aside',
  'footer',
  'form',
  'button',
  'script',
  'style',
  'template',
  'noscript',
  'select',
])
const ASIDE_CLASS =
  /(^|[-_\s])(nav|navbar|menu|sidebar|share|sharing|social|related|recommend(ed)?|comments?|breadcrumbs?|crumbs?|tags?|taglist|advert(isement)?|ads?|pagination|pager|newsletter|footer|copyright-bar|toolbar)([-_\s]|$)/i
/** An article by its class (microformats); WordPress names its tags there too, as `tag-sport`. */
const ENTRY_CLASS = /(^|\s)h-?entry(\s|$)/i
/** Elements that hold words of their own, or a block around inline ones. */
const BLOCK = new Set([
  ...['address', 'article', 'aside', 'blockquote', 'body', 'center', 'dd', 'details', 'div', 'dl'],
  ...['dt', 'figcaption', 'figure', 'footer', 'form', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header'],
  ...['hr', 'html', 'li', 'main', 'nav', 'ol', 'p', 'pre', 'section', 'table', 'tbody', 'td', 'th'],
  ...['tr', 'ul'],
])

/** Empty where it isn't there, or there is no element. */
export function attribute(node: Element | undefined, name: string): string {
  const value = node?.properties[name]
  return Array.isArray(value) ? value.join(' ') : value == null ? '' : String(value)
}

/** Class and id, as one text to look for names in. */
export function namesOf(node: Element): string {
  return `${attribute(node, 'className')} ${attribute(node, 'id')}`
}

/** The words in it; `br` is a space. */
export function wordsIn(node: Parent | ElementContent | Root['children'][number]): string {
  if (node.type === 'text') return node.value
  if (!('children' in node)) return ''
  if ('tagName' in node && /^(script|style|template|noscript)$/.test(node.tagName)) return ''
  return node.children
    .map((child) =>
      child.type === 'element' && child.tagName === 'br' ? '\n' : wordsIn(child as ElementContent),
    )
    .join('')
}

/** The elements that are wanted, in the page's order; the tree itself may be one. */
export function all(tree: Parent, isWanted: (node: Element) => boolean): Element[] {
  const found = descendants(tree, isWanted)
  return tree.type === 'element' && isWanted(tree) ? [tree, ...found] : found
}

/** The innermost blocks with words, in the page's order: what a reader sees as lines. */
export function blocksIn(tree: Parent): Element[] {
  return all(
    tree,
    (node) =>
      BLOCK.has(node.tagName) &&
      !node.children.some((child) => 'tagName' in child && holdsBlock(child)) &&
      wordsIn(node).trim() !== '',
  )
}

function holdsBlock(node: Element): boolean {
  return (
    BLOCK.has(node.tagName) ||
    node.children.some((child) => 'tagName' in child && holdsBlock(child))
  )
}

export function isAside(node: Element): boolean {
  return (
    ASIDE.has(node.tagName) ||
    /^(navigation|complementary|search|contentinfo)$/.test(attribute(node, 'role')) ||
    (!/^(body|html|article|main)$/.test(node.tagName) &&
      ASIDE_CLASS.test(namesOf(node)) &&
      !ENTRY_CLASS.test(attribute(node, 'className')))
  )
}

/** The links in elements of a kind, each once however many of these stand in each other. */
export function linksIn(page: Root, isAround: (node: Element) => boolean): Element[] {
  const inside = new Set<Parent>()
  const links: Element[] = []
  visit(page, (node, parent) => {
    if (!inside.has(parent) && !isAround(node)) return
    inside.add(node)
    if (node.tagName === 'a') links.push(node)
  })
  return links
}

/** Takes out every element of a kind, with all that is in it. */
export function removeAll(tree: Parent, isUnwanted: (node: Element) => boolean): void {
  replace(tree, (node) => (isUnwanted(node) ? [] : undefined))
}

/** The element that holds most of the article's paragraphs itself, within what the page calls its article. */
export function articleIn(page: Root): Parent {
  const marked = all(page, (node) => attribute(node, 'itemProp').split(' ').includes('articleBody'))
  if (marked[0] !== undefined) return marked[0]
  const scope =
    longest(all(page, ({ tagName }) => tagName === 'article')) ??
    longest(all(page, (node) => node.tagName === 'main' || attribute(node, 'role') === 'main')) ??
    all(page, ({ tagName }) => tagName === 'body')[0] ??
    page
  const inner = all(scope, (node) => BLOCK.has(node.tagName) && !isAside(node))
  const best = inner.reduce<{ node: Parent; weight: number }>(
    (found, node) => {
      const weight = ownWords(node)
      return weight > found.weight ? { node, weight } : found
    },
    { node: scope, weight: ownWords(scope) },
  )
  const whole = inner.reduce((sum, node) => sum + ownText(node), 0)
  // An article in several parts is the element around them.
  const isWhole = best.weight * 10 >= whole * 6
  return isWhole || !('tagName' in scope) || scope.tagName === 'body' ? best.node : scope
}

/** The first of those with the most words. */
function longest(nodes: readonly Element[]): Element | undefined {
  let found: Element | undefined
  let most = -1
  for (const node of nodes) {
    const { length } = wordsIn(node)
    if (length > most) [found, most] = [node, length]
  }
  return found
}

/** Characters of an element's own paragraphs, without those of links. */
function ownWords(node: Parent): number {
  return node.children.reduce((sum, child) => {
    if (child.type === 'text') return sum + child.value.trim().length
    if (child.type !== 'element') return sum
    const isParagraph = /^(p|h[2-6]|ul|ol|blockquote|figure|pre|table)$/.test(child.tagName)
    return isParagraph || !BLOCK.has(child.tagName) ? sum + unlinked(child) : sum
  }, 0)
}

function ownText(node: Element): number {
  return /^(p|li|blockquote|pre)$/.test(node.tagName) ? unlinked(node) : 0
}

function unlinked(node: Element): number {
  if (node.tagName === 'a' || isAside(node)) return 0
  return node.children.reduce((sum, child) => {
    if (child.type === 'text') return sum + child.value.trim().length
    return child.type === 'element' ? sum + unlinked(child) : sum
  }, 0)
}
