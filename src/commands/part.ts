// The part that a process plays in serving a publication: alone, as the first of several workers, or as another of them.
import cluster from 'node:cluster'
import type { Changed } from '../content/folder/watch.ts'
import type { Instant } from '../domain/article.ts'
import type { FeedPoll } from '../readership/ledger.ts'
import type { Tally } from '../telemetry/metrics.ts'
import type { Terminal } from './terminal.ts'

/** What workers and the process that started them tell each other. */
export type Word =
  /** A worker answers requests; `address` is a URL. */
  | { readonly kind: 'ready'; readonly line: string; readonly address: string }
  /** The first begins to read what changed; `null` where that may be anything. */
  | { readonly kind: 'reading'; readonly changed: readonly string[] | null; readonly at: Instant }
  /** Another worker noted polls, which the first counts. */
  | { readonly kind: 'polls'; readonly polls: readonly FeedPoll[] }
  /** A worker is asked what it counted so far, and answers. */
  | { readonly kind: 'count' }
  | { readonly kind: 'tally'; readonly tally: Tally }
  /** A worker is to end; and, to the first, the others have ended. */
  | { readonly kind: 'stop' | 'others-ended' }

type WordOf<K> = Extract<Word, { kind: K }>

/** Called for each burst of changes, one call at a time. Resolves with whether everything could be read. */
export type Follower = (changed: Changed, at?: Instant) => Promise<boolean>

export interface Part {
  /** Whether no other process serves the same. */
  readonly isAlone: boolean
  /** Whether it does what one process does for all: keep, log, count readers, tell hubs. */
  readonly isFirst: boolean
  /** The URL at which others listen already; nothing where nobody does. */
  readonly address: string | undefined
  readonly ready: (line: string, address: string) => void
  /** Resolves once the word to stop has come. */
  readonly stopped: () => Promise<void>
  /** Resolves once the other workers have ended. */
  readonly othersEnded: () => Promise<void>
  /** Tells the other processes, if there are any. Resolves once it is sent. */
  readonly tell: (word: Word) => Promise<void>
  readonly hear: <K extends Word['kind']>(kind: K, heard: (word: WordOf<K>) => void) => void
}

export function alone(terminal: Terminal): Part {
  return {
    isAlone: true,
    isFirst: true,
    address: undefined,
    ready: (line) => terminal.print(line),
    stopped: stopSignal,
    othersEnded: async () => {},
    tell: async () => {},
    hear: () => {},
  }
}

/** Resolves once a signal says to end. Later ones are ignored: `timeout` signals both the process and its group, so twice. */
export function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve())
  })
}

/** The environment variable that tells a worker what it has to know from the beginning, as JSON. */
const BEGINNING = 'GAZETTE_WORKER'

export type Beginning = Pick<Part, 'isFirst' | 'address'>

export function environmentOf(beginning: Beginning): Record<string, string> {
  return { [BEGINNING]: JSON.stringify(beginning) }
}

/** The part of this process, which is a worker. */
export function partOfWorker(): Part {
  const { isFirst, address } = JSON.parse(process.env[BEGINNING] ?? '{}') as Beginning
  // A signal to all processes reaches the one that started them too, and that one says who ends when.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => {})
  const hear: Part['hear'] = (kind, heard) => {
    process.on('message', (word: Word) => {
      if (word.kind === kind) heard(word as Parameters<typeof heard>[0])
    })
  }
  const heardOnce = (kind: Word['kind']) =>
    new Promise<void>((resolve) => hear(kind, () => resolve()))
  const stopped = heardOnce('stop')
  const othersEnded = isFirst ? heardOnce('others-ended') : Promise.resolve()
  const tell: Part['tell'] = (word) =>
    new Promise((resolve) => {
      if (!process.connected) resolve()
      // Where this fails, the process that started this one is gone, and this one ends as well.
      else process.send?.(word, undefined, {}, () => resolve())
    })
  return {
    isAlone: false,
    isFirst,
    address,
    ready: (line, address) => void tell({ kind: 'ready', line, address }),
    stopped: () => stopped,
    othersEnded: () => othersEnded,
    tell,
    hear,
  }
}

/** Whether this process was started as a worker. */
export const isWorker = () => cluster.isWorker && BEGINNING in process.env

/**
 * Milliseconds until what could not be read is read again, the first time and from then on. By then the first worker, which
 * tries again as well, has mostly told it to.
 */
const AGAIN = 15_000
const LATER = 60_000

/**
 * Follows what the first reads. All begin at the same moment and give changes the same date, so they differ only until the
 * slowest of them has read.
 */
export function followFirst(part: Part) {
  const heard: WordOf<'reading'>[] = []
  let follower: Follower | undefined
  let running: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  let isAnywhere = false
  const read = ({ changed, at }: WordOf<'reading'>) => {
    running = running.then(async () => {
      clearTimeout(timer)
      // After a reading that failed, anything may be out of date: nobody is told again of what it had looked at.
      const named = isAnywhere || changed === null ? undefined : new Set(changed)
      const isDone = await follower?.(named, at).catch(() => false)
      if (isDone === false) again(at)
      else isAnywhere = false
    })
  }
  const again = (at: Instant) => {
    timer = setTimeout(
      () => read({ kind: 'reading', changed: null, at }),
      isAnywhere ? LATER : AGAIN,
    )
    isAnywhere = true
  }
  part.hear('reading', (word) => (follower === undefined ? heard.push(word) : read(word)))
  return {
    follow(given: Follower, isWhole = true) {
      follower = given
      if (!isWhole) again(Date.now())
      for (const word of heard.splice(0)) read(word)
    },
    async close() {
      follower = undefined
      await running
      clearTimeout(timer)
    },
  }
}
