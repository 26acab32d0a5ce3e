// What a reading kept for the next start: it is what reading everything would find, or it is not taken.
import {
  appendFile,
  copyFile,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { type Content, readFolder, sourceOf } from '../../../../src/content/folder/folder.ts'
import { emptyMemory } from '../../../../src/content/folder/memory.ts'
import { keepReadings } from '../../../../src/content/keeping/kept-readings.ts'
import { createSpool } from '../../../../src/content/keeping/spool.ts'
import { folderOf, SETTINGS, told } from '../../support/folder.ts'

const SITES = fileURLToPath(new URL('../../../sites', import.meta.url))
const DEMONSTRATION = fileURLToPath(new URL('../../../../content', import.meta.url))
const FOREVER = new AbortController().signal

/** One process's reading: what it remembers beside what it found. */
async function start(root: string, state: string, { program = 'a', settings = SETTINGS } = {}) {
  const memory = emptyMemory(createSpool, { file: path.join(state, 'readings'), program })
  const read: string[] = []
  const content = await readFolder(root, settings, memory, {
    progress: (step) => read.push(step),
  })
  return {
    content,
    memory,
    recalled: memory.kept?.recalled,
    /** How many files were read. */
    read: read.filter((step) => step === 'read').length,
    keep: () => keepReadings(memory, FOREVER),
  }
}

/** Content as it can be compared. */
function comparable(content: Content): object {
  const { articles, sources: _, ...others } = content
  return {
    ...others,
    articles: articles.map(told),
    files: articles.map((article) => sourceOf(content, article)?.record.file),
  }
}

function record(id: string, body: string, more = ''): string {
  return `---\nid: urn:n:${id}\ntitle: Ferry ${id}\npublished: 2026-03-09 08:30\ntags: [ferry, 渡口]\nsection: News/Harbour\n${more}---\n${body}\n`
}

const FILES = {
  'site.yaml': 'title: T\nurl: https://a.example/\nauthors: [{name: Ana}]\n',
  'a.md': record('a', 'One 🦉.'),
  'b.md': record('b', '![The quay](quay.png) and [the other](a.md)', 'unheard-of: 1\n'),
  'c.ndjson': [
    JSON.stringify({ id: 'urn:n:c', title: 'C', published: '2026-01-01', text: 'Line\n渡口' }),
    '{',
    JSON.stringify({ id: 'urn:n:d', title: 'D', published: '2026-01-02', html: '<p>D</p>' }),
  ].join('\n'),
  'wrong.md': '---\ntitle: [\n---\n',
  'same.md': record('a', 'Again.'),
  'quay.png': Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAQAAAAT4xYKAAAADElEQVR42mNkIAAAAAkAAXGr4+sAAAAASUVORK5CYII=',
    'base64',
  ),
}

/** What one process read and kept of a folder. */
async function kept(files: Parameters<typeof folderOf>[0] = FILES) {
  const [root, state] = [folderOf(files), folderOf({})]
  const first = await start(root, state)
  await first.keep()
  return { root, state, first }
}

const folders = [
  DEMONSTRATION,
  ...(await readdir(SITES)).map((name) => path.join(SITES, name)),
].map((root) => [path.basename(root), root] as const)

