// Where a body has code, which is shown as it is whatever signs stand in it.
import MarkdownIt from 'markdown-it'
import { type BodySource, HABITS, isMarkdown } from '../bodies/body.ts'
import { definitionLists } from '../bodies/definitions.ts'

/** Offsets; the end is the first one behind. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** Tells whether an offset lies in a range; offsets must be asked for in rising order. */
export function within(ranges: readonly Range[]): (offset: number) => boolean {
  const sorted = ranges.toSorted((a, b) => a.start - b.start)
  let next = 0
  let end = 0
  return (offset) => {
    for (; next < sorted.length && (sorted[next] as Range).start <= offset; next++)
      end = Math.max(end, (sorted[next] as Range).end)
    return offset < end
  }
}

/** What tells of an offset, likewise, where it lies. */
interface Parts {
  /** In code: fences and indented blocks of Markdown by its parser, spans by their backticks, and elements of HTML. */
  readonly isInCode: (offset: number) => boolean
  /** In a block of HTML that a blank line of Markdown would end. */
  readonly isInHtml: (offset: number) => boolean
}

export function partsOf(form: BodySource['form'], source: string): Parts {
  const offset = lineOffsets(source)
  const code = codeInHtml(source)
  const html: Range[] = []
  const blocks = isMarkdown(form) ? markdown.parse(source, { ...HABITS[form] }) : []
  for (const { type, map } of blocks) {
    if (map === null) continue
    const [start, end] = [offset(map[0]), offset(map[1])]
    if (type === 'html_block') html.push({ start, end })
    if (type === 'fence' || type === 'code_block') code.push({ start, end })
    else if (type === 'inline' || type === 'html_block') code.push(...spans(source, start, end))
  }
  return { isInCode: within(code), isInHtml: within(html) }
}

const markdown = new MarkdownIt({ html: true }).use(definitionLists)

/** Markdown whose HTML has `<code>` where its author wrote backticks, which Markdown doesn't read there. */
export function withCodeMarked(source: string): string {
  const offset = lineOffsets(source)
  const isInCode = within(codeInHtml(source))
  let marked = ''
  let at = 0
  for (const { type, map } of markdown.parse(source, {})) {
    if (type !== 'html_block' || map === null) continue
    for (const { start, end } of spans(source, offset(map[0]), offset(map[1]))) {
      if (!/\{[{%]/.test(source.slice(start, end)) || isInCode(start)) continue
      const code = source.slice(start, end).replace(/^`+|`+$/g, '')
      marked += `${source.slice(at, start)}<code>${code}</code>`
      at = end
    }
  }
  return marked + source.slice(at)
}

function lineOffsets(source: string): (line: number) => number {
  const lines = [0]
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) lines.push(at + 1)
  return (line) => lines[line] ?? source.length
}

/** Code spans (CommonMark §6.1): from a run of backticks to the next run as long. */
function spans(source: string, start: number, end: number): Range[] {
  const found: Range[] = []
  const open = new Map<number, number>()
  for (const { 0: run, index } of source.slice(start, end).matchAll(/`+/g)) {
    const opened = open.get(run.length)
    if (opened === undefined) open.set(run.length, index)
    else {
      found.push({ start: start + opened, end: start + index + run.length })
      open.clear()
    }
  }
  return found
}

const CODE_TAG = /<(\/?)(pre|code|script|style|textarea)/gi

/** Where HTML has code, or what is no text: from each opening tag to the next closing one of its name. */
function codeInHtml(source: string): Range[] {
  const found: Range[] = []
  const open = new Map<string, number>()
  for (const { 1: slash, 2: written = '', index } of source.matchAll(CODE_TAG)) {
    const name = written.toLowerCase()
    const start = open.get(name)
    if (slash === '') open.set(name, start ?? index)
    else if (start !== undefined) {
      found.push({ start, end: index })
      open.delete(name)
    }
  }
  return found
}
