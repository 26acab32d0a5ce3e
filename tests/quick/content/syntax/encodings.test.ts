// Encodings: a file is read in the one it is written in, declared or not, or refused by its name.
import { describe, expect, it } from 'vitest'
import { readFiles } from '../../support/folder.ts'
import { bytes } from '../../support/pictures.ts'

const GOOD = file('title: Good', 'id: good')

function file(...matter: string[]): string {
  return `---\npublished: 2026-03-09T08:30:00Z\n${matter.join('\n')}\n---\nText.\n`
}

/** A sentence about a lit quay and a ferry in the rain, in each encoding's bytes. */
const UNDECLARED = {
  gb18030:
    'c2ebcdb7b5c4b5c6d5fbd2b9c1c1d7c5a3acb6c9b4acc3bfb0ebd0a1cab1d2bbb0e0a3acb3cbbfcdc3c7d4dad3eac0efb5c8baf2a1a3',
  big5: 'bd58c059aababf4fbee3a95dab47b5dba141b4e7b2eea843a562a470aec9a440af5aa141adbcabc8adcca662ab42b8ccb5a5add4a143',
}

const titlesOf = ({ articles }: { articles: readonly { title: string }[] }) =>
  articles.map(({ title }) => title).sort()

describe('a file is read in the encoding', () => {
  it.each([
    ['UTF-8', bytes(file('title: X').replace('X', '\xE4\xB8\xAD')), '中'],
    [
      'UTF-8 with its mark',
      bytes([0xef, 0xbb, 0xbf], file('title: X').replace('X', '\xE4\xB8\xAD')),
      '中',
    ],
    // Two bytes each, and four for the emoji.
    [
      'GB18030',
      bytes(
        '---\ncharset: gb18030\npublished: 2026-03-09\ntitle: ',
        [0xd6, 0xd0, 0xc9, 0xbd, 0x94, 0x39, 0xfc, 0x36],
        '\n---\n',
      ),
      '中山😀',
    ],
    [
      'GBK, in quotes',
      bytes(
        '---\ntitle: ',
        [0xd0, 0xc2, 0xce, 0xc5],
        '\ncharset: "gbk"\npublished: 2026-03-09\n---\n',
      ),
      '新闻',
    ],
    // The last byte of 功 is that of a backslash.
    [
      'Big5',
      bytes(
        '---\ncharset: Big5\npublished: 2026-03-09\ntitle: "',
        [0xb7, 0x73, 0xbb, 0x44, 0xa6, 0xa8, 0xa5, 0x5c],
        '"\n---\n',
      ),
      '新聞成功',
    ],
    [
      'UTF-8, saved so where another encoding was declared before',
      Buffer.from('---\ncharset: gb18030\npublished: 2026-03-09\ntitle: 码头的灯亮着\n---\n'),
      '码头的灯亮着',
    ],
    [
      'Latin 1',
      bytes('---\ncharset: iso-8859-1\npublished: 2026-03-09\ntitle: caf', [0xe9], '\n---\n'),
      'café',
    ],
    [
      'Windows-1252, which has signs where Latin 1 has none',
      bytes(
        '---\ncharset: windows-1252\npublished: 2026-03-09\ntitle: ',
        [0x93, 0x41, 0x94, 0x20, 0x96, 0x20, 0x80, 0x20, 0x8e, 0x9f],
        '\n---\n',
      ),
      '“A” – € ŽŸ',
    ],
  ])('%s', async (_, content, title) => {
    const read = await readFiles({ 'a.md': content })
    expect(read.problems).toEqual([])
    expect(titlesOf(read)).toEqual([title])
  })

  it.each([
    ['UTF-16, little end first', Buffer.from(`\uFEFF${GOOD}`, 'utf16le')],
    ['UTF-16, big end first', Buffer.from(`\uFEFF${GOOD}`, 'utf16le').swap16()],
  ])('%s, with its mark', async (_, content) => {
    const read = await readFiles({ 'a.md': content })
    expect(read.problems).toEqual([])
    expect(titlesOf(read)).toEqual(['Good'])
  })

  it.each(Object.entries(UNDECLARED))('%s, where nothing declares it', async (charset, hex) => {
    const sentence = Buffer.from(hex, 'hex')
    const text = Buffer.concat(Array.from({ length: 8 }, () => sentence))
    const read = await readFiles({
      'a.md': bytes('---\ntitle: A\npublished: 2026-03-09\n---\n', [...text], '\n'),
    })
    expect(read.problems).toEqual([])
    expect(read.articles[0]?.text).toBe(new TextDecoder(charset).decode(text))
    expect(read.articles[0]?.text).toMatch(/^(码头的灯整夜亮着|碼頭的燈整夜亮著)/)
  })

  // Editors on Windows save so.
  it.each([
    ['config.json', '{"title": "Quay", "baseURL": "https://quay.example/"}'],
    ['hugo.toml', 'title = "Quay"\n'],
    ['_config.yml', 'title: Quay\n'],
  ])('UTF-8 or UTF-16 with its mark, of a site’s %s', async (name, text) => {
    for (const encoding of ['utf8', 'utf16le'] as const) {
      const content = Buffer.from(`\uFEFF${text}`, encoding)
      const { publication, problems } = await readFiles({ [name]: content })
      expect([publication?.title, problems]).toEqual(['Quay', []])
    }
  })

  it('GB18030 that nothing declares, of a site’s configuration', async () => {
    const text = Buffer.from(UNDECLARED.gb18030.repeat(8), 'hex')
    const read = await readFiles({ '_config.yml': bytes('title: A\ndescription: ', [...text]) })
    expect(read.problems).toEqual([])
    expect(read.publication?.description).toMatch(/^码头的灯整夜亮着/)
  })

  it('GB18030, of a JSON record', async () => {
    const read = await readFiles({
      'a.json': bytes(
        '{"charset": "gb18030", "published": "2026-03-09", "title": "',
        [0xd6, 0xd0],
        '"}',
      ),
    })
    expect(titlesOf(read)).toEqual(['中'])
  })

  it.each([
    ['in the body', '---\ntitle: 中\npublished: 2026-03-09\n---\n声明 `charset: gb18030`。\n'],
    ['in the title', '---\ntitle: "中: charset: latin9"\npublished: 2026-03-09\n---\n'],
    [
      'in another field',
      '---\ntitle: 中\npublished: 2026-03-09\nsummary: |\n  charset: big5\n---\n',
    ],
  ])('which no mention of a charset %s changes', async (_, content) => {
    const read = await readFiles({ 'a.md': content })
    expect(read.problems).toEqual([])
    expect(read.articles[0]?.title).toMatch(/^中/)
    expect(read.articles[0]?.text ?? '').not.toMatch(/[澹版槑]/)
  })
})

