// How many requests a client may make in a time: those for whole documents have to wait first, conditional ones last.
import type { Instant } from '../domain/article.ts'
import { boundedCache } from '../publishing/bounded-cache.ts'

export interface Budget {
  /** Seconds that a client has to wait before it asks again; 0 where it may be answered. */
  readonly spend: (client: string, isConditional: boolean) => number
}

/** Clients that are told apart at a time; beyond that, the one that was away longest begins anew. */
const CLIENTS = 20_000
/** The share of a budget that only conditional requests may use. */
const RESERVE = 0.5

/**
 * A token bucket for each client.
 * @param perMinute requests; as many may come at once.
 * @param clock the current time, in milliseconds since 1970.
 */
export function createBudget(perMinute: number, clock: () => Instant): Budget {
  const buckets = boundedCache<{ left: number; at: Instant }>(CLIENTS)
  const perMillisecond = perMinute / 60_000
  return {
    spend(client, isConditional) {
      const now = clock()
      const known = buckets.get(client)
      const bucket = known ?? { left: perMinute, at: now }
      if (known === undefined) buckets.set(client, bucket, 1)
      const left = Math.min(perMinute, bucket.left + Math.max(0, now - bucket.at) * perMillisecond)
      const needed = 1 + (isConditional ? 0 : Math.floor(perMinute * RESERVE))
      const isAnswered = left >= needed
      bucket.left = isAnswered ? left - 1 : left
      bucket.at = now
      return isAnswered ? 0 : Math.max(1, Math.ceil((needed - left) / perMillisecond / 1_000))
    },
  }
}
