// Independent readers are shown the feeds, and must see what stands in the content folder, in order and whole.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readPublication } from './content.ts'
import { entryOf, type KnownPiece, knownPieces, paragraphsOf } from './expected.ts'
import { carriedBy, chosenFeeds, urlOf } from './feeds.ts'
import { plainText } from './plain-text.ts'
import { READERS } from './readers/all.ts'
import { FORMATS, type Format, type ReadEntry, type Reader } from './readers/reader.ts'
import { type Server, STARTING, serve } from './server.ts'

const feeds = chosenFeeds((await readPublication()).pieces)
let server: Server
let pieces: KnownPiece[]

beforeAll(async () => {
  server = await serve()
  pieces = await knownPieces(server.address)
}, STARTING)
afterAll(() => server?.stop())

describe.each(READERS)('$name', (reader) => {
  describe.each(FORMATS)('%s', (format) => {
    if (!reader.reads.includes(format)) {
      test.skip(`is not read: ${reader.cannot}`)
      return
    }
    test.each(feeds)('$name', async (feed) => {
      const carried = carriedBy(feed, pieces)
      const entries = await reader.read(urlOf(server.address, feed, format))
      const facts = entries.map(({ html, ...rest }) => inAnyOrder(rest))
      expect(facts).toEqual(carried.map((piece) => inAnyOrder(seenBy(reader, piece, format))))
      for (const [at, piece] of carried.entries()) {
        const words = plainText(entries[at]?.html ?? '')
        expect(words, piece.title).toBe(piece.words)
        for (const paragraph of paragraphsOf(piece)) expect(words).toContain(paragraph)
      }
    })
  })
})

test('most articles have paragraphs that must come out word for word', () => {
  const provable = pieces.filter((piece) => paragraphsOf(piece).length > 0)
  expect(provable.length / pieces.length).toBeGreaterThan(0.9)
})

/** What the reader makes of a right entry: its losses are declared with their reasons beside it. */
function seenBy(reader: Reader, piece: KnownPiece, format: Format): ReadEntry {
  const expected = entryOf(piece, format)
  const { terms, ...facts } = expected
  const losses = reader.losses.filter(({ formats }) => formats.includes(format))
  const seen: ReadEntry = Object.assign(facts, ...losses.map((loss) => loss.sees(expected)))
  if (seen.categories === undefined) delete seen.categories
  return seen
}

/** Categories are a set; nothing but them may change places. */
function inAnyOrder(entry: ReadEntry): ReadEntry {
  return entry.categories === undefined
    ? entry
    : { ...entry, categories: entry.categories.toSorted() }
}
