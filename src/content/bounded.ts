// Work on each of many items: a few at a time, or in turns with everything else.
import { setImmediate } from 'node:timers/promises'

/** @param most how many items are under way at once. */
export async function eachBounded<T>(
  items: readonly T[],
  most: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const rest = items[Symbol.iterator]()
  const worker = async () => {
    for (const item of rest) await work(item)
  }
  await Promise.all(Array.from({ length: most }, worker))
}

/** Milliseconds of work before other tasks get their turn. */
const TURN = 5

/** One after the other, yielding to the event loop between turns. */
export async function inTurns<T>(
  items: Iterable<T>,
  work: (item: T) => Promise<void> | void,
  signal?: AbortSignal,
): Promise<void> {
  let until = performance.now() + TURN
  for (const item of items) {
    await work(item)
    if (performance.now() < until) continue
    await setImmediate()
    signal?.throwIfAborted()
    until = performance.now() + TURN
  }
  signal?.throwIfAborted()
}
