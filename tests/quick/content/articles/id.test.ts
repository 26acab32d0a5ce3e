// Ids: absolute ASCII URIs, given or minted from facts that no rename, move or edit changes.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asUri } from '../../../../src/content/articles/id.ts'
import { readFiles } from '../../support/folder.ts'

const AUTHORITY = 'portal.example,2019'
/** RFC 4151 §2.1; the part after the authority is of `pchar`, `/` and `?` (RFC 3986 §3.3). */
const TAG_URI =
  /^tag:[\w.@-]+,\d{4}(-\d{2}(-\d{2})?)?:([A-Za-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9A-F]{2})*$/i

/** Any characters, those of ASCII more often; text as it comes from a record, without lone surrogates. */
const anyText = fc
  .array(fc.oneof(fc.nat(0x7f), fc.nat(0x10ffff)))
  .map((codes) => String.fromCodePoint(...codes).replace(/\p{Surrogate}/gu, ''))

async function onlyArticle(files: Record<string, string>, settings: { url?: string } = {}) {
  const { articles, problems } = await readFiles(files, settings)
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(articles).toHaveLength(1)
  return articles[0] as (typeof articles)[number]
}

function file(...matter: string[]): string {
  return `---\n${matter.join('\n')}\n---\nText.\n`
}

describe('a given id', () => {
  it.each([
    'https://portal.example/2019/1',
    'http://old.example/?p=123',
    'tag:old.example,2005:post-1',
    'urn:uuid:60a76c80-d399-11d9-b93c-0003939e0af6',
    'at://did:plc:abc/app.bsky.feed.post/1',
  ])('that is a URI is kept: %s', (given) => expect(asUri(AUTHORITY, given)).toBe(given))

  it.each([
    ['post-1', 'tag:portal.example,2019:post-1'],
    ['12', 'tag:portal.example,2019:12'],
    ['2026:12', 'tag:portal.example,2019:2026:12'],
    ['新闻 1', 'tag:portal.example,2019:%E6%96%B0%E9%97%BB%201'],
    ['javascript:alert(1)', 'tag:portal.example,2019:javascript:alert(1)'],
  ])('that is none, %j, becomes a tag: URI of the authority', (given, expected) =>
    expect(asUri(AUTHORITY, given)).toBe(expected),
  )

  it.each(['a [b]', 'a#b', '#1 #2', 'a^b', 'a|b', 'a\\b', '<a>', 'a"b', '{a}', '100%', 'a\nb'])(
    'the tag: URI of %j is one by RFC 4151',
    (given) => expect(asUri(AUTHORITY, given)).toMatch(TAG_URI),
  )

  it.each([
    ['\u017F', 'long s, which folds to s'],
    ['\u212A', 'the Kelvin sign, which folds to k'],
    ['\u0130', 'I with a dot'],
    ['https://portal.example/新闻', 'an IRI'],
    ['🦉\u202E\u200B', 'astral, bidirectional, invisible'],
  ])('is ASCII for %j: %s', (given) => expect(asUri(AUTHORITY, given)).toMatch(/^[\x21-\x7E]+$/))

  it('is ASCII for any text, and the same the second time', () => {
    fc.assert(
      fc.property(anyText, (given) => {
        const id = asUri(AUTHORITY, given)
        expect(id).toMatch(/^[a-z]+:[\x21-\x7E]*$/i)
        expect(asUri(AUTHORITY, id)).toBe(id)
      }),
      { numRuns: 500 },
    )
  })

  it('survives surrogates and controls in a record', async () => {
    const record = { id: 'x\uD800\u0000y', title: 'A', published: '2026-03-09T08:30:00Z' }
    const { id } = await onlyArticle({ 'a.json': JSON.stringify(record) })
    expect(id).toBe('tag:gazette.invalid,2026:xy')
  })
})

