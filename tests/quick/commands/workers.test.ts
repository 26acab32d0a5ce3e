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
