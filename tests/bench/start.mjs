// How long a start takes with a folder of Markdown files, until the line that says it is ready: cold, with an empty
// folder of state, and warm, with what the start before kept there; against Hugo making nothing but RSS of the folder, and
// against the least that reading it takes.
import { rmSync } from 'node:fs'
import path from 'node:path'
import { thanHugo, waysOfHugo } from './hugo.mjs'
import { LEAST, takeLeast } from './least.mjs'
import { madeFolder, madeSite } from './made.mjs'
import { quiet, serve, stop, takenBy } from './programs.mjs'
import { askedAlone, compared, inTurns } from './rows.mjs'

export const SIZES = {
  quick: { files: 5_000, rounds: 3 },
  full: { files: 50_000, rounds: 3 },
}

export default async function start({ files, rounds }) {
  const site = madeSite(files)
  const state = madeFolder()
  const started = async () => {
    const gazette = await serve(path.join(site, 'content'), state)
    const taken = { time: gazette.ready, ...takenBy(gazette) }
    // What the next start needs is written after this one is ready.
    await quiet(gazette)
    await stop(gazette)
    return taken
  }
  const costs = await inTurns(rounds, {
    cold: () => {
      rmSync(state, { recursive: true })
      return started()
    },
    warm: started,
    [LEAST]: () => takeLeast(path.join(site, 'content'), 'values'),
    ...waysOfHugo(site),
  })
  const of = `${files.toLocaleString('en')} files`
  const { warm, ...withoutWarm } = costs
  const rows = (name, some, least) => [
    compared(`${name}, ${of}: ready`, 's', some, name, { pick: ({ time }) => time / 1_000, least }),
    compared(`${name}, ${of}: processor`, 's', some, name, {
      pick: ({ processor }) => processor / 1_000,
    }),
    compared(`${name}, ${of}: memory at most`, 'MiB', some, name, { pick: ({ memory }) => memory }),
  ]
  return [...rows('cold', withoutWarm, thanHugo(4)), ...rows('warm', costs, { cold: 4 })]
}

await askedAlone(import.meta, start, SIZES)
