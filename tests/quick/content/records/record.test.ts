// An article's record: what it comes out as, and what an editor is told of each mistake in one.
import { describe, expect, it } from 'vitest'
import { readFiles } from '../../support/folder.ts'
import { toldAt, withoutMark } from '../../support/marked.ts'

const GOOD = '---\ntitle: Good\npublished: 2026-01-01T08:00:00Z\n---\nGood text.\n'
const MOMENT = 'published: 2026-03-09T08:30:00Z'

const MOMENT_IN_JSON = '"published": "2026-03-09T08:30:00Z"'

/** A Markdown file; the first line of the matter is the file's second. */
function file(...matter: string[]): string {
  return `---\n${matter.join('\n')}\n---\nText.\n`
}

/** What is read of one file that stands beside a good one. */
async function beside(files: Record<string, string>) {
  const { articles, problems } = await readFiles({ ...files, 'good.md': GOOD })
  return {
    titles: articles.map(({ title }) => title).sort(),
    articles,
    errors: problems.filter(({ severity }) => severity === 'error'),
    warnings: problems.filter(({ severity }) => severity === 'warning'),
  }
}

describe('a record with every field', () => {
  const fields = [
    'id: urn:example:1',
    'slug: Night Ferry',
    'url: https://portal.example/2026/ferry',
    'title: " The night ferry "',
    'summary: A ferry by night.',
    'published: 2026-03-09 08:30',
    'updated: 2026-03-10T08:30:00Z',
    'expires: 2030-01-01',
    'draft: false',
    'withdrawn: {at: 2029-01-01, by: desk, reason: outdated}',
    'language: zh-hans',
    'section: News/Local',
    'sections: [[Life, City Walks]]',
    'tags: [Ferry, "R&D", ferry]',
    'authors: [Newsroom, {name: Li Wei, email: li@portal.example, url: "https://portal.example/li"}]',
    'contributors: [{name: Zhang, role: editor}]',
    'pictures: [{url: "https://img.example/a.jpg", alt: A ferry, caption: The ferry, credit: Chen, width: 800, height: 600}]',
    'recordings: [{url: "https://audio.example/a.mp3", length: 1000, title: Interview, duration: 61.5}]',
    'sources: [Evening paper, {title: Wire, url: "https://wire.example/1", feed: "https://wire.example/feed"}]',
    'related: [Old Ferry, {title: Timetable, url: "https://ferry.example/times"}]',
    'rights: {copyright: © Portal, reprint: with a link}',
  ]

  it('is the article that it says', async () => {
    const { articles, problems } = await readFiles({
      'site.yaml': 'title: Portal\ntimezone: Asia/Shanghai\nrights: {disclaimer: Portal says}\n',
      'ferry.md': file(...fields),
    })
    expect(problems).toEqual([])
    expect(articles).toEqual([
      {
        id: 'urn:example:1',
        slug: 'night-ferry',
        link: 'https://portal.example/2026/ferry',
        hasOwnPage: false,
        title: 'The night ferry',
        summary: 'A ferry by night.',
        html: '<p>Text.</p>',
        text: 'Text.',
        published: Date.UTC(2026, 2, 9, 0, 30),
        updated: Date.UTC(2026, 2, 10, 8, 30),
        expires: Date.UTC(2029, 11, 31, 16),
        draft: false,
        withdrawn: { at: Date.UTC(2028, 11, 31, 16), by: 'desk', reason: 'outdated' },
        language: 'zh-Hans',
        authors: [
          { name: 'Newsroom', term: 'newsroom' },
          {
            name: 'Li Wei',
            email: 'li@portal.example',
            url: 'https://portal.example/li',
            term: 'li-wei',
          },
        ],
        contributors: [{ name: 'Zhang', role: 'editor' }],
        tags: [
          { scheme: 'tags', term: 'ferry', label: 'Ferry' },
          { scheme: 'tags', term: 'r&d', label: 'R&D' },
        ],
        sections: [
          [
            { scheme: 'sections', term: 'news', label: 'News' },
            { scheme: 'sections', term: 'news/local', label: 'Local' },
          ],
          [
            { scheme: 'sections', term: 'life', label: 'Life' },
            { scheme: 'sections', term: 'life/city-walks', label: 'City Walks' },
          ],
        ],
        pictures: [
          {
            url: 'https://img.example/a.jpg',
            type: 'image/jpeg',
            alt: 'A ferry',
            caption: 'The ferry',
            credit: 'Chen',
            width: 800,
            height: 600,
          },
        ],
        recordings: [
          {
            url: 'https://audio.example/a.mp3',
            type: 'audio/mpeg',
            length: 1000,
            title: 'Interview',
            duration: 61.5,
          },
        ],
        sources: [
          { title: 'Evening paper' },
          { title: 'Wire', url: 'https://wire.example/1', feed: 'https://wire.example/feed' },
        ],
        related: [
          { article: 'old-ferry' },
          { title: 'Timetable', url: 'https://ferry.example/times' },
        ],
        rights: { copyright: '© Portal', reprint: 'with a link', disclaimer: 'Portal says' },
        files: [],
      },
    ])
  })

  it('with a title and a date only has a default for all else', async () => {
    const { articles, problems } = await readFiles({
      'site.yaml': 'title: Portal\nlanguage: zh-hant\nauthors: [Desk]\n',
      'short note.md': file('title: Short', MOMENT),
    })
    expect(problems).toEqual([])
    expect(articles).toMatchObject([
      {
        slug: 'short-note',
        link: 'http://127.0.0.1:8080/articles/short-note',
        hasOwnPage: true,
        summary: 'Text.',
        updated: Date.UTC(2026, 2, 9, 8, 30),
        draft: false,
        language: 'zh-Hant',
        authors: [{ name: 'Desk', term: 'desk' }],
        tags: [],
        sections: [],
      },
    ])
  })

  it('without a title takes the first words of its text, with a warning', async () => {
    const { articles, warnings } = await beside({ 'a.md': file(MOMENT) })
    expect(articles.map(({ title }) => title)).toEqual(['Text.', 'Good'])
    expect(warnings).toMatchObject([{ file: 'a.md', field: 'title' }])
  })

  it.each([
    ['# The *new* crane\n\nIt came.', 'The new crane'],
    ['<!-- more -->\n\n## The new crane [^1]\n\n[^1]: It came.', 'The new crane'],
    ['<h1>The new&#1; crane&#xFFFF;</h1>\n\nIt came.', 'The new crane'],
    [`# ${'quay '.repeat(30)}\n\nIt came.`, 'quay '.repeat(30).trim()],
  ])(
    'without a title that begins with a heading has that, and no warning: %j',
    async (body, title) => {
      const { articles, warnings } = await beside({
        'a.md': `---\n${MOMENT}\nsummary: Short.\n---\n${body}\n`,
      })
      expect(articles[0]?.title).toBe(title)
      expect(warnings).toEqual([])
    },
  )

  it.each([
    ['that gives the title is not said again', '', '# The crane\n\nIt came.', '<p>It came.</p>'],
    [
      'that is the title again is not either',
      'title: The  crane\n',
      '\n# The *crane*\n\nIt came.',
      '<p>It came.</p>',
    ],
    ['of its own stays', 'title: The crane\n', '# A crane\n\nIt.', '<h1 id="a-crane">A crane</h1>'],
    [
      'stays where it leads somewhere',
      '',
      '# [A](https://a.example/)\n\nIt.',
      'href="https://a.example/"',
    ],
    [
      'stays where it shows something',
      '',
      '# A ![](https://a.example/a.png)',
      'src="https://a.example/a.png"',
    ],
    ['stays where it is too long for a title', '', `# ${'quay '.repeat(80)}`, 'quay quay</h1>'],
    ['stays where it comes again', '', '# A\n\n# A\n\nIt.', '<h1 id="a-1">A</h1>'],
  ])('has a heading above its text that %s', async (_, title, body, html) => {
    const { articles } = await beside({ 'a.md': `---\n${title}${MOMENT}\n---\n${body}\n` })
    expect(articles[0]?.html).toContain(html)
    if (html.startsWith('<p>')) expect(articles[0]?.html).toBe(html)
  })

  it('without a title has no heading for one that comes later, or is small', async () => {
    for (const body of ['It came.\n\n# The crane', '#### The crane\n\nIt came.']) {
      const { articles } = await beside({
        'a.md': `---\n${MOMENT}\nsummary: Short.\n---\n${body}\n`,
      })
      expect(articles[0]?.title).toBe('Short.')
    }
  })
})

