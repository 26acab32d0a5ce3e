// Whether a tree is sure to be read back as it is written, since no parser would move any of its elements.
import type { Element, Root } from 'hast'

/** Elements open at once that are looked at; see `tree.ts` for why they are counted. */
const DEEPEST = 200

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))

const VOID = words('br hr img wbr')
const PHRASING = words(
  'a abbr b bdi bdo br cite code del dfn em i img ins kbd mark q s samp small span strong sub sup time u var wbr',
)
const BLOCKS = words(
  'blockquote div figcaption figure h1 h2 h3 h4 h5 h6 hr ol p pre section table ul',
)
/** Elements that stand among blocks and may hold blocks. */
const FLOW = words('blockquote div figcaption figure li section td th')
/** Elements that hold these alone, with white space between. */
const PARTS: Readonly<Record<string, ReadonlySet<string>>> = {
  ol: words('li'),
  ul: words('li'),
  table: words('thead tbody tfoot'),
  thead: words('tr'),
  tbody: words('tr'),
  tfoot: words('tr'),
  tr: words('td th'),
}

/** It may say no of a tree that would be, if some of its elements are rare.
 * @param tree of elements and text only.
 */
export function isSettled(tree: Root): boolean {
  return holdsWell(tree, DEEPEST, false)
}

function holdsWell(parent: Root | Element, deepest: number, isInLink: boolean): boolean {
  const tagName = parent.type === 'element' ? parent.tagName : undefined
  const parts = tagName === undefined ? undefined : PARTS[tagName]
  const isFlow = tagName === undefined || FLOW.has(tagName)
  return parent.children.every((child) => {
    if (child.type === 'text') return parts === undefined || /^[\t\n\f ]*$/.test(child.value)
    if (child.type !== 'element' || deepest === 0) return false
    const { tagName, properties, children } = child
    const mayStand =
      parts?.has(tagName) ?? (PHRASING.has(tagName) || (isFlow && BLOCKS.has(tagName)))
    // The list of a `srcset` is parted at each of its commas, and an address may have some.
    if (!mayStand || properties.srcSet !== undefined) return false
    if (VOID.has(tagName)) return children.length === 0
    if (tagName === 'a' && isInLink) return false
    return holdsWell(child, deepest - 1, isInLink || tagName === 'a')
  })
}
