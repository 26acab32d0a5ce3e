// What the names of a record can lead to among all that the tables know, found once for each set of names.
import { remembered } from '../../domain/remembered.ts'
import type { FieldPath } from '../problem.ts'
import { isMap, type Values } from './maps.ts'
import { GATES, IGNORED, NAMES, plainName, ROLES, SWITCHES } from './names.ts'

export type Field = keyof typeof NAMES

/** Values, and their keys by plain names; of several spellings the first counts. */
export interface Named {
  readonly keys: ReadonlyMap<string, string>
  readonly values: Values
}

function byPlainName(keys: readonly string[]): ReadonlyMap<string, string> {
  const named = new Map<string, string>()
  for (const key of keys) {
    const name = plainName(key)
    if (!named.has(name)) named.set(name, key)
  }
  return named
}

/** The plain names that a name of the tables leads through. */
type Steps = readonly [outer: string, inner?: string]

export function stepsOf(name: string): Steps {
  const [outer = '', ...inner] = name.split('.').map(plainName)
  return [outer, ...inner] as unknown as Steps
}

const FIELDS = (Object.keys(NAMES) as Field[]).map(
  (field) => [field, NAMES[field].map(stepsOf)] as const,
)
const CONTRIBUTORS = Object.entries(ROLES).map(([name, role]) => [stepsOf(name), role] as const)
const CLOSERS = Object.entries(GATES).map(([name, shuts]) => [name, stepsOf(name), shuts] as const)

const KNOWN: ReadonlySet<string> = new Set(
  [
    ...Object.values(NAMES).flat(),
    ...Object.keys(ROLES),
    ...Object.keys(GATES),
    ...IGNORED,
    ...['body', 'content', 'password', 'keys', 'image_alt', 'image_caption', 'image_credit'],
  ].map((name) => plainName(name.split('.')[0] as string)),
)

const isKnown = (name: string) => KNOWN.has(name) || SWITCHES.test(name)

/**
 * The part of the tables that a record's names can lead to. Thousands of records have the same names; looking through the
 * whole tables for each took three quarters of the time.
 * @param written the names, as a list in JSON.
 */
export const shapeOf = remembered(500, (written) => {
  const names: readonly string[] = JSON.parse(written)
  const keys = byPlainName(names)
  const leads = ([outer]: Steps) => keys.has(outer)
  return {
    keys,
    fields: FIELDS.map(([field, steps]) => [field, steps.filter(leads)] as const).filter(
      ([, steps]) => steps.length > 0,
    ),
    contributors: CONTRIBUTORS.filter(([steps]) => leads(steps)),
    closers: CLOSERS.filter(([, steps]) => leads(steps)),
    unknown: names.filter((key) => !isKnown(plainName(key))),
  }
})

export type Shape = ReturnType<typeof shapeOf>

export function follow(
  { keys, values }: Named,
  [outer, inner]: Steps,
): { readonly value: unknown; readonly path: FieldPath } | undefined {
  const key = keys.get(outer)
  if (key === undefined) return undefined
  const value = values[key]
  if (inner === undefined) return { value, path: [key] }
  if (!isMap(value)) return undefined
  const below = byPlainName(Object.keys(value)).get(inner)
  return below === undefined ? undefined : { value: value[below], path: [key, below] }
}
