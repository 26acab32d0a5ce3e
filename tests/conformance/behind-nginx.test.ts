// Two processes over one folder behind nginx, as the README sets it up: nobody sees a wrong 304, a mixed page or an older feed.
import { type ChildProcess, spawn } from 'node:child_process'
import { renameSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { remove, written } from '../quick/support/folder.ts'
import { ask, type RawAnswer } from './raw-http.ts'
import { freePort, type Server, STARTING, serve } from './server.ts'

const CHANGES = 30
/** Milliseconds from one change to the next: sometimes less than it takes to notice one. */
const PAUSES = [40, 350, 900, 120, 600]

let home: string
let content: string
let servers: Server[]
let nginx: ChildProcess
let front: string
let version = 0

/** What the README tells operators to write, with the places of this machine. */
async function configuration(port: number, isInTurn: boolean): Promise<string> {
  const readme = await readFile(join(import.meta.dirname, '../../README.md'), 'utf8')
  const [, whole = ''] = /```nginx\n([\s\S]*?)```/.exec(readme) ?? []
  const written = isInTurn ? whole.replace(/^ *hash .*$/m, '') : whole
  const places: [string, string][] = [
    ['/var/cache/nginx/gazette', `${home}/cache`],
    ['listen 8080', `listen 127.0.0.1:${port}`],
    ...servers.map(({ address }, at): [string, string] => [
      `127.0.0.1:808${at + 1}`,
      new URL(address).host,
    ]),
  ]
  const settled = places.reduce((text, [from, to]) => {
    expect(text, 'the README has it').toContain(from)
    return text.replace(from, to)
  }, written)
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${home}/${name};`)
    .join('\n')
  return `daemon off; master_process off; pid ${home}/pid; error_log stderr error;
events {}
http {
${paths}
${settled}
}
`
}

/** Both articles of a version are one change, however the folder is read. */
async function publish(next: number): Promise<void> {
  version = next
  const article = (name: string) =>
    `---\nid: ${name}\ntitle: ${name} ${next}\npublished: 2026-03-09T08:30:00Z\ntags: [quay]\n---\nVersion ${next}.\n`
  for (const name of ['left', 'right']) await writeFile(join(home, `${name}.md`), article(name))
  // One right after the other: nobody who is slow makes two changes of it.
  for (const name of ['left', 'right'])
    renameSync(join(home, `${name}.md`), join(content, `${name}.md`))
}

/** The version that a document shows; both of its articles have it. */
function versionOf(answer: RawAnswer): number {
  const found = [...answer.body.toString().matchAll(/(left|right) (\d+)/g)]
  const versions = new Set(found.map(([, , number]) => Number(number)))
  expect([...versions], 'one state, not parts of two').toHaveLength(1)
  expect(new Set(found.map(([, name]) => name)).size).toBe(2)
  return [...versions][0] as number
}

interface Client {
  readonly name: string
  readonly target: string
  readonly type: RegExp
  /** Whether the cache may answer it: else it is asked of the processes alone. */
  readonly isCached: boolean
  readonly lines: (known: { etag: string; date: string } | undefined) => string[]
}
const XML = /^application\/(rss|atom)\+xml/
const CLIENTS: readonly Client[] = [
  ...['/rss.xml', '/atom.xml', '/tags/quay/rss.xml', '/feed.json'].map((target) => ({
    name: `${target} by its tag`,
    target,
    type: target.endsWith('json') ? /^application\/feed\+json/ : XML,
    isCached: true,
    lines: (known: { etag: string } | undefined) =>
      known === undefined ? [] : [`If-None-Match: ${known.etag}`],
  })),
  {
    name: 'by its date alone',
    target: '/rss.xml',
    type: XML,
    isCached: true,
    lines: (known) => (known === undefined ? [] : [`If-Modified-Since: ${known.date}`]),
  },
  { name: 'unconditionally', target: '/rss.xml', type: XML, isCached: true, lines: () => [] },
  {
    name: 'a browser that navigates',
    target: '/rss.xml',
    type: /^text\/html/,
    isCached: false,
    lines: () => ['Sec-Fetch-Mode: navigate', 'Accept: text/html'],
  },
  {
    name: 'by date and tag',
    target: '/atom.xml',
    type: XML,
    isCached: true,
    lines: (known) =>
      known === undefined
        ? []
        : [`If-None-Match: ${known.etag}`, `If-Modified-Since: ${known.date}`],
  },
]

/** Polls until told to stop; what it saw, in order. */
async function poll(client: Client, isOver: () => boolean) {
  let known: { etag: string; date: string } | undefined
  let has = -1
  const statuses = new Map<number, number>()
  do {
    const answer = await ask(front, client.target, client.lines(known))
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
    if (answer.status === 200) {
      expect(answer.get('content-type'), client.name).toMatch(client.type)
      const seen = versionOf(answer)
      expect(seen, `${client.name}: never older than before`).toBeGreaterThanOrEqual(has)
      expect(seen).toBeLessThanOrEqual(version)
      has = seen
      known = { etag: answer.get('etag') ?? '', date: answer.get('last-modified') ?? '' }
    } else {
      expect(answer.status).toBe(304)
      if (answer.get('etag') !== undefined)
        expect(tagOf(answer.get('etag'))).toBe(tagOf(known?.etag))
    }
    await new Promise((resolve) => setTimeout(resolve, 15))
  } while (!isOver())
  return { has, statuses }
}

/** A tag without what stands for its coding. */
function tagOf(tag: string | undefined): string | undefined {
  return tag?.replace(/-\w+"$/, '"')
}

describe.each([
  ['each address asked of one process, as the README has it', false],
  ['the processes asked in turn', true],
])('%s', (_, isInTurn) => {
  beforeAll(async () => {
    version = 0
    home = written({})
    content = written({ 'site.yaml': 'title: The Ferryman\n' })
    await publish(0)
    servers = await Promise.all([serve({ content }), serve({ content })])
    const port = await freePort()
    front = `http://127.0.0.1:${port}/`
    await writeFile(join(home, 'nginx.conf'), await configuration(port, isInTurn))
    nginx = spawn('nginx', ['-p', home, '-c', join(home, 'nginx.conf')], {
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    await vi.waitFor(async () => expect((await fetch(front)).ok).toBe(true), 20_000)
  }, STARTING)

  afterAll(async () => {
    nginx.kill()
    await Promise.all(servers.map((server) => server.stop()))
    for (const folder of [home, content]) remove(folder)
  })

  it('many readers see every change in order, and end with the last', {
    timeout: 90_000,
  }, async () => {
    let isOver = false
    const clients = CLIENTS.filter(({ isCached }) => isCached || !isInTurn)
    const polling = clients.map((client) => poll(client, () => isOver))
    for (let next = 1; next <= CHANGES; next++) {
      await publish(next)
      await new Promise((resolve) => setTimeout(resolve, PAUSES[next % PAUSES.length]))
    }
    // As long as a second may keep it, and a process may take to notice.
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    isOver = true
    const seen = await Promise.all(polling)
    expect(seen.map(({ has }) => has)).toEqual(clients.map(() => CHANGES))
    for (const [at, { statuses }] of seen.entries()) {
      expect(statuses.get(200), clients[at]?.name).toBeGreaterThan(5)
      if (clients[at]?.name.includes('by')) expect(statuses.get(304)).toBeGreaterThan(5)
    }
  })

  it('who asks for what is new alone is given it, past the cache', async () => {
    const { etag = '' } = Object.fromEntries((await ask(front, '/atom.xml')).headers)
    await writeFile(
      join(content, 'new.md'),
      '---\nid: new\ntitle: new\npublished: 2026-03-10\n---\nText.\n',
    )
    await expect
      .poll(async () => (await ask(front, '/atom.xml')).body.toString(), { timeout: 5_000 })
      .toContain('<title>new<')
    const delta = await ask(front, '/atom.xml', ['A-IM: feed', `If-None-Match: ${etag}`])
    expect(delta.status).toBe(226)
    const whole = await ask(front, '/atom.xml', [`If-None-Match: ${etag}`])
    expect(whole.status, 'and nobody else is').toBe(200)
    expect(whole.get('im')).toBeUndefined()
  })

  it('a long filter of many entries passes, whose tag and address are long', async () => {
    const terms = Array.from({ length: 60 }, (_, at) => `题${at}`)
    for (let at = 0; at < 200; at++) {
      const tags = terms.slice(at % 51, (at % 51) + 10).join(', ')
      const article = `---\nid: many-${at}\ntitle: Many\npublished: 2026-01-01\ntags: [${tags}]\n---\nText.\n`
      await writeFile(join(content, `many-${at}.md`), article)
    }
    const target = `/atom.xml?limit=200&tag=${terms.map(encodeURIComponent).join(',')}`
    await expect.poll(async () => (await ask(front, target)).status, { timeout: 15_000 }).toBe(200)
  })

  it('one process falls, and the other answers', async () => {
    await servers[0]?.stop()
    for (const target of ['/rss.xml', '/atom.xml', '/feed.json', '/tags/quay/atom.xml'])
      expect((await ask(front, target)).status).toBe(200)
  })
})