describe('a second start finds what a first one would, and reads no file', () => {
  it.each(folders)('in %s', async (_, root) => {
    const state = folderOf({})
    const first = await start(root, state)
    const printed = JSON.stringify(first.content.articles)
    await first.keep()
    const second = await start(root, state)
    expect(second.recalled).toBeGreaterThan(0)
    expect(second.read).toBe(0)
    expect(comparable(second.content)).toStrictEqual(comparable(first.content))
    // In the same order, too: digests are made of what is printed.
    expect(JSON.stringify(second.content.articles)).toBe(printed)
  })

  it('with lines, pictures, links, and files that are wrong', async () => {
    const root = folderOf(FILES)
    const state = folderOf({})
    const first = await start(root, state)
    expect(first.content.problems).not.toEqual([])
    // Some words are made already.
    expect(first.content.articles[0]?.html).toBe('<p>One 🦉.</p>')
    await first.keep()
    const second = await start(root, state)
    expect([second.recalled, second.read]).toEqual([5, 0])
    expect(comparable(second.content)).toStrictEqual(comparable(await readFolder(root, SETTINGS)))
    expect(second.content.articles[0]?.tags[0]).toBe(second.content.articles[1]?.tags[0])
  })

  it('with a file of more articles than are written down at once', async () => {
    // The first fill two blocks by their length, all of them one by their number.
    const lines = Array.from({ length: 2_100 }, (_, at) =>
      JSON.stringify({
        id: `urn:n:${at}`,
        title: `T${at}`,
        published: '2026-01-01',
        // One that each block has, one that only the last has, one that none but a few have.
        tags: ['all', at > 2_090 ? 'late' : 'early', `t${at % 700}`],
        text: `${at} `.repeat(at < 16 ? 30_000 : 1),
      }),
    )
    const { root, state, first } = await kept({ ...FILES, 'c.ndjson': lines.join('\n') })
    const second = await start(root, state)
    expect(second.read).toBe(0)
    // Of some, since making all of them takes seconds.
    const wordsOf = (content: Content) =>
      content.articles.filter((_, at) => at === 12 || at % 256 > 253).map(({ text }) => text)
    expect(JSON.stringify(second.content.articles)).toBe(JSON.stringify(first.content.articles))
    expect(wordsOf(second.content)).toStrictEqual(wordsOf(first.content))
  })

  it('a third time, with what the second one kept of what the first one did', async () => {
    const { root, state } = await kept()
    for (const name of ['e', 'f', 'g']) {
      await writeFile(path.join(root, `${name}.md`), record(name, 'New.'))
      await (await start(root, state)).keep()
    }
    const last = await start(root, state)
    expect([last.recalled, last.read]).toEqual([8, 0])
    expect(comparable(last.content)).toStrictEqual(comparable(await readFolder(root, SETTINGS)))
  })
})

describe('what changed since is read, and nothing else', () => {
  it.each<[string, (root: string) => Promise<unknown>, number]>([
    ['a saved file', (root) => appendFile(path.join(root, 'a.md'), 'More.\n'), 1],
    ['a new file', (root) => writeFile(path.join(root, 'n.md'), record('n', 'N.')), 1],
    ['a deleted file', (root) => rm(path.join(root, 'a.md')), 0],
    ['another name', (root) => rename(path.join(root, 'same.md'), path.join(root, 'other.md')), 1],
    ['a line', (root) => appendFile(path.join(root, 'c.ndjson'), '\n{}'), 1],
    ['a picture that is gone', (root) => rm(path.join(root, 'quay.png')), 0],
    ['a folder', (root) => mkdir(path.join(root, 'x')), 0],
  ])('%s', async (_, change, read) => {
    const { root, state } = await kept()
    await change(root)
    const next = await start(root, state)
    expect(next.recalled).toBeGreaterThan(3)
    expect(next.read).toBe(read)
    expect(comparable(next.content)).toStrictEqual(comparable(await readFolder(root, SETTINGS)))
  })

  it('a file that was only written again is read, and its articles are as they were', async () => {
    const { root, state, first } = await kept()
    await copyFile(path.join(root, 'a.md'), path.join(root, 'a.md~'))
    await rename(path.join(root, 'a.md~'), path.join(root, 'a.md'))
    const next = await start(root, state)
    expect(next.read).toBe(1)
    expect(comparable(next.content)).toStrictEqual(comparable(first.content))
    const again = await readFolder(root, SETTINGS, next.memory)
    expect(again.articles[0]).toBe(next.content.articles[0])
  })
})

