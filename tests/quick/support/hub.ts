// A hub on this machine that answers as a test wants, and remembers what it was told.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { onTestFinished } from 'vitest'

export interface TestHub {
  readonly url: string
  /** The bodies of all requests. */
  readonly told: URLSearchParams[]
  readonly requests: IncomingMessage[]
}

type Answer = (response: ServerResponse, request: IncomingMessage, told: URLSearchParams) => void

export async function hubThat(answer: Answer): Promise<TestHub> {
  const told: URLSearchParams[] = []
  const requests: IncomingMessage[] = []
  const sockets = new Set<Socket>()
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    const body = new URLSearchParams(Buffer.concat(chunks).toString())
    told.push(body)
    requests.push(request)
    answer(response, request, body)
  })
  server.on('connection', (socket) => sockets.add(socket.on('error', () => {})))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, told, requests }
}
