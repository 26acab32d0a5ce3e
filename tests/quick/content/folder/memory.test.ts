// Reading a folder again works only on what changed, and finds what a first reading would.
import { once } from 'node:events'
import { chmodSync, rmSync, writeFileSync } from 'node:fs'
import { rename, rm, utimes, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Distinct } from '../../../../src/content/articles/distinct.ts'
import { type Content, readFolder } from '../../../../src/content/folder/folder.ts'
import { emptyMemory } from '../../../../src/content/folder/memory.ts'
import { createSpool } from '../../../../src/content/keeping/spool.ts'
import { folderOf, SETTINGS } from '../../support/folder.ts'
import { png } from '../../support/pictures.ts'
import { asPlainUser } from '../../support/plain-user.ts'
import { runs } from '../../support/runs.ts'

const record = (id: string, more = '') =>
  `---\nid: ${id}\ntitle: ${id}\npublished: 2026-01-01\n${more}---\n![x](x.png)\n`

const plain = (id: string, more = '') => record(id, more).replace('![x](x.png)', 'Words.')

const lines = (...ids: string[]) =>
  ids.map((id) => `{"id":"${id}","title":"${id}","published":"2026-01-01"}\n`).join('')

/** Content as it can be compared: of what an article was made from, the file and what was noticed. */
function comparable({ sources, ...content }: Content) {
  const told = [...sources].map(([id, { record, notes }]) => [id, record.file, notes])
  return { ...content, sources: told }
}

