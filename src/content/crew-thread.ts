// One thread of a crew: reads the files that it is told, and answers with their readings as lines.
import { parentPort, workerData } from 'node:worker_threads'
import type { Batch, CrewWork } from './crew.ts'
import { readOne } from './reading.ts'
import { linesOf } from './reading-lines.ts'
import { readSite } from './site.ts'
import type { Spool } from './spool.ts'
import { DONE } from './threads.ts'

/** Bytes of lines that are sent at once: large files must not add up. */
const MOST = 2 * 1024 * 1024

const { root, habits, settings, text, around, media }: CrewWork = workerData
const { site } = readSite(text, settings, media, around)

parentPort?.on('message', (files: Batch) => {
  let parts: Buffer[] = []
  let size = 0
  const send = () => {
    const bytes = new Uint8Array(size)
    let at = 0
    for (const part of parts) {
      bytes.set(part, at)
      at += part.length
    }
    parentPort?.postMessage(bytes, [bytes.buffer])
    parts = []
    size = 0
  }
  for (const [file, stamp] of files) {
    if (site === undefined) break
    const reading = readOne(file, stamp, { root, habits, site, spool: passingSpool() })
    for (const part of linesOf(file, reading, site)) {
      parts.push(part)
      size += part.length
    }
    if (size > MOST) send()
  }
  send()
  parentPort?.postMessage(DONE)
})

/** Holds what is read back at once. */
function passingSpool(): Spool {
  const laid: Buffer[] = []
  return {
    append(text) {
      const bytes =
        typeof text === 'string'
          ? Buffer.from(text)
          : Buffer.from(text.buffer, text.byteOffset, text.length)
      laid.push(bytes)
      return { offset: laid.length - 1, length: bytes.length }
    },
    read: ({ offset }) => laid[offset] as Buffer,
    size: () => 0,
  }
}
