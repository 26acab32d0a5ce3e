// Gazette's own feeds read back: the demonstration publication comes out of each format as it went in.
import { expect, it } from 'vitest'
import { readFolder } from '../../../src/content/folder.ts'
import { addressOf, FEED_FORMATS, MOST_ENTRIES } from '../../../src/domain/address.ts'
import { type Article, lifeAt } from '../../../src/domain/article.ts'
import { EVERYTHING } from '../../../src/domain/filter.ts'
import { createPublisher } from '../../../src/publishing/publisher.ts'
import { bodyOf } from '../../../src/publishing/representation.ts'
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

/** What every format tells of an article. */
function told(article: Article) {
  const { id, link, title, summary, published, updated, language, pictures, recordings } = article
  return {
    ...{ id, link, title, summary, published, updated, language },
    words: article.text.replace(/\s+/g, ' '),
    tags: article.tags.map(({ label }) => label),
    sections: article.sections.map((path) => path.map(({ label }) => label)),
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
  expect(imported).toMatchObject({ code: 0, account: { unplaced: {}, remarks: [] } })

  const read = await imported.content()
  expect(read.problems).toEqual([])
  const originals = new Map(articles.map((article) => [article.id, article]))
  const published = articles.filter((one) => lifeAt(one, NOW) === 'published')
  expect(read.articles.length).toBe(Math.min(newest, published.length))
  for (const article of read.articles) {
    const original = originals.get(article.id) ?? expect.fail(`${article.id} is new`)
    expect(told(article)).toEqual(told(original))
    if (format === 'json') expect(toldOfOurs(article)).toEqual(toldOfOurs(original))
  }
  // Markdown says all of it.
  for (const file of imported.files) {
    expect(await imported.text(file)).not.toMatch(/^<(div|p|table|figure)>/m)
  }
})
