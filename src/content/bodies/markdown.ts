// Markdown as GitHub reads it: CommonMark with tables, strikethrough, bare links, task lists, footnotes and alerts; and the containers of those who write notes.
import type { Root } from 'hast'
import MarkdownIt from 'markdown-it'
import footnotes from 'markdown-it-footnote'
import { attributeLists } from './attributes.ts'
import { containers, titled } from './containers.ts'
import { definitionLists } from './definitions.ts'
import { dollars } from './dollars.ts'
import { markdownInside } from './markdown-inside.ts'
import { treeOf } from './markdown-tree.ts'
import { parse, UnfitBody } from './tree.ts'

/** Footnotes of a body: the plugin copies the whole body for each. */
const MOST_FOOTNOTES = 1_000
/** Characters of a bare address that begins with `www.`. */
const LONGEST_ADDRESS = 500

export const markdown = new MarkdownIt({ html: true, linkify: true })
  .use(footnotes)
  .use(attributeLists)
  .use(containers)
  .use(definitionLists)
  .use(dollars)
  .use(markdownInside)
// GitHub has no footnotes inside a line.
markdown.disable('footnote_inline')

markdown.linkify.add('www.', {
  validate(text, at, linkify) {
    // GFM §6.9: only after white space and what may stand before a word.
    if (!/^[\s*_~(]?$/.test(text.charAt(at - 'www.'.length - 1))) return 0
    const scheme = 'http:'
    const [rest = ''] = text.slice(at, at + LONGEST_ADDRESS).split(/\s/, 1)
    const address = `${scheme}//www.${rest}`
    const length = linkify.testSchemaAt(address, scheme, scheme.length)
    return Math.max(0, length - '//www.'.length)
  },
  normalize(match) {
    match.url = `http://${match.url}`
  },
})

export interface Habits {
  /** Whether there are lists of attributes. */
  readonly attributes?: boolean
  /** Whether there are formulas between `$$`. */
  readonly formulas?: boolean
  /** Whether a line ends where its author ended it. */
  readonly breaks?: boolean
  /** Whether there are lists of definitions. */
  readonly definitions?: boolean
}

markdown.core.ruler.after('inline', 'breaks', ({ env, tokens }) => {
  if (env.breaks !== true) return
  for (const { children } of tokens)
    for (const token of children ?? [])
      if (token.type === 'softbreak') Object.assign(token, { type: 'hardbreak', tag: 'br' })
})

/**
 * The tree as a browser has it, with raw HTML as it is: cleaning comes after.
 * @param habits how its generator reads Markdown beyond GitHub.
 * @throws UnfitBody
 */
export function readMarkdown(source: string, habits: Habits = {}): Root {
  if (source.includes('[^') && [...source.matchAll(/^[ \t>]*\[\^/gm)].length > MOST_FOOTNOTES) {
    throw new UnfitBody(`The body has more than ${MOST_FOOTNOTES} footnotes`)
  }
  const env = { ...habits }
  const tokens = markdown.parse(source, env)
  return treeOf(tokens, markdown) ?? parse(markdown.renderer.render(tokens, markdown.options, env))
}

/** A list item that begins with `[ ]` or `[x]`: readers drop form controls, so it begins with a sign instead. */
markdown.core.ruler.after('inline', 'task', ({ tokens }) => {
  tokens.forEach(({ type, children }, at) => {
    const first = children?.[0]
    const isBeginning =
      tokens[at - 2]?.type === 'list_item_open' && tokens[at - 1]?.type === 'paragraph_open'
    if (type !== 'inline' || first?.type !== 'text' || !isBeginning) return
    first.content = first.content.replace(/^\[([ xX])\](?=\s)/, (_, mark) => boxOf(mark !== ' '))
  })
})

/** A check box as a character. */
export function boxOf(isTicked: boolean): string {
  return isTicked ? '☑' : '☐'
}

const ALERT = /^\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*(?:\n|$)/i

/** A quotation that begins with `[!NOTE]` or its like alone in a line: the word in bold stands there instead. */
markdown.core.ruler.after('block', 'alert', (state) => {
  if (!state.src.includes('[!')) return
  state.tokens = state.tokens.flatMap((token, at, tokens) => {
    const isBeginning =
      tokens[at - 1]?.type === 'blockquote_open' && token.type === 'paragraph_open'
    const text = tokens[at + 1]
    const [marker, kind = ''] = (isBeginning && ALERT.exec(text?.content ?? '')) || []
    if (marker === undefined || text === undefined) return [token]
    text.content = text.content.slice(marker.length)
    const label = Object.assign(new state.Token('inline', '', 0), {
      content: `**${titled(kind)}**`,
      children: [],
    })
    // Where nothing follows in the paragraph, the label is all of it.
    if (text.content.trim() === '') {
      text.content = label.content
      return [token]
    }
    return [token, label, new state.Token('paragraph_close', 'p', -1), token]
  })
})
