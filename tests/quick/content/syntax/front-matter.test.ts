// Front matter as generators' users write it beyond `---`: where it begins and ends, and where its mistakes are told.
import { describe, expect, it } from 'vitest'
import { readFiles } from '../../support/folder.ts'

const HEXO = { '_config.yml': 'url: https://q.example\nsource_dir: source\n' }
const FIELDS = '"title": "Quay",\n"date": "2026-03-09T08:30:00Z"'

const readPost = (text: string, around: Record<string, string> = HEXO) =>
  readFiles({ ...around, 'source/_posts/quay.md': text })

describe('JSON as Hexo has it', () => {
  it.each([
    ['between lines', `;;;\n${FIELDS}\n;;;\nText.\n`],
    ['without the line that opens it', `${FIELDS}\n;;;\nText.\n`],
    ['below blank lines', `\n\n${FIELDS}\n;;;\nText.\n`],
    ['in braces', `;;;\n{${FIELDS}}\n;;;\nText.\n`],
  ])('%s', async (_, text) => {
    for (const around of [HEXO, {}]) {
      const { articles, problems } = await readPost(text, around)
      expect(articles.map(({ title, text }) => [title, text])).toEqual([['Quay', 'Text.']])
      expect(problems).toEqual([])
    }
  })

  it.each([
    ['between lines', ';;;\n"title": "Quay", "withdrawn": true\n;;;\n', 2, 31],
    ['without the line that opens it', '"title": "Quay", "withdrawn": true\n;;;\n', 1, 31],
    ['in a later line', '"title": "Quay",\n"withdrawn": true\n;;;\n', 2, 14],
    ['where it is no JSON', ';;;\n"title": Quay\n;;;\n', 2, 10],
  ])('a mistake %s is told at its place', async (_, text, line, column) => {
    const { problems } = await readPost(text)
    expect(problems).toMatchObject([{ severity: 'error', line, column }])
  })

  it('words in quotes are none', async () => {
    const { problems } = await readPost('"Mind the gap", she said.\n')
    expect(problems.map(({ kind }) => kind)).toEqual(['no-article'])
  })
})

describe('the moment of a file’s name', () => {
  it.each([
    ['2020-01-08T10-20-30Z-ferry.md', '2020-01-08T10:20:30Z'],
    ['2020-01-08T10:20:30Z_ferry.md', '2020-01-08T10:20:30Z'],
    ['2020-01-08T10-20-30.5+08-00-ferry.md', '2020-01-08T02:20:30Z'],
    ['2020-01-08T10:20:30+05:30-ferry/index.md', '2020-01-08T04:50:30Z'],
    ['2020-01-08T10-20-30Z-20-ferry.md', '2020-01-08T10:20:30Z', '20-ferry'],
    ['2020-01-08-ferry.md', '2020-01-08T00:00:00Z'],
  ])('%s', async (name, moment, named = 'ferry') => {
    const { articles } = await readFiles({
      'config.toml': 'base_url = "https://q.example"\n',
      [`content/${name}`]: '+++\ntitle = "Ferry"\n+++\nText.\n',
    })
    expect(articles.map(({ published, slug }) => [published, slug])).toEqual([
      [Date.parse(moment), named],
    ])
  })

  it('gives way to the record’s own', async () => {
    const { articles } = await readFiles({
      '2020-01-08T10-20-30Z-ferry.md': '---\ntitle: A\ndate: 2021-01-01T00:00:00Z\n---\n',
    })
    expect(articles[0]?.published).toBe(Date.UTC(2021, 0, 1))
  })
})

describe('front matter that says nothing', () => {
  const JEKYLL = { '_config.yml': 'url: https://q.example\n' }

  it.each(['---\n---\n', '---\n\n---\n', '---\n# Nothing yet.\n---\n'])(
    'is an article’s by the day in its name, and a page’s without one: %j',
    async (matter) => {
      const { articles, problems } = await readFiles({
        ...JEKYLL,
        '_posts/2026-03-09-quay.md': `${matter}# Quay\n\nText.\n`,
        'index.html': `${matter}<p>All posts.</p>\n`,
      })
      expect(articles.map(({ title, link }) => [title, link])).toEqual([
        ['Quay', 'https://q.example/2026/03/09/quay.html'],
      ])
      expect(problems.map(({ kind, file }) => [kind, file])).toEqual([['no-article', 'index.html']])
    },
  )
})
