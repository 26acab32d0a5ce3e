// Several workers at one address: the same answers from each, what is kept is kept once, and none is missed when it ends.
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { get, type IncomingMessage } from 'node:http'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { remove, written } from '../quick/support/folder.ts'
import {
  build,
  linesOf,
  metricsIn,
  PROGRAM,
  type Server,
  STARTING,
  serve,
  statsOf,
} from './server.ts'

let folder: string
let server: Server | undefined

beforeAll(build, STARTING)

const textOf = (title: string) => `---\ntitle: ${title}\npublished: 2026-01-01\n---\nText.\n`

beforeEach(() => {
  folder = written({ 'content/a.md': textOf('A') })
})

afterEach(async () => {
  await server?.stop()
  server = undefined
  remove(folder)
})

const SOON = { timeout: 20_000, interval: 100 }

function write(name: string, title: string): Promise<void> {
  return writeFile(join(folder, `content/${name}.md`), textOf(title))
}

async function start(...options: readonly string[]): Promise<Server> {
  server = await serve({
    content: join(folder, 'content'),
    state: join(folder, 'state'),
    // Where it listens: another port would be another tag.
    url: null,
    options: ['--workers', '2', ...options],
  })
  return server
}

/** On a connection of its own, which any of them may take. */
async function ask(path: string, headers: Record<string, string> = {}) {
  const signal = AbortSignal.timeout(5_000)
  const request = get(`${server?.address}${path}`, { agent: false, headers, signal })
  const [answer] = (await once(request, 'response')) as [IncomingMessage]
  const body = Buffer.concat(await answer.toArray()).toString()
  const { etag, 'last-modified': changed } = answer.headers
  return { status: answer.statusCode, etag, changed, body }
}

function askOften(times: number, path = 'rss.xml', headers: Record<string, string> = {}) {
  return Promise.all(Array.from({ length: times }, () => ask(path, headers)))
}

async function workersOf({ pid }: Server): Promise<number[]> {
  const { stdout } = await promisify(execFile)('pgrep', ['-P', String(pid)]).catch(() => ({
    stdout: '',
  }))
  return stdout.trim().split('\n').filter(Boolean).map(Number)
}

/** What each worker answers while the others stand still. */
async function askEach(started: Server) {
  const workers = await workersOf(started)
  const answers = []
  for (const one of workers) {
    const others = workers.filter((other) => other !== one)
    for (const other of others) process.kill(other, 'SIGSTOP')
    try {
      answers.push(await ask('rss.xml'))
    } finally {
      for (const other of others) process.kill(other, 'SIGCONT')
    }
  }
  return answers
}

/** How many items each worker's feed has. */
async function entriesOf(started: Server): Promise<number[]> {
  return (await askEach(started)).map(({ body }) => body.split('<item>').length - 1)
}

it('each answers, and is as good as the other', async () => {
  const started = await start()
  const answers = await askEach(started)
  expect(answers).toHaveLength(2)
  expect(answers[0]).toEqual(answers[1])
  // One that stands still holds nobody up.
  const [one = 0] = await workersOf(started)
  process.kill(one, 'SIGSTOP')
  expect(await askOften(8)).toEqual(Array.from({ length: 8 }, () => answers[0]))
  process.kill(one, 'SIGCONT')
  expect(started.printed()).toHaveLength(1)
  expect((await ask('livez')).status).toBe(200)
  expect((await ask('readyz')).status).toBe(200)
})

it('a change is in all of them, and dated alike', async () => {
  const started = await start()
  const before = await ask('rss.xml')
  // Its own dates don't tell when it came.
  await write('b', 'An older one')
  const isIn = async () => (await askEach(started)).map(({ etag }) => etag !== before.etag)
  await expect.poll(isIn, SOON).toEqual([true, true])
  // A date of the last seconds isn't shown: until then each shows the second that it is asked in.
  await setTimeout(5_000)
  const [one, other] = await askEach(started)
  expect(one).toEqual(other)
  expect(one?.changed).not.toBe(before.changed)
})

