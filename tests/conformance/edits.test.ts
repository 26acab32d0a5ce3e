// A folder that many edit at once, and a client that polls all along: every answer is one state, and none goes back.
import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { beforeAll, expect, it } from 'vitest'
import { remove, written } from '../quick/support/folder.ts'
import { ask } from './raw-http.ts'
import { type Server, STARTING, serve } from './server.ts'

/** `GAZETTE_EDITS=10000 GAZETTE_ARTICLES=5000` asks for more than there is time for each time. */
const EDITS = Number(process.env.GAZETTE_EDITS ?? 400)
const ARTICLES = Number(process.env.GAZETTE_ARTICLES ?? 600)
const FEEDS = ['/feed.json?limit=200', '/tags/even/feed.json?limit=200', '/tags/odd/feed.json']

let content: string
let server: Server

/** Numbers from 0 to 1, the same in every run. */
let seed = 5
function random(): number {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
  return seed / 2 ** 31
}

const versions = new Map<number, number>()
const fileOf = (number: number) => `${number % 20}/${number}.md`
const at = (file: string) => join(content, file)
const textOf = (number: number, version: number) =>
  `---\nid: n${number}\ntitle: Article ${number} version ${version}\npublished: ${new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString()}\ntags: [${number % 2 === 0 ? 'even' : 'odd'}]\n---\nText.\n`

/** As editors save: in place, by renaming what was written beside, or by taking away. */
async function edit(version: number): Promise<void> {
  const number = Math.floor(random() * ARTICLES)
  const file = fileOf(number)
  const kind = random()
  if (kind < 0.15) {
    versions.delete(number)
    await rm(at(file), { force: true })
    return
  }
  versions.set(number, version)
  const beside = kind < 0.5 ? `${number % 20}/.${number}.swp` : file
  await writeFile(at(beside), textOf(number, version))
  if (beside !== file) await rename(at(beside), at(file))
}

beforeAll(async () => {
  const numbers = Array.from({ length: ARTICLES }, (_, number) => number)
  for (const number of numbers) versions.set(number, 0)
  const files = numbers.map((number) => [fileOf(number), textOf(number, 0)])
  content = written({ 'site.yaml': 'title: Edits\n', ...Object.fromEntries(files) })
  server = await serve({ content })
  return async () => {
    await server.stop()
    remove(content)
  }
}, STARTING)

type Seen = Map<string, number>

function read(body: Buffer): Seen {
  const { items } = JSON.parse(body.toString()) as { items: { id: string; title: string }[] }
  return new Map(items.map(({ id, title }) => [id, Number(title.split(' ').at(-1))]))
}

it('and at the end it is equal to a fresh start', { timeout: 3_600_000 }, async () => {
  let isOver = false
  let polls = 0
  const client = FEEDS.map(async (feed) => {
    const newest: Seen = new Map()
    let etag: string | undefined
    while (!isOver) {
      const answer = await ask(
        server.address,
        feed,
        etag === undefined ? [] : [`If-None-Match: ${etag}`],
      )
      polls++
      expect([200, 304]).toContain(answer.status)
      if (answer.status !== 200) continue
      etag = answer.get('etag')
      for (const [id, version] of read(answer.body)) {
        expect(version, `${id} in ${feed}`).toBeGreaterThanOrEqual(newest.get(id) ?? 0)
        newest.set(id, version)
      }
    }
  })
  for (let version = 1; version <= EDITS; version++) {
    await edit(version)
    if (random() < 0.05) await setTimeout(300)
  }
  const last = [...versions].sort(([a], [b]) => b - a).slice(0, 200)
  const expected = new Map(last.map(([number, version]) => [`n${number}`, version]))
  const plain = (seen: Seen) =>
    [...seen].map(([id, version]) => `${id.split(':').at(-1)} ${version}`)
  await expect
    .poll(async () => plain(read((await ask(server.address, FEEDS[0] ?? '')).body)))
    .toEqual(plain(expected))
  isOver = true
  await Promise.all(client)
  expect(polls).toBeGreaterThan(20)
  const fresh = await serve({ content })
  try {
    for (const feed of FEEDS) {
      const [one, other] = [await ask(server.address, feed), await ask(fresh.address, feed)]
      expect(one.body.equals(other.body), feed).toBe(true)
      expect(one.get('etag')).toBe(other.get('etag'))
    }
  } finally {
    await fresh.stop()
  }
})
