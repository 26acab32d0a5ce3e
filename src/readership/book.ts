// The ledger as text: lines of JSON, one or more for each feed, so that no line takes long to write.
import { z } from 'zod'
import { type Ledger, newSalt, openLedger } from './ledger.ts'
import { pollerRecord } from './poller.ts'

const headRecord = z.object({
  readership: z.literal(1),
  /** Milliseconds since 1970. */
  at: z.number(),
  salt: z.string().min(32).max(100),
})
const feedRecord = z.object({
  feed: z.string().max(1000),
  status: z.int().min(100).max(599),
  pollers: z.array(z.tuple([z.string().max(200), pollerRecord])),
})
/** The last line; without it the text was cut off. */
const endRecord = z.object({ lines: z.int() })
/** Pollers in a line. */
const MOST_POLLERS = 500

/** Each line ends with a line feed. */
export function* writeBook(ledger: Ledger, at: number): IterableIterator<string> {
  yield line({ readership: 1, at, salt: ledger.salt })
  let lines = 0
  // What is counted while lines are written gets into this book or the next.
  for (const [feed, { status, pollers }] of [...ledger.feeds()]) {
    const all = [...pollers.entries()]
    for (let at = 0; at < all.length; at += MOST_POLLERS) {
      yield line({ feed, status, pollers: all.slice(at, at + MOST_POLLERS) })
      lines++
    }
  }
  yield line({ lines })
}

/**
 * The ledger that a book was written from; an empty one where there is none.
 * @throws Error where the text is no whole book.
 */
export function readBook(text: string | undefined): { ledger: Ledger; at: number | undefined } {
  if (text === undefined) return { ledger: openLedger(newSalt()), at: undefined }
  const records = text.trimEnd().split('\n').map(parse)
  const head = headRecord.parse(records[0])
  const feeds = records.slice(1, -1).map((record) => feedRecord.parse(record))
  if (endRecord.parse(records.at(-1)).lines !== feeds.length) throw new Error('Lines are missing.')
  const ledger = openLedger(head.salt)
  for (const { feed, status, pollers } of feeds) ledger.restore(feed, status, pollers)
  return { ledger, at: head.at }
}

function line(record: object): string {
  return `${JSON.stringify(record)}\n`
}

function parse(text: string): unknown {
  return JSON.parse(text)
}
