// Files: things that are none, odd names, what is too large, and what editors and systems leave lying about.
import { execFileSync } from 'node:child_process'
import { closeSync, constants, mkdirSync, openSync, writeFileSync } from 'node:fs'
import { chmod, mkdir, symlink, truncate, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readFolder } from '../../../../src/content/folder/folder.ts'
import { folderOf, readFiles, remove, SETTINGS } from '../../support/folder.ts'
import { png } from '../../support/pictures.ts'
import { asPlainUser } from '../../support/plain-user.ts'

const GOOD = file('title: Good', 'id: good')

function file(...matter: string[]): string {
  return `---\npublished: 2026-03-09T08:30:00Z\n${matter.join('\n')}\n---\nText.\n`
}

const titlesOf = ({ articles }: { articles: readonly { title: string }[] }) =>
  articles.map(({ title }) => title).sort()

/** Makes what a folder can hold beside files; the test's end removes the folder. */
const THINGS: [string, string, (at: string) => unknown][] = [
  ['a FIFO', 'bad.md', (at) => execFileSync('mkfifo', [at])],
  ['a FIFO with the name of a picture', 'bad.png', (at) => execFileSync('mkfifo', [at])],
  ['a socket', 'bad.md', listen],
  ['a link to nothing', 'bad.md', (at) => symlink('nowhere.md', at)],
  ['a link to itself', 'bad.md', (at) => symlink('bad.md', at)],
  [
    'a link out of the folder',
    'bad.md',
    async (at) => symlink(path.join(folderOf({ 'x.md': file('title: Secret') }), 'x.md'), at),
  ],
  ['a link to a folder', 'bad', linkedFolder],
  ['a link to a folder with the name of an article', 'bad.md', linkedFolder],
  [
    'a link to a folder whose name begins as that of its own',
    'bad.md',
    (at) => {
      const beside = `${path.dirname(at)}-drafts`
      onTestFinished(() => remove(beside))
      mkdirSync(beside)
      writeFileSync(path.join(beside, 'x.md'), file('title: Secret'))
      return symlink(path.join(beside, 'x.md'), at)
    },
  ],
  ['a link to a device', 'bad.md', (at) => symlink('/dev/zero', at)],
]

async function linkedFolder(at: string): Promise<void> {
  const hidden = path.join(at, '../..hidden')
  await mkdir(hidden)
  await writeFile(path.join(hidden, 'x.md'), file('title: Hidden'))
  await symlink('..hidden', at)
}

function listen(at: string): Promise<void> {
  const server = createServer()
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())))
  return new Promise((resolve) => server.listen(at, resolve))
}

