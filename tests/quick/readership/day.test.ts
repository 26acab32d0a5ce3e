// A day in the life of a server: 64 clients with the User-Agents of real ones, polite and not, and what the report says.
import { expect, it } from 'vitest'
import { replaceKept } from '../../../src/commands/kept-file.ts'
import { bookIn } from '../../../src/commands/readership.ts'
import { writeBook } from '../../../src/readership/book.ts'
import { newSalt, openLedger } from '../../../src/readership/ledger.ts'
import { type Offender, reportOn } from '../../../src/readership/report.ts'
import { folderOf } from '../support/folder.ts'
import { gazette } from '../support/gazette.ts'
import { article, namedFeeds, publication, taxonomy } from '../support/publication.ts'
import { serverOf } from '../support/server.ts'

const MINUTE = 60_000
const MIDNIGHT = Date.UTC(2026, 6, 1)
const SITE = publication({
  feeds: namedFeeds({ desk: {} }),
  taxonomy: taxonomy({
    tags: new Map([
      ['dead', { retired: 'Nobody wrote of it.' }],
      ['old', { renamedTo: 'port' }],
    ]),
  }),
})

interface Client {
  readonly agent: string
  /** The last of the network address. */
  readonly at: string
  readonly path: string
  /** Minutes between polls, from the first one at so many minutes after midnight. */
  readonly every: number
  readonly from: number
  /** Minutes after midnight at which it stops; else it goes on. */
  readonly until?: number
  /** `polite` sends the tag back, `date` the date, `delta` asks for what it lacks; `plain` sends no condition. */
  readonly manner: 'polite' | 'date' | 'delta' | 'plain'
}

const RSS = '/rss.xml'
const TAG = '/tags/port/atom.xml'
const DESK = '/feeds/desk/feed.json'

/** The same client at several addresses of the network. */
function many(count: number, agent: string, path: string, every: number, manner: Client['manner']) {
  return Array.from({ length: count }, (_, index) => ({
    agent,
    at: `${count}.${index + 1}`,
    path,
    every,
    from: index,
    manner,
  }))
}

function one(agent: string, path: string, every: number, manner: Client['manner']): Client {
  return { agent, at: '200.1', path, every, from: 3, manner }
}

const FEEDLY =
  'Feedly/1.0 (+http://www.feedly.com/fetcher.html; 16 subscribers; like FeedFetcher-Google)'
const CLIENTS: readonly Client[] = [
  // 12 aggregators, two of them by several feed ids, one from several machines.
  one('Feedbin feed-id:123 - 42 subscribers', RSS, 30, 'polite'),
  one('Feedbin feed-id:124 - 8 subscribers', RSS, 60, 'polite'),
  ...many(3, FEEDLY, RSS, 60, 'polite'),
  one(
    'NewsBlur Feed Fetcher - 12 subscribers - https://www.newsblur.com/site/7/x (Mozilla/5.0)',
    RSS,
    60,
    'polite',
  ),
  one(
    'NewsBlur Feed Fetcher - 3 subscribers - https://www.newsblur.com/site/8/x (Mozilla/5.0)',
    TAG,
    60,
    'polite',
  ),
  one('Mozilla/5.0 (compatible; inoreader.com/1.0; 7 subscribers; feed-id=5)', TAG, 60, 'date'),
  one('Mozilla/5.0 (compatible; theoldreader.com; 5 subscribers; feed-id=a1)', TAG, 120, 'polite'),
  one(
    'Mozilla/5.0 (compatible; BazQux/2.4; +https://bazqux.com/fetcher; 2 subscribers)',
    DESK,
    60,
    'polite',
  ),
  one(
    'Overcast/1.0 Podcast Sync (9 subscribers; feed-id=554; +http://overcast.fm/)',
    DESK,
    240,
    'delta',
  ),
  one('Feedbin feed-id:9 - 4 subscribers', '/tags/dead/rss.xml', 360, 'polite'),
  // 43 readers of their own.
  ...many(20, 'FreshRSS/1.25.0 (Linux; https://freshrss.org)', RSS, 60, 'polite'),
  ...many(10, 'Mozilla/5.0 (compatible; Miniflux/2.2.3; +https://miniflux.app)', RSS, 60, 'polite'),
  ...many(5, 'newsboat/2.21.0 (Linux x86_64)', TAG, 120, 'delta'),
  ...many(8, 'Liferea/1.14.1 (Linux; https://lzone.de/liferea/)', DESK, 60, 'delta'),
  // 9 with bad manners, or none.
  one('RSS Guard/4.0.4', RSS, 30, 'plain'),
  one('sfeed/1.7', TAG, 60, 'plain'),
  one('feedparser/6.0.10 +https://github.com/kurtmckee/feedparser/', RSS, 4, 'polite'),
  { ...one('python-requests/2.32.3', DESK, 0.5, 'plain'), until: 240 },
  one('Akregator/5.24.0', '/tags/dead/rss.xml', 60, 'polite'),
  one('Tiny Tiny RSS/24.02 (https://tt-rss.org/)', '/tags/old/rss.xml', 240, 'polite'),
  one('Thunderbird/128.1', '/tags/never/rss.xml', 480, 'polite'),
  one(
    'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
    RSS,
    720,
    'plain',
  ),
  one('', DESK, 720, 'plain'),
]

