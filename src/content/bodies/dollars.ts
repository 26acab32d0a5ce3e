// Formulas between `$$`, as kramdown reads them: nothing in them is an escape, emphasis, a link or a list.
import type { MarkdownIt, StateBlock, StateInline } from 'markdown-it'

const SIGN = '$$'
/** Lines of a formula; a longer one is text that happens to hold the signs. */
const LONGEST = 200

/** They are read where `formulas` is among the habits. */
export function dollars(markdown: MarkdownIt): void {
  markdown.inline.ruler.before('escape', 'formula', readInLine)
  markdown.block.ruler.before('fence', 'formula', readLines)
}

function readInLine(state: StateInline, silent: boolean): boolean {
  const { env, pos, src } = state
  if (env.formulas !== true || !src.startsWith(SIGN, pos)) return false
  const end = src.indexOf(SIGN, pos + SIGN.length)
  if (end < 0) return false
  state.pos = end + SIGN.length
  if (!silent) state.push('text', '', 0).content = src.slice(pos, state.pos)
  return true
}

/** Lines that a formula begins and ends, with blank lines and what would be a list or a heading among them. */
function readLines(state: StateBlock, from: number, to: number, silent: boolean): boolean {
  const isCode = (state.sCount[from] ?? 0) - state.blkIndent >= 4
  if (state.env.formulas !== true || isCode) return false
  const end = Math.min(to, from + LONGEST)
  const textOf = (line: number) => state.getLines(line, line + 1, state.blkIndent, false).trim()
  const first = textOf(from)
  if (!first.startsWith(SIGN) || first.includes(SIGN, SIGN.length)) return false
  let last = from + 1
  while (last < end && !textOf(last).includes(SIGN)) last++
  if (last >= end || textOf(last).indexOf(SIGN) !== textOf(last).length - SIGN.length) return false
  if (silent) return true
  const map: [number, number] = [from, last + 1]
  state.line = last + 1
  state.push('paragraph_open', 'p', 1).map = map
  const content = state.getLines(from, last + 1, state.blkIndent, false).trim()
  Object.assign(state.push('inline', '', 0), { content, map, children: [] })
  state.push('paragraph_close', 'p', -1)
  return true
}
