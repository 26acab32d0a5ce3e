// What is told of a folder that changes: each problem once, when it comes, and whether all of the folder could be read.
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { follow } from '../../../src/commands/following.ts'
import type { Numbers } from '../../../src/commands/numbers.ts'
import { alone, type Word } from '../../../src/commands/part.ts'
import { type Content, readFolder } from '../../../src/content/folder/folder.ts'
import { emptyMemory } from '../../../src/content/folder/memory.ts'
import type { Changed } from '../../../src/content/folder/watch.ts'
import { createHealth } from '../../../src/http/health.ts'
import { createPublisher } from '../../../src/publishing/publisher.ts'
import { folderOf } from '../support/folder.ts'
import { NOON } from '../support/publication.ts'

const RIGHT = '---\nid: a\ntitle: A\npublished: 2026-01-01\n---\nText.\n'
const WRONG = RIGHT.replace('2026-01-01', '2026-02-30')
const UNKNOWN = RIGHT.replace('published:', 'foo: 1\npublished:')

/** A server's folder, and what is told when it changes. */
async function following() {
  const folder = folderOf({ 'site.yaml': 'title: T\n', 'a.md': RIGHT })
  const memory = emptyMemory()
  const looked: Changed[] = []
  const read = async (changed?: Changed) => {
    looked.push(changed)
    return readFolder(folder, { address: 'http://127.0.0.1/', name: 'folder' }, memory)
  }
  let reading: (changed: Changed) => Promise<Content> = read
  const first = await read()
  const { publication, articles } = first
  if (publication === undefined) return expect.fail()
  const publisher = createPublisher({ publication, articles }, () => NOON)
  const told: string[] = []
  const counted: boolean[] = []
  const words: Word[] = []
  const health = createHealth(() => NOON)
  const numbers = {
    journal: {
      tell: (level: string, line: string) => {
        if (level !== 'info') told.push(`${level} ${line}`)
      },
    },
    stand: () => {},
    reloaded: (_: number, isWhole: boolean) => counted.push(isWhole),
  } as unknown as Numbers
  const part = {
    ...alone({ print: () => {}, error: () => {} }),
    tell: async (word: Word) => void words.push(word),
  }
  const keep = async () => {}
  const parts = { numbers, keep, health, announcing: undefined, part }
  const follower = follow((changed) => reading(changed), first, publisher, parts)
  const readiness = async () => {
    const answer = health.answer(new Request('http://127.0.0.1/readyz')) ?? expect.fail()
    const { reload } = (await answer.json()) as { reload: { failed: boolean } }
    return reload.failed
  }
  return {
    ...{ looked, counted, words, readiness, follower },
    /** Writes a file, and gives back what is told of it. */
    write: async (name: string, text: string) => {
      await writeFile(path.join(folder, name), text)
      await follower(new Set([name]), NOON)
      return told.splice(0)
    },
    titles: () => publisher.catalog().entries.map(({ article }) => article.title),
    fail: () => {
      reading = async () => {
        throw new Error('EMFILE')
      }
    },
  }
}

it('what becomes wrong is told once, by how bad it is, until it is mended and wrong again', async () => {
  const { write, titles } = await following()
  const error = expect.stringMatching(/^error a\.md:4:12: error: published: /)
  expect(await write('a.md', WRONG)).toEqual([error])
  expect(titles()).toEqual(['A'])
  expect(await write('b.md', UNKNOWN.replace('id: a', 'id: b'))).toEqual([
    expect.stringMatching(/^warn b\.md:\d+:\d+: warning: foo/),
  ])
  // Read again, with what it said before.
  expect(await write('a.md', WRONG.replace('Text', 'Other text'))).toEqual([])
  expect(await write('a.md', RIGHT)).toEqual([])
  expect(await write('a.md', WRONG)).toEqual([error])
})

it('all begin to read with the first, a small folder whole, whatever changed in it', async () => {
  const { write, words, looked } = await following()
  await write('a.md', WRONG)
  expect(words).toEqual([{ kind: 'reading', changed: ['a.md'], at: NOON }])
  expect(new Set(looked)).toEqual(new Set([undefined]))
})

it('a reading that fails is counted and told as one, and publishes nothing', async () => {
  const { write, fail, follower, counted, readiness, titles } = await following()
  await write('a.md', RIGHT)
  expect(await readiness()).toBe(false)
  fail()
  await expect(follower(undefined)).rejects.toThrow('EMFILE')
  expect(await readiness()).toBe(true)
  expect(counted).toEqual([true, false])
  expect(titles()).toEqual(['A'])
})
