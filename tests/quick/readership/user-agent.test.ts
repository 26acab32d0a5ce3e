// What a client says of itself: the software's name, whoever asks, and the subscribers that aggregators state.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAgent } from '../../../src/readership/user-agent.ts'
import { CHARACTER } from '../support/characters.ts'

const SAFARI =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/14.0.1 Safari/605.1.15'

/** What aggregators state: their name, the subscribers that they fetch for, and which feed it is to them. */
const STATED: Readonly<Record<string, string>> = {
  'Feedbin feed-id:123 - 42 subscribers': 'Feedbin, 42, 123',
  'Feedbin feed-id:9 - 1 subscriber': 'Feedbin, 1, 9',
  'Feedly/1.0 (+http://www.feedly.com/fetcher.html; 16 subscribers; like FeedFetcher-Google)':
    'Feedly, 16',
  'Feedspot/1.0 (+https://www.feedspot.com/fs/fetcher; 5 subscribers; like FeedFetcher-Google)':
    'Feedspot, 5',
  'Reader/1.0 (+https://reader.example/; 3 subscribers; like FeedFetcher-Google)': 'Reader, 3',
  'Feedfetcher-Google; (+http://www.google.com/feedfetcher.html; 4 subscribers; feed-id=12)':
    'Feedfetcher-Google, 4, 12',
  'Netvibes (http://www.netvibes.com/; 14 subscribers; feedID: 123)': 'Netvibes, 14, 123',
  [`NewsBlur Feed Fetcher - 12 subscribers - https://www.newsblur.com/site/77/page (${SAFARI})`]:
    'NewsBlur, 12, 77',
  'Mozilla/5.0 (compatible; inoreader.com/1.0; +http://www.inoreader.com/feed-fetcher; 7 subscribers; feed-id=5)':
    'Inoreader, 7, 5',
  'Inoreader/1.0 (+http://www.inoreader.com/feed-fetcher; 3 subscribers; )': 'Inoreader, 3',
  'Mozilla/5.0 (compatible; theoldreader.com; 8 subscribers; feed-id=abc1)':
    'The Old Reader, 8, abc1',
  'Mozilla/5.0 (compatible; BazQux/2.4; +https://bazqux.com/fetcher; 2 subscribers)': 'BazQux, 2',
  'Overcast/1.0 Podcast Sync (190 subscribers; feed-id=554; +http://overcast.fm/)':
    'Overcast, 190, 554',
  'NewsGatorOnline/2.0_(http://www.newsgator.com;_20_subscribers)': 'NewsGatorOnline, 20',
  'Somebot/1.0 (0 subscribers)': 'Somebot, 0',
}

describe('an aggregator states its subscribers', () => {
  it.each(Object.entries(STATED))('%s', (agent, expected) => {
    const { software, isCrawler, subscribers, feedId = [] } = readAgent(agent)
    expect(isCrawler).toBe(false)
    expect([software, subscribers, feedId].flat().join(', ')).toBe(expected)
  })

  it.each([
    ['FreshRSS/1.25.0 (Linux; https://freshrss.org)'],
    ['X/1 (99999999 subscribers)'],
    ['X/1 (-; 1.5 subscribers)'],
    ['X/1 (subscribers)'],
    ['X/1 (12 subscriptions)'],
  ])('%s states none that counts', (agent) => expect(readAgent(agent).subscribers).toBeUndefined())
})

describe('software goes by its name, without version and machine', () => {
  it.each([
    ['FreshRSS/1.25.0 (Linux; https://freshrss.org)', 'FreshRSS'],
    ['Mozilla/5.0 (compatible; Miniflux/2.2.3; +https://miniflux.app)', 'Miniflux'],
    ['newsboat/2.21.0 (Linux x86_64)', 'newsboat'],
    [
      'Liferea/1.14.1 (Linux; https://lzone.de/liferea/) AppleWebKit (KHTML, like Gecko)',
      'Liferea',
    ],
    ['Tiny Tiny RSS/24.02 (https://tt-rss.org/)', 'Tiny Tiny RSS'],
    ['feedparser/6.0.10 +https://github.com/kurtmckee/feedparser/', 'feedparser'],
    ['NetNewsWire (RSS Reader; https://netnewswire.com/)', 'NetNewsWire'],
    ['RSS Guard/4.0.4', 'RSS Guard'],
    ['Akregator/5.24.0 (23.08.0); syndication', 'Akregator'],
    ['curl/8.4.0', 'curl'],
    ['PodcastAddict/v5 (+https://podcastaddict.com/; Android podcast app)', 'PodcastAddict'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.1', 'Thunderbird'],
    [`${SAFARI} Vienna/3.9`, 'Vienna'],
    [SAFARI, 'a browser'],
    ['iTMS', 'Apple Podcasts'],
    ['', 'unnamed'],
    ['<script>', 'script'],
    ['\u202E\u0007', 'unnamed'],
  ])('%s', (agent, software) => expect(readAgent(agent).software).toBe(software))

  it('and what looks at everything for itself is no reader', () => {
    expect(
      readAgent('Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'),
    ).toEqual({ software: 'Googlebot', isCrawler: true })
  })
})

it('whatever stands there, the name is short and can be printed', () => {
  fc.assert(
    fc.property(fc.string({ unit: CHARACTER, maxLength: 300 }), (agent) => {
      const { software } = readAgent(agent)
      expect(software.length).toBeGreaterThan(0)
      expect([...software].length).toBeLessThanOrEqual(40)
      expect(software).not.toMatch(/\p{C}/u)
    }),
  )
})
