// What a body says first: the words before its `<!-- more -->`, and those of its first paragraphs.
import type { Element, ElementContent, Root } from 'hast'
import { descendants, element, isBlank, isNamed, replace, without } from './elements.ts'
import { wordsIn } from './words.ts'

/** The element that marks the end of an excerpt in a tree; no HTML can have one with a space in its name. */
export const MARK = 'more mark'

/** Characters of first paragraphs, more than any summary has. */
const ENOUGH = 1_000

/** Comments don't outlive cleaning: those that mark the end of an excerpt become elements. */
export function markEnds(tree: Element | Root): void {
  tree.children = tree.children.map((child) => {
    if (child.type === 'element') markEnds(child)
    const isEnd = child.type === 'comment' && /^\s*more\s*$/i.test(child.value)
    return isEnd ? element(MARK) : child
  }) as ElementContent[]
}

/**
 * Takes all marks out of the tree.
 * @returns the words before the first one; those of headings, tables and code only if there are no others.
 */
export function takeLead(tree: Root): string | undefined {
  const { part, isWhole } = upToMark(tree)
  if (isWhole) return undefined
  replace(tree, ({ tagName }) => (tagName === MARK ? [] : undefined))
  return wordsOf(part, isNoProse) || wordsOf(part) || undefined
}

function upToMark<Parent extends Element | Root>(node: Parent): { part: Parent; isWhole: boolean } {
  const children: ElementContent[] = []
  let isWhole = true
  for (const child of node.children as ElementContent[]) {
    const inner = child.type === 'element' ? child : undefined
    if (inner?.tagName === MARK) isWhole = false
    if (!isWhole) break
    const cut = inner === undefined ? undefined : upToMark(inner)
    children.push(cut?.part ?? child)
    isWhole = cut?.isWhole ?? true
    if (!isWhole) break
  }
  return { part: { ...node, children }, isWhole }
}

/** Elements whose paragraphs aren't the article's own flow of text. */
const ASIDE = /^(audio|blockquote|details|dl|figure|figcaption|li|pre|table|video)$/
/** Elements that are about the text rather than in it. */
const NO_PROSE = /^(figcaption|h[1-6]|pre|table)$/

/**
 * The words of the first paragraphs in the flow of the text; without any, of all but headings, tables and code; without
 * those, of everything.
 */
export function openingOf(tree: Root): string {
  const found: string[] = []
  let length = 0
  const collect = ({ children }: Root | Element): void => {
    for (const child of children) {
      if (length > ENOUGH) return
      if (child.type !== 'element' || ASIDE.test(child.tagName)) continue
      if (child.tagName !== 'p') {
        collect(child)
        continue
      }
      const words = isLinkAlone(child) || isCaptioned(child) ? '' : wordsOf(child)
      if (words !== '') found.push(words)
      length += words.length
    }
  }
  collect(tree)
  if (found.length > 0) return found.join('\n')
  return wordsOf(tree, isNoProse) || wordsOf(tree)
}

/** What a heading may hold that would be lost with it. */
const MORE_THAN_WORDS = /^(a|audio|img|picture|video)$/

/**
 * The words of the heading that a body begins with, which many write instead of a title. A heading that only repeats the
 * title is taken out of the tree, since readers show the title above the text.
 */
export function takeHeading(tree: Root, isTitle: (heading: string) => boolean): string {
  const first = tree.children.find((child) => !isBlank(child))
  if (!isNamed(first, /^h[1-3]$/)) return ''
  const heading = wordsOf(first)
  const isBare = descendants(first, ({ tagName }) => MORE_THAN_WORDS.test(tagName)).length === 0
  if (isBare && isTitle(heading)) tree.children = tree.children.filter((child) => child !== first)
  return heading
}

/** The words without marks of footnotes and without ruby, which says how words are read (HTML §4.5.10). */
function wordsOf(node: Root | Element, isLeftOut = (_: Element): boolean => false): string {
  const isOut = (one: Element) =>
    one.tagName === 'rt' || one.tagName === 'rp' || isNoteMark(one) || isLeftOut(one)
  return wordsIn(descendants(node, isOut).length === 0 ? node : without(node, isOut)).trim()
}

function isNoProse({ tagName }: Element): boolean {
  return NO_PROSE.test(tagName)
}

/** A paragraph that is a link and nothing else, as those to films are. */
function isLinkAlone({ children }: Element): boolean {
  const [only, ...others] = children.filter((child) => !isBlank(child))
  return isNamed(only, /^a$/) && others.length === 0
}

/** A paragraph of pictures and their caption: Markdown has no captions, so people write italics below a picture. */
function isCaptioned({ children }: Element): boolean {
  const [picture, ...others] = children.filter(
    (child) => !isBlank(child) && !isNamed(child, /^br$/),
  )
  return (
    isPicture(picture) && others.every((child) => isPicture(child) || isNamed(child, /^(em|i)$/))
  )
}

/** A picture, also one that leads to itself in full. */
function isPicture(node: ElementContent | undefined): boolean {
  if (node?.type !== 'element') return false
  return node.tagName === 'a' ? node.children.every(isPicture) : isNamed(node, /^(img|picture)$/)
}

/** A raised link to elsewhere in the same document. */
function isNoteMark({ tagName, children }: Element): boolean {
  const [only, ...others] = children
  return (
    tagName === 'sup' &&
    isNamed(only, /^a$/) &&
    others.length === 0 &&
    String(only.properties.href ?? '').includes('#')
  )
}
