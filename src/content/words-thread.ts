// One thread that makes the words of articles: it is given batches of what they are made of.
import { parentPort } from 'node:worker_threads'
import { makeLate } from './article-words.ts'
import { DONE } from './threads.ts'
import type { Made, Waiting } from './words-ahead.ts'

parentPort?.on('message', (batch: readonly Waiting[]) => {
  const made: Made = batch.map(([bytes, link]) => {
    const unmade = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    return new Uint8Array(Buffer.from(JSON.stringify(makeLate(unmade, link))))
  })
  parentPort?.postMessage(
    made,
    made.map(({ buffer }) => buffer as ArrayBuffer),
  )
  parentPort?.postMessage(DONE)
})
