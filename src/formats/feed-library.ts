// What `feed` writes, as a tree to be mended: the only importer of `feed`.
//
// | `feed` 6.0.0                                              | what is done about it                                  |
// | --------------------------------------------------------- | ------------------------------------------------------ |
// | drops a level of `&amp;` from plain text                  | plain text is filled in                                |
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
// `feed` writes each form of a head and of an entry once, with stand-ins for what they say; their own words take its place
// in the tree. So nothing is written and read back as XML for each of them, which took three times as long as all the rest
// (a test holds it to what `feed` writes of the same itself).
import { Feed as FeedLibrary, type FeedOptions, type Item } from 'feed'
import { type Element, xml2js } from 'xml-js'
import type { XmlElement, XmlNode } from './xml.ts'

/** What `feed` is told of a feed; an empty text is none, as it is there. */
export interface HeadFacts {
  readonly id: string
  /** Absolute, as those of documents and pictures. */
  readonly link: string
  readonly self: string
  readonly updated: Date
  readonly description?: string | undefined
  readonly language?: string | undefined
  readonly copyright?: string | undefined
  readonly logo?: string | undefined
  readonly icon?: string | undefined
}

/** What `feed` is told of an entry, likewise. */
export interface EntryFacts {
  readonly id: string
  readonly link: string
  readonly date: Date
  readonly published?: Date
  /** HTML. */
  readonly description?: string | undefined
  readonly content?: string | undefined
}

const inWords = (date: Date) => date.toUTCString()
const inDigits = (date: Date) => date.toISOString()

/** The channel that `feed` makes of a head alone, or the item of an entry alone; titles are not its matter. */
export const rssChannel = filled((head: HeadFacts) => channelOf(withHead(head)), inWords)
export const rssItem = filled(
  (entry: EntryFacts) => child(channelOf(withItem(entry)), 'item'),
  inWords,
)
export const atomFeed = filled((head: HeadFacts) => parse(withHead(head).atom1()), inDigits)
export const atomEntry = filled(
  (entry: EntryFacts) => child(parse(withItem(entry).atom1()), 'entry'),
  inDigits,
)

/** An element with some of its children replaced, each by any number of others, and others added at its end. */
export function mend(
  parent: XmlElement,
  replacements: Readonly<Record<string, readonly XmlNode[]>>,
  additions: readonly XmlNode[],
): XmlElement {
  const children: XmlNode[] = []
  for (const node of parent.children) {
    if ('name' in node && Object.hasOwn(replacements, node.name))
      children.push(...(replacements[node.name] ?? []))
    else children.push(node)
  }
  return { ...parent, children: [...children, ...additions] }
}

/** An absolute URI, which `feed` leaves as it is. */
const STAND_IN = 'urn:x-gazette:stand-in'

/** A stand-in for each fact, no two written alike. */
function standIns<Facts extends object>(facts: Facts): Facts {
  const known = Object.entries(facts).filter(([, fact]) => Boolean(fact))
  return Object.fromEntries(
    known.map(([name, fact], at) => [
      name,
      fact instanceof Date ? new Date(Date.UTC(2001, 0, 1 + at)) : `${STAND_IN}:${name}`,
    ]),
  ) as Facts
}

/**
 * Makes facts into what `feed` writes of them, from a form that it wrote once of stand-ins for the same facts.
 * @param written what `feed` makes of facts.
 * @param printDate how it prints dates there.
 */
function filled<Facts extends object>(
  written: (facts: Facts) => XmlElement,
  printDate: (date: Date) => string,
): (facts: Facts) => XmlElement {
  const print = (fact: unknown) => (fact instanceof Date ? printDate(fact) : String(fact))
  const forms = new Map<string, { tree: XmlElement; names: ReadonlyMap<string, keyof Facts> }>()
  const makeForm = (facts: Facts) => {
    const others = standIns(facts)
    const names = Object.entries(others).map(([name, fact]) => [print(fact), name] as const)
    return { tree: written(others), names: new Map(names) as Map<string, keyof Facts> }
  }
  return (facts) => {
    const present = Object.keys(facts).filter((name) => facts[name as keyof Facts])
    const key = present.join(' ')
    const form = forms.get(key) ?? makeForm(facts)
    forms.set(key, form)
    return fill(form.tree, (text) => {
      const name = form.names.get(text)
      return name === undefined ? text : print(facts[name])
    })
  }
}

function fill(form: XmlElement, own: (text: string) => string): XmlElement {
  const attributes: Record<string, string> = {}
  for (const name in form.attributes) attributes[name] = own(form.attributes[name] as string)
  const children = form.children.map((node): XmlNode => {
    if ('text' in node) return { text: own(node.text) }
    return 'cdata' in node ? { cdata: own(node.cdata) } : fill(node, own)
  })
  return { name: form.name, attributes, children }
}

function withHead({ self, logo, icon, ...head }: HeadFacts): FeedLibrary {
  const options = {
    ...head,
    title: '',
    feed: self,
    generator: 'Gazette',
    image: logo,
    favicon: icon,
  }
  return new FeedLibrary(options as FeedOptions)
}

function withItem(entry: EntryFacts): FeedLibrary {
  const library = new FeedLibrary({ title: '', link: STAND_IN, updated: entry.date })
  library.addItem({ ...entry, title: '' } as Item)
  return library
}

function channelOf(library: FeedLibrary): XmlElement {
  return child(parse(library.rss2()), 'channel')
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
