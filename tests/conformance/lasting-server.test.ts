// A server that lived through any changes of its folder answers as one that was started after them.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readFolder } from '../../src/content/folder/folder.ts'
import { emptyMemory } from '../../src/content/folder/memory.ts'
import { succeed } from '../../src/content/folder/succession.ts'
import { createSpool } from '../../src/content/keeping/spool.ts'
import type { Publication } from '../../src/domain/publication.ts'
import { targetsOf } from '../../src/export/targets.ts'
import { remove, SETTINGS } from '../quick/support/folder.ts'
import { serverOf, type TestServer } from '../quick/support/server.ts'
import { apply, change, folderBefore } from './folder-changes.ts'

const RUNS = 60
const NOW = Date.UTC(2026, 5, 1)
const QUERIES = [
  ...['rss.xml?limit=1', 'atom.xml?limit=1&page=2', 'feed.json?tag=quay,sport&category=-news'],
  ...['rss.xml?q=words', 'atom.xml?content=summary&lang=en', '?tag=quay', 'find/?q=qu'],
  'build/?tag=quay',
]

/** What is the same wherever and whenever it is asked. */
async function answersOf(server: TestServer): Promise<Record<string, unknown>> {
  const targets = targetsOf(server.publisher.catalog()).map(({ address }) => address)
  const all: Record<string, unknown> = {}
  for (const address of [...targets, ...QUERIES]) {
    const answer = await server.get(`/${address}`, { accept: 'text/html' })
    const { 'last-modified': _, ...headers } = Object.fromEntries(answer.headers)
    all[address] = { status: answer.status, headers, body: await answer.text() }
  }
  expect(server.failures).toEqual([])
  return all
}

function serve(site: Publication | undefined, articles: Parameters<typeof serverOf>[0]) {
  return serverOf(articles, { site: site ?? expect.fail(), clock: () => NOW })
}

it('a server that lasts answers as a new one', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.array(change, { minLength: 1, maxLength: 3 }), fc.boolean()), {
        minLength: 1,
        maxLength: 6,
      }),
      async (steps) => {
        const folder = await folderBefore()
        const memory = emptyMemory(createSpool)
        let content = await readFolder(folder, SETTINGS, memory)
        const lasting = serve(content.publication, content.articles)
        await answersOf(lasting)
        for (const [changes, isTold] of steps) {
          const files = new Set<string>()
          for (const one of changes) files.add(await apply(folder, one))
          const changed = isTold ? files : undefined
          const next = await readFolder(folder, SETTINGS, memory, { changed })
          content = succeed(content, next)
          const { publication = expect.fail(), articles } = content
          lasting.publisher.publish({ publication, articles })
          const anew = await readFolder(folder, SETTINGS, emptyMemory(createSpool))
          const fresh = serve(anew.publication, anew.articles)
          const [lasts, starts] = [await answersOf(lasting), await answersOf(fresh)]
          // Of what became wrong, a server that lasts keeps the last good version.
          const isRight = anew.problems.every(({ severity }) => severity !== 'error')
          if (isRight) expect(lasts).toEqual(starts)
        }
        remove(folder)
      },
    ),
    { numRuns: RUNS },
  )
}, 600_000)
