// Files of articles over HTTP: served while an article shows them, by the type and length that the feeds say.
import { existsSync } from 'node:fs'
import { chmod, mkdir, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { folderOf, readFiles } from '../support/folder.ts'
import { asPlainUser } from '../support/plain-user.ts'
import { serverOf } from '../support/server.ts'

/** Linux lets its owner open it, but read nothing at its beginning. */
const UNREADABLE = '/proc/self/mem'

const RECORD = (state: string, file: string) =>
  `---\ntitle: One\npublished: 2026-01-01 12:00\nurl: https://else.example/${file.length}\n${state}pictures: [{ file: "${file}" }]\nrecordings: [{ file: bell.ogg }]\n---\n![x](inline.png)\n`

/** An article with a picture of this name, and a recording. */
const showing = (picture: string) => ({
  'a.md': RECORD('', picture),
  [picture]: 'picture',
  'bell.ogg': 'bell',
})
const FILES = showing('p.png')

async function serve(files: Record<string, string>) {
  const { publication, articles, problems } = await readFiles(files)
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  const folder = folderOf(files)
  return {
    ...serverOf(articles, { site: publication ?? expect.fail(), folder, clock: LATER }),
    folder,
  }
}

/** When the files that were just written have lain there for some time. */
const LATER = () => Date.now() + 10_000

describe('a file that a published article shows', () => {
  it.each(['photo@2x.png', 'R&D +1, (a)=b;c$.png', '图片.png', 'a b.png', 'deep/er/x.png'])(
    '%s is served at the address that the feeds name',
    async (name) => {
      const server = await serve(showing(name))
      const { items } = (await (await server.get('/feed.json')).json()) as {
        items: { image: string }[]
      }
      const answer = await server.get(new URL(items[0]?.image ?? '').pathname)
      expect(answer.status).toBe(200)
      expect(await answer.text()).toBe('picture')
    },
  )

  it('is served however much of its address is encoded', async () => {
    const name = 'a, b@2x (c)&d+e.png'
    const server = await serve(showing(name))
    const answer = await server.get(`/media/${encodeURIComponent(name)}`)
    expect(answer.status).toBe(200)
    expect(await answer.text()).toBe('picture')
  })

  it.each([
    ['/media/bell.ogg', 'audio/ogg', '4'],
    ['/media/p.png', 'image/png', '7'],
    ['/media/inline.png', 'image/png', '6'],
  ])('%s has the type %s and its own length', async (path, type, length) => {
    const answer = await (await serve({ ...FILES, 'inline.png': 'inline' })).get(path)
    expect(answer.headers.get('content-type')).toBe(type)
    expect(answer.headers.get('content-length')).toBe(length)
    const policy = answer.headers.get('content-security-policy')?.split('; ')
    // Where a recording is opened by itself, the browser's player asks for it once more.
    expect(policy).toEqual(expect.arrayContaining(['sandbox', "media-src 'self'"]))
  })
})

it.each([
  'draft: true\n',
  'published: 2999-01-01\n',
  'withdrawn: 2026-01-02\n',
  'expires: 2026-01-02\n',
])('a file of an article that is in no feed (%j) is not served', async (state) => {
  const record = RECORD(state, 'p.png').replace(/published: 2026.*\n(?=[\s\S]*published)/, '')
  const server = await serve({ 'a.md': record, 'p.png': 'picture' })
  expect((await server.get('/media/p.png')).status).toBe(404)
})

it.each([
  ['is gone', async () => {}],
  [
    'has become a folder',
    async (file: string) => {
      await mkdir(file)
      await writeFile(path.join(file, 'index.html'), 'a page')
    },
  ],
])('a file that %s is not served', async (_, become) => {
  const { get, folder } = await serve({ 'a.md': RECORD('', 'p.png'), 'p.png': 'picture' })
  await rm(path.join(folder, 'p.png'))
  await become(path.join(folder, 'p.png'))
  expect((await get('/media/p.png')).status).toBe(404)
})

it('a file that may not be read is a failure of ours', async () => {
  const { get, folder, failures } = await serve(FILES)
  await asPlainUser(folder, async () => {
    await chmod(path.join(folder, 'p.png'), 0)
    expect((await get('/media/p.png')).status).toBe(500)
  })
  expect(failures).toMatchObject([{ code: 'EACCES' }])
})

it.skipIf(!existsSync(UNREADABLE))(
  'a file that can be read no further ends there, and that is told',
  async () => {
    const { get, folder, failures } = await serve(FILES)
    await rm(path.join(folder, 'p.png'))
    await symlink(UNREADABLE, path.join(folder, 'p.png'))
    expect(await (await get('/media/p.png')).text()).toBe('')
    expect(failures).toMatchObject([{ code: 'EIO' }])
  },
)

it.each<[string, (file: string, was: Date) => Promise<void>]>([
  [
    'another length at the same time',
    async (file, was) => {
      await writeFile(file, 'pictures')
      await utimes(file, was, was)
    },
  ],
  ['another time', (file, was) => utimes(file, was, new Date(was.getTime() - 5_000))],
])('a file of %s is another', async (_, change) => {
  const { get, folder } = await serve({ 'a.md': RECORD('', 'p.png'), 'p.png': 'picture' })
  const file = path.join(folder, 'p.png')
  const { mtime } = await stat(file)
  await utimes(file, mtime, mtime)
  const etag = (await get('/media/p.png')).headers.get('etag') ?? ''
  await change(file, mtime)
  expect((await get('/media/p.png', { 'if-none-match': etag })).status).toBe(200)
})

describe('a recording', () => {
  const asked = async (headers: Record<string, string>) => {
    const server = await serve(FILES)
    const { headers: said } = await server.get('/media/bell.ogg')
    const own = { etag: said.get('etag') ?? '', date: said.get('last-modified') ?? '' }
    const filled = Object.entries(headers).map(([name, value]) => [
      name,
      value.replace('ETAG', own.etag).replace('DATE', own.date),
    ])
    return server.get('/media/bell.ogg', Object.fromEntries(filled))
  }

  it('says that parts of it can be asked for, and by what it is known again', async () => {
    const { headers } = await asked({})
    expect(headers.get('accept-ranges')).toBe('bytes')
    expect(headers.get('etag')).toMatch(/^"[\w-]+"$/)
    expect(Date.parse(headers.get('last-modified') ?? '')).toBeLessThanOrEqual(Date.now())
  })

  it('is waited for by a player that takes it as it plays it', async () => {
    const { app } = await serve(FILES)
    const waits: number[] = []
    const socket = { setTimeout: (milliseconds: number) => void waits.push(milliseconds) }
    const incoming = { headers: {}, socket }
    for (const path of ['/rss.xml', '/media/nowhere.ogg', '/media/bell.ogg'])
      await app.request(path, {}, { incoming })
    expect(waits).toEqual([120_000])
  })

  it('of which the date is still to come says a date that is past, which tells nothing of it', async () => {
    const { get, folder } = await serve(FILES)
    await utimes(path.join(folder, 'bell.ogg'), 1, Date.UTC(2999, 0) / 1000)
    const date = (await get('/media/bell.ogg')).headers.get('last-modified') ?? ''
    expect(Date.parse(date)).toBeLessThanOrEqual(LATER())
    expect((await get('/media/bell.ogg', { 'if-modified-since': date })).status).toBe(200)
    expect((await get('/media/bell.ogg', { range: 'bytes=2-', 'if-range': date })).status).toBe(200)
  })

  it.each([
    ['its first bytes', { range: 'bytes=0-1' }, 206, 'be'],
    ['its last bytes', { range: 'bytes=-2' }, 206, 'll'],
    ['the rest, where it is the same still', { range: 'bytes=2-', 'if-range': 'ETAG' }, 206, 'll'],
    ['the rest, of the same date still', { range: 'bytes=2-', 'if-range': 'DATE' }, 206, 'll'],
    ['the rest of another', { range: 'bytes=2-', 'if-range': '"other"' }, 200, 'bell'],
    ['the rest of a weak tag', { range: 'bytes=2-', 'if-range': 'W/ETAG' }, 200, 'bell'],
    ['parts of another unit', { range: 'items=0-1' }, 200, 'bell'],
    ['parts that are none', { range: 'bytes=abc' }, 200, 'bell'],
    ['parts of a unit that Hono does not know', { range: 'Bytes=0-1' }, 200, 'bell'],
    ['several parts', { range: 'bytes=0-0,2-2' }, 200, 'bell'],
    ['a part behind its end', { range: 'bytes=9-' }, 416, ''],
    ['what is not the same', { 'if-none-match': 'ETAG' }, 304, ''],
    ['whatever is not there', { 'if-none-match': '*' }, 304, ''],
    ['what changed since', { 'if-modified-since': 'DATE' }, 304, ''],
    [
      'what changed since long',
      { 'if-modified-since': 'Sun, 06 Nov 1994 08:49:37 GMT' },
      200,
      'bell',
    ],
    ['another alone', { 'if-match': '"other"' }, 412, ''],
  ])('of which one asks for %s: %j → %i', async (_, headers, status, body) => {
    const answer = await asked(headers as Record<string, string>)
    expect(answer.status).toBe(status)
    expect(await answer.text()).toBe(body)
  })
})
