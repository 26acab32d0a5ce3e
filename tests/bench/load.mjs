// What is left of the server under ten times what it can do, and in a wave of conditional requests. Answers are of use
// that come within a second.
import { Agent, request } from 'node:http'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { madeFolder } from './made.mjs'
import { serve, stop } from './programs.mjs'
import { askedAlone, row } from './rows.mjs'

export const SIZES = { quick: { seconds: 10 }, full: { seconds: 60 } }
const CONTENT = path.join(import.meta.dirname, '../../content')
/** Connections at the peak of what is done, and ten times as many. */
const PEAK = 8
const OVERLOAD = 80
/** Milliseconds after which an answer is of no use. */
const USEFUL = 1_000
/** Conditional requests at once. */
const WAVE = 5_000

export default async function underLoad({ seconds }) {
  const gazette = await serve(CONTENT, madeFolder())
  const { address } = gazette
  const { headers } = await fetch(`${address}rss.xml`)
  const etag = headers.get('etag')
  const load = loader(address, etag)
  await load(PEAK, 3)
  const peak = await load(PEAK, seconds)
  const { slowest, ...over } = await withLiveness(address, load(OVERLOAD, seconds))
  const began = performance.now()
  let after = await load(PEAK, 1)
  while (after.perSecond < 0.8 * peak.perSecond && performance.now() - began < 20_000)
    after = await load(PEAK, 1)
  const again = (performance.now() - began) / 1_000
  const wave = await waveAt(address, etag)
  await stop(gazette)
  const ratio = over.perSecond / peak.perSecond
  const against = [{ name: 'the peak', value: peak.perSecond, ratio, least: 0.8 }]
  const answers = 'answers of use in a second'
  return [
    row(`${PEAK} connections: ${answers}`, peak.perSecond, ''),
    { ...row(`${OVERLOAD} connections: ${answers}`, over.perSecond, ''), against },
    row(`${OVERLOAD} connections: refused`, over.refused, ''),
    row(`${OVERLOAD} connections: the slowest /livez`, slowest, 'ms', 100),
    row('at 80 % of the peak again after', again, 's', 5),
    row(`${WAVE.toLocaleString('en')} conditional requests at once: 304`, wave.unmodified, ''),
    row(`${WAVE.toLocaleString('en')} conditional requests at once: all`, wave.took, 's'),
  ]
}

/** The status of one request, and how long it took. */
function ask(url, agent, headers = {}) {
  return new Promise((resolve) => {
    const asked = performance.now()
    const done = (status) => resolve({ status, took: performance.now() - asked })
    const sent = request(url, { agent, headers }, (answer) => {
      answer.resume()
      answer.on('end', () => done(answer.statusCode))
    })
    sent.on('error', () => done(0))
    sent.end()
  })
}

function loader(address, etag) {
  let odd = 0
  /** Of ten, six are conditional, two whole, and two ask for what nobody asked for before. */
  const next = () => {
    const turn = odd++ % 10
    if (turn < 6) return ['rss.xml', { 'if-none-match': etag }]
    if (turn < 8) return ['atom.xml', { 'accept-encoding': 'gzip' }]
    const moment = new Date(Date.UTC(2027, 0, 1) + odd * 1_000).toISOString()
    return [`rss.xml?until=${moment}`, {}]
  }
  return async (connections, length) => {
    const agent = new Agent({ keepAlive: true, maxSockets: connections })
    const until = performance.now() + length * 1_000
    let useful = 0
    let refused = 0
    const client = async () => {
      while (performance.now() < until) {
        const [target, headers] = next()
        const { status, took } = await ask(address + target, agent, headers)
        if ((status === 200 || status === 304) && took < USEFUL) useful++
        if (status !== 503) continue
        refused++
        // Who is refused comes again, but not at once.
        await setTimeout(50)
      }
    }
    await Promise.all(Array.from({ length: connections }, client))
    agent.destroy()
    return { perSecond: useful / length, refused }
  }
}

/** With the slowest answer of `/livez`, in milliseconds, while something goes on. */
async function withLiveness(address, work) {
  const agent = new Agent({ keepAlive: true })
  let slowest = 0
  const timer = setInterval(async () => {
    const { took } = await ask(`${address}livez`, agent)
    slowest = Math.max(slowest, took)
  }, 250)
  const result = await work
  clearInterval(timer)
  agent.destroy()
  return { ...result, slowest }
}

/** How many of a wave of requests were told that nothing changed, and after how many seconds the last was answered. */
async function waveAt(address, etag) {
  const agent = new Agent({ keepAlive: true, maxSockets: 500 })
  const began = performance.now()
  const answers = await Promise.all(
    Array.from({ length: WAVE }, () => ask(`${address}rss.xml`, agent, { 'if-none-match': etag })),
  )
  const took = (performance.now() - began) / 1_000
  agent.destroy()
  return { unmodified: answers.filter(({ status }) => status === 304).length, took }
}

await askedAlone(import.meta, underLoad, SIZES)
