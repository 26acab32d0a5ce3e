// A walk through a folder: what a look at the changed places finds is what a new walk finds.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  type FoundFiles,
  findAgain,
  findFiles,
  stampOf,
} from '../../../../src/content/folder/walk.ts'
import { inBoundedTime } from '../../support/bounded-time.ts'
import { folderOf } from '../../support/folder.ts'
import { asPlainUser } from '../../support/plain-user.ts'
import { runs } from '../../support/runs.ts'

const FOLDERS = ['', 'news', 'news/local', 'sport']
const FILES = ['a.md', 'b.json', 'x.png', '.a.md.swp', 'odd?.png']
const folder = fc.constantFrom(...FOLDERS)
const file = fc.tuple(folder, fc.constantFrom(...FILES)).map((parts) => path.posix.join(...parts))
const step = fc.oneof(
  fc.record({ kind: fc.constant('save' as const), at: file, text: fc.string() }),
  fc.record({ kind: fc.constant('link' as const), at: file, to: file }),
  fc.record({ kind: fc.constant('delete' as const), at: fc.oneof(file, folder) }),
  fc.record({ kind: fc.constant('move' as const), at: fc.oneof(file, folder), to: file }),
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** Does one thing to a folder. @returns the paths that a watcher would name. */
function change(root: string, one: Step): string[] {
  const { at } = one
  const place = path.join(root, at)
  if (at === '') return []
  switch (one.kind) {
    case 'save':
      mkdirSync(path.dirname(place), { recursive: true })
      rmSync(place, { recursive: true, force: true })
      writeFileSync(place, one.text)
      break
    case 'link':
      mkdirSync(path.dirname(place), { recursive: true })
      rmSync(place, { recursive: true, force: true })
      symlinkSync(path.join(root, one.to), place)
      break
    case 'delete':
      rmSync(place, { recursive: true, force: true })
      break
    case 'move': {
      const to = path.join(root, one.to)
      if (!existsSync(place) || to === place || to.startsWith(place + path.sep)) return []
      mkdirSync(path.dirname(to), { recursive: true })
      rmSync(to, { recursive: true, force: true })
      renameSync(place, to)
      return [at, one.to]
    }
  }
  return [at]
}

function comparable({ problems, ...found }: FoundFiles) {
  return { ...found, problems: problems.map((one) => JSON.stringify(one)).sort() }
}

/** What lay below a folder isn't looked for below the link that took its place: to itself, or to another folder. */
const LINKS_IN_PLACE_OF_FOLDERS: [Step[][]][] = ['x.png', 'b.json'].map((to) => [
  [
    [{ kind: 'link', at: 'news/a.md', to: 'a.md' }],
    [{ kind: 'move', at: 'news', to: 'x.png' }],
    [
      { kind: 'move', at: 'x.png', to: 'b.json' },
      { kind: 'link', at: 'x.png', to },
    ],
  ],
])

it('looking again at what changed finds what a new walk finds', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(step, { maxLength: 4 }), { maxLength: 6 }),
      async (turns) => {
        const root = folderOf({ 'a.md': 'A', 'news/a.md': 'B', 'news/local/x.png': 'C' })
        let found: FoundFiles = await findFiles(root)
        for (const steps of turns) {
          const named = new Set<string>()
          for (const one of steps) for (const name of change(root, one)) named.add(name)
          // The folders that were made on the way are named as well, as a watcher does.
          for (const name of [...named]) named.add(path.posix.dirname(name))
          named.delete('.')
          const before = new Map(found.stamps)
          const again = await findAgain(root, found, named)
          found = again.found
          expect(comparable(found)).toEqual(comparable(await findFiles(root)))
          for (const name of found.records)
            if (before.get(name) !== found.stamps.get(name)) expect(again.touched).toContain(name)
        }
      },
    ),
    { numRuns: runs(15), examples: LINKS_IN_PLACE_OF_FOLDERS },
  )
})

it('two thousand folders of a hundred thousand go in bounded time', async () => {
  const folders = Array.from({ length: 100_000 }, (_, at) => `post-${at}`)
  const records = folders.map((name) => `${name}/index.md`).sort()
  const found: FoundFiles = {
    records,
    media: new Map(),
    stamps: new Map(records.map((name) => [name, ''])),
    problems: [],
    unreadable: new Set(),
    links: new Set(),
    folders: new Set(['', ...folders]),
  }
  const gone = new Set(folders.slice(0, 2_000))
  const again = await inBoundedTime(() => findAgain(folderOf({}), found, gone))
  expect(again.found.records).toHaveLength(98_000)
  expect(again.touched.size).toBe(2_000)
})

it('the list of records is another only where files came or went', async () => {
  const root = folderOf({ 'a.md': 'A', 'b.md': 'B' })
  const first = await findFiles(root)
  writeFileSync(path.join(root, 'a.md'), 'C')
  const second = await findAgain(root, first, new Set(['a.md']))
  expect(second.found.records).toBe(first.records)
  rmSync(path.join(root, 'a.md'))
  const third = await findAgain(root, second.found, new Set(['a.md']))
  expect(third.found.records).toEqual(['b.md'])
})

it('a folder that may not be read is named, holds up nothing, and is looked into again each time', async () => {
  const root = folderOf({ 'a.md': 'A', 'deep/b.md': 'B', 'lost+found/c.md': 'C' })
  await asPlainUser(root, async () => {
    for (const name of ['deep', 'lost+found']) chmodSync(path.join(root, name), 0)
    const first = await findFiles(root)
    const named = first.problems.map(({ file }) => file)
    expect([first.records, [...first.unreadable], named]).toEqual([['a.md'], ['deep'], ['deep']])
    writeFileSync(path.join(root, 'd.md'), 'D')
    const second = await findAgain(root, first, new Set(['d.md']))
    expect([second.found.records, second.found.problems]).toEqual([
      ['a.md', 'd.md'],
      first.problems,
    ])
    expect([...second.found.unreadable]).toEqual(['deep'])
    chmodSync(path.join(root, 'deep'), 0o700)
    const third = await findAgain(root, second.found, new Set())
    expect(third.found).toMatchObject({ records: ['a.md', 'd.md', 'deep/b.md'], problems: [] })
    expect(third.found.unreadable.size).toBe(0)
  })
})

it.each<[string, boolean, number, number, number]>([
  ['a disk that counts parts of seconds', true, 7_000, 7_000.5, 7_003],
  ['whole seconds that are over', true, 5_000, 5_000, 7_100],
  ['whole seconds, two of which may still come out alike', false, 6_000, 6_000, 7_900],
  ['a time of change alone, as FAT has it', false, 6_000, 0, 7_100],
  ['a clock that is a little ahead', false, 8_000, 8_000, 7_900],
  ['a time that somebody set', true, 900_000, 6_998.5, 7_003],
])('of %s, a file looked at twice is the same: %s', (_, isSame, mtimeMs, ctimeMs, now) => {
  const facts = { ino: 1, size: 2, mtimeMs, ctimeMs }
  const looks = [1, 2].map(() => stampOf(facts, () => now))
  expect(looks[0] === looks[1]).toBe(isSame)
})
