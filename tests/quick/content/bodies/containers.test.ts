// What stands between lines of `:::`: notes become quotations with their title, other containers leave what is in them.
import { describe, expect, it } from 'vitest'
import { htmlOf } from '../../support/bodies.ts'

const html = (source: string) => htmlOf(source, 'markdown').replaceAll('\n', '')

function note(title: string, inside: string): string {
  const label = title === '' ? '' : `<p><strong>${title}</strong></p>`
  return `<blockquote>${label}${inside}</blockquote>`
}

describe('a container', () => {
  it.each([
    [':::tip\n\nMind *it*.\n\n:::', note('Tip', '<p>Mind <em>it</em>.</p>')],
    [
      'At\n::: warning Low tide\n- one\n:::\nquay',
      `<p>At</p>${note('Low tide', '<ul><li>one</li></ul>')}<p>quay</p>`,
    ],
    [':::note[High tide]{#quay}\nText.\n:::', note('High tide', '<p>Text.</p>')],
    ['::: details 詳細 {open}\nText.\n:::', note('詳細', '<p>Text.</p>')],
    [':::message alert\nText.\n:::', note('', '<p>Text.</p>')],
    ['::::info A\n:::tip B\nText.\n:::\n::::', note('A', note('B', '<p>Text.</p>'))],
    ['- one\n  :::tip\n  Text.\n  :::', `<ul><li>one${note('Tip', '<p>Text.</p>')}</li></ul>`],
    ['> :::tip\n> Text.\n> :::', note('', note('Tip', '<p>Text.</p>'))],
    [
      ':::tip[A [quay](https://a.example/)]\nText.\n:::',
      note('A <a href="https://a.example/">quay</a>', '<p>Text.</p>'),
    ],
    [':::tip\nText.\n\n    :::\n:::', note('Tip', '<p>Text.</p><pre><code>:::</code></pre>')],
    [
      '- :::tip\n  one\n- two\n  :::',
      `<ul><li>${note('Tip', '<p>one</p>')}</li><li>two:::</li></ul>`,
    ],
    ['::: code-group\n```js\na\n```\n:::', '<pre><code class="language-js">a</code></pre>'],
  ])('%j', (source, expected) => expect(html(source)).toBe(expected))

  it.each([
    [':::tip\nText.', note('Tip', '<p>Text.</p>')],
    ['::::tip\nText.\n:::', note('Tip', '<p>Text.:::</p>')],
    ['> :::tip\n> Text.\n\n:::', `${note('', note('Tip', '<p>Text.</p>'))}<p>:::</p>`],
    [
      '- :::tip\n  one\n\ntwo\n\n:::',
      `<ul><li>${note('Tip', '<p>one</p>')}</li></ul><p>two</p><p>:::</p>`,
    ],
  ])('that nobody ends goes on to the end of what holds it: %j', (source, expected) =>
    expect(html(source)).toBe(expected),
  )

  it.each([
    ['A ::: b\n:::', '<p>A ::: b:::</p>'],
    ['    :::tip\n    :::', '<pre><code>:::tip:::</code></pre>'],
    ['```\n:::tip\n:::\n```', '<pre><code>:::tip:::</code></pre>'],
  ])('that is none: %j', (source, expected) => expect(html(source)).toBe(expected))

  it('is laid out in lines as other blocks are', () => {
    expect(htmlOf('At\n\n:::tip\nText.\n:::\n\nquay', 'markdown')).toBe(
      '<p>At</p>\n<blockquote>\n<p><strong>Tip</strong></p>\n<p>Text.</p>\n</blockquote>\n<p>quay</p>',
    )
  })

  it('is told in bounded time, whatever its line holds, and however many there are', () => {
    expect(html(':::tip\n'.repeat(20_000))).toContain('<blockquote>')
    const line = `:::tip a${' '.repeat(5_000)}}`
    expect(html(`${line}\n:::`)).toContain('<blockquote>')
  })
})