describe('the type of a file elsewhere', () => {
  it.each([
    ['is what the record says', '{url: "https://a.example/a.mp4", type: audio/mp4}', 'audio/mp4'],
    [
      'also of a program',
      '{url: "https://a.example/get.php?id=3", type: audio/mpeg}',
      'audio/mpeg',
    ],
    [
      'with parameters',
      '{url: "https://a.example/a", type: "audio/ogg; codecs=opus"}',
      'audio/ogg; codecs=opus',
    ],
    ['else what its address ends in', '{url: "https://a.example/a.ogg?x.mp3"}', 'audio/ogg'],
  ])('%s', async (_, recording, type) => {
    const { articles } = await beside({
      'a.md': file('title: A', MOMENT, `recordings: [${recording}]`),
    })
    expect(articles[0]?.recordings.map((one) => one.type)).toEqual([type])
  })

  it('is nothing that an address ends in which leads to a program', async () => {
    const { articles, warnings } = await beside({
      'a.md': file(
        'title: A',
        MOMENT,
        'pictures: [{url: "https://a.example/show.php"}]',
        'recordings: [{url: "https://a.example/get.php"}]',
      ),
    })
    expect(articles[0]?.pictures).toEqual([{ url: 'https://a.example/show.php' }])
    expect(articles[0]?.recordings).toEqual([])
    expect(warnings).toMatchObject([{ field: 'recordings[0]' }])
  })
})

