// What the server notes of itself while it runs: the journal, the metrics, and who reads which feed.
import path from 'node:path'
import type { Content } from '../content/folder.ts'
import { lifeAt } from '../domain/article.ts'
import type { Exchange, Observer } from '../http/exchange.ts'
import type { Meter, Publisher } from '../publishing/publisher.ts'
import { reportOn } from '../readership/report.ts'
import { type Journal, spokenJournal, writtenJournal } from '../telemetry/journal.ts'
import { createMetrics, type Metrics, type Standing } from '../telemetry/metrics.ts'
import { type MetricsServer, serveMetrics } from '../telemetry/metrics-server.ts'
import { UsageError, type Values } from './options.ts'
import { keepLedger } from './readership.ts'
import type { Terminal } from './terminal.ts'

export interface Numbers {
  readonly journal: Journal
  readonly observe: Observer
  readonly meter: Meter
  readonly reloaded: Metrics['reloaded']
  readonly announced: Metrics['announced']
  /** What is read and published now. */
  readonly stand: (content: Content, publisher: Publisher) => void
  /** A queue whose length is measured: WebSub's. */
  readonly queue: (name: string, length: () => number) => void
  readonly close: () => Promise<void>
}

/** Milliseconds. */
const MINUTE = 60_000
const SEVERITIES = ['error', 'warning', 'note'] as const
const LIVES = ['draft', 'scheduled', 'published', 'expired', 'withdrawn'] as const

/**
 * @param state the folder for what outlives the process; nothing where there is none.
 * @throws UsageError where the log or the address of the metrics can't be opened.
 */
export async function openNumbers(
  values: Values,
  folder: string,
  state: string | undefined,
  terminal: Terminal,
): Promise<Numbers> {
  for (const name of ['log', 'state'] as const) keepOutside(folder, name, values[name] as string)
  const journal = await openJournal(values.log as string | undefined, terminal)
  const warn = (sentence: string) => journal.tell('warn', sentence)
  const { ledger, close } = await keepLedger(state, Date.now, warn)
  let now: { content: Content; publisher: Publisher } | undefined
  const queues = new Map<string, () => number>()
  // To look through a full ledger takes a tenth of a second.
  let people = { at: 0, subscribers: 0, readers: 0 }
  const standing: Standing = {
    articles: () => count(LIVES, now?.content.articles ?? [], (it) => lifeAt(it, Date.now())),
    problems: () => count(SEVERITIES, now?.content.problems ?? [], (it) => it.severity),
    queues: () => Object.fromEntries([...queues].map(([name, length]) => [name, length()])),
    cache: () => now?.publisher.held() ?? { values: 0, bytes: 0 },
    readership: () => {
      if (Date.now() - people.at >= MINUTE) people = reportOn(ledger.feeds(), Date.now())
      return people
    },
  }
  const place = values.metrics as string | undefined
  const metrics = createMetrics(standing, place !== undefined)
  const server = await openMetrics(metrics, place)
  if (server !== undefined) journal.tell('info', `Metrics are at ${server.address}`, server)

  function observe(exchange: Exchange): void {
    const { subject, at, method, status, freshFor, agent, client } = exchange
    journal.observe?.(exchange)
    if (server !== undefined) metrics.observe(exchange)
    const { feed, tag } = subject
    if (feed !== undefined) ledger.count({ feed, tag, at, method, status, freshFor, agent, client })
  }

  return {
    journal,
    observe,
    meter: metrics.meter,
    reloaded: metrics.reloaded,
    announced: metrics.announced,
    stand: (content, publisher) => {
      now = { content, publisher }
    },
    queue: (name, length) => void queues.set(name, length),
    close: async () => {
      server?.close()
      await close()
      await journal.close()
    },
  }
}

/** What is written in the content folder would be a change of it, which is told in the log, and so on. */
function keepOutside(folder: string, option: string, value = ''): void {
  if (value !== '' && path.resolve(value).startsWith(folder + path.sep))
    throw new UsageError(`--${option} should lie outside the content folder; found "${value}".`)
}

async function openJournal(file: string | undefined, terminal: Terminal): Promise<Journal> {
  if (file === undefined) return spokenJournal(terminal.error)
  const failed = ({ message }: Error) => terminal.error(`The log can't be written: ${message}.`)
  try {
    const journal = await writtenJournal(file === '-' ? 2 : file, failed)
    const reopen = () => void journal.reopen().catch(failed)
    process.on('SIGHUP', reopen)
    return {
      ...journal,
      close: () => {
        process.off('SIGHUP', reopen)
        return journal.close()
      },
    }
  } catch (error) {
    throw new UsageError(`Can't write the log: ${(error as Error).message}.`)
  }
}

async function openMetrics(
  metrics: Metrics,
  address: string | undefined,
): Promise<MetricsServer | undefined> {
  if (address === undefined) return undefined
  const place = readPlace(address)
  try {
    return await serveMetrics(metrics, place)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new UsageError(`Can't give the metrics at ${address}: ${code ?? message}.`)
  }
}

/** `127.0.0.1:9464`, `[::1]:9464`, or a port alone, on the machine itself. */
function readPlace(text: string): { host: string; port: number } {
  const [, host = '127.0.0.1', digits = ''] = /^(?:(.+):)?(\d{1,5})$/.exec(text) ?? []
  const port = digits === '' ? Number.NaN : Number(digits)
  if (!(port <= 65_535))
    throw new UsageError(`--metrics should be such as 127.0.0.1:9464; found "${text}".`)
  return { host: host.replace(/^\[(.*)\]$/, '$1'), port }
}

/** How many there are of each kind, also of those of which there is none. */
function count<T, K extends string>(
  kinds: readonly K[],
  all: readonly T[],
  kindOf: (one: T) => K,
): Record<K, number> {
  const counts = Object.fromEntries(kinds.map((kind) => [kind, 0])) as Record<K, number>
  for (const one of all) counts[kindOf(one)]++
  return counts
}
