// WebSub as hubs see it: a server that is killed again and again loses no announcement and no article, and says nothing twice.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { createServer, type Server as HttpServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { BASE, PROGRAM, type Server, STARTING, serve } from './server.ts'

const CYCLES = Number(process.env.WEBSUB_CYCLES ?? 15)
/** Milliseconds in which a topic is announced once, less what a busy machine may delay one request more than another. */
const WINDOW = 3000 - 500
const TAGS = ['港口', 'c++', 'exports', 'trade', 'night-market']

/** A hub that fetches a topic as soon as it is told of it, and takes the announcement only with what it fetched. */
interface Hub {
  url: string
  server: HttpServer
  /** When it was told of each topic. */
  told: Map<string, number[]>
  /** The digest of each topic's bytes at the last announcement that it took. */
  fetched: Map<string, string>
}

let content: string
let state: string
let server: Server | undefined
let steady: Hub
let moody: Hub
let mood: 'moody' | 'well' = 'moody'
let random = 1

/** From 0 to 1, in the same order each time. */
function chance(): number {
  random = (random * 48_271) % 2_147_483_647
  return random / 2_147_483_647
}

beforeAll(async () => {
  content = await mkdtemp(join(tmpdir(), 'gazette-websub-'))
  state = join(content, '../', `${content.split('/').at(-1)}-state`)
  steady = await openHub((_, take) => take())
  moody = await openHub((response, take) => (mood === 'well' ? take() : misbehave(response, take)))
  const hubs = JSON.stringify([steady.url, moody.url])
  await writeFile(
    join(content, 'site.yaml'),
    `title: Harbour Post\nauthors: [Newsroom]\nhubs: ${hubs}\n`,
  )
  await writeArticle(0)
}, STARTING)

afterAll(async () => {
  await server?.kill()
  for (const { server: hub } of [steady, moody]) {
    hub.closeAllConnections()
    hub.close()
  }
  await rm(content, { recursive: true })
  await rm(state, { recursive: true, force: true })
})