it('what was left blank says nothing', async () => {
  const { articles } = await beside({
    'a.md': file(
      'title: A',
      MOMENT,
      'pictures: [{url: "https://a.example/a.png", alt: A, caption: "", credit: " "}]',
      'rights: {copyright: "", reprint: with a link}',
    ),
  })
  expect(articles[0]?.pictures).toEqual([
    { url: 'https://a.example/a.png', type: 'image/png', alt: 'A' },
  ])
  expect(articles[0]?.rights).toEqual({ reprint: 'with a link' })
})

it.each([
  ['https://old.example/view.asp?id={8F2A}|1', 'https://old.example/view.asp?id=%7B8F2A%7D%7C1'],
  ['https://old.example/a|b[c]^d`e', 'https://old.example/a%7Cb%5Bc%5D%5Ed%60e'],
  ['http://[::1]:8000/a[1]', 'http://[::1]:8000/a%5B1%5D'],
  [
    'https://old.example/100%/%e6%9?off=5%&x=%%41',
    'https://old.example/100%25/%e6%259?off=5%25&x=%25%41',
  ],
  [
    'https://中山.example/新闻?标=签#节',
    'https://xn--fiqr16a.example/%E6%96%B0%E9%97%BB?%E6%A0%87=%E7%AD%BE#%E8%8A%82',
  ],
])('the address %s is %s, as URIs are written', async (written, uri) => {
  const said = JSON.stringify(written)
  const { articles } = await beside({
    'a.md': file(
      'title: A',
      MOMENT,
      `url: ${said}`,
      `sources: [{title: S, url: ${said}}]`,
      `pictures: [{url: ${said}}]`,
    ),
  })
  const [{ link, sources, pictures } = expect.fail()] = articles
  expect([link, sources[0]?.url, pictures[0]?.url]).toEqual([uri, uri, uri])
})

