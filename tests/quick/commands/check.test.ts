// `gazette check`: a summary first, then each problem with its line and a caret, or all of it for machines.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { run } from '../../../src/commands/commands.ts'
import { progressOn } from '../../../src/commands/progress.ts'
import type { Terminal } from '../../../src/commands/terminal.ts'
import { PROBLEM_KINDS } from '../../../src/content/problem.ts'
import { folderOf } from '../support/folder.ts'

const SITE = 'title: Harbour Post\nurl: https://harbour.example/\nauthority: harbour.example,2026\n'
const MOMENT = 'published: 2026-03-09 08:30\n'

/** The folder of the README's example. */
const HARBOUR = {
  'site.yaml': SITE,
  'news/quay.md': `---\ntitle: R&D on the quay\n${MOMENT}tags: [night market, 港口]\n---\nThe crane arrived on Monday.\n`,
  'news/lanterns.md':
    '---\ntitle: Lanterns\npublished: 2026-03-10 18:00\ntags: [night-markets]\n---\nThey are lit at eight.\n',
  'news/tide.md': '---\ntitle: 大潮\npublished: 2026-02-30\n---\nSpring tide.\n',
}

const SILENT: Terminal = { print: () => {}, error: () => {} }

type Files = Parameters<typeof folderOf>[0]

async function check(files: Files, args: string[] = [], terminal: Partial<Terminal> = {}) {
  const out: string[] = []
  const print = (line: string) => out.push(line)
  const folder = folderOf({ 'site.yaml': SITE, ...files })
  const code = await run(
    ['check', '--content', folder, ...args],
    {},
    {
      print,
      error: print,
      ...terminal,
    },
  )
  return { code, out: out.join('\n') }
}

async function checkAsJson(files: Files) {
  return JSON.parse((await check(files, ['--json'])).out)
}

/** An article with this body and these further fields. */
function article(body: string, fields = ''): string {
  return `---\ntitle: A\n${MOMENT}${fields}---\n${body}`
}

