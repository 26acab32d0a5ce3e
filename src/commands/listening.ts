// Listening for requests: for how long a client is waited for, and how it ends.
import type { Server } from 'node:http'
import { serve } from '@hono/node-server'
import type { Environment } from '../http/request.ts'
import { UsageError } from './options.ts'

/** What Node knows of the connection comes along: the application tells clients apart by it. */
export type Answer = (request: Request, env: Environment) => Response | Promise<Response>

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

/** @throws UsageError where the address is taken or none of this machine. */
export function startListening(port: number, hostname: string, fetch: Answer): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = serve(
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
export function addressOf(server: Server, host: string): string {
  const { port } = server.address() as { port: number }
  const name = ['0.0.0.0', '::'].includes(host)
    ? 'localhost'
    : host.includes(':')
      ? `[${host}]`
      : host
  return `http://${name}:${port}/`
}

export function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve())
  })
}

/** Takes no more requests, lets those under way end, and cuts what takes too long. */
export function stopListening(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), FAREWELL)
    server.close(() => {
      clearTimeout(cut)
      resolve()
    })
    server.closeIdleConnections()
  })
}
