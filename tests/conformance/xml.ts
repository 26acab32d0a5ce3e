// An XML document as a tree, parsed outside Gazette and outside npm, with the names of its namespaces.
import { join } from 'node:path'
import { runPython } from './readers/reader.ts'

export interface XmlNode {
  /** The namespace and a space before the local name, where it has one. */
  name: string
  attributes: Record<string, string>
  children: XmlNode[]
  text: string
  /** The text as written: with its references and CDATA marks. */
  written: string
}

const NAMESPACES: Readonly<Record<string, string>> = {
  a: 'http://www.w3.org/2005/Atom',
  content: 'http://purl.org/rss/1.0/modules/content/',
  dc: 'http://purl.org/dc/elements/1.1/',
  media: 'http://search.yahoo.com/mrss/',
}

export function fetchXml(url: string): Promise<XmlNode> {
  return runPython<XmlNode>(join(import.meta.dirname, 'xml-tree.py'), url)
}

/** The children of a name, written with the prefixes above: `a:entry`; without one, of no namespace. */
export function all(node: XmlNode, name: string): XmlNode[] {
  return node.children.filter((child) => child.name === expanded(name))
}

export function textsOf(node: XmlNode, ...names: string[]): string[] {
  return names.flatMap((name) => all(node, name).map(({ text }) => text))
}

export function attributesOf(node: XmlNode, name: string, attribute: string): string[] {
  return all(node, name).flatMap(({ attributes }) => attributes[attribute] ?? [])
}

export function expanded(name: string): string {
  const [prefix = '', local] = name.split(':')
  return local === undefined ? name : `${NAMESPACES[prefix]} ${local}`
}

/** The node and all below it. */
export function descendants(node: XmlNode): XmlNode[] {
  return [node, ...node.children.flatMap(descendants)]
}
