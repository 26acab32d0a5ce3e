// Files made to break an import are refused, or done within limits; none reaches outside of itself.
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { inBoundedTime } from '../support/bounded-time.ts'
import { atom, bodyOf, importing, post, rss, wxr } from '../support/import.ts'

/** Milliseconds; each of these takes a small part of it. */
const SOON = 5_000

const ITEM = '<item><title>T</title><pubDate>Mon, 09 Mar 2026 08:30:00 GMT</pubDate>'

describe('entities are never expanded', () => {
  it.each([
    ['a file of the system', '<!ENTITY x SYSTEM "file:///etc/passwd">'],
    ['an address', '<!ENTITY x SYSTEM "http://127.0.0.1:1/">'],
    ['a word of its own', '<!ENTITY x "expanded">'],
    ['a billion laughs', '<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY x "&b;&b;">'],
    ['a document type elsewhere', '<!ENTITY % p SYSTEM "http://127.0.0.1:1/x.dtd"> %p;'],
  ])('%s', async (_, declared) => {
    const source = rss(`${ITEM}<description>Before &x; after</description></item>`).replace(
      '<rss',
      `<!DOCTYPE rss [${declared}]><rss`,
    )
    const { code, text, account } = await importing(source)
    expect(code).toBe(0)
    expect(bodyOf(await text())).toMatch(/^Before \\?&x; after$/)
    expect(account.unplaced).toEqual({ 'XML: undefined entity.': 1 })
  })
})

describe('what is refused is named, and nothing of it is written', { timeout: SOON }, () => {
  const deep = (times: number) => '<a>'.repeat(times)
  const json = (items: number) =>
    `{"version":"https://jsonfeed.org/version/1.1","items":[${'{},'.repeat(items)}{}]}`
  it.each<[string, () => string | Uint8Array, string]>([
    ['a gzip bomb', () => gzipSync(Buffer.alloc(10_000_000)), 'packed (gzip)'],
    ['200,000 items', () => rss('<item/>'.repeat(200_000)), 'more than 100000 items'],
    ['200,000 items of JSON', () => json(200_000), 'more than 100000 items'],
    ['a million elements deep', () => rss(`<item>${deep(1_000_000)}`), 'more than 256 deep'],
    [
      'an item of 200,000 elements',
      () => rss(`<item>${'<a/>'.repeat(200_000)}</item>`),
      'more than 100000 elements',
    ],
    ['XML that breaks off', () => `${rss(`${ITEM}</item>`).slice(0, -10)}`, 'no well-formed XML'],
    ['XML that is crossed', () => rss(`${ITEM}<a><b></a></b></item>`), 'no well-formed XML'],
    ['XML that is no feed', () => '<?xml version="1.0"?><svg/>', 'no feed: its root is <svg>'],
    ['JSON that is wrong', () => '{"version": "1",\n "items": [1,]}', '2:14: This is no JSON'],
    ['bytes that are no text', () => Uint8Array.of(0, 1, 2, 3), 'NUL'],
    ['an empty file', () => '', 'empty'],
    ['a record of ours', () => '---\ntitle: T\n---\n', 'a record already'],
    ['a page nested too deeply', () => `<html><body>${'<div>'.repeat(100_000)}`, 'deep'],
    [
      'an encoding that it has not',
      () => Buffer.from('<?xml version="1.0" encoding="gb18030"?><rss>\xff\xff</rss>', 'latin1'),
      'gb18030',
    ],
  ])('%s', async (_, source, said) => {
    const { code, account, files } = await importing(source())
    expect([code, files]).toEqual([1, []])
    expect(account.errors).toEqual([expect.stringContaining(said)])
  })
})

describe('a page of as much as is read is done in bounded time', () => {
  const inside = (name: string) => `<div class="${name}">`.repeat(200)
  const links = '<a href="https://portal.example/a">A</a>'.repeat(20_000)
  it.each([
    ['with all around it to be left out', '<nav></nav>'.repeat(98_000)],
    ['with its related articles in many lists', inside('related') + links],
    [
      'among many articles, of which it has most words',
      `<nav>${'<b>.</b>'.repeat(20_000)}</nav>${'</article><article>'.repeat(20_000)}`,
    ],
  ])('%s', async (_, around) => {
    const page = `<!doctype html><title>T</title><article><p>Words.</p>${around}</article>`
    const { text } = await inBoundedTime(() => importing(page))
    expect(bodyOf(await text())).toBe('Words.')
  })
})

it('a body that no record can hold is an error, and the others are imported', async () => {
  const { code, account, files } = await importing(
    wxr(post('', 'x'.repeat(1_000_001)) + post('<guid>b</guid>')),
  )
  expect(code).toBe(1)
  expect(account.errors).toEqual(['“A post”: The body has more than 1000000 characters.'])
  expect(files).toHaveLength(1)
})

it('names and values that a record can’t hold are counted, never written', async () => {
  const { account, article } = await importing(
    atom(
      `<entry><id>urn:1</id><title>T</title><updated>2026-01-01T00:00:00Z</updated><link href="javascript:alert(1)"/><category term="."/><category term="\u200B"/><category term="__proto__"/><author><name>..</name></author><author><name>Ann</name><email>no address</email></author></entry>`,
    ),
  )
  expect(await article()).toMatchObject({ tags: [{ term: '__proto__' }] })
  expect(account.unplaced).toEqual({
    "authors that a record can't hold": 2,
    'link rel="alternate" without a web address': 1,
    "tags that a record can't hold": 2,
  })
})

describe('an encoding that the file names is read', () => {
  const words = '澜江夜航'
  const gb18030 = Uint8Array.of(0xc0, 0xbd, 0xbd, 0xad, 0xd2, 0xb9, 0xba, 0xbd)
  const around = (before: string, after: string) =>
    Buffer.concat([Buffer.from(before), gb18030, Buffer.from(after)])
  it.each<[string, Uint8Array]>([
    [
      'XML in GB18030',
      around(
        '<?xml version="1.0" encoding="GB18030"?><rss version="2.0"><channel><item><title>',
        '</title></item></channel></rss>',
      ),
    ],
    [
      'a page in GBK',
      around('<html><head><meta charset="gbk"></head><body><h1>', '</h1></body></html>'),
    ],
    [
      'a page in GB2312 by its type',
      around(
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><body><h1>',
        '</h1></body></html>',
      ),
    ],
    ['UTF-8 with its mark', Buffer.from(`\uFEFF${rss(`<item><title>${words}</title></item>`)}`)],
  ])('%s', async (_, bytes) => {
    expect(await (await importing(bytes)).text()).toContain(`title: ${words}\n`)
  })

  it.each(['windows-1252', 'ISO-8859-1'])(
    'a feed in %s, with its quotes and dashes',
    async (name) => {
      const declared = rss('<item><title>*</title></item>').replace('?>', ` encoding="${name}"?>`)
      const [before = '', after = ''] = declared.split('*')
      const signs = Uint8Array.of(0x91, 0x92, 0x93, 0x94, 0x96, 0x97, 0x85, 0x80, 0xe9)
      const bytes = Buffer.concat([Buffer.from(before), signs, Buffer.from(after)])
      expect(await (await importing(bytes)).text()).toContain('title: ‘’“”–—…€é\n')
    },
  )
})
