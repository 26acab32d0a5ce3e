// What stands between lines of `:::`, as in Docusaurus, VuePress, VitePress and Zenn: notes, and what is only laid out.
import type { MarkdownIt, StateBlock } from 'markdown-it'
import { partition } from '../../domain/postings.ts'

/** `:::tip`, `::: tip Title`, `:::tip[Title]{#quay}`: what follows the name is looked at without the attributes. */
const OPENING = /^(:{3,})[ \t]*([a-z][\w-]*)(.*)$/i
const ATTRIBUTES = /\{[^{}]*\}$/
const TITLE = /^(?:\[(.*)\]|[ \t]+([^{\s].*))?$/
const CLOSING = /^(:{3,})[ \t]*$/
/** Ends that are looked at for one beginning; shorter ones are those of others inside. */
const MOST_ENDS = 100
/** Columns that an end may be indented by; with more it is code. */
const MOST_INDENT = 3

/** Containers that stand beside the text; what is in others is part of it. */
const NOTES =
  /^(?:abstract|alert|caution|danger|details|error|example|hint|important|info|message|note|question|quote|spoiler|success|tip|warning)$/i
/** Zenn's says nothing by its name, nor by what follows. */
const NAMELESS = /^message$/i

/** A note is a quotation that begins with its title in bold, as an alert of GitHub's is. */
export function containers(markdown: MarkdownIt): void {
  markdown.block.ruler.before('fence', 'container', container, {
    alt: ['paragraph', 'reference', 'blockquote', 'list'],
  })
}

function container(state: StateBlock, line: number, last: number, isAsked: boolean): boolean {
  const from = (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0)
  if (state.src.charAt(from) !== ':') return false
  const [, colons = '', name = '', rest = ''] = OPENING.exec(lineOf(state, line)) ?? []
  const titles = TITLE.exec(rest.trimEnd().replace(ATTRIBUTES, '').trimEnd())
  if (name === '' || titles === null) return false
  const end = endOf(state, line, last, colons.length)
  if (end === undefined) return false
  if (isAsked) return true
  const isNote = NOTES.test(name)
  if (isNote) state.push('blockquote_open', 'blockquote', 1).map = [line, end]
  const [, inBrackets, behind] = titles
  const title = inBrackets ?? (NAMELESS.test(name) ? undefined : behind)
  if (isNote && (title !== undefined || !NAMELESS.test(name))) say(state, title ?? titled(name))
  const { lineMax, parentType } = state
  state.lineMax = end
  state.parentType = 'blockquote'
  state.line = line + 1
  state.md.block.tokenize(state, state.line, end)
  state.lineMax = lineMax
  state.parentType = parentType
  if (isNote) state.push('blockquote_close', 'blockquote', -1)
  // The item of a list that holds it may end before it does.
  if (state.line === end) state.line += 1
  return true
}

/** The line that ends it; nothing where none does: then it is text. */
function endOf(state: StateBlock, line: number, last: number, colons: number): number | undefined {
  const env = state.env as { ends?: readonly number[] }
  env.ends ??= linesOfEnds(state.src)
  const { ends } = env
  const first = partition(ends.length, (at) => (ends[at] as number) <= line)
  for (let at = first; at < Math.min(ends.length, first + MOST_ENDS); at++) {
    const end = ends[at] as number
    if (end >= last || indentOf(state, end) < 0) return undefined
    if (indentOf(state, end) > MOST_INDENT) continue
    const [, own = ''] = CLOSING.exec(lineOf(state, end)) ?? []
    if (own.length >= colons) return end
  }
  return undefined
}

/** Beyond what the item of a list has; negative where the line is none of its. */
function indentOf({ sCount, blkIndent }: StateBlock, line: number): number {
  return (sCount[line] ?? 0) - blkIndent
}

function linesOfEnds(source: string): number[] {
  return source.split('\n').flatMap((text, line) => (/^[\s>]*:{3,}\s*$/.test(text) ? [line] : []))
}

/** Without what it is indented by. */
function lineOf({ src, bMarks, tShift, eMarks }: StateBlock, line: number): string {
  return src.slice((bMarks[line] ?? 0) + (tShift[line] ?? 0), eMarks[line])
}

function say(state: StateBlock, title: string): void {
  state.push('paragraph_open', 'p', 1)
  Object.assign(state.push('inline', '', 0), {
    content: `<strong>${title}</strong>`,
    children: [],
  })
  state.push('paragraph_close', 'p', -1)
}

function titled(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1).toLowerCase()
}
