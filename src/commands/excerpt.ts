// The part of a line around a spot that fits a terminal, and where the caret under it stands.
import stringWidth from 'string-width'
import { visible } from './visible.ts'

export interface Excerpt {
  readonly text: string
  /** Cells of the terminal before the spot. */
  readonly before: number
}

/** UTF-16 units that are looked at on either side of a spot for each cell to fill. */
const REACH = 4
const CUT = '…'

/**
 * @param column of the spot, from 1, in UTF-16 units.
 * @param cells that the excerpt may fill.
 */
export function excerptOf(line: string, column: number, cells: number): Excerpt {
  const at = Math.min(Math.max(column - 1, 0), line.length)
  const from = Math.max(0, at - cells * REACH)
  const to = Math.min(line.length, at + cells * REACH)
  const left = signs(line.slice(from, at))
  const right = signs(line.slice(at, to))
  const roomLeft = Math.max(Math.floor((cells * 2) / 3), cells - widthOf(right)) - 2
  const shownLeft = fitting(left.toReversed(), roomLeft).toReversed()
  const isCutLeft = from > 0 || shownLeft.length < left.length
  const start = (isCutLeft ? CUT : '') + shownLeft.join('')
  const before = widthOf(shownLeft) + (isCutLeft ? CUT.length : 0)
  const shownRight = fitting(right, cells - before - 1)
  const isCutRight = to < line.length || shownRight.length < right.length
  return { text: start + shownRight.join('') + (isCutRight ? CUT : ''), before }
}

/** Characters of one cell and one UTF-16 unit each, of which most lines consist. */
const PLAIN = /^[ -~]*$/
const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** What people see as one sign each. */
function signs(text: string): string[] {
  const shown = visible(text.replaceAll('\t', '  '))
  if (PLAIN.test(shown)) return shown.split('')
  return Array.from(segmenter.segment(shown), ({ segment }) => segment)
}

/** The first of the signs, as many as fit. */
function fitting(signs: readonly string[], cells: number): string[] {
  let filled = 0
  const end = signs.findIndex((sign) => {
    filled += cellsOf(sign)
    return filled > cells
  })
  return end < 0 ? [...signs] : signs.slice(0, end)
}

function widthOf(signs: readonly string[]): number {
  return signs.reduce((sum, sign) => sum + cellsOf(sign), 0)
}

function cellsOf(sign: string): number {
  return PLAIN.test(sign) ? sign.length : stringWidth(sign)
}
