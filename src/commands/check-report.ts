// What `gazette check` prints for people: a summary to read in ten seconds, then each problem with its spot.
import { styleText } from 'node:util'
import { PROBLEM_KINDS, type Problem, type ProblemKind, printProblem } from '../content/problem.ts'
import { FEED_FORMATS } from '../domain/address.ts'
import { grouped } from '../domain/grouped.ts'
import { counted } from './counted.ts'
import { excerptOf } from './excerpt.ts'
import { visible } from './visible.ts'

export interface Checked {
  /** Of the publication; nothing where `site.yaml` is wrong. */
  readonly title: string | undefined
  readonly url: string | undefined
  readonly files: number
  readonly records: number
  /** Articles by where they stand in their life, and `leftOut`: records that became no article. */
  readonly articles: Readonly<Record<string, number>>
  /** By scheme. */
  readonly terms: Readonly<Record<string, number>>
  readonly feeds: number
  readonly problems: readonly Problem[]
}

export interface ProblemGroup {
  readonly kind: ProblemKind
  readonly severity: Problem['severity']
  readonly heading: string
  readonly problems: readonly Problem[]
}

export type Style = (format: Parameters<typeof styleText>[0], text: string) => string

/** Details of one kind that are printed without --all. */
const MOST_DETAILS = 20
/** Cells of an excerpt where the width of the terminal isn't known. */
const USUAL_CELLS = 100
/** The most cells of an excerpt. */
const MOST_CELLS = 160
const INDENT = '    '
/** Cells of the summary's first column. */
const LABEL = 10

const SEVERITIES = ['error', 'warning', 'note'] as const
const COLOURS = { error: 'red', warning: 'yellow', note: 'cyan' } as const
const HEADINGS = { error: 'Errors', warning: 'Warnings', note: 'Notes' } as const

/** Colours where they are wanted. `styleText` would judge that by the process's own output. */
export function styleFor(hasColours: boolean): Style {
  return (format, text) => (hasColours ? styleText(format, text, { validateStream: false }) : text)
}

/** The problems by kind: errors first, then in the order of the list of kinds. */
export function groupProblems(problems: readonly Problem[]): ProblemGroup[] {
  const byKind = grouped(problems, ({ kind }) => kind)
  const kinds = Object.keys(PROBLEM_KINDS) as ProblemKind[]
  return SEVERITIES.flatMap((severity) =>
    kinds.flatMap((kind): ProblemGroup[] => {
      const [itsSeverity, heading] = PROBLEM_KINDS[kind]
      const found = byKind.get(kind)
      return itsSeverity === severity && found !== undefined
        ? [{ kind, severity, heading, problems: found }]
        : []
    }),
  )
}

/** @param notes sentences that tell what was taken from a generator's configuration. */
export function printSummary(
  checked: Checked,
  groups: readonly ProblemGroup[],
  notes: readonly string[],
  style: Style,
): string[] {
  const { title, url, files, records, articles, terms, feeds } = checked
  const { leftOut = 0, ...lives } = articles
  const row = (label: string, text: string) => style('bold', label.padEnd(LABEL)) + text
  const states = listed(lives) || 'none'
  return [
    ...(title === undefined
      ? []
      : [`${style('bold', visible(`“${title}”`))} at ${visible(url ?? '')}`, '']),
    row('Articles', leftOut === 0 ? states : `${states}; ${counted(leftOut, 'record')} left out`),
    row('Files', `${files}, with ${counted(records, 'record')}`),
    row('Terms', listed(terms) || 'none'),
    row('Feeds', `${feeds}, each in ${FEED_FORMATS.length} formats`),
    ...notes.map((note) => visible(note)),
    ...SEVERITIES.flatMap((severity) => printCounts(severity, groups, style)),
  ]
}

function printCounts(
  severity: Problem['severity'],
  groups: readonly ProblemGroup[],
  style: Style,
): string[] {
  const found = groups.filter((group) => group.severity === severity)
  const total = found.reduce((sum, { problems }) => sum + problems.length, 0)
  if (total === 0 && severity === 'note') return []
  const label = style('bold', HEADINGS[severity].padEnd(LABEL))
  if (total === 0) return [`${label}none`]
  const width = String(total).length
  return [
    label + style(COLOURS[severity], String(total)),
    ...found.map(
      ({ heading, problems }) =>
        `${' '.repeat(LABEL)}${String(problems.length).padStart(width)}  ${heading}`,
    ),
  ]
}

/** A problem that is printed, and how many others of its kind say the same of other places. */
export interface ShownProblem {
  readonly problem: Problem
  readonly others: number
}

/**
 * The problems of a group that are printed: notes, which ask for no action, only with --all. Errors each have to be mended;
 * what a warning says of a hundred files is read once.
 */
export function shownOf(
  { severity, problems }: ProblemGroup,
  all: boolean,
): readonly ShownProblem[] {
  if (severity === 'note' && !all) return []
  const alike =
    severity === 'error' || all
      ? problems.map((one) => [one])
      : [...grouped(problems, ({ field, sentence }) => `${field} ${sentence}`).values()]
  return alike
    .slice(0, all ? Infinity : MOST_DETAILS)
    .map(([problem, ...others]) => ({ problem: problem as Problem, others: others.length }))
}

/**
 * The details of a group, each with the line that it is about and a caret below the spot.
 * @param lines of the files, by problem.
 * @param columns cells of the terminal, where there is one.
 */
export function printDetails(
  group: ProblemGroup,
  shown: readonly ShownProblem[],
  lines: ReadonlyMap<Problem, string>,
  style: Style,
  columns = USUAL_CELLS,
): string[] {
  const { severity, heading, problems } = group
  const cells = Math.min(Math.max(columns - INDENT.length, 20), MOST_CELLS)
  const rest = shown.reduce((left, { others }) => left - 1 - others, problems.length)
  if (shown.length === 0) return []
  return [
    '',
    style('bold', `${HEADINGS[severity]}: ${heading} (${problems.length})`),
    ...shown.flatMap(({ problem, others }) => [
      printColoured(problem, style),
      ...printExcerpt(problem, lines.get(problem), cells, style),
      ...(others === 0 ? [] : [`${INDENT}… and ${others} more like it (--all shows them)`]),
    ]),
    ...(rest === 0 ? [] : [`… and ${rest} more (--all shows them)`]),
  ]
}

function printColoured(problem: Problem, style: Style): string {
  const { severity } = problem
  const printed = visible(printProblem(problem))
  return printed.replace(`: ${severity}: `, `: ${style(COLOURS[severity], severity)}: `)
}

function printExcerpt(
  { column = 1, severity }: Problem,
  line: string | undefined,
  cells: number,
  style: Style,
): string[] {
  if (line === undefined || line.trim() === '') return []
  const { text, before } = excerptOf(line, column, cells)
  const caret = style(COLOURS[severity], '^')
  return [INDENT + style('dim', text), INDENT + ' '.repeat(before) + caret]
}

/** `3 tags, 1 section`: what there is of each, in the words of its key. */
function listed(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${count === 1 ? name.replace(/s$/, '') : name}`)
    .join(', ')
}
