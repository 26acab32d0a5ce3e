// What a page hides: for good, or until its readers ask for it, as they do for answers, spoilers and tabs.
import type { Element, Root } from 'hast'
import { descendants, visit } from './elements.ts'

const HIDING = /(^|;)\s*(display\s*:\s*none|visibility\s*:\s*hidden)\s*(!|;|$)/i

/** Whether a page hides an element, so that feeds should too. */
export function isHidden({ tagName, properties: { style, hidden, open } }: Element): boolean {
  const isClosed = tagName === 'dialog' && open !== true
  return hidden === true || isClosed || HIDING.test(String(style ?? ''))
}

/** Attributes by which a button or a link opens something, as their properties are called. */
const OPENERS = /^(?:on[A-Z]\w*|ariaControls|data\w*Target|href|popoverTarget|commandFor)$/i

/** The elements that are hidden for good. What something opens is shown, since feed readers can't open it. */
export function hiddenIn(tree: Root): ReadonlySet<Element> {
  const hidden = descendants(tree, isHidden)
  if (hidden.length === 0) return new Set()
  const named = namedIn(tree)
  return new Set(
    hidden.filter(
      ({ properties: { id, role } }) => role !== 'tabpanel' && !named.has(String(id ?? '')),
    ),
  )
}

/** The words of all that may open something. */
function namedIn(tree: Root): ReadonlySet<string> {
  const words = new Set<string>()
  visit(tree, ({ properties }) => {
    for (const [name, value] of Object.entries(properties)) {
      const said = String(value)
      if (!OPENERS.test(name) || (name === 'href' && !said.startsWith('#'))) continue
      for (const word of said.split(/[^\p{L}\p{N}_-]+/u)) if (word !== '') words.add(word)
    }
  })
  return words
}
