// A search: which entries of a catalog have a query's words. Each text is looked through once for a query and a catalog.
import type { Catalog } from './catalog.ts'
import type { Entry } from './entries.ts'
import { hasWords } from './filter.ts'
import { type Posting, positionsIn, postingOf } from './postings.ts'

/** What was found in a catalog, by words. */
const found = new WeakMap<Catalog, Map<string, Posting>>()
/** Searches of a catalog that are remembered. */
const MOST = 200

/** What an earlier catalog was found to have. */
export interface Earlier {
  readonly catalog: Catalog
  readonly posting: Posting
}

/** The entries that have all the words, where they were looked for already. */
export function foundBefore(catalog: Catalog, words: readonly string[]): Posting | undefined {
  return found.get(catalog)?.get(words.join(' '))
}

/** The entries that have all the words; looked for at once where nobody did before. */
export function find(catalog: Catalog, words: readonly string[]): Posting {
  const known = foundBefore(catalog, words)
  if (known !== undefined) return known
  const searching = search(catalog, words)
  for (;;) {
    const { done, value } = searching.next()
    if (done === true) return value
  }
}

/**
 * Looks for words in one text after the other, and remembers where they are. Between two texts others may have their
 * turn.
 * @param earlier what the same words were found in before: an entry that is the same has the same words.
 */
export function* search(
  catalog: Catalog,
  words: readonly string[],
  earlier?: Earlier,
): Generator<void, Posting> {
  const { entries } = catalog
  const before = earlier === undefined ? undefined : new Set(entriesOf(earlier))
  const old = earlier === undefined ? undefined : new Set(earlier.catalog.entries)
  const positions: number[] = []
  for (let at = 0; at < entries.length; at++) {
    const entry = entries[at] as Entry
    if (old?.has(entry) === true) {
      if (before?.has(entry) === true) positions.push(at)
      continue
    }
    if (hasWords(entry.article, words)) positions.push(at)
    yield
  }
  const posting = postingOf(positions, entries.length)
  remember(catalog, words, posting)
  return posting
}

function entriesOf({ catalog, posting }: Earlier): Entry[] {
  return positionsIn(posting).map((position) => catalog.entries[position] as Entry)
}

function remember(catalog: Catalog, words: readonly string[], posting: Posting): void {
  const all = found.get(catalog) ?? new Map<string, Posting>()
  found.set(catalog, all)
  const [oldest] = all.keys()
  if (all.size >= MOST && oldest !== undefined) all.delete(oldest)
  all.set(words.join(' '), posting)
}
