// A folder that is watched: whatever editors, programs and systems do to it, the feeds follow.
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readFolder } from '../../src/content/folder/folder.ts'
import { configurationOf, emptyMemory, mayHoldLinks } from '../../src/content/folder/memory.ts'
import { succeed } from '../../src/content/folder/succession.ts'
import { watchFolder } from '../../src/content/folder/watch.ts'
import { createPublisher } from '../../src/publishing/publisher.ts'
import { folderOf, remove, SETTINGS } from '../quick/support/folder.ts'

const record = (title: string, more = '') =>
  `---\nid: ${title[0]}\ntitle: ${title}\npublished: 2026-01-01\n${more}---\nText.\n`

describe('a live folder', () => {
  async function live(files: Record<string, string>, root = folderOf(files)) {
    const failures: unknown[] = []
    const memory = emptyMemory()
    const watch = await watchFolder(root, (error) => failures.push(error), {
      hasLinks: () => mayHoldLinks(memory),
      beside: () => configurationOf(root, memory),
    })
    let content = await readFolder(root, SETTINGS, memory)
    const { publication = expect.fail(), articles } = content
    const publisher = createPublisher({ publication, articles }, Date.now)
    let turns = 0
    watch.follow(async (changed) => {
      turns++
      content = succeed(content, await readFolder(root, SETTINGS, memory, { changed }))
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
