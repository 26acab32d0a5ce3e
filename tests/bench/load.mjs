// What is left of the server under ten times what it can do, and in a wave of conditional requests: `npm run bench:load`.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'

const [seconds = 10] = process.argv.slice(2).map(Number)
const ROOT = path.join(import.meta.dirname, '../..')
/** Connections at the peak of what is done, and ten times as many. */
const PEAK = 8
const OVERLOAD = 80
/** Milliseconds after which an answer is of no use. */
const USEFUL = 1_000

const state = mkdtempSync(path.join(tmpdir(), 'gazette-state-'))
const server = spawn(
  process.execPath,
  [path.join(ROOT, 'dist/main.js'), 'serve', '--port', '0', '--state', state],
  { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] },
)
const [line] = await once(createInterface(server.stdout), 'line')
const [address] = /http:\S+/.exec(line) ?? []

/** The status of one request, and how long it took. */
function ask(agent, target, headers = {}) {
  return new Promise((resolve) => {
    const asked = performance.now()
    const done = (status) => resolve({ status, took: performance.now() - asked })
    const sent = request(new URL(target, address), { agent, headers }, (answer) => {
      answer.resume()
      answer.on('end', () => done(answer.statusCode))
    })
    sent.on('error', () => done(0))
    sent.end()
  })
}

const { headers } = await fetch(`${address}rss.xml`)
const etag = headers.get('etag')
let odd = 0
/** Of ten, six are conditional, two whole, and two ask for what nobody asked for before. */
function next() {
  const turn = odd++ % 10
  if (turn < 6) return ['rss.xml', { 'if-none-match': etag }]
  if (turn < 8) return ['atom.xml', { 'accept-encoding': 'gzip' }]
  const moment = new Date(Date.UTC(2027, 0, 1) + odd * 1_000).toISOString()
  return [`rss.xml?until=${moment}`, {}]
}

async function load(connections, length) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const until = performance.now() + length * 1_000
  const counts = {}
  let useful = 0
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < until) {
        const { status, took } = await ask(agent, ...next())
        counts[status] = (counts[status] ?? 0) + 1
        if ((status === 200 || status === 304) && took < USEFUL) useful++
        // Who is refused comes again, but not at once.
        if (status === 503) await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }),
  )
  agent.destroy()
  return { perSecond: useful / length, counts }
}

/** The slowest answer of `/livez` while something else goes on. */
async function liveness(work) {
  const agent = new Agent({ keepAlive: true })
  let slowest = 0
  const timer = setInterval(async () => {
    const { took } = await ask(agent, 'livez')
    slowest = Math.max(slowest, took)
  }, 250)
  const result = await work
  clearInterval(timer)
  agent.destroy()
  return { ...result, slowest }
}

await load(PEAK, 3)
const peak = await load(PEAK, seconds)
const over = await liveness(load(OVERLOAD, seconds))
const began = performance.now()
let after = await load(PEAK, 1)
while (after.perSecond < 0.8 * peak.perSecond && performance.now() - began < 20_000)
  after = await load(PEAK, 1)
const print = ({ perSecond, counts }) =>
  `${perSecond.toFixed(0)} useful answers a second (${Object.entries(counts)
    .map(([status, count]) => `${status}: ${count}`)
    .join(', ')})`
console.log(`${PEAK} connections: ${print(peak)}`)
console.log(
  `${OVERLOAD} connections for ${seconds} s: ${print(over)}, ${((100 * over.perSecond) / peak.perSecond).toFixed(0)} % of the peak; /livez took ${over.slowest.toFixed(0)} ms at most`,
)
console.log(`at 80 % of the peak again after ${((performance.now() - began) / 1_000).toFixed(1)} s`)

const waveAgent = new Agent({ keepAlive: true, maxSockets: 500 })
const waveBegan = performance.now()
const wave = await Promise.all(
  Array.from({ length: 5_000 }, () => ask(waveAgent, 'rss.xml', { 'if-none-match': etag })),
)
const took = wave.map((one) => one.took).sort((a, b) => a - b)
console.log(
  `5,000 conditional requests at once: ${wave.filter(({ status }) => status === 304).length} answered 304 within ${((performance.now() - waveBegan) / 1_000).toFixed(2)} s, the slowest after ${took.at(-1)?.toFixed(0)} ms`,
)
waveAgent.destroy()
server.kill()
await once(server, 'exit')
rmSync(state, { recursive: true })
