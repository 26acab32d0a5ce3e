// The secrets in the addresses of private feeds: made at random, kept as hashes, compared in constant time.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { isPrivate, type NamedFeed, type Opening } from '../domain/named-feed.ts'

/** 256 bits as base64url: 43 characters that stand for themselves in a path. */
export function mintSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** As in a token's `hash`. A secret of 256 bits can't be guessed, so that it needs no slow hash. */
export function hashOf(secret: string): string {
  return digest(secret).toString('hex')
}

/**
 * A public feed opens to its bare name, a private one to its name with the secret of one of its tokens. A secret is
 * held against every token of every feed, whatever the name, so that neither the answer nor its time tells which
 * names there are.
 */
export function openerOf(feeds: ReadonlyMap<string, NamedFeed>): Opening {
  const tokens = [...feeds.values()].flatMap((feed) =>
    (feed.tokens ?? []).map(({ hash }) => ({ feed, hash: Buffer.from(hash, 'hex') })),
  )
  return (name, secret) => {
    if (secret === undefined) {
      const feed = feeds.get(name)
      return isPrivate(feed) ? undefined : feed
    }
    const given = digest(secret)
    let opened: NamedFeed | undefined
    for (const { feed, hash } of tokens) {
      const isRight = timingSafeEqual(given, hash)
      if (isRight && feed.name === name) opened = feed
    }
    return opened
  }
}

function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
