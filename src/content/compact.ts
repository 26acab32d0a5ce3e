// Lists that are held for as long as the program runs, in as little memory as they need.

/** What most articles and files have of most things; one for all of them. */
export const NONE: readonly never[] = []

/** Lists that grew hold room for more; a million articles have no use for it. */
export function compact<T>(list: readonly T[]): readonly T[] {
  return list.length === 0 ? NONE : list.slice()
}
