// A map of bounded size. Newcomers are dropped before values that have proved themselves, and what was used lately last.

export interface Crowd<V> {
  get(key: string): V | undefined
  /** Puts a value in, in its old place if it has one; gives back the value that had to make way. */
  set(key: string, value: V): V | undefined
  /** Drops a value that wasn't used for long, newcomers first; gives it back. */
  drop(): V | undefined
  delete(key: string): void
  entries(): IterableIterator<[string, V]>
  size(): number
}

interface Seat<V> {
  value: V
  isUsed: boolean
}

/** The share of places that is kept for newcomers, so that some can prove themselves however full it is. */
const NEWCOMERS = 1 / 8

/**
 * Keys that somebody makes up without end drive out each other, not those that came back.
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

  /** Drops a newcomer if there are more than `kept`, the latest of which has just come; else one of the others. */
  function dropBeyond(kept: number): V | undefined {
    const from = newcomers.size > kept || proven.size === 0 ? newcomers : proven
    for (const [oldest, seat] of from) {
      if (!seat.isUsed) return take(oldest)
      // What was used since it last came up is passed over once, and goes to the end of the line.
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
        // Marked, not moved, since this happens at every request.
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
