// The numbers of several processes are one page, whatever becomes of them: it never waits long, and no count becomes less.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createMetrics, type Metrics, type Standing } from '../../../src/telemetry/metrics.ts'
import { gatherTallies } from '../../../src/telemetry/tallies.ts'

const STANDING: Standing = {
  articles: () => ({ published: 3 }),
  problems: () => ({}),
  queues: () => ({ hubs: 7 }),
  cache: () => ({ values: 5, bytes: 1000 }),
  readership: () => ({ subscribers: 0, readers: 0 }),
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Processes by name, each of which announced something so many times; and those of them that say nothing. */
function gathering(counts: Readonly<Record<string, number>>) {
  const silent = new Set<string>()
  const processes = new Map<string, Metrics>()
  const begin = (name: string, count: number) => {
    const metrics = createMetrics(STANDING, false)
    for (let at = 0; at < count; at++) metrics.announced('told')
    processes.set(name, metrics)
  }
  for (const [name, count] of Object.entries(counts)) begin(name, count)
  const tallies = gatherTallies(() => {
    for (const [name, metrics] of processes) {
      if (silent.has(name)) continue
      // As between processes: what is sent stays as it was.
      void metrics.tally().then((tally) => tallies.tell(name, structuredClone(tally)))
    }
    return processes.keys()
  })
  return {
    silent,
    processes,
    begin,
    end: (name: string) => {
      processes.delete(name)
      tallies.end(name)
    },
    /** What the page says was told, how many articles there are, and how many documents are kept. */
    read: async () => {
      const page = tallies.page()
      await vi.advanceTimersByTimeAsync(1_000)
      const { text } = await page
      return [
        'announcements_total{outcome="told"}',
        'articles{state="published"}',
        'cached_documents',
      ]
        .map((name) => text.split('\n').find((line) => line.startsWith(`gazette_${name} `)))
        .map((line) => line && Number(line.split(' ').at(-1)))
    },
  }
}

it('counts are added, and what all see alike is not', async () => {
  const { read } = gathering({ a: 2, b: 3 })
  expect(await read()).toEqual([5, 3, 10])
})

it('of one that doesn’t answer, what it told last is taken', async () => {
  const { read, silent, processes } = gathering({ a: 2, b: 3 })
  await read()
  silent.add('b')
  processes.get('a')?.announced('told')
  processes.get('b')?.announced('told')
  expect(await read()).toEqual([6, 3, 10])
  silent.clear()
  expect(await read()).toEqual([7, 3, 10])
})

it('of one that never answered nothing is, and of none there is a page', async () => {
  const { read, silent } = gathering({ a: 2, b: 3 })
  silent.add('b')
  expect(await read()).toEqual([2, 3, 5])
  expect(await gathering({}).read()).toEqual([undefined, undefined, undefined])
})

it('of one that ended its counts stay, and what it held doesn’t; those of the next are added', async () => {
  const { read, end, begin } = gathering({ a: 2, b: 3 })
  await read()
  end('b')
  expect(await read()).toEqual([5, 3, 5])
  begin('b', 1)
  expect(await read()).toEqual([6, 3, 10])
  end('b')
  end('a')
  expect(await read()).toEqual([6, undefined, undefined])
})

it('one that ends while it is waited for is waited for no more', async () => {
  const { read, silent, end } = gathering({ a: 2, b: 3 })
  silent.add('b')
  const reading = read()
  end('b')
  expect(await reading).toEqual([2, 3, 5])
})
