// What a feed says where a fact is there several times, or nobody knows it; and that the formats say it of the same entries.
import { expect, it } from 'vitest'
import type { Article } from '../../../src/domain/article.ts'
import { all, documentsOf, entriesOf, only, parseStrictly } from '../support/documents.ts'
import { article, HOUR, NOON, publication } from '../support/publication.ts'

const FEED = { title: 'The bureau', feed: 'https://bureau.example/rss.xml' }
const BOOK = { title: 'A book' }

function itemOf(one: Article) {
  return entriesOf(documentsOf(publication(), [one]).rss)[0] ?? expect.fail('no item')
}

it.each<[string, Article['sources'], source: string[], dcSource: string[]]>([
  ['the only source is a feed', [FEED], ['The bureau'], []],
  ['one of several is', [FEED, BOOK], [], ['The bureau', 'A book']],
  ['none is', [BOOK], [], ['A book']],
])('in RSS, where %s, "source" has %j and "dc:source" %j', (_, sources, source, dcSource) => {
  const item = itemOf(article({ sources }))
  const texts = (name: string) => all(item, name).map(({ text }) => text)
  expect([texts('source'), texts('dc:source')]).toEqual([source, dcSource])
})

it('a section that two of an article’s sections lie in is said once', () => {
  const sections = ['News/Local', 'News/Sport']
  const { rss, atom, json } = documentsOf(publication(), [article({ sections })])
  const [item, entry] = [...entriesOf(rss), ...entriesOf(atom)].map((one) => all(one, 'category'))
  expect(item?.map(({ text }) => text)).toEqual(['News', 'News/Local', 'News/Sport'])
  const terms = entry?.map(({ attributes }) => attributes.term)
  expect(terms).toEqual(['news', 'news/local', 'news/sport'])
  expect(JSON.parse(json).items[0].tags).toEqual(['News', 'Local', 'Sport'])
})

it('in Atom, a feed that names no author has the publication for one', () => {
  const anonymous = publication({ authors: [] })
  const feed = parseStrictly(documentsOf(anonymous, [article({ authors: [] })]).atom)
  expect(only(only(feed, 'author'), 'name').text).toBe(anonymous.title)
})

it('in JSON, an attachment of unknown size and length has none', () => {
  const recordings = [{ url: 'https://news.example/a.mp3', type: 'audio/mpeg', length: 0 }]
  const { items } = JSON.parse(documentsOf(publication(), [article({ recordings })]).json)
  const [{ url, type }] = recordings as [(typeof recordings)[number]]
  expect(items[0].attachments).toEqual([{ url, mime_type: type }])
})

it('the three formats carry the same entries with the same ids in the same order', () => {
  const some = ['one', '二', 'three'].map((slug, at) =>
    article({ slug, published: NOON - (at % 2) * HOUR }),
  )
  const { rss, atom, json } = documentsOf(publication(), some)
  const ids: string[] = JSON.parse(json).items.map(({ id }: { id: string }) => id)
  expect(ids).toHaveLength(3)
  expect(entriesOf(rss).map((item) => only(item, 'guid').text)).toEqual(ids)
  expect(entriesOf(atom).map((entry) => only(entry, 'id').text)).toEqual(ids)
})
