// A folder that editors work in: what is saved appears, what becomes wrong keeps its last good version.
import { chmodSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Content, readFolder } from '../../../../src/content/folder/folder.ts'
import { emptyMemory } from '../../../../src/content/folder/memory.ts'
import { succeed } from '../../../../src/content/folder/succession.ts'
import { createSpool } from '../../../../src/content/keeping/spool.ts'
import { inBoundedTime } from '../../support/bounded-time.ts'
import { folderOf, readFiles, SETTINGS } from '../../support/folder.ts'
import { asPlainUser } from '../../support/plain-user.ts'

const record = (title: string, more = '') =>
  `---\nid: ${title[0]}\ntitle: ${title}\npublished: 2026-01-01\n${more}---\nText.\n`
const titles = ({ articles }: Content) =>
  articles
    .filter(({ draft }) => !draft)
    .map(({ title }) => title)
    .sort()

describe('a folder read again', () => {
  const STAYS = { 'b.md': record('B'), 'site.yaml': 'title: T\n' }
  const first = () => readFiles({ ...STAYS, 'a.md': record('A') })
  /** What it is after it had these files beside those that stay. */
  const then = async (files: Record<string, string>) =>
    succeed(await first(), await readFiles({ ...STAYS, ...files }))

  it.each([
    ['a new file is in', { 'a.md': record('A'), 'c.md': record('C') }, ['A', 'B', 'C']],
    ['a deleted file is gone', {}, ['B']],
    ['an edited file is new', { 'a.md': record('A2') }, ['A2', 'B']],
    [
      'a file that became wrong keeps its last good version',
      { 'a.md': '---\ntitle: A\n' },
      ['A', 'B'],
    ],
    ['a half-written file too', { 'a.md': '' }, ['A', 'B']],
    [
      'a wrong record under an old id is no reason to keep two',
      { 'a.md': '---\n', 'c.md': record('A3') },
      ['A3', 'B'],
    ],
    [
      'a file that became wrong keeps it where it is moved',
      { 'news/a.md': record('A', 'updated: soon\n') },
      ['A', 'B'],
    ],
    [
      'a file that was made a draft, with a slip, is published no more because a copy of it is wrong',
      {
        'a.md': record('A', 'draft: true\nupdated: soon\n'),
        'c.md': record('A', 'updated: soon\n'),
      },
      ['B'],
    ],
    [
      'a wrong record whose page another has is none either',
      { 'a.md': '---\n', 'c.md': record('C', 'slug: a\n') },
      ['B', 'C'],
    ],
    [
      'a wrong record under a new id keeps what its file gave',
      { 'a.md': record('C', 'updated: soon\n') },
      ['A', 'B'],
    ],
    ['a file made a draft is published no more', { 'a.md': record('A', 'draft: true\n') }, ['B']],
    [
      'a draft that was copied from a file takes nothing from it when that becomes wrong',
      { '0.md': record('A', 'draft: true\n'), 'a.md': '---\ntitle: A\n' },
      ['A', 'B'],
    ],
    ['a new file that is wrong never was', { 'a.md': record('A'), 'c.md': '---\n' }, ['A', 'B']],
  ])('%s', async (_, files, expected) => {
    expect(titles(await then(files))).toEqual(expected)
  })

  it.each([
    ['withdrawn', 'withdrawn: 2026-02-01\nupdated: soon\n'],
    ['withdrawn, but not since when', 'withdrawn: true\n'],
    ['withdrawn since a day that there is not', 'withdrawn: 2026-02-31\n'],
    ['a draft', 'draft: true\nupdated: soon\n'],
    ['a draft in words of other generators', 'status: draft\nupdated: soon\n'],
    ['a draft by a slip', 'drat: true\n'],
  ])('what is made %s is gone, whatever else is wrong', async (_, more) => {
    const next = await then({ 'a.md': record('A', more) })
    expect(titles(next)).toEqual(['B'])
    expect(next.problems).toMatchObject([{ file: 'a.md', severity: 'error' }])
  })

  it.each([
    ['not withdrawn', 'withdrawn: false\n'],
    ['no draft', 'draft: "no"\nupdated: soon\n'],
    ['no draft, by a slip', 'drat: false\n'],
  ])('what is wrong and said to be %s stays', async (_, more) => {
    const next = await then({ 'a.md': record('A', more) })
    expect(titles(next)).toEqual(['A', 'B'])
  })

  describe('of a file of several records', () => {
    const one = (id: string, more: object = {}) => ({
      id,
      title: id,
      published: '2026-01-01',
      ...more,
    })
    const soon = { updated: 'soon' }
    const cases: [string, object[], string[]][] = [
      [
        'a wrong one stays as it was, a deleted one is gone',
        [one('a'), one('b', soon)],
        ['a', 'b'],
      ],
      [
        'one under another id is there once',
        [one('a2'), one('b', soon), one('c')],
        ['a2', 'b', 'c'],
      ],
      [
        'one is withdrawn while another is wrong',
        [one('a', { ...soon, withdrawn: true }), one('b', soon), one('c')],
        ['b', 'c'],
      ],
      [
        'a wrong one that tells no id may be any',
        [{ ...one('a'), id: [] }, one('c')],
        ['a', 'b', 'c'],
      ],
      [
        'but none that is withdrawn',
        [one('a', { ...soon, withdrawn: true }), { ...one('b'), id: [] }, one('c')],
        ['b', 'c'],
      ],
      [
        'and none that is a draft now',
        [one('a', { draft: true }), { ...one('b'), id: [] }, one('c')],
        ['b', 'c'],
      ],
      [
        'one that takes the page of another stays where it was',
        [one('a'), one('b', { slug: 'a' })],
        ['a', 'b'],
      ],
    ]
    const forms = [
      ['a list', 'all.json', (records: object[]) => JSON.stringify(records)],
      [
        'lines',
        'all.ndjson',
        (records: object[]) => records.map((one) => JSON.stringify(one)).join('\n'),
      ],
    ] as const
    describe.each(forms)('that are %s,', (_, file, write) => {
      const earlier = () => readFiles({ [file]: write(['a', 'b', 'c'].map((id) => one(id))) })

      it.each(cases)('%s', async (_, records, expected) => {
        const next = await readFiles({ [file]: write(records) })
        expect(titles(succeed(await earlier(), next))).toEqual(expected)
      })

      it('all stay where it can be read no more', async () => {
        const next = await readFiles({ [file]: `${write([one('a')])}\n{"id": ` })
        expect(titles(succeed(await earlier(), next))).toEqual(['a', 'b', 'c'])
      })
    })
  })

  it('stays as it was where site.yaml became wrong, and tells why', async () => {
    const next = succeed(await first(), await readFiles({ 'site.yaml': 'title: [' }))
    expect(titles(next)).toEqual(['A', 'B'])
    expect(next.publication?.title).toBe('T')
    expect(next.problems).toMatchObject([{ file: 'site.yaml', severity: 'error' }])
  })

  it('stays as it was where site.yaml and every other file are away, as from a disk that isn’t there', async () => {
    const files = { 'site.yaml': 'title: T\n', 'a.md': record('A'), 'b.md': record('B') }
    const root = folderOf(files)
    const memory = emptyMemory()
    const read = () => readFolder(root, SETTINGS, memory)
    const before = await read()
    for (const file of Object.keys(files)) await rm(path.join(root, file))
    const after = succeed(before, await read())
    expect(titles(after)).toEqual(['A', 'B'])
    await writeFile(path.join(root, 'site.yaml'), files['site.yaml'])
    await writeFile(path.join(root, 'a.md'), files['a.md'])
    expect(titles(succeed(after, await read()))).toEqual(['A'])
  })

  it.each([
    ['wrong', (file: string) => writeFile(file, 'title: T\ntitel: [')],
    ['of wrong values', (file: string) => writeFile(file, 'title: T\nurl: harbour\n')],
    ['away', (file: string) => rm(file)],
  ])('goes on as site.yaml said while that is %s', async (_, spoil) => {
    const root = folderOf({
      'site.yaml': 'title: T\nurl: https://t.example/\n',
      'a.md': record('A'),
      'b.md': record('B'),
      'c.md': record('C'),
    })
    const memory = emptyMemory()
    const read = () => readFolder(root, SETTINGS, memory)
    const before = await read()
    await spoil(path.join(root, 'site.yaml'))
    await writeFile(path.join(root, 'a.md'), record('A2'))
    await writeFile(path.join(root, 'b.md'), record('B', 'withdrawn: 2026-02-01\n'))
    await rm(path.join(root, 'c.md'))
    const next = succeed(before, await read())
    expect(next.publication).toBe(before.publication)
    expect(next.articles.map(({ id, title }) => [id, title])).toEqual([
      [before.articles[0]?.id, 'A2'],
      [before.articles[1]?.id, 'B'],
    ])
    expect(next.articles[1]?.withdrawn).toBeDefined()
    expect([before.isWhole, next.isWhole]).toEqual([true, false])
    expect(next.problems).toMatchObject([{ file: 'site.yaml', severity: 'error' }])
    await writeFile(path.join(root, 'site.yaml'), 'title: T2\nurl: https://t.example/\n')
    const last = succeed(next, await read())
    expect([last.publication?.title, last.isWhole]).toEqual(['T2', true])
  })

  it.each([
    ['wrong', 'hugo.toml', (file: string) => writeFile(file, 'baseURL = "https://quay.example/')],
    ['away', 'hugo.toml', (file: string) => rm(file)],
    ['of a wrong part', 'config/_default/permalinks.toml', (file: string) => writeFile(file, 'x')],
  ])('goes on as its generator is configured while that is %s', async (_, name, spoil) => {
    const root = folderOf({
      'hugo.toml': 'title = "Quay"\nbaseURL = "https://quay.example/"\n',
      'config/_default/permalinks.toml': 'posts = "/:year/:slug/"\n',
      'content/posts/a.md': record('A'),
    })
    const memory = emptyMemory()
    const read = () => readFolder(path.join(root, 'content'), SETTINGS, memory)
    const before = await read()
    const file = path.join(root, name)
    const was = await readFile(file)
    await spoil(file)
    await writeFile(path.join(root, 'content/posts/a.md'), record('A2'))
    const next = succeed(before, await read())
    expect(next.publication).toBe(before.publication)
    expect(next.articles.map(({ title, link }) => [title, link])).toEqual([
      ['A2', 'https://quay.example/2026/a2/'],
    ])
    expect([before.isWhole, next.isWhole]).toEqual([true, false])
    expect(next.problems).toMatchObject([{ file: name, kind: 'unread-configuration' }])
    await writeFile(file, was)
    expect(await read()).toMatchObject({ isWhole: true, problems: [] })
  })

  it('is read again by itself where the configuration of a generator was wrong from the beginning', async () => {
    const root = folderOf({ 'hugo.toml': 'title = "Quay', 'content/posts/a.md': record('A') })
    const memory = emptyMemory()
    const read = () => readFolder(path.join(root, 'content'), SETTINGS, memory)
    expect([(await read()).isWhole, (await read()).isWhole]).toEqual([false, false])
    await writeFile(
      path.join(root, 'hugo.toml'),
      'title = "Quay"\nbaseURL = "https://quay.example/"\n',
    )
    expect(await read()).toMatchObject({ isWhole: true, publication: { title: 'Quay' } })
  })

  it('is whole below a file that only has a name as a configuration has', async () => {
    const root = folderOf({ 'config.json': '{ // of something else', 'posts/a.md': record('A') })
    const { isWhole, problems } = await readFolder(path.join(root, 'posts'), SETTINGS)
    expect(isWhole).toBe(true)
    expect(problems).toMatchObject([{ file: 'config.json', kind: 'unread-configuration' }])
  })

  it('keeps what lies in a folder that may not be read, and follows everything else', async () => {
    const root = folderOf({
      'a.md': record('A'),
      'deep/news/b.md': record('B'),
      'c.md': record('C'),
    })
    await asPlainUser(root, async () => {
      const before = await readFolder(root, SETTINGS)
      chmodSync(path.join(root, 'deep'), 0)
      await writeFile(path.join(root, 'a.md'), record('A2'))
      await rm(path.join(root, 'c.md'))
      const next = succeed(before, await readFolder(root, SETTINGS))
      expect(titles(next)).toEqual(['A2', 'B'])
      expect(next.problems).toMatchObject([{ file: 'deep', kind: 'unreadable' }])
      chmodSync(path.join(root, 'deep'), 0o700)
      await rm(path.join(root, 'deep/news/b.md'))
      expect(titles(succeed(next, await readFolder(root, SETTINGS)))).toEqual(['A2'])
    })
  })

  it('keeps nothing there that was moved away and made a draft', async () => {
    const root = folderOf({ 'deep/a.md': record('A'), 'deep/b.md': record('B') })
    await asPlainUser(root, async () => {
      const before = await readFolder(root, SETTINGS)
      chmodSync(path.join(root, 'deep'), 0)
      await writeFile(path.join(root, 'a.md'), record('A', 'draft: true\n'))
      expect(titles(succeed(before, await readFolder(root, SETTINGS)))).toEqual(['B'])
    })
  })

  it('keeps what lies in a folder that may be listed but not entered', async () => {
    const root = folderOf({ 'deep/a.md': record('A'), 'deep/news/b.md': record('B') })
    await asPlainUser(root, async () => {
      const memory = emptyMemory()
      const read = (...changed: string[]) =>
        readFolder(root, SETTINGS, memory, { changed: new Set(changed) })
      let content = await read()
      chmodSync(path.join(root, 'deep'), 0o600)
      for (const changed of [['deep'], ['deep/a.md', 'deep/news'], []]) {
        content = succeed(content, await read(...changed))
        expect(titles(content)).toEqual(['A', 'B'])
        expect(content.isWhole).toBe(false)
        expect(content.problems.map(({ file }) => file)).toEqual(['deep/a.md', 'deep/news'])
      }
      chmodSync(path.join(root, 'deep'), 0o700)
      await rm(path.join(root, 'deep/a.md'))
      content = succeed(content, await read())
      expect([titles(content), content.isWhole]).toEqual([['B'], true])
    })
  })

  it('keeps what a file of many records gave, and tells their twins, without reading it again for each', async () => {
    const all = Array.from({ length: 400 }, (_, id) => ({
      id,
      title: 'T',
      published: '2026-01-01',
    }))
    const text = JSON.stringify(all)
    const root = folderOf({ 'a.json': text })
    const memory = emptyMemory(createSpool)
    const before = await readFolder(root, SETTINGS, memory)
    await writeFile(path.join(root, 'b.json'), text)
    await inBoundedTime(async () => {
      const twins = await readFolder(root, SETTINGS, memory)
      expect(twins.problems).toHaveLength(400)
      await writeFile(path.join(root, 'a.json'), '[')
      await writeFile(path.join(root, 'b.json'), text.slice(0, -1))
      expect(succeed(before, await readFolder(root, SETTINGS, memory)).articles).toHaveLength(400)
    })
  })

  it.each<[string, Record<string, string>, string[]]>([
    ['keeps its last good version there', { 'new/a.md': 'Text\0' }, ['A']],
    ['and deleted there is gone, whatever is wrong where it was', { 'old/a.md': 'Text\0' }, []],
  ])('a file that was moved with its folder %s', async (_, files, expected) => {
    const root = folderOf({ 'old/a.md': record('A') })
    const memory = emptyMemory(createSpool)
    const before = await readFolder(root, SETTINGS, memory)
    await rename(path.join(root, 'old'), path.join(root, 'new'))
    const moved = succeed(before, await readFolder(root, SETTINGS, memory))
    await rm(path.join(root, 'new/a.md'))
    for (const [name, text] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(root, name)), { recursive: true })
      await writeFile(path.join(root, name), text)
    }
    expect(titles(succeed(moved, await readFolder(root, SETTINGS, memory)))).toEqual(expected)
  })

  it('has the same objects for what did not change', async () => {
    const [before, files] = [await first(), { 'a.md': record('A2'), 'b.md': record('B') }]
    const next = succeed(before, await readFiles({ ...files, 'site.yaml': 'title: T\n' }))
    expect(next.publication).toBe(before.publication)
    expect(next.articles.find(({ title }) => title === 'B')).toBe(before.articles[1])
    expect(next.articles.find(({ title }) => title === 'A2')).not.toBe(before.articles[0])
  })
})
