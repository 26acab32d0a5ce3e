// How long after one file of many was saved its feed is served anew, as who asks every few milliseconds sees it: a part of
// that is the time without another save after which a burst of them is over. Then come the reading of the
// folder and the publication alone, as the server's log tells, and how many of the other feeds have another tag, which
// should be none. Then the same where each article shows a picture, and so depends on another file.
import { appendFileSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileOf, madeFolder, madeSite } from './made.mjs'
import { processorTime, quiet, serve, stop, tagOf } from './programs.mjs'
import { askedAlone, compared, inTurns, row } from './rows.mjs'

export const SIZES = {
  quick: { files: 10_000, rounds: 15 },
  full: { files: 100_000, rounds: 15 },
}
/** Bytes of the largest body: a hundred thousand files are to fit. */
const MOST = 4_000

export default async function change(sizes) {
  return [
    ...(await changeOf(sizes, 'files', { most: MOST })),
    ...(await changeOf(sizes, 'files with pictures', { most: MOST, isIllustrated: true })),
  ]
}

async function changeOf({ files, rounds }, what, options) {
  const site = madeSite(files, options)
  const log = path.join(madeFolder(), 'log')
  const gazette = await serve(path.join(site, 'content'), madeFolder(), { more: ['--log', log] })
  await quiet(gazette)
  const others = await otherFeeds(gazette)
  const before = await tagsOf(gazette, others)
  const costs = await inTurns(rounds, {
    save: async (round) => {
      const used = processorTime(gazette)
      const time = await saveAndSee(gazette, fileOf(site, files - 1 - round), round)
      await quiet(gazette)
      const processor = (processorTime(gazette) - used) / 1_000
      return { time, processor, start: gazette.ready }
    },
  })
  const after = await tagsOf(gazette, others)
  const moved = others.filter((_, at) => before[at] !== after[at]).length
  await stop(gazette)
  const readings = readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line.includes('The folder was read again.'))
    .map((line) => JSON.parse(line).ms)
  const of = `one of ${files.toLocaleString('en')} ${what}`
  const read = { reading: readings, start: readings.map(() => gazette.ready) }
  return [
    compared(`${of}: saved until served`, 'ms', costs, 'save', { pick: ({ time }) => time }),
    compared(`${of}: noticed until served`, 'ms', read, 'reading', { most: 100 }),
    compared(`${of}: processor`, 'ms', costs, 'save', { pick: ({ processor }) => processor }),
    row(`${others.length} other feeds: tags that moved`, moved, '', 0),
  ]
}

/** Milliseconds until a feed has what is added to an article that it carries. */
async function saveAndSee({ address }, file, round) {
  const feed = `${address}rss.xml`
  const mark = `Saved for the ${round}th time.`
  const { headers } = await fetch(feed)
  const began = performance.now()
  appendFileSync(file, `\n${mark}\n`)
  for (;;) {
    const answer = await fetch(feed, { headers: { 'if-none-match': headers.get('etag') } })
    const text = await answer.text()
    if (answer.status === 200 && text.includes(mark)) return performance.now() - began
    if (performance.now() - began > 60_000) throw new Error(`${file} was saved, and nothing came.`)
    await setTimeout(3)
  }
}

/** Feeds that carry none of the articles that are saved, which are the newest: what was published until the first day. */
async function otherFeeds({ address }) {
  const terms = (await (await fetch(`${address}feeds.opml`)).text()).matchAll(
    /xmlUrl="[^"]*?\/((?:tags|authors|categories)\/[^"]*rss\.xml)"/g,
  )
  return [...terms].slice(0, 200).map(([, path]) => `${path}?until=2010-01-01`)
}

async function tagsOf({ address }, feeds) {
  const tags = []
  for (const feed of feeds) tags.push(await tagOf(address + feed))
  return tags
}

await askedAlone(import.meta, change, SIZES)
