// What `feed` writes, as a tree to be mended: the only importer of `feed`.
//
// | `feed` 6.0.0                                              | what is done about it                                  |
// | --------------------------------------------------------- | ------------------------------------------------------ |
// | drops a level of `&amp;` from plain text                  | one level more goes in (`plain`)                       |
// | splits only the first `]]>` of a text                     | our own writer splits each                             |
// | titles are HTML in Atom, CDATA in RSS                     | `rss.ts` and `atom.ts` put their own in their place    |
// | rewrites an Atom id as a URL; RSS keeps it                | `atom.ts` puts its own in its place                    |
// | stamps the current time where a date is missing           | every date is given                                    |
// | writes `<` raw in category attributes, `&` in `domain`    | categories are added to its tree                       |
// | one enclosure, of a guessed type                          | enclosures are added to its tree                       |
// | authors without e-mail become RSS `author`s               | `dc:creator` is added to its tree                      |
// | no `xml:lang`, second hub, `rights`, `via`, `media:*`, …  | added to its tree                                      |
// | stops at JSON Feed 1.0                                    | `json.ts` writes 1.1: it is a plain object             |
//
// Whatever a later version writes right can go from the lists in `rss.ts` and `atom.ts`, line by line.
//
// `feed` writes an entry of each form once, with stand-ins for its texts; an entry's own take their place in the tree. So
// no body is written and read back as XML, which took twenty times as long as all the rest (tests hold it to what `feed`
// writes of the same entry itself).
import { Feed as FeedLibrary, type FeedOptions, type Item } from 'feed'
import { type Element, xml2js } from 'xml-js'
import type { XmlElement, XmlNode } from './xml.ts'

/** Absolute URIs, which `feed` leaves as they are. */
const STAND_IN = 'urn:x-gazette:stand-in'

/** The channel that `feed` makes of a head alone. */
export function rssChannel(options: FeedOptions): XmlElement {
  return child(parse(new FeedLibrary(options).rss2()), 'channel')
}

export function atomFeed(options: FeedOptions): XmlElement {
  return parse(new FeedLibrary(options).atom1())
}

/** What `feed` is told of an entry; an empty text is none. */
export interface EntryFacts {
  readonly id: string
  /** Absolute. */
  readonly link: string
  readonly date: Date
  readonly published?: Date
  /** HTML. */
  readonly description?: string
  readonly content?: string
}

/** Another for each fact: no two may be written alike. */
const STAND_INS = {
  id: `${STAND_IN}:id`,
  link: `${STAND_IN}:link`,
  date: new Date('2001-01-01'),
  published: new Date('2002-02-02'),
  description: `${STAND_IN}:description`,
  content: `${STAND_IN}:content`,
}
type Fact = keyof typeof STAND_INS
const FACTS = Object.keys(STAND_INS) as readonly Fact[]

/** The item that `feed` makes of an entry alone. */
export const rssItem = filled(
  (library) => child(child(parse(library.rss2()), 'channel'), 'item'),
  (date) => date.toUTCString(),
)

export const atomEntry = filled(
  (library) => child(parse(library.atom1()), 'entry'),
  (date) => date.toISOString(),
)

/** Plain text on its way through `feed`, which takes one level of `&amp;` away. */
export function plain(text: string): string {
  return text.replaceAll('&', '&amp;')
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
 * @param written the element of a library's one entry.
 * @param printDate as `feed` prints dates there.
 */
function filled(
  written: (library: FeedLibrary) => XmlElement,
  printDate: (date: Date) => string,
): (facts: EntryFacts) => XmlElement {
  const print = (fact: string | Date) => (typeof fact === 'string' ? fact : printDate(fact))
  const factOf = new Map(FACTS.map((name) => [print(STAND_INS[name]), name]))
  const forms = new Map<string, XmlElement>()
  return (facts) => {
    const present = FACTS.filter((name) => facts[name])
    const form = present.join(' ')
    const known = forms.get(form) ?? written(withItem(standIns(present)))
    forms.set(form, known)
    return fill(known, (text) => {
      const name = factOf.get(text)
      const fact = name && facts[name]
      return fact === undefined ? text : print(fact)
    })
  }
}

function fill(form: XmlElement, own: (text: string) => string): XmlElement {
  const children = form.children.map((node): XmlNode => {
    if ('text' in node) return { text: own(node.text) }
    return 'cdata' in node ? { cdata: own(node.cdata) } : fill(node, own)
  })
  return { ...form, children }
}

function standIns(names: readonly Fact[]): Item {
  const some = Object.fromEntries(names.map((name) => [name, STAND_INS[name]]))
  // Every entry has these.
  const { link, date } = STAND_INS
  return { ...some, title: '', link, date }
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
