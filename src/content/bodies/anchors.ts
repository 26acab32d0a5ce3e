// Anchors: the ids in a body, and the links of the same body that lead to them.
import type { Element, Root } from 'hast'
import { decoded } from '../../domain/percent-encoding.ts'
import type { Resolve } from './cleaning.ts'
import { textOf, visit } from './elements.ts'

/** The ids of Gazette's own pages begin with it; no id of a body may. */
export const PAGE_PREFIX = 'page-'

/** Characters of an id. */
const LONGEST = 200

/**
 * Leaves ids, each only once, at headings and at what links of the same body lead to. A heading without an id gets GitHub's
 * slug of its text. Every `name` goes, so that none can shadow a property of `document` (HTML §3.1.6).
 * @param tree with absolute addresses.
 */
export function settleAnchors(tree: Root, resolve: Resolve): void {
  const { headings, named, links } = partsOf(tree)
  const page = links.length === 0 ? undefined : resolve('#')?.replace(/#.*$/s, '')
  const inside = links.filter(({ properties: { href } }) => String(href).startsWith(`${page}#`))
  const unique = uniqueIds()
  const settled = settleGiven(named, new Set(inside.map(fragmentOf)), unique)
  for (const heading of headings) {
    if (heading.properties.id !== undefined) continue
    const id = unique(tidy(slug(textOf(heading, 2 * LONGEST))))
    if (id !== '') heading.properties.id = id
  }
  for (const link of inside) {
    const written = fragmentOf(link)
    const id = settled.get(written) ?? written
    if (id !== written) link.properties.href = `${page}#${encodeURIComponent(id)}`
  }
}

function partsOf(tree: Root) {
  const headings: Element[] = []
  const named: Element[] = []
  const links: Element[] = []
  visit(tree, (node) => {
    const { tagName, properties } = node
    if (isHeading(node)) headings.push(node)
    if (properties.id !== undefined || properties.name !== undefined) named.push(node)
    if (tagName === 'a' && String(properties.href ?? '').includes('#')) links.push(node)
  })
  return { headings, named, links }
}

function isHeading({ tagName }: Element): boolean {
  return /^h[1-6]$/.test(tagName)
}

/**
 * Takes away all ids and names but the first of each that is wanted or a heading's.
 * @returns for each id as it was written, what became of it.
 */
function settleGiven(
  named: readonly Element[],
  wanted: ReadonlySet<string>,
  unique: (id: string) => string,
): ReadonlyMap<string, string> {
  const settled = new Map<string, string>()
  for (const node of named) {
    const given = [node.properties.id, node.properties.name].map((id) => String(id ?? ''))
    delete node.properties.id
    delete node.properties.name
    const kept = given.find(
      (id) => id !== '' && !settled.has(id) && (isHeading(node) || wanted.has(id)),
    )
    const id = kept === undefined ? '' : unique(tidy(kept))
    if (kept === undefined || id === '') continue
    settled.set(kept, id)
    node.properties.id = id
  }
  return settled
}

/** The fragment of an absolute address, decoded (HTML §7.4.6.4). */
function fragmentOf({ properties: { href } }: Element): string {
  return decoded(String(href).replace(/^[^#]*#/, ''))
}

/** Lower-case letters, digits, hyphens and underscores, as GitHub makes a heading's anchor. */
function slug(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-')
}

/** A short id without white space and invisible characters, which can't be one of a page's. */
function tidy(id: string): string {
  const visible = id
    .slice(0, 2 * LONGEST)
    .replace(/[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Cc}]/gu, '')
    .trim()
    .replace(/\s+/g, '-')
  const short = [...visible].slice(0, LONGEST).join('')
  return short.startsWith(PAGE_PREFIX) ? `body-${short}` : short
}

/** Numbers repeated ids as GitHub does: `harbour`, `harbour-1`, `harbour-2`. */
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
