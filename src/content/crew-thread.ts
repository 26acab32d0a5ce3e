// One thread of a crew: reads the files that it is told, and answers with blocks of their readings.
import { workerData } from 'node:worker_threads'
import type { Batch, CrewWork } from './crew.ts'
import type { FileReading } from './making.ts'
import { readOne } from './reading.ts'
import { type Block, canWrite, type OpenBlock, openBlock } from './reading-blocks.ts'
import { readSite, type Site } from './site.ts'
import { answerBatches } from './threads.ts'

/** Articles of a file that are written as one. */
const MOST = 10_000

// Buffers that live as long as a file are cut from blocks of this many bytes: to ask the system for each took a tenth.
Buffer.poolSize = 1024 * 1024

const { root, habits, settings, text, around, media }: CrewWork = workerData
const { site } = readSite(text, settings, media, around)

answerBatches<Batch[number], Block>((files, answer) => {
  if (site === undefined) return
  let block = openBlock(site)
  const send = () => {
    const closed = block.close()
    answer(closed, [closed.words.buffer])
    block = openBlock(site)
  }
  for (const [file, stamp] of files) {
    const { page } = block
    const before = page.size()
    const reading = readOne(file, stamp, { root, habits, site, spool: page })
    if (!add(block, file, reading, site)) page.cut(before)
    if (block.isFull()) send()
  }
  send()
})

function add(block: OpenBlock, file: string, reading: FileReading, site: Site): boolean {
  const { articles = [] } = reading.made ?? {}
  if (articles.length > MOST || !canWrite(reading, site)) return false
  block.addFile(file, reading)
  for (const [article] of articles) block.addArticle(article)
  return true
}
