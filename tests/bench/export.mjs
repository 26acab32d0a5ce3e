// How long it takes to bring a folder of static files up to date: everything, with what is packed beside it, and again
// after one article was changed; against Hugo making nothing but RSS, unpacked, of the same articles.
import { appendFileSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { fileOf, madeFolder, madeSite } from './made.mjs'
import { complete, GAZETTE, isInstalled } from './programs.mjs'
import { askedAlone, compared, inTurns } from './rows.mjs'
import { buildWithHugo } from './start.mjs'

export const SIZES = {
  quick: { files: 300, rounds: 1 },
  full: { files: 10_000, rounds: 3 },
}

export default async function exporting({ files, rounds }) {
  const site = madeSite(files)
  const content = path.join(site, 'content')
  const out = path.join(madeFolder(), 'public')
  const exported = (...more) => {
    const args = [GAZETTE, 'export', '--content', content, '--out', out, ...more]
    return complete(process.execPath, args)
  }
  let written = 0
  const costs = await inTurns(rounds, {
    everything: async () => {
      rmSync(out, { recursive: true, force: true })
      const taken = await exported()
      written = readdirSync(out, { recursive: true }).length
      return taken
    },
    'one change': (round) => {
      appendFileSync(fileOf(site, files - 1 - round), '\nMore.\n')
      return exported()
    },
    ...(isInstalled('hugo') ? { Hugo: () => buildWithHugo(site) } : {}),
  })
  const of = `${files.toLocaleString('en')} articles`
  const { 'one change': _, ...first } = costs
  const rows = (what, some, name, goals) => [
    compared(`${what}: time`, 's', some, name, { pick: ({ time }) => time / 1_000, ...goals }),
    compared(`${what}: processor`, 's', some, name, { pick: ({ processor }) => processor / 1_000 }),
  ]
  return [
    ...rows(`${of} as ${written.toLocaleString('en')} files`, first, 'everything', {
      least: { Hugo: 1 },
    }),
    ...rows(`one change in ${of}`, costs, 'one change', { most: 1 }),
  ]
}

await askedAlone(import.meta, exporting, SIZES)
