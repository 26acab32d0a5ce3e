// Gazette as its users start it: the built program in a process of its own, asked over HTTP.
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

const ROOT = join(import.meta.dirname, '../..')
export const PROGRAM = join(ROOT, 'dist/main.js')
export const CONTENT = join(ROOT, 'content')

/** The publication's own address: not where it listens, so that neither can be taken for the other. */
export const BASE = 'https://news.example/'

/** How long a start may take, the build included. */
export const STARTING = 120_000

export interface Server {
  /** Where it listens, with a slash at the end. */
  address: string
  pid: number
  /** Without a word to it, as `kill -9` does. */
  kill: () => Promise<void>
  stop: () => Promise<void>
}

export interface Start {
  content?: string
  /** The folder of its state; else one of its own that goes when it stops. */
  state?: string
  environment?: NodeJS.ProcessEnv
  /** The publication's own address; else `BASE`. */
  url?: string
  /** More of the command line. */
  options?: readonly string[]
}

export async function serve(start: Start = {}): Promise<Server> {
  await build()
  const { content = CONTENT, environment = {}, url = BASE, options = [] } = start
  const own =
    start.state === undefined ? await mkdtemp(join(tmpdir(), 'gazette-state-')) : undefined
  const state = start.state ?? (own as string)
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
      '--url',
      url,
      ...options,
    ],
    {
      cwd: ROOT,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  try {
    return {
      address: await addressOf(child),
      pid: child.pid as number,
      kill: () => end(child, 'SIGKILL'),
      stop: () => stop(child, own),
    }
  } catch (error) {
    child.kill()
    throw error
  }
}

/**
 * Test files run side by side and one program serves them all: the first one in builds it, where a source is newer.
 */
async function build(): Promise<void> {
  const script =
    'test -e "$0" && test -z "$(find src package.json tsconfig.json -newer "$0" -print -quit)" || npm run --silent build'
  const lock = join(tmpdir(), 'gazette-conformance.lock')
  await promisify(execFile)('flock', [lock, 'bash', '-c', script, PROGRAM], {
    cwd: ROOT,
  })
}

async function addressOf(child: ChildProcess): Promise<string> {
  const { stdout, stderr } = child
  if (stdout === null || stderr === null) throw new Error('the server has no output')
  const complaints: string[] = []
  stderr.on('data', (chunk: Buffer) => complaints.push(chunk.toString()))
  const lines = createInterface(stdout)
  const line = await new Promise<string>((resolve, reject) => {
    lines.once('line', resolve)
    child.once('exit', (code) => reject(new Error(`it ended with ${code}: ${complaints.join('')}`)))
    child.once('error', reject)
  })
  const address = /http:\/\/127\.0\.0\.1:\d+\//.exec(line)?.[0]
  if (address === undefined) throw new Error(`no address in "${line}"`)
  return address
}

async function stop(child: ChildProcess, state: string | undefined): Promise<void> {
  await end(child, 'SIGTERM')
  if (state !== undefined) await rm(state, { recursive: true, force: true })
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill(signal)
  await exited
}
