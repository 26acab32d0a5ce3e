// A tap between readers and the server: what each asks, what it is answered, and how many bytes that is on the wire.
import { request as ask, createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Tapped {
  readonly agent: string
  readonly target: string
  readonly status: number
  /** Of the answer, its head included. */
  readonly bytes: number
}

export interface Tap {
  readonly address: string
  /** What has passed since this was last called. */
  readonly take: () => Tapped[]
  /** Where requests go from now on. */
  readonly leadTo: (address: string) => void
  readonly close: () => Promise<void>
}

export async function tap(): Promise<Tap> {
  let upstream = ''
  let passed: Tapped[] = []
  const server: Server = createServer((request, response) => {
    const { port } = new URL(upstream)
    const { method, url: path = '', headers } = request
    const onward = ask({ port, method, path, headers, agent: false }, (answer) => {
      const { statusCode: status = 0, statusMessage = '', rawHeaders } = answer
      const head = `HTTP/1.1 ${status} ${statusMessage}\r\n`
      let bytes = head.length + 2
      for (let at = 0; at < rawHeaders.length; at += 2)
        bytes += `${rawHeaders[at]}: ${rawHeaders[at + 1]}\r\n`.length
      response.writeHead(status, statusMessage, rawHeaders)
      answer.on('data', (part: Buffer) => {
        bytes += part.length
        response.write(part)
      })
      answer.on('end', () => {
        passed.push({ agent: headers['user-agent'] ?? '', target: path, status, bytes })
        response.end()
      })
    })
    onward.on('error', () => response.destroy())
    request.pipe(onward)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    address: `http://127.0.0.1:${port}/`,
    take() {
      const taken = passed
      passed = []
      return taken
    },
    leadTo(address) {
      upstream = address
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
