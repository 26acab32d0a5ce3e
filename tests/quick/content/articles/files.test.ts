// Files: encodings, things that are no files, odd names, and the pictures that stand beside articles.
import { execFileSync } from 'node:child_process'
import { closeSync, constants, mkdirSync, openSync, writeFileSync } from 'node:fs'
import { chmod, mkdir, symlink, truncate, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readFolder } from '../../../../src/content/folder/folder.ts'
import { openCatalog } from '../../../../src/domain/catalog.ts'
import type { Publication } from '../../../../src/domain/publication.ts'
import { folderOf, readFiles, remove, SETTINGS } from '../../support/folder.ts'
import { asPlainUser } from '../../support/plain-user.ts'

const BASE = SETTINGS.address
const GOOD = file('title: Good', 'id: good')

function file(...matter: string[]): string {
  return `---\npublished: 2026-03-09T08:30:00Z\n${matter.join('\n')}\n---\nText.\n`
}

/** Bytes of texts, which are ASCII here, and of lists of bytes. */
function bytes(...parts: (string | number[])[]): Buffer {
  return Buffer.concat(
    parts.map((part) =>
      typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part),
    ),
  )
}

/** The head of a photograph, with its Exif orientation where there is one. */
function jpeg(width: number, height: number, orientation?: number): Buffer {
  const exif = ['Exif\0\0MM\0*', [0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1]]
  const turned = bytes(...exif, [0, orientation ?? 0, 0, 0, 0, 0, 0, 0])
  return bytes(
    '\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0',
    ...(orientation === undefined ? [] : [[0xff, 0xe1, 0, turned.length + 2], [...turned]]),
    [0xff, 0xc0, 0, 11, 8, 0, height, 0, width, 1, 1, 0x11, 0, 0xff, 0xd9],
  )
}

/** A picture of one colour. */
function png(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
    return Buffer.concat([uint32(data.length), named, uint32(crc32(named))])
  }
  const header = Buffer.concat([uint32(width), uint32(height), Buffer.from([8, 0, 0, 0, 0])])
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1A\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc((width + 1) * height))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function uint32(value: number): Buffer {
  const buffer = Buffer.alloc(4)
  buffer.writeUInt32BE(value)
  return buffer
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

/** Makes what a folder can hold beside files; the test's end removes the folder. */
const THINGS: [string, string, (at: string) => unknown][] = [
  ['a FIFO', 'bad.md', (at) => execFileSync('mkfifo', [at])],
  ['a FIFO with the name of a picture', 'bad.png', (at) => execFileSync('mkfifo', [at])],
  ['a socket', 'bad.md', listen],
  ['a link to nothing', 'bad.md', (at) => symlink('nowhere.md', at)],
  ['a link to itself', 'bad.md', (at) => symlink('bad.md', at)],
  [
    'a link out of the folder',
    'bad.md',
    async (at) => symlink(path.join(folderOf({ 'x.md': file('title: Secret') }), 'x.md'), at),
  ],
  ['a link to a folder', 'bad', linkedFolder],
  ['a link to a folder with the name of an article', 'bad.md', linkedFolder],
  [
    'a link to a folder whose name begins as that of its own',
    'bad.md',
    (at) => {
      const beside = `${path.dirname(at)}-drafts`
      onTestFinished(() => remove(beside))
      mkdirSync(beside)
      writeFileSync(path.join(beside, 'x.md'), file('title: Secret'))
      return symlink(path.join(beside, 'x.md'), at)
    },
  ],
  ['a link to a device', 'bad.md', (at) => symlink('/dev/zero', at)],
]

async function linkedFolder(at: string): Promise<void> {
  const hidden = path.join(at, '../..hidden')
  await mkdir(hidden)
  await writeFile(path.join(hidden, 'x.md'), file('title: Hidden'))
  await symlink('..hidden', at)
}

function listen(at: string): Promise<void> {
  const server = createServer()
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())))
  return new Promise((resolve) => server.listen(at, resolve))
}

