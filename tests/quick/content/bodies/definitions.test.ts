// Definition lists as Goldmark and kramdown read them: what they make of the same text, where the two agree.
import { describe, expect, it } from 'vitest'
import { bodyOf, htmlOf } from '../../support/bodies.ts'
import { inBoundedTime } from '../../support/bounded-time.ts'
import { readFiles } from '../../support/folder.ts'

const FORM = 'markdown of Goldmark'
const read = (source: string) => htmlOf(source, FORM).replaceAll('\n', '')

describe('lines that begin with a colon define what stands above them', () => {
  it.each([
    ['one', 'A\n: a', '<dl><dt>A</dt><dd>a</dd></dl>'],
    ['several of one term', 'A\n: a\n: b', '<dl><dt>A</dt><dd>a</dd><dd>b</dd></dl>'],
    ['one of several terms', 'A\nB  \nC\n: a', '<dl><dt>A</dt><dt>B</dt><dt>C</dt><dd>a</dd></dl>'],
    ['several', 'A\n: a\n\nB\n: b', '<dl><dt>A</dt><dd>a</dd><dt>B</dt><dd>b</dd></dl>'],
    [
      'below a blank line',
      'A\n\n: a\n\n: b',
      '<dl><dt>A</dt><dd><p>a</p></dd><dd><p>b</p></dd></dl>',
    ],
    ['in Chinese', '渡船\n: 靠岸', '<dl><dt>渡船</dt><dd>靠岸</dd></dl>'],
    [
      'what is marked',
      '*A*\n: [a](https://a.example/)',
      '<dl><dt><em>A</em></dt><dd><a href="https://a.example/">a</a></dd></dl>',
    ],
    ['in lines', 'A\n: a\n  b\nc', '<dl><dt>A</dt><dd>abc</dd></dl>'],
    ['in paragraphs', 'A\n:   a\n\n    b\n\nc', '<dl><dt>A</dt><dd>a<p>b</p></dd></dl><p>c</p>'],
    ['behind a tab', 'A\n:\ta\n\n    b', '<dl><dt>A</dt><dd>a<p>b</p></dd></dl>'],
    [
      'a list',
      'A\n: - a\n  - b\n: c',
      '<dl><dt>A</dt><dd><ul><li>a</li><li>b</li></ul></dd><dd>c</dd></dl>',
    ],
    [
      'code',
      'A\n: a\n\n  ```\n  : b\n  ```',
      '<dl><dt>A</dt><dd>a<pre><code>: b</code></pre></dd></dl>',
    ],
    ['a term again', 'A\n: B\n  : b', '<dl><dt>A</dt><dd><dl><dt>B</dt><dd>b</dd></dl></dd></dl>'],
    ['in an item', '- A\n  : a\n- b', '<ul><li><dl><dt>A</dt><dd>a</dd></dl></li><li>b</li></ul>'],
    [
      'a quotation',
      'A\n: > a\n: b',
      '<dl><dt>A</dt><dd><blockquote><p>a</p></blockquote></dd><dd>b</dd></dl>',
    ],
    ['nothing', 'A\n: ', '<dl><dt>A</dt><dd></dd></dl>'],
    ['in a quotation', '> A\n> : a', '<blockquote><dl><dt>A</dt><dd>a</dd></dl></blockquote>'],
    ['before a line', 'A\n: a\n---', '<dl><dt>A</dt><dd>a</dd></dl><hr>'],
    [
      'apart',
      'A\n: a\n\n***\n\nC\n: c',
      '<dl><dt>A</dt><dd>a</dd></dl><hr><dl><dt>C</dt><dd>c</dd></dl>',
    ],
  ])('%s', (_, source, expected) => expect(read(source)).toBe(expected))
})

describe('and no other lines do', () => {
  it.each([
    [': a', '<p>: a</p>'],
    ['A\n:a', '<p>A:a</p>'],
    ['A\n:', '<p>A:</p>'],
    ['A\n~ a', '<p>A~ a</p>'],
    ['A\n\\: a', '<p>A: a</p>'],
    ['A\n    : a', '<p>A: a</p>'],
    ['渡船\n：靠岸', '<p>渡船：靠岸</p>'],
    ['***\n: a', '<hr><p>: a</p>'],
    ['> A\n: a', '<blockquote><p>A: a</p></blockquote>'],
    ['- A\n: a', '<ul><li>A: a</li></ul>'],
    ['|A|\n|-|\n: a', '<table><thead><tr><th>A</th></tr></thead></table><p>: a</p>'],
    ['```\nA\n: a\n```', '<pre><code>A: a</code></pre>'],
    ['    A\n    : a', '<pre><code>A: a</code></pre>'],
  ])('%j', (source, expected) => expect(read(source)).toBe(expected))
})

it.each(['{: .x} A\n: a', '{: .x}\nA\n: a', 'A\n: {: .x} a', 'A\n: a\n{: .x}', '**A**{: .x}\n: a'])(
  'attributes are no part of them: %j',
  (source) => {
    expect(bodyOf(source, FORM).text).toBe('A\na')
  },
)

it('their words stand in lines, and are what a body says first only where it says nothing else', () => {
  const { text, opening } = bodyOf('A\n: a\n\nB\n: b', FORM)
  expect(text).toBe('A\na\nB\nb')
  expect(opening()).toBe('A\na\nB\nb')
  expect(bodyOf('A\n: a\n\n# C\n\nd', FORM).opening()).toBe('d')
})

it.each(['A\n: a\n', 'A\n\n: a\n\n', 'A\n', ': ', '> A\n> : a\n', 'A\n: - A\n    : - ', '\n:\t'])(
  'however many, in bounded time: %j',
  async (piece) => {
    await inBoundedTime(() => read(`A\n${piece.repeat(9_000)}: a`))
  },
)

it('however deep, in bounded time', async () => {
  const deep = Array.from({ length: 900 }, (_, at) => `${' '.repeat(2 * at)}: A\n`).join('')
  await inBoundedTime(() => read(`A\n${deep}`))
})

describe('whose they are', () => {
  const html = async (around: Record<string, string>) => {
    const post = '---\ntitle: A\ndate: 2026-03-09T08:30:00Z\n---\nA\n: a\n'
    const { articles } = await readFiles({ ...around, 'posts/2026-03-09-a.md': post })
    return articles[0]?.html.replaceAll('\n', '')
  }

  it.each([
    ['Hugo', { 'hugo.toml': 'baseURL = "https://q.example"\n' }],
    ['Jekyll', { '_config.yml': 'url: https://q.example\n' }],
  ])('%s reads them', async (_, around) => {
    expect(await html(around)).toBe('<dl><dt>A</dt><dd>a</dd></dl>')
  })

  it.each([
    ['Astro', { 'astro.config.mjs': '' }],
    ['Zola', { 'zola.toml': 'base_url = "https://q.example"\n' }],
    ['nobody knows', {}],
  ])('%s: they are text', async (_, around) => {
    expect(await html(around)).toBe('<p>A: a</p>')
  })
})
