// What noting each request costs: a 304 and a ready document, without it, and with the log, the metrics and the ledger.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, bench, describe } from 'vitest'
import { createApp } from '../../src/http/app.tsx'
import type { Observer } from '../../src/http/exchange.ts'
import { createPublisher } from '../../src/publishing/publisher.ts'
import { openLedger } from '../../src/readership/ledger.ts'
import { type Journal, writtenJournal } from '../../src/telemetry/journal.ts'
import { createMetrics } from '../../src/telemetry/metrics.ts'
import { article, publication } from '../quick/support/publication.ts'

const none = () => ({})
const metrics = createMetrics({
  articles: none,
  problems: none,
  queues: none,
  cache: () => ({ values: 0, bytes: 0 }),
  readership: () => ({ subscribers: 0, readers: 0 }),
})
const ledger = openLedger('salt')
let root: string
let journal: Journal

const OBSERVERS: Readonly<Record<string, Observer | undefined>> = {
  'nothing noted': undefined,
  'the exchange alone': () => {},
  'the log': (exchange) => journal.observe?.(exchange),
  'the metrics': metrics.observe,
  'the ledger': ({ subject, ...exchange }) => {
    const { feed, tag } = subject
    if (feed !== undefined) ledger.count({ ...exchange, feed, tag })
  },
  'all of them': (exchange) => {
    const { feed, tag } = exchange.subject
    journal.observe?.(exchange)
    metrics.observe(exchange)
    if (feed !== undefined) ledger.count({ ...exchange, feed, tag })
  },
}

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'gazette-bench-'))
  journal = await writtenJournal(path.join(root, 'log'), () => {})
})

afterAll(async () => {
  await journal.close()
  await rm(root, { recursive: true })
})

const ARTICLES = Array.from({ length: 30 }, (_, index) => article({ slug: `a${index}` }))

describe.each([
  ['304', { 'if-none-match': '*' }],
  ['200, gzip', {}],
])('%s', (_, condition) => {
  for (const [name, observe] of Object.entries(OBSERVERS)) {
    const publisher = createPublisher({ publication: publication(), articles: ARTICLES }, Date.now)
    const watch = observe === undefined ? {} : { watch: { observe, clock: Date.now, proxies: 0 } }
    const app = createApp({ publisher, folder: '.', onFailure: () => {}, ...watch })
    let client = 0
    bench(
      name,
      async () => {
        const headers = {
          ...condition,
          'accept-encoding': 'gzip',
          'user-agent': 'Feedbin feed-id:123 - 42 subscribers',
        }
        // A thousand clients: none is always the last one.
        const remoteAddress = `192.0.2.${client++ % 1000}`
        await app.request('/rss.xml', { headers }, { incoming: { socket: { remoteAddress } } })
      },
      // Else the first one pays for all that is compiled.
      { warmupIterations: 5000, time: 1000 },
    )
  }
})
