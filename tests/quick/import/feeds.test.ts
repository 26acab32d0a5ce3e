// RSS, Atom and JSON Feed as records: each fact in its place, and what has none counted by its name.
import { describe, expect, it } from 'vitest'
import { atom, bodyOf, importing, rss } from '../support/import.ts'

/** What the front matter says below a title. */
async function factsOf(source: string) {
  const imported = await importing(source)
  const { articles, problems } = await imported.content()
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  return { ...imported, article: articles[0] ?? expect.fail('no article') }
}

const DATED = '<title>T</title><pubDate>Mon, 09 Mar 2026 08:30:00 +0800</pubDate>'
const ENTRY = '<id>urn:1</id><title>T</title><updated>2026-03-09T08:30:00+08:00</updated>'

const itemOf = (inner: string, channel?: string) =>
  factsOf(rss(`<item>${DATED}${inner}</item>`, channel))

describe('an RSS item', () => {
  it.each([
    ['a guid', '<guid isPermaLink="false">n-1</guid><link>https://p.example/1</link>', 'n-1'],
    ['a permalink', '<guid>https://p.example/1</guid>', 'https://p.example/1'],
    ['a link alone', '<link>https://p.example/2</link>', 'https://p.example/2'],
  ])('keeps %s as its id', async (_, inner, id) => {
    const { text } = await itemOf(inner)
    expect(await text()).toContain(`\nid: ${id}\n`)
  })

  it.each([
    ['Mon, 09 Mar 2026 08:30:00 +0800', '2026-03-09T08:30:00+08:00'],
    ['9 Mar 26 08:30 EST', '2026-03-09T08:30:00-05:00'],
    ['Mon, 9 March 2026 08:30:00 GMT', '2026-03-09T08:30:00Z'],
    // RFC 822 §3.1.4: no space has to be there.
    ['Mon,09 Mar 2026 08:30:00 GMT', '2026-03-09T08:30:00Z'],
    ['2026-03-09T08:30:00.5-03:30', '2026-03-09T08:30:00.5-03:30'],
    ['  Mon,  09 Mar 2026\n08:30:00 +0000 ', '2026-03-09T08:30:00+00:00'],
  ])('keeps the moment %s with its zone', async (written, kept) => {
    const item = `<item><title>T</title><pubDate>${written}</pubDate></item>`
    expect(await (await importing(rss(item))).text()).toContain(`published: ${kept}\n`)
  })

  it.each([
    ['Mon, 31 Feb 2026 08:30:00 GMT'],
    ['Mon, 01 Jan 0001 00:00:00 +0000'],
    ['0001-01-01T00:00:00Z'],
    ['yesterday'],
    [''],
  ])('is a draft where its date is "%s", and the report asks for one', async (written) => {
    const item = `<item><title>T</title><pubDate>${written}</pubDate></item>`
    const { account, text, files } = await importing(rss(item))
    expect(files).toEqual(['t.md'])
    expect(await text()).toBe('---\ntitle: T\ndraft: true\n---\n')
    expect(account.remarks).toEqual([expect.stringContaining('fill in "published"')])
    expect(account.unplaced).toEqual(written === '' ? {} : { 'pubDate that is no date': 1 })
  })

  it.each([
    [
      'a summary and a text',
      '<description>S &amp;lt; T</description><content:encoded>B</content:encoded>',
      'S < T',
      'B',
    ],
    [
      'a text alone',
      '<description>&lt;p&gt;B &lt;b&gt;c&lt;/b&gt;&lt;/p&gt;</description>',
      'B c',
      'B **c**',
    ],
  ])('with %s', async (_, inner, summary, body) => {
    const { article, text } = await itemOf(inner)
    expect(article.summary).toBe(summary)
    expect(bodyOf(await text())).toBe(body)
  })

  it('reads references that stand in a title twice, and leaves signs alone', async () => {
    const item = '<item><title>R&amp;amp;D: 1 &lt; 2 &amp;#8217;</title></item>'
    expect(await (await importing(rss(item))).text()).toContain('title: "R&D: 1 < 2 ’"\n')
  })

  it('keeps people, sources, rights, terms and language', async () => {
    const { article, account } = await itemOf(
      `<author>desk@p.example (News desk)</author><dc:creator>Ann Lee</dc:creator><dc:creator>Ann Lee</dc:creator><dc:contributor>Bo Ek</dc:contributor><source url="https://other.example/rss">Other</source><dc:source>https://far.example/x</dc:source><dc:rights>© P</dc:rights><category>Night Market</category><category domain="https://v.example/">Trade</category><dc:subject>C++</dc:subject><atom:link rel="related" href="/2" title="Second"/><comments>https://p.example/1#c</comments>`,
      '<language>zh-Hant</language>',
    )
    expect(article).toMatchObject({
      language: 'zh-Hant',
      authors: [{ name: 'News desk', email: 'desk@p.example' }, { name: 'Ann Lee' }],
      contributors: [{ name: 'Bo Ek', role: 'contributor' }],
      sources: [
        { title: 'Other', feed: 'https://other.example/rss' },
        { title: 'https://far.example/x', url: 'https://far.example/x' },
      ],
      rights: { copyright: '© P' },
      tags: [{ label: 'Night Market' }, { label: 'Trade' }, { label: 'C++' }],
      related: [{ title: 'Second', url: 'https://paper.example/2' }],
    })
    expect(account.unplaced).toEqual({ 'category domain "https://v.example/"': 1, comments: 1 })
  })

  it('keeps the order in which people and terms are first named', async () => {
    const named = ['Ann', 'Bo', 'Ann'].map(
      (name) => `<dc:creator>${name}</dc:creator><category>${name}’s</category>`,
    )
    const { article } = await itemOf(named.join(''))
    expect(article.authors.map(({ name }) => name)).toEqual(['Ann', 'Bo'])
    expect(article.tags.map(({ label }) => label)).toEqual(['Ann’s', 'Bo’s'])
  })

  it('keeps pictures with credit and size, and recordings with length, each once', async () => {
    const { article, account } = await itemOf(
      `<enclosure url="https://p.example/a.mp3" length="999" type="audio/mpeg"/><itunes:duration>1:01:30</itunes:duration><enclosure url="https://p.example/a.pdf" length="9" type="application/pdf"/><media:group><media:content url="https://p.example/a.jpg" width="800" height="600" fileSize="77"/><media:description>At dawn</media:description><media:credit role="photographer">Photo desk</media:credit></media:group><media:thumbnail url="https://p.example/t.jpg"/>`,
    )
    expect(article.recordings).toEqual([
      { url: 'https://p.example/a.mp3', type: 'audio/mpeg', length: 999, duration: 3690 },
    ])
    expect(article.pictures).toEqual([
      {
        url: 'https://p.example/a.jpg',
        type: 'image/jpeg',
        length: 77,
        width: 800,
        height: 600,
        caption: 'At dawn',
        credit: 'Photo desk',
      },
    ])
    expect(account.unplaced).toEqual({
      'enclosure of type application/pdf': 1,
      'media:thumbnail': 1,
    })
  })

  it.each([
    ['Audio/MPEG', 'audio/mpeg'],
    [' audio/mpeg ', 'audio/mpeg'],
    ['', 'audio/mpeg'],
  ])('keeps a recording whose type is written "%s"', async (written, type) => {
    const enclosure = `<enclosure url="https://p.example/a.mp3" length="9" type="${written}"/>`
    const { article, account } = await itemOf(enclosure)
    expect(article.recordings).toEqual([{ url: 'https://p.example/a.mp3', type, length: 9 }])
    expect(account.unplaced).toEqual({})
  })

  it.each([
    '<enclosure url="https://p.example/1" type=""/><media:content url="https://p.example/1" type="audio/mpeg"/>',
    '<media:content url="https://p.example/1" type="" medium="audio"/>',
  ])('leaves a blank type to whoever tells more: %s', async (media) => {
    const { article } = await itemOf(media)
    expect(article.recordings).toMatchObject([{ url: 'https://p.example/1', type: 'audio/mpeg' }])
  })

  it('shows a recording with the picture of its episode, as large as it is said to be', async () => {
    const audio = '<enclosure url="https://p.example/a.mp3" length="9" type="audio/mpeg"/>'
    const { article } = await itemOf(
      `${audio}<media:thumbnail url="https://p.example/t.jpg" width="72" height="72"/><itunes:image href="https://p.example/e.jpg"/>`,
    )
    expect(article.recordings).toHaveLength(1)
    expect(article.pictures).toEqual([
      { url: 'https://p.example/t.jpg', type: 'image/jpeg', width: 72, height: 72 },
      { url: 'https://p.example/e.jpg', type: 'image/jpeg' },
    ])
  })

  it('has no picture of the face that WordPress.com shows with each post', async () => {
    const media = ['https://0.gravatar.com/avatar/1?s=96', 'https://p.example/a.jpg'].map(
      (url) => `<media:content url="${url}" medium="image"/>`,
    )
    const { article, account } = await itemOf(media.join(''))
    expect(article.pictures).toEqual([{ url: 'https://p.example/a.jpg', type: 'image/jpeg' }])
    expect(account.unplaced).toEqual({ 'media:content of Gravatar': 1 })
  })

  it('is read behind blank lines, and where its text breaks a rule that leaves no doubt', async () => {
    const { code, account } = await importing(
      `\n\n${rss(`<item>${DATED}<x:y>a &nbsp; b</x:y></item>`)}`,
    )
    expect(code).toBe(0)
    expect(Object.keys(account.unplaced)).toEqual([
      'XML: an XML declaration must be at the start of the document.',
      'XML: unbound namespace prefix: "x".',
      'XML: undefined entity.',
      'x:y',
    ])
  })

  it('of RSS 1.0 is read too', async () => {
    const rdf = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>P</title></channel><item rdf:about="https://p.example/?1"><title>One</title><link>https://p.example/1</link><dc:date>2026-03-09T08:30+08:00</dc:date></item></rdf:RDF>`
    expect((await factsOf(rdf)).article).toMatchObject({
      id: 'https://p.example/?1',
      title: 'One',
      link: 'https://p.example/1',
      published: Date.UTC(2026, 2, 9, 0, 30),
    })
  })
})

