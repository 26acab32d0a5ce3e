// Floods, slow connections and broken ones change nothing for others: memory, files and answers stay as they are.
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask } from './raw-http.ts'
import { type Server, STARTING, serve } from './server.ts'

/**
 * Distinct filters; `GAZETTE_FILTERS=100000` asks for more than there is time for each time. The first half is for the heap, which
 * grows for some 6,000 until V8 finds it worth collecting.
 */
const FILTERS = Number(process.env.GAZETTE_FILTERS ?? 16_000)
/** MiB. */
const MOST_GROWTH = 24
/** The part of what was held that is held after another collection, where that is all. */
const STILL = 0.99
const SLOW = 200
/** Milliseconds after which who is stuck is cut off, and what may come on top. */
const CUT_OFF = 15_000
const SLACK = 4_000

/** Has a server collect its garbage when it is told to: when V8 does by itself is chance. */
const COLLECTING = `--import data:text/javascript,${encodeURIComponent(
  `import { setFlagsFromString } from 'node:v8'
  import { runInNewContext } from 'node:vm'
  setFlagsFromString('--expose-gc')
  const gc = runInNewContext('gc')
  process.on('SIGUSR2', () => gc())`,
)}`

let server: Server

beforeAll(async () => {
  server = await serve({ environment: { NODE_OPTIONS: COLLECTING } })
}, STARTING)
afterAll(() => server.stop())

/** MiB that a process holds when nothing more can be collected. */
async function memory(): Promise<number> {
  let held = Infinity
  for (;;) {
    process.kill(server.pid, 'SIGUSR2')
    await pause(500)
    const status = await readFile(`/proc/${server.pid}/status`, 'utf8')
    const before = held
    held = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024
    if (held > before * STILL) return held
  }
}

const files = async () => (await readdir(`/proc/${server.pid}/fd`)).length
const pause = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

it('any number of distinct filters leaves memory flat', { timeout: 3_600_000 }, async () => {
  const flood = async (from: number, to: number) => {
    for (let number = from; number < to; number += 20) {
      await Promise.all(
        Array.from({ length: Math.min(20, to - number) }, async (_, at) => {
          const moment = new Date(Date.UTC(2027, 0, 1) + (number + at) * 60_000).toISOString()
          let answer: Response
          do {
            answer = await fetch(`${server.address}rss.xml?until=${moment}`)
            await answer.arrayBuffer()
            // It may refuse while it has too much to do.
            if (answer.status === 503) await pause(100)
          } while (answer.status === 503)
          expect(answer.status).toBe(200)
        }),
      )
    }
  }
  await flood(0, FILTERS / 2)
  const half = await memory()
  await flood(FILTERS / 2, FILTERS)
  const whole = await memory()
  console.log(
    `${FILTERS} filters: ${half.toFixed(0)} MiB after half, ${whole.toFixed(0)} MiB after all`,
  )
  expect(whole - half).toBeLessThan(MOST_GROWTH)
})

it('1,200 requests that are broken off leave no file open', async () => {
  const before = await files()
  for (let turn = 0; turn < 12; turn++) {
    await Promise.all(
      Array.from({ length: 100 }, async (_, at) => {
        const socket = connect(Number(new URL(server.address).port), '127.0.0.1')
        socket.on('error', () => {})
        await once(socket, 'connect')
        socket.write(`GET /rss.xml?limit=${1 + at} HTTP/1.1\r\nHost: a\r\n\r\n`)
        if (at % 3 === 0) socket.end()
        await pause(at % 5)
        if (at % 2 === 0) socket.resetAndDestroy()
        else socket.destroy()
      }),
    )
  }
  await pause(1_000)
  expect(await files()).toBeLessThanOrEqual(before + 5)
  expect((await ask(server.address, '/rss.xml')).status).toBe(200)
})

describe('200 connections that are stuck delay nobody, and are cut off', () => {
  /** What a stuck client writes, and whether it reads. Who doesn't comes last: only the server's files tell of his end. */
  const KINDS: [string, (number: number) => string, boolean][] = [
    ['in silence', () => '', true],
    ['in the request line', () => 'GET /rss', true],
    ['in the headers', (at) => `GET /rss.xml HTTP/1.1\r\nHost: a\r\nX-${at}: `, true],
    ['in the body', () => 'POST /rss.xml HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nx', true],
    ['drop by drop', () => 'GET /rss.xml HTTP/1.1\r\nHost: a\r\nX: ', true],
    [
      'as readers that take nothing',
      () => 'GET /rss.xml?limit=200 HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(120),
      false,
    ],
  ]

  /** Of every kind: they wait at the same time. */
  const all: { kind: string; isReading: boolean; stuckAt: number; ends: Promise<number>[] }[] = []
  const sockets: Socket[] = []
  let alone: number
  beforeAll(async () => {
    alone = await p99()
  })
  afterAll(() => {
    for (const socket of sockets) socket.destroy()
  })

  /** Milliseconds, the slowest of a hundred left out. */
  async function p99(): Promise<number> {
    const took: number[] = []
    for (let turn = 0; turn < 200; turn++) {
      const asked = performance.now()
      expect((await ask(server.address, '/atom.xml')).status).toBe(200)
      took.push(performance.now() - asked)
    }
    return took.sort((a, b) => a - b)[197] as number
  }

  it.each(KINDS)('%s they delay nobody', async (kind, request, isReading) => {
    const stuck = await Promise.all(
      Array.from({ length: SLOW }, async (_, at): Promise<Socket> => {
        const socket = connect(Number(new URL(server.address).port), '127.0.0.1')
        socket.on('error', () => {})
        await once(socket, 'connect')
        if (isReading) socket.resume()
        socket.write(request(at))
        if (kind === 'drop by drop') {
          const drip = setInterval(() => socket.write('x'), 1_000)
          socket.on('close', () => clearInterval(drip))
        }
        return socket
      }),
    )
    sockets.push(...stuck)
    const ends = stuck.map(
      (socket) => new Promise<number>((end) => socket.on('close', () => end(performance.now()))),
    )
    const during = await p99()
    // A busy machine takes its time to answer what nobody takes.
    all.push({ kind, isReading, stuckAt: performance.now(), ends })
    // To who takes nothing, as much is written as the system holds: hundreds of megabytes to all of them together.
    expect(during - alone).toBeLessThan(isReading ? 100 : 1_000)
  })

  it('and all are cut off in time', async () => {
    await expect.poll(files, { timeout: CUT_OFF + SLACK, interval: 250 }).toBeLessThan(100)
    expect(performance.now() - (all.at(-1)?.stuckAt ?? 0)).toBeLessThan(CUT_OFF + SLACK)
    expect(all).toHaveLength(KINDS.length)
    for (const { kind, isReading, stuckAt, ends } of all)
      if (isReading)
        expect(Math.max(...(await Promise.all(ends))) - stuckAt, kind).toBeLessThan(CUT_OFF + SLACK)
  })
})
