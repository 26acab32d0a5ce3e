// What comes to a server that runs for years: descriptors run out, it is killed under load, its folder is huge and never at rest.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { Agent, get, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { build, freePort, PROGRAM, type Server, serve } from './server.ts'

/** Readings of the folder; more of them are a soak. */
const RELOADS = Number(process.env.GAZETTE_RELOADS ?? 120)
const FILES = 20_000
/** MiB. */
const MOST_GROWTH = 24

let content: string
let state: string
let servers: Server[]

beforeEach(async () => {
  content = await mkdtemp(join(tmpdir(), 'gazette-hard-'))
  state = await mkdtemp(join(tmpdir(), 'gazette-state-'))
  servers = []
  await writeFile(join(content, 'site.yaml'), 'title: Hard times\n')
})

afterEach(async () => {
  for (const server of servers) await server.kill()
  await rm(content, { recursive: true })
  await rm(state, { recursive: true })
})

async function start(): Promise<Server> {
  const server = await serve({ content, state })
  servers.push(server)
  return server
}

const moment = (number: number) => new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString()

async function write(number: number, version = 0, folder = content): Promise<void> {
  const tag = number % 2 === 0 ? 'even' : 'odd'
  await writeFile(
    join(folder, `${number}.md`),
    `---\nid: n${number}\ntitle: Article ${number} version ${version}\npublished: ${moment(number)}\ntags: [${tag}]\n---\nText.\n`,
  )
}

interface Answer {
  status: number | undefined
  etag: string | undefined
  body: string
}
type Ask = (path: string) => Promise<Answer>

/** One connection that stays open, since others may not be had. */
function connection({ address }: Server): Ask & { close: () => void } {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const ask: Ask = async (path) => {
    const request = get(new URL(path, address), { agent })
    const [answer] = (await once(request, 'response')) as [IncomingMessage]
    const { statusCode: status, headers } = answer
    return { status, etag: headers.etag, body: await text(answer) }
  }
  return Object.assign(ask, { close: () => agent.destroy() })
}

const newest = (body: string): string =>
  (JSON.parse(body) as { items: { title: string }[] }).items[0]?.title ?? ''

const descriptors = async ({ pid }: Server) => (await readdir(`/proc/${pid}/fd`)).length

/** MiB that a process holds. */
async function memory({ pid }: Server): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024
}

const limit = (pid: number, most: string) =>
  promisify(execFile)('prlimit', [`--pid=${pid}`, `--nofile=${most}`])

it('without a descriptor to read with, what was published is served on, /readyz tells, and it recovers alone', async () => {
  for (let number = 0; number < 20; number++) await write(number)
  const server = await start()
  const ask = connection(server)
  const reload = async () => JSON.parse((await ask('/readyz')).body).reload
  const before = await ask('/feed.json')
  expect(newest(before.body)).toBe('Article 19 version 0')
  // None is free below the limit: those that are open stay open.
  await limit(server.pid, '3:')
  await write(20)
  await expect.poll(reload, { timeout: 20_000 }).toMatchObject({ failed: true })
  expect(await ask('/feed.json')).toEqual(before)
  expect((await ask('/tags/odd/rss.xml')).status).toBe(200)
  await limit(server.pid, '1024:')
  await expect
    .poll(async () => newest((await ask('/feed.json')).body), { timeout: 20_000 })
    .toBe('Article 20 version 0')
  expect(await reload()).toMatchObject({ failed: false })
  ask.close()
})

