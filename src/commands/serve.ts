// `gazette serve`: reads the folder and serves its feeds until it is told to stop.
import type { Server } from 'node:http'
import path from 'node:path'
import { serve as listen } from '@hono/node-server'
import { type Content, emptyMemory, readFolder } from '../content/folder.ts'
import { printProblem } from '../content/problem.ts'
import { succeed } from '../content/succession.ts'
import { watchFolder } from '../content/watch.ts'
import { createApp, type Environment } from '../http/app.tsx'
import { clientAt, createBudget } from '../http/budget.ts'
import { watchLoad } from '../http/shedding.ts'
import { createPublisher, type Publisher } from '../publishing/publisher.ts'
import type { Announcing } from './announcing.ts'
import { counted } from './check-report.ts'
import { announceFrom } from './hubs.ts'
import { siteSettings, UsageError, type Values } from './options.ts'
import { type Keeper, keepChanges, recallChanges } from './remember.ts'
import { openState, stateFolder } from './state.ts'
import type { Terminal } from './terminal.ts'
import { visible } from './visible.ts'

/** Milliseconds: a client that takes longer for its request, or for its headers, is cut off. */
const PATIENCE = 15_000
/**
 * Milliseconds in which nothing of an answer is taken: after twice as many its reader is cut off, as Node sees only then that
 * what it wrote stands still. One that is slow, but takes it, goes on.
 */
const STILLNESS = 7_000
/**
 * Milliseconds for which a connection without a request is kept: longer than proxies keep theirs, mostly a minute, so
 * that it is never closed while one of them sends a request on it.
 */
const KEPT_OPEN = 75_000
/** Milliseconds for answers under way to end after the word to stop. */
const FAREWELL = 5_000

const NOT_READY = () =>
  new Response('Starting.\n', {
    status: 503,
    headers: { 'Retry-After': '1', 'Cache-Control': 'no-store' },
  })

type Answer = (request: Request, env: Environment) => Response | Promise<Response>

/** Resolves with the exit code when it was told to stop. */
export async function serve(values: Values, terminal: Terminal): Promise<number> {
  const folder = path.resolve(values.content as string)
  const budget = readBudget(values.budget as string | undefined)
  let answer: Answer = NOT_READY
  const server = await startListening(
    readPort(values.port as string),
    values.host as string,
    (request, env) => answer(request, env),
  )
  const address = addressOf(server, values.host as string)
  const settings = siteSettings(values, address, path.basename(folder))
  const watch = await watchFolder(folder, (error) =>
    terminal.error(`Changes in ${folder} can't be followed: ${(error as Error).message}`),
  )
  let keeper: Keeper | undefined
  let announcing: Announcing | undefined
  const load = watchLoad()
  try {
    const memory = emptyMemory()
    const read = () => readFolder(folder, settings, memory)
    const content = await read()
    tellErrors(content, terminal)
    const { publication, articles, records } = content
    if (publication === undefined) return 1
    const state = await openState(
      stateFolder(values.state as string | undefined, folder, process.env),
      terminal.error,
    )
    const publisher = createPublisher(
      { publication, articles },
      Date.now,
      await recallChanges(state),
    )
    keeper = keepChanges(state, publisher, (error) =>
      terminal.error(`Can't write to ${state}: ${(error as Error).message}`),
    )
    await keeper.now()
    const onFailure = (error: unknown, id: string, request: string) =>
      terminal.error(`${id} ${request} ${(error as Error).stack ?? error}`)
    const app = createApp({
      publisher,
      folder,
      onFailure,
      isHeavy: load.isHeavy,
      ...(budget && { budget }),
    })
    answer = (request, env) => app.fetch(request, env)
    announcing = announceFrom(publisher, values, terminal)
    const publishChange = publishChanges(read, content, publisher, keeper, terminal)
    watch.follow(async () => {
      const isWhole = await publishChange()
      announcing?.look()
      return isWhole
    })
    const published = publisher.catalog().entries.length
    const others = [
      [articles.length - published, 'not published now'],
      [records - articles.length, 'left out'],
    ]
    const notes = others.filter(([count]) => count !== 0).map((words) => words.join(' '))
    const more = notes.length === 0 ? '' : ` (${notes.join(', ')})`
    terminal.print(
      `Gazette serves “${publication.title}”, ${counted(published, 'article')}${more}, at ${address}`,
    )
    await stopSignal()
    return 0
  } finally {
    load.stop()
    await watch.close()
    await Promise.all([announcing?.close(), stop(server)])
    await keeper?.now()
  }
}

/** Tells each error, and how many warnings there are: `gazette check` tells those better, and all at once. */
function tellErrors({ problems }: Content, terminal: Terminal): void {
  const warnings = problems.filter(({ severity }) => severity === 'warning').length
  for (const problem of problems) {
    if (problem.severity === 'error') terminal.error(visible(printProblem(problem)))
  }
  if (warnings > 0) {
    terminal.error(`${counted(warnings, 'warning')}; gazette check tells of what.`)
  }
}

/** What publishes the folder as it is read anew, and tells what became wrong with it. */
function publishChanges(
  read: () => Promise<Content>,
  first: Content,
  publisher: Publisher,
  keeper: Keeper,
  terminal: Terminal,
): () => Promise<boolean> {
  let content = first
  return async () => {
    const known = new Set(content.problems.map(printProblem))
    const began = Date.now()
    const next = await read()
    content = succeed(content, next)
    for (const problem of content.problems) {
      const printed = printProblem(problem)
      if (problem.severity !== 'note' && !known.has(printed)) terminal.error(visible(printed))
    }
    const { publication, articles } = content
    if (publication !== undefined) publisher.publish({ publication, articles }, began)
    keeper.soon()
    return next.publication !== undefined && !next.isPartial
  }
}

function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (!(port <= 65_535))
    throw new UsageError(`--port should be a number from 0 to 65535; found "${text}".`)
  return port
}

function readBudget(text: string | undefined) {
  if (text === undefined) return undefined
  const requests = /^\d{1,7}$/.test(text) ? Number(text) : 0
  if (requests < 2)
    throw new UsageError(`--budget should be a number of requests, 2 or more; found "${text}".`)
  const clientOf = (env: Environment | undefined) =>
    clientAt(env?.incoming?.socket.remoteAddress ?? '')
  return { ...createBudget(requests, Date.now), clientOf }
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
          keepAliveTimeout: KEPT_OPEN,
          connectionsCheckingInterval: 1000,
        },
      },
      () => resolve(server as Server),
    )
    ;(server as Server).setTimeout(STILLNESS)
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
