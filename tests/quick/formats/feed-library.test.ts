// What is filled into a form of `feed` is what `feed` would have written of the head or entry itself.
import fc from 'fast-check'
import { Feed, type FeedOptions, type Item } from 'feed'
import { describe, expect, it } from 'vitest'
import {
  atomEntry,
  atomFeed,
  type EntryFacts,
  type HeadFacts,
  rssChannel,
  rssItem,
} from '../../../src/formats/feed-library.ts'
import type { XmlElement } from '../../../src/formats/xml.ts'
import { all, type Node, parseStrictly } from '../support/documents.ts'
import { runs } from '../support/runs.ts'

/** Words that survive XML in either way; the signs that `feed` gets wrong are golden files' and hostile texts' to try. */
const words = fc.stringMatching(/^[a-z中<>"][a-z中<>" ]{0,12}[a-z中]$/)
const dates = fc.date({
  min: new Date('1990-01-01'),
  max: new Date('2090-01-01'),
  noInvalidDate: true,
})
/** Not fast-check's `webUrl`, which makes a table of all million characters first. */
const urls = fc
  .tuple(
    fc.constantFrom('http:', 'https:'),
    fc.stringMatching(/^[a-z]([a-z0-9.]{0,8}[a-z])?$/),
    fc.stringMatching(/^[\w~!$&'()*+,;=:@/?中-]{0,20}$/),
  )
  .map(([scheme, host, path]) => `${scheme}//${host}.example/${path}`)
  .filter((url) => URL.canParse(url))
  .map((url) => new URL(url).href)
const ids = words.map((text) => `urn:example:${encodeURIComponent(text)}`)
const entries = fc.record(
  {
    id: ids,
    link: urls,
    date: dates,
    published: dates,
    description: words,
    content: words,
  },
  { requiredKeys: ['id', 'link', 'date'] },
)
const heads = fc.record(
  {
    id: ids,
    link: urls,
    self: urls,
    updated: dates,
    description: words,
    language: fc.constantFrom('en', 'zh-Hans'),
    copyright: words,
    logo: urls,
    icon: urls,
  },
  { requiredKeys: ['id', 'link', 'self', 'updated'] },
)

interface Told {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly text: string
  readonly children: readonly Told[]
}

function told({ name, attributes, children }: XmlElement): Told {
  const texts = children.map((one) => ('text' in one ? one.text : 'cdata' in one ? one.cdata : ''))
  const elements = children.filter((one): one is XmlElement => 'name' in one)
  return { name, attributes, text: texts.join('').trim(), children: elements.map(told) }
}

/** Likewise, of what was read strictly. */
function read({ name, attributes, text, children }: Node): Told {
  return { name, attributes, text: text.trim(), children: children.map(read) }
}

/** As `feed` itself writes the element of an entry or a head. */
function entryOf(entry: EntryFacts, format: 'rss2' | 'atom1'): Told {
  const library = new Feed({ title: 'T', link: 'https://a.example/', updated: entry.date })
  library.addItem({ title: '', ...entry } as Item)
  const root = parseStrictly(library[format]())
  const parent = format === 'rss2' ? (all(root, 'channel')[0] as Node) : root
  return read(all(parent, format === 'rss2' ? 'item' : 'entry')[0] as Node)
}

function headOf({ self, logo, icon, ...head }: HeadFacts, format: 'rss2' | 'atom1'): Told {
  const options = {
    ...head,
    title: '',
    feed: self,
    generator: 'Gazette',
    image: logo,
    favicon: icon,
  }
  const library = new Feed(options as FeedOptions)
  const root = parseStrictly(library[format]())
  return read(format === 'rss2' ? (all(root, 'channel')[0] as Node) : root)
}

describe('filled into a form of feed', () => {
  it('an entry is what feed writes of the entry itself', () => {
    fc.assert(
      fc.property(entries, (entry) => {
        const { published: _, ...item } = entry
        expect(told(rssItem(item))).toEqual(entryOf(item, 'rss2'))
        expect(told(atomEntry(entry))).toEqual(entryOf(entry, 'atom1'))
      }),
      { numRuns: runs(50) },
    )
  })

  it('a head is what feed writes of the head itself', () => {
    fc.assert(
      fc.property(heads, (head) => {
        const { icon: _, ...channel } = head
        expect(told(rssChannel(channel))).toEqual(headOf(channel, 'rss2'))
        expect(told(atomFeed(head))).toEqual(headOf(head, 'atom1'))
      }),
      { numRuns: runs(50) },
    )
  })
})
