// Serves the metrics at an address of their own, so that those who read feeds can't read them.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Metrics } from './metrics.ts'

/** Milliseconds that a request may take to arrive. */
const PATIENCE = 5000

export interface MetricsServer {
  /** The URL of the metrics. */
  readonly address: string
  readonly close: () => void
}

/** @throws what listening throws. */
export async function serveMetrics(
  metrics: Pick<Metrics, 'page'>,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<MetricsServer> {
  const options = { headersTimeout: PATIENCE, requestTimeout: PATIENCE }
  const server = createServer(options, async ({ method, url }, response) => {
    if (url !== '/metrics' || (method !== 'GET' && method !== 'HEAD')) {
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('See /metrics.\n')
      return
    }
    try {
      const { type, text } = await metrics.page()
      response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-store' }).end(text)
    } catch (error) {
      response.writeHead(500, { 'Content-Type': 'text/plain' }).end(`${(error as Error).message}\n`)
    }
  })
  server.listen(port, host)
  await once(server, 'listening')
  const name = host.includes(':') ? `[${host}]` : host
  return {
    address: `http://${name}:${(server.address() as AddressInfo).port}/metrics`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
