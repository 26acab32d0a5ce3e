// Whatever an editor typed, the feeds are well-formed and every character that XML can carry is unchanged.
import fc from 'fast-check'
import { fromHtml } from 'hast-util-from-html'
import { visit } from 'unist-util-visit'
import { describe, expect, it } from 'vitest'
import { NO_HABITS, readRecords } from '../../../src/content/records/records.ts'
import { cleanText } from '../../../src/content/syntax/text.ts'
import { CHARACTER } from '../support/characters.ts'
import { all, documentsOf, entriesOf, only, parseStrictly } from '../support/documents.ts'
import { readFiles } from '../support/folder.ts'
import { article, publication, taxonomy } from '../support/publication.ts'
import { runs } from '../support/runs.ts'

const CONTROLS = Array.from({ length: 0x20 }, (_, code) => String.fromCharCode(code)).join('')
const HOSTILE = [
  `]]> ]]> ]]]]>> <![CDATA[ <b>&amp;amp; &lt; &#0; " ' \` -->`,
  CONTROLS,
  '\uD800 \uDFFF \uFFFE \uFFFF \u{1FFFE} \uFDD0',
  '🦉 👩‍👩‍👧 e\u0301 \u202E\u200F\u200B\u2028\u0085\u00AD',
  '汉字、「引号」',
  'x'.repeat(10_000),
].join(' | ')

/** What an XML parser must give back: everything but what XML has no character for. */
const KEPT = cleanText(HOSTILE).trim()

describe('a record with hostile text in every field', async () => {
  const record = {
    id: HOSTILE,
    slug: HOSTILE.slice(0, 300),
    title: HOSTILE,
    summary: HOSTILE,
    published: '2026-06-24T12:00:00+08:00',
    section: [HOSTILE, 'below'],
    tags: [HOSTILE, `${HOSTILE}2`],
    authors: [{ name: HOSTILE, url: 'https://a.example/?<"&\'>]]>' }],
    contributors: [{ name: HOSTILE, role: HOSTILE }],
    pictures: [
      { url: 'https://a.example/<&">.png', alt: HOSTILE, caption: HOSTILE, credit: HOSTILE },
    ],
    recordings: [{ url: 'https://a.example/<&">.mp3', title: HOSTILE }],
    sources: [HOSTILE, { title: HOSTILE, url: 'https://a.example/?a=1&b=<2>' }],
    related: [{ title: HOSTILE, url: 'https://a.example/"><x>' }],
    rights: { copyright: HOSTILE, reprint: HOSTILE, disclaimer: HOSTILE },
    text: HOSTILE,
  }
  const site = {
    title: HOSTILE,
    description: HOSTILE,
    authors: [HOSTILE],
    rights: { copyright: HOSTILE },
    taxonomy: { tags: { [HOSTILE]: { label: HOSTILE, description: HOSTILE } } },
  }
  const files = { 'a.json': JSON.stringify(record), 'site.yaml': JSON.stringify(site) }

  it('is read without a problem', async () => {
    const { problems, articles } = await readFiles(files)
    expect(problems).toEqual([])
    expect(articles).toHaveLength(1)
  })

  it('comes out of RSS unchanged', async () => {
    const [item] = entriesOf((await documents(files)).rss)
    if (item === undefined) return expect.fail('no item')
    const texts = (name: string) => all(item, name).map(({ text }) => text)
    expect(texts('title')).toEqual([KEPT])
    expect(asText(only(item, 'description').text)).toBe(normal(KEPT))
    expect(asText(only(item, 'content:encoded').text)).toContain(
      ']]> ]]> ]]]]>> <![CDATA[ <b>&amp;amp;',
    )
    expect(texts('dc:creator')).toEqual([KEPT])
    expect(texts('dc:contributor')).toEqual([KEPT])
    expect(texts('category').slice(0, 2)).toEqual([KEPT, `${cleanText(HOSTILE)}2`.trim()])
    expect(texts('dc:source')).toEqual([KEPT, KEPT])
    expect(only(only(item, 'media:content'), 'media:credit').text).toBe(cleanText(HOSTILE))
    expect(only(item, 'dc:rights').text).toContain(cleanText(HOSTILE))
  })

  it('comes out of Atom unchanged', async () => {
    const { atom } = await documents(files)
    const [entry] = entriesOf(atom)
    if (entry === undefined) return expect.fail('no entry')
    expect(only(parseStrictly(atom), 'title').text).toBe(KEPT)
    expect(only(entry, 'title').text).toBe(KEPT)
    expect(only(only(entry, 'author'), 'name').text).toBe(KEPT)
    expect(all(entry, 'category')[0]?.attributes.label).toBe(KEPT)
    expect(
      all(entry, 'link').find(({ attributes }) => attributes.rel === 'related')?.attributes,
    ).toMatchObject({
      title: KEPT,
      href: 'https://a.example/%22%3E%3Cx%3E',
    })
  })

  it('comes out of JSON Feed unchanged', async () => {
    const { items, title } = JSON.parse((await documents(files)).json)
    expect(title).toBe(KEPT)
    expect(items[0]).toMatchObject({ title: KEPT, summary: KEPT, authors: [{ name: KEPT }] })
  })

  it('has one id in all formats', async () => {
    const { rss, atom, json } = await documents(files)
    const { id } = JSON.parse(json).items[0]
    expect(only(entriesOf(rss)[0] ?? expect.fail(), 'guid').text).toBe(id)
    expect(only(entriesOf(atom)[0] ?? expect.fail(), 'id').text).toBe(id)
    expect(id).toMatch(/^tag:gazette\.invalid,2026:[\x21-\x7e]+$/)
  })
})

