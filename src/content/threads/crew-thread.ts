// One thread of a crew: reads the files that it is told, and answers with blocks of their readings.
import { workerData } from 'node:worker_threads'
import { readOne } from '../folder/reading.ts'
import { type BlockText, blockWriter, canWrite } from '../keeping/reading-blocks.ts'
import { joinSpool } from '../keeping/spool.ts'
import { readSite } from '../site/site.ts'
import type { Batch, CrewWork } from './crew.ts'
import { answerBatches } from './threads.ts'

/** Articles of a file that are written as one. */
const MOST = 10_000

// Buffers that live as long as a file are cut from blocks of this many bytes: to ask the system for each took a tenth.
Buffer.poolSize = 1024 * 1024

const { root, habits, settings, text, around, media, spool: shared }: CrewWork = workerData
const { site } = readSite(text, settings, media, around)
const spool = joinSpool(shared)

answerBatches<Batch[number], BlockText>((files, answer) => {
  if (site === undefined) return
  // Another for each block: those of other threads come between, and what one says is forgotten behind it.
  let block = blockWriter(site, spool)
  const send = () => {
    spool.flush()
    answer(block.close())
    block = blockWriter(site, spool)
  }
  for (const [file, stamp] of files) {
    const before = spool.end()
    const reading = readOne(file, stamp, { root, habits, site, spool })
    const { articles = [] } = reading.made ?? {}
    if (articles.length > MOST || !canWrite(reading, site)) {
      spool.cut(before)
      continue
    }
    block.addFile(file, reading)
    for (const [article] of articles) block.addArticle(article)
    if (block.isFull()) send()
  }
  send()
})
