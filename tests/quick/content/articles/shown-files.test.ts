// Files that articles show: their types and sizes, where they may lie, and until when they can be fetched.
import { mkdir, symlink } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readFolder } from '../../../../src/content/folder/folder.ts'
import { openCatalog } from '../../../../src/domain/catalog.ts'
import type { Publication } from '../../../../src/domain/publication.ts'
import { folderOf, readFiles, SETTINGS } from '../../support/folder.ts'
import { jpeg, png } from '../../support/pictures.ts'

const BASE = SETTINGS.address

function file(...matter: string[]): string {
  return `---\npublished: 2026-03-09T08:30:00Z\n${matter.join('\n')}\n---\nText.\n`
}

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

  it.each([
    ['its own size', '![A](a.png)', 'width="640" height="480"'],
    ['its own size, in HTML as well', '<img src="a.png" alt="A">', 'width="640" height="480"'],
    ['what is said', '<img src="a.png" alt="A" width="9" height="8">', 'width="9" height="8"'],
    ['a height to the width', '<img src="a.png" alt="A" width="320">', 'width="320" height="240"'],
    ['a width to the height', '<img src="a.png" alt="A" height="48">', 'height="48" width="64"'],
    ['a part of the page', '<img src="a.png" alt="A" width="50%">', 'width="50%"'],
  ])('has %s in a body', async (_, body, sides) => {
    const { articles } = await readFiles({
      'a.md': `${file('title: A')}\n${body}\n`,
      'a.png': png(640, 480),
    })
    expect(articles[0]?.html).toContain(`<img src="${BASE}media/a.png" alt="A" ${sides}>`)
  })

  it('has no size in a body where that would make it one of those that count readers', async () => {
    const { articles } = await readFiles({
      'a.md': `${file('title: A')}![A](line.png)\n`,
      'line.png': png(300, 1),
    })
    expect(articles[0]?.html).toContain(`<img src="${BASE}media/line.png" alt="A">`)
  })

  it('has its size in a record that is a line of a file, too', async () => {
    const line = {
      id: 'a',
      title: 'A',
      published: '2026-03-09',
      text: 'T',
      pictures: [{ file: 'a.png' }],
    }
    const { articles } = await readFiles({
      'a.ndjson': `${JSON.stringify(line)}\n`,
      'a.png': png(640, 480),
    })
    expect(articles[0]?.pictures).toMatchObject([{ width: 640, height: 480 }])
  })

  it('has its size also behind a large thumbnail', async () => {
    const picture = jpeg(4, 3)
    const thumbnail = Buffer.concat([Buffer.of(0xff, 0xe2, 0xff, 0xff), Buffer.alloc(0xfffd)])
    const { articles } = await readFiles({
      'a.md': file('title: A', 'pictures: [{file: a.jpg}]'),
      'a.jpg': Buffer.concat([picture.subarray(0, 20), thumbnail, picture.subarray(20)]),
    })
    expect(articles[0]?.pictures).toMatchObject([{ width: 4, height: 3 }])
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
