// How long a folder of 5,000 articles takes to read: at first, and again after one save (the baseline is the first).
import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, bench, describe } from 'vitest'
import { readFolder } from '../../src/content/folder.ts'
import { emptyMemory } from '../../src/content/folder-memory.ts'

const ARTICLES = 5000
const SETTINGS = { address: 'http://localhost/', name: 'bench' }
const PARAGRAPH =
  '清晨的码头上，第一班渡轮靠岸。 The cranes begin to move before the fog has lifted. '.repeat(4)
const memory = emptyMemory()
let root: string

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'gazette-bench-'))
  await mkdir(path.join(root, 'news'))
  for (let number = 0; number < ARTICLES; number++) {
    const day = String((number % 28) + 1).padStart(2, '0')
    const text = `---\nid: n${number}\ntitle: Article ${number}\npublished: 2026-03-${day}\ntags: [t${number % 50}]\n---\n`
    await writeFile(
      path.join(root, 'news', `${number}.md`),
      `${text}${PARAGRAPH}\n\n${PARAGRAPH}\n`,
    )
  }
  await readFolder(root, SETTINGS, memory)
})

afterAll(() => rm(root, { recursive: true }))

describe(`${ARTICLES} articles`, () => {
  bench(
    'read for the first time',
    async () => {
      await readFolder(root, SETTINGS)
    },
    { iterations: 3, time: 0, warmupIterations: 1, warmupTime: 0 },
  )

  bench(
    'read again after one save',
    async () => {
      await appendFile(path.join(root, 'news', '7.md'), 'More.\n')
      await readFolder(root, SETTINGS, memory)
    },
    { iterations: 10, time: 0, warmupIterations: 1, warmupTime: 0 },
  )
})
