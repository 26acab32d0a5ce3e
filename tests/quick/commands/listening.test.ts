// Connections: whose turn it is, and when they end.
import { once } from 'node:events'
import type { Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import { expect, it, onTestFinished, vi } from 'vitest'
import {
  type Answers,
  addressOf,
  startListening,
  stopListening,
} from '../../../src/commands/listening.ts'

/** A server, for as long as the test, and a way to connect to it. */
async function listen(fetch: Answers['fetch']) {
  const server = await startListening(0, '127.0.0.1', { fetch, ready: () => undefined })
  onTestFinished(() => stopListening(server))
  return { server, open: () => connect((server.address() as AddressInfo).port) }
}

it('what is asked behind something else on a connection has its turn after that, or never', async () => {
  const opened: string[] = []
  const closed: string[] = []
  const fetch = ({ url }: Request) => {
    const { pathname } = new URL(url)
    opened.push(pathname)
    return pathname === '/short'
      ? new Response('short')
      : new Response(
          new ReadableStream({
            pull: (controller) => controller.enqueue(new Uint8Array(100_000)),
            cancel: () => void closed.push(pathname),
          }),
        )
  }
  const { open } = await listen(fetch)
  const client = open()
  const paths = ['/short', '/long', '/more']
  client.write(paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`).join(''))
  await vi.waitFor(() => expect(opened).toEqual(['/short', '/long']), 20_000)
  client.destroy()
  await vi.waitFor(() => expect(closed).toEqual(['/long']), 20_000)
  expect(opened).toEqual(['/short', '/long'])
})

it('what waits behind a slow answer is neither read without end, nor then answered before all others', async () => {
  // So long that few of them come at a time: the system's own buffers hold a tenth of them all.
  const long = `X: ${'x'.repeat(2_000)}\r\n`
  const most = 1_000
  let begun = 0
  let read = 0
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const fetch = async ({ url }: Request) => {
    if (url.endsWith('/slow')) await released
    begun++
    return new Response('answered')
  }
  const { server, open } = await listen(fetch)
  server.on('request', () => read++)
  const client = open()
  const answers = text(client)
  const ask = (path: string, more = '') => `GET ${path} HTTP/1.1\r\nHost: a\r\n${more}\r\n`
  client.write(ask('/slow') + ask('/', long).repeat(most) + ask('/last', 'Connection: close\r\n'))
  let before = 0
  const isAtRest = () => {
    const was = before
    before = read
    return was > 1 && was === read
  }
  await expect.poll(isAtRest, { interval: 50 }).toBe(true)
  expect(read).toBeLessThan(most / 2)
  release()
  const other = open()
  other.write(ask('/other', 'Connection: close\r\n'))
  await text(other)
  expect(begun).toBeLessThan(most / 2)
  expect((await answers).match(/answered/g)).toHaveLength(most + 2)
})

it('a client is waited for some seconds, and a proxy keeps its connection for longer than it does', async () => {
  const answers = { fetch: () => new Response(''), ready: () => undefined }
  const server = await startListening(0, '127.0.0.1', answers)
  const { headersTimeout, requestTimeout, timeout, keepAliveTimeout } = server
  await stopListening(server)
  for (const limit of [headersTimeout, requestTimeout, timeout]) {
    expect(limit).toBeGreaterThan(5_000)
    expect(limit).toBeLessThan(30_000)
  }
  expect(keepAliveTimeout).toBeGreaterThan(60_000)
})

it.each([
  ['127.0.0.1', '127.0.0.1'],
  ['0.0.0.0', 'localhost'],
  ['::', 'localhost'],
  ['::1', '[::1]'],
])('what listens at %s is opened at %s', (host, name) => {
  const server = { address: () => ({ port: 8080 }) } as unknown as Server
  expect(addressOf(server, host)).toBe(`http://${name}:8080/`)
})

it('when listening ends, who waits for nothing is cut off at once, and who takes too long some seconds later', async () => {
  const fetch = ({ url }: Request) =>
    new Response(url.endsWith('/short') ? 'short' : new ReadableStream())
  const server = await startListening(0, '127.0.0.1', { fetch, ready: () => undefined })
  const { port } = server.address() as AddressInfo
  // Else that would cut it off before.
  server.setTimeout(0)
  const [idle, stuck] = ['/short', '/endless'].map((path) => {
    const client = connect(port)
    client.write(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`)
    return client
  }) as [ReturnType<typeof connect>, ReturnType<typeof connect>]
  await Promise.all([once(idle, 'data'), once(stuck, 'data')])
  stuck.on('error', () => {})
  const ended = [once(idle, 'close'), once(stuck, 'close')]
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const stopped = stopListening(server)
  idle.resume()
  await ended[0]
  expect(stuck.closed).toBe(false)
  vi.advanceTimersByTime(5_000)
  stuck.resume()
  await Promise.all([stopped, ended[1]])
})

it('where a ready answer fails, the request is answered all the same', async () => {
  const ready = () => {
    throw new Error('broken')
  }
  const server = await startListening(0, '127.0.0.1', { fetch: () => new Response('found'), ready })
  const { port } = server.address() as AddressInfo
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('found')
  await stopListening(server)
})

async function* failing() {
  yield Buffer.from('ab')
  throw new Error('The file is gone.')
}

it.each([
  ['more bytes than it said', () => ReadableStream.from([Buffer.from('abc'), Buffer.from('def')])],
  ['fewer bytes than it said', () => ReadableStream.from([Buffer.from('ab')])],
  ['what can no longer be read', () => ReadableStream.from(failing())],
])('an answer of %s ends its connection, and nothing else', async (_, body) => {
  const failures = vi.spyOn(console, 'error').mockImplementation(() => {})
  const fetch = ({ url }: Request) =>
    url.endsWith('/next')
      ? new Response('next')
      : new Response(body(), { headers: { 'Content-Length': '4' } })
  const { open } = await listen(fetch)
  const client = open()
  client.write('GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /next HTTP/1.1\r\nHost: a\r\n\r\n')
  expect(await text(client)).not.toMatch(/def|next/)
  failures.mockRestore()
})

it('an answer whose client has left meanwhile is no failure', async () => {
  const failures = vi.spyOn(console, 'error').mockImplementation(() => {})
  let leave = () => {}
  const hasLeft = new Promise<void>((resolve) => {
    leave = resolve
  })
  let answered = false
  const { server, open } = await listen(async () => {
    client.destroy()
    await hasLeft
    answered = true
    return new Response('late', { headers: { 'Content-Length': '4' } })
  })
  server.on('request', (_, outgoing) => outgoing.on('close', leave))
  const client = open()
  client.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
  await vi.waitFor(() => expect(answered).toBe(true))
  await setTimeout(10)
  expect(failures).not.toHaveBeenCalled()
  failures.mockRestore()
})
