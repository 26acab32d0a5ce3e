// What an answer costs, against bare node:http and a bare route of Hono with the same bytes: `npm run bench:serving`.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'

const [rounds = 25, requests = 2_000] = process.argv.slice(2).map(Number)
const HERE = import.meta.dirname
const CONNECTIONS = 16
const ENTRIES = 50

const PARAGRAPH =
  '清晨的码头上，第一班渡轮靠岸，广播用两种语言报站。The cranes begin to move before the fog has lifted, and the market opens. '

/** A publication whose whole feed has fifty entries and some 135 kB. */
function makeFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), 'gazette-bench-'))
  writeFileSync(path.join(folder, 'site.yaml'), 'title: Made\nurl: https://made.example/\n')
  const lines = Array.from({ length: ENTRIES }, (_, number) =>
    JSON.stringify({
      id: `urn:made:${number}`,
      title: `Article ${number} 渡轮`,
      published: new Date(Date.UTC(2026, 2, 1) + number * 3_600_000).toISOString(),
      tags: ['quay', `tag ${number % 7}`],
      markdown: `${PARAGRAPH.repeat(6)}\n\n${PARAGRAPH.repeat(7)}`,
    }),
  )
  writeFileSync(path.join(folder, 'all.ndjson'), lines.join('\n'))
  return folder
}

async function start(...args) {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(createInterface(child.stdout), 'line')
  return { child, port: Number(/(\d+)\/?$/.exec(line)?.[1]) }
}

/** Microseconds of a processor that a process has used, by what Linux counts for each of its threads. */
function processorTime(pid) {
  const threads = readdirSync(`/proc/${pid}/task`)
  const timeOf = (thread) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0])
  return threads.reduce((sum, thread) => sum + timeOf(thread), 0) / 1_000
}

/** Asks on one connection, one request after the other. */
function ask(port, request, count) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let left = count
    let missing = 0
    socket.on('connect', () => socket.write(request))
    socket.on('error', reject)
    socket.on('data', (bytes) => {
      if (missing === 0) {
        const end = bytes.indexOf('\r\n\r\n') + 4
        const head = bytes.toString('latin1', 0, end)
        missing = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
        if (head.startsWith('HTTP/1.1 304')) missing = 0
        missing -= bytes.length - end
      } else missing -= bytes.length
      if (missing > 0) return
      if (--left > 0) socket.write(request)
      else {
        socket.destroy()
        resolve()
      }
    })
  })
}

/** Microseconds of a processor for one answer. */
async function cost({ child, port }, request) {
  const before = processorTime(child.pid)
  await Promise.all(
    Array.from({ length: CONNECTIONS }, () => ask(port, request, requests / CONNECTIONS)),
  )
  return (processorTime(child.pid) - before) / requests
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1]
}

const shown = (costs) => median(costs).toFixed(0).padStart(4)

const state = mkdtempSync(path.join(tmpdir(), 'gazette-state-'))
const folder = makeFolder()
const gazette = await start(
  path.join(HERE, '../../dist/main.js'),
  ...['serve', '--port', '0', '--content', folder, '--state', state],
)
const FEED = `/rss.xml?limit=${ENTRIES}`
const url = `http://127.0.0.1:${gazette.port}${FEED}`
const servers = {
  'node:http': await start(path.join(HERE, 'baseline-server.mjs'), 'node', url),
  Hono: await start(path.join(HERE, 'baseline-server.mjs'), 'hono', url),
  Gazette: gazette,
}
const first = await fetch(url, { headers: { 'accept-encoding': 'identity' } })
const length = (await first.arrayBuffer()).byteLength
const requestWith = (headers) =>
  `GET ${FEED} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: bench\r\n${headers}\r\n`
const cases = {
  200: requestWith(''),
  gzip: requestWith('Accept-Encoding: gzip\r\n'),
  br: requestWith('Accept-Encoding: br\r\n'),
  304: requestWith(`If-None-Match: ${first.headers.get('etag')}\r\n`),
}
console.log(
  `${ENTRIES} entries, ${length} bytes; µs of a processor for an answer (medians of ${rounds})`,
)
for (const [name, request] of Object.entries(cases)) {
  const costs = Object.fromEntries(Object.keys(servers).map((server) => [server, []]))
  // Twice, so that a document asked for often is packed at the strongest level before it counts.
  for (const server of [...Object.values(servers), gazette]) await cost(server, request)
  await setTimeout(2_000)
  for (let round = 0; round < rounds; round++) {
    for (const [server, at] of Object.entries(servers)) costs[server].push(await cost(at, request))
  }
  const [bare, hono, own] = Object.values(costs)
  // Of each round, whose noise is the same for all.
  const ratio = (of) => median(of.map((cost, at) => cost / own[at])).toFixed(2)
  console.log(
    `${name.padEnd(5)} node:http ${shown(bare)}  Hono ${shown(hono)}  Gazette ${shown(own)}  = ${ratio(bare)} of node:http, ${ratio(hono)} of Hono`,
  )
}
for (const { child } of Object.values(servers)) {
  child.kill()
  await once(child, 'exit')
}
for (const made of [folder, state]) rmSync(made, { recursive: true })