describe('an Atom entry', () => {
  it.each([
    ['text', '<title>1 &lt; 2 &amp;amp;</title>', '1 < 2 &amp;'],
    ['html', '<title type="html">R&amp;amp;D &lt;em&gt;now&lt;/em&gt;</title>', 'R&D now'],
    [
      'xhtml',
      '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">R&amp;D <em>now</em></div></title>',
      'R&D now',
    ],
  ])('reads a title of type %s', async (_, title, words) => {
    const entry = `<entry><id>urn:1</id>${title}<updated>2026-03-09T00:00:00Z</updated></entry>`
    expect((await factsOf(atom(entry))).article.title).toBe(words)
  })

  it.each([
    ['text', '<content>1 &lt; 2\n\nand *so* on</content>', '1 < 2\n\nand \\*so\\* on'],
    ['html', '<content type="html">&lt;p&gt;A &lt;i&gt;b&lt;/i&gt;&lt;/p&gt;</content>', 'A *b*'],
    [
      'xhtml',
      '<content type="xhtml" xml:base="https://b.example/d/"><div xmlns="http://www.w3.org/1999/xhtml"><p>A <a href="x">b</a></p></div></content>',
      'A [b](https://b.example/d/x)',
    ],
  ])('reads content of type %s', async (_, content, markdown) => {
    const { text } = await factsOf(atom(`<entry>${ENTRY}${content}</entry>`))
    expect(bodyOf(await text())).toBe(markdown)
  })

  it('counts content that stands elsewhere or is no text', async () => {
    const { account } = await importing(
      atom(
        `<entry>${ENTRY}<content src="https://p.example/x" type="video/mp4"/></entry><entry><id>urn:2</id><title>U</title><content type="image/png">aGk=</content></entry>`,
      ),
    )
    expect(account.unplaced).toEqual({ 'content src': 1, 'content of type image/png': 1 })
  })

  it('keeps links by what they say they are, people, terms and language', async () => {
    const { article, account } = await factsOf(
      atom(
        `<entry xml:lang="fr">${ENTRY}<published>2026-03-08T08:30:00+08:00</published><link rel="replies" href="/r"/><link href="/1"/><link rel="via" href="https://far.example/" title="Far"/><link rel="related" href="/2"/><link rel="enclosure" href="/a.mp3" type="audio/mpeg" length="12"/><author><name>Ann</name><uri>https://ann.example</uri></author><contributor><name>Bo</name></contributor><category term="r&amp;d" label="R&amp;D"/><category term="x" scheme="https://v.example/"/><rights type="html">&amp;copy; P</rights><source><id>urn:f</id><title>Other</title><link rel="self" href="https://other.example/atom"/></source></entry>`,
        '<author><name>Desk</name></author>',
      ),
    )
    expect(article).toMatchObject({
      id: 'urn:1',
      link: 'https://paper.example/1',
      published: Date.UTC(2026, 2, 8, 0, 30),
      updated: Date.UTC(2026, 2, 9, 0, 30),
      language: 'fr',
      authors: [{ name: 'Ann', url: 'https://ann.example/' }],
      contributors: [{ name: 'Bo', role: 'contributor' }],
      tags: [{ label: 'R&D' }, { label: 'x' }],
      recordings: [{ url: 'https://paper.example/a.mp3', type: 'audio/mpeg', length: 12 }],
      sources: [
        { title: 'Other', feed: 'https://other.example/atom' },
        { title: 'Far', url: 'https://far.example/' },
      ],
      related: [{ title: 'https://paper.example/2', url: 'https://paper.example/2' }],
      rights: { copyright: '© P' },
    })
    expect(account.unplaced).toEqual({
      'category scheme "https://v.example/"': 1,
      'link rel="replies"': 1,
    })
  })

  it("has the feed's author where it names none", async () => {
    const { article } = await factsOf(
      atom(`<entry>${ENTRY}</entry>`, '<author><name>Desk</name></author>'),
    )
    expect(article.authors).toMatchObject([{ name: 'Desk' }])
  })

  it.each([
    ['http://www.w3.org/2007/app', 'yes', true],
    ['http://purl.org/atom/app#', 'yes', true],
    ['http://www.w3.org/2007/app', 'no', false],
  ])('that is a draft stays one: %s, %s', async (namespace, said, draft) => {
    const control = `<a:control xmlns:a="${namespace}"><a:draft>${said}</a:draft></a:control>`
    const { article, account } = await factsOf(atom(`<entry>${ENTRY}${control}</entry>`))
    expect(article).toMatchObject({ draft })
    expect(account.unplaced).toEqual({})
  })

  it('that was withdrawn is counted', async () => {
    const gone =
      '<at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0" ref="urn:2" when="2026-01-01T00:00:00Z"/>'
    expect((await importing(atom(gone))).account.skipped).toEqual({ 'deleted entry': 1 })
  })
})

