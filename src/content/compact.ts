// Lists that are held for as long as the program runs take no more memory than they need.

/** One empty list for all: most articles and files have none of most things. */
export const NONE: readonly never[] = []

/** The list without the spare room that V8 leaves in lists that grew: a million articles don't need it. */
export function compact<T>(list: readonly T[]): readonly T[] {
  return list.length === 0 ? NONE : list.slice()
}
