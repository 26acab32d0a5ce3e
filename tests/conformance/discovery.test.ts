// Feeds are found by those who know only the address of a page: by Liferea, and by sfeed's own search.
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { liferea } from './polling/liferea.ts'
import { type Server, STARTING, serve } from './server.ts'

let server: Server

beforeAll(async () => {
  server = await serve({ url: null })
}, STARTING)

afterAll(() => server.stop())

const PAGES = [
  { page: 'the first page', path: '', feed: 'rss.xml' },
  { page: 'a tag’s page', path: 'tags/exports/', feed: 'tags/exports/rss.xml' },
  {
    page: 'the page of a section in Chinese',
    path: 'categories/%E8%B4%A2%E7%BB%8F/',
    feed: 'categories/%E8%B4%A2%E7%BB%8F/rss.xml',
  },
  {
    page: 'a named feed’s page',
    path: 'feeds/port-and-trade/',
    feed: 'feeds/port-and-trade/rss.xml',
  },
  { page: 'a filter’s page', path: '?lang=en&tag=-exports', feed: 'rss.xml?lang=en&tag=-exports' },
]

describe('given the address of a page alone', () => {
  it.each(PAGES)('Liferea subscribes to the feed of $page', async ({ path, feed }) => {
    const home = await mkdtemp(join(tmpdir(), 'gazette-liferea-'))
    const subscription = await liferea.subscribe(
      home,
      server.address + path.replaceAll('&', '&amp;'),
    )
    try {
      await subscription.poll()
      const held = (await subscription.holds()).map(({ title }) => title)
      expect(held.sort()).toEqual((await titlesOf(feed)).sort())
    } finally {
      await subscription.end()
      await rm(home, { recursive: true, force: true })
    }
  })

  it.each(PAGES)('sfeed lists the feeds of $page, its own first', async ({ path, feed }) => {
    const found = await search(server.address + path)
    expect(found[0]).toEqual([server.address + feed, 'application/rss+xml'])
    expect(found.map(([, type]) => type)).toContain('application/atom+xml')
    for (const [url] of found) expect((await fetch(url as string)).status, url).toBe(200)
  })
})

async function titlesOf(feed: string): Promise<string[]> {
  const address = server.address + feed.replace('rss.xml', 'feed.json')
  const { items } = (await (await fetch(address)).json()) as { items: { title: string }[] }
  expect(items.length).toBeGreaterThan(2)
  return items.map(({ title }) => title)
}

async function search(url: string): Promise<string[][]> {
  const page = await (await fetch(url)).text()
  return new Promise((resolve, reject) => {
    const searching = execFile('sfeed_web', [url], (error, found) => {
      if (error !== null) reject(error)
      const lines = found.split('\n').filter((line) => line !== '')
      resolve(lines.map((line) => line.split('\t')))
    })
    searching.stdin?.end(page)
  })
}
