// What is refused when there is more to do than time: only what is dear, and only as long as it lasts.

export interface Load {
  /** Whether there is time now for something dear, which is begun if so. */
  readonly admits: () => boolean
  readonly stop: () => void
}

/** Milliseconds from one look to the next. */
const LOOK = 50
/** Milliseconds by which a look comes late under a load that is heavy; and by which it is so no more. */
const HEAVY = 120
const LIGHT = 40
/**
 * Milliseconds from one dear thing to the next under a heavy load: whoever asks for one after the other is given all, however slow the
 * machine, and a flood gets a share that leaves time for the rest.
 */
const TRICKLE = 100
/** The weight of the last look among those before it. */
const WEIGHT = 0.4

/** What looks came late by, each weighed with those before it. */
export function lateness(): (late: number) => boolean {
  let mean = 0
  let isHeavy = false
  return (late) => {
    mean += (late - mean) * WEIGHT
    // Refusing makes it light at once: where the two were one, it would go to and fro.
    isHeavy = mean > (isHeavy ? LIGHT : HEAVY)
    return isHeavy
  }
}

/** Lets everything in while the load is light, and a trickle while it isn't. */
export function gate(isHeavy: () => boolean, now: () => number): () => boolean {
  let last = Number.NEGATIVE_INFINITY
  return () => {
    if (isHeavy() && now() - last < TRICKLE) return false
    last = now()
    return true
  }
}

/** Watches how late the event loop comes to its work. */
export function watchLoad(): Load {
  const weigh = lateness()
  let isHeavy = false
  let due = performance.now() + LOOK
  const timer = setInterval(() => {
    const now = performance.now()
    isHeavy = weigh(Math.max(0, now - due))
    due = now + LOOK
  }, LOOK)
  timer.unref()
  const admits = gate(
    () => isHeavy,
    () => performance.now(),
  )
  return { admits, stop: () => clearInterval(timer) }
}
