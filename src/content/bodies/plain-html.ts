// HTML so plainly written that it can be read in one way only: well nested, of few elements, nothing left out or misplaced.
import type { Element, ElementContent, Root } from 'hast'

/*
 * Nearly all that Markdown becomes is of this kind, and nearly all that cleaning leaves. Where it is, no rule of HTML for
 * what is missing, misplaced or misspelt can apply, and a walk from tag to tag makes the tree that browsers would; it takes
 * a fifth of the parser's time. In any doubt it is not plain: the parser decides. A property test holds the two together.
 */

/** Longer and deeper HTML is the parser's, which counts what it makes. */
const LONGEST = 100_000
const DEEPEST = 50

type Content = 'flow' | 'phrases' | 'items' | 'nothing'

const PHRASES: Readonly<Record<string, Content>> = {
  ...{ a: 'phrases', b: 'phrases', code: 'phrases', del: 'phrases', em: 'phrases', i: 'phrases' },
  ...{ s: 'phrases', strong: 'phrases', br: 'nothing', img: 'nothing' },
}
const BLOCKS: Readonly<Record<string, Content>> = {
  ...{ blockquote: 'flow', h1: 'phrases', h2: 'phrases', h3: 'phrases', h4: 'phrases' },
  ...{ h5: 'phrases', h6: 'phrases', hr: 'nothing', ol: 'items', p: 'phrases', pre: 'phrases' },
  ul: 'items',
}
/** The elements that may stand in one, by what it holds; and what each of them holds. */
const ALLOWED = {
  flow: new Map(Object.entries({ ...PHRASES, ...BLOCKS })),
  phrases: new Map(Object.entries(PHRASES)),
  items: new Map<string, Content>([['li', 'flow']]),
  nothing: new Map<string, Content>(),
}
/** Attributes whose values are the text that stands there; `class` and `start` are looked at more closely. */
const TEXTS = new Set(['alt', 'href', 'id', 'src', 'title'])

const TAG = /<(?:\/([a-z][a-z1-6]*)|([a-z][a-z1-6]*)((?: [a-z]+="[^"]*")*))>/y
const ATTRIBUTE = / ([a-z]+)="([^"]*)"/g

interface Open {
  readonly name: string
  readonly holds: Content
  readonly isInLink: boolean
  readonly children: ElementContent[]
}

/** The tree that the parser would make of it, where it is plain; else nothing. */
export function readPlain(html: string): Root | undefined {
  if (html.length > LONGEST || html.includes('\r') || html.includes('\0')) return undefined
  const root: Open = { name: '', holds: 'flow', isInLink: false, children: [] }
  const around: Open[] = []
  let open = root
  for (let at = 0; at < html.length; ) {
    const tag = html.indexOf('<', at)
    const end = tag < 0 ? html.length : tag
    if (end > at) {
      const value = decode(html.slice(at, end))
      if (value === undefined) return undefined
      open.children.push({ type: 'text', value })
    }
    if (tag < 0) break
    TAG.lastIndex = tag
    const [whole = '', closed, name = '', attributes = ''] = TAG.exec(html) ?? []
    if (whole === '') return undefined
    at = tag + whole.length
    if (closed !== undefined) {
      const outer = around.pop()
      if (outer === undefined || closed !== open.name) return undefined
      open = outer
      continue
    }
    const element = begin(name, attributes, open)
    // A parser drops a line feed at the beginning of a `<pre>`.
    if (element === undefined || (name === 'pre' && !html.startsWith('<code', at))) return undefined
    open.children.push(element)
    const holds = ALLOWED[open.holds].get(name) as Content
    if (holds === 'nothing') continue
    around.push(open)
    if (around.length > DEEPEST) return undefined
    open = { name, holds, isInLink: open.isInLink || name === 'a', children: element.children }
  }
  if (open !== root) return undefined
  return { type: 'root', children: root.children, data: { quirksMode: false } }
}

function begin(name: string, attributes: string, parent: Open): Element | undefined {
  if (!ALLOWED[parent.holds].has(name) || (name === 'a' && parent.isInLink)) return undefined
  const properties: Element['properties'] = {}
  if (attributes !== '') {
    for (const [, key = '', written = ''] of attributes.matchAll(ATTRIBUTE)) {
      const value = decode(written)
      if (value === undefined) return undefined
      // Of two, a parser keeps the first.
      if (key in properties || 'className' in properties) return undefined
      if (TEXTS.has(key)) properties[key] = value
      else if (key === 'class' && name === 'code' && /^[\w+#-]+$/.test(value))
        properties.className = [value]
      else if (key === 'start' && name === 'ol' && /^[1-9]\d{0,8}$/.test(value))
        properties.start = Number(value)
      else return undefined
    }
  }
  return { type: 'element', tagName: name, properties, children: [] }
}

const REFERENCES = /&(?:(amp|gt|lt|quot);|#x(2[0-9A-F]|3[0-9A-F]|60);)?/g
const NAMED: Readonly<Record<string, string>> = { amp: '&', gt: '>', lt: '<', quot: '"' }

/** Text with the few references that writers use; nothing where there are others. */
function decode(text: string): string | undefined {
  if (!text.includes('&')) return text
  let isKnown = true
  const decoded = text.replace(REFERENCES, (whole, name?: string, code?: string) => {
    if (name !== undefined) return NAMED[name] as string
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16))
    isKnown = false
    return whole
  })
  return isKnown ? decoded : undefined
}
