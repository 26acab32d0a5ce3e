// What a User-Agent says: which software the client is, and for how many subscribers it asks.

export interface Reader {
  /** At most `LONGEST_NAME` characters that can be printed. */
  readonly software: string
  /** Whether it is a search engine's or the like, which reads feeds for nobody. */
  readonly isCrawler: boolean
  /** What an aggregator states, which can't be proved; nothing where it states nothing. */
  readonly subscribers?: number
  /** The aggregator's id of the feed: it may have several feeds for one address. */
  readonly feedId?: string
}

const LONGEST_NAME = 40
/** More than anybody has. A higher number is ignored. */
const MOST_SUBSCRIBERS = 10_000_000

/** Clients whose User-Agent doesn't begin with the name that people know: what it contains, and that name. */
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/inoreader/i, 'Inoreader'],
  [/theoldreader/i, 'The Old Reader'],
  [/newsblur/i, 'NewsBlur'],
  [/feedly/i, 'Feedly'],
  [/feedbin/i, 'Feedbin'],
  [/bazqux/i, 'BazQux'],
  // Other clients call themselves “like Feedfetcher-Google”.
  [/(?<!like )feedfetcher-google/i, 'Feedfetcher-Google'],
  [/tiny tiny rss|tt-rss/i, 'Tiny Tiny RSS'],
  [/nextcloud-news/i, 'Nextcloud News'],
  [/netnewswire/i, 'NetNewsWire'],
  [/thunderbird/i, 'Thunderbird'],
  [/feedparser\//i, 'feedparser'],
  [/rss guard/i, 'RSS Guard'],
  [/itms/i, 'Apple Podcasts'],
  [/Feedspot/i, 'Feedspot'],
]

const NOBODY = 'unnamed'
const BROWSER = 'a browser'
const CRAWLER = /bot\b|crawl|spider|slurp/i
/** `12 subscribers`, `1 subscriber`, `20_subscribers`, `7 readers`. */
const STATED = /(?<![\d.,])(\d{1,9})[ _](?:subscriber|reader)s?\b/i
/** `feed-id:123`, `feed-id=123`, `feedID: 123`; NewsBlur names its feed by a page of its own. */
const FEED_ID = /(?:\bfeed-?id[:=] ?|\bnewsblur\.com\/site\/)([\w-]{1,40})/i
/** What browsers' User-Agents are built of since 1994. */
const BROWSER_PARTS = /^(?:Mozilla|AppleWebKit|KHTML|Gecko|Version|Mobile|Safari|Chrome|Firefox)$/

/** @param agent `User-Agent`, cut already to a length that is cheap to search. */
export function readAgent(agent: string): Reader {
  const software = softwareOf(agent)
  const stated = Number(STATED.exec(agent)?.[1] ?? Number.NaN)
  const isCrawler = CRAWLER.test(agent)
  if (!(stated <= MOST_SUBSCRIBERS)) return { software, isCrawler }
  const feedId = FEED_ID.exec(agent)?.[1]
  return {
    software,
    isCrawler: false,
    subscribers: stated,
    ...(feedId === undefined ? {} : { feedId }),
  }
}

function softwareOf(agent: string): string {
  const known = NAMES.find(([pattern]) => pattern.test(agent))
  if (known !== undefined) return known[1]
  // `Mozilla/5.0 (compatible; Miniflux/2.2.3; +https://miniflux.app)`
  const [, compatible] = /\bcompatible; *\+?([^;)]*)/i.exec(agent) ?? []
  if (compatible !== undefined) return named(compatible)
  if (!agent.startsWith('Mozilla/')) return named(agent)
  const products = [...agent.matchAll(/([\w.-]+)\/[\d.]+/g)].map(([, name = '']) => name)
  const own = products.findLast((name) => !BROWSER_PARTS.test(name))
  return own === undefined ? BROWSER : named(own)
}

/** `FreshRSS/1.25.0 (Linux; …)` is `FreshRSS`; `RSS Guard` stays two words. */
function named(product: string): string {
  const [name = ''] = product.split(/[/(;]| - |(?= v?\d)/)
  const shown = name.replace(/[^\p{L}\p{N} ._+-]/gu, '').trim()
  return [...shown].slice(0, LONGEST_NAME).join('') || NOBODY
}
