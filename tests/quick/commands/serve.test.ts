// How a server ends that nobody told to, whom it takes for one client, and what it lets go of while it lasts.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { queryObjects } from 'node:v8'
import { expect, it, vi } from 'vitest'
import { run } from '../../../src/commands/commands.ts'
import { alone } from '../../../src/commands/part.ts'
import { serveAs } from '../../../src/commands/serve.ts'
import { readFolder } from '../../../src/content/folder/folder.ts'
import { emptyMemory } from '../../../src/content/folder/memory.ts'
import { createSpool } from '../../../src/content/keeping/spool.ts'
import { folderOf } from '../support/folder.ts'

const silent = { print: () => {}, error: () => {} }

function valuesOf(content: string) {
  return { content, state: folderOf({}), host: '127.0.0.1', port: '0', proxies: '0' }
}

it('the first of several workers ends where there is nothing to serve, also while the others go on', async () => {
  const never = () => new Promise<void>(() => {})
  const said: string[] = []
  const terminal = { ...silent, error: (line: string) => said.push(line) }
  const part = { ...alone(terminal), isAlone: false, stopped: never, othersEnded: never }
  const content = folderOf({ 'site.yaml': 'title: [' })
  expect(await serveAs(part, valuesOf(content), terminal)).toBe(1)
  expect(said.join()).toContain('site.yaml')
})

it('a client has one budget for all addresses of its network', async () => {
  const content = folderOf({ 'a.md': '---\ntitle: A\npublished: 2026-01-01\n---\nText.\n' })
  const statuses: number[] = []
  const print = async (line: string) => {
    const address = line.split(' at ')[1] ?? ''
    for (const client of ['2001:db8::1', '2001:db8::2', '2001:db8:1::1']) {
      const headers = { 'X-Forwarded-For': client }
      statuses.push((await fetch(`${address}rss.xml`, { headers })).status)
    }
    process.emit('SIGTERM')
  }
  const options = ['--port', '0', '--state', folderOf({}), '--budget', '2', '--proxies', '1']
  await run(['serve', '--content', content, ...options], {}, { print, error: () => {} })
  expect(statuses).toEqual([200, 429, 200])
})

/** Of those that a server holds. */
async function classOfArticles(folder: string) {
  const settings = { address: 'http://a/', name: 'f' }
  const { articles } = await readFolder(folder, settings, emptyMemory(createSpool))
  return articles[0]?.constructor as new () => unknown
}

it('articles that were there at the start go when they are others', async () => {
  const files = (version: number) =>
    Array.from({ length: 200 }, (_, at): [string, string] => [
      `${at}.md`,
      `---\nid: ${at}\ntitle: Version ${version}\npublished: 2026-01-01\n---\nWords.\n`,
    ])
  const folder = folderOf({ ...Object.fromEntries(files(1)), 'site.yaml': 'title: T\n' })
  const laid = await classOfArticles(folder)
  const all = () => queryObjects(laid, { format: 'count' }) as number
  const others = all()
  let stop = () => {}
  let address = ''
  const stopped = () =>
    new Promise<void>((resolve) => {
      stop = resolve
    })
  const ready = (_: string, at: string) => {
    address = at
  }
  const ended = serveAs({ ...alone(silent), ready, stopped }, valuesOf(folder), silent)
  try {
    await vi.waitFor(() => expect(address).not.toBe(''), 20_000)
    for (const [name, text] of files(2)) writeFileSync(path.join(folder, name), text)
    const served = async () => (await fetch(`${address}rss.xml`)).text()
    await vi.waitFor(async () => expect(await served()).not.toContain('Version 1'), 20_000)
    // A catalog that is made anew holds the one before it until the next change.
    for (const [name, text] of files(3).slice(0, 1)) writeFileSync(path.join(folder, name), text)
    await vi.waitFor(async () => expect(await served()).toContain('Version 3'), 20_000)
    await vi.waitFor(() => expect(all() - others).toBeLessThan(300), {
      timeout: 20_000,
      interval: 500,
    })
  } finally {
    stop()
    await ended
  }
}, 70_000)