describe('a second reading', () => {
  it.each([
    ['nothing', {}, ['a', 'b']],
    ['an edited file', { 'a.md': record('a', 'summary: New\n') }, ['b']],
    ['a new file', { 'c.md': record('c') }, ['a', 'b']],
    ['a file that became wrong', { 'a.md': '---\n' }, ['b']],
    ['a file that both show', { 'x.png': 'picture' }, []],
    ['a picture that both show', { 'x.png': png(2, 3) }, []],
    ['a file that none shows', { 'y.png': 'picture' }, ['a', 'b']],
    ['the site', { 'site.yaml': 'title: T\nlanguage: de\n' }, []],
    ['a comment in the site', { 'site.yaml': 'title: T # name\n' }, []],
  ] as [string, Record<string, string | Buffer>, string[]][])(
    'after a change of %s is like a first one, and keeps what it can',
    async (_, changes, kept) => {
      const root = folderOf({
        'a.md': record('a'),
        'b.md': record('b'),
        'site.yaml': 'title: T\n',
      })
      const memory = emptyMemory()
      const first = await readFolder(root, SETTINGS, memory)
      for (const [name, text] of Object.entries(changes))
        await writeFile(path.join(root, name), text)
      const second = await readFolder(root, SETTINGS, memory)
      expect(comparable(second)).toEqual(comparable(await readFolder(root, SETTINGS)))
      const same = second.articles.filter((article) => first.articles.includes(article))
      expect(same.map(({ title }) => title)).toEqual(kept)
    },
  )

  it.each([
    ['a change of the site', { 'site.yaml': 'title: U\n' }, ['a', 'b', 'c', 'd']],
    ['an edit beside', { 'b.md': record('B') }, ['a', 'c', 'd']],
    ['an edit of another in the same file', { 'c.ndjson': lines('c', 'D') }, ['a', 'b', 'c']],
    [
      'lines that came before and behind',
      { 'c.ndjson': lines('n', 'c', 'd', 'c') },
      ['a', 'b', 'c', 'd'],
    ],
  ] as [string, Record<string, string>, string[]][])(
    'after %s goes on with the articles that say the same',
    async (_, changes, kept) => {
      const root = folderOf({
        'a.md': record('a'),
        'b.md': record('b').replace('![x](x.png)', 'Words.'),
        'c.ndjson': lines('c', 'd'),
        'site.yaml': 'title: T\n',
      })
      const memory = emptyMemory(createSpool)
      const first = await readFolder(root, SETTINGS, memory)
      for (const [name, text] of Object.entries(changes))
        await writeFile(path.join(root, name), text)
      const second = await readFolder(root, SETTINGS, memory)
      expect(comparable(second)).toEqual(
        comparable(await readFolder(root, SETTINGS, emptyMemory(createSpool))),
      )
      const same = second.articles.filter((article) => first.articles.includes(article))
      expect(same.map(({ title }) => title)).toEqual(kept)
    },
  )

  it('that is told where something changed is like a first one', async () => {
    const file = fc.constantFrom(
      'a.md',
      'b.md',
      'c.md',
      'd.md',
      'news/e.md',
      'news/a.md',
      'l.ndjson',
    )
    const text = fc.constantFrom(
      record('a'),
      record('b', 'tags: [x]\n'),
      record('a', 'draft: true\n'),
      '---\nid: c\ntitle: Alone\npublished: 2026-01-01\n---\nWords.\n',
      '---\nid: d\ntitle: Other\npublished: 2026-01-02\n---\n[To a](a.md)\n',
      '---\nid: e\ntitle: By name\npublished: 2026-01-02\n---\n[To e](e.md) and [a](nowhere/a.md)\n',
      record('p', 'pictures: [{file: x.png}]\n'),
      record('p', 'pictures: [{file: /x.png}]\n').replace('x.png)', '/x.png)'),
      '{"id":"l","title":"Line","published":"2026-01-01","pictures":[{"file":"x.png"}]}\n',
      '---\ntitle: Undated\n---\n',
      '---\n',
    )
    const picture = fc.tuple(fc.constantFrom(2, 3), fc.constantFrom(2, 3)).map((at) => png(...at))
    const edit = fc.oneof(
      fc.tuple(file, fc.option(text, { nil: undefined })),
      fc.tuple(
        fc.constantFrom('x.png', 'news/x.png'),
        fc.option(fc.oneof(fc.string(), picture), { nil: undefined }),
      ),
      fc.tuple(fc.constant('site.yaml'), fc.constantFrom('title: T\n', 'title: U\n', 'titel: [')),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(edit, { maxLength: 2 }), { maxLength: 4 }),
        async (turns) => {
          const root = folderOf({ 'a.md': record('a'), 'news/e.md': record('e') })
          const memory = emptyMemory(createSpool)
          await readFolder(root, SETTINGS, memory)
          for (const turn of turns) {
            for (const [name, text] of turn) {
              if (text === undefined) rmSync(path.join(root, name), { force: true })
              else writeFileSync(path.join(root, name), text)
            }
            const named = new Set(turn.map(([name]) => name))
            const { distinct = expect.fail() } = memory
            // Whose an id was before is all that a first reading can't know.
            const copy = (one: Distinct) => ({
              ...one,
              byId: new Map(one.byId),
              byPage: new Map(one.byPage),
            })
            const before = copy(distinct)
            const again = await readFolder(root, SETTINGS, memory, { changed: named })
            // Each reading uses up what it is given.
            const anew = () =>
              readFolder(root, SETTINGS, { ...emptyMemory(createSpool), distinct: copy(before) })
            const first = await anew()
            if (first.publication !== undefined) {
              expect(comparable(again)).toEqual(comparable(first))
              continue
            }
            // What it said last is said again: only the problems tell of the mistake.
            const { publication = expect.fail() } = again
            writeFileSync(path.join(root, 'site.yaml'), `title: ${publication.title}\n`)
            const { problems, isWhole, ...right } = comparable(await anew())
            writeFileSync(path.join(root, 'site.yaml'), 'titel: [')
            expect(comparable(again)).toMatchObject({ ...right, isWhole: !isWhole })
            expect(again.problems).toEqual(expect.arrayContaining([...problems]))
            expect(again.problems).toContainEqual(
              first.problems.find((one) => one.file === 'site.yaml'),
            )
          }
        },
      ),
      { numRuns: runs(6) },
    )
  })

  describe.each([
    ['laid', () => emptyMemory(createSpool)],
    ['made at once', () => emptyMemory()],
  ])('of articles that are %s', (_, newMemory) => {
    const named = (id: string, title: string, more = '') =>
      `---\nid: ${id}\nslug: one\ntitle: ${title}\npublished: 2026-01-01\n${more}---\nWords.\n`

    it.each([
      ['its id', 'm'],
      ['its page', 'n'],
    ])('leaves an article %s where a copy comes before it', async (_, id) => {
      const root = folderOf({ 'm.md': named('m', 'First') })
      const memory = newMemory()
      const put = async (file: string, text?: string) => {
        if (text === undefined) await rm(path.join(root, file))
        else await writeFile(path.join(root, file), text)
        const { articles, problems } = await readFolder(root, SETTINGS, memory)
        const errors = problems.filter(({ severity }) => severity === 'error')
        return [articles.map(({ title }) => title), errors.map(({ file }) => file)]
      }
      await readFolder(root, SETTINGS, memory)
      expect(await put('b.md', named(id, 'Copy'))).toEqual([['First'], ['b.md']])
      expect(await put('a.md', named(id, 'Another'))).toEqual([['First'], ['a.md', 'b.md']])
      expect(await put('m.md', named('m', 'Edited'))).toEqual([['Edited'], ['a.md', 'b.md']])
      expect(await put('m.md')).toEqual([['Another'], ['b.md']])
      expect(await put('m.md', named('m', 'Back'))).toEqual([['Another'], ['b.md', 'm.md']])
      const [first] = (await readFolder(root, SETTINGS, newMemory())).articles
      expect(first?.title, 'a new start knows of none').toBe('Another')
    })

    it.each([
      ['its id', 'm'],
      ['its page', 'n'],
    ])('leaves an article %s where a draft and a copy come before it', async (_, id) => {
      const root = folderOf({ 'm.md': named('m', 'First') })
      const memory = newMemory()
      await readFolder(root, SETTINGS, memory)
      await writeFile(path.join(root, 'a.md'), named(id, 'Draft', 'draft: true\n'))
      await writeFile(path.join(root, 'b.md'), named(id, 'Copy'))
      const { articles } = await readFolder(root, SETTINGS, memory)
      expect(articles.map(({ title }) => title)).toEqual(['First'])
    })

    it.each([
      ['a.md', 'm.md'],
      ['m.md', 'a.md'],
    ])('brings back nothing that is withdrawn in %s by what is in %s', async (withdrawn, copy) => {
      const root = folderOf({ [copy]: named('m', 'Copy') })
      const memory = newMemory()
      await readFolder(root, SETTINGS, memory)
      await writeFile(path.join(root, withdrawn), named('m', 'Gone', 'withdrawn: 2026-02-01\n'))
      for (const kept of [memory, newMemory()]) {
        const { articles, problems } = await readFolder(root, SETTINGS, kept)
        expect(articles.map(({ title }) => title)).toEqual(['Gone'])
        expect(problems).toMatchObject([{ kind: 'same-id', file: copy }])
      }
    })

    it('leaves an article what a draft gets back that had lost its page to another', async () => {
      const root = folderOf({ 'b.md': named('x', 'Had', 'draft: true\n') })
      const memory = newMemory()
      await readFolder(root, SETTINGS, memory)
      await writeFile(path.join(root, 'a.md'), named('y', 'Draft', 'draft: true\n'))
      await readFolder(root, SETTINGS, memory)
      await writeFile(path.join(root, 'c.md'), named('x', 'New').replace('slug: one', 'slug: two'))
      const { articles } = await readFolder(root, SETTINGS, memory)
      expect(articles.map(({ title }) => title)).toContain('New')
    })

    it('leaves an article its id where it is edited while a copy comes', async () => {
      const root = folderOf({ 'm.md': named('m', 'First') })
      const memory = newMemory()
      await readFolder(root, SETTINGS, memory)
      await writeFile(path.join(root, 'a.md'), named('m', 'Copy'))
      await writeFile(path.join(root, 'm.md'), named('m', 'Edited'))
      const { articles, problems } = await readFolder(root, SETTINGS, memory)
      expect(articles.map(({ title }) => title)).toEqual(['Edited'])
      expect(problems.find(({ kind }) => kind === 'same-id')).toMatchObject({
        file: 'a.md',
        sentence: expect.stringContaining('that of m.md'),
      })
    })
  })

  it('forgets what is gone, and reads what came back', async () => {
    const root = folderOf({ 'a.md': record('a') })
    const memory = emptyMemory()
    await readFolder(root, SETTINGS, memory)
    await rm(path.join(root, 'a.md'))
    expect((await readFolder(root, SETTINGS, memory)).articles).toEqual([])
    expect(memory.files.size).toBe(0)
  })

  it('notices a save that keeps size and time', async () => {
    const root = folderOf({ 'a.md': record('a') })
    const file = path.join(root, 'a.md')
    await utimes(file, 1000, 1000)
    const memory = emptyMemory()
    await readFolder(root, SETTINGS, memory)
    await writeFile(file, record('b'))
    await utimes(file, 1000, 1000)
    const { articles } = await readFolder(root, SETTINGS, memory)
    expect(articles.map(({ title }) => title)).toEqual(['b'])
  })
})