describe('nothing is taken, and everything is read,', () => {
  const damaged = (change: (bytes: Buffer) => void) => async (file: string) => {
    const bytes = await readFile(file)
    change(bytes)
    await writeFile(file, bytes)
  }
  it.each<[string, (file: string) => Promise<unknown>]>([
    ['where the file is cut', async (file) => truncate(file, (await stat(file)).size - 1)],
    ['where it is empty', (file) => truncate(file, 0)],
    ['where it was cut in its header', (file) => truncate(file, 100)],
    ['where something follows', (file) => appendFile(file, 'x')],
    [
      'where a bit of a line is another',
      damaged((bytes) => bytes.writeUInt8(bytes.readUInt8(300) ^ 1, 300)),
    ],
    [
      'where a bit of a word is another',
      damaged((bytes) => {
        const at = bytes.indexOf('Again.')
        bytes.writeUInt8(bytes.readUInt8(at) ^ 4, at)
      }),
    ],
    ['where it is a folder', async (file) => rm(file).then(() => mkdir(file))],
    ['where it is something else', (file) => writeFile(file, '{"key":1}\n'.repeat(100))],
  ])('%s', async (_, damage) => {
    const { root, state, first } = await kept()
    await damage(path.join(state, 'readings'))
    const next = await start(root, state)
    expect([next.recalled, next.read]).toEqual([0, 5])
    expect(comparable(next.content)).toStrictEqual(comparable(first.content))
  })

  it.each([
    ['by another program', { program: 'b' }],
    ['at another address', { settings: { ...SETTINGS, url: 'https://b.example/' } }],
    ['in another language', { settings: { ...SETTINGS, language: 'fr' } }],
  ])('%s', async (_, other) => {
    const { root, state } = await kept()
    const next = await start(root, state, other)
    expect([next.recalled, next.read]).toEqual([0, 5])
    await next.keep()
    expect((await start(root, state, other)).recalled).toBe(5)
  })

  it('where site.yaml says something else, or is wrong', async () => {
    const { root, state } = await kept()
    await writeFile(path.join(root, 'site.yaml'), 'title: T\nzone: x: y\n')
    const wrong = await start(root, state)
    await wrong.keep()
    expect(wrong.content.publication).toBeUndefined()
    await writeFile(path.join(root, 'site.yaml'), `${FILES['site.yaml']}language: fr\n`)
    expect((await start(root, state)).recalled).toBe(0)
    await writeFile(path.join(root, 'site.yaml'), FILES['site.yaml'])
    expect((await start(root, state)).recalled).toBe(5)
  })
})

describe('keeping', () => {
  it('replaces the file whole or not at all, for its owner alone', async () => {
    const root = folderOf(FILES)
    const state = folderOf({})
    const file = path.join(state, 'readings')
    await (await start(root, state)).keep()
    const before = await readFile(file)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    await writeFile(`${file}.new`, 'left by a process that was killed')
    await writeFile(path.join(root, 'n.md'), record('n', 'N.'))
    const { memory, keep } = await start(root, state)
    const stopped = AbortSignal.abort(new Error('told to stop'))
    await expect(keepReadings(memory, stopped)).rejects.toThrow('told to stop')
    expect(await readFile(file)).toEqual(before)
    expect(await readdir(state)).toEqual(['readings'])
    await keep()
    expect(await readdir(state)).toEqual(['readings'])
    expect((await start(root, state)).recalled).toBe(6)
  })

  it('leaves the file alone where little is new', async () => {
    const many = Array.from({ length: 60 }, (_, at) => [`${at}.md`, record(`${at}`, 'Text.')])
    const { root, state } = await kept(Object.fromEntries(many))
    const { ino } = await stat(path.join(state, 'readings'))
    await appendFile(path.join(root, '1.md'), 'More.')
    await (await start(root, state)).keep()
    expect((await stat(path.join(state, 'readings'))).ino).toBe(ino)
  })

  it('says what the system says where nothing can be written', async () => {
    const { keep } = await start(folderOf(FILES), '/nowhere')
    await expect(keep()).rejects.toThrow('ENOENT')
  })
})
