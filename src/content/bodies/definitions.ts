// Definition lists as Goldmark and kramdown read them: a line that begins with a colon says what the lines above it mean.
import type { MarkdownIt, StateBlock, Token } from 'markdown-it'

/** Read with `definitions` in the environment. */
export function definitionLists(markdown: MarkdownIt): void {
  markdown.block.ruler.before('table', 'definition', definition, {
    alt: ['paragraph', 'blockquote'],
  })
}

function definition(state: StateBlock, line: number, end: number, isSilent: boolean): boolean {
  if (state.env.definitions !== true) return false
  const words = wordsBehindColon(state, line)
  if (words === undefined) return false
  if (isSilent) return endsWhatIsAbove(state, line)
  const isTight = !state.isEmpty(line - 1)
  if (!openList(state)) return false
  state.push('dd_open', 'dd', 1)
  const first = state.tokens.length
  readInside(state, line, end, words)
  if (isTight) hideParagraph(state.tokens, first)
  state.push('dd_close', 'dd', -1)
  state.push('dl_close', 'dl', -1)
  return true
}

/** Whether what stands above a definition ends there; below a quotation or an item that isn't in a definition it is text. */
function endsWhatIsAbove(state: StateBlock, line: number): boolean {
  const isLazy = state.parentType === 'blockquote' || at(state.sCount, line) < state.blkIndent
  return state.env.isInDefinition === true || !isLazy
}

/** Where the words of a definition begin, if the line has a colon and white space. */
function wordsBehindColon(state: StateBlock, line: number): number | undefined {
  const { src, blkIndent } = state
  const colon = at(state.bMarks, line) + at(state.tShift, line)
  if (src[colon] !== ':' || at(state.sCount, line) - blkIndent >= 4) return undefined
  const words = state.skipSpaces(colon + 1)
  return words > colon + 1 ? words : undefined
}

/**
 * Begins a list, or goes on with the one that ends here; the lines of a paragraph that ends here are terms.
 * @returns whether there is anything that is defined.
 */
function openList(state: StateBlock): boolean {
  const { tokens } = state
  const terms = tokens.at(-1)?.type === 'paragraph_close' ? tokens.splice(-3)[1] : undefined
  if (tokens.at(-1)?.type === 'dl_close') {
    tokens.pop()
    state.level += 1
  } else if (terms === undefined) return false
  else state.push('dl_open', 'dl', 1)
  if (terms === undefined) return true
  for (const term of terms.content.split('\n')) {
    state.push('dt_open', 'dt', 1)
    const inline = state.push('inline', '', 0)
    Object.assign(inline, { content: term.trim(), map: terms.map, children: [] })
    state.push('dt_close', 'dt', -1)
  }
  return true
}

/** Reads the blocks of a definition, which go on as long as lines are indented as its words are. */
function readInside(state: StateBlock, line: number, end: number, words: number): void {
  const { env, blkIndent, parentType, tight, bMarks, tShift, sCount, src } = state
  const { isInDefinition } = env
  const [shift, indent] = [at(tShift, line), at(sCount, line)]
  let column = indent
  for (let next = at(bMarks, line) + shift; next < words; next++)
    column += src[next] === '\t' ? 4 - ((column + at(state.bsCount, line)) % 4) : 1
  Object.assign(state, { blkIndent: column, parentType: 'definition', tight: true })
  tShift[line] = words - at(bMarks, line)
  sCount[line] = column
  env.isInDefinition = true
  state.md.block.tokenize(state, line, end)
  env.isInDefinition = isInDefinition
  Object.assign(state, { blkIndent, parentType, tight })
  tShift[line] = shift
  sCount[line] = indent
}

/** A definition that stands right below what it defines begins with words, and no paragraph. */
function hideParagraph(tokens: readonly Token[], first: number): void {
  const [opening, , closing] = tokens.slice(first, first + 3)
  if (opening?.type !== 'paragraph_open' || closing === undefined) return
  opening.hidden = true
  closing.hidden = true
}

function at(numbers: readonly number[], line: number): number {
  return numbers[line] as number
}
