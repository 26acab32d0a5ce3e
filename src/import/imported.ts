// What reading a file of another kind gives: records as far as they could be told, and counts of the rest.
import type { z } from 'zod'
import type { BodySource } from '../content/bodies/body.ts'
import type { articleRecord } from '../content/records/record.ts'

/** The fields of a record as a person would write them; what the source doesn't say is absent. */
export type Facts = { -readonly [Field in keyof Written]?: Written[Field] | undefined }

type Written = z.input<typeof articleRecord>

/** One article that was found. */
export interface Found {
  readonly facts: Facts
  readonly body: BodySource
  /** What relative addresses in the body start from. */
  readonly base?: string | undefined
  /** What the person who imports should know of it. */
  readonly remarks?: readonly string[]
}

/** How often something was met, by its name, in the order of first meeting. */
export type Tally = Map<string, number>

export function count(tally: Tally, name: string, times = 1): void {
  // A name comes from the file, and so may be anything.
  const short = name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name
  const key = tally.has(short) || tally.size < MOST_NAMES ? short : 'others'
  tally.set(key, (tally.get(key) ?? 0) + times)
}

const LONGEST_NAME = 80
const MOST_NAMES = 500

export interface Reading {
  /** What the file is, for people. */
  readonly kind: string
  /** How many articles there will be, at most. */
  readonly expected: number
  /** Read as they are asked for; the tallies are whole when all were. */
  readonly found: Iterable<Found>
  /** Items that are no articles, by kind. */
  readonly skipped: Tally
  /** Fields that have no place in a record, by name. */
  readonly unplaced: Tally
}

/** Most items of one file: what has more is refused before anything of it is written. */
export const MOST_ITEMS = 100_000

/** An object without members that are undefined or empty lists. */
export function given<T extends object>(object: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(
    Object.entries(object).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  ) as { [K in keyof T]: Exclude<T[K], undefined> }
}

/** Bytes or pixels, as a number or its digits; nothing of what is none, or 0. */
export function wholeNumber(said: unknown): number | undefined {
  const number = typeof said === 'string' || typeof said === 'number' ? Number(said) : 0
  return Number.isSafeInteger(number) && number > 0 ? number : undefined
}

/** The first item of each key, in the order that they stand in. */
export function once<T>(items: readonly T[], key: (item: T) => string): T[] {
  const first = new Map<string, T>()
  for (const item of items) if (!first.has(key(item))) first.set(key(item), item)
  return [...first.values()]
}

/** More than a record can hold, even with all levels above counted. */
const MOST_PATHS = 500

/** The paths without those that another one continues: an article in `News/Local` is in `News` anyway. */
export function innermost(all: readonly (readonly string[])[]): string[][] {
  const paths = all.slice(0, MOST_PATHS)
  const written = paths.map((path) => JSON.stringify(path).slice(0, -1))
  return paths
    .filter(
      (_, at) =>
        !written.some((other) => other.startsWith(`${written[at]},`)) &&
        written.indexOf(written[at] as string) === at,
    )
    .map((path) => [...path])
}
