// How much memory a server takes once everything is read and collected: for each of many articles in Markdown files, and
// of many headers in one file of lines, beyond what it takes for none; and what it grows by in the second half of many
// different filters, which should be next to nothing.
import path from 'node:path'
import { madeFolder, madeLines, madeSite } from './made.mjs'
import { memoryOf, quiet, serve, stop, tagOf } from './programs.mjs'
import { askedAlone, row } from './rows.mjs'

export const SIZES = {
  quick: { files: 10_000, lines: 50_000, filters: 4_000 },
  full: { files: 100_000, lines: 1_000_000, filters: 100_000 },
}
/** Bytes of the largest body, where the mean is to be 2 kB. */
const MOST = 5_000
/** MiB, of the sizes for which there is a goal. */
const GOALS = { 100000: 400, 1000000: 2_500 }
/** MiB. */
const MOST_GROWTH = 24
/** The part of what was kept that is kept after another collection, where that is all. */
const STILL = 0.98
/** Requests under way at a time. */
const CLIENTS = 4

export default async function memory({ files, lines, filters }) {
  const nothing = await served(madeLines(0))
  const none = await settled(nothing)
  await stop(nothing)
  const rows = (count, kind, most, now) => {
    const what = `${count.toLocaleString('en')} ${kind}`
    return [
      row(`${what}: at most`, most, 'MiB'),
      row(`${what}: collected`, now, 'MiB', GOALS[what]),
      row(`${what}: each`, ((now - none) * 1024) / count, 'kB'),
    ]
  }

  const headers = await served(madeLines(lines))
  const afterLines = await settled(headers)
  const { most: mostOfLines } = memoryOf(headers)
  await stop(headers)

  const markdown = await served(path.join(madeSite(files, { most: MOST }), 'content'))
  const afterFiles = await settled(markdown)
  const { most: mostOfFiles } = memoryOf(markdown)
  await askDifferently(markdown, 0, filters / 2)
  const half = await settled(markdown)
  await askDifferently(markdown, filters / 2, filters)
  const whole = await settled(markdown)
  await stop(markdown)
  return [
    ...rows(files, 'files', mostOfFiles, afterFiles),
    ...rows(lines, 'lines', mostOfLines, afterLines),
    row(`${filters.toLocaleString('en')} filters: the first half`, half - afterFiles, 'MiB'),
    row(
      `${filters.toLocaleString('en')} filters: the second half`,
      whole - half,
      'MiB',
      MOST_GROWTH,
    ),
  ]
}

/** A server that collects its garbage when it is told to. */
function served(folder) {
  const collect = 'data:text/javascript,process.on("SIGUSR2",()=>globalThis.gc())'
  return serve(folder, madeFolder(), { node: ['--expose-gc', '--import', collect] })
}

/**
 * MiB that a server keeps when it has nothing to do and its garbage is collected: the runtime gives back what it has room for
 * beyond that little by little, and how much of it is left after one collection is chance.
 */
async function settled(server) {
  await quiet(server)
  let now = Infinity
  for (;;) {
    server.child.kill('SIGUSR2')
    await quiet(server)
    const before = now
    now = memoryOf(server).now
    if (now > before * STILL) return now
  }
}

/** Asks for feeds that nobody asked for before: the first `from` of them, and `to` more. */
async function askDifferently({ address }, from, to) {
  let next = from
  const client = async () => {
    while (next < to) {
      const number = next++
      // Of all the times of the year, of one of the many tags or of the others.
      const until = new Date(Date.UTC(2010, 0, 2) + number * 60_000).toISOString()
      const tag = `${number % 2 === 0 ? '' : '-'}tag-${number % 40}`
      await tagOf(`${address}rss.xml?tag=${tag}&until=${until}`)
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, client))
}

await askedAlone(import.meta, memory, SIZES)
