// What serving is measured against: a ready document from bare node:http, or from a route of Hono that does nothing else.
import { once } from 'node:events'
import { createServer, get } from 'node:http'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'

const [kind, upstream] = process.argv.slice(2)

/** The very bytes and headers of Gazette's own answer, packed as it came. */
async function documentIn(coding) {
  const [answer] = await once(get(upstream, { headers: { 'accept-encoding': coding } }), 'response')
  const { connection, 'keep-alive': _, date, 'transfer-encoding': __, ...headers } = answer.headers
  return { headers, bytes: Buffer.concat(await answer.toArray()) }
}

const ready = {
  identity: await documentIn('identity'),
  gzip: await documentIn('gzip'),
  br: await documentIn('br'),
}
const { headers } = ready.identity
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
