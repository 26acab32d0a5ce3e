// A journal in memory that outlives who opened it, and that several may have open, as they may a file.
import { type Journal, memoryJournal } from '../../../src/websub/journal.ts'
import type { QueueEvent } from '../../../src/websub/queue.ts'

/** What opens it. */
export function sharedJournal(): () => Journal {
  const events: QueueEvent[] = []
  return () => {
    let read = 0
    return {
      ...memoryJournal(),
      append: async (more) => void events.push(...more),
      read: async () => {
        const since = events.slice(read)
        read = events.length
        return { events: since, isWhole: false }
      },
    }
  }
}