describe('what is no file is named and left alone, without waiting for it', () => {
  it.each(THINGS)('%s', async (_, name, make) => {
    const root = folderOf({ 'good.md': GOOD })
    await make(path.join(root, name))
    const read = await readFolder(root, SETTINGS)
    expect(titlesOf(read)).toEqual(['Good'])
    expect(read.problems).toMatchObject([{ file: name }])
  })

  it('a folder named as an article is a folder', async () => {
    const read = await readFiles({ 'a.md/b.md': file('title: B'), 'good.md': GOOD })
    expect(titlesOf(read)).toEqual(['B', 'Good'])
    expect(read.problems).toEqual([])
  })

  it('a file that may not be read', async () => {
    const root = folderOf({ 'bad.md': GOOD, 'good.md': GOOD })
    await chmod(path.join(root, 'bad.md'), 0)
    await asPlainUser(root, async () => {
      const read = await readFolder(root, SETTINGS)
      expect(titlesOf(read)).toEqual(['Good'])
      expect(read.problems).toMatchObject([{ severity: 'error', file: 'bad.md' }])
    })
  })

  it('a link to a file of the folder is that file', async () => {
    const root = folderOf({ 'article.txt': file('title: Linked'), 'good.md': GOOD })
    await symlink('article.txt', path.join(root, 'linked.md'))
    const read = await readFolder(root, SETTINGS)
    expect(titlesOf(read)).toEqual(['Good', 'Linked'])
  })

  it('a link to a folder around it ends nowhere', async () => {
    const root = folderOf({ 'good.md': GOOD })
    await symlink('.', path.join(root, 'loop'))
    await symlink('..', path.join(root, 'loop.md'))
    expect(titlesOf(await readFolder(root, SETTINGS))).toEqual(['Good'])
  })

  it('a FIFO in place of site.yaml is an error', async () => {
    const root = folderOf({ 'good.md': GOOD })
    const fifo = path.join(root, 'site.yaml')
    execFileSync('mkfifo', [fifo])
    const read = readFolder(root, SETTINGS)
    let timer: NodeJS.Timeout | undefined
    const tooLong = new Promise<'waits'>((resolve) => {
      timer = setTimeout(resolve, 10_000, 'waits')
    })
    const first = await Promise.race([read, tooLong])
    clearTimeout(timer)
    if (first === 'waits') {
      // Whoever waits for a writer has one now, who says nothing.
      closeSync(openSync(fifo, constants.O_RDWR | constants.O_NONBLOCK))
      await read
    }
    expect(first).toMatchObject({
      publication: undefined,
      problems: [{ severity: 'error', file: 'site.yaml' }],
    })
  })
})

describe('what editors and systems leave lying about is ignored', () => {
  it.each([
    ...['.good.md.swp', '.good.md.swo', 'good.md~', '4913', 'good.md.tmp', 'good.tmp'],
    ...['#good.md#', '.#good.md', 'good.md.bak', 'good.md.orig', '.hidden.md', '.git/good.md'],
    ...['node_modules/package/README.md', '.DS_Store', 'Thumbs.db', 'good.md.part'],
  ])('%s', async (name) => {
    const read = await readFiles({ [name]: file('title: Litter'), 'good.md': GOOD })
    expect(titlesOf(read)).toEqual(['Good'])
    expect(read.problems).toEqual([])
  })
})

it.each([
  'good.sync-conflict-20260309-083000-ABCDEFG.md',
  "good (Ana's conflicted copy 2026-03-09).md",
  'good (conflicted copy 2026-03-09 083000).md',
])('%s, which was left where two changed a file at once, is told and left alone', async (name) => {
  const read = await readFiles({ [name]: file('title: Copy'), 'good.md': GOOD })
  expect(titlesOf(read)).toEqual(['Good'])
  expect(read.problems).toMatchObject([{ file: name, kind: 'left-alone' }])
})

