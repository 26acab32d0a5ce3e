// The grammar of Atom is itself tried: it lets good documents pass and finds each fault that it is there for.
import { beforeAll, describe, expect, test } from 'vitest'
import { againstAtomGrammar, type Complaints, malformed } from './validators.ts'

const HEAD =
  '<id>tag:news.example,2026:/</id><title>News</title><updated>2026-03-09T00:00:00Z</updated>'
const AUTHOR = '<author><name>City desk</name></author>'
const ENTRY_HEAD =
  '<id>tag:news.example,2026:1</id><title>One</title><updated>2026-03-09T08:30:00+08:00</updated>'
const LINK = '<link href="https://news.example/1"/>'
const CONTENT = '<content type="html">&lt;p&gt;One&lt;/p&gt;</content>'

const feed = (inner: string) =>
  `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:x="urn:x" xml:lang="en">${inner}</feed>`
const withEntry = (entry: string) => feed(`${HEAD}${AUTHOR}<entry>${entry}</entry>`)
const withPart = (part: string) => withEntry(`${ENTRY_HEAD}${LINK}${part}`)
const withHead = (part: string) => feed(`${HEAD}${AUTHOR}${part}`)

const GOOD: Record<string, string> = {
  'a feed without entries': withHead(''),
  'an entry with a link': withEntry(`${ENTRY_HEAD}${LINK}`),
  'an entry with content': withEntry(`${ENTRY_HEAD}${CONTENT}`),
  'an alternate link among others': withEntry(
    `${ENTRY_HEAD}<link rel="via" href="/a"/><link rel="alternate" href="/b"/><link rel="related" href="/c"/>`,
  ),
  'authors in each entry instead of the feed': feed(
    `${HEAD}<entry>${ENTRY_HEAD}${LINK}${AUTHOR}</entry><entry>${AUTHOR}${ENTRY_HEAD}${LINK}</entry>`,
  ),
  'the author in the source of an entry': feed(
    `${HEAD}<entry>${ENTRY_HEAD}${LINK}<source>${AUTHOR}</source></entry>`,
  ),
  'every other element of an entry': withPart(
    `<published>2026-03-09T00:00:00.5Z</published><category term="a" scheme="https://news.example/" label="A"/>
     <contributor><name>Editor</name><email>a@news.example</email><uri>https://news.example/</uri></contributor>
     <rights>All</rights><summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>1</p></div></summary>
     <source><id>urn:s</id><title>S</title><updated>2026-03-09T00:00:00Z</updated></source>`,
  ),
  'every other element of a feed': withHead(
    `<subtitle>S</subtitle><rights>R</rights><logo>/l.png</logo><icon>/i.png</icon>
     <generator uri="https://news.example/" version="1">G</generator><link rel="self" href="/atom.xml"/>`,
  ),
  'elements of other namespaces': withPart(
    '<x:a>text</x:a><x:b c="d"/><x:e><x:f x:g="h">i</x:f></x:e>',
  ),
  'foreign markup in a link': withPart('<link rel="related" href="/"><x:a/></link>'),
  'content elsewhere': withPart('<content type="audio/mpeg" src="/a.mp3"/>'),
  'content of another kind': withPart('<content type="image/svg+xml"><x:svg/></content>'),
  'an entry alone': `<entry xmlns="http://www.w3.org/2005/Atom">${ENTRY_HEAD}${LINK}${AUTHOR}</entry>`,
}