describe('for people', () => {
  it('prints what the README shows', async () => {
    const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8')
    const { code, out } = await check(HARBOUR)
    expect(code).toBe(1)
    expect(readme).toContain(`\`\`\`\n${out}\n\`\`\``)
  })

  it('says so where nothing is wrong, and ends with 0', async () => {
    const { code, out } = await check({ 'a.md': article('Text.\n', 'tags: [x]\n') })
    expect(code).toBe(0)
    expect(out.split('\n').slice(2)).toEqual([
      'Articles  1 published',
      'Files     1, with 1 record',
      'Terms     1 tag',
      'Feeds     2, each in 3 formats',
      'Errors    none',
      'Warnings  none',
    ])
  })

  it.each([
    ['{% include map.html %}', '{% include map.html %}'],
    ['{{% hugo-encryptor "tide" %}}x{{% /hugo-encryptor %}}', '{{% hugo-encryptor'],
  ])('points at the first piece of template code: %s', async (code, spot) => {
    const { out } = await check({ 'a.md': article(`Text.\n\n(Here:${code}, and {% b %}.)\n`) })
    expect(out).toMatch(/^a\.md:7:7: warning: /m)
    const [shown = '', caret = ''] = out.split('\n').slice(-2)
    expect(shown.slice(caret.indexOf('^'))).toMatch(new RegExp(`^\\${spot}`))
  })

  it('counts articles by where they stand in their life', async () => {
    const { out } = await check({
      'a.md': article('Text.\n', 'id: a\n'),
      'b.md': article('Text.\n', 'id: b\ndraft: true\n'),
      'c.md': article('Text.\n', 'id: c\nexpires: 2026-03-10\n'),
      'd.md': article('Text.\n', 'id: d\nwithdrawn: 2026-03-10\n'),
      'e.md': '---\nid: e\ntitle: E\npublished: 2999-01-01 12:00\n---\nText.\n',
      'f.md': '---\ntitle: [\n---\n',
    })
    expect(out).toContain('Articles  1 published, 1 scheduled, 1 draft, 1 expired, 1 withdrawn\n')
    expect(out).toContain('Files     6, with 5 records\n')
  })

  /** @param lines of the front matter of each of 23 files, by its number. */
  const many = (lines: (at: number) => string) =>
    Object.fromEntries(
      Array.from({ length: 23 }, (_, at) => [
        `${at}.md`,
        article('Text.\n', `id: ${at}\n${lines(at)}`),
      ]),
    )

  it.each([
    ['warnings', (at: number) => `foo${at}: 1\n`, /: warning: foo\d+: /g],
    ['errors', () => 'draft: perhaps\n', /: error: draft: /g],
  ])('prints twenty %s of a kind and counts the others', async (_, lines, printed) => {
    const { out } = await check(many(lines))
    expect(out.match(printed)).toHaveLength(20)
    expect(out).toMatch(/^… and 3 more \(--all shows them\)$/m)
    expect(out).toMatch(/^ +23 {2}/m)
  })

  it('prints a warning that many files get alike once, and others beside it', async () => {
    const { out } = await check(many((at) => `foo: 1\n${at < 2 ? 'bar: 1\n' : ''}`))
    expect(out.match(/: warning: (foo|bar): /g)).toEqual([': warning: foo: ', ': warning: bar: '])
    expect(out).toMatch(/^ {4}… and 22 more like it \(--all shows them\)$/m)
    expect(out).toMatch(/^ {4}… and 1 more like it \(--all shows them\)$/m)
    expect(out).not.toMatch(/^… and/m)
    expect(out).toMatch(/^ +25 {2}fields that nothing reads$/m)
  })

  it('prints all of them with --all', async () => {
    const { out } = await check(
      many(() => 'foo: 1\n'),
      ['--all'],
    )
    expect(out.match(/: warning: foo: /g)).toHaveLength(23)
    expect(out).not.toContain('(--all')
  })

  it.each([
    ['exprots', 'names “exprots”, under which nothing was ever published.'],
    ['weather', 'names “weather”, which is retired.'],
  ])('tells what is wrong with the term %s of a saved filter', async (term, sentence) => {
    const site = `title: A\nurl: https://a.example/\nauthority: a.example,2026\ntaxonomy: { tags: { weather: { retired: Gone. } } }\nfeeds: { out: { filter: { tag: "-${term}" } } }\n`
    const { out } = await check({ 'site.yaml': site }, ['--json'])
    expect(JSON.parse(out).problems).toContainEqual(
      expect.objectContaining({ kind: 'unknown-term', field: 'feeds.out.filter', sentence }),
    )
  })

  it('has errors before warnings', async () => {
    const { out } = await check({ 'a.md': article('Text.\n', 'foo: 1\n'), 'b.md': '' })
    expect(out.indexOf('b.md: error')).toBeLessThan(out.indexOf('a.md:4:6: warning'))
    expect(out.indexOf('b.md: error')).toBeGreaterThan(0)
  })

  const ESCAPE = '\u001B'
  it.each([
    ['colours in a terminal', { hasColours: true }, true],
    ['none elsewhere', {}, false],
  ])('has %s', async (_, terminal, isColoured) => {
    expect((await check(HARBOUR, [], terminal)).out.includes(ESCAPE)).toBe(isColoured)
  })

  it('lets no control character through to the terminal', async () => {
    const { out } = await check({
      'a.md': article('See [\u001B[31mhere\u009B31m\u202E](gone.html).\r\n'),
      'b.md': article('Text.\n', 'id: b\nfoo: "\\e[31m"\nlanguage: "\\x9b31m"\n'),
    })
    expect(out).toContain('See [␛[31mhere')
    expect(out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202E]/u)
  })

  it('is no wider than the terminal', async () => {
    const long = `${'word '.repeat(200)}[gone](gone.html) ${'字'.repeat(200)}\n`
    const { out } = await check({ 'a.md': article(long) }, [], { columns: 60 })
    const [shown = '', caret = ''] = out.split('\n').slice(-2)
    expect(shown).toMatch(/^ {4}….*\[gone\]\(gone\.html\) 字+…$/)
    expect(caret.trimEnd()).toHaveLength(shown.indexOf('gone.html') + 1)
  })

  it('shows a bar on long work where people watch, and takes it away', () => {
    const shown: string[] = []
    let now = 0
    const progress = progressOn({ ...SILENT, status: (text) => shown.push(text) }, () => now)
    for (let done = 0; done <= 100; done++, now += 10) progress.show('Reading', done, 100)
    progress.end()
    // After a while, and not for every step.
    expect(shown[0]).toBe('Reading  ██████████░░░░░░░░░░░░░░ 40 of 100')
    expect(shown.slice(1)).toHaveLength(8)
    expect(shown.at(-1)).toBe('')
  })

  it('shows none on short work', () => {
    const shown: string[] = []
    const progress = progressOn({ ...SILENT, status: (text) => shown.push(text) }, () => 0)
    progress.show('Reading', 1, 2)
    progress.end()
    expect(shown).toEqual([])
  })
})

