// A map that forgets what was used longest ago once what it holds is worth more than its bound.

export interface BoundedCache<V> {
  get(key: string): V | undefined
  set(key: string, value: V, bytes: number): void
  /** How many values it holds, and what they are worth. */
  held(): { readonly values: number; readonly bytes: number }
}

/** @param bound total of the `bytes` given with the values; a single value above a tenth of it isn't kept. */
export function boundedCache<V>(bound: number): BoundedCache<V> {
  const held = new Map<string, { value: V; bytes: number }>()
  let total = 0
  const drop = (key: string) => {
    total -= held.get(key)?.bytes ?? 0
    held.delete(key)
  }
  return {
    get(key) {
      const found = held.get(key)
      if (found === undefined) return undefined
      // A map keeps the order of insertion: what is used again goes to the end.
      held.delete(key)
      held.set(key, found)
      return found.value
    },
    set(key, value, bytes) {
      drop(key)
      if (bytes > bound / 10) return
      held.set(key, { value, bytes })
      total += bytes
      for (const oldest of held.keys()) {
        if (total <= bound) break
        drop(oldest)
      }
    },
    held: () => ({ values: held.size, bytes: total }),
  }
}
