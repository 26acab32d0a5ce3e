// Captions stand where nobody takes them for the text: feedparser, which much is made with, mixes up elements called `description`.
import { expect, it } from 'vitest'
import type { Extent } from '../../../src/domain/address.ts'
import { atom } from '../../../src/formats/atom.ts'
import { NAMESPACES } from '../../../src/formats/entry-parts.ts'
import type { Format } from '../../../src/formats/format.ts'
import { rss } from '../../../src/formats/rss.ts'
import { all, only, parseStrictly } from '../support/documents.ts'
import { article } from '../support/publication.ts'

const vocabulary = {
  tags: 'https://news.example/tags/',
  sections: 'https://news.example/categories/',
  language: 'en',
  isPodcast: false,
}
const namespaces = Object.entries({ ...NAMESPACES, 'xmlns:atom': 'a', 'xmlns:content': 'c' })
const pictures = [{ url: 'https://news.example/p.png', caption: 'A & B' }]

it.each<[name: string, format: Format, extent: Extent, html: string, element: string]>([
  ['RSS beside the text', rss, 'full', '<p>Text.</p>', 'media:description'],
  ['RSS beside a summary', rss, 'summary', '<p>Text.</p>', 'media:title'],
  ['RSS of no text', rss, 'full', '', 'media:title'],
  ['Atom beside the text', atom, 'full', '<p>Text.</p>', 'media:description'],
  ['Atom beside a summary', atom, 'summary', '<p>Text.</p>', 'media:title'],
  ['Atom of no text', atom, 'full', '', 'media:title'],
])('a caption in %s is not taken for it', (_, format, extent, html, element) => {
  const entry = { article: article({ html, pictures, summary: 'Text.' }), related: [] }
  const written = namespaces.map(([name, uri]) => `${name}="${uri}"`).join(' ')
  const document = `<x ${written}>${format.entry(entry, extent, vocabulary)}</x>`
  const [item] = parseStrictly(document).children
  const picture = only(item ?? expect.fail(), 'media:content')
  expect(all(picture, element)).toMatchObject([{ text: 'A & B', attributes: {} }])
  expect(picture.children).toHaveLength(1)
})
