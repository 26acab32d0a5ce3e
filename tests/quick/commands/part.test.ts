// What a worker that isn't the first follows: each reading of the first, and again what it could not read itself.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { followFirst, type Part, type Word } from '../../../src/commands/part.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A worker that is told by hand what the first reads, and what it looked at each time. */
function following(answers: boolean[], isWhole?: boolean) {
  let tell: (word: Extract<Word, { kind: 'reading' }>) => void = () => {}
  const hear: Part['hear'] = (_, heard) => {
    tell = heard as typeof tell
  }
  const looked: (readonly string[] | 'anything')[] = []
  const followed = followFirst({ hear } as Part)
  followed.follow(async (changed) => {
    looked.push(changed === undefined ? 'anything' : [...changed])
    return answers.shift() ?? true
  }, isWhole)
  const change = async (...changed: string[]) => {
    tell({ kind: 'reading', changed, at: 0 })
    await vi.advanceTimersByTimeAsync(0)
  }
  return { looked, change }
}

it('it looks at what changed, and anywhere after it failed, until it could read everything', async () => {
  const { looked, change } = following([true, false, false])
  await change('a.md')
  await change('b.md')
  // Before it tries again by itself: it may have looked at b.md already, and lost what it found.
  await change('c.md')
  await vi.advanceTimersByTimeAsync(60_000)
  await change('d.md')
  expect(looked).toEqual([['a.md'], ['b.md'], 'anything', 'anything', ['d.md']])
})

it('it reads what was told before it could, and nothing once it is closed', async () => {
  let tell: (word: Extract<Word, { kind: 'reading' }>) => void = () => {}
  const hear: Part['hear'] = (_, heard) => {
    tell = heard as typeof tell
  }
  const looked: unknown[] = []
  const followed = followFirst({ hear } as Part)
  tell({ kind: 'reading', changed: ['early.md'], at: 0 })
  await vi.advanceTimersByTimeAsync(0)
  followed.follow(async (changed) => {
    looked.push(changed)
    throw new Error('EMFILE')
  })
  await vi.advanceTimersByTimeAsync(0)
  expect(looked).toEqual([new Set(['early.md'])])
  await vi.advanceTimersByTimeAsync(15_000)
  expect(looked).toEqual([new Set(['early.md']), undefined])
  // It would try once more.
  await followed.close()
  tell({ kind: 'reading', changed: ['late.md'], at: 0 })
  await vi.advanceTimersByTimeAsync(600_000)
  expect(looked).toHaveLength(2)
})

it('it reads what it can never read once a minute', async () => {
  const { looked } = following(new Array(100).fill(false), false)
  await vi.advanceTimersByTimeAsync(600_000)
  expect(looked.length).toBeGreaterThan(5)
  expect(looked.length).toBeLessThan(12)
})

it('it reads again what it could not read at its start', async () => {
  const { looked } = following([], false)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(looked).toEqual(['anything'])
})
