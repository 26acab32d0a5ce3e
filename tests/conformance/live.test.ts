// An editor at work on a running server: what is saved is served within a second, and no other feed moves.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { CONTENT, type Server, STARTING, serve } from './server.ts'

const ARTICLE = 'news/local/luwei-night-ferry.md'
const SOON = { timeout: 1000, interval: 20 }

let content: string
let server: Server

beforeAll(async () => {
  content = await mkdtemp(join(tmpdir(), 'gazette-live-'))
  await cp(CONTENT, content, { recursive: true })
  server = await serve({ content })
}, STARTING)

afterAll(async () => {
  await server.stop()
  await rm(content, { recursive: true })
})

async function titles(path: string): Promise<string[]> {
  const feed = (await (await fetch(server.address + path)).json()) as { items: { title: string }[] }
  return feed.items.map(({ title }) => title)
}

const etag = async (path: string) => (await fetch(server.address + path)).headers.get('etag')

it('a saved edit is served within a second, and no other feed’s ETag moves', async () => {
  const file = join(content, ARTICLE)
  const text = await readFile(file, 'utf8')
  const [touched, others] = [
    'tags/渡轮/feed.json',
    ['tags/c++/feed.json', 'categories/culture/atom.xml'],
  ]
  const before = await Promise.all([touched, ...others].map(etag))
  await writeFile(file, text.replace(/^title: .*$/m, 'title: Edited by night'))
  await expect.poll(() => titles(touched), SOON).toContain('Edited by night')
  const after = await Promise.all([touched, ...others].map(etag))
  expect(after[0]).not.toBe(before[0])
  expect(after.slice(1)).toEqual(before.slice(1))
})

it('a file that becomes wrong keeps its last good version, and takes no other down', async () => {
  const file = join(content, ARTICLE)
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace(/^published: .*$/m, 'published: soon'))
  await writeFile(
    join(content, 'new.md'),
    '---\nid: new\ntitle: Brand new\npublished: 2026-11-20\ntags: [渡轮]\n---\nText.\n',
  )
  await expect.poll(() => titles('tags/渡轮/feed.json'), SOON).toContain('Brand new')
  expect(await titles('tags/渡轮/feed.json')).toContain('Edited by night')
})

it('a deleted file is gone within a second', async () => {
  await rm(join(content, 'new.md'))
  await expect.poll(() => titles('tags/渡轮/feed.json'), SOON).not.toContain('Brand new')
})
