// What is refused when there is more to do than time: only what is dear, and only as long as it lasts.

export interface Load {
  /** Whether the event loop came late to its work just now. */
  readonly isHeavy: () => boolean
  readonly stop: () => void
}

/** Milliseconds from one look to the next. */
const LOOK = 50
/** Milliseconds by which a look comes late under a load that is heavy; and by which it is so no more. */
const HEAVY = 120
const LIGHT = 40
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
  return { isHeavy: () => isHeavy, stop: () => clearInterval(timer) }
}
