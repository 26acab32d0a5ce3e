// Lists of attributes as kramdown and Goldmark read them: readers see none of them, and what they say of places stays.
import { describe, expect, it } from 'vitest'
import { htmlOf } from '../../support/bodies.ts'
import { inBoundedTime } from '../../support/bounded-time.ts'
import { readFiles } from '../../support/folder.ts'

const html = (source: string, form: 'markdown' | 'markdown with attributes') =>
  htmlOf(source, form).replaceAll('\n', '')
const read = (source: string) => html(source, 'markdown with attributes')

const TABLE = '| a | b |\n|---|---|\n| 1 | 2 |\n'

describe('a list goes, with what it says of looks', () => {
  it.each([
    ['below a quotation', '> Mind the gap.\n{: .prompt-info }', '> Mind the gap.'],
    ['below a paragraph', 'Text.\n{: .mt-4 .mb-0 style="color: red"}', 'Text.'],
    ['below a paragraph, as Goldmark has it', 'Text.\n{.mt-4 #quay data-x=1}', 'Text.'],
    ['above a paragraph', '{:.lead}\nText.', 'Text.'],
    ['alone', 'Text.\n\n{:.clear}\n\nMore.', 'Text.\n\nMore.'],
    ['below a fence', '```js\nx\n```\n{: file="a.js" .nolineno }', '```js\nx\n```'],
    ['below a table', `${TABLE}{: .tbl}`, TABLE],
    ['below a table, as Goldmark has it', `${TABLE}{.tbl}\n\nText.`, `${TABLE}\nText.`],
    ['below HTML', '<p>Text.</p>\n{: .note}\n\nMore.', '<p>Text.</p>\n\nMore.'],
    ['behind a picture', '![a](a.png){: .w-50 .left}\n_Caption_', '![a](a.png)\n_Caption_'],
    ['behind a link', '[a](/b){:target="_blank"}{:.x}, or', '[a](/b), or'],
    ['behind words that stand out', '**a**{: .red} and `b`{:.language-c}.', '**a** and `b`.'],
    ['in an item', '- {:.done} one\n- two\n{: .list}', '- one\n- two'],
    ['with a reference and nothing', 'Text.\n{: note}\n\nMore.\n{:}', 'Text.\n\nMore.'],
  ])('%s', (_, source, plain) => {
    expect(read(source)).toBe(html(plain, 'markdown'))
  })
})

describe('what it says of places and sizes stays', () => {
  it.each([
    ['## Setting up {#setup}', '<h2 id="setup">Setting up</h2>'],
    ['## Setting up {#setup .wide data-x="1"} ##', '<h2 id="setup">Setting up</h2>'],
    ['## Setting *up*{: #setup}', '<h2 id="setup">Setting <em>up</em></h2>'],
    ['Setting up {: .no_toc #setup}\n---', '<h2 id="setup">Setting up</h2>'],
    ['## Setting up\n{: #setup .no_toc}', '<h2 id="setup">Setting up</h2>'],
    ['## 设置 {#设置-1}', '<h2 id="设置-1">设置</h2>'],
    ['## Setting up {.wide}', '<h2 id="setting-up">Setting up</h2>'],
  ])('%s', (source, expected) => {
    expect(read(source)).toBe(expected)
  })

  it('links arrive', () => {
    expect(read('[There](#setup)\n\n## Setting up {#setup}')).toContain('#setup">There')
    expect(read('## Setting up {#setup}')).toContain('id="setup"')
  })

  it('a picture is as large as it says', () => {
    const picture = read('![a](https://i.example/a.png){: width="700" height="400px" .w-50}')
    expect(picture).toContain('width="700" height="400"')
    expect(read('![a](https://i.example/a.png){: width="50%"}')).not.toContain('width')
  })
})

describe('a table of contents, which only the generator can fill', () => {
  it.each(['* TOC\n{:toc}', '1. Contents\n{:toc .x}', '- TOC\n  {: toc}\n- more'])(
    'is left out: %j',
    (list) => {
      expect(read(`Before.\n\n${list}\n\nBehind.`)).toBe('<p>Before.</p><p>Behind.</p>')
    },
  )
})

describe('an element with markdown="1" has Markdown inside', () => {
  it.each([
    ['<div markdown="1">\n**A**\n</div>', '<div><p><strong>A</strong></p></div>'],
    [
      '<details markdown=block>\n<summary>More</summary>\n*A*\n</details>',
      '<details><summary>More</summary><p><em>A</em></p></details>',
    ],
    [
      'Text.\n<div class="b" markdown="span">\n*A*\n</div>',
      '<p>Text.</p><div><p><em>A</em></p></div>',
    ],
    [
      '> <div markdown="1">\n> *A*\n> </div>',
      '<blockquote><div><p><em>A</em></p></div></blockquote>',
    ],
  ])('%j', (source, expected) => {
    expect(read(source)).toBe(expected)
  })

  it.each([
    '<div markdown="0">\n*A*\n</div>',
    '<div>\n*A*\n</div>',
    '```\n<div markdown="1">\n*A*\n</div>\n```',
    '    <div markdown="1">\n    *A*',
  ])('and no other: %j', (source) => {
    expect(read(source)).toBe(html(source, 'markdown'))
  })
})

describe('braces that are no list stay', () => {
  it.each([
    'Write `{: .note}`, or `## A {#a}`.',
    '```\n{: .note}\n```',
    '    {: .note}',
    '## A set {a, b}',
    '## A set {1}',
    'The set {.5, 1}\n{a: 1}',
    'Text.\n\\{: .note}',
    '$$\n{.a}\n$$',
    '*a* {.b} c',
    'Words {: in} a line',
    '{:.a b=} c',
    'f(x) {.sorted()}',
    'Write **{#quay}**, *{.wide}*, [{: .a}](/b) or <kbd>{: .note}</kbd>.',
  ])('%j', (source) => {
    expect(read(source)).toBe(html(source, 'markdown'))
  })
})

it.each([
  '{: .a',
  '{:.a}',
  '*a*{:.a}{:.b',
  '* x\n{:toc}\n',
  '> {#a}\n',
  '{:a="',
  '<div markdown="1">\n</div>\n',
  ' markdown=1',
])('however many, in bounded time: %j', async (piece) => {
  await inBoundedTime(() => read(`*a*${piece.repeat(5_000)}`))
})

it('however many attributes stand in a tag above however many lines, in bounded time', async () => {
  await inBoundedTime(() => read(`<div${' markdown=1'.repeat(5_000)}\n\n${'a\n'.repeat(500)}`))
})

describe('whose they are', () => {
  const SOURCE =
    '## Quay {#q}\n\n{::nomarkdown}\nText.{:/nomarkdown}\n{: .x}\n\n{::comment}\nNo.\n{:/comment}'
  const text = async (around: Record<string, string>) => {
    const post = `---\ntitle: A\ndate: 2026-03-09T08:30:00Z\n---\n${SOURCE}\n`
    const { articles } = await readFiles({ ...around, 'posts/2026-03-09-a.md': post })
    return articles[0]?.text
  }

  it.each([
    ['Jekyll', { '_config.yml': 'url: https://q.example\n' }],
    ['nobody knows', {}],
  ])('%s: they go', async (_, around) => {
    expect(await text(around)).toBe('Quay\n\nText.')
  })

  it.each([
    ['Hexo', { '_config.yml': 'url: https://q.example\nsource_dir: source\n' }],
    ['Astro', { 'astro.config.mjs': '' }],
  ])('%s: they are text', async (_, around) => {
    expect(await text(around)).toContain('Quay {#q}')
  })
})