describe('a JSON Feed item', () => {
  const feed = (item: object, head = {}) =>
    JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'P',
      home_page_url: 'https://p.example/',
      ...head,
      items: [{ date_published: '2026-03-09T08:30:00+08:00', title: 'T', ...item }],
    })

  it('keeps its facts', async () => {
    const { article, account, text } = await factsOf(
      feed(
        {
          id: 17,
          url: '/1',
          external_url: 'https://far.example/x',
          content_html: '<p>A <a href="y">b</a></p>',
          summary: 'S',
          image: 'https://p.example/a.jpg',
          tags: ['R&D', 'R&D'],
          language: 'de',
          attachments: [
            { url: 'https://p.example/a.mp3', mime_type: 'audio/mpeg', duration_in_seconds: 3.5 },
          ],
          banner_colour: 'red',
          _other: { x: 1 },
        },
        { authors: [{ name: 'Desk', url: 'https://p.example/desk', avatar: 'x' }] },
      ),
    )
    expect(await text()).toContain('\nid: "17"\n')
    expect(bodyOf(await text())).toBe('A [b](https://p.example/y)')
    expect(article).toMatchObject({
      link: 'https://p.example/1',
      summary: 'S',
      language: 'de',
      tags: [{ label: 'R&D' }],
      authors: [{ name: 'Desk', url: 'https://p.example/desk' }],
      sources: [{ title: 'https://far.example/x', url: 'https://far.example/x' }],
      pictures: [{ url: 'https://p.example/a.jpg' }],
      recordings: [{ url: 'https://p.example/a.mp3', duration: 3.5 }],
    })
    expect(account.unplaced).toEqual({ _other: 1, banner_colour: 1 })
  })

  it('of version 1.0 has one author, and plain text keeps its signs', async () => {
    const { article, text } = await factsOf(
      feed({ id: 'a', author: { name: 'Ann' }, content_text: 'One *two*\n<b>three' }),
    )
    expect(article.authors).toMatchObject([{ name: 'Ann' }])
    expect(article.text).toMatch(/^One \*two\*\n ?<b>three$/)
    expect(bodyOf(await text())).toBe('One \\*two\\*\\\n\\<b>three')
  })

  it('whose facts in Gazette’s own names are something else is imported without them', async () => {
    const _gazette = Object.fromEntries(
      ['contributors', 'sections', 'pictures', 'sources', 'related', 'rights'].map((name) => [
        name,
        [null, 1, 'x', []],
      ]),
    )
    const { code, account } = await importing(feed({ id: 'a', _gazette }))
    expect([code, account.errors, account.written]).toEqual([0, [], ['2026-03-09-t.md']])
  })

  it.each([
    ['no feed', '{"title":"x"}', 'no JSON Feed'],
    ['broken', '{"version":', 'This is no JSON'],
  ])('is not looked for in JSON that is %s', async (_, source, said) => {
    const { code, account, files } = await importing(source)
    expect([code, files]).toEqual([1, []])
    expect(account.errors).toEqual([expect.stringContaining(said)])
  })
})
