// Numbers for Prometheus. Every label has few values, whatever clients send.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Observer } from '../http/exchange.ts'
import type { Meter } from '../publishing/publisher.ts'

export interface Metrics {
  readonly observe: Observer
  readonly meter: Meter
  /** A reading of the folder: how long it took, in milliseconds, and whether it was published. */
  readonly reloaded: (took: number, isPublished: boolean) => void
  /** How an announcement to a hub went: `told`, `failed`, `given-up`. */
  readonly announced: (outcome: string) => void
  readonly page: () => Promise<{ readonly type: string; readonly text: string }>
  readonly tally: () => Promise<Tally>
}

/** All numbers of a process, as they can be told to another. */
export type Tally = readonly object[]

/** Asked each time the numbers are read. */
export interface Standing {
  /** By where they stand in their life. */
  readonly articles: () => Readonly<Record<string, number>>
  /** Of records, by severity. */
  readonly problems: () => Readonly<Record<string, number>>
  /** What waits to be done, by queue. */
  readonly queues: () => Readonly<Record<string, number>>
  /** Documents kept ready. */
  readonly cache: () => { readonly values: number; readonly bytes: number }
  /** Over all feeds: what aggregators state, and readers that ask for themselves. */
  readonly readership: () => { readonly subscribers: number; readonly readers: number }
}

/** Seconds. */
const ANSWER_TIMES = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1]
const READING_TIMES = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30]

/** @param withProcess whether the process and its event loop are measured, too. */
export function createMetrics(standing: Standing, withProcess = true): Metrics {
  const registry = new Registry()
  const registers = [registry]
  if (withProcess) collectDefaultMetrics({ register: registry })

  const requests = new Counter({
    name: 'gazette_requests_total',
    help: 'Requests answered, by class of feed, status and content coding.',
    labelNames: ['class', 'status', 'coding'],
    registers,
  })
  const durations = new Histogram({
    name: 'gazette_answer_seconds',
    help: 'Time until an answer was ready to be sent, by class of feed.',
    labelNames: ['class'],
    buckets: ANSWER_TIMES,
    registers,
  })
  const sent = new Counter({
    name: 'gazette_sent_bytes_total',
    help: 'Bytes of bodies sent, by class of feed; pages of problems are not counted.',
    labelNames: ['class'],
    registers,
  })
  const saved = new Counter({
    name: 'gazette_saved_bytes_total',
    help: 'Bytes of whole documents without coding that were not sent, by what saved them.',
    labelNames: ['by'],
    registers,
  })
  const lookups = new Counter({
    name: 'gazette_documents_total',
    help: 'Documents asked for: ready in the cache, the same as before a change, or made.',
    labelNames: ['how'],
    registers,
  })
  const making = new Histogram({
    name: 'gazette_making_seconds',
    help: 'Time to make a document that was not ready.',
    buckets: ANSWER_TIMES,
    registers,
  })
  const reloads = new Counter({
    name: 'gazette_reloads_total',
    help: 'Readings of the folder after a change, published or failed.',
    labelNames: ['result'],
    registers,
  })
  const reloading = new Histogram({
    name: 'gazette_reload_seconds',
    help: 'Time to read the folder after a change and publish it.',
    buckets: READING_TIMES,
    registers,
  })
  const announcements = new Counter({
    name: 'gazette_announcements_total',
    help: 'Announcements to hubs: told, failed to be tried again, given up.',
    labelNames: ['outcome'],
    registers,
  })
  gauge(
    'gazette_cached_documents',
    'Documents kept ready.',
    registry,
    () => standing.cache().values,
  )
  gauge('gazette_cached_bytes', 'Bytes kept for them.', registry, () => standing.cache().bytes)
  gauges(
    'gazette_articles',
    'Articles, by where they stand.',
    'state',
    registry,
    standing.articles,
    'max',
  )
  gauges(
    'gazette_record_problems',
    'Problems with records, by severity.',
    'severity',
    registry,
    standing.problems,
    'max',
  )
  gauges('gazette_queue_length', 'What waits to be done.', 'queue', registry, standing.queues)
  const { readership } = standing
  gauge(
    'gazette_stated_subscribers',
    'Subscribers that aggregators state, over all feeds.',
    registry,
    () => readership().subscribers,
  )
  gauge(
    'gazette_readers',
    'Readers that asked for themselves within a day, over all feeds.',
    registry,
    () => readership().readers,
  )

  return {
    observe({ subject, status, coding, bytes = 0, full, method, took }) {
      requests.inc({ class: subject.kind, status, coding })
      durations.observe({ class: subject.kind }, took / 1000)
      sent.inc({ class: subject.kind }, bytes)
      const by = savior(status, coding)
      if (method === 'GET' && full !== undefined && by !== undefined)
        saved.inc({ by }, Math.max(0, full - bytes))
    },
    meter(how, took) {
      lookups.inc({ how })
      if (how !== 'ready') making.observe(took / 1000)
    },
    reloaded(took, isPublished) {
      reloads.inc({ result: isPublished ? 'published' : 'failed' })
      reloading.observe(took / 1000)
    },
    announced: (outcome) => announcements.inc({ outcome }),
    page: async () => ({ type: registry.contentType, text: await registry.metrics() }),
    tally: () => registry.getMetricsAsJSON(),
  }
}

/** What kept bytes from being sent; nothing where the document went out as it is, or none did for another reason. */
function savior(status: number, coding: string): string | undefined {
  if (status === 304) return 'not-modified'
  if (status === 226) return 'delta'
  return status === 200 && coding !== 'identity' ? 'coding' : undefined
}

function gauge(name: string, help: string, registry: Registry, read: () => number): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(read())
    },
  })
}

function gauges(
  name: string,
  help: string,
  label: string,
  registry: Registry,
  read: () => Readonly<Record<string, number>>,
  /** What workers' numbers come to. */
  aggregator: 'sum' | 'max' = 'sum',
): void {
  new Gauge({
    name,
    help,
    aggregator,
    labelNames: [label],
    registers: [registry],
    collect() {
      for (const [value, count] of Object.entries(read())) this.set({ [label]: value }, count)
    },
  })
}
