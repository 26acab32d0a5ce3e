// A thread of a crew: reads the files that it is given, and answers with blocks of readings.
import { workerData } from 'node:worker_threads'
import { NOTHING_ASKED } from '../articles/making.ts'
import { type Measures, measuredMedia } from '../folder/measured-media.ts'
import { readOne } from '../folder/reading.ts'
import { type BlockText, blockWriter, canWrite } from '../keeping/reading-blocks.ts'
import { joinSpool } from '../keeping/spool.ts'
import { readSite } from '../site/site.ts'
import type { Batch, CrewWork } from './crew.ts'
import { answerBatches } from './threads.ts'

/** Most articles of one file; a larger file is left to the main thread. */
const MOST = 10_000

// Buffers that live as long as a file are cut from pools of this many bytes: allocating each took a tenth of the time.
Buffer.poolSize = 1024 * 1024

const { root, habits, settings, text, around, media, spool: shared }: CrewWork = workerData
const { site } = readSite(text, settings, media, around)
const spool = joinSpool(shared)
const measures: Measures = { measured: new Map() }
const shown = measuredMedia(root, media, new Map(), measures)

answerBatches<Batch[number], BlockText>((files, answer) => {
  if (site === undefined) return
  // A new writer for each block, which stands alone: blocks of other threads come between.
  let block = blockWriter(site, spool)
  const send = () => {
    spool.flush()
    answer(block.close())
    block = blockWriter(site, spool)
  }
  for (const [file, stamp] of files) {
    const before = spool.end()
    const reading = readOne(file, stamp, { root, habits, site, spool }, shown)
    const { articles = [], asked = NOTHING_ASKED } = reading.made ?? {}
    const isRefused = [...asked.media.keys()].some((one) => measures.refused?.has(one))
    if (articles.length > MOST || isRefused || !canWrite(reading, site)) {
      spool.cut(before)
      continue
    }
    block.addFile(file, reading)
    for (const [article] of articles) block.addArticle(article)
    if (block.isFull()) send()
  }
  send()
})
