// The words of many articles made before they are asked for, on all cores there are: for what will ask for all of them.
import type { Article } from '../../domain/article.ts'
import { layWords, unmadeAmong, unmadeOf } from '../keeping/laid-article.ts'
import { hasThreads, onThreads } from './threads.ts'

/** What an article's words are to be made of, as `writeUnmade` writes it, and their address. */
export type Waiting = readonly [unmade: Uint8Array, link: string]

/** The words of a batch, as `writeMade` writes them, in its order. */
export type Made = readonly Uint8Array[]

/** Articles below which threads take longer to get going than they save. */
const WORTH_THREADS = 500
/** Articles of a batch: some twenty milliseconds of work. */
const BATCH = 25

/**
 * What threads don't finish is made when it is asked for, as ever.
 * @param progress is told how many of the words that were still to be made are.
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
    // Copies: with a view, all that it is a view of would be sent.
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
