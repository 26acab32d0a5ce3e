// Mistakes in texts, each written with a ‸ where it is to be told.
import { type Problem, printProblem } from '../../../src/content/problem.ts'

const MARK = '‸'

export function withoutMark(text: string): string {
  return text.replace(MARK, '')
}

/** What is told of a file at the place of its mark: the field, a colon and the sentence. */
export function toldAt(text: string, file: string, problems: readonly Problem[]): string {
  const lines = text.slice(0, text.indexOf(MARK)).split('\n')
  const [line, column] = [lines.length, (lines.at(-1) ?? '').length + 1]
  const there = problems.filter(
    (one) => one.file === file && one.line === line && one.column === column,
  )
  if (there.length > 0)
    return there.map(({ field = '', sentence }) => `${field}: ${sentence}`).join('\n')
  return `nothing at ${line}:${column}, but ${problems.map(printProblem).join('\n')}`
}
