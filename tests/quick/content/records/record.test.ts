// An article's record: what it comes out as, and what in it is no mistake.
import { describe, expect, it } from 'vitest'
import { readFiles } from '../../support/folder.ts'
import { beside, file, MOMENT } from '../../support/records.ts'

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
