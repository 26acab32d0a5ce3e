// What a filtered feed of fifty entries costs that nobody asked for before, its articles rendered: microseconds of a
// processor from its query to its bytes and tag, over catalogs of several sizes in turns, against `feed` rendering the
// same entries. The same filters are asked of each size: tags, any of several, under a section, without others.
import { Feed } from 'feed'
import { chance, madeLines, SHORT } from './made.mjs'
import { built } from './programs.mjs'
import { askedAlone, compared, inTurns } from './rows.mjs'

export const SIZES = {
  quick: { largest: 100_000, rounds: 40 },
  full: { largest: 1_000_000, rounds: 60 },
}
const CATALOGS = [1_000, 10_000, 100_000, 1_000_000]
/** Articles that are read; all others have one's body, and terms of three others, as a million bodies wouldn't fit. */
const READ = 1_000
const ENTRIES = 50
/** Feeds in each round. */
const FEEDS = 20
const ZONE = 'UTC'
const MINUTE = 60_000

export default async function coldFeeds({ largest, rounds }) {
  const { readFolder } = await built('content/folder/folder.js')
  const { createPublisher } = await built('publishing/publisher.js')
  const { bodyOf } = await built('publishing/representation.js')
  const { readAddress } = await built('domain/address.js')
  const settings = { address: 'http://localhost/', name: 'made', timezone: ZONE }
  const { publication, articles } = await readFolder(madeLines(READ, SHORT), settings)
  // Their words are made when they are asked for.
  const read = articles.map((one) => ({
    ...one,
    html: one.html,
    summary: one.summary,
    text: one.text,
  }))
  const publishers = CATALOGS.filter((size) => size <= largest).map((size) => {
    const articles = Array.from({ length: size }, (_, number) => madeOf(read, number))
    return [size, createPublisher({ publication, articles }, Date.now)]
  })
  const addressOf = (query) =>
    readAddress(['rss.xml'], [...new URLSearchParams(query)], ZONE, () => undefined).address
  const ask = (publisher, query) => {
    const { address } = publisher.find(addressOf(query))
    return bodyOf(publisher.represent(address))
  }
  const filters = filtersFor(publishers[0][1], addressOf, (rounds + 1) * FEEDS)
  // Their articles are rendered: those of filters that are almost the same.
  for (const [, publisher] of publishers)
    for (const { query } of filters) ask(publisher, `${query}&limit=${ENTRIES + 20}`)
  const entriesOf = filters.map(({ query }) => {
    const { entries } = publishers[0][1].compose(addressOf(`${query}&limit=${ENTRIES}`))
    return entries.map(({ article }) => article)
  })
  // The first of them are asked so that all is compiled.
  const each = (work) => (round) => {
    const began = process.cpuUsage()
    for (let at = round * FEEDS; at < (round + 1) * FEEDS; at++) work(at)
    const { user, system } = process.cpuUsage(began)
    return (user + system) / FEEDS
  }
  const ways = Object.fromEntries([
    ...publishers.map(([size, publisher]) => [
      size,
      each((at) =>
        ask(publisher, `${filters[at].query}&author=-${filters[at].without}&limit=${ENTRIES}`),
      ),
    ]),
    ['feed', each((at) => render(entriesOf[at]))],
  ])
  const costs = await inTurns(rounds + 1, ways)
  for (const cost of Object.values(costs)) cost.shift()
  return publishers.map(([size]) => {
    const name = `${ENTRIES} of ${size.toLocaleString('en')} articles`
    const also = size > 10_000 ? { 'over 10,000': costs[10_000] } : {}
    const least = {
      ...(size === 100_000 ? { feed: 20 } : {}),
      ...(size === 1_000_000 ? { 'over 10,000': 0.5 } : {}),
    }
    return compared(name, 'µs', { [size]: costs[size], feed: costs.feed, ...also }, String(size), {
      least,
      ...(size === 100_000 ? { most: 1_000 } : {}),
    })
  })
}

/** Another article, of what those say that were read. */
function madeOf(read, number) {
  const random = chance(number + 1)
  const one = () => read[Math.floor(random() * read.length)]
  const slug = `made-${number}`
  const published = Date.UTC(2010, 0, 1) + number * 7 * MINUTE
  return {
    ...one(),
    ...{ id: `urn:made:${number}`, slug, link: `https://made.example/articles/${slug}` },
    ...{ published, updated: published },
    tags: one().tags,
    sections: one().sections,
    authors: one().authors,
  }
}

/** Different filters that each have entries enough in the smallest catalog, and an author whom each may be without. */
function filtersFor(publisher, addressOf, count) {
  const { terms } = publisher.catalog()
  const random = chance(20261128)
  const byUse = (scheme) =>
    [...terms[scheme].values()].sort((a, b) => b.count - a.count).map(({ term }) => term)
  const [tags, authors] = [byUse('tags'), byUse('authors')]
  const sections = byUse('sections').filter((term) => !term.includes('/'))
  const among = (some, first = some.length) => some[Math.floor(random() * first)]
  const found = new Map()
  for (let tries = 0; found.size < count; tries++) {
    if (tries > 10 * count) throw new Error('There are too few filters with entries enough.')
    const any = [among(tags, 5), among(tags, 20), among(tags)]
    const query = `tag=${any}&category=${among(sections, 4)},${among(sections)}&tag=-${among(tags)}`
    const { entries } = publisher.compose(addressOf(`${query}&limit=${ENTRIES + 5}`))
    if (entries.length === ENTRIES + 5) found.set(query, { query, without: among(authors) })
  }
  return [...found.values()]
}

/** What a program does that has `feed` alone. */
function render(articles) {
  const feed = new Feed({
    title: 'Made',
    description: 'Made',
    link: 'https://made.example/',
    updated: new Date(articles[0].published),
  })
  for (const article of articles)
    feed.addItem({
      title: article.title,
      id: article.id,
      link: article.link,
      date: new Date(article.published),
      description: article.summary,
      content: article.html,
      author: article.authors.map(({ name }) => ({ name })),
      category: article.tags.map(({ label }) => ({ name: label })),
    })
  return Buffer.from(feed.rss2())
}

await askedAlone(import.meta, coldFeeds, SIZES)
