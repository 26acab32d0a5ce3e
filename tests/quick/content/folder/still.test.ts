// A folder that is written to while it is read: what is published lay there at one moment.
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it, vi } from 'vitest'
import { readFolder } from '../../../../src/content/folder/folder.ts'
import { emptyMemory } from '../../../../src/content/folder/memory.ts'
import { readStill } from '../../../../src/content/folder/still.ts'
import { createSpool } from '../../../../src/content/keeping/spool.ts'
import { folderOf, SETTINGS } from '../../support/folder.ts'

const textOf = (name: string, version: number) =>
  `---\nid: ${name}\ntitle: ${name} ${version}\npublished: 2026-01-01\n---\nText.\n`

/** Reads a folder of two articles into which their next versions come behind some of the readings. */
async function readWhileWritten(isWrittenAfter: (reading: number) => boolean) {
  const root = await folderOf({ 'left.md': textOf('left', 0), 'right.md': textOf('right', 0) })
  const memory = emptyMemory(createSpool)
  let readings = 0
  const content = await readStill(async () => {
    const read = await readFolder(root, SETTINGS, memory)
    readings++
    if (isWrittenAfter(readings))
      for (const name of ['left', 'right'])
        await writeFile(path.join(root, `${name}.md`), textOf(name, readings))
    return read
  })
  return { readings, titles: content.articles.map(({ title }) => title) }
}

it('a folder is read twice where nobody writes', async () => {
  expect(await readWhileWritten(() => false)).toEqual({
    readings: 2,
    titles: ['left 0', 'right 0'],
  })
})

it('a folder is read until two readings find the same', async () => {
  expect(await readWhileWritten((reading) => reading < 3)).toEqual({
    readings: 4,
    titles: ['left 2', 'right 2'],
  })
})

it('a folder is not waited for where the writing has no end', async () => {
  const { readings, titles } = await readWhileWritten(() => true)
  expect(readings).toBe(4)
  expect(titles).toEqual(['left 3', 'right 3'])
})

it('a folder is not read once more where that takes long', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  try {
    const { readings } = await readWhileWritten(() => {
      vi.advanceTimersByTime(2_000)
      return true
    })
    expect(readings).toBe(1)
  } finally {
    vi.useRealTimers()
  }
})
