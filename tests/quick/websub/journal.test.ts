// What happened is remembered in the order that everybody sees, in memory and on disk alike; the disk's also after a crash.
import { appendFile, mkdir, open, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import * as journals from '../../../src/websub/journal.ts'
import { openLedger } from '../../../src/websub/ledger.ts'
import { type QueueEvent, summarize } from '../../../src/websub/queue.ts'
import { folderOf } from '../support/folder.ts'
import { sharedJournal } from '../support/journal.ts'

const known = (...topics: string[]): QueueEvent => ({
  kind: 'known',
  at: 0,
  topics: topics.map((topic) => [topic, 'digest']),
})
const changed = (topic: string, digest = 'next', at = 0): QueueEvent => ({
  kind: 'changed',
  at,
  topics: [[topic, digest]],
  hubs: ['https://hub.example/'],
})
function diskJournal(file: string): journals.Journal {
  const journal = journals.diskJournal(file, () =>
    mkdir(path.dirname(file), { recursive: true, mode: 0o700 }),
  )
  onTestFinished(() => journal.close())
  return journal
}
const newFile = async () => path.join(folderOf({}), 'deep/state/announcements.ndjson')
const unheard = (error: unknown) => {
  throw error
}

const KINDS: Record<string, () => Promise<journals.Journal>> = {
  'in memory': async () => journals.memoryJournal(),
  'on disk': async () => diskJournal(await newFile()),
}

describe.each(Object.entries(KINDS))('a journal %s', (_, open) => {
  it('is empty at first', async () => {
    const journal = await open()
    expect((await journal.read()).events).toEqual([])
  })

  it('gives what was added, once and in order', async () => {
    const journal = await open()
    await journal.append([known('a'), changed('a')])
    await journal.append([changed('b')])
    expect((await journal.read()).events).toEqual([known('a'), changed('a'), changed('b')])
    await journal.append([changed('c')])
    expect(await journal.read()).toEqual({ events: [changed('c')], isWhole: false })
    expect(await journal.read()).toEqual({ events: [], isWhole: false })
  })

  it('counts what it was replaced by as read', async () => {
    const journal = await open()
    await journal.append([known('a'), changed('a')])
    await journal.read()
    await journal.replace([known('b')])
    await journal.append([changed('b')])
    expect(await journal.read()).toEqual({ events: [changed('b')], isWhole: false })
  })

  it('holds a queue that is the same after it is summarized', async () => {
    const journal = await open()
    const ledger = await openLedger(journal, () => 0, unheard)
    const one = { hub: 'https://hub.example/', topic: 'a' }
    await ledger.commit([known('a', 'b'), changed('a'), changed('b')])
    await ledger.commit([{ kind: 'try', at: 5000, by: 'x', ...one }, changed('a', 'later', 6000)])
    const before = structuredClone(ledger.queue())
    await journal.replace(summarize(ledger.queue(), 0))
    await ledger.commit([])
    expect(ledger.queue()).toEqual(before)
    expect(before.waiting.size).toBe(2)
  })
})

describe('the file of a journal', () => {
  it('is made, with its folder, only when there is something to write; and is the owner’s alone', async () => {
    const file = await newFile()
    const journal = diskJournal(file)
    await journal.read()
    await expect(stat(path.dirname(file))).rejects.toThrow('ENOENT')
    await journal.append([known('a')])
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await stat(path.dirname(file))).mode & 0o777).toBe(0o700)
    await journal.replace([known('b')])
    expect((await stat(file)).mode & 0o777).toBe(0o600)
  })

  it('holds what was committed before its ledger was closed', async () => {
    const file = await newFile()
    const ledger = await openLedger(diskJournal(file), () => 0, unheard)
    void ledger.commit([changed('a')])
    await ledger.close()
    expect((await diskJournal(file).read()).events).toEqual([changed('a')])
  })

  it.each([2, 5, 40])(
    'loses only its last line where a crash tore %i bytes from it',
    async (bytes) => {
      const file = await newFile()
      await diskJournal(file).append([known('a'), changed('a')])
      await truncate(file, (await stat(file)).size - bytes)
      const journal = diskJournal(file)
      await journal.append([changed('b')])
      expect((await journal.read()).events).toEqual([known('a'), changed('b')])
    },
  )

  it('passes over lines that say nothing', async () => {
    const file = await newFile()
    await diskJournal(file).append([known('a')])
    await appendFile(file, '\0\0\0\n{"kind":"other"}\n[]\n\n{"kind":"told","at":"soon"}\n')
    await diskJournal(file).append([changed('b')])
    expect((await diskJournal(file).read()).events).toEqual([known('a'), changed('b')])
  })

  it('is read by all that write to it in one order', async () => {
    const file = await newFile()
    const writers = Array.from({ length: 4 }, () => diskJournal(file))
    await Promise.all(
      writers.map(async (journal, writer) => {
        for (let at = 0; at < 25; at++) await journal.append([changed(`${writer}/${at}`)])
      }),
    )
    const readings = await Promise.all(writers.map((journal) => journal.read()))
    const [first] = readings
    expect(first?.events).toHaveLength(100)
    for (const { events } of readings) expect(events).toEqual(first?.events)
  })

  it('is read anew by others where one put a shorter one in its place', async () => {
    const file = await newFile()
    const [mine, theirs] = [diskJournal(file), diskJournal(file)]
    await mine.append([known('a'), changed('a')])
    await theirs.read()
    await mine.replace([known('b')])
    await mine.append([changed('b')])
    expect(await theirs.read()).toEqual({ events: [known('b'), changed('b')], isWhole: true })
    await theirs.append([changed('c')])
    expect((await mine.read()).events).toEqual([changed('b'), changed('c')])
  })

  it('keeps the changes that one adds while another sums it up', async () => {
    const file = await newFile()
    const [mine, theirs] = [diskJournal(file), diskJournal(file)]
    await mine.append([known('a')])
    await mine.read()
    await theirs.read()
    const told: QueueEvent = { kind: 'told', at: 0, hub: 'https://hub.example/', topic: 'a' }
    await theirs.append([changed('a'), told])
    await mine.replace([known('b')])
    for (const journal of [mine, theirs])
      expect((await journal.read()).events.at(-1)).toEqual(changed('a'))
    expect((await diskJournal(file).read()).events).toEqual([known('b'), changed('a')])
  })

  it('is added to once more where a change went into what another replaced', async () => {
    const shared = sharedJournal()
    const journal = shared()
    let isSwapped = false
    const swapping = {
      ...journal,
      append: async (events: readonly QueueEvent[]) => {
        if (isSwapped) await journal.append(events)
      },
      read: async () => {
        const { events } = await journal.read()
        const isWhole = !isSwapped
        isSwapped = true
        return { events, isWhole }
      },
    }
    const ledger = await openLedger(swapping, () => 0, unheard)
    isSwapped = false
    await ledger.commit([changed('a')])
    expect([...ledger.queue().waiting.values()].map(({ topic }) => topic)).toEqual(['a'])
    expect((await shared().read()).events).toEqual([changed('a')])
  })

  it('is not added to once more for what the same addition took back', async () => {
    const ledger = await openLedger(diskJournal(await newFile()), () => 0, unheard)
    const events = [changed('a', '1'), changed('b', '1'), changed('a', '2')]
    await ledger.commit([...events, { kind: 'gone', at: 0, topics: ['b'] }])
    expect([...ledger.queue().topics]).toEqual([['a', '2']])
  })

  it('is summarized where it grows', async () => {
    const file = await newFile()
    const ledger = await openLedger(diskJournal(file), () => 0, unheard)
    const topic = `https://news.example/${'t'.repeat(50_000)}`
    for (let at = 0; at < 60; at++) await ledger.commit([changed(topic, `digest ${at}`)])
    expect((await stat(file)).size).toBeLessThan(1_500_000)
    const again = await openLedger(diskJournal(file), () => 0, unheard)
    expect(again.queue()).toEqual(ledger.queue())
    expect(again.queue().topics.get(topic)).toBe('digest 59')
  })
})

