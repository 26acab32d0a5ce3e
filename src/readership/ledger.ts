// The ledger: who reads which feed, counted from every request. Its size is bounded whatever clients send.
import { createHmac, randomBytes } from 'node:crypto'
import { type Crowd, crowd } from './crowd.ts'
import { networkOf } from './network.ts'
import { countPoll, DAY, MEMORY, newPoller, type Poll, type Poller } from './poller.ts'
import { type Reader, readAgent } from './user-agent.ts'

/** A request at a feed's address. */
export interface FeedPoll extends Poll {
  /** The feed's address below the base URL, without the secret of a private one. */
  readonly feed: string
  /** `User-Agent`. */
  readonly agent: string
  /** The network address, of which only a keyed hash is kept. */
  readonly client: string
}

export interface FeedCount {
  /** What the last answer says of the address: 200 for a document, else 301, 404 or 410. */
  status: number
  /** Whether any of those who asked came back. */
  hasRegulars: boolean
  /** Pollers by software, hash and feed id. */
  readonly pollers: Crowd<Poller>
}

export interface Ledger {
  count(poll: FeedPoll): void
  feeds(): IterableIterator<[string, FeedCount]>
  /** Adds what was counted before. */
  restore(feed: string, status: number, pollers: Iterable<readonly [string, Poller]>): void
  /** Forgets pollers that didn't ask for a week, and those that asked while the clock was more than a day ahead. */
  forget(now: number): void
  /** Whether something was counted since the last time this was asked. */
  hasChanged(): boolean
  /** The key of the hashes, in base64url. */
  readonly salt: string
}

/** The most feeds, pollers of one feed, and pollers of all feeds at a time. */
export const MOST = { feeds: 2000, pollersOfFeed: 5000, pollers: 20_000 } as const
/** Statuses that tell something of readers; our failures and malformed requests don't. */
const TELLING: readonly number[] = [200, 226, 301, 304, 404, 410]
/** The most agents, and addresses, whose reading is remembered. Beyond that all are forgotten, which costs little. */
const REMEMBERED = 2000
/** Characters of a hash in base64url: 66 bits. */
const HASH_LENGTH = 11

export function newSalt(): string {
  return randomBytes(32).toString('base64url')
}

/** @param salt the key of the hashes, so that addresses can't be found by trying all of them. */
export function openLedger(salt: string): Ledger {
  const feeds = crowd<FeedCount>(MOST.feeds, ({ hasRegulars }) => hasRegulars)
  const read = remembering(readAgent)
  const hash = remembering((client) =>
    createHmac('sha256', salt).update(networkOf(client)).digest('base64url').slice(0, HASH_LENGTH),
  )
  let total = 0
  let changed = false

  function feedAt(address: string, status: number): FeedCount {
    const feed = feeds.get(address) ?? {
      status,
      hasRegulars: false,
      pollers: crowd<Poller>(MOST.pollersOfFeed, hasComeBack),
    }
    total -= feeds.set(address, feed)?.pollers.size() ?? 0
    return feed
  }

  function put(feed: FeedCount, key: string, poller: Poller): void {
    const before = feed.pollers.size()
    feed.pollers.set(key, poller)
    total += feed.pollers.size() - before
    while (total > MOST.pollers && feeds.size() > 1) total -= feeds.drop()?.pollers.size() ?? 0
  }

  return {
    salt,
    feeds: () => feeds.entries(),
    count(poll) {
      const { feed: address, status, method, agent, client } = poll
      if (!TELLING.includes(status) || (method !== 'GET' && method !== 'HEAD')) return
      const reader = read(agent)
      const feed = feedAt(address, status)
      feed.status = status < 300 || status === 304 ? 200 : status
      const key = keyOf(reader, hash(client))
      const known = feed.pollers.get(key)
      const poller = known === undefined || isAhead(known, poll.at) ? newPoller(reader) : known
      countPoll(poller, poll, reader.subscribers)
      if (known !== undefined) feed.hasRegulars = true
      put(feed, key, poller)
      changed = true
    },
    restore(address, status, pollers) {
      const feed = feedAt(address, status)
      for (const [key, poller] of pollers) {
        feed.hasRegulars ||= hasComeBack(poller)
        put(feed, key, poller)
      }
    },
    forget(now) {
      for (const [address, { pollers }] of [...feeds.entries()]) {
        for (const [key, poller] of [...pollers.entries()]) {
          if (poller.last >= now - MEMORY * DAY && !isAhead(poller, now)) continue
          pollers.delete(key)
          total--
          changed = true
        }
        if (pollers.size() === 0) feeds.delete(address)
      }
    },
    hasChanged() {
      const was = changed
      changed = false
      return was
    },
  }
}

/** A reader that may be many machines is counted machine by machine. */
function keyOf({ software, feedId = '' }: Reader, hash: string): string {
  return feedId === '' ? `${software} ${hash}` : `${software} ${hash} #${feedId}`
}

/** Whether it was counted while the clock was ahead: its times would hold until the clock gets there again. */
function isAhead({ last }: Poller, now: number): boolean {
  return last > now + DAY
}

function hasComeBack({ today, yesterday, stated }: Poller): boolean {
  return today.polls + yesterday.polls > 1 || stated.length > 1
}

function remembering<V>(read: (text: string) => V): (text: string) => V {
  const known = new Map<string, V>()
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) return found
    if (known.size >= REMEMBERED) known.clear()
    const made = read(text)
    known.set(text, made)
    return made
  }
}