/** Plays the day, minute by minute, with one article more at noon. */
async function playDay() {
  let now = MIDNIGHT
  const port = (slug: string) =>
    article({ slug, tags: ['port'], published: MIDNIGHT - 60 * MINUTE })
  const articles = [port('first'), port('second')]
  const { app, exchanges, publisher } = serverOf(articles, { site: SITE, clock: () => now })
  const events = CLIENTS.flatMap((client) => {
    const times = Math.ceil(((client.until ?? 24 * 60) - client.from) / client.every)
    return Array.from({ length: times }, (_, index) => ({
      client,
      at: MIDNIGHT + (client.from + index * client.every) * MINUTE,
    }))
  }).sort((a, b) => a.at - b.at)
  const held = new Map<Client, Response>()
  let isNoon = false
  for (const { client, at } of events) {
    now = at
    if (!isNoon && at >= MIDNIGHT + 720 * MINUTE) {
      isNoon = true
      const news = article({ slug: 'news', tags: ['port'], published: at })
      publisher.publish({ publication: SITE, articles: [...articles, news] })
    }
    const answer = await app.request(
      client.path,
      { headers: conditions(client, held.get(client)) },
      {
        incoming: { socket: { remoteAddress: `192.0.${client.at}` } },
      },
    )
    if (answer.status === 200 || answer.status === 226) held.set(client, answer)
  }
  return { exchanges, polls: events.length }
}

function conditions({ agent, manner }: Client, held: Response | undefined): Record<string, string> {
  const tag = held?.headers.get('etag') ?? ''
  const date = held?.headers.get('last-modified') ?? ''
  const header = agent === '' ? {} : { 'user-agent': agent }
  if (held === undefined || manner === 'plain') return header
  if (manner === 'date') return { ...header, 'if-modified-since': date }
  return { ...header, 'if-none-match': tag, ...(manner === 'delta' ? { 'a-im': 'feed' } : {}) }
}

/** As an editor would count them: polls of a day are minutes of a day through minutes between polls. */
const EXPECTED_FEEDS = {
  'rss.xml': {
    status: 200,
    // 42 + 8, 16 once, 12.
    subscribers: 78,
    // 20 + 10, RSS Guard, feedparser; Googlebot reads for nobody.
    readers: 32,
    // 48, 24, 3 × 24, 24; 30 × 24; 48, 360; 2.
    polls: 48 + 24 + 72 + 24 + 720 + 48 + 360 + 2,
    software: ['Feedbin 50', 'FreshRSS 20', 'Feedly 16', 'NewsBlur 12', 'Miniflux 10'],
  },
  'tags/port/atom.xml': {
    status: 200,
    subscribers: 15,
    readers: 6,
    polls: 24 + 24 + 12 + 5 * 12 + 24,
    software: ['Inoreader 7', 'The Old Reader 5', 'newsboat 5', 'NewsBlur 3', 'sfeed 1'],
  },
  'feeds/desk/feed.json': {
    status: 200,
    subscribers: 11,
    readers: 10,
    polls: 24 + 6 + 8 * 24 + 474 + 2,
    software: ['Overcast 9', 'Liferea 8', 'BazQux 2', 'python-requests 1', 'unnamed 1'],
  },
  'tags/dead/rss.xml': {
    status: 410,
    subscribers: 4,
    readers: 1,
    polls: 4 + 24,
    software: ['Feedbin 4', 'Akregator 1'],
  },
  'tags/old/rss.xml': {
    status: 301,
    subscribers: 0,
    readers: 1,
    polls: 6,
    software: ['Tiny Tiny RSS 1'],
  },
  'tags/never/rss.xml': {
    status: 404,
    subscribers: 0,
    readers: 1,
    polls: 3,
    software: ['Thunderbird 1'],
  },
}

