// The operator's side of a running server: log, numbers, health, readers, and how it ends.
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
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

beforeEach(() => {
  const text = '---\ntitle: A\npublished: 2026-01-01\ntags: [x]\n---\nText.\n'
  folder = written({ 'content/a.md': text })
})

afterEach(async () => {
  await server?.stop()
  remove(folder)
})

async function start(environment: NodeJS.ProcessEnv = {}, errors?: string): Promise<Server> {
  server = await serve({
    content: join(folder, 'content'),
    state: join(folder, 'state'),
    environment,
    errors,
  })
  return server
}

const stats = () => statsOf(join(folder, 'state'))

const FEEDBIN = { 'user-agent': 'Feedbin feed-id:1 - 42 subscribers' }

it('logs each request as JSON, gives numbers at an address of their own, and keeps who reads', async () => {
  const log = join(folder, 'log')
  const { address, stop } = await start({ GAZETTE_LOG: log, GAZETTE_METRICS: '127.0.0.1:0' })
  expect((await fetch(`${address}rss.xml`, { headers: FEEDBIN })).status).toBe(200)
  expect((await fetch(`${address}readyz`)).status).toBe(200)
  expect((await fetch(`${address}metrics`)).status).toBe(404)
  await expect.poll(() => readFile(log, 'utf8')).toContain('"event":"request"')
  const text = await (await metricsIn(log))()
  expect(text).toContain('gazette_requests_total{class="all",status="200",coding="gzip"} 1\n')
  expect(text).toContain('gazette_articles{state="published"} 1\n')
  expect(text).toMatch(/^nodejs_eventloop_lag_seconds \d/m)
  expect(await stop()).toBe(0)
  const requests = linesOf(await readFile(log, 'utf8')).filter(({ event }) => event === 'request')
  expect(requests.map(({ url }) => url)).toEqual(['/rss.xml', '/metrics'])
  expect(await stats()).toMatchObject({ subscribers: 42, readers: 0 })
})

it('counts go on after a restart, and are begun anew where the file is torn', async () => {
  for (const agent of ['newsboat/2.21', 'FreshRSS/1.25']) {
    const { address, stop } = await start()
    await (await fetch(`${address}rss.xml`, { headers: { 'user-agent': agent } })).text()
    expect(await stop()).toBe(0)
  }
  expect((await stats()).readers).toBe(2)
  const file = join(folder, 'state', 'readership.ndjson')
  const whole = await readFile(file, 'utf8')
  await writeFile(file, whole.slice(0, -20))
  const { address, stop, complaints } = await start()
  await (await fetch(`${address}rss.xml`)).text()
  expect(await stop()).toBe(0)
  expect(complaints()).toContain('Who reads the feeds is counted anew')
  expect((await stats()).readers).toBe(1)
})

it('a reading that failed is told by /readyz, and what was published is served on', async () => {
  const { address } = await start()
  await writeFile(join(folder, 'content/site.yaml'), 'title: [\n')
  const readiness = async () => (await fetch(`${address}readyz`)).json()
  await expect.poll(readiness).toMatchObject({ state: 'ready', reload: { failed: true } })
  expect((await fetch(`${address}rss.xml`)).status).toBe(200)
  await writeFile(join(folder, 'content/site.yaml'), 'title: T\n')
  await expect.poll(readiness).toMatchObject({ state: 'ready', reload: { failed: false } })
})

it('told to stop, also twice, it takes nobody new, and ends in time even where a client never finishes', async () => {
  const { address, pid, stop } = await start()
  const { hostname, port } = new URL(address)
  const stuck = connect(Number(port), hostname)
  // Cut off.
  stuck.on('error', () => {})
  stuck.write('GET /rss.xml HTTP/1.1\r\nHost: x\r\n')
  await (await fetch(`${address}rss.xml`)).text()
  const begun = performance.now()
  process.kill(pid, 'SIGTERM')
  const isOpen = () => fetch(`${address}livez`).then(Boolean, () => false)
  await expect.poll(isOpen, { timeout: 5000 }).toBe(false)
  expect(await stop()).toBe(0)
  expect(performance.now() - begun).toBeLessThan(8000)
  stuck.destroy()
})

describe('where the disk is full', () => {
  it.each<[string, NodeJS.ProcessEnv, string | undefined]>([
    ['the log', { GAZETTE_LOG: '/dev/full' }, undefined],
    ['standard error', {}, '/dev/full'],
    ['both', { GAZETTE_LOG: '/dev/full' }, '/dev/full'],
    ['the log on standard error', { GAZETTE_LOG: '-' }, '/dev/full'],
  ])(
    'under %s, it serves on, and ends in time when it is told to',
    async (_, environment, errors) => {
      const { address, stop } = await start(environment, errors)
      const feed = async () => (await fetch(`${address}rss.xml`)).text()
      const record = (name: string, published: string) =>
        writeFile(
          join(folder, 'content', name),
          `---\ntitle: ${name}\npublished: ${published}\n---\nText.\n`,
        )
      // Wrong, which is told at once; then a right one.
      await record('b.md', '2026-02-30')
      await record('c.md', '2026-02-01')
      await expect.poll(feed, { timeout: 5000 }).toContain('c.md')
      const begun = performance.now()
      expect(await stop()).toBe(0)
      expect(performance.now() - begun).toBeLessThan(8000)
    },
  )

  it.each([['check'], ['--help']])('%s ends with 1 and one sentence', async (command) => {
    const script = '"$0" "$@" > /dev/full'
    const failed = await promisify(execFile)('bash', [
      '-c',
      script,
      process.execPath,
      PROGRAM,
      command,
    ]).catch((error) => error)
    expect(failed).toMatchObject({
      code: 1,
      stderr: "gazette: Can't write what there is to say: ENOSPC.\n",
    })
  })
})

it.each([
  ['--metrics', 'nowhere', '--metrics should be such as 127.0.0.1:9464; found "nowhere"'],
  ['--log', '/none/log', "Can't write the log: ENOENT"],
  ['--log', 'content/log', '--log should lie outside the content folder'],
  ['--state', 'content/.state', '--state should lie outside the content folder'],
  ['--proxies', 'many', '--proxies should be a number from 0 to 20; found "many"'],
])('%s %s is refused', async (...[option, value, sentence]) => {
  const args = [PROGRAM, 'serve', '--port', '0', '--content', 'content', option, value]
  const env = { ...process.env, GAZETTE_STATE: join(folder, 'state') }
  const ended = promisify(execFile)(process.execPath, args, { cwd: folder, env, timeout: 4000 })
  await expect(ended).rejects.toMatchObject({ code: 2, stderr: expect.stringMatching(sentence) })
})
