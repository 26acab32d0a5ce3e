// `gazette serve`: reads the folder and serves its feeds until it is told to stop.
import type { Server } from 'node:http'
import path from 'node:path'
import { serve as listen } from '@hono/node-server'
import { type Content, emptyMemory, readFolder } from '../content/folder.ts'
import { printProblem } from '../content/problem.ts'
import { succeed } from '../content/succession.ts'
import { watchFolder } from '../content/watch.ts'
import { createApp } from '../http/app.tsx'
import { createHealth, type Health } from '../http/health.ts'
import { createPublisher, type Publisher } from '../publishing/publisher.ts'
import { type Journal, spokenJournal } from '../telemetry/journal.ts'
import { counted } from './check-report.ts'
import { type Numbers, openNumbers } from './numbers.ts'
import { siteSettings, UsageError, type Values } from './options.ts'
import type { Terminal } from './terminal.ts'
import { visible } from './visible.ts'

/** Milliseconds: a client that takes longer for its request, or for its headers, is cut off. */
const PATIENCE = 15_000
/** Milliseconds for answers under way to end after the word to stop. */
const FAREWELL = 5_000

const MOST_PROXIES = 20

/** What Node knows of the connection comes along: the application tells clients apart by it. */
type Answer = (request: Request, bindings: object) => Response | Promise<Response>

const NOT_READY = () =>
  new Response('Starting.\n', {
    status: 503,
    headers: { 'Retry-After': '1', 'Cache-Control': 'no-store' },
  })

/** Resolves with the exit code when it was told to stop. */
export async function serve(values: Values, terminal: Terminal): Promise<number> {
  const folder = path.resolve(values.content as string)
  const proxies = readNumber('proxies', values.proxies as string, MOST_PROXIES)
  const health = createHealth(Date.now)
  let answer: Answer = NOT_READY
  const server = await startListening(
    readNumber('port', values.port as string, 65_535),
    values.host as string,
    (request, bindings) => health.answer(request) ?? answer(request, bindings),
  )
  const address = addressOf(server, values.host as string)
  const settings = siteSettings(values, address, path.basename(folder))
  const numbers = await openNumbers(values, folder, terminal, process.env).catch(async (error) => {
    await stop(server)
    throw error
  })
  const { journal } = numbers
  const watch = await watchFolder(folder, (error) =>
    journal.tell('error', `Changes in ${folder} can't be followed: ${(error as Error).message}`),
  )
  try {
    const memory = emptyMemory()
    const read = () => readFolder(folder, settings, memory)
    const content = await read()
    const { publication, articles, records } = content
    // A command that ends says why on the spot, wherever the log is.
    tellErrors(content, publication === undefined ? spokenJournal(terminal.error) : journal)
    if (publication === undefined) return 1
    const publisher = createPublisher({ publication, articles }, Date.now, numbers.meter)
    numbers.stand(content, publisher)
    const onFailure = (error: unknown, id: string, request: string) =>
      journal.tell('error', `${id} ${request} ${(error as Error).stack ?? error}`, { id })
    const watching = { observe: numbers.observe, clock: Date.now, proxies }
    const app = createApp({ publisher, folder, onFailure, watch: watching })
    answer = (request, bindings) => app.fetch(request, bindings)
    health.ready()
    watch.follow(publishChanges(read, content, publisher, numbers, health))
    const left = records - articles.length
    const leftOut = left === 0 ? '' : ` (${left} left out)`
    const ready = `Gazette serves “${publication.title}”, ${articles.length} articles${leftOut}, at ${address}`
    terminal.print(ready)
    journal.tell('info', ready, { address })
    await stopSignal()
    journal.tell('info', 'Told to stop.')
    return 0
  } finally {
    health.draining()
    await Promise.all([stop(server), watch.close()])
    await numbers.close()
  }
}

/** Tells each error, and how many warnings there are: `gazette check` tells those better, and all at once. */
function tellErrors({ problems }: Content, journal: Journal): void {
  const warnings = problems.filter(({ severity }) => severity === 'warning').length
  for (const problem of problems) {
    if (problem.severity === 'error') journal.tell('error', visible(printProblem(problem)), problem)
  }
  if (warnings > 0) {
    journal.tell('warn', `${counted(warnings, 'warning')}; gazette check tells of what.`)
  }
}

/** What publishes the folder as it is read anew, and tells what became wrong with it. */
function publishChanges(
  read: () => Promise<Content>,
  first: Content,
  publisher: Publisher,
  { journal, stand, reloaded }: Numbers,
  health: Health,
): () => Promise<void> {
  let content = first
  const publish = async () => {
    const known = new Set(content.problems.map(printProblem))
    const next = await read()
    content = succeed(content, next)
    for (const problem of content.problems) {
      const printed = visible(printProblem(problem))
      const level = problem.severity === 'error' ? 'error' : 'warn'
      if (problem.severity !== 'note' && !known.has(printProblem(problem)))
        journal.tell(level, printed, problem)
    }
    const { publication, articles } = content
    if (publication !== undefined) publisher.publish({ publication, articles })
    stand(content, publisher)
    return next.publication !== undefined && !next.isPartial
  }
  return async () => {
    const begun = performance.now()
    let isPublished = false
    try {
      isPublished = await publish()
    } finally {
      const ms = Math.round(performance.now() - begun)
      reloaded(ms, isPublished)
      health.reloaded(isPublished)
      if (isPublished) {
        journal.tell('info', 'The folder was read again.', {
          ms,
          articles: content.articles.length,
        })
      }
    }
  }
}

function readNumber(name: string, text: string, most: number): number {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (!(number <= most))
    throw new UsageError(`--${name} should be a number from 0 to ${most}; found "${text}".`)
  return number
}

function startListening(port: number, hostname: string, fetch: Answer): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = listen(
      {
        fetch,
        port,
        hostname,
        serverOptions: {
          headersTimeout: PATIENCE,
          requestTimeout: PATIENCE,
          connectionsCheckingInterval: 1000,
        },
      },
      () => resolve(server as Server),
    )
    server.on('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new UsageError(`Port ${port} of ${hostname} is taken; give another with --port.`)
          : new UsageError(`Can't listen at ${hostname}:${port}: ${error.code ?? error.message}.`),
      ),
    )
  })
}

/** The address to open; an address that means every interface is reached as `localhost`. */
function addressOf(server: Server, host: string): string {
  const { port } = server.address() as { port: number }
  const name = ['0.0.0.0', '::'].includes(host)
    ? 'localhost'
    : host.includes(':')
      ? `[${host}]`
      : host
  return `http://${name}:${port}/`
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve())
  })
}

/** Takes no more requests, lets those under way end, and cuts what takes too long. */
function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), FAREWELL)
    server.close(() => {
      clearTimeout(cut)
      resolve()
    })
    server.closeIdleConnections()
  })
}
