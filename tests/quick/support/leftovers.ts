// What is left in cleaned HTML that has no place there, as two parsers that have nothing in common find it.
import type { Element } from 'hast'
import { fromHtml } from 'hast-util-from-html'
import { Parser } from 'htmlparser2'
import { visit } from 'unist-util-visit'

const ELEMENTS = new Set(
  (
    'a abbr audio b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em ' +
    'figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p picture pre q rp rt ruby s ' +
    'samp section small source span strike strong sub summary sup table tbody td tfoot th thead ' +
    'time tr track tt u ul var video wbr'
  ).split(' '),
)
const ATTRIBUTES = new Set(
  (
    'align alt cite class colspan controls datetime dir height href hreflang id kind label lang ' +
    'media open poster rel reversed rowspan scope sizes span src srclang srcset start title type ' +
    'value width'
  ).split(' '),
)
const ADDRESSES = ['cite', 'href', 'poster', 'src']
const SCHEMES = ['http:', 'https:', 'mailto:', 'tel:']

/** A start tag, or what is neither a tag nor text. */
interface Found {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
}

/** The addresses of a `srcset`, as HTML §4.8.4.2.1 reads it. */
function candidates(srcset: string): string[] {
  const urls: string[] = []
  let rest = srcset.replace(/^[\s,]+/, '')
  while (rest !== '') {
    const url = /^\S+/.exec(rest)?.[0] ?? ''
    rest = rest.slice(url.length)
    urls.push(url.replace(/,+$/, ''))
    if (!url.endsWith(',')) rest = rest.replace(/^[^,]*/, '')
    rest = rest.replace(/^[\s,]+/, '')
  }
  return urls
}

/** Every address of an element. */
export function addressesOf(node: Element): string[] {
  return addressesIn(attributesOf(node))
}

function addressesIn(attributes: Found['attributes']): string[] {
  const single = ADDRESSES.map((name) => attributes.get(name))
  return [
    ...single.filter((address) => address !== undefined),
    ...candidates(attributes.get('srcset') ?? ''),
  ]
}

function attributesOf({ properties }: Element): Map<string, string> {
  return new Map(
    Object.entries(properties).map(([name, value]) => [
      name === 'className' ? 'class' : name.toLowerCase(),
      [value].flat().join(' '),
    ]),
  )
}

/** As the HTML standard has it, and so browsers: as a part of a page, or as a page. */
function byStandard(html: string, fragment: boolean): Found[] {
  const found: Found[] = []
  visit(fromHtml(html, { fragment }), (node) => {
    const isFrame = !fragment && node.type === 'element' && /^(html|head|body)$/.test(node.tagName)
    if (node.type === 'root' || node.type === 'text' || isFrame) return
    found.push(
      node.type === 'element'
        ? { name: node.tagName, attributes: attributesOf(node) }
        : { name: node.type, attributes: new Map() },
    )
  })
  return found
}

/** Tag by tag and forgiving, as programs read HTML that know no better. */
function byTags(html: string): Found[] {
  const found: Found[] = []
  const add = (name: string) => found.push({ name, attributes: new Map() })
  const parser = new Parser({
    onopentag: (name, attributes) =>
      found.push({ name, attributes: new Map(Object.entries(attributes)) }),
    oncomment: () => add('comment'),
    oncdatastart: () => add('cdata'),
    onprocessinginstruction: () => add('instruction'),
  })
  parser.end(html)
  return found
}

/** What anybody would find in the HTML that has no place in a feed. */
export function leftovers(html: string): string[] {
  return [byStandard(html, true), byStandard(html, false), byTags(html)].flatMap(misplaced)
}

function misplaced(found: readonly Found[]): string[] {
  const ids = found.flatMap(({ attributes }) => attributes.get('id') ?? [])
  return [
    ...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `two #${id}`),
    ...found.flatMap(({ name, attributes }) => [
      ...(ELEMENTS.has(name) ? [] : [`<${name}>`]),
      ...[...attributes.keys()]
        .filter((attribute) => !ATTRIBUTES.has(attribute))
        .map((attribute) => `${name} ${attribute}`),
      ...addressesIn(attributes)
        .filter((address) => !URL.canParse(address) || !SCHEMES.includes(new URL(address).protocol))
        .map((address) => `${name} → ${address}`),
    ]),
  ]
}
