// The application over articles made for one test, called without a socket.
import { tmpdir } from 'node:os'
import type { Article } from '../../../src/domain/article.ts'
import type { Catalog } from '../../../src/domain/catalog.ts'
import type { Publication } from '../../../src/domain/publication.ts'
import { createApp } from '../../../src/http/app.tsx'
import type { Changes } from '../../../src/publishing/changes.ts'
import { createPublisher, type Publisher } from '../../../src/publishing/publisher.ts'
import { DAY, NOON, publication } from './publication.ts'

export interface TestServer {
  readonly app: ReturnType<typeof createApp>
  readonly publisher: Publisher
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Response>
  /** What the application reported as its own failures. */
  readonly failures: unknown[]
}

export function serverOf(
  articles: readonly Article[],
  {
    site = publication(),
    clock = () => NOON + DAY,
    folder = tmpdir(),
    recall,
  }: {
    site?: Publication
    clock?: () => number
    folder?: string
    recall?: (catalog: Catalog) => Changes
  } = {},
): TestServer {
  const failures: unknown[] = []
  const publisher = createPublisher({ publication: site, articles }, clock, recall)
  const app = createApp({
    publisher,
    folder,
    onFailure: (error) => failures.push(error),
  })
  return {
    app,
    publisher,
    failures,
    // Another host than the publication's: nothing in an answer may come from it.
    get: async (path, headers = {}) => app.request(`http://other.example${path}`, { headers }),
  }
}
