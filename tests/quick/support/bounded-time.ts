// What an attacker wrote costs bounded time: of a processor's, so that nothing else that a machine does counts.
import { expect } from 'vitest'

/** Milliseconds, some ten times what the dearest takes: what grows with the square of its input takes minutes. */
const PATIENCE = 5_000

export async function inBoundedTime<T>(work: () => T | Promise<T>): Promise<T> {
  const start = process.cpuUsage()
  const result = await work()
  const { user, system } = process.cpuUsage(start)
  expect((user + system) / 1_000).toBeLessThan(PATIENCE)
  return result
}
