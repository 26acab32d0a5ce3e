// A small folder, and changes to it of every kind: of what is shown, of where it is shown, and of whether it is.
import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import fc from 'fast-check'
import { written } from '../quick/support/folder.ts'

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
  related: fc.constantFrom(undefined, ['a'], ['b'], ['one']),
  sources: seldom([{ title: 'The harbour', url: 'https://harbour.example/' }]),
  rights: seldom({ reprint: 'Ask.' }),
})
const body = fc.constantFrom('Words.', 'Other words.', '![A crane](crane.svg)', '[B](b.md)')

export const change = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constantFrom(...NAMES), article, body) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...NAMES)) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('site' as const), site) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('crane' as const), fc.constantFrom(40, 50)) },
)
export type Change = readonly [what: string, said?: unknown, text?: string]

/** @returns the file that is another now. */
export async function apply(folder: string, [what, said, text]: Change): Promise<string> {
  const replace = async (file: string, is: string) => {
    await writeFile(path.join(folder, file), is)
    return file
  }
  const file = `${what}.md`
  if (what === 'site') return replace('site.yaml', JSON.stringify(said))
  if (what === 'crane') {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${said}" height="30"/>`
    return replace('crane.svg', svg)
  }
  if (said !== undefined) {
    const record = JSON.stringify({ id: what, ...(said as object) })
    return replace(file, `---\n${record}\n---\n${text}\n`)
  }
  await rm(path.join(folder, file), { force: true })
  return file
}

/** A folder as it is before any change; who asks removes it. */
export async function folderBefore(): Promise<string> {
  const folder = written({})
  await apply(folder, ['site', { title: 'Harbour Post' }])
  await apply(folder, ['crane', 40])
  for (const name of NAMES)
    await apply(folder, [name, { title: name, published: DATES[0] }, 'Words.'])
  return folder
}
