// A map with a bound in bytes, beyond which it forgets what wasn't used for long.

export interface BoundedCache<V> {
  get(key: string): V | undefined
  set(key: string, value: V, bytes: number): void
  drop(key: string): void
  /** How many values it holds, and what they are worth. */
  held(): { readonly values: number; readonly bytes: number }
}

/**
 * @param bound total of the `bytes` given with the values.
 * @param largest the part of the bound that a single value may have; one above it isn't kept.
 */
export function boundedCache<V>(bound: number, largest = 1 / 10): BoundedCache<V> {
  const held = new Map<string, { value: V | undefined; readonly bytes: number; isUsed: boolean }>()
  let total = 0
  const drop = (key: string) => {
    const entry = held.get(key)
    if (entry === undefined) return
    total -= entry.bytes
    // Tables that the map has outgrown still point here, and the collector takes what an old one of them points to for
    // living: without this, half of what it did for feeds that are asked for once was copying those dropped already.
    entry.value = undefined
    held.delete(key)
  }
  /** From the oldest on (the CLOCK algorithm): what was used since its last turn goes to the end of the line instead. */
  const makeRoom = (newest: string) => {
    for (const [oldest, entry] of held) {
      if (total <= bound) return
      if (!entry.isUsed && oldest !== newest) {
        drop(oldest)
        continue
      }
      entry.isUsed = false
      held.delete(oldest)
      held.set(oldest, entry)
    }
  }
  return {
    get(key) {
      const found = held.get(key)
      if (found === undefined) return undefined
      // Marked, not moved: to move it would cost more than the rest of a ready answer.
      found.isUsed = true
      return found.value
    },
    drop,
    set(key, value, bytes) {
      drop(key)
      if (bytes > bound * largest) return
      held.set(key, { value, bytes, isUsed: false })
      total += bytes
      makeRoom(key)
    },
    held: () => ({ values: held.size, bytes: total }),
  }
}

/** The part of a proven cache in which what is new has to prove itself. */
const TRIAL = 1 / 8

/**
 * A bounded cache that keeps what was asked for again. What is new stays in a small part of it until then, so that values
 * that nobody asks for twice, however many, drive out none of the others.
 * @param bound total of the `bytes` of both parts.
 */
export function provenCache<V>(bound: number): BoundedCache<V> {
  const proven = boundedCache<{ value: V; bytes: number }>(bound * (1 - TRIAL))
  const trial = boundedCache<{ value: V; bytes: number }>(bound * TRIAL, 1 / 2)
  return {
    get(key) {
      const known = proven.get(key)
      if (known !== undefined) return known.value
      const found = trial.get(key)
      if (found === undefined) return undefined
      trial.drop(key)
      proven.set(key, found, found.bytes)
      return found.value
    },
    set(key, value, bytes) {
      const isProven = proven.get(key) !== undefined
      const part = isProven ? proven : trial
      part.set(key, { value, bytes }, bytes)
    },
    drop(key) {
      proven.drop(key)
      trial.drop(key)
    },
    held() {
      const [sure, tried] = [proven.held(), trial.held()]
      return { values: sure.values + tried.values, bytes: sure.bytes + tried.bytes }
    },
  }
}

/**
 * A cache of what holds for one catalog alone, by its mark: with the next catalog it begins anew. What is of no use any more would
 * otherwise stay until there is no room.
 */
export function cacheByMark<V>(make: () => BoundedCache<V>): (mark: object) => BoundedCache<V> {
  let current: { readonly mark: object; readonly cache: BoundedCache<V> } | undefined
  return (mark) => {
    if (current?.mark !== mark) current = { mark, cache: make() }
    return current.cache
  }
}
