// A body as Markdown that renders to the same words, links, pictures and structure; HTML where Markdown can't say it.
import type { Element, ElementContent, Root } from 'hast'
import { phrasing } from 'hast-util-phrasing'
import { toHtml } from 'hast-util-to-html'
import { type Handle, type State, toMdast } from 'hast-util-to-mdast'
import { toText } from 'hast-util-to-text'
import type { Html, Nodes, PhrasingContent, RootContent } from 'mdast'
import { gfmToMarkdown } from 'mdast-util-gfm'
import { toMarkdown as writeMarkdown } from 'mdast-util-to-markdown'
import { type BodySource, makeBody } from '../content/bodies/body.ts'
import { element, isBlank, isNamed, replace, visit } from '../content/bodies/elements.ts'
import { parse, UnfitBody } from '../content/bodies/tree.ts'
import { withoutTemplateCode } from '../content/conventions/template-code.ts'
import { count, type Tally } from './imported.ts'
import { tidy } from './words.ts'

/** Characters; the time to write Markdown grows faster than the text, so that a longer one is left as HTML. */
const LONGEST = 200_000
/** Tags; each costs up to a millisecond, and thousands make a table that no editor reads as Markdown. */
const MOST_TAGS = 5_000
/** Elements open at once; writing nested emphasis takes ever longer (80 take a second). */
const DEEPEST = 24

/** Elements that are dropped with all that is in them, as they say nothing to a reader. */
const DROPPED = /<(script|style|form|svg|math|canvas|noscript)\b/i

/**
 * The body as Markdown.
 * @param base what relative addresses start from; without one they lead nowhere, and are counted.
 * @throws UnfitBody where it would take too long to read.
 */
export function bodyMarkdown(body: BodySource, base: string | undefined, unplaced: Tally): string {
  let lost = 0
  const resolve = (reference: string) => {
    if (URL.canParse(reference, base)) return new URL(reference, base).href
    lost++
    return undefined
  }
  if (body.form === 'html') countDropped(body.source, unplaced)
  const { html } = makeBody(body, resolve)
  if (lost > 0) count(unplaced, 'relative address', lost)
  return html === '' ? '' : asMarkdown(html)
}

/** What cleaning will drop is counted. */
function countDropped(html: string, unplaced: Tally): void {
  if (!DROPPED.test(html)) return
  visit(parse(html), ({ tagName }) => {
    if (DROPPED.test(`<${tagName}`)) count(unplaced, `<${tagName}>`)
  })
}

/** The tree of HTML, unless it is deeper than what makes Markdown of it can follow. */
function shallowTree(html: string): Root | undefined {
  try {
    return parse(html, DEEPEST)
  } catch (error) {
    if (error instanceof UnfitBody) return undefined
    throw error
  }
}

function asMarkdown(html: string): string {
  const isLarge = html.length > LONGEST || html.split('<', MOST_TAGS).length === MOST_TAGS
  const tree = isLarge ? undefined : shallowTree(html)
  if (tree === undefined) return rawBlock(html)
  const wanted = digest(html)
  const { children } = tidied(tree)
  const whole = write((children as Element[]).flatMap(convert))
  if (rendersTo(whole, wanted)) return whole
  const mixed = write((children as Element[]).flatMap(convertOrKeep))
  return rendersTo(mixed, wanted) ? mixed : rawBlock(html)
}

/** A block as Markdown, or as HTML where Markdown would say something else. */
function convertOrKeep(block: Element): RootContent[] {
  const nodes = convert(block)
  if (rendersTo(write(nodes), digest(toHtml(block)))) return nodes
  return [keepHtml(block)]
}

function keepHtml(block: Element): Html {
  return { type: 'html', value: rawBlock(toHtml(block)) }
}

/** Blocks that Markdown has no form for. */
const UNSAYABLE = new Set(['audio', 'details', 'dl', 'figure', 'video'])

function convert(block: Element): RootContent[] {
  if (UNSAYABLE.has(block.tagName)) return [keepHtml(block)]
  const tree = toMdast({ type: 'root', children: [block] }, { handlers: HANDLERS })
  return tree.type === 'root' ? tree.children : [tree as RootContent]
}

function write(nodes: RootContent[]): string {
  return writeMarkdown({ type: 'root', children: nodes } as Nodes & { type: 'root' }, {
    extensions: [gfmToMarkdown({ tablePipeAlign: false })],
    bullet: '-',
    rule: '-',
    fences: true,
    listItemIndent: 'one',
    unsafe: [{ character: '{', after: TEMPLATE_SIGN }],
  })
}

/** What follows a brace that begins template code, which is left out when a record is read. */
const TEMPLATE_SIGN = '\\\\?[{%:#]'
const TEMPLATE_BRACE = new RegExp(`\\{(?=${TEMPLATE_SIGN})`, 'g')
/** Generators that between them read all kinds of template code; where none is known, much of it is left as it stands. */
const READERS = [undefined, 'eleventy'] as const
const SITE = { base: 'https://site.invalid/', title: '', siteTitle: '' }

/** HTML that Markdown leaves alone: a block that only a blank line ends (CommonMark §4.6), without blank lines. */
function rawBlock(html: string): string {
  const lines = html.replace(/\n(?=[ \t]*(?:\n|$))/g, '&#10;').replace(TEMPLATE_BRACE, '&#123;')
  return /^<(blockquote|details|div|dl|figure|h[1-6]|ol|p|section|table|ul)[\s>]/.test(lines)
    ? lines
    : `<div>\n${lines}\n</div>`
}