describe('any text in any field', () => {
  it('comes out well-formed and unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: CHARACTER, maxLength: 80 }), (typed) => {
        const text = cleanText(typed)
        const one = article({
          title: text,
          summary: text,
          tags: [text],
          sections: [text.replaceAll('/', '')],
          authors: [text],
          contributors: [{ name: text, role: text }],
          pictures: [
            { url: 'https://a.example/p.png', type: 'image/png', caption: text, credit: text },
          ],
          sources: [{ title: text }, { title: text, url: 'https://a.example/' }],
          related: [{ title: text, url: 'https://a.example/' }],
          rights: { copyright: text },
        })
        const { rss, atom, json } = documentsOf(publication({ title: text, description: text }), [
          one,
        ])
        const [item] = entriesOf(rss)
        const [entry] = entriesOf(atom)
        if (item === undefined || entry === undefined) return expect.fail('an entry is missing')
        expect(only(item, 'title').text).toBe(text)
        expect(only(entry, 'title').text).toBe(text)
        expect(only(only(entry, 'contributor'), 'name').text).toBe(text)
        expect(all(entry, 'category')[0]?.attributes.label).toBe(text)
        expect(only(only(parseStrictly(rss), 'channel'), 'title').text).toBe(text)
        expect(JSON.parse(json).items[0].title).toBe(text)
      }),
      { numRuns: runs(25) },
    )
  })

  it('HTML comes out unchanged, whatever of it could end a CDATA section', () => {
    const unit = fc.constantFrom(']]>', ']', '>', '<![CDATA[', 'a')
    fc.assert(
      fc.property(fc.string({ unit, minLength: 1 }), (html) => {
        const { rss, atom } = documentsOf(publication(), [article({ html })])
        const [item, entry] = [...entriesOf(rss), ...entriesOf(atom)]
        expect(only(item ?? expect.fail(), 'content:encoded').text).toBe(html)
        expect(only(entry ?? expect.fail(), 'content').text).toBe(html)
      }),
      { numRuns: runs(25) },
    )
  })

  it('a JSON record of any shape is a record or a problem, never a failure', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (text) => {
        const problems: Parameters<typeof readRecords>[3] = []
        const records = readRecords('a.json', { text: () => text }, NO_HABITS, problems)
        expect(
          records.some(({ checked }) => checked !== undefined) ||
            problems.length > 0 ||
            text === '[]',
        ).toBe(true)
      }),
    )
  })
})

it('the publication can be called anything', () => {
  const named = publication({
    title: HOSTILE_TITLE,
    contact: { name: HOSTILE_TITLE, email: 'desk@news.example' },
    logo: 'https://news.example/logo.png?a=1&b=2',
    taxonomy: taxonomy({}),
  })
  const { rss, atom } = documentsOf(named, [article()])
  expect(only(only(only(parseStrictly(rss), 'channel'), 'image'), 'title').text).toBe(HOSTILE_TITLE)
  expect(only(parseStrictly(atom), 'logo').text).toBe('https://news.example/logo.png?a=1&b=2')
})

const HOSTILE_TITLE = 'A & B &amp; <C> ]]> ]]> "D"'

async function documents(files: Record<string, string>) {
  const { publication: made, articles } = await readFiles(files)
  return documentsOf(made ?? expect.fail(), articles)
}

/** The words of HTML, by a parser that is not ours. */
function asText(html: string): string {
  let text = ''
  visit(fromHtml(html, { fragment: true }), 'text', (node) => {
    text += node.value
  })
  return normal(text)
}

/** A carriage return inside HTML is a line feed. */
function normal(text: string): string {
  return text.replace(/\r\n?/g, '\n')
}