async function openHub(answer: (response: ServerResponse, take: () => void) => void): Promise<Hub> {
  const told = new Map<string, number[]>()
  const fetched = new Map<string, string>()
  const http = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const form = new URLSearchParams(body)
    const topic = form.get('hub.url') ?? ''
    // The second request of a redirect.
    const isFirst = request.url === '/'
    if (isFirst) told.set(topic, [...(told.get(topic) ?? []), Date.now()])
    const take = async () => {
      try {
        fetched.set(topic, (await digestOf(topic)) as string)
        response.writeHead(202).end()
      } catch {
        response.writeHead(500).end()
      }
    }
    if (isFirst && form.get('hub.mode') === 'publish') answer(response, take)
    else if (request.url === '/elsewhere') take()
    else response.writeHead(307, { Location: '/round' }).end()
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/`
  return { url, server: http, told, fetched }
}

/** What hubs do, at worst. */
function misbehave(response: ServerResponse, take: () => void): void {
  const moods = [
    take,
    take,
    () => response.writeHead(500).end('Out of order.'),
    () => response.writeHead(503, { 'Retry-After': '1' }).end(),
    () => response.writeHead(308, { Location: '/elsewhere' }).end(),
    () => response.writeHead(307, { Location: '/round' }).end(),
    () => response.destroy(),
    // Never answers.
    () => {},
    () => {
      response.writeHead(500)
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536))) {}
      }
      response.on('drain', more)
      more()
    },
  ]
  moods[Math.floor(chance() * moods.length)]?.()
}

/** Of what is served at a topic. */
async function digestOf(topic: string): Promise<string | undefined> {
  if (server === undefined) throw new Error('nothing is served')
  const response = await fetch(topic.replace(BASE, server.address))
  if (response.status === 404) return undefined
  if (response.status !== 200) throw new Error(`${response.status} at ${topic}`)
  return createHash('sha256')
    .update(await response.text())
    .digest('hex')
}

const written = new Set<string>()
/** When the last of them comes to be in the feeds, in milliseconds since 1970. */
let lastDue = 0

/** An article in two or three of the tags, perhaps one that is to come in a second or two. */
async function writeArticle(number: number): Promise<void> {
  const tags = TAGS.filter(() => chance() < 0.4)
  const published = new Date(Date.now() + (chance() < 0.3 ? 2000 * chance() : -60_000))
  const title = `Article ${number} of the ${published.toISOString()}`
  written.add(`n${number}`)
  lastDue = Math.max(lastDue, published.getTime())
  await writeFile(
    join(content, `n${number}.md`),
    `---\nid: n${number}\ntitle: ${JSON.stringify(title)}\npublished: ${published.toISOString()}\ntags: ${JSON.stringify(tags)}\n---\nText.\n`,
  )
}

function start(): Promise<Server> {
  return serve({ content, state, options: ['--private-hubs'] })
}

async function ping(...options: string[]): Promise<string> {
  const args = [
    PROGRAM,
    'ping',
    '--content',
    content,
    '--state',
    state,
    '--private-hubs',
    ...options,
  ]
  // It ends with 1 where a hub failed.
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 60_000 }).catch(
    (error) => error,
  )
  return stdout as string
}

async function waitingFor(hub?: Hub): Promise<string[]> {
  const waiting = JSON.parse(await ping('--json')) as { hub: string; topic: string }[]
  return waiting.filter((one) => hub === undefined || one.hub === hub.url).map(({ topic }) => topic)
}

/** Every topic that there is, with the digest of its bytes. */
async function topics(): Promise<Map<string, string>> {
  const folders = ['', 'authors/newsroom/', ...TAGS.map((tag) => `tags/${tag}/`)]
  const found = new Map<string, string>()
  for (const folder of folders) {
    for (const file of ['rss.xml', 'atom.xml', 'feed.json']) {
      const topic = new URL(folder + file, BASE).href
      const digest = await digestOf(topic)
      if (digest !== undefined) found.set(topic, digest)
    }
  }
  return found
}

it(
  `${CYCLES} times written, killed and started again: every topic’s last bytes were announced to every hub, and none twice in a window`,
  async () => {
    server = await start()
    // Before this the very first start isn't over, which announces nothing.
    await expect
      .poll(() => stat(join(state, 'announcements.ndjson')).catch(() => undefined), {
        timeout: 10_000,
      })
      .toBeTruthy()
    const atFirst = await topics()

    for (let cycle = 1; cycle <= CYCLES; cycle++) {
      await writeArticle(2 * cycle)
      if (chance() < 0.5) await writeArticle(Math.floor(chance() * 2 * cycle))
      // A second process at the same queue; it outlives no server, since the hubs couldn't fetch what it tells of.
      const pinging = cycle % 5 === 0 ? ping('--now') : undefined
      await sleep(chance() * 5000)
      await pinging
      await server.kill()
      server = undefined
      // Written while nothing runs.
      if (chance() < 0.5) await writeArticle(2 * cycle + 1)
      server = await start()
    }

    // What comes later than this is asked for could not have been announced.
    await sleep(lastDue + 1000 - Date.now())
    // A hub that is well knows everything in seconds, whatever the other one does: the last claim's lease, and a window.
    await expect.poll(() => waitingFor(steady), { timeout: 30_000, interval: 1000 }).toEqual([])
    mood = 'well'
    await expect
      .poll(
        async () => {
          await ping('--now')
          return waitingFor()
        },
        { timeout: 60_000, interval: 1000 },
      )
      .toEqual([])

    const now = await topics()
    expect(now.size).toBeGreaterThanOrEqual(12)
    for (const hub of [steady, moody]) {
      expect(new Map([...atFirst, ...hub.fetched])).toEqual(now)
      const gaps = [...hub.told.values()].flatMap((times) =>
        times.slice(1).map((time, at) => time - (times[at] as number)),
      )
      expect(Math.min(...gaps)).toBeGreaterThan(WINDOW)
    }
    // Nothing of what was written is missing.
    const everything = new Set<string>()
    for (
      let url: string | undefined = `${server.address}feed.json?limit=200`;
      url !== undefined;
    ) {
      const feed = (await (await fetch(url)).json()) as {
        items: { id: string }[]
        next_url?: string
      }
      for (const { id } of feed.items) everything.add(id.split(':').at(-1) as string)
      url = feed.next_url?.replace(BASE, server.address)
    }
    expect([...everything].sort()).toEqual([...written].sort())
    const total = [...steady.told.values(), ...moody.told.values()].flat().length
    console.log(
      `${CYCLES} cycles, ${written.size} articles, ${now.size} topics, ${total} announcements`,
    )
  },
  CYCLES * 8000 + 2 * STARTING,
)

it('a hub that never answers delays no article', async () => {
  const silent = await openHub(() => {})
  const hubs = JSON.stringify([silent.url])
  await writeFile(
    join(content, 'site.yaml'),
    `title: Harbour Post\nauthors: [Newsroom]\nhubs: ${hubs}\n`,
  )
  await sleep(1000)
  for (let number = 10_000; number < 10_005; number++) {
    await writeArticle(number)
    await writeFile(
      join(content, `n${number}.md`),
      `---\nid: n${number}\ntitle: Now ${number}\npublished: 2020-01-01\ntags: [now-${number}]\n---\nText.\n`,
    )
    await expect
      .poll(async () => (await fetch(`${server?.address}tags/now-${number}/rss.xml`)).status, {
        timeout: 1000,
        interval: 20,
      })
      .toBe(200)
  }
  silent.server.closeAllConnections()
  silent.server.close()
})
