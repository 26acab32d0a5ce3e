// Gazette's own feeds read back: the demonstration publication comes out of each format as it went in.
import { expect, it } from 'vitest'
import { readFolder } from '../../../src/content/folder/folder.ts'
import {
  addressOf,
  FEED_FORMATS,
  type FeedFormat,
  MOST_ENTRIES,
} from '../../../src/domain/address.ts'
import { type Article, lifeAt } from '../../../src/domain/article.ts'
import { EVERYTHING } from '../../../src/domain/filter.ts'
import { createPublisher } from '../../../src/publishing/publisher.ts'
import { bodyOf } from '../../../src/publishing/representation.ts'
import { folderOf, readFiles } from '../support/folder.ts'
import { importing } from '../support/import.ts'
import { runs } from '../support/runs.ts'

const CONTENT = new URL('../../../content', import.meta.url).pathname
const NOW = Date.UTC(2026, 6, 1)

const { publication, articles } = await readFolder(CONTENT, {
  address: 'http://127.0.0.1:8080/',
  name: 'content',
})
if (publication === undefined) throw new Error('The demonstration can’t be read.')
const publisher = createPublisher({ publication, articles }, () => NOW)

/** What every format tells of an article; RSS names sections by what they are called alone. */
function told(article: Article, format: FeedFormat) {
  const { id, link, title, summary, published, updated, language, pictures, recordings } = article
  return {
    ...{ id, link, title, summary, published, updated, language },
    words: article.text.replace(/\s+/g, ' '),
    tags: article.tags.map(({ label }) => label),
    sections: article.sections.map((path) =>
      path.map(({ term, label }) => (format === 'rss' ? label : term)),
    ),
    authors: article.authors.map(({ name }) => name),
    contributors: article.contributors.map(({ name }) => name),
    pictures: pictures.map(({ url, type, width, height, credit, ...words }) => ({
      ...{ url, type, width, height, credit },
      caption: words.caption ?? words.alt,
    })),
    recordings: recordings.map(({ url, type, length }) => ({ url, type, length })),
    rights: Object.values(article.rights).join('\n'),
  }
}

/** What JSON Feed tells beside, in `_gazette`. */
function toldOfOurs({ contributors, pictures, sources, rights, recordings }: Article) {
  return { contributors, pictures, sources, rights, recordings }
}

/** All of them where nobody waits for it. */
const newest = Math.min(MOST_ENTRIES, runs(6))

it.each(FEED_FORMATS)('the demonstration comes back from %s', async (format) => {
  const address = { ...addressOf(EVERYTHING, format), format, limit: newest }
  const document = new TextDecoder().decode(bodyOf(publisher.represent(address)))
  const imported = await importing(document)
  expect(imported).toMatchObject({ code: 0, account: { remarks: [] } })
  // Those that site.yaml gives; the imported records have none.
  const labels = { rss: [], atom: ['category label'], json: ['_gazette.sections.label'] }
  expect(Object.keys(imported.account.unplaced)).toEqual(labels[format])

  const read = await imported.content()
  expect(read.problems).toEqual([])
  const originals = new Map(articles.map((article) => [article.id, article]))
  const published = articles.filter((one) => lifeAt(one, NOW) === 'published')
  expect(read.articles.length).toBe(Math.min(newest, published.length))
  for (const article of read.articles) {
    const original = originals.get(article.id) ?? expect.fail(`${article.id} is new`)
    expect(told(article, format)).toEqual(told(original, format))
    if (format === 'json') expect(toldOfOurs(article)).toEqual(toldOfOurs(original))
  }
  // Markdown says all of it.
  for (const file of imported.files) {
    expect(await imported.text(file)).not.toMatch(/^<(div|p|table|figure)>/m)
  }
})

it.each(FEED_FORMATS)('what the site says of rights is said once after %s', async (format) => {
  const files = {
    'site.yaml': 'title: T\nrights: { copyright: C, reprint: R, disclaimer: D }\n',
    'a.md':
      '---\nid: a.example\ntitle: A\npublished: 2026-01-01\nrights: { reprint: Own }\n---\nText.\n',
  }
  const { publication, articles } = await readFiles(files)
  const served = createPublisher({ publication: publication ?? expect.fail(), articles }, () => NOW)
  const address = { ...addressOf(EVERYTHING, format), format }
  const document = new TextDecoder().decode(bodyOf(served.represent(address)))
  const out = folderOf({ 'site.yaml': files['site.yaml'] })
  const { rights } = await (await importing(document, { out })).article()
  expect(rights).toEqual({ copyright: 'C', reprint: 'Own', disclaimer: 'D' })
})

it.each(['atom', 'json'] as const)(
  'what %s names otherwise than its address keeps the address',
  async (format) => {
    const { publication, articles } = await readFiles({
      'site.yaml':
        'title: T\nauthority: a.example,2026\ntaxonomy: { sections: { news: { label: Nachrichten }, news/harbour: { label: Der Hafen } }, tags: { quay: { label: Am Kai } } }\n',
      'a.md':
        '---\nid: a\ntitle: A\npublished: 2026-01-01\nsection: News/Harbour\ntags: [Quay, R&D, a/b]\n---\nText.\n',
    })
    const site = publication ?? expect.fail()
    const served = createPublisher({ publication: site, articles }, () => NOW)
    const address = { ...addressOf(EVERYTHING, format), format }
    const document = new TextDecoder().decode(bodyOf(served.represent(address)))
    expect(document).toContain('Der Hafen')
    const { sections, tags } = await (await importing(document)).article()
    expect(sections.map((path) => path.map(({ term }) => term))).toEqual([['news', 'news/harbour']])
    // JSON Feed has no other name for a tag than its label.
    const kept = [
      ['quay', 'quay'],
      ['r&d', 'R&D'],
      ['a/b', 'a/b'],
    ]
    if (format === 'atom') expect(tags.map(({ term, label }) => [term, label])).toEqual(kept)
  },
)
