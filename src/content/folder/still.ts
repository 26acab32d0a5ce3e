// A folder that others write to while it is read, as it was at one moment: two files that were changed together are one change.
import type { Content } from './folder.ts'

/** Readings at most; who writes without a pause is not waited for. */
const MOST = 4
/** Milliseconds after which nothing is read once more: a large file that grows all the time would never be published. */
const PATIENCE = 1_000

/**
 * Reads until a reading finds what the one before it found: then nothing that it looked at has changed since, and all of it lay
 * there together. What is remembered makes the second cheap.
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