describe('for machines, --json', () => {
  it('has names that stay', async () => {
    expect(await checkAsJson(HARBOUR)).toEqual({
      title: 'Harbour Post',
      url: 'https://harbour.example/',
      files: 3,
      records: 3,
      articles: { published: 2, scheduled: 0, draft: 0, expired: 0, withdrawn: 0, leftOut: 1 },
      terms: { tags: 3, sections: 0, authors: 0 },
      feeds: 4,
      taken: [],
      errors: 1,
      warnings: 1,
      notes: 0,
      kinds: ['wrong-value', 'near-terms'].map((kind) => ({
        kind,
        severity: kind === 'wrong-value' ? 'error' : 'warning',
        heading: PROBLEM_KINDS[kind as keyof typeof PROBLEM_KINDS][1],
        count: 1,
      })),
      problems: [
        expect.objectContaining({ file: 'news/lanterns.md', line: 4, column: 8, field: 'tags[0]' }),
        expect.objectContaining({ severity: 'error', file: 'news/tide.md', line: 3, column: 12 }),
      ],
    })
  })

  it('has every problem, however many there are', async () => {
    const links = Array.from({ length: 40 }, (_, at) => `[x](gone-${at}.html)`).join(' ')
    expect((await checkAsJson({ 'a.md': article(links) })).problems).toHaveLength(40)
  })
})

describe('the spot of a reference in a body', () => {
  const picture = 'pictures: [{ url: https://img.example/a.png, width: 1, height: 1 }]\n'
  it.each<[string, string, string, number, number]>([
    ['in Markdown', 'a.md', article('One.\n\nTwo [x](gone.html).\n'), 7, 9],
    ['in HTML', 'a.html', article('<p>\n<a href="gone.html">x</a>\n'), 6, 10],
    ['in other scripts', 'a.md', article('见[这里](不在.html)。\n'), 5, 7],
    ['not in the front matter', 'a.md', article('![](https://img.example/a.png)\n', picture), 6, 5],
    ['not in a longer one', 'a.md', article('gone.html.gz [x](gone.html)\n'), 5, 18],
    [
      'in JSON',
      'a.json',
      `{"title": "A", "published": "2026-03-09 08:30",\n"html": "<a href=\\"gone.html\\">x</a>"}`,
      2,
      20,
    ],
    [
      'in the right one of several records',
      'a.ndjson',
      ['1', '2']
        .map(
          (id) => `{"id":"${id}","title":"A","published":"2026-03-09","markdown":"[x](gone${id})"}`,
        )
        .join('\n'),
      2,
      64,
    ],
  ])('%s', async (_, file, text, line, column) => {
    const { problems } = await checkAsJson({ [file]: text })
    expect(problems.at(-1)).toMatchObject({ line, column })
  })
})
