// The application over articles made for one test, called without a socket.
import { tmpdir } from 'node:os'
import type { Article } from '../../../src/domain/article.ts'
import type { Catalog } from '../../../src/domain/catalog.ts'
import type { Publication } from '../../../src/domain/publication.ts'
import { createApp } from '../../../src/http/app.tsx'
import type { Exchange } from '../../../src/http/exchange.ts'
import { type Changes, NO_CHANGES } from '../../../src/publishing/changes.ts'
import { createPublisher, type Publisher } from '../../../src/publishing/publisher.ts'
import { DAY, NOON, publication } from './publication.ts'

export interface TestServer {
  readonly app: ReturnType<typeof createApp>
  readonly publisher: Publisher
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Response>
  /** What the application reported as its own failures. */
  readonly failures: unknown[]
  /** What the application told of each request, in the order of the answers. */
  readonly exchanges: Exchange[]
}

export function serverOf(
  articles: readonly Article[],
  {
    site = publication(),
    clock = () => NOON + DAY,
    folder = tmpdir(),
    proxies = 0,
    recall = () => NO_CHANGES,
    patience,
  }: {
    site?: Publication
    clock?: () => number
    folder?: string
    proxies?: number
    recall?: (catalog: Catalog) => Changes
    /** Milliseconds. */
    patience?: number
  } = {},
): TestServer {
  const failures: unknown[] = []
  const exchanges: Exchange[] = []
  const publisher = createPublisher({ publication: site, articles }, clock, { recall })
  const app = createApp({
    publisher,
    folder,
    onFailure: (error) => failures.push(error),
    watch: { observe: (exchange) => exchanges.push(exchange), clock, proxies },
    ...(patience !== undefined && { patience }),
  })
  return {
    app,
    publisher,
    failures,
    exchanges,
    // Another host than the publication's: nothing in an answer may come from it.
    get: async (path, headers = {}) => app.request(`http://other.example${path}`, { headers }),
  }
}
