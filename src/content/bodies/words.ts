// The words of a tree, as people see them on a page: what `innerText` would be (HTML §3.2.7).
import type { Element, Root } from 'hast'
import { toText } from 'hast-util-to-text'

/*
 * `hast-util-to-text` knows all of HTML. Of the few elements that most bodies consist of, this tells the same in a quarter
 * of the time; a property test holds the two together.
 */

/** Line breaks that an element asks for around it. */
const BREAKS: Readonly<Record<string, 0 | 1 | 2>> = {
  ...{ a: 0, b: 0, br: 0, code: 0, del: 0, em: 0, i: 0, img: 0, s: 0, strong: 0, sup: 0, u: 0 },
  ...{ blockquote: 1, h1: 1, h2: 1, h3: 1, h4: 1, h5: 1, h6: 1, hr: 1, li: 1, ol: 1, pre: 1 },
  ...{ p: 2, ul: 1 },
}

export function wordsIn(tree: Root | Element): string {
  if (!isUsual(tree)) return toText(tree)
  const page = emptyPage()
  const breaks = tree.type === 'element' ? (BREAKS[tree.tagName] ?? 0) : 0
  const isPre = tree.type === 'element' && tree.tagName === 'pre'
  collect(tree, { isPre, before: breaks > 0, after: breaks > 0 }, page)
  return page.text()
}

function isUsual(node: Root | Element): boolean {
  return (
    (node.type === 'root' || Object.hasOwn(BREAKS, node.tagName)) &&
    node.children.every((child) => child.type !== 'element' || isUsual(child))
  )
}

interface Around {
  readonly isPre: boolean
  /** Whether a line begins before the first child, and ends after the last. */
  readonly before: boolean
  readonly after: boolean
}

function collect({ children }: Root | Element, around: Around, page: Page): void {
  children.forEach((child, at) => {
    if (child.type === 'text') {
      const next = children[at + 1]
      const isLineEnd = next ? next.type === 'element' && next.tagName === 'br' : around.after
      if (around.isPre) page.write(child.value)
      else writeLines(child.value, at === 0 && around.before, isLineEnd, page)
    } else if (child.type === 'element') {
      const { tagName } = child
      const breaks = BREAKS[tagName] ?? 0
      if (breaks > 0) page.breakLine(breaks)
      const isEnd = breaks > 0 || tagName === 'br'
      const isPre = around.isPre || tagName === 'pre'
      collect(child, { isPre, before: breaks > 0, after: isEnd }, page)
      if (tagName === 'br') page.write('\n')
      else if (breaks > 0) page.breakLine(breaks)
    }
  })
}

interface Page {
  readonly write: (text: string) => void
  /** The next text stands so many lines below; 0 for a space between. */
  readonly breakLine: (lines: number) => void
  readonly text: () => string
}

function emptyPage(): Page {
  let text = ''
  let waiting = -1
  return {
    write(more) {
      if (more === '') return
      if (waiting >= 0) text += '\n'.repeat(waiting) || ' '
      waiting = -1
      text += more
    },
    breakLine(lines) {
      if (text !== '' && lines > waiting) waiting = lines
    },
    text: () => text,
  }
}

const SPACES = /[\t ]+/g
const UNEVEN = /^[\t ]|[\t ]$|[\t\n]| {2}|[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/
const BIDI = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g
const ZERO_WIDTH_SPACE = '\u200B'

/** Text whose white space collapses (CSS Text §4.1). */
function writeLines(value: string, isBegun: boolean, isEnded: boolean, page: Page): void {
  if (value !== '' && !UNEVEN.test(value)) {
    page.write(value)
    return
  }
  const parts = value.split('\n')
  const last = parts.length - 1
  const lines = parts.map((line, at) =>
    collapse(line.replace(BIDI, ''), at > 0 || isBegun, at < last || isEnded),
  )
  let isJoined = false
  lines.forEach((line, at) => {
    if (line.endsWith(ZERO_WIDTH_SPACE) || lines[at + 1]?.startsWith(ZERO_WIDTH_SPACE)) {
      page.write(line)
      isJoined = false
    } else if (line !== '') {
      if (isJoined) page.breakLine(0)
      page.write(line)
      isJoined = true
    } else if (at === 0 || at === last) {
      page.breakLine(0)
    }
  })
}

function collapse(line: string, isBegun: boolean, isEnded: boolean): string {
  const collapsed = line.replace(SPACES, ' ')
  if (collapsed === ' ') return isBegun || isEnded ? '' : ' '
  const from = isBegun && collapsed.startsWith(' ') ? 1 : 0
  return collapsed.slice(from, isEnded && collapsed.endsWith(' ') ? -1 : undefined)
}
