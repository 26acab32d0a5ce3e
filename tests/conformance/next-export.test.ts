// Whatever changes between two exports, the next one leaves the folder as a new one would have made it.
import { readdirSync, readFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { run } from '../../src/commands/commands.ts'
import { remove, written } from '../quick/support/folder.ts'

/** Sequences of changes; each of their exports is made twice, and asked for once more. */
const RUNS = 15

/** Said now and then. */
const seldom = <T>(...values: T[]) =>
  fc.option(fc.constantFrom(...values), { freq: 3, nil: undefined })

/** What `site.yaml` says, all of it shown somewhere. */
const site = fc.record({
  title: fc.constantFrom('Harbour Post', 'Quay Post'),
  description: seldom('Of ships.', 'Of boats.'),
  language: seldom('en', 'zh-Hans'),
  timezone: seldom('UTC', 'Asia/Shanghai'),
  rights: seldom({ copyright: '© Harbour Post' }),
  contact: seldom({ email: 'desk@harbour.example' }),
  logo: seldom({ file: 'crane.svg' }),
  permalink: seldom('/:year/:slug/'),
  taxonomy: fc.record({
    tags: fc.record({
      quay: seldom({ label: 'The quay' }, { description: 'Where ships lie.' }),
      steam: seldom<object>({ renamedTo: 'quay' }, { retired: 'They sail no more.' }),
    }),
    sections: fc.record({ news: seldom({ label: 'The news' }, { description: 'All of it.' }) }),
    authors: fc.record({ newsroom: seldom({ label: 'The room' }, { description: 'All of us.' }) }),
  }),
  feeds: fc.record({
    sport: seldom<object>(
      { title: 'Sport', filter: { tag: 'sport' } },
      { title: 'Sport', filter: { tag: 'sport' }, limit: 1 },
      { filter: { author: 'Newsroom' }, content: 'summary' },
    ),
  }),
})

const NAMES = ['a', 'b', 'c', 'd'] as const
const DATES = ['2026-03-09T08:30:00Z', '2026-03-10T08:30:00Z'] as const

/** What an article says, all of it shown somewhere, or moving it. */
const article = fc.record({
  title: fc.constantFrom('Ferry', 'Crane', '渡口'),
  published: fc.constantFrom(...DATES),
  updated: seldom('2026-03-11T08:30:00Z', '2026-03-12T08:30:00Z'),
  summary: seldom('Short.', 'Shorter.'),
  tags: fc.subarray(['quay', 'sport', 'steam', 'C++']),
  sections: fc.subarray(['News', 'News/Local', 'Finance']),
  authors: fc.subarray(['Newsroom', 'Ann']),
  language: seldom('en', 'fr'),
  slug: seldom('one', 'two'),
  url: seldom('https://elsewhere.example/1'),
  draft: seldom(true, false),
  expires: seldom('2026-04-01T00:00:00Z', '2126-04-01T00:00:00Z'),
  withdrawn: seldom({ at: '2026-04-01T00:00:00Z', reason: 'Wrong.' }),
  pictures: seldom([{ file: 'crane.svg', alt: 'A crane' }]),
  related: seldom(['a'], ['one']),
  sources: seldom([{ title: 'The harbour', url: 'https://harbour.example/' }]),
  rights: seldom({ reprint: 'Ask.' }),
})
const body = fc.constantFrom('Words.', 'Other words.', '![A crane](crane.svg)', '[B](b.md)')

const change = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constantFrom(...NAMES), article, body) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...NAMES)) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('site' as const), site) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('crane' as const), fc.constantFrom(40, 50)) },
)
type Change = readonly [what: string, said?: unknown, text?: string]

const WISHES = [
  [],
  ['--unpacked'],
  ['--unpacked', '--feeds-only'],
  ['--unpacked', '--formats', 'rss'],
  ['--unpacked', '--formats', 'atom,json'],
] as const

async function apply(content: string, [what, said, text]: Change) {
  const file = (name: string) => path.join(content, name)
  if (what === 'site') await writeFile(file('site.yaml'), JSON.stringify(said))
  else if (what === 'crane')
    await writeFile(
      file('crane.svg'),
      `<svg xmlns="http://www.w3.org/2000/svg" width="${said}" height="30"/>`,
    )
  else if (said === undefined) await rm(file(`${what}.md`), { force: true })
  else
    await writeFile(
      file(`${what}.md`),
      `---\n${JSON.stringify({ id: what, ...(said as object) })}\n---\n${text}\n`,
    )
}

async function exportTo(content: string, out: string, wishes: readonly string[]) {
  const printed: string[] = []
  const args = ['export', '--content', content, '--out', out, '--state', `${out}-state`]
  const code = await run(
    [...args, '--url', 'https://harbour.example/', '--json', ...wishes],
    {},
    { print: (line) => void printed.push(line), error: () => {} },
  )
  expect(code).toBe(0)
  const { written, removed }: Record<string, string[]> = JSON.parse(printed.join(''))
  return { written, removed }
}

function contentsOf(folder: string): Record<string, string> {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = all.filter((one) => one.isFile()).map((one) => path.join(one.parentPath, one.name))
  return Object.fromEntries(
    files.sort().map((file) => [path.relative(folder, file), readFileSync(file, 'latin1')]),
  )
}

it('the next export is as good as a new one, and one after it has nothing to do', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.array(change, { maxLength: 3 }), fc.constantFrom(...WISHES)), {
        minLength: 2,
        maxLength: 5,
      }),
      async (steps) => {
        const content = written({})
        const [out, anew] = [`${content}-out`, `${content}-anew`]
        await apply(content, ['site', { title: 'Harbour Post' }])
        await apply(content, ['crane', 40])
        for (const name of NAMES)
          await apply(content, [name, { title: name, published: DATES[0] }, 'Words.'])
        for (const [changes, wishes] of steps) {
          for (const one of changes) await apply(content, one)
          await exportTo(content, out, wishes)
          await exportTo(content, anew, wishes)
          expect(contentsOf(out)).toEqual(contentsOf(anew))
          const nothing = { written: [], removed: [] }
          expect(await exportTo(content, out, wishes)).toEqual(nothing)
          for (const folder of [anew, `${anew}-state`]) remove(folder)
        }
        for (const folder of [content, out, `${out}-state`]) remove(folder)
      },
    ),
    { numRuns: RUNS },
  )
}, 600_000)
