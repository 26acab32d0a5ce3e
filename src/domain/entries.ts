// Entries in their order: where one stands, which came and left, and the list without some and with others.
import type { Article, Link } from './article.ts'
import { type Moves, partition } from './postings.ts'

/** An article as the feeds carry it: its references to other articles led to what is published now. */
export interface Entry {
  readonly article: Article
  readonly related: readonly Link[]
}

/** Newest first; ties in the order of their ids. */
export function newestFirst(a: Article, b: Article): number {
  return b.published - a.published || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

/** Where an article stands, or would. */
function placeOf(entries: readonly Entry[], article: Article): number {
  return partition(entries.length, (at) => newestFirst((entries[at] as Entry).article, article) < 0)
}

/** -1 of an article that isn't among the entries. */
export function positionOf(entries: readonly Entry[], article: Article): number {
  const at = placeOf(entries, article)
  return entries[at]?.article === article ? at : -1
}

const NO_LINKS: readonly Link[] = []

/**
 * The entries without those of articles that left, and with those that came, whose related links are still to be found.
 * @param came newest first.
 * @returns also the former positions of those that left, ascending.
 */
export function moved(
  before: readonly Entry[],
  left: readonly Article[],
  came: readonly Article[],
): { entries: Entry[]; moves: Moves & { readonly left: readonly number[] } } {
  const leaving = left.map((article) => positionOf(before, article)).filter((at) => at >= 0)
  leaving.sort((a, b) => a - b)
  const entries: Entry[] = []
  const to = new Int32Array(before.length).fill(-1)
  const added: number[] = []
  let from = 0
  let next = 0
  /** Copies up to a place, without looking at what stays. */
  const keep = (until: number) => {
    for (; from < until; from++) {
      if (from === leaving[next]) next++
      else {
        to[from] = entries.length
        entries.push(before[from] as Entry)
      }
    }
  }
  for (const article of came) {
    keep(placeOf(before, article))
    added.push(entries.length)
    entries.push({ article, related: NO_LINKS })
  }
  keep(before.length)
  return { entries, moves: { to, added, left: leaving } }
}

/** The entries of each of two catalogs that the other doesn't have; both are in the same order, so one walk tells. */
export function differences(
  before: { readonly entries: readonly Entry[] },
  after: { readonly entries: readonly Entry[] },
): { left: readonly Entry[]; came: readonly Entry[] } {
  const left: Entry[] = []
  const came: Entry[] = []
  let [at, to] = [0, 0]
  while (at < before.entries.length || to < after.entries.length) {
    const [was, is] = [before.entries[at], after.entries[to]]
    // Nearly all are the same: nothing of them is looked at.
    if (was !== undefined && was === is) {
      at++
      to++
      continue
    }
    const order =
      was === undefined ? 1 : is === undefined ? -1 : newestFirst(was.article, is.article)
    if (order <= 0) left.push(before.entries[at++] as Entry)
    if (order >= 0) came.push(after.entries[to++] as Entry)
  }
  return { left, came }
}
