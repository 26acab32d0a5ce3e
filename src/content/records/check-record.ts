// Checks a parsed record against its schema: gives the record, or a plain sentence for each thing that is wrong with it.
import leven from 'leven'
import type { z } from 'zod'
import { isMap } from '../conventions/maps.ts'
import { type FieldPath, fieldName, type Problem, type ProblemKind, problem } from '../problem.ts'
import type { Located } from '../syntax/located.ts'
import { cleanValue } from '../syntax/text.ts'
import { inPlainWords } from './plain-words.ts'

/** Says what is wrong at a place in a record; `spot` is words to look for after that place. */
export type Report = (kind: ProblemKind, path: FieldPath, sentence: string, spot?: string) => void

/** Reports with file, line and column to a list; `at` is the record's own place in a file of several. */
export function reporter(
  file: string,
  { locate }: Pick<Located, 'locate'>,
  at: FieldPath = [],
): (problems: Problem[]) => Report {
  return (problems) => (kind, path, sentence, spot) => {
    const place = locate([...at, ...path])
    const told = { file, ...place, field: fieldName(path), sentence }
    problems.push(problem(kind, spot === undefined ? told : { ...told, spot }))
  }
}

/** The fields of a parsed value, as XML can carry them; where it is no map, that is reported. */
export function fieldsOf(value: unknown, report: Report): Record<string, unknown> | undefined {
  const cleaned = cleanValue(value)
  if (isMap(cleaned)) return cleaned
  report('wrong-value', [], 'should be a map of fields, such as "title: …".')
  return undefined
}

/** How many unknown fields of one record are named. */
const MOST_UNKNOWN = 20

type IsGrave = (meant: string, value: unknown) => boolean

/**
 * The record; nothing where it is wrong, and then each problem is reported. Unknown fields are warned of.
 * @param isGrave whether a misspelt field makes the record wrong, as `drat: true` must.
 * @param isSpare whether a field with a wrong value is only warned of, and left alone.
 */
export function checkRecord<T extends z.ZodType>(
  schema: T,
  given: Iterable<readonly [key: string, value: unknown]>,
  report: Report,
  isGrave: IsGrave,
  isSpare: (field: string) => boolean = () => false,
): z.infer<T> | undefined {
  const { fields, isLoose } = formOf(schema)
  const { known, isRight } = knownAmong(given, fields, report, isGrave)
  const quick = isLoose ? oneByOne(fields, known) : undefined
  if (quick !== undefined) return isRight ? (quick as z.infer<T>) : undefined
  const parsed = schema.safeParse(known, { error: inPlainWords })
  if (parsed.success) return isRight ? parsed.data : undefined
  const spared = reportIssues(parsed.error.issues, known, report, isSpare)
  if (!isRight || spared === undefined) return undefined
  for (const field of spared) delete known[field]
  return schema.parse(known)
}

/** The fields that the schema knows, and whether none that matters seems misspelt. */
function knownAmong(
  given: Iterable<readonly [key: string, value: unknown]>,
  fields: Form['fields'],
  report: Report,
  isGrave: IsGrave,
): { known: Record<string, unknown>; isRight: boolean } {
  const known: Record<string, unknown> = {}
  let isRight = true
  let unknown = 0
  for (const [key, value] of given) {
    const meant = fields.has(key) ? key : nearest(key, fields)
    if (meant === key) {
      // A key without a value says nothing, as an absent one does.
      if (value !== null) known[key] = value
    } else if (meant !== undefined && isGrave(meant, value)) {
      report('misspelt', [key], `is no field of a record; did you mean "${meant}"?`)
      isRight = false
    } else if (unknown++ < MOST_UNKNOWN) {
      const hint = meant === undefined ? '.' : `; did you mean "${meant}"?`
      report('unknown-field', [key], `is no field that Gazette knows, and is left alone${hint}`)
    }
  }
  if (unknown > MOST_UNKNOWN) {
    const more = unknown - MOST_UNKNOWN
    report('unknown-field', [], `has ${more} more fields that Gazette doesn't know.`)
  }
  return { known, isRight }
}

/** The fields to leave alone; nothing where another field is wrong. */
function reportIssues(
  issues: readonly z.core.$ZodIssue[],
  known: Readonly<Record<string, unknown>>,
  report: Report,
  isSpare: (field: string) => boolean,
): ReadonlySet<string> | undefined {
  const spared = new Set<string>()
  let isRight = true
  for (const issue of issues) {
    const path = pathOf(issue)
    const field = String(path[0] ?? '')
    const sentence = sentenceFor(issue, known)
    if (!isSpare(field)) {
      report('wrong-value', path, sentence)
      isRight = false
    } else if (!spared.has(field)) {
      report('unread-value', path, `${sentence} It is left alone.`)
      spared.add(field)
    }
  }
  return isRight ? spared : undefined
}

interface Form {
  readonly fields: ReadonlyMap<string, z.ZodType>
  /** Whether all fields are optional, and none depends on another. */
  readonly isLoose: boolean
}

/** Kept, since zod makes a schema's lists anew each time. */
const forms = new WeakMap<z.ZodType, Form>()

function formOf(schema: z.ZodType): Form {
  const known = forms.get(schema)
  if (known !== undefined) return known
  const { shape = {}, def } = schema as unknown as Partial<Pick<z.ZodObject, 'shape' | 'def'>>
  const fields = new Map(Object.entries(shape as Record<string, z.ZodType>))
  const isLoose =
    !def?.checks?.length && [...fields.values()].every((field) => field.type === 'optional')
  const form = { fields, isLoose }
  forms.set(schema, form)
  return form
}

/** The record where each field is right. It takes half the time: zod also judges absent fields, and most are absent. */
function oneByOne(
  fields: Form['fields'],
  known: Readonly<Record<string, unknown>>,
): Record<string, unknown> | undefined {
  const record: Record<string, unknown> = {}
  for (const key of Object.keys(known)) {
    const parsed = fields.get(key)?.safeParse(known[key])
    if (parsed?.success !== true) return undefined
    record[key] = parsed.data
  }
  return record
}

function nearest(key: string, fields: Form['fields']): string | undefined {
  return [...fields.keys()].find(
    (field) => leven(key.toLowerCase(), field, { maxDistance: 3 }) <= (field.length > 4 ? 2 : 1),
  )
}

function pathOf(issue: z.core.$ZodIssue): FieldPath {
  const path = issue.path.filter((key) => typeof key !== 'symbol')
  return issue.code === 'unrecognized_keys' ? [...path, issue.keys[0] ?? ''] : path
}

function sentenceFor(issue: z.core.$ZodIssue, record: unknown): string {
  if (issue.code === 'unrecognized_keys') return 'is no field that belongs here.'
  const found = pathOf(issue).reduce<unknown>(
    (value, key) =>
      value === null || typeof value !== 'object'
        ? undefined
        : (value as Record<string, unknown>)[key],
    record,
  )
  if (found === undefined) return 'is missing.'
  // Somebody may have written the token itself instead of its hash.
  if (issue.path.includes('tokens')) return `${issue.message}.`
  return `${issue.message}; found ${show(found)}.`
}

/** A value as a person would recognise it, shortened. */
function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}
