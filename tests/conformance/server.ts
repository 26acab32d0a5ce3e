// Gazette as its users start it: the built program in a process of its own, asked over HTTP.
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, open, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { expect } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
export const PROGRAM = join(ROOT, 'dist/main.js')
export const CONTENT = join(ROOT, 'content')

/** The publication's own address: not where it listens, so that neither can be taken for the other. */
export const BASE = 'https://news.example/'

/** How long a start may take, the build included. */
export const STARTING = 300_000

export interface Server {
  /** Where it listens, with a slash at the end. */
  address: string
  pid: number
  /** Without a word to it, as `kill -9` does. */
  kill: () => Promise<void>
  /** Resolves with the exit code. */
  stop: () => Promise<number | null>
  /** What it said on standard error so far. */
  complaints: () => string
  /** The lines on its standard output so far. */
  printed: () => readonly string[]
}

export interface Start {
  content?: string
  /** The folder of its state; else one of its own that goes when it stops. */
  state?: string
  environment?: NodeJS.ProcessEnv
  /** The publication's own address; else `BASE`; `null` for where it listens. */
  url?: string | null
  /** A file that standard error goes to, in place of `complaints`. */
  errors?: string | undefined
  /** More of the command line. */
  options?: readonly string[]
}

export async function serve(start: Start = {}): Promise<Server> {
  await build()
  const { content = CONTENT, environment = {}, url = BASE, errors, options = [] } = start
  const own =
    start.state === undefined ? await mkdtemp(join(tmpdir(), 'gazette-state-')) : undefined
  const state = start.state ?? (own as string)
  const output = errors === undefined ? undefined : await open(errors, 'a')
  const child = spawn(
    process.execPath,
    [
      PROGRAM,
      'serve',
      '--port',
      '0',
      '--content',
      content,
      '--state',
      state,
      ...(url === null ? [] : ['--url', url]),
      ...options,
    ],
    {
      cwd: ROOT,
      env: { ...process.env, GAZETTE_STATE: state, ...environment },
      stdio: ['ignore', 'pipe', output?.fd ?? 'pipe'],
    },
  )
  await output?.close()
  const said: string[] = []
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString()))
  const complaints = () => said.join('')
  const lines: string[] = []
  try {
    return {
      address: await addressOf(child, complaints, lines),
      pid: child.pid as number,
      kill: async () => void (await end(child, 'SIGKILL')),
      stop: () => stop(child, own),
      complaints,
      printed: () => lines,
    }
  } catch (error) {
    await stop(child, own)
    throw error
  }
}

/**
 * Test files run side by side and one program serves them all: the first one in builds it, where a source is newer.
 */
export async function build(): Promise<void> {
  const script =
    'test -e "$0" && test -z "$(find src package.json tsconfig.json -newer "$0" -print -quit)" || npm run --silent build'
  const lock = join(tmpdir(), 'gazette-conformance.lock')
  await promisify(execFile)('flock', [lock, 'bash', '-c', script, PROGRAM], { cwd: ROOT })
}

/** @param printed is given each line of its output. */
async function addressOf(
  child: ChildProcess,
  complaints: () => string,
  printed: string[],
): Promise<string> {
  const { stdout } = child
  if (stdout === null) throw new Error('the server has no output')
  const lines = createInterface(stdout)
  lines.on('line', (line) => printed.push(line))
  const line = await new Promise<string>((resolve, reject) => {
    lines.once('line', resolve)
    child.once('exit', (code) => reject(new Error(`it ended with ${code}: ${complaints()}`)))
    child.once('error', reject)
  })
  const address = /http:\/\/127\.0\.0\.1:\d+\//.exec(line)?.[0]
  if (address === undefined) throw new Error(`no address in "${line}"`)
  return address
}

async function stop(child: ChildProcess, state: string | undefined): Promise<number | null> {
  const code = await end(child, 'SIGTERM')
  if (state !== undefined) await rm(state, { recursive: true, force: true })
  return code
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const exited = once(child, 'exit')
  child.kill(signal)
  await exited
  return child.exitCode
}

/** For programs that can't find one themselves. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

/** What `gazette stats` tells of readers, as machines read it. */
export async function statsOf(
  state: string,
): Promise<{ subscribers: number; readers: number; feeds: { feed: string; polls: number }[] }> {
  const args = [PROGRAM, 'stats', '--json', '--state', state]
  return JSON.parse((await promisify(execFile)(process.execPath, args)).stdout)
}

/** The lines of a log. */
export function linesOf(log: string): { event?: string; msg?: string; [fact: string]: unknown }[] {
  return log
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

/** What gives the metrics of those that write this log. */
export async function metricsIn(log: string): Promise<() => Promise<string>> {
  // The log is written up to a second late.
  const told = async () => /"address":"(http:[^"]*metrics)"/.exec(await readFile(log, 'utf8'))?.[1]
  await expect.poll(told).toBeDefined()
  const address = (await told()) ?? ''
  return async () => (await fetch(address)).text()
}
