// A problem: what is wrong with a file, in words that help whoever wrote it to mend it.

/** An error leaves something out of the feeds; a warning doesn't; a note asks for nothing. */
type Severity = 'error' | 'warning' | 'note'

/** The kinds of problems: how bad each is, and what it is called where many are counted. */
export const PROBLEM_KINDS = {
  unreadable: ['error', 'files and folders that cannot be read'],
  'wrong-value': ['error', 'fields with a wrong value'],
  misspelt: ['error', 'misspelt fields that decide what is published'],
  undated: ['error', 'articles without a date'],
  'no-id': ['error', 'records among others that need an id'],
  'same-id': ['error', 'articles that share an id'],
  'same-slug': ['error', 'articles that share a page'],
  'no-address': ['error', 'names that cannot stand in an address'],
  'no-words': ['error', 'articles without a title, a summary or a text'],
  'failed-feed': ['error', 'feeds that cannot be made'],
  'no-url': ['warning', 'publications without an address of their own'],
  'no-authority': ['warning', 'publications without an authority for their ids'],
  'weak-id': ['warning', 'ids that depend on the name of a file'],
  'near-terms': ['warning', 'terms almost the same as another'],
  'joined-tags': ['warning', 'tags that look like several'],
  scheduled: ['warning', 'articles whose date is still to come'],
  'future-update': ['warning', 'articles changed in the future'],
  'no-text': ['warning', 'articles without a text, a picture or a recording'],
  'unsized-picture': ['warning', 'pictures that do not say how large they are'],
  'dead-link': ['warning', 'relative links that lead nowhere'],
  'same-address': ['warning', 'articles at the address of another'],
  'stray-host': ['warning', 'addresses on a wrong host'],
  'left-alone': ['warning', 'files left alone'],
  'undated-draft': ['note', 'drafts without a date'],
  'no-article': ['note', 'pages of the site that are no articles'],
  'unread-configuration': ['warning', "configurations of the site's generator that cannot be read"],
  'unknown-term': ['warning', 'terms of named feeds under which nothing is published'],
  'unfilled-address': ['warning', 'addresses that cannot be made of their pattern'],
  untitled: ['warning', 'articles whose title is made from their text'],
  'early-update': ['warning', 'articles changed before they were published'],
  'early-expiry': ['warning', 'articles that expire before they are published'],
  'missing-file': ['warning', 'pictures and recordings that are not there'],
  'untyped-recording': ['warning', 'recordings of an unknown type'],
  'template-code': ['warning', 'bodies with template code that is left out'],
  'unfit-body': ['warning', 'bodies too long or too deep to show whole'],
  'unread-value': ['warning', 'fields of a theme with a value that is left alone'],
  'unknown-field': ['warning', 'fields that nothing reads'],
} as const satisfies Record<string, readonly [Severity, string]>

export type ProblemKind = keyof typeof PROBLEM_KINDS

export interface Problem {
  readonly kind: ProblemKind
  readonly severity: Severity
  /** Path under the content folder. */
  readonly file: string
  /** From 1. */
  readonly line?: number
  readonly column?: number
  /** Words to look for in the file, where the place isn't known more exactly. */
  readonly spot?: string
  /** `pictures[0].width` */
  readonly field?: string
  readonly sentence: string
}

export function problem(kind: ProblemKind, told: Omit<Problem, 'kind' | 'severity'>): Problem {
  return { kind, severity: PROBLEM_KINDS[kind][0], ...told }
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
