// Time over HTTP: articles enter and leave by themselves at their minute, and no answer is kept beyond it.
import { describe, expect, it } from 'vitest'
import { article, DAY, HOUR, NOON, publication } from '../support/publication.ts'
import { serverOf } from '../support/server.ts'

describe('time', () => {
  it.each(['/articles/soon', '/tags/soon/rss.xml', '/rss.xml?limit=2&page=2'])(
    'that %s is not there is kept no longer than until it is',
    async (path) => {
      let now = NOON - 90_000
      const all = ['soon', 'as-soon'].map((slug) => article({ slug, tags: ['soon'] }))
      const old = article({ slug: 'old', published: NOON - HOUR })
      const { get } = serverOf([...all, old], { clock: () => now })
      for (const [left, seconds] of [
        [90_000, 60],
        [20_500, 20],
      ] as const) {
        now = NOON - left
        const answer = await get(path)
        expect(answer.status).toBe(404)
        expect(answer.headers.get('cache-control')).toBe(`public, max-age=${seconds}`)
      }
      now = NOON
      expect((await get(path)).status).toBe(200)
    },
  )

  it('a scheduled article enters, and an expiring one leaves, by itself at its minute', async () => {
    let now = NOON
    const live = serverOf(
      [
        article({ slug: 'now', published: NOON - HOUR, expires: NOON + 2 * HOUR }),
        article({ slug: 'soon', published: NOON + HOUR }),
      ],
      { clock: () => now },
    )
    const titles = () => titlesOf(live.get('/feed.json'))
    expect(await titles()).toEqual(['About now'])
    now = NOON + HOUR
    expect(await titles()).toEqual(['About soon', 'About now'])
    now = NOON + 2 * HOUR
    expect(await titles()).toEqual(['About soon'])
    now = NOON
    expect(await titles()).toEqual(['About soon'])
  })

  it('a scheduled article waits for its minute, though the clock was ahead for a while before', async () => {
    let now = NOON
    const live = serverOf([article()], { clock: () => now })
    now = NOON + HOUR
    await live.get('/')
    now = NOON
    const soon = article({ slug: 'soon', published: NOON + HOUR / 2 })
    live.publisher.publish({ publication: publication(), articles: [article(), soon] })
    const page = async () => (await live.get('/')).text()
    expect(await page()).not.toContain('About soon')
    now = NOON + HOUR / 2
    expect(await page()).toContain('About soon')
  })

  it('no answer may be taken as fresh beyond the next change that is known', async () => {
    const age = async (published: number) =>
      (
        await serverOf([article(), article({ slug: 'soon', published })], {
          clock: () => NOON,
        }).get('/rss.xml')
      ).headers.get('cache-control')
    const whileStale = 'stale-while-revalidate=600, stale-if-error=86400'
    expect(await age(NOON + 90_000)).toBe(`public, max-age=90, ${whileStale}`)
    expect(await age(NOON + DAY)).toBe(`public, max-age=300, ${whileStale}`)
  })

  it('a window that moves with time loses articles as it moves', async () => {
    let now = NOON + HOUR
    const live = serverOf([article({ slug: 'a' }), article({ slug: 'b', published: NOON - DAY })], {
      clock: () => now,
    })
    const titles = () => titlesOf(live.get('/feed.json?since=P2D'))
    expect(await titles()).toEqual(['About a', 'About b'])
    now = NOON + DAY + HOUR
    expect(await titles()).toEqual(['About a'])
  })
})

async function titlesOf(answer: Promise<Response>): Promise<string[]> {
  const { items } = (await (await answer).json()) as { items: { title: string }[] }
  return items.map(({ title }) => title)
}
