// A function of a text that thousands of records ask for again and again, made to remember its results.

/** UTF-16 units; a longer text is hardly asked for again. */
const LONGEST = 1_000

/**
 * The same function with a memory of its results; when these become too many, it forgets them all.
 * @param most texts that are remembered.
 */
export function remembered<T>(most: number, make: (written: string) => T): (written: string) => T {
  const known = new Map<string, { readonly made: T }>()
  return (written) => {
    const before = known.get(written)
    if (before !== undefined) return before.made
    const made = make(written)
    if (written.length > LONGEST) return made
    if (known.size >= most) known.clear()
    known.set(written, { made })
    return made
  }
}
