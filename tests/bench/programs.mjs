// The programs that are measured: started, watched and ended, and what Linux counts for them.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { get } from 'node:http'
import { Socket } from 'node:net'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'

export const GAZETTE = path.join(import.meta.dirname, '../../dist/main.js')
/** Hundredths of a second are what Linux counts in. */
const TICK = 10

const running = new Set()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})
// So that what was started and made goes, whoever ends this.
process.once('SIGINT', () => process.exit(130))
process.once('SIGTERM', () => process.exit(143))

/** A module of the program by itself. */
export function built(name) {
  return import(path.join(import.meta.dirname, '../modules', name))
}

export function isInstalled(command) {
  return spawnSync(command, ['version']).error === undefined
}

export function run(command, args, options = {}) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], ...options })
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}

export async function stop({ child }) {
  if (!running.has(child)) return
  child.kill()
  await once(child, 'exit')
}

/** A server of Node that prints where it listens; `ready` milliseconds after it was started. */
export async function startNode(...args) {
  const began = performance.now()
  const child = run(process.execPath, args)
  const [line] = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`${args.join(' ')} ended with ${code}`)
    }),
  ])
  const ready = performance.now() - began
  const port = Number(/(\d+)\/?$/.exec(line)?.[1])
  return { child, port, ready, address: `http://127.0.0.1:${port}/` }
}

/** Gazette, serving a folder. */
export function serve(folder, state, { node = [], more = [] } = {}) {
  const options = ['--port', '0', '--content', folder, '--state', state]
  return startNode(...node, GAZETTE, 'serve', ...options, ...more)
}

/** An answer's headers, and its bytes as they came, packed. */
export async function answerTo(url, headers) {
  const [answer] = await once(get(url, { headers }), 'response')
  return { headers: answer.headers, bytes: Buffer.concat(await answer.toArray()) }
}

/** A whole document's tag, asked for again while a server has too much to do, as machines have that others use too. */
export async function tagOf(url) {
  for (;;) {
    const answer = await fetch(url, { headers: { 'accept-encoding': 'identity' } })
    await answer.arrayBuffer()
    if (answer.status === 200) return answer.headers.get('etag')
    if (answer.status !== 503) throw new Error(`${url} was answered with ${answer.status}`)
    await setTimeout(100)
  }
}

/** Resolves once a port is listened at. */
export async function listening(port) {
  for (;;) {
    const socket = new Socket().connect(port, '127.0.0.1')
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (isOpen) return
    await setTimeout(10)
  }
}

/** Microseconds of a processor that a process has used so far, exactly, but for threads that have ended. */
export function processorTime({ child: { pid } }) {
  const threads = readdirSync(`/proc/${pid}/task`)
  const timeOf = (thread) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0])
  return threads.reduce((sum, thread) => sum + timeOf(thread), 0) / 1_000
}

/** The same in milliseconds, of all its threads, to a hundredth of a second. */
function wholeProcessorTime({ child: { pid } }) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) * TICK
}

/** MiB that a process has in memory, and had at most. */
export function memoryOf({ child: { pid } }) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const of = (name) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024
  return { now: of('VmRSS'), most: of('VmHWM') }
}

/** What a process has taken so far: milliseconds of processors, and MiB at most. */
export function takenBy(program) {
  return { processor: wholeProcessorTime(program), memory: memoryOf(program).most }
}

/** Resolves once a server has nothing more to do for itself. */
export async function quiet(server) {
  let before = -Infinity
  for (;;) {
    const now = wholeProcessorTime(server)
    if (now - before <= TICK) return
    before = now
    await setTimeout(500)
  }
}

/** What a program takes that ends by itself: as `takenBy`, and milliseconds until it ended. */
export async function complete(command, args, options) {
  const began = performance.now()
  const child = run(command, args, { stdio: ['ignore', 'ignore', 'inherit'], ...options })
  let taken = { processor: 0, memory: 0 }
  // Once it has ended, nobody tells: what it had taken shortly before has to do.
  const look = () => {
    try {
      const now = takenBy({ child })
      if (now.memory > 0) taken = now
    } catch {
      // It has ended.
    }
  }
  const timer = setInterval(look, TICK)
  const [code] = await once(child, 'exit')
  clearInterval(timer)
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}`)
  return { ...taken, time: performance.now() - began }
}
