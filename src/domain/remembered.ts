// What thousands of records ask for again and again, made once for each way it is written.

/** UTF-16 units; a longer text is hardly asked for again. */
const LONGEST = 1_000

/**
 * The same function, which remembers what it made; where it would remember too much, it begins anew.
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
