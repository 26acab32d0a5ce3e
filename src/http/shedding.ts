// Load shedding: while there is more to do than time, what is expensive is refused, and nothing else.

export interface Load {
  /** Whether there is time now for something expensive; the caller then begins it. */
  readonly admits: () => boolean
  readonly stop: () => void
}

/** Milliseconds from one look to the next. */
const LOOK = 50
/** Milliseconds by which looks come late when the load becomes heavy, and when it no longer is. */
const HEAVY = 120
const LIGHT = 40
/**
 * Milliseconds from one expensive answer to the next under a heavy load. So a client that asks for one after the other gets
 * all of them on the slowest machine, and a flood leaves time for the rest.
 */
const TRICKLE = 100
/** The weight of the latest look in the mean. */
const WEIGHT = 0.4

/** Judges the load by a moving mean of how late looks come. */
export function lateness(): (late: number) => boolean {
  let mean = 0
  let isHeavy = false
  return (late) => {
    mean += (late - mean) * WEIGHT
    // Refusing lightens the load at once: with one threshold it would flip to and fro.
    isHeavy = mean > (isHeavy ? LIGHT : HEAVY)
    return isHeavy
  }
}

/** Admits everything while the load is light, and a trickle while it is heavy. */
export function gate(isHeavy: () => boolean, now: () => number): () => boolean {
  let last = Number.NEGATIVE_INFINITY
  return () => {
    if (isHeavy() && now() - last < TRICKLE) return false
    last = now()
    return true
  }
}

/** Watches how late the event loop runs its timers. */
export function watchLoad(): Load {
  const weigh = lateness()
  let isHeavy = false
  let due = performance.now() + LOOK
  const timer = setInterval(() => {
    const now = performance.now()
    isHeavy = weigh(Math.max(0, now - due))
    due = now + LOOK
  }, LOOK)
  const admits = gate(
    () => isHeavy,
    () => performance.now(),
  )
  return { admits, stop: () => clearInterval(timer) }
}
