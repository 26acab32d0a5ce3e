// What serving is measured against: ready documents from bare node:http, or from a route of Hono that does nothing else.
import { createServer } from 'node:http'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { answerTo } from './programs.mjs'

const [kind, upstream, older] = process.argv.slice(2)

/** The very bytes and headers of Gazette's own answer, packed as it came. */
async function answerWith(asked) {
  const { headers: said, bytes } = await answerTo(upstream, asked)
  const { connection, 'keep-alive': _, date, 'transfer-encoding': __, ...headers } = said
  return { headers, bytes }
}

const whole = {
  identity: await answerWith({ 'accept-encoding': 'identity' }),
  gzip: await answerWith({ 'accept-encoding': 'gzip' }),
  br: await answerWith({ 'accept-encoding': 'br' }),
}
const news = { 'a-im': 'feed', 'if-none-match': older }
const lacking = {
  identity: await answerWith({ ...news, 'accept-encoding': 'identity' }),
  gzip: await answerWith({ ...news, 'accept-encoding': 'gzip' }),
}
const { 'content-length': _, 'content-type': __, ...unmodified } = whole.identity.headers

/** Told apart by the least that can be: the baseline decides nothing. */
function readyFor(coding = 'identity', condition, manipulation) {
  if (manipulation !== undefined) return { status: 226, ...lacking[coding] }
  if (condition !== undefined) return { status: 304, headers: unmodified }
  return { status: 200, ...whole[coding] }
}

/** Those of Gazette's own server: each timer costs something. */
const settings = {
  headersTimeout: 15_000,
  requestTimeout: 15_000,
  keepAliveTimeout: 75_000,
  connectionsCheckingInterval: 1_000,
}
const STILLNESS = 7_000

if (kind === 'node') {
  const server = createServer(settings, ({ headers: asked }, response) => {
    const { status, headers, bytes } = readyFor(
      asked['accept-encoding'],
      asked['if-none-match'],
      asked['a-im'],
    )
    response.writeHead(status, headers).end(bytes)
  })
  server.setTimeout(STILLNESS)
  server.listen(0, '127.0.0.1', () => console.log(server.address().port))
} else {
  const app = new Hono()
  app.get('*', (c) => {
    const { status, headers, bytes } = readyFor(
      c.req.header('accept-encoding'),
      c.req.header('if-none-match'),
      c.req.header('a-im'),
    )
    return new Response(bytes ?? null, { status, headers })
  })
  const at = { port: 0, hostname: '127.0.0.1', serverOptions: settings }
  const server = serve({ fetch: app.fetch, ...at }, ({ port }) => console.log(port))
  server.setTimeout(STILLNESS)
}
