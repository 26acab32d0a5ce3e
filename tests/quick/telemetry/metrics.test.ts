// The numbers: that they add up, that nothing a client sends makes more of them, and that the README explains each.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createMetrics, type Standing } from '../../../src/telemetry/metrics.ts'
import { serveMetrics } from '../../../src/telemetry/metrics-server.ts'
import { article } from '../support/publication.ts'
import { serverOf } from '../support/server.ts'

const STANDING: Standing = {
  articles: () => ({ published: 3, draft: 1 }),
  problems: () => ({ error: 0, warning: 2 }),
  queues: () => ({ websub: 7 }),
  cache: () => ({ values: 5, bytes: 1000 }),
  readership: () => ({ subscribers: 42, readers: 9 }),
}

/** The samples of a page in Prometheus' text format, by name with labels. */
async function samplesOf({ page }: ReturnType<typeof createMetrics>): Promise<Map<string, number>> {
  const lines = (await page()).text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(
    lines.map((line) => {
      const space = line.lastIndexOf(' ')
      return [line.slice(0, space), Number(line.slice(space + 1))]
    }),
  )
}

async function samplesAfter(requests: readonly (readonly [string, RequestInit?])[]) {
  const metrics = createMetrics(STANDING, false)
  const articles = ['a', 'b', 'c'].map((slug) => article({ slug, tags: ['port'] }))
  const { app, exchanges } = serverOf(articles)
  const answers: Response[] = []
  for (const [path, init] of requests) answers.push(await app.request(path, init))
  for (const exchange of exchanges) metrics.observe(exchange)
  return { answers, samples: await samplesOf(metrics) }
}

describe('requests', () => {
  it('are counted by class of feed, status and coding', async () => {
    const { samples } = await samplesAfter([
      ['/rss.xml'],
      ['/rss.xml', { headers: { 'accept-encoding': 'gzip' } }],
      ['/atom.xml', { headers: { 'if-none-match': '*' } }],
      ['/tags/port/rss.xml', { headers: { 'accept-encoding': 'br' } }],
      ['/tags/none/rss.xml'],
      ['/', { method: 'POST' }],
    ])
    const requests = [...samples].filter(([name]) => name.startsWith('gazette_requests_total'))
    expect(Object.fromEntries(requests)).toEqual({
      'gazette_requests_total{class="all",status="200",coding="identity"}': 1,
      'gazette_requests_total{class="all",status="200",coding="gzip"}': 1,
      'gazette_requests_total{class="all",status="304",coding="identity"}': 1,
      'gazette_requests_total{class="tag",status="200",coding="br"}': 1,
      'gazette_requests_total{class="tag",status="404",coding="identity"}': 1,
      'gazette_requests_total{class="page",status="405",coding="identity"}': 1,
    })
    expect(samples.get('gazette_answer_seconds_count{class="all"}')).toBe(3)
  })

  it('what was sent and what was saved is what whole documents would have been', async () => {
    const plain: [string, RequestInit?] = ['/rss.xml']
    const { answers } = await samplesAfter([plain])
    const full = (await answers[0]?.arrayBuffer())?.byteLength ?? 0
    // A tag of an earlier document that knew one of the three entries.
    const old = serverOf([article({ slug: 'a', tags: ['port'] })])
    const tag = (await old.get('/rss.xml')).headers.get('etag') ?? ''
    const { samples, answers: all } = await samplesAfter([
      plain,
      ['/rss.xml', { headers: { 'accept-encoding': 'gzip' } }],
      ['/rss.xml', { headers: { 'if-none-match': '*', 'accept-encoding': 'br' } }],
      ['/rss.xml', { headers: { 'if-none-match': tag, 'a-im': 'feed' } }],
      ['/rss.xml', { method: 'HEAD' }],
    ])
    expect(all.map(({ status }) => status)).toEqual([200, 200, 304, 226, 200])
    const saved = ['not-modified', 'delta', 'coding'].map(
      (by) => samples.get(`gazette_saved_bytes_total{by="${by}"}`) ?? 0,
    )
    expect(Math.min(...saved)).toBeGreaterThan(0)
    expect(saved[0]).toBe(full)
    const sent = samples.get('gazette_sent_bytes_total{class="all"}') ?? 0
    expect(sent + saved.reduce((sum, bytes) => sum + bytes)).toBe(4 * full)
  })

  it('however odd they are, they make no more numbers', async () => {
    const odd = Array.from({ length: 120 }, (_, index): [string, RequestInit] => [
      [`/tags/t${index}/rss.xml`, `/rss.xml?q=w${index}`, `/x${index}/atom.xml`, `/p${index}`][
        index % 4
      ] ?? '/',
      {
        headers: {
          'user-agent': `odd/${index}`,
          'accept-encoding': `c${index}, gzip;q=0.${index}`,
        },
      },
    ])
    const half = await samplesAfter(odd.slice(0, 60))
    const whole = await samplesAfter(odd)
    expect(whole.samples.size).toBe(half.samples.size)
    expect(JSON.stringify([...whole.samples.keys()])).not.toMatch(/odd|t1|w2|c3/)
  })
})

it('metrics of what stands are made when they are read', async () => {
  const metrics = createMetrics(STANDING, false)
  metrics.meter('ready', 0)
  metrics.meter('made', 20)
  metrics.reloaded(700, true)
  metrics.reloaded(900, false)
  metrics.announced('told')
  metrics.announced('failed')
  const samples = await samplesOf(metrics)
  expect(Object.fromEntries(samples)).toMatchObject({
    'gazette_articles{state="published"}': 3,
    'gazette_record_problems{severity="warning"}': 2,
    'gazette_queue_length{queue="websub"}': 7,
    gazette_cached_documents: 5,
    gazette_cached_bytes: 1000,
    gazette_stated_subscribers: 42,
    gazette_readers: 9,
    'gazette_documents_total{how="ready"}': 1,
    'gazette_documents_total{how="made"}': 1,
    gazette_making_seconds_sum: 0.02,
    'gazette_reloads_total{result="published"}': 1,
    'gazette_reloads_total{result="failed"}': 1,
    gazette_reload_seconds_sum: 1.6,
    'gazette_announcements_total{outcome="told"}': 1,
    'gazette_announcements_total{outcome="failed"}': 1,
  })
})

it('metrics have an address of its own, which answers nothing else', async () => {
  const server = await serveMetrics(createMetrics(STANDING), { host: '127.0.0.1', port: 0 })
  try {
    const answer = await fetch(server.address)
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect((await fetch(server.address, { method: 'HEAD' })).status).toBe(200)
    expect(await answer.text()).toContain('nodejs_eventloop_lag_seconds ')
    expect((await fetch(new URL('/rss.xml', server.address))).status).toBe(404)
    expect((await fetch(server.address, { method: 'POST' })).status).toBe(404)
  } finally {
    server.close()
  }
})

it('each metric is in the README, and none else', async () => {
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8')
  const documented = [...readme.matchAll(/^\| `(gazette_\w+)`/gm)].map(([, name]) => name)
  const { text } = await createMetrics(STANDING, false).page()
  const there = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name)
  expect(documented.toSorted()).toEqual(there.toSorted())
})