describe('a file that is too large takes no other down, and is told in one line', () => {
  /** Without a block on the disk. */
  async function folderWith(name: string, bytes: number): Promise<string> {
    const root = folderOf({ 'good.md': GOOD })
    await writeFile(path.join(root, name), '')
    await truncate(path.join(root, name), bytes)
    return root
  }

  it.each<[string, number, RegExp]>([
    ['a.md', 100_000_000, /^The file has 100000000 bytes; an article has at most /],
    ['a.json', 100_000_000, /^The file has 100000000 bytes; an article has at most /],
    // One line, as long as it is; all of it is read.
    ['a.ndjson', 20_000_000, /^The line is longer than 8388608 bytes/],
  ])('%s of %i bytes', async (name, bytes, sentence) => {
    const { articles, problems } = await readFolder(await folderWith(name, bytes), SETTINGS)
    expect(articles.map(({ title }) => title)).toEqual(['Good'])
    expect(problems).toEqual([
      expect.objectContaining({ file: name, sentence: expect.stringMatching(sentence) }),
    ])
  })

  it('hugo.toml', async () => {
    const root = await folderWith('hugo.toml', 100_000_000)
    const { articles, problems } = await readFolder(root, SETTINGS)
    expect(articles).toHaveLength(1)
    expect(problems).toMatchObject([{ file: 'hugo.toml', kind: 'unread-configuration' }])
  })
})

/** Odd names, and whether a file of that name has an address that every server and cache reads alike. */
const NAMES: [string, boolean][] = [
  ['🦉 owl', true],
  ['x'.repeat(200), true],
  ['字'.repeat(66), true],
  ['e\u0301te\u0301', true],
  ['\u202Ereversed', true],
  ['a&b=<c>"d"', true],
  ["it's", true],
  ['a:b', true],
  ['a+b', true],
  ['con', true],
  ['constructor', true],
  ['__proto__', true],
  ['a.b.c', true],
  ['line\nbreak', false],
  ['a..%2f..%2fetc%2fpasswd', false],
  ['100%', false],
  ['50%25', false],
  ['a#b', false],
  ['a?b=c', false],
  ['a\\b', false],
]

describe('a file of an odd name is served, or refused by that name', () => {
  it.each(NAMES)('%j, an article', async (name) => {
    const { articles, problems } = await readFiles({ [`${name}.md`]: file('title: Odd') })
    expect(problems).toEqual([])
    const [{ slug, link, id } = { slug: '', link: '', id: '' }] = articles
    expect(slug).not.toBe('')
    expect(new URL(link).href).toBe(link)
    expect(decodeURIComponent(new URL(link).pathname)).toBe(`/articles/${slug}`)
    expect(id).toBe('tag:gazette.invalid,2026:2026-03-09T08:30:00Z')
  })

  it.each(NAMES)('%j, a picture', async (name, isServed) => {
    const picture = `${name}.png`
    const record = { title: 'A', published: '2026-03-09', pictures: [{ file: picture }] }
    const { articles, problems } = await readFiles({
      [picture]: png(3, 2),
      'a.json': JSON.stringify(record),
    })
    expect(articles).toHaveLength(1)
    if (isServed) {
      expect(problems).toEqual([])
      expect(articles[0]?.pictures).toMatchObject([{ type: 'image/png', width: 3, height: 2 }])
      const { pathname, search, hash } = new URL(articles[0]?.pictures[0]?.url ?? '')
      expect(decodeURIComponent(pathname) + search + hash).toBe(`/media/${picture}`)
    } else {
      expect(articles[0]?.pictures).toEqual([])
      expect(problems.map(({ file: named }) => named).sort()).toEqual(['a.json', picture].sort())
    }
  })

  it.each(['-', ',', '\u200B'])(
    'unless nothing of it could stand in an address: %j',
    async (name) => {
      const read = await readFiles({ [`${name}.md`]: file('title: Odd'), 'good.md': GOOD })
      expect(titlesOf(read)).toEqual(['Good'])
      expect(read.problems).toMatchObject([
        { severity: 'error', file: `${name}.md`, field: 'slug' },
      ])
    },
  )

  it.runIf(process.platform === 'linux')(
    'names that differ in case alone are one page: the second is told of the first',
    async () => {
      const { articles, problems } = await readFiles({
        'One.md': file('title: First', 'id: "1"'),
        'one.md': file('title: Second', 'id: "2"'),
      })
      expect(titlesOf({ articles })).toEqual(['First'])
      expect(problems).toMatchObject([
        { severity: 'error', file: 'one.md', sentence: expect.stringContaining('One.md') },
      ])
    },
  )

  it('150 folders deep', async () => {
    const read = await readFiles({ [`${'d/'.repeat(150)}deep.md`]: file('title: Deep') })
    expect(read.problems).toEqual([])
    expect(read.articles).toMatchObject([{ title: 'Deep', slug: 'deep' }])
  })

  it('200 in one folder', async () => {
    const names = Array.from({ length: 200 }, (_, at) => `${at}.md`)
    const read = await readFiles(
      Object.fromEntries(names.map((name) => [name, file('title: A', `id: n${name}`)])),
    )
    expect(read.problems).toEqual([])
    expect(read.articles).toHaveLength(200)
  })
})

