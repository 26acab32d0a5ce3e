// What is read as plain HTML is what the parser makes of it, and comes out as it went in; in doubt it isn't plain.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { render } from '../../../../src/content/bodies/markdown.ts'
import { readPlain } from '../../../../src/content/bodies/plain-html.ts'
import { parse, write } from '../../../../src/content/bodies/tree.ts'
import { bodyOf } from '../../support/bodies.ts'
import { HOSTILE } from '../../support/hostile-bodies.ts'
import { runs } from '../../support/runs.ts'

/** The same whether it is read one way or the other. */
function expectAlike(html: string): void {
  const plain = readPlain(html)
  if (plain !== undefined) expect(plain, html).toEqual(parse(html))
}

describe('plain HTML', () => {
  it.each([
    '<h2 id="a">A</h2>\n<p>One &amp; <em>two</em><br>\n<a href="https://a.example/?b=1&amp;c=2" title="&quot;">three</a></p>',
    '<ul>\n<li>\n<p>one</p>\n<ol start="3">\n<li>two <s>three</s></li>\n</ol>\n</li>\n</ul>\n<hr>\n',
    '<blockquote>\n<pre><code class="language-c++">\n&lt;a&gt; &#x26;\n</code></pre>\n</blockquote>',
    '<p><img src="a.png" alt=""></p>text <strong>in <em>no</em> paragraph</strong>',
    '',
  ])('is read without the parser: %s', (html) => {
    expect(readPlain(html)).toEqual(parse(html))
  })

  it.each([
    ['a block in a paragraph', '<p>a<ul><li>b</li></ul></p>'],
    ['a link in a link', '<p><a href="b">a<em><a href="c">b</a></em></a></p>'],
    ['a tag that is never closed', '<p>a'],
    ['one that is closed too early', '<p><em>a</p></em>'],
    ['one that was never open', 'a</p>'],
    ['an item without a list', '<li>a</li>'],
    ['an attribute twice', '<a href="a" href="b">a</a>'],
    ['one that is not known', '<p style="a">a</p>'],
    ['a list of classes', '<code class="a b">a</code>'],
    ['a reference that is not known', '<p>&copy; &amp</p>'],
    ['a line feed that is dropped', '<pre>\na</pre>'],
    ['a carriage return', '<p>a\r\nb</p>'],
    ['a comment', '<p>a<!-- more --></p>'],
    ['a sign that begins a tag', '<p>a < b</p>'],
    ['capital letters', '<P>a</P>'],
    ['what is too deep', `${'<em>'.repeat(60)}a${'</em>'.repeat(60)}`],
  ])('is not what holds %s', (_, html) => {
    expect(readPlain(html)).toBeUndefined()
  })

  it('is what Markdown becomes where it holds no HTML and no table, and what is left of it', () => {
    const source =
      '# A\n\n1. one\n2. two\n\n   three `&`\n\n> _four_ **five** ~~six~~\n\n```js\nif (a < b) c()\n```\n\n![seven](a.png "eight")\n'
    expect(readPlain(render(source))).toBeDefined()
    expect(readPlain(bodyOf(source, 'markdown').html)).toBeDefined()
  })
})

const NAMES = 'a b blockquote br code del em h1 h2 hr i img li ol p pre s strong ul div table td'
const PARTS = [
  ...NAMES.split(' ').flatMap((name) => [`<${name}>`, `</${name}>`, `<${name} id="a">`]),
  ...['<a href="b">', '<pre><code>', '</code></pre>', '<ol start="2">', '<ol start="02">'],
  ...['&amp;', '&#x26;', '&lt;', '&', '\n', ' ', 'a', '中', '😀', '<', '"', ']]>', ']]&gt;'],
]
/** Well nested more often than chance would have it. */
const nested = fc.letrec<{ html: string }>((tie) => ({
  html: fc
    .array(
      fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom('a', '\n', ' ', '<br>', '<hr>', '&amp;', '<img src="a">'),
        fc
          .tuple(fc.constantFrom(...NAMES.split(' ')), tie('html'))
          .map(([name, inner]) => `<${name}>${inner}</${name}>`),
      ),
      { maxLength: 4 },
    )
    .map((parts) => parts.join('')),
})).html
const scattered = fc.array(fc.constantFrom(...PARTS), { maxLength: 12 }).map((all) => all.join(''))

describe('whatever is read as plain', () => {
  it('is what the parser makes of it', () => {
    fc.assert(fc.property(fc.oneof(nested, scattered), expectAlike), { numRuns: runs(500) })
  })

  it('so of what is hostile, in every form', () => {
    for (const [, source] of HOSTILE) {
      expectAlike(source)
      try {
        expectAlike(render(source))
      } catch {
        // Unfit to be rendered.
      }
    }
  })

  it('comes out as it went in, once it came out of us', () => {
    fc.assert(
      fc.property(
        fc.oneof(nested, scattered),
        fc.constantFrom('html', 'markdown'),
        (html, form) => {
          const made = bodyOf(html, form).html
          if (readPlain(made) === undefined) return
          expect(write(parse(made)).replaceAll(']]>', ']]&gt;')).toBe(made)
        },
      ),
      { numRuns: runs(300) },
    )
  })
})