describe('a mistake is told with file, line, column and field, what was found and what is right:', () => {
  const MANY_TAGS = Array.from({ length: 1_000 }, (_, at) => `t${at}`)
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
    [`tags: ‸[${MANY_TAGS}]`]: /^tags: .*at most 200.*found \["t0"/,
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

  it.each(Object.entries(mistakes))('%j', async (said, told) => {
    const matter = /title:/.test(said) ? said : `title: A\n${MOMENT}\n${said}`
    const { titles, errors } = await beside({ 'news/bad.md': file(withoutMark(matter)) })
    expect(titles).toEqual(['Good'])
    expect(toldAt(file(matter), 'news/bad.md', errors)).toMatch(told)
    expect(JSON.stringify(errors)).not.toContain('[object Object]')
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

describe('what is no mistake', () => {
  it('an unknown field is warned of with its place, and the article kept', async () => {
    const { titles, errors, warnings } = await beside({
      'a.md': file('title: A', MOMENT, 'reviewer: {name: Li}'),
    })
    expect(titles).toEqual(['A', 'Good'])
    expect(errors).toEqual([])
    expect(warnings).toMatchObject([{ file: 'a.md', line: 4, column: 11, field: 'reviewer' }])
  })

  it.each(['tags:', 'draft: null', 'updated: ~'])(
    'a key without a value, "%s", says nothing',
    async (line) => {
      const { titles, errors, warnings } = await beside({ 'a.md': file('title: A', MOMENT, line) })
      expect(titles).toEqual(['A', 'Good'])
      expect([...errors, ...warnings]).toEqual([])
    },
  )

  it.each<[string, object]>([
    ['title: 1984', { title: '1984' }],
    ['title: 007', { title: '007' }],
    ['title: yes', { title: 'yes' }],
    ['tags: news', { tags: ['news'] }],
    ['tags: news, sport', { tags: ['news', 'sport'] }],
    ['tags: [news, 2026, 1.0]', { tags: ['news', '2026', '1.0'] }],
    ['tags: [news, null, ""]', { tags: ['news'] }],
    ['tags: [[news], sport]', { tags: ['news', 'sport'] }],
    ['draft: "true"', { draft: true }],
    ['draft: yes', { draft: true }],
    ['draft: "no"', { draft: false }],
    ['Draft: true', { draft: true }],
  ])('what people write, "%s", is read as they mean it', async (line, expected) => {
    const { articles, errors, warnings } = await beside({
      'a.md': file('title: A', MOMENT, line).replace(/^---\ntitle: A\n(.*\ntitle)/, '---\n$1'),
    })
    const { title, draft, tags } = articles.find(({ title }) => title !== 'Good') ?? {}
    expect({ title, draft, tags: tags?.map(({ label }) => label) }).toMatchObject(expected)
    expect([...errors, ...warnings]).toEqual([])
  })

  it('a misspelt field that keeps nothing back is warned of, with what may be meant', async () => {
    const { titles, warnings } = await beside({ 'a.md': file('titel: A', MOMENT) })
    expect(titles).toEqual(['Good', 'Text.'])
    expect(warnings).toContainEqual(
      expect.objectContaining({ line: 2, sentence: expect.stringContaining('"title"') }),
    )
  })

  it('tags with characters that addresses reserve are kept', async () => {
    const { articles, errors } = await beside({
      'a.md': file('title: A', MOMENT, 'tags: ["a/b", "c, d", "50%", "why?", "#x"]'),
    })
    expect(errors).toEqual([])
    expect(articles[0]?.tags.map(({ label }) => label)).toEqual([
      'a/b',
      'c, d',
      '50%',
      'why?',
      '#x',
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

describe('a JSON file', () => {
  const one = (title: string, hour: string) =>
    `{"title": "${title}", "published": "2026-03-09T${hour}:00:00Z"}`

  it('of one record is an article, with its body in one of three forms', async () => {
    const body = (form: string, hour: string) =>
      JSON.stringify({ title: form, published: `2026-03-09T${hour}:00Z`, [form]: 'a *b* <i>c</i>' })
    const { articles, problems } = await readFiles({
      '1.json': body('markdown', '01'),
      '2.json': body('html', '02'),
      '3.json': body('text', '03'),
    })
    expect(problems).toEqual([])
    expect(articles.map(({ html, text }) => [html, text])).toEqual([
      ['<p>a <em>b</em> <i>c</i></p>', 'a b c'],
      ['a *b* <i>c</i>', 'a *b* c'],
      ['<p>a *b* &#x3C;i>c&#x3C;/i></p>', 'a *b* <i>c</i>'],
    ])
  })

  it('of a list is as many articles, without the wrong ones', async () => {
    const { titles, errors } = await beside({
      'list.json': `[\n  ${one('A', '01')},\n  {"title": "B"},\n  7,\n  ${one('C', '03')}\n]\n`,
    })
    expect(titles).toEqual(['A', 'C', 'Good'])
    expect(errors).toMatchObject([
      { file: 'list.json', line: 3, column: 3, field: 'published' },
      { file: 'list.json', line: 4, column: 3 },
    ])
  })

  it.each(['\n', '\r\n'])(
    'of one record a line (lines end with %j) loses a bad one alone',
    async (end) => {
      const { titles, errors } = await beside({
        'lines.ndjson': [
          one('A', '01'),
          '{"title": "B",',
          one('C', '03'),
          '',
          '{"title": [1]}',
        ].join(end),
      })
      expect(titles).toEqual(['A', 'C', 'Good'])
      expect(errors).toMatchObject([
        { file: 'lines.ndjson', line: 2, column: expect.any(Number) },
        { file: 'lines.ndjson', line: 5, column: 11, field: 'title' },
      ])
    },
  )

  it.each(['lines.ndjson', 'lines.jsonl'])('%s loses a bad first line alone', async (name) => {
    const { titles, errors } = await beside({
      [name]: ['{"title": "A"', one('B', '02'), one('C', '03')].join('\n'),
    })
    expect(titles).toEqual(['B', 'C', 'Good'])
    expect(errors).toMatchObject([{ file: name, line: 1 }])
  })

  it.each([
    ['a comma too many', `{\n  "title": "A",\n  ${MOMENT_IN_JSON},\n}\n`, 3, 4],
    ['a comma too few', `{\n  "title": "A"\n  ${MOMENT_IN_JSON}\n}\n`, 2, 3],
    ['a comment', `{\n  // no JSON\n  "title": "A",\n  ${MOMENT_IN_JSON}\n}\n`, 2, 2],
    ['no end', `{\n  "title": "A",\n  ${MOMENT_IN_JSON}\n`, 3, 4],
  ])('with %s is told to be no JSON, with the line', async (_, text, first, last) => {
    const { titles, errors } = await beside({ 'bad.json': text })
    expect(titles).toEqual(['Good'])
    expect(errors).toMatchObject([{ file: 'bad.json', sentence: expect.stringMatching(/JSON/) }])
    expect(errors[0]?.line).toBeGreaterThanOrEqual(first)
    expect(errors[0]?.line).toBeLessThanOrEqual(last)
  })
})

describe('two articles share neither id nor page', () => {
  it.each([
    ['id', 'id: the-same', 'is the same as that of a/one.md (tag:gazette.invalid,2026:the-same)'],
    ['slug', 'slug: The Same', 'is the same as that of a/one.md ("the-same")'],
  ])('the %s of another is an error that names both files', async (field, line, sentence) => {
    const { titles, errors } = await beside({
      'a/one.md': file('title: One', 'published: 2026-03-09T01:00:00Z', line),
      'b/two.md': file('title: Two', 'published: 2026-03-09T02:00:00Z', line),
    })
    expect(titles).toEqual(['Good', 'One'])
    expect(errors).toMatchObject([
      { file: 'b/two.md', line: 4, field, sentence: expect.stringContaining(sentence) },
    ])
  })
  it.each(['id: the-same', 'slug: The Same'])('and a draft takes none: %s', async (line) => {
    const { titles, errors } = await beside({
      'a/draft.md': file('title: Draft', 'published: 2026-03-09T01:00:00Z', line, 'draft: true'),
      'b/two.md': file('title: Two', 'published: 2026-03-09T02:00:00Z', line),
    })
    expect(titles).toEqual(['Good', 'Two'])
    expect(errors).toMatchObject([{ file: 'a/draft.md', line: 4 }])
  })
})
