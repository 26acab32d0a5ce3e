// XML as a stream of small trees, one for each child of the feed: entities are never expanded, nothing is fetched.
//
// saxes rather than a feed library: it reads a document type without acting on it (an entity that the document
// declares stays as it was written, so neither "billion laughs" nor an external entity does anything), goes
// through a million items in a second without keeping them, and says where a document is broken. feedsmith,
// which knows more vocabularies, builds the whole document as a tree first.
import { type SaxesAttributeNS, SaxesParser, type SaxesTagNS } from 'saxes'
import { UnreadableSource } from '../content/syntax/source.ts'
import { grouped } from '../domain/grouped.ts'
import { count, MOST_ITEMS, type Tally } from './imported.ts'

export interface XmlNode {
  /** With the usual prefix of its namespace: `atom:updated`, `dc:creator`; without one in RSS. */
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: (XmlNode | string)[]
  /** What relative addresses in it start from (XML Base). */
  readonly base?: string | undefined
  /** `xml:lang`, its own or that of what is around it. */
  readonly language?: string | undefined
}

/** Elements open at once. */
const DEEPEST = 256
/** Elements within one item. */
const MOST_NODES = 100_000
/** UTF-16 units handed to the parser at once. */
const PIECE = 65_536

const PREFIXES = new Map([
  ['http://www.w3.org/2005/Atom', 'atom'],
  ['http://purl.org/rss/1.0/', ''],
  ['http://backend.userland.com/rss2', ''],
  ['http://www.w3.org/1999/02/22-rdf-syntax-ns#', 'rdf'],
  ['http://purl.org/rss/1.0/modules/content/', 'content'],
  ['http://purl.org/dc/elements/1.1/', 'dc'],
  ['http://purl.org/dc/terms/', 'dcterms'],
  ['http://search.yahoo.com/mrss/', 'media'],
  ['http://www.itunes.com/dtds/podcast-1.0.dtd', 'itunes'],
  ['http://purl.org/atompub/tombstones/1.0', 'at'],
  ['http://www.w3.org/2007/app', 'app'],
  // Of its drafts, which Blogger writes to this day.
  ['http://purl.org/atom/app#', 'app'],
  ['http://purl.org/syndication/thread/1.0', 'thr'],
  ['http://purl.org/rss/1.0/modules/slash/', 'slash'],
  ['http://wellformedweb.org/CommentAPI/', 'wfw'],
  ['http://www.w3.org/XML/1998/namespace', 'xml'],
])
const WORDPRESS = /^http:\/\/wordpress\.org\/export\/[\d.]+\/(excerpt\/)?$/

/** Elements that hold the items and what is said of the feed. */
const AROUND = new Set(['rss', 'rdf:RDF', 'channel', 'atom:feed'])
const ITEMS = new Set(['item', 'atom:entry'])

/** Faults of the text that leave no doubt about the tree; the text stays as it was written. */
const FORGIVEN =
  /undefined entity|character in entity name|disallowed character\.$|malformed character entity|"]]>" is disallowed|unbound namespace prefix|declaration must be at the start/

/**
 * The root element, then each child of the feed when it ended.
 * @param forgiven counts the faults that were passed over.
 * @throws UnreadableSource where the document is broken or beyond the limits.
 */
