// What the server tells of itself while it runs: sentences for people, or lines of JSON for machines; never both.
import { once } from 'node:events'
import { open } from 'node:fs/promises'
import { pino } from 'pino'
import type { Exchange, Observer } from '../http/exchange.ts'

type Level = 'info' | 'warn' | 'error'

export interface Journal {
  /**
   * An event: what happened in a sentence, and what machines want to know of it. People are spared what is only
   * `info`.
   */
  readonly tell: (level: Level, sentence: string, facts?: object) => void
  /** Requests, which people are spared as well; nothing then. */
  readonly observe?: Observer
  /** Writes what is still held back; bounded in time, whatever becomes of the file. */
  readonly close: () => Promise<void>
}

/** Bytes held back until a write is worth it, and at most; what comes beyond is dropped, not waited for. */
const WORTHWHILE = 4096
const MOST_HELD = 8 * 1024 * 1024
/** Milliseconds after which less is written, too; and for which the end waits. */
const LINGER = 1000

/** @param say prints a line where people read. */
export function spokenJournal(say: (line: string) => void): Journal {
  return {
    tell: (level, sentence) => {
      if (level !== 'info') say(sentence)
    },
    close: async () => {},
  }
}

/**
 * Lines of JSON, appended; after `reopen` to a file of the same name, where the old one was moved away.
 * @param file a path, or 2 for standard error.
 * @param failed told the first time that a line could not be written.
 * @throws what opening the file throws.
 */
export async function writtenJournal(
  file: string | 2,
  failed: (error: Error) => void,
): Promise<Journal & { readonly reopen: () => Promise<void> }> {
  // Before SonicBoom does, which throws once more at the end of the process where it could not.
  if (file !== 2) await (await open(file, 'a')).close()
  const destination = pino.destination({
    dest: file,
    sync: false,
    minLength: WORTHWHILE,
    maxLength: MOST_HELD,
  })
  if (file !== 2) await once(destination, 'ready')
  // Unheard, an error would end the process.
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
      // What was held back belongs to the old one.
      destination.flush(() => destination.reopen())
      await reopened
    },
    close: async () => {
      clearInterval(flushing)
      destination.end()
      const patience = AbortSignal.timeout(LINGER)
      // Where nothing can be written, what is held back would be tried again for ever as the process ends.
      await once(destination, 'close', { signal: patience }).catch(() => destination.destroy())
    },
  }
}

/** An exchange as it may be kept: no network address, no secret, nothing of any length. */
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