it.each(['a.md', 'a.ndjson'])('a reading of %s that is called off finds nothing', async (name) => {
  const root = folderOf({ [name]: '{"id":"a","title":"a","published":"2026-01-01"}' })
  const off = new AbortController()
  const reading = readFolder(root, SETTINGS, emptyMemory(), {
    progress: () => off.abort(),
    signal: off.signal,
  })
  await expect(reading).rejects.toThrow('aborted')
})

it('finds other articles where the generator’s site begins elsewhere', async () => {
  const site = folderOf({
    '_config.yml': 'title: Outer\n',
    '_posts/blog/parked.md': record('parked'),
  })
  const root = path.join(site, '_posts/blog')
  const settings = { ...SETTINGS, generator: 'jekyll' }
  const memory = emptyMemory()
  expect((await readFolder(root, settings, memory)).articles).toEqual([])
  await writeFile(path.join(root, '_config.yml'), 'title: Inner\n')
  const { articles } = await readFolder(root, settings, memory, { changed: new Set() })
  expect(articles.map(({ title }) => title)).toEqual(['parked'])
})

it('links to an article again whose file was a resource of a bundle for a while', async () => {
  const root = folderOf({
    'a.md': record('a', 'tags: [x]\n').replace('![x](x.png)', '[To b](b.md)'),
    'x/b.md': plain('b'),
  })
  const settings = { ...SETTINGS, generator: 'hugo' }
  const memory = emptyMemory(createSpool)
  const linked = async (changed?: Set<string>) =>
    (await readFolder(root, settings, memory, changed && { changed })).articles[0]?.html
  const before = await linked()
  await writeFile(path.join(root, 'x/index.md'), plain('i'))
  expect(await linked(new Set(['x/index.md']))).not.toBe(before)
  await rm(path.join(root, 'x/index.md'))
  expect(await linked(new Set(['x/index.md']))).toBe(before)
})

