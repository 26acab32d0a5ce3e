// What an answer that lies ready costs: microseconds of a processor, and how long clients wait for it who ask on 16
// connections without a pause; against bare node:http, a bare route of Hono, and nginx with a static file, with the
// same bytes and headers. A 226 is made for the one who asks; against it stand the same few entries, ready.
import { once } from 'node:events'
import { connect } from 'node:net'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { madeFolder, madeLines, SHORT } from './made.mjs'
import { startNginx } from './nginx-server.mjs'
import { isInstalled, processorTime, serve, startNode, stop, tagOf } from './programs.mjs'
import { askedAlone, compared, inTurns } from './rows.mjs'

export const SIZES = {
  quick: { rounds: 9, requests: 1_600 },
  full: { rounds: 25, requests: 2_000 },
}
const CONNECTIONS = 16
const ENTRIES = 50
const FEED = `/rss.xml?limit=${ENTRIES}`
/** Requests after which what is asked for often is compiled. */
const WARM = 2_000
/** Entries that who asks for news lacks. */
const NEWS = 3
/** Of bare node:http, and of Hono. */
const GOALS = {
  200: { 'node:http': 0.9, Hono: 0.95 },
  gzip: { 'node:http': 0.8, Hono: 0.95 },
  304: { 'node:http': 0.65, Hono: 0.95 },
}

export default async function serving({ rounds, requests }) {
  const gazette = await serve(madeLines(ENTRIES, SHORT), madeFolder())
  const url = new URL(FEED, gazette.address).href
  const older = await tagBefore(gazette, NEWS)
  const baseline = path.join(import.meta.dirname, 'baseline-server.mjs')
  const asked = requestsFor(older)
  // A document asked for often is packed at the strongest level: before others take what they are to send.
  for (const { headers } of asked) await load(gazette, requestFor(headers), 100)
  await setTimeout(2_000)
  const servers = {
    Gazette: gazette,
    'node:http': await startNode(baseline, 'node', url, older),
    Hono: await startNode(baseline, 'hono', url, older),
    ...(isInstalled('nginx') ? { nginx: await startNginx(url) } : {}),
  }
  const rows = []
  // Case by case: what one leaves behind, others would pay for.
  for (const { name, status, headers } of asked) {
    const ways = {}
    let length = 0
    for (const [other, server] of Object.entries(servers)) {
      const request = requestFor(await headersFor(headers, server))
      const first = await load(server, request, WARM)
      const isRight = first.status === status && first.coding === headers['accept-encoding']
      if (isRight) ways[other] = () => load(server, request, requests)
      else if (other !== 'nginx') throw new Error(`${other}: ${name} was answered ${first.status}`)
      if (other === 'Gazette') length = first.length
    }
    const costs = await inTurns(rounds, ways)
    const what = length === 0 ? name : `${name} (${Math.round(length / 1_000)} kB)`
    const least = GOALS[name]
    const measured = (measure, unit, goals) =>
      compared(`${what.padEnd(16)} ${measure}`, unit, costs, 'Gazette', {
        pick: (cost) => cost[measure],
        ...goals,
      })
    rows.push(measured('processor', 'µs', { least }), measured('p50', 'ms'), measured('p99', 'ms'))
  }
  for (const server of Object.values(servers)) await stop(server)
  return rows
}

/** The cases, by the headers that ask for each. */
function requestsFor(older) {
  const news = { 'a-im': 'feed', 'if-none-match': older }
  return [
    { name: '200', status: 200, headers: {} },
    { name: 'gzip', status: 200, headers: { 'accept-encoding': 'gzip' } },
    { name: 'br', status: 200, headers: { 'accept-encoding': 'br' } },
    { name: '304', status: 304, headers: { 'if-none-match': 'own' } },
    { name: '226', status: 226, headers: news },
    { name: '226, gzip', status: 226, headers: { ...news, 'accept-encoding': 'gzip' } },
  ]
}

/** The tag of the feed as it was before its newest entries came: that of the same feed until then. */
async function tagBefore({ address }, news) {
  const { items } = await (await fetch(`${address}feed.json?limit=${news + 1}`)).json()
  const { date_published: until } = items[news]
  return tagOf(`${address}rss.xml?limit=${ENTRIES}&until=${encodeURIComponent(until)}`)
}

/** Each server has tags of its own. */
async function headersFor(headers, { port }) {
  if (headers['if-none-match'] !== 'own') return headers
  return { ...headers, 'if-none-match': await tagOf(`http://127.0.0.1:${port}${FEED}`) }
}

function requestFor(headers) {
  const lines = Object.entries({ host: 'localhost', 'user-agent': 'bench', ...headers })
  return `GET ${FEED} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`
}

/** Microseconds of a processor for an answer, and milliseconds until it was there, of the middle one and of the slowest hundredth. */
async function load(server, request, count) {
  const before = processorTime(server)
  const answers = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => ask(server.port, request, count / CONNECTIONS)),
  )
  const processor = (processorTime(server) - before) / count
  const waits = answers.flatMap(({ waits: some }) => some).sort((a, b) => a - b)
  const { status, coding, length } = answers[0]
  const [p50, p99] = [0.5, 0.99].map((part) => waits[Math.floor(waits.length * part)])
  return { processor, p50, p99, status, coding, length }
}

/** Asks on one connection, one request after the other. */
async function ask(port, request, count) {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  return new Promise((resolve, reject) => {
    const waits = []
    let head = ''
    let length = 0
    let missing = 0
    let asked = 0
    const next = () => {
      asked = performance.now()
      socket.write(request)
    }
    socket.on('error', reject)
    socket.on('data', (bytes) => {
      if (missing === 0) {
        const end = bytes.indexOf('\r\n\r\n') + 4
        head = bytes.toString('latin1', 0, end)
        const hasBody = !head.startsWith('HTTP/1.1 304')
        length = hasBody ? Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0) : 0
        missing = length - (bytes.length - end)
      } else missing -= bytes.length
      if (missing > 0) return
      waits.push(performance.now() - asked)
      if (waits.length < count) return next()
      socket.destroy()
      const status = Number(head.slice(9, 12))
      const coding = /content-encoding: (\S+)/i.exec(head)?.[1]
      resolve({ waits, status, coding, length })
    })
    next()
  })
}

await askedAlone(import.meta, serving, SIZES)
