// What a page of HTML leads to and says, as a browser's parser reads it.
import type { Element, Root } from 'hast'
import { fromHtml } from 'hast-util-from-html'
import { toText } from 'hast-util-to-text'
import { visit } from 'unist-util-visit'

/** The page that was parsed last: most tests ask for several kinds of its elements. */
let last: { readonly page: string; readonly root: Root } | undefined

function parse(page: string): Root {
  if (last?.page !== page) last = { page, root: fromHtml(page) }
  return last.root
}

/** All elements of a name, and of a class if one is given, in the order of the document. */
export function elementsIn(page: string | Root | Element, name: string, kind?: string): Element[] {
  const found: Element[] = []
  visit(typeof page === 'string' ? parse(page) : page, 'element', (element) => {
    const { tagName, properties } = element
    const isOfKind = kind === undefined || [properties.className].flat().includes(kind)
    if (tagName === name && isOfKind) found.push(element)
  })
  return found
}

/** The words in each of them. */
export function textsIn(...wanted: Parameters<typeof elementsIn>): string[] {
  return elementsIn(...wanted).map((element) => toText(element))
}

/** Where the links lead that people follow. */
export function linksOf(page: string | Root | Element): string[] {
  return elementsIn(page, 'a').map(({ properties }) => String(properties.href))
}

/** The documents that readers discover, in the order of their dialogs. */
export function discoveredIn(page: string | Root): string[] {
  return elementsIn(page, 'link')
    .filter(({ properties }) => String(properties.rel) === 'alternate')
    .map(({ properties }) => String(properties.href))
}

export function headingOf(page: string): string {
  return textsIn(page, 'h1')[0] ?? ''
}
