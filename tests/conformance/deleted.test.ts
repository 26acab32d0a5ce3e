// The newest article is deleted: a reader that asks by date alone is told, whether a server ran then or not.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { remove, written } from '../quick/support/folder.ts'
import { ask } from './raw-http.ts'
import { type Server, STARTING, serve } from './server.ts'

const FEEDS = ['rss.xml', 'atom.xml', 'feed.json', 'tags/quay/rss.xml', 'rss.xml?limit=2']

let content: string
let state: string
let server: Server

beforeAll(async () => {
  const days = [1, 2, 3, 4].map((day) => [
    `day-${day}.md`,
    `---\nid: day-${day}\ntitle: Day ${day}\npublished: 2026-03-0${day}T08:30:00Z\ntags: [quay]\n---\nBoats.\n`,
  ])
  content = written({ 'site.yaml': 'title: The Ferryman\n', ...Object.fromEntries(days) })
  state = written({})
  server = await serve({ content, state })
  return async () => {
    await server.stop()
    for (const folder of [content, state]) remove(folder)
  }
}, STARTING)

const dates = new Map<string, string>()

/** Every feed, asked by the date of its last answer alone. */
async function poll(): Promise<{ status: number; text: string }[]> {
  return Promise.all(
    FEEDS.map(async (feed) => {
      const since = dates.get(feed)
      const lines = since === undefined ? [] : [`If-Modified-Since: ${since}`]
      const answer = await ask(server.address, `/${feed}`, lines)
      dates.set(feed, answer.get('last-modified') ?? '')
      return { status: answer.status, text: answer.body.toString() }
    }),
  )
}

const all = (status: number) => FEEDS.map(() => status)
const statuses = async () => (await poll()).map(({ status }) => status)
const isIn = async (title: string) => (await poll()).map(({ text }) => text.includes(title))

it('deleted while the server runs, it is told by date', async () => {
  expect(await isIn('Day 4')).toEqual(FEEDS.map(() => true))
  expect(await statuses()).toEqual(all(304))
  await rm(join(content, 'day-4.md'))
  await expect.poll(statuses, { timeout: 2_000, interval: 50 }).toEqual(all(200))
  await expect.poll(statuses, { timeout: 8_000, interval: 500 }).toEqual(all(304))
})

it('and no date goes back when the server starts again', { timeout: STARTING }, async () => {
  await server.stop()
  server = await serve({ content, state })
  expect(await statuses()).toEqual(all(304))
})

it('deleted while none runs, it is told by date once one does', { timeout: STARTING }, async () => {
  await server.stop()
  await rm(join(content, 'day-3.md'))
  server = await serve({ content, state })
  const answers = await poll()
  expect(answers.map(({ status }) => status)).toEqual(all(200))
  expect(answers.some(({ text }) => text.includes('Day 3'))).toBe(false)
})
