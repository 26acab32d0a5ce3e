// Where problems are in their files: the place of the words that a problem speaks of, and the line around it.
import path from 'node:path'
import { readText } from '../content/folder/reading.ts'
import type { Problem } from '../content/problem.ts'
import { isLineFile } from '../content/records/origin.ts'
import { splitFrontMatter } from '../content/syntax/front-matter.ts'
import { eachLine } from '../content/syntax/lines.ts'
import { UnreadableSource } from '../content/syntax/source.ts'
import { grouped } from '../domain/grouped.ts'

/** Files that hold records and no bodies below them. */
const RECORDS_ALONE = /\.(json|ndjson|jsonl)$/i

/** The problems; those that speak of words in their file are placed at these words. */
export async function placeSpots(root: string, problems: readonly Problem[]): Promise<Problem[]> {
  const placed = new Map<Problem, Problem>()
  await eachText(
    root,
    problems.filter(({ spot }) => spot !== undefined),
    (text, above, found) => {
      const starts = lineStarts(text)
      for (const problem of found) placed.set(problem, place(problem, text, above, starts))
    },
  )
  return problems.map((problem) => placed.get(problem) ?? problem)
}

/** The line of each problem that has a place, where its file can be read. */
export async function sourceLines(
  root: string,
  problems: readonly Problem[],
): Promise<ReadonlyMap<Problem, string>> {
  const lines = new Map<Problem, string>()
  await eachText(
    root,
    problems.filter(({ line, column }) => line !== undefined && column !== undefined),
    (text, above, found) => {
      const starts = lineStarts(text)
      for (const problem of found) {
        const at = (problem.line ?? 0) - above
        const start = starts[at - 1]
        if (start === undefined) continue
        const end = starts[at] ?? text.length + 1
        lines.set(problem, text.slice(start, end - 1).replace(/\r$/, ''))
      }
    },
  )
  return lines
}

/**
 * Reads each file with problems once, and files of one record per line line by line. Files that can't be read are passed
 * over, since their problem says so already.
 * @param work is given a text, how many lines stand above it, and its problems.
 */
async function eachText(
  root: string,
  problems: readonly Problem[],
  work: (text: string, above: number, problems: readonly Problem[]) => void,
): Promise<void> {
  for (const [file, found] of grouped(problems, ({ file }) => file)) {
    if (isLineFile(file)) {
      const byLine = grouped(found, ({ line = 1 }) => line)
      await eachLine(path.join(root, file), (bytes, number) => {
        const here = byLine.get(number)
        if (here !== undefined && bytes !== undefined) work(bytes.toString(), number - 1, here)
      }).catch(() => {})
    } else {
      const text = readText(root, file, [])
      if (text !== undefined) work(text, 0, found)
    }
  }
}

/** Offsets at which the lines of a text begin. */
function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

/** Moves a problem from the place of its record to that of the words it speaks of. */
function place(problem: Problem, text: string, above: number, starts: readonly number[]): Problem {
  const { spot = '', line = 1, column = 1 } = problem
  const start = starts[line - above - 1] ?? 0
  const from = Math.max(start + column - 1, bodyOffset(problem.file, text))
  const found = writtenForms(spot)
    .map((words) => find(text, words, from))
    .filter((offset) => offset >= 0)
  if (found.length === 0) return problem
  const offset = Math.min(...found)
  const before = starts.findLastIndex((start) => start <= offset)
  return { ...problem, line: above + before + 1, column: offset - (starts[before] as number) + 1 }
}

/** Where the body of a file below front matter begins. */
function bodyOffset(file: string, text: string): number {
  if (RECORDS_ALONE.test(file)) return 0
  try {
    return text.length - splitFrontMatter(text).body.length
  } catch (error) {
    if (error instanceof UnreadableSource) return 0
    throw error
  }
}

/** The ways to write a reference: Markdown percent-encodes, JSON escapes quotes. */
function writtenForms(reference: string): string[] {
  const forms = [reference, JSON.stringify(reference).slice(1, -1)]
  try {
    forms.push(decodeURI(reference))
  } catch {
    // A `%` that encodes nothing is written as it is.
  }
  return [...new Set(forms)]
}

/** The offset of template code, or of a reference that is not part of a longer one; -1 where there is none. */
function find(text: string, words: string, from: number): number {
  for (let at = text.indexOf(words, from); at >= 0; at = text.indexOf(words, at + 1)) {
    const before = text[at - 1] ?? ' '
    const after = text[at + words.length] ?? ' '
    if (
      words.includes('://') ||
      /^[{<]/.test(words) ||
      (/[\s("'<=[\]:,]/.test(before) && /[\s)"'>\\,]/.test(after))
    )
      return at
  }
  return -1
}
