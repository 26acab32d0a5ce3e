// /livez and /readyz: for those who start and stop the process, and no feed's address.
import { expect, it } from 'vitest'
import { readAddress } from '../../../src/domain/address.ts'
import { createHealth, LIVENESS, READINESS } from '../../../src/http/health.ts'

const at = (path: string, method = 'GET') => new Request(`http://other.example${path}`, { method })

it('a process lives from its first answer on, and is ready between loading and draining', async () => {
  const health = createHealth(() => 0)
  const status = (path: string) => health.answer(at(path))?.status
  const seen = [[status(LIVENESS), status(READINESS)]]
  health.ready()
  seen.push([status(LIVENESS), status(READINESS)])
  health.draining()
  seen.push([status(LIVENESS), status(READINESS)])
  expect(seen).toEqual([
    [200, 503],
    [200, 200],
    [200, 503],
  ])
})

it('a reading that failed leaves it ready, and is told until one succeeds', async () => {
  const health = createHealth(() => Date.UTC(2026, 0, 1))
  health.ready()
  const tell = async () => (await health.answer(at(READINESS))?.json()) as unknown
  expect(await tell()).toEqual({ state: 'ready' })
  health.reloaded(false)
  const reload = { at: '2026-01-01T00:00:00.000Z', failed: true }
  expect(await tell()).toEqual({ state: 'ready', reload })
  expect(health.answer(at(READINESS))?.status).toBe(200)
  health.reloaded(true)
  expect(await tell()).toEqual({ state: 'ready', reload: { ...reload, failed: false } })
})

it.each([
  ['/livez/', 'GET'],
  ['/tags/livez', 'GET'],
  ['/articles/readyz', 'GET'],
  ['/rss.xml?x=/livez', 'GET'],
  ['/livez', 'POST'],
])('%s %s is not its concern', (path, method) =>
  expect(createHealth(() => 0).answer(at(path, method))).toBeUndefined(),
)

it('HEAD is answered alike, without a body, and nobody keeps it', async () => {
  const answer = createHealth(() => 0).answer(at(LIVENESS, 'HEAD'))
  expect(answer?.status).toBe(200)
  expect(await answer?.text()).toBe('')
  expect(answer?.headers.get('cache-control')).toBe('no-store')
})

it.each([[LIVENESS], [READINESS]])('%s is no feed, and none can be called so', (path) => {
  expect(readAddress([path.slice(1)], [], 'UTC', () => undefined)).toBeUndefined()
})
