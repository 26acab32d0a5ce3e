// One thread of a crew: reads the files that it is told, and answers with their readings as lines.
import { parentPort, workerData } from 'node:worker_threads'
import type { Batch, CrewWork } from './crew.ts'
import { readOne } from './reading.ts'
import { linesOf } from './reading-lines.ts'
import { readSite } from './site.ts'
import { createSpool } from './spool.ts'

const { root, habits, settings, text, around, media }: CrewWork = workerData
const { site } = readSite(text, settings, media, around)

parentPort?.on('message', (files: Batch) => {
  // A spool of its own for each batch: it never gets so large that it would be written.
  const work = { root, habits, site, spool: createSpool() }
  const readings = files.map(([file, stamp]) => [file, readOne(file, stamp, work)] as const)
  const parts = readings.flatMap(([file, reading]) => (site ? linesOf(file, reading, site) : []))
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  parentPort?.postMessage(bytes, [bytes.buffer])
})
