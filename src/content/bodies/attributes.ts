// Lists of attributes as kramdown and Goldmark read them, `{: .note}` and `{#quay}`: what they say of looks is left out.
import type { MarkdownIt, Token } from 'markdown-it'

interface Attributes {
  readonly id: string | undefined
  readonly width: string | undefined
  readonly height: string | undefined
  /** Words without a sign, such as `toc`. */
  readonly words: ReadonlySet<string>
}

/** Characters; what is longer is text. */
const LONGEST = 500

const ITEM =
  /\s*(?:#([^\s#.={}"']+)|\.([\p{L}_-][\p{L}\w:/-]*)|([\w:-]+)=("[^"]*"|'[^']*'|[^\s"'=]+)|([\w-]+))(?=\s|$|[#.])/uy

/**
 * Reads a list in braces, `{: width="700" .left}` or `{#quay .wide}`; nothing of other text. Only kramdown's, which begins
 * with a colon, may hold words or begin with a value.
 */
function readAttributes(written: string): Attributes | undefined {
  const [, colon, inside = ''] = /^\{(:?)([^{}\n]*)\}$/.exec(written) ?? []
  const isKramdown = colon === ':'
  if (written.length > LONGEST || !(isKramdown || /^[#.]/.test(inside))) return undefined
  const named = new Map<string, string>()
  const words = new Set<string>()
  let id: string | undefined
  const list = inside.trim()
  for (ITEM.lastIndex = 0; ITEM.lastIndex < list.length; ) {
    const item = ITEM.exec(list)
    if (item === null) return undefined
    const [, name, , key, value = '', word] = item
    if (name !== undefined) id = name
    if (key !== undefined) named.set(key, value.replace(/^["']|["']$/g, ''))
    if (word !== undefined) words.add(word)
  }
  if (words.size > 0 && !isKramdown) return undefined
  const pixels = (key: string) => /^(\d{1,5})(?:px)?$/.exec(named.get(key) ?? '')?.[1]
  return { words, id, width: pixels('width'), height: pixels('height') }
}

/** A list that a text ends with, and what stands before it. */
function listBehind(text: string): readonly [before: string, Attributes] | undefined {
  const end = text.trimEnd()
  const start = end.endsWith('}') ? end.lastIndexOf('{') : -1
  const list = start < 0 ? undefined : readAttributes(end.slice(start))
  return list && [end.slice(0, start), list]
}

/** A list that a text begins with, and what follows. */
function listBefore(text: string): readonly [Attributes, after: string] | undefined {
  const end = text.startsWith('{') ? text.indexOf('}') + 1 : 0
  const list = end === 0 ? undefined : readAttributes(text.slice(0, end))
  return list && [list, text.slice(end)]
}

/**
 * Takes lists of attributes out of what is parsed with `attributes` in its environment: a heading has the id that its
 * list gives, a picture its size, and a list with `{:toc}` goes, which only its generator can fill.
 */
export function attributeLists(markdown: MarkdownIt): void {
  markdown.core.ruler.after('inline', 'attributes', (state) => {
    if (state.env.attributes !== true || !/\{[:#.]/.test(state.src)) return
    const { tokens } = state
    const gone = new Set<Token>()
    const around: Token[] = []
    for (const [at, token] of tokens.entries()) {
      if (token.nesting === 1) around.push(token)
      else if (token.nesting === -1) around.pop()
      else if (token.type === 'html_block') token.content = withoutLast(token.content)
      else if (token.type === 'inline') takeOfBlock(tokens, at, around, gone)
    }
    if (gone.size > 0) state.tokens = without(tokens, gone)
  })
}

/**
 * Takes the lists of a heading, a paragraph, a term or a cell.
 * @param around the tokens that are open there.
 * @param gone the opening tokens of what is to go.
 */
function takeOfBlock(
  tokens: readonly Token[],
  at: number,
  around: readonly Token[],
  gone: Set<Token>,
): void {
  const [opening, token] = [tokens[at - 1], tokens[at]]
  if (opening === undefined || token === undefined) return
  if (opening.type === 'heading_open') takeOfHeading(opening, token)
  takeBehindSpans(token)
  if (opening.type === 'td_open') dropRow(tokens, at, gone)
  if (!/^(?:paragraph|dt)_open$/.test(opening.type)) return
  const found = takeLines(token)
  if (token.children?.length === 0) {
    gone.add(opening)
    nameHeading(tokens, at - 2, found)
  }
  const list = around.findLast(({ type }) => /^(bullet|ordered)_list_open$/.test(type))
  if (list !== undefined && found.some(({ words }) => words.has('toc'))) gone.add(list)
}

/** `![](a.png){: width="700"}`, `[a](b){:target="_blank"}`. */
function takeBehindSpans({ children }: Token): void {
  for (const [at, token] of (children ?? []).entries()) {
    const before = children?.[at - 1]
    if (token.type !== 'text' || before === undefined || !mayHaveList(before)) continue
    let found = listBefore(token.content)
    while (found !== undefined) {
      const [{ width, height }, after] = found
      if (before.type === 'image' && width !== undefined) before.attrSet('width', width)
      if (before.type === 'image' && height !== undefined) before.attrSet('height', height)
      token.content = after
      found = listBefore(after)
    }
  }
}

/** Whether a list behind a token is about it; behind one that only opens, such as `**` or `<code>`, it is text. */
function mayHaveList({ type, nesting, content }: Token): boolean {
  if (type === 'html_inline') return /^<(?:\/|img\b)/i.test(content)
  return nesting < 1 && !/^(?:text|.*break)$/.test(type)
}

function takeOfHeading(opening: Token, { children }: Token): void {
  const last = children?.at(-1)
  const found = last?.type === 'text' ? listBehind(last.content) : undefined
  if (last === undefined || found === undefined) return
  const [before, { id }] = found
  last.content = before.trimEnd()
  if (id !== undefined) opening.attrSet('id', id)
}

/** A list that stands below a heading, in a line of its own, names it. */
function nameHeading(tokens: readonly Token[], at: number, lists: readonly Attributes[]): void {
  const id = lists.find((list) => list.id !== undefined)?.id
  const opening = tokens[at - 2]
  if (id !== undefined && tokens[at]?.type === 'heading_close') opening?.attrSet('id', id)
}

/** Takes out the lines of a paragraph that are lists alone, and a list that stands before its words. */
function takeLines(token: Token): Attributes[] {
  const found: Attributes[] = []
  const lines: Token[][] = [[]]
  for (const child of token.children ?? []) {
    if (/^(?:soft|hard)break$/.test(child.type)) lines.push([child])
    else lines.at(-1)?.push(child)
  }
  // A formula has braces of its own.
  if (token.content.includes('$$')) return found
  const left = lines.filter((line) => {
    const [first, ...more] = line.filter(({ type }) => !type.endsWith('break'))
    const list = first?.type === 'text' ? listBefore(first.content.trim()) : undefined
    if (first === undefined || list === undefined) return true
    const [attributes, after] = list
    if (after === '' && more.length === 0) {
      found.push(attributes)
      return false
    }
    if (first.content.startsWith('{:') && /^\s/.test(after)) first.content = after.trimStart()
    return true
  })
  const children = left.flat()
  token.children = children[0]?.type.endsWith('break') ? children.slice(1) : children
  return found
}

/** The HTML of a block without the lists in lines below it. */
function withoutLast(html: string): string {
  const lines = html.trimEnd().split('\n')
  while (readAttributes(lines.at(-1)?.trim() ?? '') !== undefined) lines.pop()
  return `${lines.join('\n')}\n`
}

/** A list below a table is a row of it to Markdown. */
function dropRow(tokens: readonly Token[], at: number, gone: Set<Token>): void {
  const row = tokens[at - 2]
  if (row?.type !== 'tr_open' || readAttributes(tokens[at]?.content.trim() ?? '') === undefined)
    return
  for (let cell = at + 3; tokens[cell]?.type === 'inline'; cell += 3)
    if (tokens[cell]?.content !== '') return
  gone.add(row)
}

/** The tokens without those in `gone`, which open something, and all that these hold. */
function without(tokens: readonly Token[], gone: ReadonlySet<Token>): Token[] {
  let closes: number | undefined
  return tokens.filter((token) => {
    if (closes === undefined && gone.has(token)) {
      closes = token.level
      return false
    }
    if (closes === undefined) return true
    if (token.nesting === -1 && token.level === closes) closes = undefined
    return false
  })
}
