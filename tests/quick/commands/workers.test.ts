// What workers are told through the process that started them.
import type { Worker } from 'node:cluster'
import { expect, it } from 'vitest'
import { sayIfTaken } from '../../../src/commands/workers.ts'

it('what a worker that stands still is told only to be counted is not kept for it', () => {
  const held: (() => void)[] = []
  const worker = {
    isConnected: () => true,
    send: (_word: unknown, taken: () => void) => held.push(taken) < 3,
  } as unknown as Worker
  const place = { worker, isBehind: false }
  const say = () => sayIfTaken(place, { kind: 'polls', polls: [] })
  for (let at = 0; at < 1000; at++) say()
  expect(held).toHaveLength(3)
  for (const taken of held.splice(0)) taken()
  say()
  expect(held).toHaveLength(1)
})

it('that a worker took its words before it ended frees no other in its place', () => {
  const held: (() => void)[] = []
  const slow = () => {
    const send = (_word: unknown, taken: () => void) => held.push(taken) === 0
    return { isConnected: () => true, send } as unknown as Worker
  }
  const place = { worker: slow(), isBehind: false }
  sayIfTaken(place, { kind: 'count' })
  Object.assign(place, { worker: slow(), isBehind: false })
  sayIfTaken(place, { kind: 'count' })
  held[0]?.()
  expect(place.isBehind).toBe(true)
  held[1]?.()
  expect(place.isBehind).toBe(false)
})
