// The ledger of readers, kept over restarts: read at the start, written once a minute and at the end.
import path from 'node:path'
import { readBook, writeBook } from '../readership/book.ts'
import { type FeedPoll, type Ledger, newSalt, openLedger } from '../readership/ledger.ts'
import { readKept, replaceKept } from './kept-file.ts'

const FILE = 'readership.ndjson'
/** Milliseconds. */
const MINUTE = 60_000

export interface KeptLedger {
  readonly ledger: Ledger
  readonly close: () => Promise<void>
}

export function bookIn(state: string): string {
  return path.join(state, FILE)
}

/**
 * @param state the state folder; without one, counts last as long as the process.
 * @param warn told where the file can't be read, so that counting begins anew, and the first time that it can't be written.
 */
export async function keepLedger(
  state: string | undefined,
  clock: () => number,
  warn: (sentence: string) => void,
): Promise<KeptLedger> {
  if (state === undefined) return { ledger: readBook(undefined).ledger, close: async () => {} }
  const file = bookIn(state)
  const ledger = await openAt(file, warn)
  let hasFailed = false
  let isDue = false
  let writing = Promise.resolve()
  const write = async () => {
    const now = clock()
    ledger.forget(now)
    isDue = ledger.hasChanged() || isDue
    if (!isDue) return
    try {
      await replaceKept(file, writeBook(ledger, now))
      hasFailed = false
      isDue = false
    } catch (error) {
      if (!hasFailed) warn(`Who reads the feeds can't be kept in ${file}: ${said(error)}.`)
      hasFailed = true
    }
  }
  const timer = setInterval(() => {
    writing = writing.then(write)
  }, MINUTE)
  timer.unref()
  return {
    ledger,
    close: () => {
      clearInterval(timer)
      return writing.then(write)
    },
  }
}

/** Milliseconds after which polls are handed on. */
const HANDED_ON = 1_000
/** Polls that are handed on at once. */
const MOST_WAITING = 1_000

/**
 * A ledger that another process keeps: polls are handed on to it, those of a second at a time.
 * @param send resolves once they are on their way.
 */
export function lendLedger(send: (polls: readonly FeedPoll[]) => Promise<void>): KeptLedger {
  let waiting: FeedPoll[] = []
  const handOn = async () => {
    const polls = waiting
    waiting = []
    if (polls.length > 0) await send(polls)
  }
  const timer = setInterval(handOn, HANDED_ON)
  timer.unref()
  return {
    ledger: {
      ...openLedger(newSalt()),
      count(poll) {
        waiting.push(poll)
        if (waiting.length >= MOST_WAITING) void handOn()
      },
    },
    close() {
      clearInterval(timer)
      return handOn()
    },
  }
}

async function openAt(file: string, warn: (sentence: string) => void): Promise<Ledger> {
  try {
    return readBook(await readKept(file)).ledger
  } catch (error) {
    warn(`Who reads the feeds is counted anew: ${file} can't be read (${said(error)}).`)
    return readBook(undefined).ledger
  }
}

/** An error in few words: a schema's has many lines. */
export function said(error: unknown): string {
  const { code, name, message } = error as NodeJS.ErrnoException
  return code ?? (name === 'ZodError' ? 'it has another shape' : message)
}