describe('a file is refused by name that', () => {
  it.each([
    ['is empty', Buffer.alloc(0), /empty/],
    ['is of UTF-16 without a mark', Buffer.from(GOOD, 'utf16le'), /NUL|UTF-8|front matter/],
    ['has NUL bytes', bytes(GOOD, [0, 0, 0, 0]), /NUL/],
    ['is of NUL bytes', Buffer.alloc(4096), /NUL/],
    ['is no UTF-8', bytes(file('title: caf'), [0xe9], 'x'), /not UTF-8: byte 57 \(0xE9\).*charset/],
    ['is cut within a character', bytes(file('title: A'), [0xe4, 0xb8]), /not UTF-8/],
    ['has surrogates in UTF-8', bytes(file('title: A'), [0xed, 0xa0, 0x80]), /not UTF-8/],
    ['is in an encoding that nobody knows', file('charset: klingon', 'title: A'), /"klingon"/],
    [
      'is not in the encoding it says',
      bytes(file('charset: gb18030', 'title: A'), [0xff, 0xff]),
      /"gb18030"/,
    ],
  ])('%s', async (_, content, sentence) => {
    const read = await readFiles({ 'bad.md': content, 'good.md': GOOD })
    expect(titlesOf(read)).toEqual(['Good'])
    expect(read.problems).toMatchObject([
      { severity: 'error', file: 'bad.md', sentence: expect.stringMatching(sentence) },
    ])
  })

  it('has NUL bytes, with the place of the first', async () => {
    const { problems } = await readFiles({ 'bad.md': '---\ntitle: A\0B\n---\n' })
    expect(problems).toMatchObject([{ line: 2, column: 9 }])
  })
})
