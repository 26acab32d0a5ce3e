// The folder of an import: nothing in it is ever changed, nothing is written twice, nothing outside of it at all.
import { mkdir, readdir, readFile, rename, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { folderOf } from '../support/folder.ts'
import { gazette } from '../support/gazette.ts'
import { importing, rss } from '../support/import.ts'

const item = (id: string, title = 'One', date = 'Mon, 09 Mar 2026 08:30:00 GMT') =>
  `<item><guid isPermaLink="false">${id}</guid><title>${title}</title><pubDate>${date}</pubDate><description>Text of ${id}.</description></item>`

describe('a second import', () => {
  it('writes nothing, and says that all is there', async () => {
    const source = rss(`${item('a') + item('b')}<item><title>Undated</title></item>`)
    const first = await importing(source)
    expect(first.account.written).toEqual([
      '2026-03-09-one.md',
      '2026-03-09-one-2.md',
      'undated.md',
    ])
    const before = await snapshot(first.out)
    const again = await importing(source, { out: first.out })
    expect(again.account).toMatchObject({ written: [], there: first.account.written })
    expect(await snapshot(first.out)).toEqual(before)
  })

  it('leaves alone what was edited, renamed, moved and given its date', async () => {
    const source = rss(`${item('a')}<item><title>Undated</title></item>`)
    const { out } = await importing(source)
    const at = (...names: string[]) => path.join(out, ...names)
    await mkdir(at('news'))
    await rename(at('2026-03-09-one.md'), at('news', 'renamed.md'))
    await writeFile(
      at('news', 'renamed.md'),
      '---\nid: a\ntitle: Better\npublished: 2026-01-01\n---\nMine.\n',
    )
    await writeFile(at('undated.md'), '---\ntitle: Undated\npublished: 2026-01-02\n---\n')
    const before = await snapshot(out)
    const again = await importing(source, { out })
    expect(again.account).toMatchObject({ written: [], there: ['news/renamed.md', 'undated.md'] })
    expect(await snapshot(out)).toEqual(before)
  })

  it.each([
    ['TOML', '+++\nid = "a"\ntitle = "One"\npublished = 2026-03-09\n+++\nMine.\n'],
    ['JSON', '{\n"id": "a",\n"title": "One",\n"published": "2026-03-09"\n}\nMine.\n'],
  ])('leaves alone what is in %s now', async (_, text) => {
    const { out } = await importing(rss(item('a')))
    await writeFile(path.join(out, '2026-03-09-one.md'), text)
    const again = await importing(rss(item('a')), { out })
    expect(again.account).toMatchObject({ written: [], there: ['2026-03-09-one.md'] })
  })

  it('adds what is new, whatever its order', async () => {
    const { out } = await importing(rss(item('a')))
    const again = await importing(rss(item('b') + item('a')), { out })
    expect(again.account).toMatchObject({
      written: ['2026-03-09-one-2.md'],
      there: ['2026-03-09-one.md'],
    })
  })
})

it('an id that a file says twice is written once, and named', async () => {
  const { account, files } = await importing(rss(item('a') + item('a', 'Two')))
  expect(files).toEqual(['2026-03-09-one.md'])
  expect(account.remarks).toEqual([
    '“Two” has the id of 2026-03-09-one.md once more, and is left out.',
  ])
})

describe('a name that is taken', () => {
  it.each([
    ['by a file', (at: string) => writeFile(at, 'mine')],
    ['by a folder', (at: string) => mkdir(at)],
    ['by a link that leads out', (at: string) => symlink('/tmp/gazette-import-target.md', at)],
  ])('%s stays as it is', async (_, take) => {
    const out = folderOf({})
    await take(path.join(out, '2026-03-09-one.md'))
    const { account } = await importing(rss(item('a')), { out })
    expect(account.written).toEqual(['2026-03-09-one-2.md'])
    expect((await readdir(out)).sort()).toEqual(['2026-03-09-one-2.md', '2026-03-09-one.md'])
    await expect(readFile('/tmp/gazette-import-target.md')).rejects.toThrow('ENOENT')
  })

  it('in other letters is taken too', async () => {
    const out = folderOf({ '2026-03-09-ONE.md': 'mine' })
    const { account } = await importing(rss(item('a')), { out })
    expect(account.written).toEqual(['2026-03-09-one-2.md'])
  })
})

it.each([
  ['a path', '../../../etc/passwd', '2026-03-09-etc-passwd.md'],
  ['dots', '..', '2026-03-09-a.md'],
  ['signs of every system', 'a\\b:c*d?"|%00', '2026-03-09-a-b-c-d-00.md'],
  ['a very long title', '长'.repeat(500), `2026-03-09-${'长'.repeat(60)}.md`],
  ['marks that change direction', 'a\u202Eb\u0007c', '2026-03-09-abc.md'],
])('a title that is %s makes a name that any system takes', async (_, title, file) => {
  const { files, out } = await importing(rss(item('a', title.replace('\u0007', ''))))
  expect(files).toEqual([file])
  expect(await readdir(path.dirname(out))).toEqual(['records'])
})

describe('the report', () => {
  it('lets no control character of a file through to the terminal', async () => {
    const name = '\u001B]0;x\u0007'
    const items = [1, 2].map(() => ({ id: '1', title: 'A\u009B31m\u202E', [name]: 1 }))
    const feed = { version: 'https://jsonfeed.org/version/1.1', items }
    const folder = folderOf({ 'a.json': JSON.stringify(feed) })
    const { out } = await gazette('import', path.join(folder, 'a.json'), '-o', `${folder}/out`)
    expect(out).toContain('once more, and is left out')
    expect(out).toContain('no place for: ␛]0;x␇ ×2')
    expect(out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202E]/u)
  })

  it('tells a person the same', async () => {
    const folder = folderOf({
      'a.xml': rss(`${item('a')}<item><title>Undated</title><comments>x</comments></item>`),
      'b.bin': 'PK\u0003\u0004',
    })
    const [a, b] = [path.join(folder, 'a.xml'), path.join(folder, 'b.bin')]
    const { code, out } = await gazette(
      'import',
      a,
      b,
      path.join(folder, 'none'),
      '-o',
      `${folder}/out`,
    )
    expect(code).toBe(1)
    expect(out.split('\n')).toEqual([
      `${a}: RSS feed: 2 written, 0 already there.`,
      '  undated.md: It has no date that could be placed, and is a draft: fill in "published".',
      '  no place for: comments ×1',
      `${b}: error: The file is packed (zip); unpack it first.`,
      `${path.join(folder, 'none')}: error: There is no such file.`,
      `${folder}/out: 2 written, 0 already there, 2 errors.`,
    ])
  })

  it.each([
    ['without a folder', ['import', 'x.xml'], '--out DIR'],
    ['without a file', ['import', '--out', '/tmp/never'], 'at least one FILE'],
  ])('%s ends with 2', async (_, args, said) => {
    const { code, error } = await gazette(...args)
    expect(code).toBe(2)
    expect(error).toContain(said)
  })

  it.each([[['check', 'x']], [['serve', 'x']]])('%s still takes no word', async (args) => {
    expect((await gazette(...args)).code).toBe(2)
  })

  it('where the folder is none, says so', async () => {
    const folder = folderOf({ 'a.xml': rss(item('a')), out: 'a file' })
    const { code, error } = await gazette('import', `${folder}/a.xml`, '-o', `${folder}/out`)
    expect(code).toBe(1)
    expect(error).toContain(`${folder}/out`)
  })
})

async function snapshot(root: string): Promise<Record<string, string>> {
  const names = await readdir(root, { recursive: true, withFileTypes: true })
  const files = names
    .filter((one) => one.isFile())
    .map((one) => path.join(one.parentPath, one.name))
  return Object.fromEntries(
    await Promise.all(files.map(async (file) => [file, await readFile(file, 'utf8')] as const)),
  )
}
