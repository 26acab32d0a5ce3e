// Markdown as GitHub reads it: what goes beyond CommonMark and tables.
import { describe, expect, it } from 'vitest'
import { UnfitBody } from '../../../../src/content/bodies/tree.ts'
import { bodyOf, htmlOf, LINK } from '../../support/bodies.ts'
import { inBoundedTime } from '../../support/bounded-time.ts'

describe('where lines end', () => {
  it.each([
    ['渡船\n靠岸。', '<p>渡船<br>靠岸。</p>'],
    ['a  \nb\\\nc', '<p>a<br>b<br>c</p>'],
    ['> a\n> b\n\n- c\n  d', '<blockquote><p>a<br>b</p></blockquote><ul><li>c<br>d</li></ul>'],
    ['```\na\nb\n```', '<pre><code>ab</code></pre>'],
  ])('Hexo has them as their author did: %j', (source, expected) => {
    expect(htmlOf(source, 'markdown with breaks').replaceAll('\n', '')).toBe(expected)
  })

  it('elsewhere they go on', () => {
    expect(htmlOf('渡船\n靠岸。', 'markdown')).toBe('<p>渡船\n靠岸。</p>')
  })
})

describe('between two dollar signs and two more', () => {
  it.each([
    ['a $$x*y*z \\\\ \\{b\\}$$ *c*', '<p>a $$x*y*z \\\\ \\{b\\}$$ <em>c</em></p>'],
    [
      '$$\n\\left[x\\right](y) \\\\\n\n- z\n$$\n\nb',
      '<p>$$\\left[x\\right](y) \\\\- z$$</p><p>b</p>',
    ],
    ['- a\n\n  $$\n  # b\n  $$', '<ul><li><p>a</p><p>$$# b$$</p></li></ul>'],
    ['`$$` *a* `$$`', '<p><code>$$</code> <em>a</em> <code>$$</code></p>'],
    ['$$ *a*\n\n$$5 a $$ b', '<p>$$ <em>a</em></p><p>$$5 a $$ b</p>'],
    ['    $$\n    a\n    $$', '<pre><code>$$a$$</code></pre>'],
  ])('kramdown has a formula: %j', (source, expected) => {
    expect(htmlOf(source, 'markdown of kramdown').replaceAll('\n', '')).toBe(expected)
  })

  it('others have Markdown', () => {
    expect(htmlOf('$$x*y*z$$', 'markdown with attributes')).toBe('<p>$$x<em>y</em>z$$</p>')
  })

  it.each(['$$', '$$\n', '$$a\n', '$$a\n\n', '$$$ '])('%j, however many', async (piece) => {
    await inBoundedTime(() => htmlOf(piece.repeat(20_000), 'markdown of kramdown'))
  })
})

const html = (source: string) => htmlOf(source, 'markdown').replaceAll('\n', '')

describe('tasks are signs, since readers drop form controls', () => {
  it.each([
    ['- [ ] a\n- [x] b\n- [X] c', '<ul><li>☐ a</li><li>☑ b</li><li>☑ c</li></ul>'],
    ['1. [x] **a**', '<ol><li>☑ <strong>a</strong></li></ol>'],
    ['- [ ] a\n\n- [x] b', '<ul><li><p>☐ a</p></li><li><p>☑ b</p></li></ul>'],
    ['- [x]a\n- [y] b\n- c [x] d', '<ul><li>[x]a</li><li>[y] b</li><li>c [x] d</li></ul>'],
    ['[x] a', '<p>[x] a</p>'],
    ['- `[x]` a', '<ul><li><code>[x]</code> a</li></ul>'],
  ])('%j', (source, expected) => expect(html(source)).toBe(expected))

  it('also where they are form controls already', () => {
    expect(htmlOf('<li><input type=checkbox checked disabled>a</li><input name=q>')).toBe(
      '<li>☑ a</li>',
    )
  })
})

describe('footnotes', () => {
  it('lead to their note and back, by absolute addresses and ids that survive', () => {
    expect(html('A[^n] b.\n\n[^n]: Note.')).toBe(
      `<p>A<sup><a href="${LINK}#fn1" id="fnref1">[1]</a></sup> b.</p><hr><section><ol>` +
        `<li id="fn1"><p>Note. <a href="${LINK}#fnref1">↩︎</a></p></li></ol></section>`,
    )
  })

  it.each([
    ['one that is nowhere is text', 'A[^n] b.', '<p>A[^n] b.</p>'],
    ['one that nobody leads to is not shown', 'A.\n\n[^n]: Note.', '<p>A.</p>'],
    ['there are none inside a line', 'A^[b] c.', '<p>A^[b] c.</p>'],
  ])('%s', (_, source, expected) => expect(html(source)).toBe(expected))

  it('more than a book has are refused, since each costs as much as the body is long', async () => {
    const many = Array.from({ length: 30_000 }, (_, at) => `[^${at}]\n\n[^${at}]: b\n\n`).join('')
    await inBoundedTime(() => expect(() => bodyOf(many, 'markdown')).toThrow(UnfitBody))
  })
})

describe('alerts are quotations that begin with their kind', () => {
  it.each(['NOTE', 'TIP', 'IMPORTANT', 'WARNING', 'CAUTION'])('[!%s]', (kind) => {
    const label = kind.charAt(0) + kind.slice(1).toLowerCase()
    const expected = `<blockquote><p><strong>${label}</strong></p><p>a <em>b</em></p></blockquote>`
    expect(html(`> [!${kind}]\n> a *b*`)).toBe(expected)
    expect(html(`> [!${kind.toLowerCase()}]\n>\n> a *b*`)).toBe(expected)
  })

  it.each([
    ['> [!NOTE]', '<blockquote><p><strong>Note</strong></p></blockquote>'],
    ['> [!NOTE] a', '<blockquote><p>[!NOTE] a</p></blockquote>'],
    ['> [!WHAT]\n> a', '<blockquote><p>[!WHAT]a</p></blockquote>'],
    ['> a\n> [!NOTE]', '<blockquote><p>a[!NOTE]</p></blockquote>'],
    ['[!NOTE]\na', '<p>[!NOTE]a</p>'],
  ])('%j', (source, expected) => expect(html(source)).toBe(expected))
})

describe('bare addresses become links', () => {
  it.each([
    ['www.a.example/b?c=d.', 'http://www.a.example/b?c=d', 'www.a.example/b?c=d'],
    ['(www.a.example)', 'http://www.a.example/', 'www.a.example'],
    ['见https://a.example/b。', 'https://a.example/b', 'https://a.example/b'],
    ['a@b.example', 'mailto:a@b.example', 'a@b.example'],
  ])('%s', (source, href, text) => expect(html(source)).toContain(`<a href="${href}">${text}</a>`))

  it.each(['README.md', 'a.example', 'www.', 'awww.a.example', '`www.a.example`'])(
    'but not %s',
    (source) => expect(html(source)).not.toContain('<a'),
  )
})
