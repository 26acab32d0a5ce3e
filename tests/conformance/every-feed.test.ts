// Every feed of every term in all three formats: well-formed, valid, and with the same entries in the same order.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readPublication } from './content.ts'
import { fetchBytes, type Gazette, served, startGazette } from './document.ts'
import { AT_ONCE, carriedBy, chosenFeeds, feedsOfTerms, urlOf } from './feeds.ts'
import { faultsOf } from './json-feed-grammar.ts'
import { feedsmith } from './readers/feedsmith.ts'
import { FORMATS, type Format } from './readers/reader.ts'
import { BASE, STARTING } from './server.ts'
import { againstAtomGrammar, type Documents, malformed } from './validators.ts'

const { pieces } = await readPublication()
const feeds = [AT_ONCE, ...chosenFeeds(pieces), ...feedsOfTerms(pieces)]

let gazette: Gazette
let documents: Record<Format, Documents>

beforeAll(async () => {
  gazette = await startGazette()
  const [rss = {}, atom = {}, json = {}] = await Promise.all(FORMATS.map(fetchAll))
  documents = { rss, atom, json }
}, STARTING)
afterAll(() => gazette?.server.stop())

describe('every feed', { timeout: 300_000 }, () => {
  test('is well-formed as RSS', async () => {
    expect(await malformed(documents.rss)).toEqual({})
  })
  test('is well-formed as Atom', async () => {
    expect(await malformed(documents.atom)).toEqual({})
  })
  test('is valid Atom', async () => {
    expect(await againstAtomGrammar(documents.atom)).toEqual({})
  })
  test('is valid JSON Feed', () => {
    const faults = Object.values(documents.json).map((bytes) => faultsOf(JSON.parse(`${bytes}`)))
    expect(faults.flat()).toEqual([])
  })
  test('has only entries whose links lead to a page', async () => {
    const links = gazette.pieces.map(({ link }) => link).filter((link) => link.startsWith(BASE))
    const types = links.map(async (link) => {
      const { headers } = await fetchBytes(served(link, gazette))
      return headers.get('content-type')?.toLowerCase()
    })
    expect(links.length).toBeGreaterThan(0)
    expect(new Set(await Promise.all(types))).toEqual(new Set(['text/html; charset=utf-8']))
  })
  test.each(feeds)('has the same entries in every format: $name', async (feed) => {
    const expected = carriedBy(feed, gazette.pieces).map(({ id }) => id)
    expect(expected.length).toBeGreaterThan(0)
    for (const format of FORMATS) {
      const entries = await feedsmith.read(urlOf(gazette.server.address, feed, format))
      expect(
        entries.map(({ id }) => id),
        format,
      ).toEqual(expected)
    }
  })
})

async function fetchAll(format: Format): Promise<Documents> {
  const fetched: Record<string, Buffer> = {}
  for (const feed of feeds) {
    const { bytes } = await fetchBytes(urlOf(gazette.server.address, feed, format))
    fetched[feed.name] = bytes
  }
  return fetched
}
