// Listening for requests: how long clients may take, whose turn it is, and how listening ends.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import type { ReadyAnswer } from '../http/ready.ts'
import type { Environment, PlainRequest } from '../http/request.ts'
import { UsageError } from './options.ts'

/** How requests are answered. */
export interface Answers {
  /** `env` holds what Node knows of the connection, by which the application tells clients apart. */
  readonly fetch: (request: Request, env: Environment) => Response | Promise<Response>
  /** What lies ready and is written as it is; `undefined` where `fetch` has to answer. */
  readonly ready: (asked: PlainRequest) => ReadyAnswer | undefined
}

/** Milliseconds that a client may take to send its request, or the headers of it. */
const PATIENCE = 15_000
/**
 * Milliseconds in which a client may take nothing of an answer. It is cut off after twice as many, because Node notices only
 * then that what it wrote stands still. A slow client that takes something goes on.
 */
const STILLNESS = 7_000
/** Milliseconds that the making of an answer may take, in which its client takes nothing. */
export const LONGEST_SILENCE = 5_000
/**
 * Milliseconds for which an idle connection is kept: longer than proxies keep theirs, mostly a minute, so that it is never
 * closed while one of them sends a request on it.
 */
const KEPT_OPEN = 75_000
/** Milliseconds that answers under way have to end when the server stops. */
const FAREWELL = 5_000

/** @throws UsageError where the address is taken or none of this machine. */
export function startListening(port: number, host: string, answers: Answers): Promise<Server> {
  const server = createServer({
    headersTimeout: PATIENCE,
    requestTimeout: PATIENCE,
    keepAliveTimeout: KEPT_OPEN,
    connectionsCheckingInterval: 1000,
  })
  server.setTimeout(STILLNESS)
  const bridge = getRequestListener(answers.fetch, { hostname: host })
  const begin: Begin = (incoming, outgoing) => {
    if (answersReady(incoming, outgoing, answers)) return
    // A file that grows or shrinks while it is sent ends its connection; else its client would take the next answer for the rest
    // of it, or wait for the rest in vain.
    outgoing.strictContentLength = true
    // To a client that has left, Node writes nothing, which is no mistake of the answer.
    outgoing.once('close', () => {
      outgoing.strictContentLength = false
    })
    // Of an answer that breaks off, the bridge would write what went wrong, which is of another length again.
    bridge(incoming, outgoing).catch(() => outgoing.destroy())
  }
  server.on('request', (incoming, outgoing) => {
    if (outgoing.socket === null) beginInTurn(incoming, outgoing, begin)
    else begin(incoming, outgoing)
  })
  return new Promise((resolve, reject) => {
    server.on('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new UsageError(`Port ${port} of ${host} is taken; give another with --port.`)
          : new UsageError(`Can't listen at ${host}:${port}: ${error.code ?? error.message}.`),
      ),
    )
    server.listen(port, host, () => resolve(server))
  })
}

type Begin = (incoming: IncomingMessage, outgoing: ServerResponse) => void

/** The last request that waits on each connection. */
const lastWaiting = new WeakMap<Socket, IncomingMessage>()

/**
 * Begins a request that was pipelined behind others only once those are answered: thousands would each open their file
 * meanwhile, and Node doesn't tell them if the connection ends. While any waits, no more are read, since each takes memory.
 */
function beginInTurn(incoming: IncomingMessage, outgoing: ServerResponse, begin: Begin): void {
  const { socket } = incoming
  lastWaiting.set(socket, incoming)
  // Not before the end of this request, at which Node itself reads on.
  process.nextTick(() => {
    if (lastWaiting.has(socket)) socket.pause()
  })
  outgoing.once('socket', () => {
    if (lastWaiting.get(socket) === incoming) {
      lastWaiting.delete(socket)
      socket.resume()
    }
    // Other connections have a turn in between, and this one may end.
    setImmediate(() => {
      if (!outgoing.destroyed) begin(incoming, outgoing)
    })
  })
}

/** A host that is certainly valid; the bridge judges all others. */
const PLAIN_HOST = /^[a-z0-9.-]+(?::\d+)?$/

/** Without the bridge's Request and Response, which cost a quarter of a bare answer (`npm run bench -- serving`). */
function answersReady(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { ready }: Answers,
): boolean {
  const { method, headers, url: target = '' } = incoming
  if (!PLAIN_HOST.test(headers.host ?? '')) return false
  const header = (name: string) => headers[name] as string | undefined
  try {
    const found = ready({ method, target, header, env: { incoming } })
    if (found === undefined) return false
    outgoing.writeHead(found.status, found.headers).end(found.body)
    return true
  } catch {
    // Uncaught it would end the process; the bridge answers 500 and says why.
    return outgoing.headersSent
  }
}

/** The address to open; an address that means every interface is reached as `localhost`. */
export function addressOf(server: Server, host: string): string {
  const { port } = server.address() as { port: number }
  const name = ['0.0.0.0', '::'].includes(host)
    ? 'localhost'
    : host.includes(':')
      ? `[${host}]`
      : host
  return `http://${name}:${port}/`
}

/** Takes no more requests, lets those under way end, and cuts off those that take too long. */
export function stopListening(server: Server | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (server === undefined) return resolve()
    const cut = setTimeout(() => server.closeAllConnections(), FAREWELL)
    server.close(() => {
      clearTimeout(cut)
      resolve()
    })
  })
}
