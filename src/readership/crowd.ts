// A map of bounded size: what proved itself stays before what only just came, and then what was used last.

export interface Crowd<V> {
  get(key: string): V | undefined
  /** Puts a value in, or in its place anew, as the last one used; gives back what had to make way for it. */
  set(key: string, value: V): V | undefined
  /** Takes out what was used longest ago, newcomers before others; gives it back. */
  drop(): V | undefined
  delete(key: string): void
  entries(): IterableIterator<[string, V]>
  size(): number
}

/** The part of the places that is kept for newcomers, so that some can prove themselves however full it is. */
const NEWCOMERS = 1 / 8

/**
 * Whoever makes up keys without end drives out those of others like him, not those that came back.
 * @param most values at a time.
 * @param isProven whether a value would be missed.
 */
export function crowd<V>(most: number, isProven: (value: V) => boolean): Crowd<V> {
  const newcomers = new Map<string, V>()
  const proven = new Map<string, V>()
  const size = () => newcomers.size + proven.size
  const placeOf = (value: V) => (isProven(value) ? proven : newcomers)

  function take(key: string): V | undefined {
    const value = proven.get(key) ?? newcomers.get(key)
    if (value !== undefined && !proven.delete(key)) newcomers.delete(key)
    return value
  }

  /** Newcomers beyond so many, the latest of whom just came, else others. */
  function dropBeyond(kept: number): V | undefined {
    const from = newcomers.size > kept || proven.size === 0 ? newcomers : proven
    // A map keeps the order of insertion: what was used goes to the end.
    const [oldest] = from.keys()
    return oldest === undefined ? undefined : take(oldest)
  }

  return {
    get: (key) => proven.get(key) ?? newcomers.get(key),
    set(key, value) {
      take(key)
      placeOf(value).set(key, value)
      return size() > most ? dropBeyond(most * NEWCOMERS) : undefined
    },
    drop: () => dropBeyond(1),
    delete: (key) => void take(key),
    *entries() {
      yield* proven.entries()
      yield* newcomers.entries()
    },
    size,
  }
}
