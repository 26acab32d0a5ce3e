// Several processes that serve one publication at one address: they are started, started again after a crash, and ended.
import cluster, { type Worker } from 'node:cluster'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { gatherTallies } from '../telemetry/tallies.ts'
import { readNumber, type Values } from './options.ts'
import { openJournal, openMetrics } from './outlets.ts'
import { alone, environmentOf, isWorker, partOfWorker, stopSignal, type Word } from './part.ts'
import { serveAs } from './serve.ts'
import type { Terminal } from './terminal.ts'

const MOST_WORKERS = 64
/** Milliseconds until a worker that crashed is started again, after each crash in a row; the last repeats. */
const AGAIN = [0, 1_000, 2_000, 5_000, 15_000, 30_000]
/** Milliseconds of life after which a worker's earlier crashes are forgotten. */
const STEADY = 60_000
/** Milliseconds that workers have to end when they are told to stop. */
const FAREWELL = 15_000

/** The place of a worker. Where one crashes, another takes it. */
interface Place {
  readonly isFirst: boolean
  worker?: Worker
  isReady: boolean
  /** Whether it has yet to take what it was told last, which this process holds meanwhile. */
  isBehind: boolean
  began: number
  crashes: number
}

/** `gazette serve`, in this process or in several; resolves with the exit code when it was told to stop. */
export async function serve(values: Values, terminal: Terminal): Promise<number> {
  const count = readNumber('workers', values.workers as string, MOST_WORKERS, 1)
  if (isWorker()) return serveAs(partOfWorker(), values, terminal)
  return count === 1
    ? serveAs(alone(terminal), values, terminal)
    : serveWith(count, values, terminal)
}

async function serveWith(count: number, values: Values, terminal: Terminal): Promise<number> {
  const toldToStop = stopSignal()
  // Each accepts its own connections: to be handed one costs as much as a short answer.
  cluster.schedulingPolicy = cluster.SCHED_NONE
  const journal = await openJournal(values, path.resolve(values.content as string), terminal)
  const places: Place[] = Array.from({ length: count }, (_, at) => {
    return { isFirst: at === 0, isReady: false, isBehind: false, began: 0, crashes: 0 }
  })
  const tallies = gatherTallies(() => {
    for (const place of places) sayIfTaken(place, { kind: 'count' })
    return places.filter(({ worker }) => worker?.isConnected())
  })
  const metrics = await openMetrics(tallies, values.metrics as string | undefined)
  if (metrics !== undefined) journal.tell('info', `Metrics are at ${metrics.address}`, metrics)
  // Each worker has opened the log for itself.
  const reopen = () => {
    for (const { worker } of places) worker?.process.kill('SIGHUP')
  }
  if (values.log !== undefined) process.on('SIGHUP', reopen)
  const [first, ...others] = places as [Place, ...Place[]]
  let introduction: Extract<Word, { kind: 'ready' }> | undefined
  let hasBegun = false
  const stopping = new AbortController()

  const broken = new Promise<number>((resolve) => {
    function start(place: Place): void {
      const address = introduction?.address
      const worker = cluster.fork(environmentOf({ isFirst: place.isFirst, address }))
      Object.assign(place, { worker, isReady: false, isBehind: false, began: Date.now() })
      worker.on('message', (word: Word) => hear(place, word))
      // A worker that words don't reach is ending, which `exit` tells.
      worker.on('error', () => {})
      worker.on('exit', (code, signal) => ended(place, code, signal))
    }

    function hear(place: Place, word: Word): void {
      if (word.kind === 'reading') for (const other of others) say(other, word)
      if (word.kind === 'polls') sayIfTaken(first, word)
      if (word.kind === 'tally') tallies.tell(place, word.tally)
      if (word.kind !== 'ready') return
      place.isReady = true
      if (introduction === undefined) {
        // The others start only now: they read what the first kept, and so date changes as it does.
        introduction = word
        for (const other of others) start(other)
      }
      if (hasBegun || places.some(({ isReady }) => !isReady)) return
      hasBegun = true
      terminal.print(introduction.line)
    }

    async function ended(place: Place, code: number | null, signal: string | null) {
      delete place.worker
      place.isReady = false
      tallies.end(place)
      if (stopping.signal.aborted) return
      // It has said why itself.
      if (introduction === undefined && code !== null && code !== 0) return resolve(code)
      if (Date.now() - place.began > STEADY) place.crashes = 0
      const again = AGAIN[Math.min(place.crashes++, AGAIN.length - 1)] as number
      journal.tell(
        'error',
        `A worker ended with ${signal ?? code}; another takes its place${again === 0 ? '' : ` in ${again / 1000} s`}.`,
      )
      await wait(again, undefined, stopping).catch(() => {})
      if (!stopping.signal.aborted) start(place)
    }

    start(first)
  })

  try {
    return await Promise.race([toldToStop.then(() => 0), broken])
  } finally {
    stopping.abort()
    process.off('SIGHUP', reopen)
    const late = setTimeout(() => {
      for (const { worker } of places) worker?.process.kill('SIGKILL')
    }, FAREWELL)
    const all = places.map((place) => {
      if (place.isReady) say(place, { kind: 'stop' })
      // It may not listen yet, and has nothing to finish.
      else place.worker?.process.kill('SIGKILL')
      return whenEnded(place)
    })
    await Promise.all(all.slice(1))
    say(first, { kind: 'others-ended' })
    await all[0]
    clearTimeout(late)
    metrics?.close()
    await journal.close()
  }
}

function say({ worker }: Place, word: Word): void {
  if (worker?.isConnected()) worker.send(word)
}

/** Says what may be lost, unless earlier words wait: all that a stuck worker is told stays in the memory of this process. */
export function sayIfTaken(place: Pick<Place, 'worker' | 'isBehind'>, word: Word): void {
  const { worker } = place
  if (place.isBehind || !worker?.isConnected()) return
  place.isBehind = !worker.send(word, () => {
    if (place.worker === worker) place.isBehind = false
  })
}

function whenEnded({ worker }: Place): Promise<void> {
  return new Promise((resolve) => {
    if (worker === undefined || worker.isDead()) resolve()
    else worker.once('exit', () => resolve())
  })
}
