// A problem: what is wrong with a file, said so that the person who wrote it can mend it.

export interface Problem {
  /** An error leaves the record out; a warning doesn't. */
  readonly severity: 'error' | 'warning'
  /** Path under the content folder. */
  readonly file: string
  /** From 1. */
  readonly line?: number
  readonly column?: number
  /** `pictures[0].width` */
  readonly field?: string
  readonly sentence: string
}

/** A field's place in a record, outermost key first. */
export type FieldPath = readonly (string | number)[]

/** `pictures[0].width` */
export function fieldName(path: FieldPath): string {
  return path.reduce<string>(
    (name, key) =>
      typeof key === 'number' ? `${name}[${key}]` : name === '' ? key : `${name}.${key}`,
    '',
  )
}

/** Problems in the order a person reads them: by file, then by line. */
export function inReadingOrder(problems: readonly Problem[]): Problem[] {
  return problems.toSorted(
    (a, b) =>
      compare(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  )
}

/** `news/fire.md:3:8: error: published: should be …` */
export function printProblem({ file, line, column, severity, field, sentence }: Problem): string {
  // A file's name may hold a line break.
  const name = file.replace(/\p{Cc}/gu, encodeURIComponent)
  const place = [name, line, column].filter((part) => part !== undefined).join(':')
  return [place, severity, field, sentence]
    .filter((part) => part !== undefined && part !== '')
    .join(': ')
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
