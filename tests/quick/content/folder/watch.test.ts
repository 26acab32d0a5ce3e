// Watching a folder: bursts, what changed in them, failures that pass by themselves, and systems that can't watch.
import { realpath } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Notices } from '../../../../src/content/folder/notices.ts'
import { type Changed, watchFolder } from '../../../../src/content/folder/watch.ts'
import { folderOf } from '../../support/folder.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A folder whose changes are told by hand. */
async function watched(
  read: () => Promise<boolean> = async () => true,
  { root = '/content', hasLinks = false, isWhole = true } = {},
) {
  let noticed: Parameters<Notices['notice']>[1] = () => {}
  let isOut = false
  let isAway = false
  const watches: ('on' | 'off')[] = []
  const failures: unknown[] = []
  const notices: Notices = {
    async notice(_, callback) {
      if (isOut) throw new Error('ENOSPC')
      if (isAway) throw Object.assign(new Error('It is away.'), { code: 'ENOENT' })
      watches.push('on')
      noticed = callback
      return { unsubscribe: async () => void watches.push('off') }
    },
    end: async () => {},
  }
  const watch = await watchFolder(root, (error) => failures.push(error), {
    hasLinks: () => hasLinks,
    notices,
  })
  const readings: number[] = []
  const changes: (readonly string[] | 'anything')[] = []
  const start = Date.now()
  watch.follow((changed: Changed) => {
    readings.push(Date.now() - start)
    changes.push(changed === undefined ? 'anything' : [...changed])
    return read()
  }, isWhole)
  return {
    watch,
    readings,
    changes,
    failures,
    watches,
    /** From now on the system has no watches to give. */
    runOut: (is: boolean) => {
      isOut = is
    },
    /** From now on the folder is not there, or is. */
    goAway: (is: boolean) => {
      isAway = is
    },
    change: (...names: string[]) =>
      noticed(
        null,
        (names.length > 0 ? names : ['a.md']).map((name) => ({ path: `${root}/${name}` })),
      ),
    fail: () => noticed(new Error('ENOSPC'), []),
  }
}

describe('changes', () => {
  it('are told once they are over', async () => {
    const { readings, change } = await watched()
    for (let turn = 0; turn < 5; turn++) {
      change()
      await vi.advanceTimersByTimeAsync(50)
    }
    await vi.advanceTimersByTimeAsync(1_000)
    expect(readings).toEqual([400])
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
    const { readings, changes, change } = await watched(
      () =>
        new Promise((resolve) => {
          isOver = () => resolve(true)
        }),
    )
    change('a.md')
    await vi.advanceTimersByTimeAsync(300)
    change('b.md')
    await vi.advanceTimersByTimeAsync(2_000)
    expect(readings).toHaveLength(1)
    isOver()
    await vi.advanceTimersByTimeAsync(0)
    expect(changes).toEqual([['a.md'], ['b.md']])
    isOver()
  })

  it('are told with their places, each once', async () => {
    const { changes, change } = await watched()
    change('a.md', 'news/b.md')
    change('a.md')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(changes).toEqual([['a.md', 'news/b.md']])
  })

  it('of what is never read are no changes', async () => {
    const { readings, change } = await watched()
    change('.a.md.swp', '.git/index', 'news/node_modules/left-pad/README.md', 'b.md~')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(readings).toEqual([])
  })

  it('of what is never read are some where links may lead to it', async () => {
    const { changes, change } = await watched(undefined, { hasLinks: true })
    change('..data')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(changes).toEqual([['..data']])
  })

  it.each([
    ['so many at a time that the system may have dropped some', 1_001],
    ['of the folder itself', 0],
  ])('%s may be anywhere', async (_, count) => {
    const { changes, change } = await watched()
    change(...(count === 0 ? [''] : Array.from({ length: count }, (_, at) => `${at}.md`)))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(changes).toEqual(['anything'])
  })
})

