// Under more load than there is time for: what lies ready is always sent, what is dear has to wait, and it ends by itself.
import { describe, expect, it } from 'vitest'
import { createApp } from '../../../src/http/app.tsx'
import { gate, lateness } from '../../../src/http/shedding.ts'
import { article } from '../support/publication.ts'
import { serverOf } from '../support/server.ts'

function loaded() {
  const { publisher } = serverOf([article({ slug: 'a', tags: ['x'] })])
  let isHeavy = false
  const app = createApp({ publisher, folder: '/', onFailure: () => {}, admits: () => !isHeavy })
  return {
    ask: (path: string, headers: Record<string, string> = {}) => app.request(path, { headers }),
    load: (heavy: boolean) => {
      isHeavy = heavy
    },
  }
}

describe('a search that takes longer than a connection lasts', () => {
  const slow = () =>
    Array.from({ length: 100 }, (_, at) =>
      Object.defineProperty(article({ slug: `a${at}` }), 'text', {
        get() {
          const until = performance.now() + 1
          while (performance.now() < until);
          return 'the crane'
        },
      }),
    )

  it.each(['/rss.xml?q=crane', '/?q=crane', '/build/?q=crane'])(
    'has who waits for %s come again, to find it done',
    async (path) => {
      const { get } = serverOf(slow(), { patience: 20 })
      const answer = await get(path)
      expect(answer.status).toBe(503)
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
      await expect.poll(async () => (await get(path)).status).toBe(200)
    },
  )

  it('is waited for where there is no connection, as in an export', async () => {
    expect((await serverOf(slow()).get('/rss.xml?q=crane')).status).toBe(200)
  })
})

describe('under a heavy load', () => {
  it('documents and pages that are ready are sent, documents also as 304', async () => {
    const { ask, load } = loaded()
    const etag = (await ask('/rss.xml')).headers.get('etag') ?? ''
    await ask('/tags/x/')
    load(true)
    expect((await ask('/tags/x/')).status).toBe(200)
    expect((await ask('/rss.xml')).status).toBe(200)
    expect((await ask('/rss.xml', { 'if-none-match': etag })).status).toBe(304)
    expect((await ask('/rss.xml', { 'accept-encoding': 'br' })).status).toBe(200)
  })

  it.each(['/atom.xml', '/tags/x/rss.xml', '/rss.xml?q=odd', '/', '/tags/x/'])(
    '%s, which is not, has to wait',
    async (path) => {
      const { ask, load } = loaded()
      load(true)
      const answer = await ask(path)
      expect(answer.status).toBe(503)
      expect(answer.headers.get('cache-control')).toBe('no-store')
      const wait = Number(answer.headers.get('retry-after'))
      expect(wait).toBeGreaterThanOrEqual(1)
      expect(wait).toBeLessThanOrEqual(10)
      load(false)
      expect((await ask(path)).status).toBe(200)
    },
  )

  it.each([
    ['/tags/none/rss.xml', 404],
    ['/tags/X/rss.xml', 301],
    ['/rss.xml?limit=0', 400],
    ['/robots.txt', 200],
  ])('%s, which costs little, is answered %d', async (path, status) => {
    const { ask, load } = loaded()
    load(true)
    expect((await ask(path)).status).toBe(status)
  })
})

describe('what is dear is let in', () => {
  function gated(isHeavy: boolean) {
    let now = 1_000
    const admits = gate(
      () => isHeavy,
      () => now,
    )
    return (milliseconds: number) => {
      now += milliseconds
      return admits()
    }
  }

  it('all of it, under a light load', () => {
    expect([0, 0, 0].map(gated(false))).toEqual([true, true, true])
  })

  it('ten times a second under a heavy one, so that a flood leaves time for the rest', () => {
    const after = gated(true)
    const admitted = Array.from({ length: 10_000 }, () => after(1)).filter(Boolean)
    expect(admitted).toHaveLength(100)
  })

  it('one after the other, where each takes long', () => {
    expect(Array(5).fill(600).map(gated(true))).not.toContain(false)
  })
})

describe('a load', () => {
  it('is heavy once work comes late again and again, and not for one long look', () => {
    const look = lateness()
    expect([0, 5, 250, 0, 0].map(look)).toEqual([false, false, false, false, false])
    expect([300, 300, 300].map(look).at(-1)).toBe(true)
  })

  it('is light only once it is light for a while', () => {
    const look = lateness()
    for (let turn = 0; turn < 20; turn++) look(200)
    expect(look(60)).toBe(true)
    const after = Array.from({ length: 10 }, () => look(0))
    expect(after.indexOf(false)).toBeGreaterThan(0)
    expect(after.at(-1)).toBe(false)
  })
})
