// HTML as a tree and back: parsed as browsers do, at a bounded price, and written so that nothing is read back otherwise.
import type { Nodes, Root, Text } from 'hast'
import { fromParse5 } from 'hast-util-from-parse5'
import { toHtml } from 'hast-util-to-html'
import {
  type DefaultTreeAdapterMap,
  defaultTreeAdapter,
  parseFragment,
  parse as parseWhole,
  type TreeAdapter,
} from 'parse5'
import { visit } from './elements.ts'

/** A body that would take too much time or memory; the message says why. */
export class UnfitBody extends Error {}

/**
 * Elements open at once. Chromium reads 512, and puts what is deeper somewhere else, so that a body would no longer mean
 * what was cleaned; a reader's own page is around it, too. Far deeper trees overflow the stack of what walks them.
 */
const DEEPEST = 400
/** Elements of a body; a book has fewer. */
const MOST = 100_000
/** Elements, and characters of attributes, that a parser may make beyond those that are written. */
const UNWRITTEN = 10_000
/** Characters, each counted as often as elements are open around it: what walks a tree copies them at each level. */
const MOST_COPIED = 100_000_000
/** Characters that an element counts for. */
const TAG = 20

/**
 * What browsers make of the HTML.
 * @param deepest elements open at once.
 * @throws UnfitBody where that is too deep or too much: each block below an open `<b>` gets a `<b>` of its own, so
 * that a page of source can mean millions of elements.
 */
export function parse(html: string, deepest = DEEPEST): Root {
  return fromParse5(parseFragment(html, options(html, deepest))) as Root
}

/**
 * A whole page, likewise.
 * @throws UnfitBody
 */
export function parsePage(html: string, deepest = DEEPEST): Root {
  return fromParse5(parseWhole(html, options(html, deepest))) as Root
}

function options(html: string, deepest: number) {
  const elements = Math.min(MOST, html.split('<').length + UNWRITTEN)
  return {
    scriptingEnabled: false,
    treeAdapter: bounded(elements, html.length + UNWRITTEN, deepest),
  }
}

/** The standard tree, whose making ends where it costs too much. */
function bounded(
  elements: number,
  characters: number,
  deepest: number,
): TreeAdapter<DefaultTreeAdapterMap> {
  let made = 0
  let written = 0
  let open = 0
  let copied = 0
  const copy = (length: number) => {
    copied += length * open
    if (copied > MOST_COPIED) throw new UnfitBody('The body is too long for how deep it is')
  }
  return {
    ...defaultTreeAdapter,
    createElement(name, namespace, attributes) {
      made += 1
      copy(TAG)
      for (const { name, value } of attributes) written += name.length + value.length
      if (made > elements) throw new UnfitBody(`The body has more than ${elements} elements`)
      if (written > characters) throw new UnfitBody('The body repeats its attributes too often')
      return defaultTreeAdapter.createElement(name, namespace, attributes)
    },
    insertText(parent, text) {
      copy(text.length)
      defaultTreeAdapter.insertText(parent, text)
    },
    onItemPush() {
      open += 1
      if (open > deepest) throw new UnfitBody(`The body is more than ${deepest} elements deep`)
    },
    onItemPop() {
      open -= 1
    },
  }
}

export function write(tree: Root): string {
  // HTML §13.1.2.5: a parser drops a line feed at the beginning of a `<pre>`, so that one more must be there.
  const firsts: Text[] = []
  visit(tree, ({ tagName, children }) => {
    const first = tagName === 'pre' ? children.find((node) => !isEmpty(node)) : undefined
    if (first?.type === 'text' && first.value.startsWith('\n')) firsts.push(first)
  })
  for (const first of firsts) first.value = `\n${first.value}`
  const html = toHtml(tree)
  for (const first of firsts) first.value = first.value.slice(1)
  return html
}

function isEmpty(node: Nodes): boolean {
  return node.type === 'text' && node.value === ''
}
