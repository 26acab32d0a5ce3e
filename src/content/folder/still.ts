// Reads a folder as it was at one moment, though others write to it: two files changed together are one change.
import type { Content } from './folder.ts'

/** Readings at most: nobody waits for a writer who never pauses. */
const MOST = 4
/** Milliseconds after which no further reading begins: a large file that keeps growing would never be published. */
const PATIENCE = 1_000

/**
 * Reads until two readings in a row find the same: then all of it lay there together at one moment. Memory makes the
 * second reading cheap.
 */
export async function readStill(read: () => Promise<Content>): Promise<Content> {
  const begun = performance.now()
  let content = await read()
  for (let readings = 1; readings < MOST && performance.now() - begun < PATIENCE; readings++) {
    const again = await read()
    if (isSame(again, content)) return again
    content = again
  }
  return content
}

function isSame(one: Content, other: Content): boolean {
  return (
    one.publication === other.publication &&
    one.articles.length === other.articles.length &&
    one.articles.every((article, at) => article === other.articles[at])
  )
}
