// Elements: making them, and what is asked of them again and again: classes, what is inside, text.
import type { Element, ElementContent, Properties, Root, RootContent } from 'hast'

export function element(
  tagName: string,
  properties: Properties = {},
  children: ElementContent[] = [],
): Element {
  return { type: 'element', tagName, properties, children }
}

export function classesOf({ properties: { className } }: Element): string[] {
  return Array.isArray(className) ? className.map(String) : []
}

/** Whether a node is an element of such a name. */
export function isNamed(node: RootContent | undefined, name: RegExp): node is Element {
  return node?.type === 'element' && name.test(node.tagName)
}

/** White space between elements. */
export function isBlank(node: RootContent | undefined): boolean {
  return node?.type === 'text' && node.value.trim() === ''
}

/** Calls back for each element inside, in document order; its attributes and children may be changed then. */
export function visit(
  parent: Element | Root,
  look: (node: Element, parent: Element | Root) => void,
): void {
  for (const child of parent.children) {
    if (child.type !== 'element') continue
    look(child, parent)
    visit(child, look)
  }
}

/** The elements inside, in document order, that are wanted. */
export function descendants(
  parent: Element | Root,
  isWanted: (node: Element) => boolean,
): Element[] {
  const found: Element[] = []
  visit(parent, (node) => {
    if (isWanted(node)) found.push(node)
  })
  return found
}

/** The first characters inside, as `textContent` of the DOM has them. */
export function textOf(node: Element, most: number): string {
  let text = ''
  const add = ({ children }: Element): void => {
    for (const child of children) {
      if (text.length >= most) return
      if (child.type === 'text') text += child.value.slice(0, most)
      if (child.type === 'element') add(child)
    }
  }
  add(node)
  return text.slice(0, most)
}

/** A copy without the elements that are unwanted. */
export function without<Parent extends Element | Root>(
  parent: Parent,
  isUnwanted: (node: Element) => boolean,
): Parent {
  const children = (parent.children as ElementContent[]).flatMap((child): ElementContent[] => {
    if (child.type !== 'element') return [child]
    return isUnwanted(child) ? [] : [without(child, isUnwanted)]
  })
  return { ...parent, children }
}

/**
 * Replaces elements, from the outside in. Replacements are looked at too, so none may ask to be replaced by its like.
 */
export function replace(
  parent: Element | Root,
  by: (node: Element, parent: Element | Root) => ElementContent[] | undefined,
): void {
  // A new list, since taking elements out of a long one costs its length each time.
  const children: RootContent[] = []
  for (const child of parent.children) {
    const others = child.type === 'element' ? by(child, parent) : undefined
    if (others === undefined) {
      if (child.type === 'element') replace(child, by)
      children.push(child)
    } else {
      const box = { ...parent, children: others }
      replace(box, by)
      children.push(...box.children)
    }
  }
  parent.children = children as ElementContent[]
}