export function* childrenOf(text: string, forgiven: Tally = new Map()): Generator<XmlNode> {
  const ready: XmlNode[] = []
  const open: XmlNode[] = []
  let nodes = 0
  const seen = { items: 0, others: 0 }
  const parser = new SaxesParser({ xmlns: true })
  const refuse = (sentence: string) => {
    throw new UnreadableSource(sentence, parser.line, parser.columnIndex + 1)
  }
  parser.on('error', ({ message }) => {
    const said = message.replace(/^\d+:\d+: /, '')
    if (!FORGIVEN.test(said)) refuse(`This is no well-formed XML: ${said.replace(/\.$/, '')}.`)
    count(forgiven, said)
  })
  parser.on('opentag', (tag: SaxesTagNS) => {
    const parent = open.at(-1)
    const node = nodeOf(tag, parent)
    if (open.length === DEEPEST) refuse(`Its elements are more than ${DEEPEST} deep.`)
    if (parent === undefined) ready.push(node)
    else if (isChild(parent, node)) {
      nodes = 0
      if (++seen[isItem(node) ? 'items' : 'others'] > MOST_ITEMS)
        refuse(`The file has more than ${MOST_ITEMS} items; import it in parts.`)
    } else if (!AROUND.has(parent.name)) {
      parent.children.push(node)
      if (++nodes > MOST_NODES) refuse(`One item has more than ${MOST_NODES} elements.`)
    }
    open.push(node)
  })
  const addText = (piece: string) => {
    const parent = open.at(-1)
    if (parent !== undefined && !AROUND.has(parent.name)) parent.children.push(piece)
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => {
    const node = open.pop() as XmlNode
    const parent = open.at(-1)
    if (parent !== undefined && isChild(parent, node)) ready.push(node)
  })
  for (let at = 0; at < text.length; at += PIECE) {
    parser.write(text.slice(at, at + PIECE))
    yield* ready.splice(0)
  }
  parser.close()
  yield* ready
}

function isChild(parent: XmlNode, node: XmlNode): boolean {
  return AROUND.has(parent.name) && !AROUND.has(node.name)
}

export function isItem(node: XmlNode): boolean {
  return ITEMS.has(node.name)
}

function nodeOf(tag: SaxesTagNS, parent: XmlNode | undefined): XmlNode {
  const attributes = Object.fromEntries(
    Object.values(tag.attributes)
      .filter(({ prefix, name }) => prefix !== 'xmlns' && name !== 'xmlns')
      .map((attribute) => [usualName(attribute), attribute.value]),
  )
  const written = attributes['xml:base']
  const base =
    written !== undefined && URL.canParse(written, parent?.base)
      ? new URL(written, parent?.base).href
      : parent?.base
  const language = attributes['xml:lang'] ?? parent?.language
  return { name: usualName(tag), attributes, children: [], base, language }
}

function usualName({
  uri,
  local,
  name,
}: Pick<SaxesTagNS | SaxesAttributeNS, 'uri' | 'local' | 'name'>): string {
  const wordpress = WORDPRESS.exec(uri)
  if (wordpress !== null) return `${wordpress[1] === undefined ? 'wp' : 'excerpt'}:${local}`
  const prefix = PREFIXES.get(uri)
  if (prefix === undefined) return name
  return prefix === '' ? local : `${prefix}:${local}`
}

/** The words in an element, white space at the ends removed; nothing where there are none. */
export function textOf(node: XmlNode | undefined): string | undefined {
  return node === undefined ? undefined : allText(node).trim() || undefined
}

function allText({ children }: XmlNode): string {
  return children.map((child) => (typeof child === 'string' ? child : allText(child))).join('')
}

export function elementsOf(node: XmlNode): XmlNode[] {
  return node.children.filter((child) => typeof child !== 'string')
}

/** The elements of an item, each to be taken once; those that nobody took have no place in a record. */
export interface Fields {
  readonly take: (name: string) => XmlNode[]
  /** The first text under a name; the name's other elements are left to be counted. */
  readonly text: (name: string) => string | undefined
  /** Counts those that are left and have a text or attributes. */
  readonly countRest: (unplaced: Tally) => void
}

export function fieldsOf(node: XmlNode): Fields {
  const byName = grouped(elementsOf(node), ({ name }) => name)
  const take = (name: string) => {
    const nodes = byName.get(name) ?? []
    byName.delete(name)
    return nodes
  }
  return {
    take,
    text(name) {
      const nodes = take(name)
      const at = nodes.findIndex((one) => textOf(one) !== undefined)
      byName.set(name, at < 0 ? [] : nodes.filter((_, other) => other !== at))
      return textOf(nodes[at])
    },
    countRest(unplaced) {
      for (const [name, nodes] of byName) {
        const saying = nodes.filter(
          (one) => textOf(one) !== undefined || Object.keys(one.attributes).length > 0,
        )
        if (saying.length > 0) count(unplaced, name, saying.length)
      }
    },
  }
}
