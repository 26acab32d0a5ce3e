// An entry that is filled into a form of `feed` is what `feed` would have written of the entry itself.
import fc from 'fast-check'
import { Feed } from 'feed'
import { describe, expect, it } from 'vitest'
import { atomEntry, type EntryFacts, rssItem } from '../../../src/formats/feed-library.ts'
import type { XmlElement } from '../../../src/formats/xml.ts'
import { all, type Node, parseStrictly } from '../support/documents.ts'
import { runs } from '../support/runs.ts'

/** Words that survive XML in either way; the signs that `feed` gets wrong are golden files' and hostile texts' to try. */
const words = fc.stringMatching(/^[a-z中<>" ]{0,12}[a-z中]$/)
const dates = fc.date({
  min: new Date('1990-01-01'),
  max: new Date('2090-01-01'),
  noInvalidDate: true,
})
const facts = fc.record(
  {
    id: words.map((text) => `urn:example:${encodeURIComponent(text)}`),
    link: fc.webUrl().map((url) => new URL(url).href),
    date: dates,
    published: dates,
    description: words,
    content: words,
  },
  { requiredKeys: ['id', 'link', 'date'] },
)

/** Each child as its name and text. */
function told({ children }: XmlElement): [string, string][] {
  return children.flatMap((child): [string, string][] => {
    if (!('name' in child)) return []
    const texts = child.children.map((one) =>
      'text' in one ? one.text : 'cdata' in one ? one.cdata : '',
    )
    return [[child.name, texts.join('')]]
  })
}

/** Likewise, as `feed` itself writes the entry's element. */
function written(item: EntryFacts, format: 'rss2' | 'atom1'): [string, string][] {
  const library = new Feed({ title: 'T', link: 'https://a.example/', updated: item.date })
  library.addItem({ title: '', ...item })
  const root = parseStrictly(library[format]())
  const parent = format === 'rss2' ? (all(root, 'channel')[0] as Node) : root
  const [entry] = all(parent, format === 'rss2' ? 'item' : 'entry')
  return (entry as Node).children.map(({ name, text }) => [name, text])
}

describe('an entry filled into a form of feed', () => {
  it('is what feed writes of the entry itself', () => {
    fc.assert(
      fc.property(facts, (entry) => {
        const { published: _, ...item } = entry
        expect(told(rssItem(item))).toEqual(written(item, 'rss2'))
        expect(told(atomEntry(entry))).toEqual(written(entry, 'atom1'))
      }),
      { numRuns: runs(100) },
    )
  })
})