it('makes the article of a line again once the picture is there that it names', async () => {
  const line = '{"id":"a","title":"a","published":"2026-01-01","pictures":[{"file":"x.png"}]}\n'
  const root = folderOf({ 'a.ndjson': line })
  const memory = emptyMemory(createSpool)
  const before = await readFolder(root, SETTINGS, memory)
  expect(before.articles[0]?.pictures).toEqual([])
  await writeFile(path.join(root, 'x.png'), png(2, 3))
  const { articles } = await readFolder(root, SETTINGS, memory, { changed: new Set(['x.png']) })
  expect(articles[0]?.pictures).toHaveLength(1)
})

const KINDS: [string, string, string][] = [
  ['an article', 'a.md', plain('a')],
  ['a file of lines', 'a.ndjson', '{"id":"a","title":"a","published":"2026-01-01"}\n'],
]

it.each(KINDS)(
  '%s that goes before it is read is as if it had not been found',
  async (_, name, text) => {
    const root = folderOf({ 'site.yaml': 'title: T\n', [name]: text, 'z.md': plain('z') })
    const memory = emptyMemory()
    await readFolder(root, SETTINGS, memory)
    await rm(path.join(root, name))
    await writeFile(path.join(root, 'site.yaml'), 'title: T2\n')
    const meanwhile = await readFolder(root, SETTINGS, memory, { changed: new Set() })
    expect(comparable(meanwhile)).toEqual(comparable(await readFolder(root, SETTINGS)))
    await writeFile(path.join(root, name), text)
    const after = await readFolder(root, SETTINGS, memory, { changed: new Set([name]) })
    expect(comparable(after)).toEqual(comparable(await readFolder(root, SETTINGS)))
  },
)

