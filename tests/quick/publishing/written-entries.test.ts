// Entries are written once for as long as there is room, and those asked for longest ago are forgotten first.
import { expect, it } from 'vitest'
import { openCatalog } from '../../../src/domain/catalog.ts'
import { createWrittenEntries } from '../../../src/publishing/written-entries.ts'
import { article, NOON, publication } from '../support/publication.ts'

const { entries } = openCatalog(
  publication(),
  Array.from({ length: 9 }, (_, at) => article({ slug: `a${at}` })),
  NOON + 1,
)

/** Asks for entries by their places, each of a hundred bytes as it is written; which of them had to be written. */
function asked(...documents: readonly (readonly number[])[]): string[] {
  const written: string[] = []
  const store = createWrittenEntries(600)
  for (const places of documents) {
    const writer = store.writer('rss', ({ article }) => {
      written.push(article.slug)
      return article.slug.padEnd(100)
    })
    for (const at of places) {
      const entry = entries[at] as (typeof entries)[number]
      expect(Buffer.from(writer(entry).bytes).toString().trim()).toBe(entry.article.slug)
    }
  }
  return written
}
const named = (...places: readonly number[]) => places.map((at) => entries[at]?.article.slug)

it('an entry is written once, however many documents carry it', () => {
  expect(asked([0, 1], [1, 0], [1])).toEqual(named(0, 1))
})

it('an entry is kept for as long as it is asked for, though others come', () => {
  const all = [1, 2, 3, 4, 5, 6, 7, 8]
  expect(asked(...[...all, ...all].map((other) => [0, other]))).toEqual(named(0, ...all, ...all))
})

it('an entry is written anew when it was not asked for while half of the room was filled twice', () => {
  expect(asked([0, 1, 2, 3], [0], [4, 5, 6], [1], [0])).toEqual(named(0, 1, 2, 3, 4, 5, 6, 1))
})

it('an entry is written in each form', () => {
  const store = createWrittenEntries(600)
  const [first] = entries as [(typeof entries)[number]]
  const written: string[] = []
  const ask = (form: string) =>
    store.writer(form, () => {
      written.push(form)
      return form
    })(first)
  for (const form of ['rss', 'atom', 'rss', 'atom']) ask(form)
  expect(written).toEqual(['rss', 'atom'])
})
