// A feed's document with what is known about it from elsewhere: what the rules of the checklists look at.
import { setTimeout } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Publication, readPublication } from './content.ts'
import { type KnownPiece, knownPieces } from './expected.ts'
import { carriedBy, checkedFeeds, type TriedFeed, urlOf } from './feeds.ts'
import { withoutSpaces } from './plain-text.ts'
import type { Format } from './readers/reader.ts'
import { BASE, type Server, STARTING, serve } from './server.ts'

export interface Gazette {
  server: Server
  publication: Publication
  pieces: KnownPiece[]
}

export interface FeedDocument<Parsed> {
  parsed: Parsed
  gazette: Gazette
  bytes: Buffer
  headers: Headers
  /** The articles that it should carry. */
  carried: KnownPiece[]
  /** The newest change among the feed's own articles, those that left it included. */
  changed: number
}

/** What is wrong with a document, of one rule. */
export type Rule<Parsed> = (document: FeedDocument<Parsed>) => string[] | Promise<string[]>

export async function startGazette(): Promise<Gazette> {
  const server = await serve()
  try {
    const publication = await readPublication()
    return { server, publication, pieces: await knownPieces(server.address) }
  } catch (error) {
    // The test file never sees this server, and could not stop it.
    await server.stop()
    throw error
  }
}

async function fetchDocument<Parsed>(
  gazette: Gazette,
  feed: TriedFeed,
  format: Format,
  parse: (url: string) => Promise<Parsed>,
): Promise<FeedDocument<Parsed>> {
  const url = urlOf(gazette.server.address, feed, format)
  const { bytes, headers } = await fetchBytes(url)
  const carried = carriedBy(feed, gazette.pieces)
  const changed = newestChange(feed, gazette.publication, carried)
  return { parsed: await parse(url), gazette, bytes, headers, carried, changed }
}

/** As a well-behaved client: it comes again when it is told to. */
export async function fetchBytes(
  url: string,
  attempts = 5,
): Promise<{ bytes: Buffer; headers: Headers }> {
  const response = await fetch(url, { redirect: 'manual' })
  if (response.status === 503 && attempts > 1) {
    await response.body?.cancel()
    await setTimeout(Number(response.headers.get('retry-after')) * 1_000)
    return fetchBytes(url, attempts - 1)
  }
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}`)
  return { bytes: Buffer.from(await response.arrayBuffer()), headers: response.headers }
}

/** Where the tested server answers for a URL of the publication. */
export function served(url: string, { server }: Gazette): string {
  if (!url.startsWith(BASE)) throw new Error(`${url} is not in the publication`)
  return server.address + url.slice(BASE.length)
}

/** Whether a feed's own URL, as it gives it, is in the publication and leads to the very same bytes. */
export async function leadsBack(url: string, { gazette, bytes }: FeedDocument<unknown>) {
  const twin = await fetchBytes(served(url, gazette))
  return twin.bytes.equals(bytes) ? [] : [`${url} is another document`]
}

export interface Attached {
  url: string
  type: string
  length: string
}

/** What is wrong with the sizes and types given for files that the publication itself serves. */
export async function untrue(attached: readonly Attached[], gazette: Gazette): Promise<string[]> {
  const own = attached.filter(({ url }) => url.startsWith(BASE))
  const faults = await Promise.all(
    own.map(async ({ url, type, length }) => {
      const { bytes, headers } = await fetchBytes(served(url, gazette))
      const truth = `${headers.get('content-type')?.split(';')[0]}, ${bytes.length}`
      return truth === `${type}, ${length}` ? [] : [`${url}: ${type}, ${length} is ${truth}`]
    }),
  )
  return own.length === 0 && attached.length > 0
    ? ['no file is the publication’s own']
    : faults.flat()
}

/** What is wrong with a summary; without one of its own, an article is summed up by its first words. */
export function unlikeSummary(shown: string | undefined, piece: KnownPiece | undefined): string[] {
  const words = withoutSpaces(shown ?? '')
  const right =
    piece?.summary === undefined
      ? piece?.words.startsWith(words.replace(/…$/, ''))
      : words === withoutSpaces(piece.summary)
  return right ? [] : [`${piece?.title}: ${shown}`]
}

function newestChange(feed: TriedFeed, publication: Publication, carried: KnownPiece[]): number {
  // One that stood beyond the last entry was not in the document when it left.
  const oldest = carried.length < feed.limit ? 0 : (carried.at(-1)?.published ?? 0)
  const gone = publication.gone.filter((piece) => feed.has(piece) && piece.published >= oldest)
  return Math.max(0, ...carried.map(({ updated }) => updated), ...gone.map(({ left = 0 }) => left))
}

/** Holds several feeds in a format to the rules of its checklist. */
export async function holdFeedsTo<Parsed>(
  rules: Readonly<Record<string, Rule<Parsed>>>,
  { name, format, parse, idsOf }: Checked<Parsed>,
): Promise<void> {
  const feeds = checkedFeeds((await readPublication()).pieces)
  let gazette: Gazette
  beforeAll(async () => {
    gazette = await startGazette()
    return () => gazette.server.stop()
  }, STARTING)

  describe.each(feeds)(`${name}, $name`, (feed) => {
    let document: FeedDocument<Parsed>
    beforeAll(async () => {
      document = await fetchDocument(gazette, feed, format, parse)
    })
    test('carries its articles', () => {
      expect(idsOf(document)).toEqual(document.carried.map(({ id }) => id))
    })
    test.each(Object.entries(rules))('%s', async (_, faultsOf) => {
      expect(await faultsOf(document)).toEqual([])
    })
  })
}

interface Checked<Parsed> {
  name: string
  format: Format
  parse: (url: string) => Promise<Parsed>
  idsOf: (document: FeedDocument<Parsed>) => (string | undefined)[]
}
