// What is served of records that are wrong outlives the process: a restart loses nothing, and brings nothing back.
import { existsSync } from 'node:fs'
import { appendFile, readdir, rm, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Content, readFolder } from '../../../../src/content/folder/folder.ts'
import { emptyMemory } from '../../../../src/content/folder/memory.ts'
import { succeed } from '../../../../src/content/folder/succession.ts'
import { lastGoodKeeper, recallLastGood } from '../../../../src/content/keeping/last-good.ts'
import { createSpool } from '../../../../src/content/keeping/spool.ts'
import { folderOf, SETTINGS, told } from '../../support/folder.ts'

const record = (id: string, more = '') =>
  `---\nid: ${id}\ntitle: Ferry ${id}\npublished: 2026-03-09\ntags: [渡口]\nsection: Harbour\n${more}---\nOne 🦉, and [the other](b.md).\n`
const FILES = { 'a.md': record('a'), 'b.md': record('b'), 'lines.ndjson': '' }
const WRONG = record('a', 'updated: soon\n')

/** What one process makes of a folder, as `serve` does. */
async function start(root: string, state: string, { program = 'p', settings = SETTINGS } = {}) {
  const memory = emptyMemory(createSpool, { file: path.join(state, 'readings'), program })
  const file = path.join(state, 'last-good')
  const keep = lastGoodKeeper(file, memory)
  let content = await recallLastGood(file, root, await readFolder(root, settings, memory), memory)
  await keep(content)
  return {
    content: () => content,
    async readAgain() {
      content = succeed(content, await readFolder(root, settings, memory))
      await keep(content)
    },
  }
}

/** A folder one of whose records became wrong while it was served, and what was kept then. */
async function becomingWrong(text = WRONG) {
  const [root, state] = [folderOf(FILES), folderOf({})]
  const first = await start(root, state)
  await writeFile(path.join(root, 'a.md'), text)
  await first.readAgain()
  return { root, state, served: first.content() }
}

const titles = ({ articles }: Content) => articles.map(({ title }) => title).sort()

describe('what is wrong when a process ends', () => {
  it.each([
    ['a wrong field', WRONG],
    ['a file that nobody can read', '---\ntitle: ['],
    ['an empty file', ''],
  ])('is served by the next as it was right last: %s', async (_, text) => {
    const { root, state, served } = await becomingWrong(text)
    const next = (await start(root, state)).content()
    expect(next.articles.map(told)).toEqual(served.articles.map(told))
    expect(titles(next)).toEqual(['Ferry a', 'Ferry b'])
    expect(next.problems).toEqual(served.problems)
    const third = (await start(root, state)).content()
    expect(third.articles.map(told)).toEqual(served.articles.map(told))
  })

  it('also where site.yaml changes while it is wrong', async () => {
    const [root, state] = [folderOf(FILES), folderOf({})]
    const first = await start(root, state)
    await writeFile(path.join(root, 'a.md'), WRONG)
    await first.readAgain()
    await writeFile(path.join(root, 'site.yaml'), 'title: Another\n')
    await first.readAgain()
    expect(titles((await start(root, state)).content())).toEqual(['Ferry a', 'Ferry b'])
  })

  it('of several in one file, each', async () => {
    const line = (id: string, more = {}) =>
      JSON.stringify({ id, title: `Ferry ${id}`, published: '2026-01-01', text: id, ...more })
    const [root, state] = [folderOf(FILES), folderOf({})]
    const file = path.join(root, 'lines.ndjson')
    await writeFile(file, [line('k'), line('l'), line('m')].join('\n'))
    const first = await start(root, state)
    const wrong = { updated: 'soon' }
    await writeFile(file, [line('k', wrong), line('l'), line('m', wrong)].join('\n'))
    await first.readAgain()
    expect(titles((await start(root, state)).content())).toEqual(titles(first.content()))
    await writeFile(file, [line('k', wrong), line('l')].join('\n'))
    expect(titles((await start(root, state)).content())).not.toContain('Ferry m')
  })
})

describe('what happened to it while no process ran holds', () => {
  it.each<[string, string | undefined, string[]]>([
    ['mended', record('a').replace('Ferry a', 'Mended'), ['Ferry b', 'Mended']],
    ['deleted', undefined, ['Ferry b']],
    ['made a draft', record('a', 'draft: true\nupdated: soon\n'), ['Ferry b']],
    ['withdrawn', record('a', 'withdrawn: 2026-03-10\nupdated: soon\n'), ['Ferry b']],
  ])('%s', async (_, text, expected) => {
    const { root, state } = await becomingWrong()
    const file = path.join(root, 'a.md')
    if (text === undefined) await rm(file)
    else await writeFile(file, text)
    expect(titles((await start(root, state)).content())).toEqual(expected)
    expect(existsSync(path.join(state, 'last-good'))).toBe(false)
  })

  it('its id was given to another', async () => {
    const { root, state } = await becomingWrong()
    await writeFile(path.join(root, 'c.md'), record('a').replace('Ferry a', 'Another'))
    expect(titles((await start(root, state)).content())).toEqual(['Another', 'Ferry b'])
  })
})

describe('nothing is taken', () => {
  const file = (state: string) => path.join(state, 'last-good')
  it.each<[string, (state: string) => Promise<void>]>([
    ['of a file that is cut', (state) => truncate(file(state), 300)],
    ['of an empty one', (state) => truncate(file(state), 0)],
    ['where something follows', (state) => appendFile(file(state), 'x')],
    ['where there is none', (state) => rm(file(state))],
  ])('%s', async (_, damage) => {
    const { root, state } = await becomingWrong()
    await damage(state)
    expect(titles((await start(root, state)).content())).toEqual(['Ferry b'])
  })

  it('that another program wrote, or that was read with other settings', async () => {
    const { root, state } = await becomingWrong()
    const other = { program: 'q' }
    expect(titles((await start(root, state, other)).content())).toEqual(['Ferry b'])
    const there = await becomingWrong()
    const elsewhere = { settings: { ...SETTINGS, address: 'https://b.example/' } }
    expect(titles((await start(there.root, there.state, elsewhere)).content())).toEqual(['Ferry b'])
  })
})

it('where nothing is wrong, nothing is kept', async () => {
  const [root, state] = [folderOf(FILES), folderOf({})]
  await start(root, state)
  expect(await readdir(state)).toEqual([])
})