function rendersTo(markdown: string, wanted: string): boolean {
  const body = { form: 'markdown with attributes', source: markdown } as const
  const sources = READERS.map((reader) => withoutTemplateCode(body, reader, SITE).body.source)
  return [...new Set(sources)].every((source) => {
    const { html } = makeBody({ ...body, source }, (reference) =>
      URL.canParse(reference) ? new URL(reference).href : undefined,
    )
    return digest(html) === wanted
  })
}

/** Elements that Markdown adds or leaves out without a difference to a reader. */
const UNTOLD = new Set(['p', 'div', 'span', 'section', 'tbody', 'thead', 'tfoot', 'center', 'br'])
const SAME: Readonly<Record<string, string>> = { i: 'em', b: 'strong', strike: 's', del: 's' }
/** Attributes that a reader would miss. */
const TOLD = [
  ...['href', 'src', 'alt', 'title', 'cite', 'dateTime', 'dir', 'lang', 'align', 'colSpan'],
  ...['rowSpan', 'start', 'reversed', 'value', 'poster', 'open'],
]

/** What must be the same before and after: the words, and each element with what its attributes tell. */
function digest(html: string): string {
  const tree = tidied(parse(html))
  const told: string[] = []
  visit(tree, (node, parent) => {
    const { tagName, properties } = node
    const name = SAME[tagName] ?? tagName
    // A line break at a block's end breaks nothing.
    if (tagName === 'br' && parent.children.at(-1) !== node) told.push('br')
    const attributes = TOLD.filter((key) => ![undefined, '', false].includes(properties[key] as ''))
    if (UNTOLD.has(tagName) && attributes.length === 0) return
    told.push([name, ...attributes.map((key) => `${key}=${properties[key]}`)].join(' '))
  })
  return [tidy(toText(tree)) ?? '', ...told].join('\n')
}

/** The tree without elements that say nothing: empty emphasis, a link without an address, a figure without a caption. */
function tidied(tree: Root): Root {
  unnest(tree, [])
  replace(tree, (node) => {
    const isEmpty =
      /^(a|b|i|em|strong|span|p|del|s|sup|sub)$/.test(node.tagName) && saysNothing(node)
    const isBare = /^(a|span)$/.test(node.tagName) && Object.keys(node.properties).length === 0
    const hasCaption = node.children.some((child) => isNamed(child, /^figcaption$/))
    if (node.tagName === 'figure' && !hasCaption) {
      node.tagName = node.children.every(phrasing) ? 'p' : 'div'
    }
    if (isEmpty) return spaceOf(node)
    return isBare ? node.children : undefined
  })
  return { type: 'root', children: blocksOf(tree.children as ElementContent[]) }
}

/** Emphasis in emphasis of its kind adds nothing, and is what takes longest to write. */
function unnest(parent: Root | Element, open: readonly string[]): void {
  const children = parent.children as ElementContent[]
  for (let at = 0; at < children.length; at++) {
    const node = children[at] as ElementContent
    if (node.type !== 'element') continue
    const name = SAME[node.tagName] ?? node.tagName
    if (open.includes(name)) children.splice(at--, 1, ...node.children)
    else unnest(node, /^(em|strong|s)$/.test(name) ? [...open, name] : open)
  }
}

function saysNothing(node: Element): boolean {
  return node.children.every(
    (child) => isBlank(child) || (isNamed(child, /^span$/) && saysNothing(child)),
  )
}

function spaceOf(node: Element): ElementContent[] {
  return toHtml(node.children) === '' ? [] : [{ type: 'text', value: ' ' }]
}

/** The blocks at the top; a run of words and inline elements between blocks is a paragraph. */
function blocksOf(children: readonly ElementContent[]): Element[] {
  const blocks: Element[] = []
  let run: ElementContent[] | undefined
  for (const node of children) {
    if (phrasing(node)) {
      if (run === undefined) {
        run = []
        blocks.push(element('p', {}, run))
      }
      run.push(node)
    } else if (node.type === 'element') {
      run = undefined
      blocks.push(node)
    }
  }
  return blocks.filter((block) => toHtml(block.children).trim() !== '' || block.tagName !== 'p')
}

/** The tags of an inline element stay, and what is in it is Markdown. */
const keepTags: Handle = (state, node) => {
  const [open, close] = toHtml({ ...node, children: [{ type: 'text', value: '\0' }] }).split('\0')
  // Without a name it would be taken for a block, and break the line in a list or a quotation.
  const tag = (value = ''): Html => ({ type: 'html', value, data: { hName: 'span' } })
  return [tag(open), ...(state.all(node) as PhrasingContent[]), tag(close)]
}

/** Emphasis that begins or ends with a space or a sign reads otherwise beside letters (CommonMark §6.2). */
function emphasis(type: 'emphasis' | 'strong' | 'delete'): Handle {
  return (state: State, node, parent) => {
    const words = toText(node, { whitespace: 'pre' })
    const isPlain = !/^[\s\p{P}\p{S}]|[\s\p{P}\p{S}]$/u.test(words)
    if (!isPlain || Object.keys(node.properties).length > 0) return keepTags(state, node, parent)
    return { type, children: state.all(node) as PhrasingContent[] }
  }
}

const KEPT = [
  ...['abbr', 'bdi', 'bdo', 'cite', 'data', 'dfn', 'ins', 'kbd', 'mark', 'q', 'rp', 'rt', 'ruby'],
  ...['samp', 'small', 'sub', 'sup', 'time', 'tt', 'u', 'var', 'span'],
]
const HANDLERS: Readonly<Record<string, Handle>> = {
  ...Object.fromEntries(KEPT.map((name) => [name, keepTags])),
  em: emphasis('emphasis'),
  i: emphasis('emphasis'),
  strong: emphasis('strong'),
  b: emphasis('strong'),
  del: emphasis('delete'),
  s: emphasis('delete'),
  strike: emphasis('delete'),
}
