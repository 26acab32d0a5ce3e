// Searches under way: texts are looked through a few at a time, so that nobody else waits for them.
import { setImmediate } from 'node:timers/promises'
import type { Catalog } from '../domain/catalog.ts'
import { type Earlier, foundBefore, search } from '../domain/search.ts'

export interface Searches {
  /** Looks for words in the current catalog, once for all who wait for the same; one search after the other. */
  readonly look: (current: () => Catalog, words: readonly string[]) => Promise<'found' | 'busy'>
}

/** Milliseconds for which texts are looked through before others have their turn. */
const TURN = 8
/** Catalogs that may come while one is looked through, before whoever waits is answered at once. */
const MOST_CATALOGS = 3
/** Searches that may wait for their turn. */
const MOST_WAITING = 20
/** Catalogs whose findings help the next search for the same words; each is kept whole for that. */
const REMEMBERED = 8

export function createSearches(): Searches {
  /** Those that were looked through last, the newest first. */
  let looked: readonly Catalog[] = []
  const running = new Map<string, Promise<void>>()
  let line: Promise<unknown> = Promise.resolve()

  async function lookThrough(catalog: Catalog, words: readonly string[]): Promise<void> {
    const searching = search(catalog, words, earlierIn(looked, words))
    for (let until = performance.now() + TURN; searching.next().done !== true; ) {
      if (performance.now() < until) continue
      await setImmediate()
      until = performance.now() + TURN
    }
    looked = [catalog, ...looked.filter((one) => one !== catalog)].slice(0, REMEMBERED)
  }

  function start(catalog: Catalog, words: readonly string[]): Promise<void> {
    const key = words.join(' ')
    const started = line.then(() => lookThrough(catalog, words)).finally(() => running.delete(key))
    line = started.catch(() => {})
    running.set(key, started)
    return started
  }

  return {
    async look(current, words) {
      for (let turn = 0; turn < MOST_CATALOGS; turn++) {
        const catalog = current()
        if (foundBefore(catalog, words) !== undefined) break
        const known = running.get(words.join(' '))
        if (known === undefined && running.size >= MOST_WAITING) return 'busy'
        await (known ?? start(catalog, words))
      }
      return 'found'
    },
  }
}

function earlierIn(looked: readonly Catalog[], words: readonly string[]): Earlier | undefined {
  for (const catalog of looked) {
    const posting = foundBefore(catalog, words)
    if (posting !== undefined) return { catalog, posting }
  }
  return undefined
}
