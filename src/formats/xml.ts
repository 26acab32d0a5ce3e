// XML as a tree and as text: what every writer of feeds here needs to escape, once.

export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlNode[]
}

/** Text of people (escaped with numeric references), HTML kept readable in CDATA, or an element. */
export type XmlNode = XmlElement | { readonly text: string } | { readonly cdata: string }

/** An attribute's value; one that is nothing is left out. */
type Value = string | number | undefined

/** An element; attributes and children that are nothing are left out. */
export function element(
  name: string,
  attributes: Readonly<Record<string, Value>> = {},
  ...children: readonly (XmlNode | string | undefined)[]
): XmlElement {
  const given: Record<string, string> = {}
  for (const key in attributes) {
    const value = attributes[key]
    if (value !== undefined) given[key] = String(value)
  }
  const nodes: XmlNode[] = []
  for (const child of children) {
    if (child !== undefined) nodes.push(typeof child === 'string' ? { text: child } : child)
  }
  return { name, attributes: given, children: nodes }
}

/** An element with text, or nothing where there is no text: absent in, absent out. */
export function textElement(
  name: string,
  text: string | undefined,
  attributes: Readonly<Record<string, Value>> = {},
): XmlElement[] {
  return text === undefined || text === '' ? [] : [element(name, attributes, text)]
}

export const XML_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'

/** An element as text, indented, with a line break at its end. Text and CDATA keep every character. */
export function write(node: XmlElement, depth = 0): string {
  const indent = '  '.repeat(depth)
  const { children } = node
  if (children.length === 0) return `${indent}${tag(node, '/>')}\n`
  if (children.some((child) => !('name' in child))) return `${indent}${writeInline(node)}\n`
  return writeOpen(node, depth).join('')
}

/** An element of elements as text, around what may follow the last of them: what stands before that, and what after. */
export function writeOpen(node: XmlElement, depth = 0): [before: string, after: string] {
  const indent = '  '.repeat(depth)
  const inner = node.children.map((child) => write(child as XmlElement, depth + 1)).join('')
  return [`${indent}${tag(node, '>')}\n${inner}`, `${indent}</${node.name}>\n`]
}

function writeInline(node: XmlElement): string {
  const inner = node.children.map((child) => {
    if ('text' in child) return escapeText(child.text)
    return 'cdata' in child ? writeCdata(child.cdata) : writeInline(child)
  })
  return `${tag(node, '>')}${inner.join('')}</${node.name}>`
}

function tag({ name, attributes }: XmlElement, end: string): string {
  let written = `<${name}`
  for (const key in attributes) written += ` ${key}="${escapeAttribute(attributes[key] as string)}"`
  return written + end
}

/** What can't stand for itself. */
const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&#x26;',
  '<': '&#x3C;',
  '>': '&#x3E;',
  '"': '&#x22;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
}

/**
 * Numeric references for `&` and `<`, as the RSS Advisory Board's profile asks of plain text: some readers take
 * `&lt;` for markup. A carriage return would be read as a line feed (XML 1.0 §2.11).
 */
function escapeText(text: string): string {
  return text.replace(/[&<>\r]/g, (found) => REFERENCES[found] as string)
}

/** White space in attributes would be read as spaces (XML 1.0 §3.3.3). */
function escapeAttribute(value: string): string {
  return value.replace(/[&<>"\t\n\r]/g, (found) => REFERENCES[found] as string)
}

function writeCdata(text: string): string {
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
}
