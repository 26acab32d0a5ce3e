// A thread that makes the words of articles from batches of what they are made of.
import { makeLate } from '../articles/article-words.ts'
import { writeMade } from '../keeping/laid-words.ts'
import { answerBatches } from './threads.ts'
import type { Made, Waiting } from './words-ahead.ts'

answerBatches<Waiting, Made>((batch, answer) => {
  const made = batch.map(([bytes, link]) => {
    const unmade = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    // A copy of its own, to be handed over.
    return new Uint8Array(writeMade(makeLate(unmade, link)))
  })
  answer(
    made,
    made.map(({ buffer }) => buffer),
  )
})
