// A small publication behind a running server, for the rules of HTTP.
import { beforeAll, expect } from 'vitest'
import { remove, written } from '../quick/support/folder.ts'
import { ask, type RawAnswer } from './raw-http.ts'
import { type Server, STARTING, serve } from './server.ts'

const day = (number: number) =>
  `---\nid: day-${number}\ntitle: Day ${number}\npublished: 2026-03-0${number}T08:30:00Z\ntags: [Quay, 渡轮]\nauthors: [Li Wei]\n---\n${'Boats leave at dawn. '.repeat(200)}\n`

const FILES = {
  'site.yaml': `title: The Ferryman
taxonomy:
  tags:
    old name: {renamedTo: quay}
    tram: {retired: The trams no longer run.}
`,
  'day-1.md': day(1),
  'day-2.md': day(2),
  'day-3.md': day(3),
  'gone.md':
    '---\nid: gone\ntitle: Gone\npublished: 2026-03-01T08:30:00Z\nwithdrawn: {at: 2026-03-02T00:00:00Z, reason: It was wrong.}\n---\nText.\n',
}

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

let server: Server

/** Starts the server for all tests of a file. */
export function ferryman(): void {
  beforeAll(async () => {
    const content = written(FILES)
    // Wherever it runs, HTTP's dates are in GMT.
    server = await serve({ content, environment: { TZ: 'America/New_York' } })
    return async () => {
      await server.stop()
      remove(content)
    }
  }, STARTING)
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