it('what could not be read at the start is read again, as after a change', async () => {
  const answers = [false, false, true]
  const { readings, changes } = await watched(async () => answers.shift() ?? true, {
    isWhole: false,
  })
  await vi.advanceTimersByTimeAsync(60_000)
  expect(readings).toEqual([1_000, 3_000, 8_000])
  expect(changes).toEqual(['anything', 'anything', 'anything'])
})

describe('folders that came while others are watched', () => {
  const root = () => folderOf({ 'a.md': 'A', 'news/b.md': 'B', 'sport/local/c.md': 'C' })

  it('are watched with all below them, once for a burst, and then looked into', async () => {
    const { watches, changes, change } = await watched(undefined, { root: root() })
    change('news', 'sport')
    change('sport/local')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(watches).toEqual(['on', 'off', 'on'])
    expect(changes).toEqual(['anything'])
  })

  it('are no reason to do so at each change that follows', async () => {
    const { watches, changes, change } = await watched(undefined, { root: root() })
    change('news')
    await vi.advanceTimersByTimeAsync(300)
    change('news/b.md')
    change('gone.md')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(watches).toEqual(['on', 'off', 'on'])
    expect(changes).toEqual(['anything', expect.arrayContaining(['news/b.md', 'gone.md'])])
  })

  it('are watched later where the system has no watches to give, which is told', async () => {
    const { watches, changes, failures, runOut, change } = await watched(undefined, {
      root: root(),
    })
    runOut(true)
    change('news')
    await vi.advanceTimersByTimeAsync(15_000)
    expect(failures).toHaveLength(1)
    runOut(false)
    await vi.advanceTimersByTimeAsync(50_000)
    expect(watches).toEqual(['on', 'off', 'on'])
    expect(changes).toEqual(['anything', 'anything', 'anything'])
  })
})

describe('the folder itself', () => {
  it('is watched again where it was away between two looks', async () => {
    const { watches, failures, goAway, change } = await watched(undefined, {
      root: folderOf({ 'a.md': 'A' }),
    })
    goAway(true)
    change('')
    await vi.advanceTimersByTimeAsync(300)
    expect(watches).toEqual(['on', 'off'])
    goAway(false)
    for (let look = 0; look < 20; look++) {
      await vi.advanceTimersByTimeAsync(100)
      // The look itself takes its own time.
      await realpath('.')
    }
    expect(watches).toEqual(['on', 'off', 'on'])
    expect(failures).toEqual([])
  })
})

describe('what could not be read', () => {
  it.each<[string, () => Promise<boolean>, number]>([
    ['is read again, later each time', async () => false, 0],
    ['is told, and read again', () => Promise.reject(new Error('EMFILE')), 6],
  ])('%s', async (_, read, told) => {
    const { readings, changes, failures, change } = await watched(read)
    change()
    await vi.advanceTimersByTimeAsync(200 + 1_000 + 2_000 + 5_000 + 15_000 + 60_000)
    expect(readings).toEqual([200, 1_200, 3_200, 8_200, 23_200, 83_200])
    expect(changes).toEqual([['a.md'], ...Array(5).fill('anything')])
    expect(failures).toHaveLength(told)
  })

  it('is read at once where something changes, and no more once it was read', async () => {
    let isFull = true
    const { readings, changes, change } = await watched(async () => !isFull)
    change()
    await vi.advanceTimersByTimeAsync(1_500)
    isFull = false
    change()
    await vi.advanceTimersByTimeAsync(100_000)
    expect(readings).toEqual([200, 1_200, 1_700])
    expect(changes.at(-1)).toBe('anything')
  })
})

describe('a system without watches to give', () => {
  it('is told of once, and the folder is read from time to time', async () => {
    const { readings, failures, changes, fail } = await watched()
    for (let turn = 0; turn < 1_000; turn++) fail()
    expect(failures).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(35_000)
    expect(readings).toEqual([200, 10_000, 20_000, 30_000])
    expect(changes).toEqual(Array(4).fill('anything'))
  })

  it('before the watching begins as well', async () => {
    const failures: unknown[] = []
    const watch = await watchFolder('/content', (error) => failures.push(error), {
      notices: { notice: () => Promise.reject(new Error('ENOSPC')), end: async () => {} },
    })
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
