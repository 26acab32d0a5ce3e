// Makes the words of many articles on all cores before they are asked for, where all of them will be.
import type { Article } from '../../domain/article.ts'
import { layWords, unmadeAmong, unmadeOf } from '../keeping/laid-article.ts'
import { hasThreads, onThreads } from './threads.ts'

/** What an article's words are to be made of, as `writeUnmade` writes it, and their address. */
export type Waiting = readonly [unmade: Uint8Array, link: string]

/** The words of a batch, as `writeMade` writes them, in its order. */
export type Made = readonly Uint8Array[]

/** With fewer articles, starting threads costs more than it saves. */
const WORTH_THREADS = 500
/** Articles of a batch: about twenty milliseconds of work. */
const BATCH = 25

/**
 * What the threads don't finish is made when it is asked for, as always.
 * @param progress is told for how many articles words are made, of those that lacked them.
 * @throws the system's error, where there is no room for the words.
 */
export async function makeWordsAhead(
  articles: readonly Article[],
  progress: (done: number, of: number) => void,
): Promise<void> {
  const waiting = unmadeAmong(articles)
  if (waiting.length < WORTH_THREADS || !hasThreads()) return
  let given = 0
  const batches = new Map<readonly Waiting[], typeof waiting>()
  const next = (): readonly Waiting[] => {
    const some = waiting.slice(given, given + BATCH)
    given += BATCH
    // Copies: of a view, the whole buffer behind it would be sent.
    const batch = some.map((one): Waiting => [new Uint8Array(unmadeOf(one)), one.link])
    batches.set(batch, some)
    return batch
  }
  let done = 0
  await onThreads<Waiting, Made>(new URL('words-thread.js', import.meta.url), {
    next,
    hear(made, batch) {
      for (const [at, article] of (batches.get(batch) ?? []).entries())
        layWords(article, made[at] as Uint8Array)
      batches.delete(batch)
      done += made.length
      progress(done, waiting.length)
    },
  })
}
