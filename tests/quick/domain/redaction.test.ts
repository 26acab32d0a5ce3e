// Addresses in logs: whatever a client made of a private feed's address, its secret isn't there.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { redact } from '../../../src/domain/redaction.ts'
import { mintSecret } from '../../../src/publishing/tokens.ts'

const SECRET = 'q8v0Jm3yW-2rT_5uX7zA9bC1dE4fG6hI8jK0lM2nO4P'

describe('a secret is left out of', () => {
  it.each([
    [`/feeds/partners/${SECRET}/rss.xml`, '/feeds/partners/***/rss.xml'],
    [`/feeds/partners/${SECRET}/?page=2`, '/feeds/partners/***/?page=2'],
    [`/feeds/partners/${SECRET}`, '/feeds/partners/***'],
    ['/feeds/partners/short/atom.xml', '/feeds/partners/***/atom.xml'],
    [`/feeds/partners/x/${SECRET}/feed.json`, '/feeds/partners/***/***/feed.json'],
    [`/%66eeds/partners/a%2Fb/rss.xml`, '/%66eeds/partners/***/rss.xml'],
    [`/FEEDS/partners/secret/rss.xml`, '/FEEDS/partners/***/rss.xml'],
    [`/news/feeds/partners/secret/rss.xml`, '/news/feeds/partners/***/rss.xml'],
    [`\\feeds\\partners\\secret\\rss.xml`, '\\feeds\\partners\\***\\rss.xml'],
    [`https://news.example/feeds/partners/secret/`, 'https://news.example/feeds/partners/***/'],
    [`/feed/partners/${SECRET}/rss.xml`, '/feed/partners/***/rss.xml'],
    [`/feeds/${SECRET}/rss.xml`, '/feeds/***/rss.xml'],
    [`/rss.xml?token=${SECRET}`, '/rss.xml?token=***'],
    [`/feeds/partners/%/%ff${SECRET}`, '/feeds/partners/***/***'],
  ])('%s', (address, logged) => expect(redact(address)).toBe(logged))

  it('any path that it stands in', () => {
    const segment = fc.oneof(
      fc.constantFrom('feeds', 'feed', 'rss.xml', '', '..', '%', 'partners', 'tags', '%2F'),
      fc.string({ maxLength: 8 }),
    )
    fc.assert(
      fc.property(fc.array(segment), fc.array(segment), (before, after) => {
        const secret = mintSecret()
        expect(redact(`/${[...before, secret, ...after].join('/')}`)).not.toContain(secret)
      }),
    )
  })
})

it.each([
  '/rss.xml',
  '/feeds/exports/rss.xml?tag=a,b&q=x',
  '/feeds/exports/',
  '/feeds.opml',
  '/tags/c++/atom.xml',
  '/categories/news/local/traffic/feed.json',
  '/articles/a-slug-of-many-words-that-goes-on-for-longer-than-a-secret-does',
  '*',
  '',
])('%s is logged as it is', (address) => expect(redact(address)).toBe(address))
