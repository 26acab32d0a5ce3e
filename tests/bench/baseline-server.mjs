// What serving is measured against: a ready document from bare node:http, or from a route of Hono that does nothing else.
import { createServer } from 'node:http'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'

const [kind, upstream] = process.argv.slice(2)

/** The very bytes and headers of Gazette's own answer. */
async function documentIn(coding) {
  const answer = await fetch(upstream, { headers: { 'accept-encoding': coding } })
  return answer
}

const plain = await documentIn('identity')
const headers = Object.fromEntries(plain.headers)
for (const name of ['connection', 'keep-alive', 'date', 'transfer-encoding']) delete headers[name]
const body = Buffer.from(await plain.arrayBuffer())
const { gzipSync, brotliCompressSync } = await import('node:zlib')
const bodies = {
  identity: body,
  gzip: gzipSync(body, { level: 6 }),
  br: brotliCompressSync(body, { params: { 1: 5 } }),
}
const ready = Object.fromEntries(
  Object.entries(bodies).map(([coding, bytes]) => [
    coding,
    {
      bytes,
      headers: {
        ...headers,
        'content-length': String(bytes.length),
        ...(coding === 'identity' ? {} : { 'content-encoding': coding }),
      },
    },
  ]),
)
const { 'content-length': _, 'content-type': __, ...unmodified } = headers

/** Told apart by the least that can be: the baseline decides nothing. */
function answerTo(coding, condition) {
  if (condition !== undefined) return undefined
  return ready[coding ?? 'identity'] ?? ready.identity
}

if (kind === 'node') {
  const server = createServer((request, response) => {
    const answer = answerTo(request.headers['accept-encoding'], request.headers['if-none-match'])
    if (answer === undefined) response.writeHead(304, unmodified).end()
    else response.writeHead(200, answer.headers).end(answer.bytes)
  })
  server.listen(0, '127.0.0.1', () => console.log(server.address().port))
} else {
  const app = new Hono()
  app.get('*', (c) => {
    const answer = answerTo(c.req.header('accept-encoding'), c.req.header('if-none-match'))
    if (answer === undefined) return new Response(null, { status: 304, headers: unmodified })
    return new Response(answer.bytes, { headers: answer.headers })
  })
  serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => console.log(port))
}
