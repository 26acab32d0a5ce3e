// What is asked of elements again and again: their classes, what is inside of them, their text.
import type { Element, ElementContent, Nodes, Root, RootContent } from 'hast'

export function classesOf({ properties: { className } }: Element): string[] {
  return Array.isArray(className) ? className.map(String) : []
}

/** The elements inside of one, in document order, that are wanted. */
export function* descendants(
  { children }: Element | Root,
  isWanted: (node: Element) => boolean,
): Generator<Element, undefined> {
  for (const child of children) {
    if (child.type !== 'element') continue
    if (isWanted(child)) yield child
    yield* descendants(child, isWanted)
  }
}

/** All characters inside, as `textContent` of the DOM has them. */
export function textOf(node: Nodes): string {
  if (node.type === 'text') return node.value
  return 'children' in node ? node.children.map(textOf).join('') : ''
}

/**
 * Puts others in the place of elements, from the outside in. What is put there is looked at, too, so that a
 * replacement must be something else than what it replaces.
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
