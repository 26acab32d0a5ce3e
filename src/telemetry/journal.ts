// The log of a running server: sentences for people or lines of JSON for machines, never both.
import { once } from 'node:events'
import { open } from 'node:fs/promises'
import { pino } from 'pino'
import type { Exchange, Observer } from '../http/exchange.ts'

type Level = 'info' | 'warn' | 'error'

export interface Journal {
  /**
   * Tells an event: a sentence, and facts for machines. People are spared what is only `info`.
   */
  readonly tell: (level: Level, sentence: string, facts?: object) => void
  /** Notes requests; absent where people read, who are spared them. */
  readonly observe?: Observer
  /** Writes what is still held back, within a bounded time whatever happens to the file. */
  readonly close: () => Promise<void>
}

/** Bytes that are worth a write. */
const WORTHWHILE = 4096
/** The most bytes that are held back. What comes beyond is dropped, not waited for. */
const MOST_HELD = 8 * 1024 * 1024
/** Milliseconds after which fewer bytes are written too, and for which closing waits. */
const LINGER = 1000

/** @param say prints a line for people. */
export function spokenJournal(say: (line: string) => void): Journal {
  return {
    tell: (level, sentence) => {
      if (level !== 'info') say(sentence)
    },
    close: async () => {},
  }
}

/**
 * Appends lines of JSON to a file; after `reopen` to a new one of the same name, once the old one was moved away.
 * @param file a path, or 2 for standard error.
 * @param failed told the first time that a line could not be written.
 * @throws what opening the file throws.
 */
export async function writtenJournal(
  file: string | 2,
  failed: (error: Error) => void,
): Promise<Journal & { readonly reopen: () => Promise<void> }> {
  // Tried before SonicBoom opens it, which after a failure throws again at the end of the process.
  if (file !== 2) await (await open(file, 'a')).close()
  const destination = pino.destination({
    dest: file,
    sync: false,
    minLength: WORTHWHILE,
    maxLength: MOST_HELD,
  })
  if (file !== 2) await once(destination, 'ready')
  // Without a listener, an error would end the process.
  let hasFailed = false
  destination.on('error', (error: Error) => {
    if (!hasFailed) failed(error)
    hasFailed = true
  })
  // Not by SonicBoom's own timer, which runs, and throws, where opening failed.
  const flushing = setInterval(() => destination.flush(), LINGER)
  flushing.unref()
  const log = pino(
    {
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  )
  return {
    tell: (level, sentence, facts = {}) => log[level](facts, sentence),
    observe: (exchange) => log.info(lineOf(exchange)),
    reopen: async () => {
      if (file === 2) return
      const reopened = once(destination, 'ready')
      // What was held back belongs to the old file.
      destination.flush(() => destination.reopen())
      await reopened
    },
    close: async () => {
      clearInterval(flushing)
      destination.end()
      const patience = AbortSignal.timeout(LINGER)
      // Where nothing can be written, SonicBoom would try again for ever as the process ends.
      await once(destination, 'close', { signal: patience }).catch(() => destination.destroy())
    },
  }
}

/** An exchange as it may be kept: without network address or secrets, and of bounded length. */
function lineOf(exchange: Exchange) {
  const { took, method, subject, status, coding, bytes, agent, isConditional } = exchange
  return {
    event: 'request',
    id: exchange.id(),
    method,
    url: exchange.target().slice(0, LONGEST_URL),
    class: subject.kind,
    format: subject.format,
    status,
    coding,
    bytes,
    ms: Math.round(took * 100) / 100,
    conditional: isConditional,
    agent,
  }
}

const LONGEST_URL = 1000
