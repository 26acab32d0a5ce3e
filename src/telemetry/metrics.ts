// Numbers for Prometheus. Every label has few values, whatever clients send.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Observer } from '../http/exchange.ts'
import type { Meter } from '../publishing/publisher.ts'

export interface Metrics {
  readonly observe: Observer
  readonly meter: Meter
  /** Counts a reading of the folder: how long it took, in milliseconds, and whether it was published. */
  readonly reloaded: (took: number, isPublished: boolean) => void
  /** Counts an announcement to a hub by how it went: `told`, `failed`, `given-up`. */
  readonly announced: (outcome: string) => void
  readonly page: () => Promise<{ readonly type: string; readonly text: string }>
  readonly tally: () => Promise<Tally>
}

/** All numbers of a process, in a form that can be sent to another. */
export type Tally = readonly object[]

/** What is asked for each time the numbers are read. */
export interface Standing {
  /** Articles by where they stand in their life. */
  readonly articles: () => Readonly<Record<string, number>>
  /** Problems with records, by severity. */
  readonly problems: () => Readonly<Record<string, number>>
  /** The lengths of queues, by name. */
  readonly queues: () => Readonly<Record<string, number>>
  /** Documents that are kept ready. */
  readonly cache: () => { readonly values: number; readonly bytes: number }
  /** Over all feeds: subscribers that aggregators state, and other readers. */
  readonly readership: () => { readonly subscribers: number; readonly readers: number }
}

/** Seconds. */
const ANSWER_TIMES = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1]
const READING_TIMES = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30]

/** @param withProcess whether the process and its event loop are measured as well. */
export function createMetrics(standing: Standing, withProcess = true): Metrics {
  const registry = new Registry()
  const registers = [registry]
  if (withProcess) collectDefaultMetrics({ register: registry })

  const counter = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new Counter({ name, help, labelNames, registers })
  const histogram = <L extends string>(
    name: string,
    help: string,
    buckets: number[],
    ...labelNames: L[]
  ) => new Histogram({ name, help, buckets, labelNames, registers })
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read())
      },
    })
  /** @param aggregator what workers' numbers come to. */
  const gauges = (
    name: string,
    help: string,
    label: string,
    read: () => Readonly<Record<string, number>>,
    aggregator: 'sum' | 'max' = 'sum',
  ) =>
    new Gauge({
      name,
      help,
      aggregator,
      labelNames: [label],
      registers,
      collect() {
        for (const [value, count] of Object.entries(read())) this.set({ [label]: value }, count)
      },
    })

  const requests = counter(
    'gazette_requests_total',
    'Requests answered, by class of feed, status and content coding.',
    'class',
    'status',
    'coding',
  )
  const durations = histogram(
    'gazette_answer_seconds',
    'Time until an answer was ready to be sent, by class of feed.',
    ANSWER_TIMES,
    'class',
  )
  const sent = counter(
    'gazette_sent_bytes_total',
    'Bytes of bodies sent, by class of feed; pages of problems are not counted.',
    'class',
  )
  const saved = counter(
    'gazette_saved_bytes_total',
    'Bytes of whole documents without coding that were not sent, by what saved them.',
    'by',
  )
  const lookups = counter(
    'gazette_documents_total',
    'Documents asked for: ready in the cache, the same as before a change, or made.',
    'how',
  )
  const making = histogram(
    'gazette_making_seconds',
    'Time to make a document that was not ready.',
    ANSWER_TIMES,
  )
  const reloads = counter(
    'gazette_reloads_total',
    'Readings of the folder after a change, published or failed.',
    'result',
  )
  const reloading = histogram(
    'gazette_reload_seconds',
    'Time to read the folder after a change and publish it.',
    READING_TIMES,
  )
  const announcements = counter(
    'gazette_announcements_total',
    'Announcements to hubs: told, failed to be tried again, given up.',
    'outcome',
  )
  const { articles, problems, queues, cache, readership } = standing
  gauge('gazette_cached_documents', 'Documents kept ready.', () => cache().values)
  gauge('gazette_cached_bytes', 'Bytes kept for them.', () => cache().bytes)
  gauges('gazette_articles', 'Articles, by where they stand.', 'state', articles, 'max')
  gauges(
    'gazette_record_problems',
    'Problems with records, by severity.',
    'severity',
    problems,
    'max',
  )
  gauges('gazette_queue_length', 'What waits to be done.', 'queue', queues)
  gauge(
    'gazette_stated_subscribers',
    'Subscribers that aggregators state, over all feeds.',
    () => readership().subscribers,
  )
  gauge(
    'gazette_readers',
    'Readers that asked for themselves within a day, over all feeds.',
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

/** What kept bytes of a document from being sent, if anything did. */
function savior(status: number, coding: string): string | undefined {
  if (status === 304) return 'not-modified'
  if (status === 226) return 'delta'
  return status === 200 && coding !== 'identity' ? 'coding' : undefined
}
