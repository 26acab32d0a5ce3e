// Entries as they are written: each once, however many documents carry it, for as long as there is room.
import type { Entry } from '../domain/entries.ts'
import { type WrittenEntry, writtenEntry } from './delta.ts'

export interface WrittenEntries {
  /**
   * What gives the entries of a document as they are written.
   * @param form all that an entry's text depends on beside the entry.
   */
  readonly writer: (form: string, write: (entry: Entry) => string) => Writer
}

type Writer = (entry: Entry) => WrittenEntry

/** By form. Held weakly: what was written of an entry goes with it. */
type Generation = Map<string, WeakMap<Entry, WrittenEntry>>

/** Gives each text memory of its own: a Buffer cut from Node's shared pool keeps the pool alive, four times as much. */
const UTF_8 = new TextEncoder()

/** @param bound bytes, in two generations: what isn't asked for while half of them fill with others, twice, is forgotten. */
export function createWrittenEntries(bound: number): WrittenEntries {
  let recent: Generation = new Map()
  let earlier: Generation = new Map()
  let bytes = 0
  return {
    writer(form, write) {
      if (bytes > bound / 2) {
        earlier = recent
        recent = new Map()
        bytes = 0
      }
      const known = recent.get(form) ?? new WeakMap<Entry, WrittenEntry>()
      recent.set(form, known)
      const before = earlier.get(form)
      return (entry) => {
        const found = known.get(entry)
        if (found !== undefined) return found
        const written =
          before?.get(entry) ?? writtenEntry(entry.article.id, UTF_8.encode(write(entry)))
        known.set(entry, written)
        bytes += written.bytes.length
        return written
      }
    },
  }
}
