// The words of a tree, in lines as they are read.
import type { Element, Root } from 'hast'
import { toText } from 'hast-util-to-text'
import { joinLines } from '../syntax/text.ts'

/** Boxes that `toText` takes for parts of a line. */
const BOX = /^(details|summary)$/

export function wordsIn(tree: Root | Element): string {
  return toText(asRead(tree))
}

/** Joins lines that were broken in Chinese: `toText` would put a space there, as between words. */
function asRead<Parent extends Root | Element>(parent: Parent): Parent {
  const children = (parent.children as Element['children']).map((child) => {
    if (child.type === 'text') return { ...child, value: joinLines(child.value) }
    if (child.type !== 'element' || child.tagName === 'pre') return child
    const inner = asRead(child)
    return BOX.test(child.tagName) ? { ...inner, tagName: 'div' } : inner
  })
  return { ...parent, children }
}
