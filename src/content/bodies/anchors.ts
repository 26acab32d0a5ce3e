// Anchors: where a link inside a body leads, and what a link from elsewhere can lead to.
import type { Element, Root } from 'hast'
import type { Resolve } from './cleaning.ts'
import { textOf, visit } from './elements.ts'

/** How the ids of Gazette's own pages begin, which no id of a body does. */
export const PAGE_PREFIX = 'page-'

/** Characters of an id. */
const LONGEST = 200

/**
 * Leaves ids at headings and at what a link of the same body leads to, each only once; a heading without one gets
 * GitHub's slug of its text. No `name` is left, so that nothing can take the place of a property of `document`
 * (HTML §3.1.6), and no id that a page of Gazette's could have.
 * @param tree with absolute addresses.
 */
export function settleAnchors(tree: Root, resolve: Resolve): void {
  const headings: Element[] = []
  const named: Element[] = []
  const links: Element[] = []
  visit(tree, (node) => {
    const { tagName, properties } = node
    if (/^h[1-6]$/.test(tagName)) headings.push(node)
    if (properties.id !== undefined || properties.name !== undefined) named.push(node)
    if (tagName === 'a' && String(properties.href ?? '').includes('#')) links.push(node)
  })
  const page = links.length === 0 ? undefined : resolve('#')?.replace(/#.*$/s, '')
  const inside = links.filter(({ properties: { href } }) => String(href).startsWith(`${page}#`))
  const wanted = new Set(inside.map(fragmentOf))
  const unique = uniqueIds()
  const settled = new Map<string, string>()
  for (const node of named) {
    const given = [node.properties.id, node.properties.name].map((id) => String(id ?? ''))
    delete node.properties.id
    delete node.properties.name
    const isHeading = /^h[1-6]$/.test(node.tagName)
    const kept = given.find((id) => id !== '' && !settled.has(id) && (isHeading || wanted.has(id)))
    const id = kept === undefined ? '' : unique(tidy(kept))
    if (kept === undefined || id === '') continue
    settled.set(kept, id)
    node.properties.id = id
  }
  for (const heading of headings) {
    const id =
      heading.properties.id === undefined ? unique(tidy(slug(textOf(heading, 2 * LONGEST)))) : ''
    if (id !== '') heading.properties.id = id
  }
  for (const link of inside) {
    const written = fragmentOf(link)
    const id = settled.get(written) ?? written
    if (id !== written) link.properties.href = `${page}#${encodeURIComponent(id)}`
  }
}

/** The fragment of an absolute address, decoded (HTML §7.4.6.4). */
function fragmentOf({ properties: { href } }: Element): string {
  const fragment = String(href).replace(/^[^#]*#/, '')
  try {
    return decodeURIComponent(fragment)
  } catch {
    return fragment
  }
}

/** Lower-case letters, digits, hyphens and underscores, as GitHub makes a heading's anchor. */
function slug(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-')
}

/** An id without white space and invisible characters, short, and not like those of pages. */
function tidy(id: string): string {
  const visible = id
    .slice(0, 2 * LONGEST)
    .replace(/[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Cc}]/gu, '')
    .trim()
    .replace(/\s+/g, '-')
  const short = [...visible].slice(0, LONGEST).join('')
  return short.startsWith(PAGE_PREFIX) ? `body-${short}` : short
}

/** Numbers what was there before, as GitHub does: `harbour`, `harbour-1`, `harbour-2`. */
function uniqueIds(): (id: string) => string {
  const taken = new Set<string>()
  const counts = new Map<string, number>()
  return (id) => {
    let found = id
    while (found !== '' && taken.has(found)) {
      const count = (counts.get(id) ?? 0) + 1
      counts.set(id, count)
      found = `${id}-${count}`
    }
    taken.add(found)
    return found
  }
}
