// A map of bounded size: what proved itself stays before what only just came, and then what was used lately.

export interface Crowd<V> {
  get(key: string): V | undefined
  /** Puts a value in, or uses the place that it has; gives back what had to make way for it. */
  set(key: string, value: V): V | undefined
  /** Takes out what wasn't used for long, newcomers before others; gives it back. */
  drop(): V | undefined
  delete(key: string): void
  entries(): IterableIterator<[string, V]>
  size(): number
}

interface Seat<V> {
  value: V
  isUsed: boolean
}

/** The part of the places that is kept for newcomers, so that some can prove themselves however full it is. */
const NEWCOMERS = 1 / 8

/**
 * Whoever makes up keys without end drives out those of others like him, not those that came back.
 * @param most values at a time.
 * @param isProven whether a value would be missed.
 */
export function crowd<V>(most: number, isProven: (value: V) => boolean): Crowd<V> {
  const newcomers = new Map<string, Seat<V>>()
  const proven = new Map<string, Seat<V>>()
  const size = () => newcomers.size + proven.size
  const placeOf = (value: V) => (isProven(value) ? proven : newcomers)

  function take(key: string): V | undefined {
    const seat = proven.get(key) ?? newcomers.get(key)
    if (seat !== undefined && !proven.delete(key)) newcomers.delete(key)
    return seat?.value
  }

  /** Newcomers beyond so many, the latest of whom just came, else others. */
  function dropBeyond(kept: number): V | undefined {
    const from = newcomers.size > kept || proven.size === 0 ? newcomers : proven
    for (const [oldest, seat] of from) {
      if (!seat.isUsed) return take(oldest)
      // What was used since it was last passed over is passed over, and goes to the end of the line.
      seat.isUsed = false
      from.delete(oldest)
      from.set(oldest, seat)
    }
    return undefined
  }

  return {
    get: (key) => (proven.get(key) ?? newcomers.get(key))?.value,
    set(key, value) {
      const place = placeOf(value)
      const seat = place.get(key)
      if (seat !== undefined) {
        // A mark, not a move: this is done for every request.
        seat.isUsed = true
        seat.value = value
        return undefined
      }
      take(key)
      place.set(key, { value, isUsed: false })
      return size() > most ? dropBeyond(most * NEWCOMERS) : undefined
    },
    drop: () => dropBeyond(1),
    delete: (key) => void take(key),
    *entries() {
      for (const place of [proven, newcomers]) {
        for (const [key, { value }] of place) yield [key, value] as [string, V]
      }
    },
    size,
  }
}
