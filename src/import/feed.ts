// A feed in XML as records: what its root says it is, its head read first, its items one at a time.
import { UnreadableSource } from '../content/syntax/source.ts'
import { readEntry, readHead } from './atom.ts'
import { count, type Found, type Reading, type Tally } from './imported.ts'
import { readChannel, readItem } from './rss.ts'
import { readWordPress } from './wordpress.ts'
import { childrenOf, isItem, type XmlNode } from './xml.ts'

/** @throws UnreadableSource where it is no feed, is broken, or has more than an import takes. */
export function readFeed(text: string): Reading {
  const forgiven: Tally = new Map()
  const walk = childrenOf(text, forgiven)
  const root = walk.next().value as XmlNode
  const isAtom = root.name === 'atom:feed'
  if (!isAtom && root.name !== 'rss' && root.name !== 'rdf:RDF')
    throw new UnreadableSource(`This is XML, but no feed: its root is <${root.name}>.`)
  // The whole document is looked through before anything of it is used: it may be broken at its end.
  const head: XmlNode[] = []
  let expected = 0
  for (const node of walk) {
    if (isItem(node)) expected++
    else head.push(node)
  }
  const unplaced: Tally = new Map()
  for (const [fault, times] of forgiven) count(unplaced, `XML: ${fault}`, times)
  if (head.some(({ name }) => name.startsWith('wp:')))
    return readWordPress(text, head, expected, unplaced)
  const read = isAtom ? atomReader(head, unplaced) : rssReader(head, unplaced)
  return {
    kind: isAtom ? 'Atom feed' : 'RSS feed',
    expected,
    found: (function* () {
      for (const node of childrenOf(text)) if (isItem(node)) yield read(node)
    })(),
    skipped: tombstones(head),
    unplaced,
  }
}

function atomReader(head: readonly XmlNode[], unplaced: Tally): (node: XmlNode) => Found {
  const said = readHead(head)
  return (node) => readEntry(node, said, unplaced)
}

function rssReader(head: readonly XmlNode[], unplaced: Tally): (node: XmlNode) => Found {
  const channel = readChannel(head)
  return (node) => readItem(node, channel, unplaced)
}

/** RFC 6721: what is gone is no article any more. */
function tombstones(head: readonly XmlNode[]): Tally {
  const gone = head.filter(({ name }) => name === 'at:deleted-entry').length
  return new Map(gone === 0 ? [] : [['deleted entry', gone]])
}