describe('what the system refuses for a while', () => {
  /** In the place of a file that was found, a socket stands for a while, which can't be opened. */
  async function refused(name: string, files: Record<string, string | Buffer>) {
    const root = folderOf({ 'site.yaml': 'title: T\n', 'z.md': plain('z'), ...files })
    const memory = emptyMemory()
    await readFolder(root, SETTINGS, memory)
    await rename(path.join(root, name), path.join(root, '.aside'))
    const socket = createServer().listen(path.join(root, name))
    await once(socket, 'listening')
    await writeFile(path.join(root, 'site.yaml'), 'title: T2\n')
    await writeFile(path.join(root, 'new.md'), plain('new', 'pictures: [{file: p.png}]\n'))
    const meanwhile = await readFolder(root, SETTINGS, memory, { changed: new Set(['new.md']) })
    await once(socket.close(), 'close')
    await rename(path.join(root, '.aside'), path.join(root, name))
    const after = await readFolder(root, SETTINGS, memory, { changed: new Set() })
    expect(comparable(after)).toEqual(comparable(await readFolder(root, SETTINGS)))
    return { meanwhile, after }
  }

  it.each(KINDS)('%s, is read again though nothing changed', async (_, name, text) => {
    const { meanwhile, after } = await refused(name, { [name]: text })
    expect(meanwhile).toMatchObject({ isWhole: false, problems: [{ file: name }, {}] })
    expect(after).toMatchObject({ isWhole: true, problems: [{ kind: 'missing-file' }] })
    expect(after.articles.map(({ title }) => title)).toEqual(['a', 'new', 'z'])
  })

  it('a picture, is measured again though nothing changed', async () => {
    const { meanwhile, after } = await refused('p.png', { 'p.png': png(2, 3) })
    const size = (content: Content) => content.articles[0]?.pictures[0]?.width
    expect([meanwhile.isWhole, size(meanwhile)]).toEqual([false, undefined])
    expect([after.isWhole, size(after)]).toEqual([true, 2])
  })

  it('and what nobody may read, or is no text, is not waited for', async () => {
    const root = folderOf({ 'a.md': plain('a'), 'b.md': plain('b'), 'c.md': Buffer.of(0xff) })
    await asPlainUser(root, async () => {
      chmodSync(path.join(root, 'b.md'), 0)
      const { isWhole, problems } = await readFolder(root, SETTINGS)
      expect([isWhole, problems.map(({ file }) => file)]).toEqual([true, ['b.md', 'c.md']])
    })
  })
})