describe('what is no file is named and left alone, without waiting for it', () => {
  it.each(THINGS)('%s', async (_, name, make) => {
    const root = folderOf({ 'good.md': GOOD })
    await make(path.join(root, name))
    const read = await readFolder(root, SETTINGS)
    expect(titlesOf(read)).toEqual(['Good'])
    expect(read.problems).toMatchObject([{ file: name }])
  })

  it('a folder named as an article is a folder', async () => {
    const read = await readFiles({ 'a.md/b.md': file('title: B'), 'good.md': GOOD })
    expect(titlesOf(read)).toEqual(['B', 'Good'])
    expect(read.problems).toEqual([])
  })

  it('a file that may not be read', async () => {
    const root = folderOf({ 'bad.md': GOOD, 'good.md': GOOD })
    await chmod(path.join(root, 'bad.md'), 0)
    await asPlainUser(root, async () => {
      const read = await readFolder(root, SETTINGS)
      expect(titlesOf(read)).toEqual(['Good'])
      expect(read.problems).toMatchObject([{ severity: 'error', file: 'bad.md' }])
    })
  })

  it('a link to a file of the folder is that file', async () => {
    const root = folderOf({ 'article.txt': file('title: Linked'), 'good.md': GOOD })
    await symlink('article.txt', path.join(root, 'linked.md'))
    const read = await readFolder(root, SETTINGS)
    expect(titlesOf(read)).toEqual(['Good', 'Linked'])
  })

  it('a link to a folder around it ends nowhere', async () => {
    const root = folderOf({ 'good.md': GOOD })
    await symlink('.', path.join(root, 'loop'))
    await symlink('..', path.join(root, 'loop.md'))
    expect(titlesOf(await readFolder(root, SETTINGS))).toEqual(['Good'])
  })

  it('a FIFO in place of site.yaml is an error', async () => {
    const root = folderOf({ 'good.md': GOOD })
    const fifo = path.join(root, 'site.yaml')
    execFileSync('mkfifo', [fifo])
    const read = readFolder(root, SETTINGS)
    let timer: NodeJS.Timeout | undefined
    const tooLong = new Promise<'waits'>((resolve) => {
      timer = setTimeout(resolve, 10_000, 'waits')
    })
    const first = await Promise.race([read, tooLong])
    clearTimeout(timer)
    if (first === 'waits') {
      // Whoever waits for a writer has one now, who says nothing.
      closeSync(openSync(fifo, constants.O_RDWR | constants.O_NONBLOCK))
      await read
    }
    expect(first).toMatchObject({
      publication: undefined,
      problems: [{ severity: 'error', file: 'site.yaml' }],
    })
  })
})

describe('what editors and systems leave lying about is ignored', () => {
  it.each([
    ...['.good.md.swp', '.good.md.swo', 'good.md~', '4913', 'good.md.tmp', 'good.tmp'],
    ...['#good.md#', '.#good.md', 'good.md.bak', 'good.md.orig', '.hidden.md', '.git/good.md'],
    ...['node_modules/package/README.md', '.DS_Store', 'Thumbs.db', 'good.md.part'],
  ])('%s', async (name) => {
    const read = await readFiles({ [name]: file('title: Litter'), 'good.md': GOOD })
    expect(titlesOf(read)).toEqual(['Good'])
    expect(read.problems).toEqual([])
  })
})

it.each([
  'good.sync-conflict-20260309-083000-ABCDEFG.md',
  "good (Ana's conflicted copy 2026-03-09).md",
  'good (conflicted copy 2026-03-09 083000).md',
])('%s, which was left where two changed a file at once, is told and left alone', async (name) => {
  const read = await readFiles({ [name]: file('title: Copy'), 'good.md': GOOD })
  expect(titlesOf(read)).toEqual(['Good'])
  expect(read.problems).toMatchObject([{ file: name, kind: 'left-alone' }])
})

describe('a file that is too large takes no other down, and is told in one line', () => {
  /** Without a block on the disk. */
  async function folderWith(name: string, bytes: number): Promise<string> {
    const root = folderOf({ 'good.md': GOOD })
    await writeFile(path.join(root, name), '')
    await truncate(path.join(root, name), bytes)
    return root
  }

  it.each<[string, number, RegExp]>([
    ['a.md', 100_000_000, /^The file has 100000000 bytes; an article has at most /],
    ['a.json', 100_000_000, /^The file has 100000000 bytes; an article has at most /],
    // One line, as long as it is; all of it is read.
    ['a.ndjson', 20_000_000, /^The line is longer than 8388608 bytes/],
  ])('%s of %i bytes', async (name, bytes, sentence) => {
    const { articles, problems } = await readFolder(await folderWith(name, bytes), SETTINGS)
    expect(articles.map(({ title }) => title)).toEqual(['Good'])
    expect(problems).toEqual([
      expect.objectContaining({ file: name, sentence: expect.stringMatching(sentence) }),
    ])
  })

  it('hugo.toml', async () => {
    const root = await folderWith('hugo.toml', 100_000_000)
    const { articles, problems } = await readFolder(root, SETTINGS)
    expect(articles).toHaveLength(1)
    expect(problems).toMatchObject([{ file: 'hugo.toml', kind: 'unread-configuration' }])
  })
})

