// What a running server notes: the journal, the metrics, and who reads which feed.
import type { Content } from '../content/folder/folder.ts'
import { lifeAt } from '../domain/article.ts'
import type { Exchange, Observer } from '../http/exchange.ts'
import type { Meter, Publisher } from '../publishing/publisher.ts'
import { reportOn } from '../readership/report.ts'
import type { Journal } from '../telemetry/journal.ts'
import { createMetrics, type Metrics, type Standing } from '../telemetry/metrics.ts'
import type { Values } from './options.ts'
import { openJournal, openMetrics } from './outlets.ts'
import type { Part } from './part.ts'
import { keepLedger, lendLedger } from './readership.ts'
import type { Terminal } from './terminal.ts'

export interface Numbers {
  /** Events of the publication, which only the first of several processes tells. */
  readonly journal: Journal
  /** Tells events of this process. */
  readonly tell: Journal['tell']
  readonly observe: Observer
  readonly meter: Meter
  readonly reloaded: Metrics['reloaded']
  readonly announced: Metrics['announced']
  /** Says what is read and published now. */
  readonly stand: (content: Content, publisher: Publisher) => void
  /** Adds a queue whose length is measured. */
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
  part: Part,
): Promise<Numbers> {
  const journal = await openJournal(values, folder, terminal)
  const warn = (sentence: string) => journal.tell('warn', sentence)
  const { ledger, close } = part.isFirst
    ? await keepLedger(state, Date.now, warn)
    : lendLedger((polls) => part.tell({ kind: 'polls', polls }))
  part.hear('polls', ({ polls }) => {
    for (const poll of polls) ledger.count(poll)
  })
  let now: { content: Content; publisher: Publisher } | undefined
  const queues = new Map<string, () => number>()
  // Kept for a minute: to look through a full ledger takes a tenth of a second.
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
  const isMeasured = place !== undefined
  const metrics = createMetrics(standing, isMeasured)
  part.hear('count', () => {
    const failed = ({ message }: Error) => journal.tell('error', `No metrics: ${message}`)
    metrics.tally().then((tally) => part.tell({ kind: 'tally', tally }), failed)
  })
  const server = part.isAlone ? await openMetrics(metrics, place) : undefined
  if (server !== undefined) journal.tell('info', `Metrics are at ${server.address}`, server)

  function observe(exchange: Exchange): void {
    const { subject, at, method, status, freshFor, agent, client } = exchange
    journal.observe?.(exchange)
    if (isMeasured) metrics.observe(exchange)
    const { feed, tag } = subject
    if (feed !== undefined) ledger.count({ feed, tag, at, method, status, freshFor, agent, client })
  }

  return {
    journal: part.isFirst ? journal : { ...journal, tell: () => {} },
    tell: journal.tell,
    observe,
    meter: metrics.meter,
    // All workers read at the same time, which counts as one reading.
    reloaded: part.isFirst ? metrics.reloaded : () => {},
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

/** How many there are of each kind, zero included. */
function count<T, K extends string>(
  kinds: readonly K[],
  all: readonly T[],
  kindOf: (one: T) => K,
): Record<K, number> {
  const counts = Object.fromEntries(kinds.map((kind) => [kind, 0])) as Record<K, number>
  for (const one of all) counts[kindOf(one)]++
  return counts
}