describe('where one is killed', () => {
  it.each([0, 1])('worker %i: the other answers, and another takes its place', async (which) => {
    const started = await start()
    const workers = await workersOf(started)
    const before = await ask('rss.xml')
    process.kill(workers[which] as number, 'SIGKILL')
    await expect
      .poll(async () => (await workersOf(started)).includes(workers[which] as number), SOON)
      .toBe(false)
    expect(await askOften(4)).toEqual(Array.from({ length: 4 }, () => before))
    await expect.poll(async () => (await workersOf(started)).length, SOON).toBe(2)
    expect(started.complaints()).toContain('A worker ended with SIGKILL')
    // What changes now reaches the new one as well, whichever it is.
    await write('b', 'B')
    await expect.poll(() => entriesOf(started), SOON).toEqual([2, 2])
  })

  it('all of them: they are waited for, also where none can start for a while', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as { port: number }
    await new Promise((resolve) => other.close(resolve))
    const started = await start('--port', String(port))
    const site = join(folder, 'content/site.yaml')
    await writeFile(site, 'title: [')
    for (const pid of await workersOf(started)) process.kill(pid, 'SIGKILL')
    await expect.poll(() => started.complaints(), SOON).toContain('another takes its place in 2 s')
    await writeFile(site, 'title: Post')
    await expect.poll(() => entriesOf(started).catch(() => []), SOON).toEqual([1, 1])
  })

  it.each([0, 1])(
    'worker %i: what became wrong stays as it was in its successor',
    async (which) => {
      const address = ['--url', 'https://news.example/']
      const started = await start(...address)
      await writeFile(join(folder, 'content/a.md'), '---\ntitle: A\npublished: soon\n---\nText.\n')
      await write('b', 'B')
      await expect.poll(() => entriesOf(started), SOON).toEqual([2, 2])
      // When it came is written down a moment later: one that was killed before dates it anew.
      const answers = async (of: Server) =>
        (await askEach(of)).map(({ changed: _, ...answer }) => answer)
      const before = await answers(started)
      const workers = await workersOf(started)
      process.kill(workers[which] as number, 'SIGKILL')
      const isSucceeded = async () => {
        const now = await workersOf(started)
        return now.length === 2 && !now.includes(workers[which] as number)
      }
      await expect.poll(isSucceeded, SOON).toBe(true)
      expect(await answers(started)).toEqual(before)
      await started.stop()
      expect(await answers(await start(...address))).toEqual(before)
    },
  )
})

it('the numbers are there while one stands still, and no count becomes less where it is killed', async () => {
  const log = join(folder, 'log')
  const started = await start('--log', log, '--metrics', '127.0.0.1:0')
  await askEach(started)
  const metrics = await metricsIn(log)
  const asked = async () => /^gazette_requests_total{.*} (\d+)$/m.exec(await metrics())?.[1]
  expect(await asked()).toBe('2')
  const [one = 0] = await workersOf(started)
  process.kill(one, 'SIGSTOP')
  expect(await asked()).toBe('2')
  process.kill(one, 'SIGKILL')
  await expect.poll(async () => (await workersOf(started)).includes(one), SOON).toBe(false)
  expect(await asked()).toBe('2')
})

it('what they count is one number, and readers are counted once', async () => {
  const log = join(folder, 'log')
  const { stop } = await start('--log', log, '--metrics', '127.0.0.1:0')
  const metrics = await metricsIn(log)
  await askOften(10, 'rss.xml', { 'user-agent': 'newsboat/2.21' })
  await askOften(4, 'atom.xml', { 'user-agent': 'Feedbin feed-id:1 - 42 subscribers' })
  const text = await metrics()
  expect(text).toContain('gazette_requests_total{class="all",status="200",coding="identity"} 14\n')
  expect(text).toContain('gazette_articles{state="published"} 1\n')
  expect(await stop()).toBe(0)
  const lines = linesOf(await readFile(log, 'utf8'))
  expect(lines.filter(({ event }) => event === 'request')).toHaveLength(14)
  expect(lines.filter(({ msg = '' }) => msg.startsWith('Gazette serves'))).toHaveLength(1)
  const stats = await statsOf(join(folder, 'state'))
  expect(stats).toMatchObject({ subscribers: 42, readers: 1 })
  const polls = stats.feeds.map(({ feed, polls }) => [feed, polls])
  expect(polls.sort()).toEqual([
    ['atom.xml', 4],
    ['rss.xml', 10],
  ])
})

it('told to stop, all of them end', async () => {
  const started = await start()
  const workers = await workersOf(started)
  expect(await started.stop()).toBe(0)
  for (const worker of workers) expect(() => process.kill(worker, 0)).toThrow()
})

describe('a wrong command line is told once, and ends with 2', () => {
  const run = (...options: readonly string[]) =>
    promisify(execFile)(
      process.execPath,
      [PROGRAM, 'serve', '--content', join(folder, 'content'), ...options],
      { env: { ...process.env, GAZETTE_STATE: join(folder, 'state') }, timeout: 20_000 },
    )

  it.each([
    [['--workers', '0'], /--workers should be a number from 1 to 64; found "0"/],
    [['--workers', 'all'], /--workers should be a number from 1 to 64; found "all"/],
    [['--workers', '2', '--proxies', 'x'], /--proxies should be a number/],
    [['--workers', '2', '--log', '/none/log'], /Can't write the log: ENOENT/],
  ])('%o', async (options, sentence) => {
    await expect(run('--port', '0', ...options)).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringMatching(sentence),
    })
  })

  it('the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as { port: number }
    const ended = run('--workers', '2', '--port', String(port))
    await expect(ended).rejects.toMatchObject({
      code: 2,
      stderr: `gazette: Port ${port} of 127.0.0.1 is taken; give another with --port.\n`,
    })
    other.close()
  })
})