describe('a file that an article shows', () => {
  it('has its own type, length and size in pixels, whatever the record says', async () => {
    const picture = png(640, 480)
    const { articles, problems } = await readFiles({
      'news/a.md': file(
        'title: A',
        'pictures:',
        '  - {file: a.png, width: 1, height: 1, type: image/gif, length: 7, alt: An A}',
      ),
      'news/a.png': picture,
    })
    expect(problems).toEqual([])
    expect(articles[0]?.pictures).toEqual([
      {
        url: `${BASE}media/news/a.png`,
        type: 'image/png',
        length: picture.length,
        width: 640,
        height: 480,
        alt: 'An A',
      },
    ])
    expect(articles[0]?.files).toEqual(['news/a.png'])
  })

  it.each([
    ['a.mp3', 'audio/mpeg'],
    ['a.m4a', 'audio/mp4'],
    ['a.ogg', 'audio/ogg'],
    ['a.mp4', 'video/mp4'],
    ['a.webm', 'video/webm'],
  ])('%s is a recording of type %s', async (name, type) => {
    const { articles, problems } = await readFiles({
      'a.md': file('title: A', `recordings: [{file: ${name}}]`),
      [name]: Buffer.alloc(1234),
    })
    expect(problems).toEqual([])
    expect(articles[0]?.recordings).toEqual([{ url: `${BASE}media/${name}`, type, length: 1234 }])
  })

  it('may stand beside it, above it, or at a path from the folder’s root', async () => {
    const { articles, problems } = await readFiles({
      'news/2026/a.md': file(
        'title: A',
        'pictures: [{file: ./a.png}, {file: ../b.png}, {file: /c.png}]',
      ),
      'news/2026/a.png': png(1, 1),
      'news/b.png': png(1, 2),
      'c.png': png(1, 3),
    })
    expect(problems).toEqual([])
    expect(articles[0]?.pictures.map(({ url, height }) => [url, height])).toEqual([
      [`${BASE}media/news/2026/a.png`, 1],
      [`${BASE}media/news/b.png`, 2],
      [`${BASE}media/c.png`, 3],
    ])
  })

  it('may be named with blanks around it, in a body as HTML reads it', async () => {
    const { articles } = await readFiles({
      'a.md': `${file('title: A')}<img src=" a.png ">\n`,
      'a.png': png(1, 1),
    })
    expect(articles[0]?.html).toContain(`src="${BASE}media/a.png"`)
  })

  it.each([
    ...['missing.png', '../../etc/passwd', '/etc/passwd', '..%2f..%2fetc%2fpasswd'],
    ...['.hidden.png', 'other.md', 'folder', 'x.sh'],
  ])('that isn’t there or isn’t served, %s, is a warning with its place', async (name) => {
    const { articles, problems } = await readFiles({
      'a.md': file('title: A', 'pictures:', `  - alt: A`, `    file: ${name}`),
      '.hidden.png': 'x',
      'folder/x.sh': 'x',
      'x.sh': 'x',
    })
    expect(articles).toMatchObject([{ title: 'A', pictures: [], files: [] }])
    expect(problems).toMatchObject([
      {
        severity: 'warning',
        file: 'a.md',
        line: 6,
        column: 11,
        field: 'pictures[0].file',
        sentence: expect.stringContaining(`"${name}"`),
      },
    ])
  })

  it.each([
    [undefined, 4, 3],
    [1, 4, 3],
    [3, 4, 3],
    [6, 3, 4],
    [8, 3, 4],
    [9, 4, 3],
  ])(
    'that says of itself that it is turned (%s) is %i × %i pixels, as it is shown',
    async (turned, width, height) => {
      const { articles } = await readFiles({
        'a.md': file('title: A', 'pictures: [{file: a.jpg}]'),
        'a.jpg': jpeg(4, 3, turned),
      })
      expect(articles[0]?.pictures).toMatchObject([{ width, height }])
    },
  )

  it.each([
    ['empty', Buffer.alloc(0)],
    ['no picture', Buffer.from('no picture')],
    ['cut short', png(3, 2).subarray(0, 12)],
  ])('that is %s has no size in pixels', async (_, content) => {
    const { articles } = await readFiles({
      'a.md': file('title: A', 'pictures: [{file: a.png}]'),
      'a.png': content,
    })
    expect(articles[0]?.pictures).toEqual([
      { url: `${BASE}media/a.png`, type: 'image/png', length: content.length },
    ])
  })

  it('outside the folder, behind a link, is not served', async () => {
    const outside = folderOf({ 'secret.png': png(1, 1) })
    const root = folderOf({ 'a.md': file('title: A', 'pictures: [{file: a.png}]') })
    await symlink(path.join(outside, 'secret.png'), path.join(root, 'a.png'))
    await mkdir(path.join(root, 'b'))
    await symlink(outside, path.join(root, 'b', 'c'))
    const { articles, problems } = await readFolder(root, SETTINGS)
    expect(articles).toMatchObject([{ pictures: [], files: [] }])
    expect(problems.map((problem) => [problem.file, problem.severity])).toEqual([
      ['a.md', 'warning'],
      ['a.png', 'warning'],
    ])
  })
})

