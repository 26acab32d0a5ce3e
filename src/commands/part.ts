// The part of a process among those that serve one publication: alone, the first of several workers, or one of the others.
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
  /** The first begins to read what changed; nothing where that may be anything. */
  | { readonly kind: 'reading'; readonly changed: readonly string[] | null; readonly at: Instant }
  /** Another noted readers, whom the first counts. */
  | { readonly kind: 'polls'; readonly polls: readonly FeedPoll[] }
  /** A worker is asked what it counted so far, and says so. */
  | { readonly kind: 'count' }
  | { readonly kind: 'tally'; readonly tally: Tally }
  /** To end; and to the first, that the others have. */
  | { readonly kind: 'stop' | 'others-ended' }

type WordOf<K> = Extract<Word, { kind: K }>

/** Called for each burst of changes, one call at a time; whether they could be read. */
export type Follower = (changed: Changed, at?: Instant) => Promise<boolean>

export interface Part {
  /** Whether no other process serves the same. */
  readonly isAlone: boolean
  /** Whether what is kept, told or counted once is left to it. */
  readonly isFirst: boolean
  /** Where others listen already, a URL; nothing where nobody does. */
  readonly address: string | undefined
  readonly ready: (line: string, address: string) => void
  /** Resolves once the word to stop has come. */
  readonly stopped: () => Promise<void>
  /** Resolves once no other worker has anything to tell. */
  readonly othersEnded: () => Promise<void>
  /** Tells those who serve the same; nobody where there are none. Resolves once it is sent. */
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

/** Resolves once the system says that the process is to end. Who tells it and its group, as `timeout` does, tells it twice. */
export function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve())
  })
}

/** In the environment of a worker: what it has to know from the beginning, as JSON. */
const BEGINNING = 'GAZETTE_WORKER'

export type Beginning = Pick<Part, 'isFirst' | 'address'>

export function environmentOf(beginning: Beginning): Record<string, string> {
  return { [BEGINNING]: JSON.stringify(beginning) }
}

/** The part of this process, which is a worker. */
export function partOfWorker(): Part {
  const { isFirst, address } = JSON.parse(process.env[BEGINNING] ?? '{}') as Beginning
  // Whoever stops all processes at once stops the one that started them as well, and that says who ends when.
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
      // Where it fails, the process that started this one is gone, and so will this one be.
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
 * Milliseconds until what could not be read is read again: the first time, and from then on, when the first worker, which can't
 * read it either, mostly says so before.
 */
const AGAIN = 15_000
const LATER = 60_000

/**
 * Follows what the first reads: all begin at the same moment and date what changed alike, so that they differ for as long as
 * their readings do.
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
      // Of what a reading that failed had looked at, nobody is told again.
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
