// How long it takes to bring a folder of static files up to date: feeds in RSS alone and unpacked, feeds in every format and
// packed, all with its pages; and each again after one article was changed. Against Hugo making nothing but RSS, unpacked,
// of the same articles, and against the least that making HTML of them takes.
import { appendFileSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { thanHugo, waysOfHugo } from './hugo.mjs'
import { LEAST, takeLeast } from './least.mjs'
import { fileOf, madeFolder, madeSite } from './made.mjs'
import { complete, GAZETTE } from './programs.mjs'
import { askedAlone, compared, inTurns } from './rows.mjs'

export const SIZES = {
  quick: { files: 300, rounds: 1 },
  full: { files: 10_000, rounds: 3 },
}

/** What a deploy may ask for, and how many times faster than Hugo its first export is to be. */
const EXTENTS = {
  'RSS alone': { wishes: ['--formats', 'rss', '--feeds-only', '--unpacked'], least: 10 },
  'every format, packed': { wishes: ['--feeds-only'], least: 1 },
  everything: { wishes: [] },
}
/** The next export after one change: seconds. */
const MOST = 1

export default async function exporting({ files, rounds }) {
  const site = madeSite(files)
  const content = path.join(site, 'content')
  const folders = Object.fromEntries(Object.keys(EXTENTS).map((name) => [name, madeFolder()]))
  const written = {}
  const exportTo = (name) => {
    const [out, state] = ['public', 'state'].map((part) => path.join(folders[name], part))
    const args = ['--content', content, '--out', out, '--state', state, ...EXTENTS[name].wishes]
    return complete(process.execPath, [GAZETTE, 'export', ...args])
  }
  const first = (name) => async () => {
    rmSync(folders[name], { recursive: true, force: true })
    const taken = await exportTo(name)
    const all = readdirSync(path.join(folders[name], 'public'), {
      recursive: true,
      withFileTypes: true,
    })
    written[name] = all.filter((one) => one.isFile()).length
    return taken
  }
  const next = (name) => (round) => {
    // Each of them sees a change that it has not seen before.
    appendFileSync(fileOf(site, files - 1 - round), `\nMore of ${name}.\n`)
    return exportTo(name)
  }
  const again = (name) => `${name}, one change`
  const others = { [LEAST]: () => takeLeast(content, 'html'), ...waysOfHugo(site) }
  const costs = await inTurns(rounds, {
    ...Object.fromEntries(
      Object.keys(EXTENTS).flatMap((name) => [
        [name, first(name)],
        [again(name), next(name)],
      ]),
    ),
    ...others,
  })
  const rows = (what, name, goals) => {
    const some = Object.fromEntries([name, ...Object.keys(others)].map((one) => [one, costs[one]]))
    return [
      compared(`${what}: time`, 's', some, name, { pick: ({ time }) => time / 1_000, ...goals }),
      compared(`${what}: processor`, 's', some, name, {
        pick: ({ processor }) => processor / 1_000,
      }),
    ]
  }
  const of = `${files.toLocaleString('en')} articles`
  return Object.entries(EXTENTS).flatMap(([name, { least }]) => [
    ...rows(`${of} as ${written[name].toLocaleString('en')} files, ${name}`, name, {
      least: least && thanHugo(least),
    }),
    ...rows(again(name), again(name), { most: MOST }),
  ])
}

await askedAlone(import.meta, exporting, SIZES)