/** Odd names of files that have an address which every server and cache reads alike. */
const SERVED = [
  ...['🦉 owl', 'x'.repeat(200), '字'.repeat(66), 'e\u0301te\u0301', '\u202Ereversed'],
  ...['a&b=<c>"d"', "it's", 'a:b', 'a+b', 'con', 'constructor', '__proto__', 'a.b.c'],
]
/** And of those that have none. */
const UNSERVED = [
  ...['line\nbreak', 'a..%2f..%2fetc%2fpasswd', '100%', '50%25', 'a#b', 'a?b=c', 'a\\b'],
]

describe('a file of an odd name is served, or refused by that name', () => {
  it.each([...SERVED, ...UNSERVED])('%j, an article', async (name) => {
    const { articles, problems } = await readFiles({ [`${name}.md`]: file('title: Odd') })
    expect(problems).toEqual([])
    const [{ slug, link, id } = { slug: '', link: '', id: '' }] = articles
    expect(slug).not.toBe('')
    expect(new URL(link).href).toBe(link)
    expect(decodeURIComponent(new URL(link).pathname)).toBe(`/articles/${slug}`)
    expect(id).toBe('tag:gazette.invalid,2026:2026-03-09T08:30:00Z')
  })

  it.each([...SERVED, ...UNSERVED])('%j, a picture', async (name) => {
    const picture = `${name}.png`
    const record = { title: 'A', published: '2026-03-09', pictures: [{ file: picture }] }
    const { articles, problems } = await readFiles({
      [picture]: png(3, 2),
      'a.json': JSON.stringify(record),
    })
    expect(articles).toHaveLength(1)
    if (SERVED.includes(name)) {
      expect(problems).toEqual([])
      expect(articles[0]?.pictures).toMatchObject([{ type: 'image/png', width: 3, height: 2 }])
      const { pathname, search, hash } = new URL(articles[0]?.pictures[0]?.url ?? '')
      expect(decodeURIComponent(pathname) + search + hash).toBe(`/media/${picture}`)
    } else {
      expect(articles[0]?.pictures).toEqual([])
      expect(problems.map(({ file: named }) => named).sort()).toEqual(['a.json', picture].sort())
    }
  })

  it.each(['-', ',', '\u200B'])(
    'unless nothing of it could stand in an address: %j',
    async (name) => {
      const read = await readFiles({ [`${name}.md`]: file('title: Odd'), 'good.md': GOOD })
      expect(titlesOf(read)).toEqual(['Good'])
      expect(read.problems).toMatchObject([
        { severity: 'error', file: `${name}.md`, field: 'slug' },
      ])
    },
  )

  it.runIf(process.platform === 'linux')(
    'names that differ in case alone are one page: the second is told of the first',
    async () => {
      const { articles, problems } = await readFiles({
        'One.md': file('title: First', 'id: "1"'),
        'one.md': file('title: Second', 'id: "2"'),
      })
      expect(titlesOf({ articles })).toEqual(['First'])
      expect(problems).toMatchObject([
        { severity: 'error', file: 'one.md', sentence: expect.stringContaining('One.md') },
      ])
    },
  )

  it('150 folders deep', async () => {
    const read = await readFiles({ [`${'d/'.repeat(150)}deep.md`]: file('title: Deep') })
    expect(read.problems).toEqual([])
    expect(read.articles).toMatchObject([{ title: 'Deep', slug: 'deep' }])
  })

  it('200 in one folder', async () => {
    const names = Array.from({ length: 200 }, (_, at) => `${at}.md`)
    const read = await readFiles(
      Object.fromEntries(names.map((name) => [name, file('title: A', `id: n${name}`)])),
    )
    expect(read.problems).toEqual([])
    expect(read.articles).toHaveLength(200)
  })
})
