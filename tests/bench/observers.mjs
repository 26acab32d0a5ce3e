// What it costs to take note of a request: a 304 and a ready document, in the process, without it, and with the log, the
// metrics and the ledger of readers, each alone and together. Microseconds of a processor for an answer.
import path from 'node:path'
import { madeFolder, madeLines } from './made.mjs'
import { built } from './programs.mjs'
import { askedAlone, compared, inTurns } from './rows.mjs'

export const SIZES = {
  quick: { rounds: 15, requests: 1_000 },
  full: { rounds: 50, requests: 2_000 },
}
const ARTICLES = 30
/** Rounds until all is compiled; else the first one pays for it. */
const WARM = 5

export default async function observers({ rounds, requests }) {
  const { readFolder } = await built('content/folder/folder.js')
  const { createApp } = await built('http/app.js')
  const { createPublisher } = await built('publishing/publisher.js')
  const { writtenJournal } = await built('telemetry/journal.js')
  const folder = madeLines(ARTICLES)
  const settings = { address: 'http://localhost/', name: 'made' }
  const { publication, articles } = await readFolder(folder, settings)
  const journal = await writtenJournal(path.join(madeFolder(), 'log'), () => {})
  const cases = { 304: { 'if-none-match': '*' }, 200: { 'accept-encoding': 'gzip' } }
  const rows = []
  for (const [name, condition] of Object.entries(cases)) {
    const ways = Object.entries(await observersWith(journal)).map(([kind, observe]) => {
      const publisher = createPublisher({ publication, articles }, Date.now)
      const watch = observe && { watch: { observe, clock: Date.now, proxies: 0 } }
      const app = createApp({ publisher, folder, onFailure: () => {}, ...watch })
      return [kind, () => cost(app, condition, requests)]
    })
    const costs = await inTurns(rounds + WARM, Object.fromEntries(ways))
    for (const [kind, all] of Object.entries(costs)) {
      const { 'nothing noted': bare } = costs
      const some = { 'nothing noted': bare.slice(WARM), [kind]: all.slice(WARM) }
      rows.push(compared(`${name}: ${kind}`, 'µs', some, kind))
    }
  }
  await journal.close()
  return rows
}

async function observersWith(journal) {
  const { openLedger } = await built('readership/ledger.js')
  const { createMetrics } = await built('telemetry/metrics.js')
  const none = () => ({})
  const metrics = createMetrics({
    articles: none,
    problems: none,
    queues: none,
    cache: () => ({ values: 0, bytes: 0 }),
    readership: () => ({ subscribers: 0, readers: 0 }),
  })
  const ledger = openLedger('salt')
  const count = ({ subject, ...exchange }) => {
    const { feed, tag } = subject
    if (feed !== undefined) ledger.count({ ...exchange, feed, tag })
  }
  return {
    'nothing noted': undefined,
    'the exchange alone': () => {},
    'the log': (exchange) => journal.observe(exchange),
    'the metrics': metrics.observe,
    'the ledger': count,
    'all of them': (exchange) => {
      journal.observe(exchange)
      metrics.observe(exchange)
      count(exchange)
    },
  }
}

async function cost(app, condition, requests) {
  const agent = { 'user-agent': 'Feedbin feed-id:123 - 42 subscribers' }
  const began = process.cpuUsage()
  for (let number = 0; number < requests; number++) {
    // A thousand clients: none is always the last one.
    const incoming = { socket: { remoteAddress: `192.0.2.${number % 1_000}` } }
    await app.request('/rss.xml', { headers: { ...agent, ...condition } }, { incoming })
  }
  const { user, system } = process.cpuUsage(began)
  return (user + system) / requests
}

await askedAlone(import.meta, observers, SIZES)
