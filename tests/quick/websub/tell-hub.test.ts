// A hub is told with one small POST, and nothing that it does costs more than a little time and memory.
import { getEventListeners } from 'node:events'
import { BlockList, createServer } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { hubTeller } from '../../../src/websub/tell-hub.ts'
import { hubThat } from '../support/hub.ts'

const TOPIC = 'https://news.example/tags/c++/rss.xml?lang=zh&limit=5'
const NEVER = new AbortController().signal
const tell = (hub: string, deadline = 2000) =>
  hubTeller({ allowsPrivate: true, deadline, clock: () => 0 })(hub, TOPIC, NEVER)

it('one topic is posted as a form', async () => {
  const hub = await hubThat((response) => response.writeHead(204).end())
  expect(await tell(hub.url)).toEqual({ isTold: true })
  expect([...(hub.told[0] ?? [])]).toEqual([
    ['hub.mode', 'publish'],
    ['hub.url', TOPIC],
  ])
  expect(hub.requests[0]?.method).toBe('POST')
  expect(hub.requests[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded')
  // Nothing stays open for a hub that is told once a day.
  expect(hub.requests[0]?.headers.connection).toBe('close')
})

it('telling ends when the server stops, and leaves nothing behind that waits for that', async () => {
  const stopping = new AbortController()
  const teller = hubTeller({ allowsPrivate: true, deadline: 60_000 })
  const fast = await hubThat((response) => response.end())
  await teller(fast.url, TOPIC, stopping.signal)
  expect(getEventListeners(stopping.signal, 'abort')).toEqual([])
  const silent = await hubThat(() => stopping.abort())
  expect(await teller(silent.url, TOPIC, stopping.signal)).toMatchObject({ isTold: false })
})

describe('a failure says whose it is, and how long to wait', () => {
  it.each<[number, Record<string, string>, string, object]>([
    [500, {}, '', { why: '500', isOfHub: true }],
    [400, {}, 'hub.url  is\nunknown', { why: '400: hub.url is unknown', isOfHub: false }],
    [429, { 'Retry-After': '90' }, '', { why: '429', isOfHub: true, wait: 90_000 }],
    [
      503,
      { 'Retry-After': 'Thu, 01 Jan 1970 00:02:00 GMT' },
      '',
      { why: '503', isOfHub: true, wait: 120_000 },
    ],
    [503, { 'Retry-After': 'soon' }, '', { why: '503', isOfHub: true }],
    [408, {}, '', { why: '408', isOfHub: true }],
    [410, {}, 'gone '.repeat(500), { why: `410: ${'gone '.repeat(40)}`, isOfHub: false }],
    [
      302,
      { Location: '/new' },
      '',
      { why: '302: redirects to /new, which would lose what is posted', isOfHub: true },
    ],
  ])('%i with %j', async (status, headers, body, expected) => {
    const hub = await hubThat((response) => response.writeHead(status, headers).end(body))
    expect(await tell(hub.url)).toEqual({ isTold: false, ...expected })
  })
})

describe('redirects', () => {
  it.each([307, 308])('%i are followed with what is posted', async (status) => {
    const hub = await hubThat((response, { url }) => {
      if (url === '/new') response.writeHead(202).end()
      else response.writeHead(status, { Location: '/new' }).end()
    })
    expect(await tell(hub.url)).toEqual({ isTold: true })
    expect(hub.told[1]).toEqual(hub.told[0])
  })

  it('that go round end', async () => {
    const hub = await hubThat((response) => response.writeHead(307, { Location: '/' }).end())
    expect(await tell(hub.url)).toMatchObject({ why: 'more than 3 redirects', isOfHub: true })
    expect(hub.told).toHaveLength(4)
  })

  it('to another protocol are not followed', async () => {
    const hub = await hubThat((response) =>
      response.writeHead(307, { Location: 'file:///etc/passwd' }).end(),
    )
    expect(await tell(hub.url)).toMatchObject({ why: 'file: is no way to a hub' })
  })
})

describe('private addresses', () => {
  const carefully = hubTeller({ allowsPrivate: false, deadline: 2000 })

  it('aren’t even connected to', async () => {
    const hub = await hubThat((response) => response.end())
    const outcome = await carefully(hub.url, TOPIC, NEVER)
    expect(outcome).toMatchObject({
      isTold: false,
      why: '127.0.0.1 is no address of the public internet',
    })
    expect(hub.told).toEqual([])
  })

  it('nor where a name leads to them', async () => {
    const hub = await hubThat((response) => response.end())
    const outcome = await carefully(hub.url.replace('127.0.0.1', 'localhost'), TOPIC, NEVER)
    expect(outcome).toMatchObject({ isTold: false })
    expect((outcome as { why: string }).why).toContain('localhost leads to')
    expect(hub.told).toEqual([])
  })

  it.each(['127.0.0.1', 'localhost'])('nor where a hub redirects to %s', async (host) => {
    const hub = await hubThat((response) =>
      response.writeHead(307, { Location: hub.url.replace('127.0.0.1', host) }).end(),
    )
    // As if the hub itself, but nothing that it leads to, were on the public internet.
    vi.spyOn(BlockList.prototype, 'check').mockReturnValueOnce(false)
    onTestFinished(() => void vi.restoreAllMocks())
    const outcome = await carefully(hub.url, TOPIC, NEVER)
    expect((outcome as { why: string }).why).toContain('the public internet')
    expect(hub.told).toHaveLength(1)
  })
})

describe('a hub costs little that', () => {
  it('never answers', async () => {
    const hub = await hubThat(() => {})
    expect(await tell(hub.url, 100)).toMatchObject({
      why: 'no answer within 0.1 seconds',
      isOfHub: true,
    })
  })

  it('never answers, though memory is collected meanwhile', async () => {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    const collecting = setInterval(collect, 80)
    const hub = await hubThat(() => {})
    const outcome = await tell(hub.url, 300)
    clearInterval(collecting)
    expect(outcome).toMatchObject({ why: 'no answer within 0.3 seconds' })
  })

  it('answers without an end', async () => {
    let sent = 0
    const block = Buffer.alloc(65_536)
    const hub = await hubThat((response) => {
      response.writeHead(200)
      const more = () => {
        while (!response.destroyed && response.write(block)) sent += block.length
        if (sent > 100_000_000) response.end()
      }
      response.on('drain', more)
      more()
    })
    expect(await tell(hub.url)).toEqual({ isTold: true })
    expect(sent).toBeLessThan(20_000_000)
  })

  it('drips its answer', async () => {
    const hub = await hubThat((response) => {
      response.writeHead(500)
      const drip = setInterval(() => response.write('.'), 10)
      response.on('close', () => clearInterval(drip))
    })
    expect(await tell(hub.url, 200)).toMatchObject({ isTold: false, isOfHub: true })
  })

  it('says that it was told, and nothing of what it promised to say of that', async () => {
    const hub = await hubThat((response) =>
      response.writeHead(202, { 'Content-Length': '100' }).write('a'),
    )
    expect(await tell(hub.url, 100)).toEqual({ isTold: true })
  })

  it.each<[string, string]>([
    ['closes', ''],
    ['speaks no HTTP', 'SSH-2.0-OpenSSH_9.6\r\n'],
    [
      'changes to another protocol',
      'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n',
    ],
    ['sends headers without an end', `HTTP/1.1 200 OK\r\n${'x-a: b\r\n'.repeat(100_000)}`],
  ])('%s', async (_, bytes) => {
    const server = createServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', () => socket.end(bytes))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const { port } = server.address() as { port: number }
    expect(await tell(`http://127.0.0.1:${port}/`)).toMatchObject({ isTold: false, isOfHub: true })
  })

  it('is not there', async () => {
    for (const hub of ['http://127.0.0.1:1/', 'http://localhost:1/'])
      expect(await tell(hub)).toMatchObject({
        isTold: false,
        why: expect.stringContaining('ECONNREFUSED'),
        isOfHub: true,
      })
  })
})
