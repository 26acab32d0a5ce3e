// The URLs of feeds: what each names, and the one canonical URL of equal requests.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  atPage,
  type DocumentFormat,
  inFormat,
  printAddress,
  readAddress,
  urlsByPage,
} from '../../../src/domain/address.ts'
import { parameters } from '../support/filters.ts'
import { namedFeeds } from '../support/publication.ts'
import { runs } from '../support/runs.ts'

const ZONE = 'Asia/Shanghai'
const DESK = namedFeeds({ desk: { limit: 5, content: 'summary' } })
const open = (name: string, secret?: string) =>
  secret === undefined || secret === 'right' ? DESK.get(name) : undefined
function read(url: string) {
  const { pathname, searchParams } = new URL(url, 'https://news.example/')
  return readAddress(
    pathname.slice(1).split('/').map(decodeURIComponent),
    [...searchParams],
    ZONE,
    open,
  )
}
const canonical = (url: string) => {
  const reading = read(url)
  return reading && `/${printAddress(reading.address, ZONE)}`
}

describe('equivalent requests have one canonical URL', () => {
  it.each([
    ['/rss.xml', '/rss.xml'],
    ['/atom.xml?limit=30&content=full', '/atom.xml'],
    ['/feed.json?limit=5&content=summary', '/feed.json?limit=5&content=summary'],
    ['/rss.xml?tag=exports', '/tags/exports/rss.xml'],
    ['/rss.xml?page=1', '/rss.xml'],
    ['/rss.xml?page=2&limit=5&tag=a', '/tags/a/rss.xml?limit=5&page=2'],
    ['/tags/%65xports/rss.xml', '/tags/exports/rss.xml'],
    ['/tags/Exports/rss.xml?utm_source=mail&fbclid=1&_=2', '/tags/exports/rss.xml'],
    ['/rss.xml?limit=5&limit=%205', '/rss.xml?limit=5'],
    ['/tags/exports/?from=timeline&isappinstalled=0', '/tags/exports/'],
    ['/rss.xml?UTM_Source=mail&gbraid=1&mkt_tok=2&__hstc=3', '/rss.xml'],
    ['/tags/c++/rss.xml', '/tags/c++/rss.xml'],
    ['/tags/c%2B%2B/rss.xml', '/tags/c++/rss.xml'],
    ['/tags/r%26d/rss.xml', '/tags/r%26d/rss.xml'],
    ['/tags/a%2Fb/rss.xml', '/tags/a%2Fb/rss.xml'],
    ['/tags/经济/', '/tags/%E7%BB%8F%E6%B5%8E/'],
    ['/categories/News/Local/atom.xml', '/categories/news/local/atom.xml'],
    ['/categories/news/rss.xml?depth=0', '/categories/news/rss.xml?depth=0'],
    ['/rss.xml?category=news&depth=0', '/categories/news/rss.xml?depth=0'],
    ['/rss.xml?depth=0', '/rss.xml'],
    ['/tags/b/rss.xml?tag=a', '/rss.xml?tag=a&tag=b'],
    ['/tags/a/rss.xml?category=x', '/categories/x/rss.xml?tag=a'],
    ['/authors/Metro%20desk/feed.json', '/authors/metro-desk/feed.json'],
    ['/rss.xml?tag=c%2B%2B,trade', '/rss.xml?tag=c%2B%2B,trade'],
    ['/rss.xml?q=free++trade', '/rss.xml?q=free+trade'],
    ['/feeds/Desk/rss.xml?limit=5&content=summary', '/feeds/desk/rss.xml'],
    ['/feeds/desk/rss.xml?limit=3&tag=B&tag=a', '/feeds/desk/rss.xml?tag=a&tag=b&limit=3'],
    ['/feeds/desk/?category=News&depth=0', '/feeds/desk/?category=news&depth=0'],
    ['/feeds/desk/right/atom.xml?page=2', '/feeds/desk/right/atom.xml?page=2'],
  ])('%s → %s', (url, expected) => expect(canonical(url)).toBe(expected))

  it('the canonical URL is its own, and means the same', () => {
    fc.assert(
      fc.property(parameters, (said) => {
        const query = new URLSearchParams(
          said.map(([name, value]): [string, string] => [name, value]),
        )
        const first = read(`/atom.xml?${query}`)
        const url = `/${printAddress(first?.address ?? expect.fail(), ZONE)}`
        expect(read(url)).toEqual({ address: first?.address, respelled: false })
        expect(canonical(url)).toBe(url)
      }),
      { numRuns: runs(25) },
    )
  })
})

it('the URLs of any page of a feed are those of its addresses', () => {
  const base = 'https://news.example/'
  fc.assert(
    fc.property(parameters, fc.integer({ min: 1, max: 99 }), fc.nat(99), (said, page, other) => {
      const query = new URLSearchParams(
        said.map(([name, value]): [string, string] => [name, value]),
      )
      const { address } = read(`/atom.xml?${query}&page=${page}`) ?? expect.fail()
      const urls = urlsByPage(address, base, ZONE)
      for (const number of [1, page, page + other])
        for (const [format, url] of Object.entries(urls(number)))
          expect(url).toBe(
            base + printAddress(inFormat(atPage(address, number), format as DocumentFormat), ZONE),
          )
    }),
    { numRuns: runs(25) },
  )
})

it.each([
  ['/tags/Exports/rss.xml', true],
  ['/tags/exports/rss.xml?tag=Trade', false],
  ['/categories/News/rss.xml', true],
  ['/categories/新闻/rss.xml', false],
])('%s is another spelling of its path: %s', (url, respelled) => {
  expect(read(url)?.respelled).toBe(respelled)
})

it.each([
  ...['/rss', '/tags/rss.xml', '/tags/a/b/rss.xml', '/categories/rss.xml', '/nothing/x/rss.xml'],
  ...['/__proto__/x/rss.xml', '/constructor/x/rss.xml', '/tags//rss.xml', '/feeds/rss.xml'],
  ...['/feeds/unknown/rss.xml', '/feeds/desk/wrong/rss.xml', '/feeds/desk/wrong/rss.xml?foo=1'],
  ...['/feeds/desk/right/more/rss.xml', '/x'],
])('%s is no feed', (url) => expect(read(url)).toBeUndefined())

it.each([
  ['foo', '/rss.xml?foo=1'],
  ['Tag', '/rss.xml?Tag=a'],
  ['constructor', '/rss.xml?constructor=1'],
  ['limit', '/rss.xml?limit=0'],
  ['limit', '/rss.xml?limit=201'],
  ['limit', '/rss.xml?limit=ten'],
  ['limit', '/rss.xml?limit=5&limit=6'],
  ['content', '/rss.xml?content=all'],
  ['page', '/rss.xml?page=0'],
  ['page', '/rss.xml?page=last'],
])('the malformed parameter "%s" in %s is named', (parameter, url) => {
  expect(() => read(url)).toThrow(expect.objectContaining({ parameter }))
})