it('a queue that is large even when it is summed up is not summed up at each change', async () => {
  const journal = diskJournal(await newFile())
  const replace = vi.spyOn(journal, 'replace')
  const ledger = await openLedger(journal, () => 0, unheard)
  const topics = Array.from({ length: 30 }, (_, at) => `${at}${'t'.repeat(50_000)}`)
  for (let at = 0; at < 10; at++) await ledger.commit([known(...(at === 0 ? topics : [`${at}`]))])
  expect(replace).toHaveBeenCalledTimes(1)
})

describe('where the journal can’t be written,', () => {
  it('the queue goes on in memory and says so once; and all is written when it can be', async () => {
    const root = folderOf({ state: 'a file where the folder should be' })
    const file = path.join(root, 'state/announcements.ndjson')
    const complaints: unknown[] = []
    const ledger = await openLedger(
      diskJournal(file),
      () => 0,
      (error) => complaints.push(error),
    )
    await ledger.commit([known('a'), changed('a')])
    await ledger.commit([changed('b')])
    expect([...ledger.queue().waiting.values()].map(({ topic }) => topic)).toEqual(['a', 'b'])
    expect(complaints).toHaveLength(1)
    await rm(path.join(root, 'state'))
    await ledger.commit([changed('c')])
    const again = await openLedger(diskJournal(file), () => 0, unheard)
    expect(again.queue()).toEqual(ledger.queue())
    expect(again.queue().waiting.size).toBe(3)
    // From then on it is kept together with others, and what goes wrong is told again.
    await again.commit([changed('d')])
    await ledger.commit([])
    expect(ledger.queue()).toEqual(again.queue())
    await rm(path.join(root, 'state'), { recursive: true })
    await writeFile(path.join(root, 'state'), 'a file once more')
    await ledger.commit([changed('e')])
    expect(ledger.queue().waiting.size).toBe(5)
    expect(complaints).toHaveLength(2)
  })

  it('a line of which only a part found room counts as not written', async () => {
    const file = await newFile()
    const journal = diskJournal(file)
    await journal.append([known('a')])
    const handle = await open(file)
    const write = vi.spyOn(Object.getPrototypeOf(handle), 'write')
    await handle.close()
    write.mockResolvedValueOnce({ bytesWritten: 1 })
    await expect(journal.append([changed('a')])).rejects.toThrow('the disk is full')
    write.mockRestore()
  })

  it('nothing of it is overwritten where it couldn’t even be read', async () => {
    const file = await newFile()
    const journal = diskJournal(file)
    await journal.append([known('a'), changed('a')])
    const complaints: unknown[] = []
    const unreadable = {
      ...journal,
      read: async () => {
        throw new Error('EMFILE')
      },
    }
    const ledger = await openLedger(
      unreadable,
      () => 0,
      (error) => complaints.push(error),
    )
    await ledger.commit([changed('b')])
    expect(ledger.queue().waiting.size).toBe(1)
    expect(complaints).toEqual([new Error('EMFILE')])
    expect((await diskJournal(file).read()).events).toEqual([known('a'), changed('a')])
  })

  it.each<[string, (file: string) => Promise<void>]>([
    ['deletes it', (file) => rm(file)],
    ['empties it', (file) => truncate(file)],
    ['cuts it short', (file) => truncate(file, 10)],
  ])('nothing is lost where somebody %s', async (_, spoil) => {
    const file = await newFile()
    const ledger = await openLedger(diskJournal(file), () => 0, unheard)
    await ledger.commit([known('a'), changed('a')])
    await spoil(file)
    await ledger.commit([changed('b')])
    expect(ledger.queue().waiting.size).toBe(2)
    const again = await openLedger(diskJournal(file), () => 0, unheard)
    expect(again.queue().waiting.size).toBe(2)
  })

  it('what was told and changed again is still to be told where only the sum can’t be written', async () => {
    const journal = sharedJournal()()
    let size = 0
    const full = {
      ...journal,
      size: () => size,
      replace: async () => {
        throw new Error('the disk is full')
      },
    }
    const complaints: unknown[] = []
    const ledger = await openLedger(
      full,
      () => 0,
      (error) => complaints.push(error),
    )
    size = 2_000_000
    const one = { hub: 'https://hub.example/', topic: 'a' }
    await ledger.commit([{ kind: 'told', at: 0, ...one }, changed('a')])
    expect(ledger.queue().waiting.size).toBe(1)
    expect(complaints).toHaveLength(1)
  })

  it('nothing is left of a sum that found no place', async () => {
    const file = await newFile()
    const journal = diskJournal(file)
    await journal.append([known('a')])
    await rm(file)
    await mkdir(file)
    await expect(journal.replace([known('b')])).rejects.toThrow()
    expect(await readdir(path.dirname(file))).toEqual([path.basename(file)])
  })
})
