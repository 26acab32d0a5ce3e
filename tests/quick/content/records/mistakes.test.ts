// What an editor is told of each mistake in a record, and that a record which attacks its reader harms no other.
import { describe, expect, it } from 'vitest'
import { toldAt, withoutMark } from '../../support/marked.ts'
import { beside, file, MOMENT } from '../../support/records.ts'

describe('a mistake is told with file, line, column and field, what was found and what is right:', () => {
  /** What a record says beside a title and a moment, unless it says these itself. */
  const mistakes: Record<string, RegExp> = {
    '‸title: A': /^published: is missing/,
    'title: A\n‸published:': /^published: is missing/,
    'title: A\npublished: ‸2024-02-30': /^published: .*a date such as .*found "2024-02-30"/,
    'title: A\npublished: ‸yesterday': /^published: .*a date such as .*found "yesterday"/,
    'title: A\npublished: ‸20260309': /^published: .*a date such as .*found 20260309/,
    'expires: ‸2026-13-01': /^expires: .*a date such as .*found "2026-13-01"/,
    'draft: ‸perhaps': /^draft: .*true or false.*found "perhaps"/,
    'tags: ‸{a: 1}': /^tags: .*a list.*found \{/,
    'tags: [‸[[news]]]': /^tags\[0\]: .*text.*found \["news"\]/,
    'tags:\n  - ‸{a: 1}': /^tags\[0\]: .*text.*found \{"a":1\}/,
    // Nothing of which could stand in an address.
    'tags: [‸".."]': /^tags\[0\]: "\.\." has nothing.*address/,
    'sections: [[News], ‸[News, ".."]]': /^sections\[1\]: "News\/\.\." has a level with nothing/,
    [`title: ‸{a: 1}\n${MOMENT}`]: /^title: .*text.*found \{"a":1\}/,
    [`title: ‸[a]\n${MOMENT}`]: /^title: .*text.*found \["a"\]/,
    'drfat: ‸true': /^drfat: .*mean "draft"/,
    'expirse: ‸2026-04-01': /^expirse: .*"expires"/,
    'authors:\n  - ‸email: a@b.example': /^authors\[0\]: .*a name.*found \{"email":"a@b.example"\}/,
    'contributors:\n  - ‸role: editor': /^contributors\[0\]\.name: is missing/,
    'pictures: [‸{file: a.png, url: "https://a.example/a.png"}]':
      /^pictures\[0\]: .*either `file` or `url`.*found \{"file":"a.png"/,
    'pictures: [‸{alt: A}]': /^pictures\[0\]: .*either `file` or `url`.*found \{"alt":"A"\}/,
    'pictures: [{url: "https://a.example/a.png", onload: ‸x}]':
      /^pictures\[0\]\.onload: .*no field that belongs here/,
    'pictures: [{url: "https://a.example/a.png", width: ‸wide}]':
      /^pictures\[0\]\.width: .*a number.*found "wide"/,
    'recordings: [{url: "https://a.example/a", type: ‸mp3}]':
      /^recordings\[0\]\.type: .*a media type such as audio\/mpeg.*found "mp3"/,
    ...Object.fromEntries(
      'ftp://a.example/ javascript:alert(1) file:///etc/passwd a.example www.a.example/2026/ferry'
        .split(' ')
        .map((url) => [`url: ‸${url}`, /^url: .*begins with https:\/\/.*found "/]),
    ),
    'language: ‸zh_CN': /^language: .*a language tag.*found "zh_CN"/,
  }

  async function expectTold(said: string, told: RegExp) {
    const matter = /title:/.test(said) ? said : `title: A\n${MOMENT}\n${said}`
    const { titles, errors } = await beside({ 'news/bad.md': file(withoutMark(matter)) })
    expect(titles).toEqual(['Good'])
    expect(toldAt(file(matter), 'news/bad.md', errors)).toMatch(told)
    expect(JSON.stringify(errors)).not.toContain('[object Object]')
  }

  it.each(Object.entries(mistakes))('%j', expectTold)

  it('too many tags', async () => {
    const tags = Array.from({ length: 1_000 }, (_, at) => `t${at}`)
    await expectTold(`tags: ‸[${tags}]`, /^tags: .*at most 200.*found \["t0"/)
  })

  it.each([
    ['YAML that is none', file('title: A', 'tags: [a', MOMENT), 3, 7],
    ['a text without an end', file('title: A', MOMENT, 'summary: "A'), 4, 10],
    ['the same key twice', file('title: A', MOMENT, 'title: B'), 4, 1],
    ['an alias of nothing', file('title: A', MOMENT, 'tags: *news'), 4, 7],
    ['front matter without an end', '---\ntitle: A\n\nText.\n', 1, 1],
    ['no front matter', 'Text.\n', 1, 1],
  ])('%s is told with its place', async (_, text, line, column) => {
    const { titles, errors } = await beside({ 'bad.md': text })
    expect(titles).toEqual(['Good'])
    expect(errors).toMatchObject([{ file: 'bad.md' }])
    expect(errors[0]?.sentence).toMatch(/front matter|YAML/i)
    const [{ line: toldLine = 0, column: toldColumn = 0 } = {}] = errors
    // Where a bracket or a quote stays open, its end is as good a place as its beginning.
    expect(toldLine).toBeGreaterThanOrEqual(line)
    expect(toldLine).toBeLessThanOrEqual(line + 1)
    expect(toldColumn).toBeGreaterThanOrEqual(toldLine === line ? column : 1)
  })

  it('each of several mistakes in one record is told', async () => {
    const { errors } = await beside({
      'bad.md': file('title: [A]', 'published: 9', 'draft: 2', 'tags: {x: 1}'),
    })
    expect(errors.map(({ field, line }) => [line, field])).toEqual([
      [2, 'title'],
      [3, 'published'],
      [4, 'draft'],
      [5, 'tags'],
    ])
  })
})

describe('a record that attacks its reader takes no other down', () => {
  const depth = 10_000
  const deep = '['.repeat(depth) + ']'.repeat(depth)
  const nine = (name: string) => `[${Array(9).fill(`*${name}`)}]`
  const refused: [string, string, string][] = [
    [
      'an alias bomb',
      'bad.md',
      file(
        'title: A',
        MOMENT,
        'a: &a [x, x, x, x, x, x, x, x, x]',
        `b: &b ${nine('a')}`,
        `c: &c ${nine('b')}`,
        `d: &d ${nine('c')}`,
        `e: &e ${nine('d')}`,
      ),
    ],
    ['a list that holds itself', 'bad.md', file('title: A', MOMENT, 'tags: &a [*a]')],
    ['a map that holds itself', 'bad.md', file('title: A', MOMENT, 'rights: &a {copyright: *a}')],
    ['lists nested deeply in YAML', 'bad.md', file('title: A', MOMENT, `tags: ${deep}`)],
    [
      'lists nested deeply in JSON',
      'bad.json',
      `{"title": "A", "published": "2026-03-09T08:30:00Z", "tags": ${deep}}`,
    ],
    [
      'a key twice in JSON, beside another mistake',
      'bad.json',
      '{"title": "A", "title": "B", "published": "2024-02-30"}',
    ],
    [
      'a key twice in JSON, beside a mistake of type',
      'bad.json',
      '{"title": "A", "title": "B", "published": "2026-03-09T08:30:00Z", "draft": "never"}',
    ],
  ]

  const toml = (...lines: string[]) =>
    `+++\ntitle = "A"\ndate = 2026-03-09T08:30:00Z\n${lines.join('\n')}\n+++\nText.\n`
  refused.push(
    ['lists nested deeply in TOML', 'bad.md', toml(`tags = ${deep}`)],
    [
      'tables nested deeply in TOML',
      'bad.md',
      toml(`tags = ${'{a = '.repeat(depth)}1${'}'.repeat(depth)}`),
    ],
    ['a key twice in TOML', 'bad.md', toml('title = "B"')],
    ['a table twice in TOML', 'bad.md', toml('[extra]', '[extra]')],
    [
      'front matter longer than any record',
      'bad.md',
      file(`title: ${'A'.repeat(500_000)}`, MOMENT),
    ],
  )

  it('a thousand unknown fields are told in a few lines', async () => {
    const fields = Array.from({ length: 1_000 }, (_, at) => `k${at}: 1`)
    const { titles, warnings } = await beside({ 'a.md': file('title: A', MOMENT, ...fields) })
    expect(titles).toEqual(['A', 'Good'])
    expect(warnings).toHaveLength(21)
    expect(warnings.map(({ sentence }) => sentence)).toContain(
      "has 980 more fields that Gazette doesn't know.",
    )
  })

  it('__proto__ in TOML is an unknown field, and nothing else', async () => {
    const { articles, warnings } = await beside({ 'a.md': toml('[__proto__]', 'draft = true') })
    expect(articles.find(({ title }) => title === 'A')?.draft).toBe(false)
    expect(warnings).toMatchObject([{ file: 'a.md', line: 4, field: '__proto__' }])
  })

  it.each(refused)('%s', async (_, name, text) => {
    const { titles, errors } = await beside({ [name]: text })
    expect(titles).toEqual(['Good'])
    expect(errors.map((problem) => problem.file)).toEqual([name])
  })

  it('an alias bomb is told with its line', async () => {
    const { errors } = await beside({ 'bad.md': refused[0]?.[2] ?? '' })
    expect(errors).toMatchObject([{ file: 'bad.md', line: expect.any(Number) }])
  })

  it.each([
    ['YAML', 'a.md', file('__proto__: {draft: true, title: B}', 'title: A', MOMENT)],
    [
      'JSON',
      'a.json',
      '{"__proto__": {"draft": true}, "title": "A", "published": "2026-03-09T08:30:00Z"}',
    ],
  ])('__proto__ in %s is an unknown field, and nothing else', async (_, name, text) => {
    const { articles, warnings } = await beside({ [name]: text })
    expect(articles[0]).toMatchObject({ title: 'A', draft: false })
    expect(warnings).toMatchObject([{ file: name, field: '__proto__' }])
    expect(Object.hasOwn(Object.prototype, 'draft')).toBe(false)
  })

  it('a __proto__ in place of a name is a mistake', async () => {
    const { titles, errors } = await beside({
      'bad.md': file('title: A', MOMENT, 'authors: [{__proto__: {name: Li}}]'),
    })
    expect(titles).toEqual(['Good'])
    expect(errors).toMatchObject([{ file: 'bad.md', line: 4, field: 'authors[0]' }])
  })
})