it('told to stop while it starts or reads, it ends well and soon', {
  timeout: 120_000,
}, async () => {
  const lines = (version: number) =>
    Array.from({ length: 5_000 }, (_, at) =>
      JSON.stringify({ id: `l${at}`, title: `${at} ${version}`, published: moment(at), text: 'x' }),
    ).join('\n')
  await writeFile(join(content, 'all.ndjson'), lines(0))
  await build()
  const port = await freePort()
  const starting = spawn(
    process.execPath,
    [PROGRAM, 'serve', '--content', content, '--state', state, '--port', `${port}`],
    { stdio: 'ignore' },
  )
  const isListening = () =>
    fetch(`http://127.0.0.1:${port}/livez`).then(
      ({ ok }) => ok,
      () => false,
    )
  await expect.poll(isListening, { timeout: 30_000, interval: 10 }).toBe(true)
  const ended = once(starting, 'exit')
  starting.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
  const server = await start()
  await writeFile(join(content, 'all.ndjson'), lines(1))
  // It has noticed by then, and most likely still reads.
  await setTimeout(1_000)
  expect(await server.stop()).toBe(0)
  expect(server.complaints()).toBe('')
})

it('killed under load, it is ready within seconds, with the same tags', async () => {
  for (let number = 0; number < 300; number++) await write(number)
  const feeds = [
    '/rss.xml',
    '/atom.xml',
    '/feed.json?limit=200',
    '/tags/odd/rss.xml',
    '/feeds.opml',
  ]
  let tags: (string | undefined)[] | undefined
  for (let turn = 0; turn < 5; turn++) {
    const begun = performance.now()
    const server = await start()
    const asks = Array.from({ length: 8 }, () => connection(server))
    const found: (string | undefined)[] = []
    for (const feed of feeds) found.push((await asks[0]?.(feed))?.etag)
    expect(performance.now() - begun).toBeLessThan(15_000)
    expect(found).not.toContain(undefined)
    tags ??= found
    expect(found).toEqual(tags)
    const load = asks.map(async (ask) => {
      for (let at = 0; ; at++) await ask(feeds[at % feeds.length] ?? '/')
    })
    const broken = Promise.allSettled(load)
    await setTimeout(300)
    await server.kill()
    await broken
    for (const ask of asks) ask.close()
  }
})

it(`${FILES} files in folders upon folders are all read`, { timeout: 180_000 }, async () => {
  for (let folder = 0; folder < 20; folder++) {
    const path = join(content, ...Array.from({ length: folder * 5 }, () => 'd'), `${folder}`)
    await mkdir(path, { recursive: true })
    const numbers = Array.from({ length: FILES / 20 }, (_, at) => folder * (FILES / 20) + at)
    for (let from = 0; from < numbers.length; from += 100)
      await Promise.all(numbers.slice(from, from + 100).map((number) => write(number, 0, path)))
  }
  const server = await start()
  const ask = connection(server)
  const last = await ask(`/feed.json?limit=200&page=${FILES / 200}`)
  expect((JSON.parse(last.body) as { items: unknown[] }).items).toHaveLength(200)
  expect((await ask(`/feed.json?limit=200&page=${FILES / 200 + 1}`)).status).toBe(404)
  ask.close()
})

it(`${RELOADS} readings of the folder leave memory and descriptors as they were`, {
  timeout: 3_600_000,
}, async () => {
  for (let number = 0; number < 1_000; number++) await write(number)
  const server = await start()
  const ask = connection(server)
  const soak = async (from: number, to: number) => {
    for (let version = from; version < to; version++) {
      await write(999, version)
      await expect
        .poll(async () => newest((await ask('/feed.json')).body), { timeout: 10_000, interval: 20 })
        .toBe(`Article 999 version ${version}`)
      for (const format of ['rss.xml', 'atom.xml', ''])
        for (const tag of ['odd', 'even']) await ask(`/tags/${tag}/${format}`)
    }
    return { held: await memory(server), open: await descriptors(server) }
  }
  const half = await soak(1, RELOADS / 2)
  const whole = await soak(RELOADS / 2, RELOADS)
  console.log(
    `${RELOADS} readings: ${half.held.toFixed(0)} MiB and ${half.open} descriptors after half, ${whole.held.toFixed(0)} MiB and ${whole.open} after all`,
  )
  expect(whole.held - half.held).toBeLessThan(MOST_GROWTH)
  expect(whole.open - half.open).toBeLessThanOrEqual(1)
  ask.close()
})
