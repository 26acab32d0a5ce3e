// Budgets: who hammers is told to wait, who asks by what it has is the last to be, and nobody else notices.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createApp } from '../../../src/http/app.tsx'
import { createBudget } from '../../../src/http/budget.ts'
import { article, NOON } from '../support/publication.ts'
import { serverOf } from '../support/server.ts'

function at(perMinute: number) {
  let now = NOON
  const budget = createBudget(perMinute, () => now)
  const { publisher } = serverOf([article()])
  let client = 'one'
  const app = createApp({
    publisher,
    folder: '/',
    onFailure: () => {},
    budget: { ...budget, clientOf: () => client },
  })
  const ask = (headers: Record<string, string> = {}, path = '/rss.xml') =>
    app.request(path, { headers })
  return {
    ask,
    statuses: async (count: number, headers: Record<string, string> = {}) =>
      Promise.all(Array.from({ length: count }, async () => (await ask(headers)).status)),
    as: (other: string) => {
      client = other
    },
    wait: (milliseconds: number) => {
      now += milliseconds
    },
  }
}

const times = (count: number, status: number) => Array<number>(count).fill(status)

describe('a client that hammers without conditions', () => {
  it('is answered for half of its budget, and then told when to come again', async () => {
    const server = at(60)
    expect(await server.statuses(40)).toEqual([...times(30, 200), ...times(10, 429)])
    const refused = await server.ask()
    expect(refused.headers.get('retry-after')).toBe('1')
    expect(refused.headers.get('cache-control')).toBe('no-store')
    expect(refused.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    expect(await refused.json()).toMatchObject({ status: 429, title: 'Too many requests' })
  })

  it.each([0, 400])(
    'is answered again by the second that it was told, %i ms after it began to wait',
    async (late) => {
      const server = at(6)
      await server.statuses(3)
      server.wait(late)
      const told = Number((await server.ask()).headers.get('retry-after'))
      server.wait(told * 1_000 - late - 1)
      expect((await server.ask()).status).toBe(429)
      server.wait(1)
      expect((await server.ask()).status).toBe(200)
    },
  )

  it.each(['/assets/style.css', '/assets/page.js'])(
    'is given what the page that tells it so is made with, which takes nothing: %s',
    async (path) => {
      const server = at(10)
      expect((await server.ask({}, path)).status).toBe(200)
      expect(await server.statuses(6)).toEqual([...times(5, 200), 429])
      expect((await server.ask({}, path)).status).toBe(200)
    },
  )

  it('takes nothing from others', async () => {
    const server = at(10)
    await server.statuses(50)
    server.as('two')
    expect((await server.ask()).status).toBe(200)
  })
})

it('a client that asks by its tag is answered where one that doesn’t is refused', async () => {
  const server = at(60)
  await server.statuses(40)
  const conditions = { 'if-none-match': '"x"' }
  expect(await server.statuses(35, conditions)).toEqual([...times(30, 200), ...times(5, 429)])
})

it('nobody ever waits longer than a minute, or is answered more often than the budget says', () => {
  const asking = fc.array(fc.tuple(fc.nat(5_000), fc.boolean()), { maxLength: 200 })
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 100 }), asking, (perMinute, requests) => {
      let now = NOON
      const budget = createBudget(perMinute, () => now)
      let answered = 0
      for (const [pause, isConditional] of requests) {
        now += pause
        const wait = budget.spend('one', isConditional)
        expect(wait).toBeLessThanOrEqual(60)
        if (wait === 0) answered++
      }
      expect(answered).toBeLessThanOrEqual(perMinute + ((now - NOON) / 60_000) * perMinute + 1e-6)
    }),
  )
})

it('a clock that is set back locks nobody out', () => {
  let now = NOON
  const budget = createBudget(2, () => now)
  budget.spend('one', true)
  now -= 3_600_000
  budget.spend('one', true)
  now += 60_000
  expect(budget.spend('one', true)).toBe(0)
})
