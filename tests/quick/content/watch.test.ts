// Watching a folder: bursts, failures that pass by themselves, and systems that can't watch.
import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { watchFolder } from '../../../src/content/watch.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A folder whose changes are told by hand. */
async function watched(read: () => Promise<boolean> = async () => true) {
  const events = new EventEmitter() as EventEmitter & { close: () => Promise<void> }
  events.close = async () => {}
  const failures: unknown[] = []
  const watching = watchFolder(
    '/content',
    (error) => failures.push(error),
    () => events as never,
  )
  events.emit('ready')
  const watch = await watching
  const readings: number[] = []
  const start = Date.now()
  watch.follow(() => {
    readings.push(Date.now() - start)
    return read()
  })
  return { watch, readings, failures, events, change: () => events.emit('all', 'change', 'a.md') }
}

describe('changes', () => {
  it('are told once they are over', async () => {
    const { readings, change } = await watched()
    for (let turn = 0; turn < 5; turn++) {
      change()
      await vi.advanceTimersByTimeAsync(50)
    }
    await vi.advanceTimersByTimeAsync(1_000)
    expect(readings).toEqual([300])
  })

  it('that never end are told in between', async () => {
    const { readings, change } = await watched()
    for (let turn = 0; turn < 40; turn++) {
      change()
      await vi.advanceTimersByTimeAsync(50)
    }
    expect(readings.length).toBeGreaterThan(2)
  })

  it('while one is followed are told after it', async () => {
    let isOver = () => {}
    const { readings, change } = await watched(
      () =>
        new Promise((resolve) => {
          isOver = () => resolve(true)
        }),
    )
    change()
    await vi.advanceTimersByTimeAsync(200)
    change()
    await vi.advanceTimersByTimeAsync(2_000)
    expect(readings).toHaveLength(1)
    isOver()
    await vi.advanceTimersByTimeAsync(0)
    expect(readings).toHaveLength(2)
    isOver()
  })
})

describe('what could not be read', () => {
  it.each<[string, () => Promise<boolean>, number]>([
    ['is read again, later each time', async () => false, 0],
    ['is told, and read again', () => Promise.reject(new Error('EMFILE')), 6],
  ])('%s', async (_, read, told) => {
    const { readings, failures, change } = await watched(read)
    change()
    await vi.advanceTimersByTimeAsync(100 + 1_000 + 2_000 + 5_000 + 15_000 + 60_000)
    expect(readings).toEqual([100, 1_100, 3_100, 8_100, 23_100, 83_100])
    expect(failures).toHaveLength(told)
  })

  it('is read at once where something changes, and no more once it was read', async () => {
    let isFull = true
    const { readings, change } = await watched(async () => !isFull)
    change()
    await vi.advanceTimersByTimeAsync(1_500)
    isFull = false
    change()
    await vi.advanceTimersByTimeAsync(100_000)
    expect(readings).toEqual([100, 1_100, 1_600])
  })
})

describe('a system without watches to give', () => {
  it('is told of once, and the folder is read from time to time', async () => {
    const { readings, failures, events } = await watched()
    for (let turn = 0; turn < 1_000; turn++) events.emit('error', new Error('ENOSPC'))
    expect(failures).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(35_000)
    expect(readings).toEqual([100, 10_000, 20_000, 30_000])
  })

  it('before the watching begins as well', async () => {
    const events = new EventEmitter() as EventEmitter & { close: () => Promise<void> }
    events.close = async () => {}
    const failures: unknown[] = []
    const watching = watchFolder(
      '/content',
      (error) => failures.push(error),
      () => events as never,
    )
    events.emit('error', new Error('ENOSPC'))
    events.emit('ready')
    const watch = await watching
    let readings = 0
    watch.follow(async () => {
      readings++
      return true
    })
    await vi.advanceTimersByTimeAsync(10_000)
    expect([failures.length, readings]).toEqual([1, 2])
    await watch.close()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(readings).toBe(2)
  })
})
