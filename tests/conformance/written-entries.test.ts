// Entries are written once for as long as there is room for them, and come out the same when they are written again.
import { expect, it } from 'vitest'
import { article } from '../quick/support/publication.ts'
import { serverOf } from '../quick/support/server.ts'

const MEGABYTE = 1024 * 1024

it('what there was no more room for is written as it was', async () => {
  // Documents of their own that are too large to be kept, 70 MB of entries in all.
  const slugs = Array.from({ length: 14 }, (_, at) => `long-${at}`)
  const html = `<p>${'tide '.repeat(MEGABYTE)}</p>`
  const server = serverOf(slugs.map((slug) => article({ slug, tags: [slug], html })))
  const ask = async (slug: string) => {
    const answer = await server.get(`/tags/${slug}/rss.xml`)
    const body = Buffer.from(await answer.arrayBuffer())
    return { tag: answer.headers.get('etag'), length: body.length, body }
  }
  const first = await ask('long-0')
  expect(first.length).toBeGreaterThan(4 * MEGABYTE)
  for (const slug of slugs) await ask(slug)
  const again = await ask('long-0')
  expect(again.tag).toBe(first.tag)
  expect(again.body.equals(first.body)).toBe(true)
})