describe('the files of the catalog', () => {
  const now = Date.UTC(2026, 5, 24)

  it.each([
    ['a published article', '', ['body.png', 'logo.png', 'picture.png', 'talk.mp3']],
    ['a draft', 'draft: true', ['logo.png']],
    ['an article to come', 'expires: 2031-01-01\nid: x', ['logo.png'], '2030-01-01'],
    ['an expired article', 'expires: 2026-06-01', ['logo.png']],
    ['a withdrawn article', 'withdrawn: 2026-06-01', ['logo.png']],
  ])('are those of %s', async (_, line, expected, published = '2026-03-09') => {
    const { publication, articles, problems } = await readFiles({
      'site.yaml': 'title: T\nlogo: {file: logo.png}\n',
      'a.md': `---\ntitle: A\npublished: ${published}\npictures: [{file: picture.png}]\nrecordings: [{file: talk.mp3}]\n${line}\n---\n![](body.png)\n`,
      'picture.png': png(1, 1),
      'body.png': png(1, 1),
      'logo.png': png(1, 1),
      'talk.mp3': 'x',
      'nobody.png': png(1, 1),
    })
    expect(problems).toEqual([])
    const { files } = openCatalog(publication as Publication, articles, now)
    expect([...files].sort()).toEqual(expected)
  })

  it('are still there while another article shows them', async () => {
    const { publication, articles } = await readFiles({
      'a.md': file('title: A', 'draft: true', 'id: a', 'pictures: [{file: p.png}]'),
      'b.md': file('title: B', 'id: b', 'pictures: [{file: p.png}]'),
      'p.png': png(1, 1),
    })
    expect([...openCatalog(publication as Publication, articles, now).files]).toEqual(['p.png'])
  })
})