const BAD: Record<string, string> = {
  'a feed without id': feed(HEAD.replace(/<id>.*<\/id>/, '') + AUTHOR),
  'a feed without title': feed(HEAD.replace(/<title>.*<\/title>/, '') + AUTHOR),
  'a feed without updated': feed(HEAD.replace(/<updated>.*<\/updated>/, '') + AUTHOR),
  'a feed with two ids': withHead('<id>urn:2</id>'),
  'a feed with two logos': withHead('<logo>/1.png</logo><logo>/2.png</logo>'),
  'an entry without id': withEntry(ENTRY_HEAD.replace(/<id>.*<\/id>/, '') + LINK),
  'an entry without title': withEntry(ENTRY_HEAD.replace(/<title>.*<\/title>/, '') + LINK),
  'an entry without updated': withEntry(ENTRY_HEAD.replace(/<updated>.*<\/updated>/, '') + LINK),
  'an entry with two ids': withPart('<id>urn:2</id>'),
  'an entry with two titles': withPart('<title>Two</title>'),
  'an entry with two contents': withPart(CONTENT + CONTENT),
  'an empty id': withEntry(ENTRY_HEAD.replace(/<id>.*<\/id>/, '<id/>') + LINK),
  'neither content nor alternate link': withEntry(
    `${ENTRY_HEAD}<link rel="related" href="https://news.example/2"/>`,
  ),
  'an RFC 822 date': withPart('<published>Mon, 09 Mar 2026 00:00:00 GMT</published>'),
  'a date without time': withPart('<published>2026-03-09</published>'),
  'a date without zone': withPart('<published>2026-03-09T00:00:00</published>'),
  'a date with a lower-case t': withPart('<published>2026-03-09t00:00:00Z</published>'),
  '30 February': withPart('<published>2026-02-30T00:00:00Z</published>'),
  'no author anywhere': feed(`${HEAD}<entry>${ENTRY_HEAD}${LINK}</entry>`),
  'one entry of two without author': feed(
    `${HEAD}<entry>${ENTRY_HEAD}${LINK}${AUTHOR}</entry><entry>${ENTRY_HEAD}${LINK}</entry>`,
  ),
  'an author without name': withPart('<author><email>a@news.example</email></author>'),
  'an author with an empty name': withPart('<author><name> </name></author>'),
  'an author with two names': withPart('<author><name>A</name><name>B</name></author>'),
  'an e-mail address without @': withPart('<author><name>A</name><email>a</email></author>'),
  'a category without term': withPart('<category label="A"/>'),
  'a link without href': withPart('<link rel="related"/>'),
  'a type that is none': withPart('<link rel="related" href="/" type="html"/>'),
  'a language that is none': withPart('<rights xml:lang="zh_CN">R</rights>'),
  'markup in text': withPart('<rights>1 <b xmlns="http://www.w3.org/1999/xhtml">2</b></rights>'),
  'markup in content of type text': withPart('<content type="text"><x:a/></content>'),
  'markup in content without type': withPart('<content><x:a/></content>'),
  'xhtml without div': withPart('<rights type="xhtml"><x:p>1</x:p></rights>'),
  'an unknown text type': withPart('<rights type="markdown">R</rights>'),
  'an unknown Atom element': withPart('<modified>2026-03-09T00:00:00Z</modified>'),
  'an unknown attribute': withPart('<rights lang="en">R</rights>'),
  'an element of no namespace in the wrong root': '<feed><id>urn:1</id></feed>',
  'metadata after an entry': withHead(`<entry>${ENTRY_HEAD}${LINK}</entry><subtitle>S</subtitle>`),
}

describe('the grammar of Atom', () => {
  let complaints: Complaints
  beforeAll(async () => {
    complaints = await againstAtomGrammar({ ...GOOD, ...BAD })
  })

  test.each(Object.keys(GOOD))('lets pass %s', (name) => {
    expect(complaints[name]).toBeUndefined()
  })
  test.each(Object.keys(BAD))('finds %s', (name) => {
    expect(complaints[name]?.join('\n')).toContain('error:')
  })

  test('is tried with well-formed documents only', async () => {
    expect(await malformed({ ...GOOD, ...BAD })).toEqual({})
  })
  test('stands beside a check that finds malformed documents', async () => {
    const found = await malformed({
      open: '<a>',
      entity: '<a>&nbsp;</a>',
      good: '<a/>',
    })
    expect(Object.keys(found).toSorted()).toEqual(['entity', 'open'])
  })
})