/** Of 48 polls, the first and the one after noon brought something new. */
const EXPECTED_OFFENDERS = [
  ['feeds/desk/feed.json', 'python-requests', 'hammers', 120],
  ['feeds/desk/feed.json', 'python-requests', 'repeats', 473],
  ['rss.xml', 'feedparser', 'early', 359],
  ['rss.xml', 'RSS Guard', 'repeats', 46],
  ['tags/dead/rss.xml', 'Akregator', 'gone', 24],
  ['tags/dead/rss.xml', 'Feedbin', 'gone', 4],
  ['tags/never/rss.xml', 'Thunderbird', 'gone', 3],
  ['tags/old/rss.xml', 'Tiny Tiny RSS', 'gone', 6],
  ['tags/port/atom.xml', 'sfeed', 'repeats', 22],
]

it('64 clients of a day are counted, and who asks badly is named', async () => {
  expect(CLIENTS).toHaveLength(64)
  const { exchanges, polls } = await playDay()
  expect(exchanges).toHaveLength(polls)

  const ledger = openLedger(newSalt())
  for (const { subject, ...exchange } of exchanges) {
    if (subject.feed !== undefined) ledger.count({ ...exchange, ...subject, feed: subject.feed })
  }
  const end = MIDNIGHT + 1440 * MINUTE - 1
  const report = reportOn(ledger.feeds(), end)
  const feeds = Object.fromEntries(
    report.feeds.map(({ feed, status, subscribers, readers, polls, software }) => [
      feed,
      {
        status,
        subscribers,
        readers,
        polls,
        software: software
          .slice(0, 5)
          .map(({ name, subscribers, readers }) => `${name} ${subscribers + readers}`),
      },
    ]),
  )
  expect(feeds).toEqual(EXPECTED_FEEDS)
  expect(report.subscribers).toBe(78 + 15 + 11)
  expect(report.readers).toBe(32 + 6 + 10)
  const shown = ({ feed, software, manner, times }: Offender) => [feed, software, manner, times]
  const sorted = (rows: unknown[][]) => rows.map(String).sort()
  expect(sorted(report.offenders.map(shown))).toEqual(sorted(EXPECTED_OFFENDERS))

  // What is kept over a restart says the same, without a network address.
  const state = folderOf({})
  const book = [...writeBook(ledger, end)]
  await replaceKept(bookIn(state), book)
  expect(book.join('')).not.toContain('192.0.')
  const printed = await gazette('stats', '--state', state, '--json')
  expect(JSON.parse(printed.out)).toEqual({ ...report, at: '2026-07-01T23:59:59.999Z' })
  // And an editor is told so.
  const { out: table } = await gazette('stats', '--state', state)
  // Of 1298 polls of rss.xml, 124 were sent the whole document: 37 polite clients twice each, two others always.
  expect(
    table,
  ).toContain(`104 subscribers as aggregators state, 48 readers of their own, up to 2026-07-01 23:59 UTC

Feed                      Subscribers  Readers  Polls  Unchanged  With
rss.xml                            78       32   1298       90 %  Feedbin 50, FreshRSS 20, Feedly 16, NewsBlur 12, 3 more
feeds/desk/feed.json               11       10    698       30 %  Overcast 9, Liferea 8, BazQux 2, python-requests 1, 1 more
tags/port/atom.xml                 15        6    144       76 %  Inoreader 7, The Old Reader 5, newsboat 5, NewsBlur 3, 1 more
tags/dead/rss.xml (410)             4        1     28        0 %  Feedbin 4, Akregator 1
tags/old/rss.xml (301)              0        1      6        0 %  Tiny Tiny RSS 1
tags/never/rss.xml (404)            0        1      3        0 %  Thunderbird 1

Who asks badly (9)
`)
  expect(table).toMatch(
    /^ {2}feeds\/desk\/feed\.json: python-requests \([\w-]{11}\) asks more than once a minute: 120 in an hour$/m,
  )
  expect(table).toMatch(
    /^ {2}tags\/dead\/rss\.xml \(410\): Akregator \([\w-]{11}\) keeps asking for what is gone, moved or never was: 24 of 24$/m,
  )
})