describe('a minted id', () => {
  it.each([
    ['2026-03-09T08:30:00Z', '2026-03-09T08:30:00Z'],
    ['2026-03-09 08:30', '2026-03-09T00:30:00Z'],
    ['2026-03-09T08:30:15.5-04:00', '2026-03-09T12:30:15Z'],
  ])('is the moment of publication: %s gives %s', async (published, moment) => {
    const { id } = await onlyArticle({
      'site.yaml': `title: T\ntimezone: Asia/Shanghai\nauthority: ${AUTHORITY}\n`,
      'a.md': file('title: A', `published: ${published}`),
    })
    expect(id).toBe(`tag:${AUTHORITY}:${moment}`)
  })

  it('of a day without a time has the name of the file, which tells those of one day apart', async () => {
    const { articles, problems } = await readFiles({
      'a.md': file('title: A', 'published: 2026-03-09'),
      'b.md': file('title: B', 'published: 2026-03-09'),
      '经济 一.md': file('title: C', 'published: 2026-03-09'),
    })
    expect(problems).toEqual([])
    expect(new Set(articles.map(({ id }) => id)).size).toBe(3)
    for (const { id } of articles) expect(id).toMatch(TAG_URI)
  })
})

it('a record of a list, dated by its day alone, has no id, and is asked for one', async () => {
  const list = JSON.stringify([{ title: 'A', published: '2026-03-09' }])
  const { articles, problems } = await readFiles({ 'a.json': list })
  expect(articles).toEqual([])
  expect(problems).toMatchObject([{ kind: 'no-id', severity: 'error', field: 'id' }])
})

describe('the id stays the same where what changes is', () => {
  const dated = ['published: 2026-03-09T08:30:00Z']
  const day = ['published: 2026-03-09']
  const given = ['id: mine', 'published: 2026-03-09T08:30:00Z']
  const json = (title: string, published: string) => JSON.stringify({ title, published })

  type Files = Record<string, string>
  const fire = (...matter: string[]): Files => ({ 'a/fire.md': file(...matter) })
  const rows: [string, Files, Files][] = [
    ...[dated, day, given].flatMap((facts): [string, Files, Files][] => {
      const before = fire('title: A', ...facts)
      const more = ['section: News', 'url: https://x.example/']
      return [
        [`the title (${facts})`, before, fire('title: Another', ...facts)],
        [`the slug (${facts})`, before, fire('title: A', 'slug: blaze', ...facts)],
        [`the folder (${facts})`, before, { 'archive/2026/fire.md': file('title: A', ...facts) }],
        [
          `the section, the text and the link (${facts})`,
          before,
          { 'a/fire.md': `${file('title: A', ...more, ...facts)}More.` },
        ],
      ]
    }),
    ...[dated, given].map((facts): [string, Files, Files] => [
      `the file's name (${facts})`,
      { 'fire.md': file('title: A', ...facts) },
      { 'blaze.md': file('title: A', ...facts) },
    ]),
    [
      'the title of a JSON record',
      { 'a.json': json('A', '2026-03-09T08:30:00Z') },
      { 'a.json': json('Another', '2026-03-09T08:30:00Z') },
    ],
    [
      'the title of a JSON record that is dated by its day',
      { 'a.json': json('A', '2026-03-09') },
      { 'a.json': json('Another', '2026-03-09') },
    ],
    [
      'how the moment is written',
      { 'a.md': file('title: A', 'published: 2026-03-09T08:30:00Z') },
      { 'a.md': file('title: A', 'published: 2026-03-09 16:30:00 +8') },
    ],
  ]

  it.each(rows)('%s', async (_, before, after) => {
    expect((await onlyArticle(after)).id).toBe((await onlyArticle(before)).id)
  })

  it.each(['https://one.example/', 'https://two.example/news/'])(
    'the base URL, now %s',
    async (url) => {
      const files = { 'a.md': file('title: A', ...dated) }
      const moved = await onlyArticle(files, { url })
      expect(moved.link).toBe(`${url}articles/a`)
      expect(moved.id).toBe((await onlyArticle(files)).id)
    },
  )
})
