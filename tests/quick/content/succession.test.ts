// A folder that editors work in: what is saved appears, what becomes wrong keeps its last good version.
import { chmodSync } from 'node:fs'
import { mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Content, readFolder } from '../../../src/content/folder.ts'
import { configurationOf, emptyMemory, mayHoldLinks } from '../../../src/content/folder-memory.ts'
import { createSpool } from '../../../src/content/spool.ts'
import { succeed } from '../../../src/content/succession.ts'
import { watchFolder } from '../../../src/content/watch.ts'
import { createPublisher } from '../../../src/publishing/publisher.ts'
import { folderOf, readFiles, remove } from '../support/folder.ts'
import { asPlainUser } from '../support/plain-user.ts'

const SETTINGS = { address: 'http://localhost/', name: 'folder' }

const record = (title: string, more = '') =>
  `---\nid: ${title[0]}\ntitle: ${title}\npublished: 2026-01-01\n${more}---\nText.\n`
const titles = ({ articles }: Content) =>
  articles
    .filter(({ draft }) => !draft)
    .map(({ title }) => title)
    .sort()

describe('a folder read again', () => {
  const first = () =>
    readFiles({ 'a.md': record('A'), 'b.md': record('B'), 'site.yaml': 'title: T\n' })

  it.each([
    [
      'a new file is in',
      { 'a.md': record('A'), 'b.md': record('B'), 'c.md': record('C') },
      ['A', 'B', 'C'],
    ],
    ['a deleted file is gone', { 'a.md': record('A') }, ['A']],
    ['an edited file is new', { 'a.md': record('A2'), 'b.md': record('B') }, ['A2', 'B']],
    [
      'a file that became wrong keeps its last good version',
      { 'a.md': '---\ntitle: A\n', 'b.md': record('B') },
      ['A', 'B'],
    ],
    ['a half-written file too', { 'a.md': '', 'b.md': record('B') }, ['A', 'B']],
    [
      'a wrong record under an old id is no reason to keep two',
      { 'a.md': '---\n', 'c.md': record('A3'), 'b.md': record('B') },
      ['A3', 'B'],
    ],
    [
      'a file made a draft is published no more',
      { 'a.md': record('A', 'draft: true\n'), 'b.md': record('B') },
      ['B'],
    ],
    [
      'a draft that was copied from a file takes nothing from it when that becomes wrong',
      { '0.md': record('A', 'draft: true\n'), 'a.md': '---\ntitle: A\n', 'b.md': record('B') },
      ['A', 'B'],
    ],
    [
      'a new file that is wrong never was',
      { 'a.md': record('A'), 'b.md': record('B'), 'c.md': '---\n' },
      ['A', 'B'],
    ],
  ])('%s', async (_, files, expected) => {
    const next = succeed(await first(), await readFiles({ ...files, 'site.yaml': 'title: T\n' }))
    expect(titles(next)).toEqual(expected)
  })

  it.each([
    ['withdrawn', 'withdrawn: 2026-02-01\nupdated: soon\n'],
    ['withdrawn, but not since when', 'withdrawn: true\n'],
    ['withdrawn since a day that there is not', 'withdrawn: 2026-02-31\n'],
    ['a draft', 'draft: true\nupdated: soon\n'],
    ['a draft in words of other generators', 'status: draft\nupdated: soon\n'],
    ['a draft by a slip', 'drat: true\n'],
  ])('what is made %s is gone, whatever else is wrong', async (_, more) => {
    const next = succeed(
      await first(),
      await readFiles({ 'a.md': record('A', more), 'b.md': record('B') }),
    )
    expect(titles(next)).toEqual(['B'])
    expect(next.problems).toMatchObject([{ file: 'a.md', severity: 'error' }])
  })

  it.each([
    ['not withdrawn', 'withdrawn: false\n'],
    ['no draft', 'draft: "no"\nupdated: soon\n'],
    ['no draft, by a slip', 'drat: false\n'],
  ])('what is wrong and said to be %s stays', async (_, more) => {
    const next = succeed(
      await first(),
      await readFiles({ 'a.md': record('A', more), 'b.md': record('B') }),
    )
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

  it('keeps what lies in a folder that may be listed but not entered', async () => {
    const root = folderOf({ 'deep/a.md': record('A'), 'deep/news/b.md': record('B') })
    await asPlainUser(root, async () => {
      const memory = emptyMemory()
      const read = (...changed: string[]) =>
        readFolder(root, SETTINGS, memory, undefined, new Set(changed))
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
    const begun = performance.now()
    const twins = await readFolder(root, SETTINGS, memory)
    expect(twins.problems).toHaveLength(400)
    await writeFile(path.join(root, 'a.json'), '[')
    await writeFile(path.join(root, 'b.json'), text.slice(0, -1))
    expect(succeed(before, await readFolder(root, SETTINGS, memory)).articles).toHaveLength(400)
    expect(performance.now() - begun).toBeLessThan(2_000)
  })

  it('has the same objects for what did not change', async () => {
    const [before, files] = [await first(), { 'a.md': record('A2'), 'b.md': record('B') }]
    const next = succeed(before, await readFiles({ ...files, 'site.yaml': 'title: T\n' }))
    expect(next.publication).toBe(before.publication)
    expect(next.articles.find(({ title }) => title === 'B')).toBe(before.articles[1])
    expect(next.articles.find(({ title }) => title === 'A2')).not.toBe(before.articles[0])
  })
})

describe('a live folder', () => {
  async function live(files: Record<string, string>, root = folderOf(files)) {
    const failures: unknown[] = []
    const memory = emptyMemory()
    const watch = await watchFolder(
      root,
      (error) => failures.push(error),
      () => mayHoldLinks(memory),
      undefined,
      () => configurationOf(root, memory),
    )
    let content = await readFolder(root, SETTINGS, memory)
    const { publication = expect.fail(), articles } = content
    const publisher = createPublisher({ publication, articles }, Date.now)
    let turns = 0
    watch.follow(async (changed) => {
      turns++
      content = succeed(content, await readFolder(root, SETTINGS, memory, undefined, changed))
      publisher.publish({
        publication: content.publication ?? publication,
        articles: content.articles,
      })
      return true
    })
    onTestFinished(watch.close)
    onTestFinished(() => expect(failures).toEqual([]))
    return {
      at: (file: string) => path.join(root, file),
      turns: () => turns,
      link: () => publisher.catalog().entries[0]?.article.link,
      published: () =>
        publisher
          .catalog()
          .entries.map((entry) => entry.article.title)
          .sort(),
    }
  }
  const soon = { timeout: 1000, interval: 20 }
  const eventually = { timeout: 10_000, interval: 20 }

  it('a saved, moved or deleted file is in the feeds within a second', async () => {
    const { at, published } = await live({ 'a.md': record('A') })
    await writeFile(at('b.md'), record('B'))
    await expect.poll(published, soon).toEqual(['A', 'B'])
    await mkdir(at('deep'))
    await writeFile(at('.b.md.swp'), 'x')
    await writeFile(at('b.tmp'), record('B2'))
    await rename(at('b.tmp'), at('b.md'))
    await expect.poll(published, soon).toEqual(['A', 'B2'])
    await rename(at('a.md'), at('deep/a.md'))
    await rm(at('b.md'))
    await expect.poll(published, soon).toEqual(['A'])
  })

  it('what is saved or deleted below a folder that was moved, or moved in, is noticed', async () => {
    const { at, published } = await live({ 'news/2026/a.md': record('A') })
    const elsewhere = folderOf({ 'sport/2026/b.md': record('B'), 'sport/2026/c.md': record('C') })
    await rename(at('news'), at('reports'))
    await rename(path.join(elsewhere, 'sport'), at('sport'))
    await expect.poll(published, eventually).toEqual(['A', 'B', 'C'])
    await writeFile(at('reports/2026/a.md'), record('A2'))
    await expect.poll(published, eventually).toEqual(['A2', 'B', 'C'])
    await rm(at('sport/2026/b.md'))
    await expect.poll(published, eventually).toEqual(['A2', 'C'])
  })

  it('a folder in the place of the old one is read and watched', async () => {
    const { at, published } = await live({ 'a.md': record('A') })
    const other = folderOf({ 'news/b.md': record('B') })
    await rename(at(''), `${other}-old`)
    onTestFinished(() => remove(`${other}-old`))
    await rename(other, at(''))
    await expect.poll(published, eventually).toEqual(['B'])
    await writeFile(at('news/b.md'), record('B2'))
    await expect.poll(published, eventually).toEqual(['B2'])
  })

  it('what comes after folders were moved away and deleted there is noticed', async () => {
    const { at, published } = await live({ 'a.md': record('A'), 'news/2026/b.md': record('B') })
    const elsewhere = folderOf({})
    await rename(at('news'), path.join(elsewhere, 'news'))
    await rm(elsewhere, { recursive: true })
    await expect.poll(published, eventually).toEqual(['A'])
    await mkdir(at('sport/2026'), { recursive: true })
    await writeFile(at('sport/2026/c.md'), record('C'))
    await expect.poll(published, eventually).toEqual(['A', 'C'])
    await writeFile(at('sport/2026/c.md'), record('C2'))
    await expect.poll(published, eventually).toEqual(['A', 'C2'])
  })

  it.each([
    ['hugo.toml', 'baseURL = "https://pier.example/"', 'https://pier.example/posts/a/'],
    ['config/_default/permalinks.toml', 'posts = "/:year/"', 'https://quay.example/2026/'],
  ])(
    'the configuration of a generator is followed, wherever it lies: %s',
    async (file, said, url) => {
      const site = folderOf({
        'hugo.toml': 'baseURL = "https://quay.example/"\n',
        'config/_default/params.toml': '',
        'content/posts/a.md': record('A'),
      })
      const { link } = await live({}, path.join(site, 'content'))
      expect(link()).toBe('https://quay.example/posts/a/')
      let saves = 0
      const saved = async () => {
        await writeFile(path.join(site, file), `${said} # ${saves++}\n`)
        return link()
      }
      // Again and again: how it was is known from the first look on.
      await expect.poll(saved, { ...eventually, interval: 400 }).toBe(url)
    },
  )

  it('a link to a folder is followed, also to another', async () => {
    const root = folderOf({ 'one/a.md': record('A'), 'two/b.md': record('B') })
    await symlink('one', path.join(root, 'now'))
    const { at, published } = await live({}, path.join(root, 'now'))
    await writeFile(at('a.md'), record('A2'))
    await expect.poll(published, eventually).toEqual(['A2'])
    await symlink('two', path.join(root, 'next'))
    await rename(path.join(root, 'next'), at(''))
    await expect.poll(published, eventually).toEqual(['B'])
    await writeFile(at('b.md'), record('B2'))
    await expect.poll(published, eventually).toEqual(['B2'])
  })

  it('files that lead through a hidden link are followed, as those of a ConfigMap are', async () => {
    const root = folderOf({ '..v1/a.md': record('A') })
    await symlink('..v1', path.join(root, '..data'))
    await symlink('..data/a.md', path.join(root, 'a.md'))
    const { at, published } = await live({}, root)
    await mkdir(at('..v2'))
    await writeFile(at('..v2/a.md'), record('A2'))
    await symlink('..v2', at('..data_tmp'))
    await rename(at('..data_tmp'), at('..data'))
    await expect.poll(published, eventually).toEqual(['A2'])
  })

  it('a burst of files is a few steps, not one for each', async () => {
    const { at, published, turns } = await live({ 'a.md': record('A') })
    await Promise.all(
      Array.from({ length: 200 }, (_, number) =>
        writeFile(
          at(`${number}.md`),
          `---\nid: n${number}\ntitle: N\npublished: 2026-01-01\n---\n`,
        ),
      ),
    )
    await expect.poll(() => published().length, { ...soon, timeout: 3000 }).toBe(201)
    expect(turns()).toBeLessThan(10)
  })
})
