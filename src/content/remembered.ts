// What thousands of records ask for again and again, made once for each way it is written.

/**
 * The same function, which remembers what it made; where it would remember too much, it begins anew.
 * @param most texts that are remembered.
 */
export function remembered<T>(most: number, make: (written: string) => T): (written: string) => T {
  const known = new Map<string, { readonly made: T }>()
  return (written) => {
    const before = known.get(written)
    if (before !== undefined) return before.made
    if (known.size >= most) known.clear()
    const made = make(written)
    known.set(written, { made })
    return made
  }
}
