// What `feed` writes, as a tree to be mended: the only importer of `feed`.
//
// | `feed` 6.0.0                                              | what is done about it                                  |
// | --------------------------------------------------------- | ------------------------------------------------------ |
// | drops a level of `&amp;` from plain text                  | one level more goes in (`plain`)                       |
// | splits only the first `]]>` of a text                     | HTML goes in without any (`markup`)                    |
// | titles are HTML in Atom, CDATA in RSS                     | `rss.ts` and `atom.ts` put their own in their place    |
// | rewrites an Atom id as a URL; RSS keeps it                | a stand-in goes in, the id itself takes its place      |
// | stamps the current time where a date is missing           | every date is given                                    |
// | writes `<` raw in category attributes, `&` in `domain`    | categories are added to its tree                       |
// | one enclosure, of a guessed type                          | enclosures are added to its tree                       |
// | authors without e-mail become RSS `author`s               | `dc:creator` is added to its tree                      |
// | no `xml:lang`, second hub, `rights`, `via`, `media:*`, …  | added to its tree                                      |
// | stops at JSON Feed 1.0                                    | `json.ts` writes 1.1: it is a plain object             |
//
// Whatever a later version writes right can go from the lists in `rss.ts` and `atom.ts`, line by line.
import { Feed as FeedLibrary, type FeedOptions, type Item } from 'feed'
import { type Element, xml2js } from 'xml-js'
import type { XmlElement, XmlNode } from './xml.ts'

/** An absolute URI that `feed` leaves as it is, where what is meant is put in afterwards. */
export const STAND_IN = 'urn:x-gazette:stand-in'

/** What a feed's head has of its own; in all else the heads of a publication are alike. */
interface Own {
  readonly id?: string
  readonly description: string
  readonly link: string
  /** The document's own URL. */
  readonly feed: string
  /** Milliseconds since 1970. */
  readonly updated: number
}

type Shared = Omit<FeedOptions, keyof Own | 'title'>

/** The channel that `feed` makes of a head alone, its title empty. */
export const rssChannel = headMaker(
  (options) => child(parse(new FeedLibrary(options).rss2()), 'channel'),
  (date) => date.toUTCString(),
)

export const atomFeed = headMaker(
  (options) => parse(new FeedLibrary(options).atom1()),
  (date) => date.toISOString(),
)

/** The item that `feed` makes of an entry alone. */
export function rssItem(item: Item): XmlElement {
  return child(child(parse(withItem(item).rss2()), 'channel'), 'item')
}

export function atomEntry(item: Item): XmlElement {
  return child(parse(withItem(item).atom1()), 'entry')
}

/** Plain text on its way through `feed`, which takes one level of `&amp;` away. */
export function plain(text: string): string {
  return text.replaceAll('&', '&amp;')
}

/** HTML on its way through `feed`: in HTML, `]]&gt;` means the same. */
export function markup(html: string): string {
  return html.replaceAll(']]>', ']]&gt;')
}

/** An element with some of its children replaced, each by any number of others, and others added at its end. */
export function mend(
  parent: XmlElement,
  replacements: Readonly<Record<string, readonly XmlNode[]>>,
  additions: readonly XmlNode[],
): XmlElement {
  const children = parent.children.flatMap((node) =>
    'name' in node && Object.hasOwn(replacements, node.name)
      ? (replacements[node.name] ?? [])
      : [node],
  )
  return { ...parent, children: [...children, ...additions] }
}

/**
 * `feed` is asked once for all heads that are alike, and what is a feed's own takes its place in the tree: a fourth of what a
 * document cost that nobody asked for before (`npm run bench`).
 */
function headMaker(make: (options: FeedOptions) => XmlElement, show: (date: Date) => string) {
  const known = new Map<string, XmlElement>()
  return (shared: Shared, { id = STAND_IN, description, link, feed, updated }: Own): XmlElement => {
    const isSaid = description.trim() !== ''
    const key = JSON.stringify([shared, isSaid])
    const head =
      known.get(key) ??
      make({ ...shared, ...STAND_INS, ...(isSaid ? {} : { description: '' }), updated: EPOCH })
    if (known.size >= MOST_HEADS) known.clear()
    known.set(key, head)
    return fill(
      head,
      new Map([
        [STAND_INS.id, id],
        [STAND_INS.description, description],
        [STAND_INS.link, new URL(link).href],
        [STAND_INS.feed, new URL(feed).href],
        [show(EPOCH), show(new Date(updated))],
      ]),
    )
  }
}

const EPOCH = new Date(0)
/** More than publications are edited to while one is served. */
const MOST_HEADS = 20
const STAND_INS = {
  title: '',
  id: `${STAND_IN}:id`,
  description: `${STAND_IN}:description`,
  link: `${STAND_IN}:link`,
  feed: `${STAND_IN}:feed`,
}

/** A tree with what is given in the place of texts and attributes that stand in for it. */
function fill(element: XmlElement, given: ReadonlyMap<string, string>): XmlElement {
  const { attributes, children } = element
  return {
    ...element,
    attributes: Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [name, given.get(value) ?? value]),
    ),
    children: children.map((child) => {
      if ('name' in child) return fill(child, given)
      return 'text' in child ? { text: given.get(child.text) ?? child.text } : child
    }),
  }
}

function withItem(item: Item): FeedLibrary {
  const library = new FeedLibrary({ title: '', link: STAND_IN, updated: item.date })
  library.addItem(item)
  return library
}

function parse(xml: string): XmlElement {
  const root = (xml2js(xml, { compact: false }) as Element).elements?.find(
    (node) => node.type === 'element',
  )
  if (root === undefined) throw new Error('feed wrote no document')
  return toTree(root)
}

function toTree(node: Element): XmlElement {
  const attributes = Object.entries(node.attributes ?? {}).map(([name, value]) => [
    name,
    String(value),
  ])
  return {
    name: node.name ?? '',
    attributes: Object.fromEntries(attributes),
    children: (node.elements ?? []).map((inner): XmlNode => {
      if (inner.type === 'cdata') return { cdata: String(inner.cdata) }
      return inner.type === 'text' ? { text: String(inner.text) } : toTree(inner)
    }),
  }
}

function child(parent: XmlElement, name: string): XmlElement {
  const found = parent.children.find(
    (node): node is XmlElement => 'name' in node && node.name === name,
  )
  if (found === undefined) throw new Error(`feed wrote no ${name}`)
  return found
}
