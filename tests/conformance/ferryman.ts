// A small publication behind a running server, for the rules of HTTP.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { ask, type RawAnswer } from './raw-http.ts'
import { type Server, STARTING, serve } from './server.ts'

const SITE = `title: The Ferryman
taxonomy:
  tags:
    old name: {renamedTo: quay}
    tram: {retired: The trams no longer run.}
`

/** The documents of the whole publication, with their media types. */
export const TYPES: Readonly<Record<string, string>> = {
  '/rss.xml': 'application/rss+xml; charset=utf-8',
  '/atom.xml': 'application/atom+xml; charset=utf-8',
  '/feed.json': 'application/feed+json; charset=utf-8',
  '/feeds.opml': 'text/x-opml; charset=utf-8',
}
export const DOCUMENTS = Object.keys(TYPES)
/** A feed that has three articles. */
export const FEED = '/tags/quay/rss.xml'

let content: string
let server: Server

/** Starts the server for all tests of a file. */
export function ferryman(): void {
  beforeAll(async () => {
    content = await mkdtemp(join(tmpdir(), 'gazette-http-'))
    await writeFile(join(content, 'site.yaml'), SITE)
    for (const day of [1, 2, 3]) {
      await writeFile(
        join(content, `day-${day}.md`),
        `---\nid: day-${day}\ntitle: Day ${day}\npublished: 2026-03-0${day}T08:30:00Z\ntags: [Quay, 渡轮]\nauthors: [Li Wei]\n---\n${'Boats leave at dawn. '.repeat(200)}\n`,
      )
    }
    await writeFile(
      join(content, 'gone.md'),
      '---\nid: gone\ntitle: Gone\npublished: 2026-03-01T08:30:00Z\nwithdrawn: {at: 2026-03-02T00:00:00Z, reason: It was wrong.}\n---\nText.\n',
    )
    // Wherever it runs, HTTP's dates are in GMT.
    server = await serve({ content, environment: { TZ: 'America/New_York' } })
  }, STARTING)

  afterAll(async () => {
    await server.stop()
    await rm(content, { recursive: true })
  })
}

export const address = () => server.address

export const get = (target: string, ...lines: string[]) => ask(server.address, target, lines)

export const header = (answer: RawAnswer, name: string) =>
  answer.get(name) ?? expect.fail(`there is no ${name}`)

/** Milliseconds since 1970. */
export const dateOf = (answer: RawAnswer, name = 'last-modified') =>
  Date.parse(header(answer, name))

/** A moment as HTTP writes it (RFC 9110 §5.6.7). */
export const http = (moment: number) => new Date(moment).toUTCString()

/** Every header but those that may differ from one answer to the next. */
export function steady({ headers }: RawAnswer, ...but: string[]) {
  const passing = ['date', 'connection', 'keep-alive', 'transfer-encoding', ...but]
  return headers.filter(([name]) => !passing.includes(name)).sort()
}
