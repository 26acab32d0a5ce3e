// Feed documents of articles, written as the publisher writes them, and parsed by a strict XML parser.
import { SaxesParser, type SaxesTagNS } from 'saxes'
import { addressOf, FEED_FORMATS, type FeedFormat } from '../../../src/domain/address.ts'
import type { Article } from '../../../src/domain/article.ts'
import { EVERYTHING } from '../../../src/domain/filter.ts'
import type { Publication } from '../../../src/domain/publication.ts'
import { createPublisher } from '../../../src/publishing/publisher.ts'
import { bodyOf } from '../../../src/publishing/representation.ts'
import { DAY, NOON } from './publication.ts'

export function documentsOf(
  publication: Publication,
  articles: readonly Article[],
): Record<FeedFormat, string> {
  const publisher = createPublisher({ publication, articles }, () => NOON + DAY)
  const written = FEED_FORMATS.map((format) => {
    const body = bodyOf(publisher.represent({ ...addressOf(EVERYTHING, format), format }))
    return [format, new TextDecoder('utf-8', { fatal: true }).decode(body)]
  })
  return Object.fromEntries(written) as Record<FeedFormat, string>
}

export interface Node {
  /** As written, with its prefix. */
  readonly name: string
  readonly attributes: Record<string, string>
  readonly children: Node[]
  text: string
}

/** @throws where the document isn't well-formed, or has a prefix without a namespace. */
export function parseStrictly(xml: string): Node {
  const parser = new SaxesParser({ xmlns: true, position: false })
  const root: Node = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  const addText = (text: string) => {
    const parent = open.at(-1)
    if (parent !== undefined) parent.text += text
  }
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }: SaxesTagNS) => {
    const values = Object.entries(attributes).map(([key, attribute]) => [key, attribute.value])
    const node: Node = { name, attributes: Object.fromEntries(values), children: [], text: '' }
    open.at(-1)?.children.push(node)
    open.push(node)
  })
  parser.on('closetag', () => {
    open.pop()
  })
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.write(xml).close()
  return root.children[0] as Node
}

export function all(node: Node, name: string): Node[] {
  return node.children.filter((child) => child.name === name)
}

export function only(node: Node, name: string): Node {
  const [found, ...more] = all(node, name)
  if (found === undefined || more.length > 0)
    throw new Error(`${more.length + 1} ${name} in ${node.name}`)
  return found
}

/** The entries of a document, as text or parsed: `item`s or `entry`s. */
export function entriesOf(document: string | Node): Node[] {
  const root = typeof document === 'string' ? parseStrictly(document) : document
  return root.name === 'rss' ? all(only(root, 'channel'), 'item') : all(root, 'entry')
}

/** The paths of the documents in folders, as they are sorted. */
export function documents(...folders: string[]): string[] {
  return folders
    .flatMap((folder) => ['atom.xml', 'feed.json', 'rss.xml'].map((file) => folder + file))
    .sort()
}
