// An imported body as Markdown: nothing of it is lost, and what Markdown can't say stays HTML.
import fc from 'fast-check'
import { fromHtml } from 'hast-util-from-html'
import { toText } from 'hast-util-to-text'
import { visit } from 'unist-util-visit'
import { describe, expect, it } from 'vitest'
import { makeBody } from '../../../src/content/bodies/body.ts'
import { bodyMarkdown } from '../../../src/import/markdown.ts'
import { runs } from '../support/runs.ts'

const BASE = 'https://n.example/d/'
const resolve = (reference: string) =>
  URL.canParse(reference, BASE) ? new URL(reference, BASE).href : undefined

const markdownOf = (html: string) => bodyMarkdown({ form: 'html', source: html }, BASE, new Map())

describe('becomes Markdown', () => {
  it.each([
    ['marks', '<p>a <b>b</b> <i>c</i> <s>d</s> <code>e</code></p>', 'a **b** *c* ~~d~~ `e`'],
    [
      'signs as they were',
      '<p>1. * # _a_ [b] &lt;c&gt; `d` ~~e~~</p>',
      '1\\. \\* # \\_a\\_ \\[b] \\<c> \\`d\\` \\~\\~e\\~\\~',
    ],
    ['emphasis beside Chinese signs', '<p>说<b>“好。”</b>了</p>', '说<b>“好。”</b>了'],
    [
      'what Markdown has no mark for',
      '<p>H<sub>2</sub>O <kbd>x</kbd></p>',
      'H<sub>2</sub>O <kbd>x</kbd>',
    ],
    [
      'links and pictures, absolute',
      '<p><a href="../x">a</a><img src="p.png" alt="P"></p>',
      '[a](https://n.example/x)![P](https://n.example/d/p.png)',
    ],
    [
      'addresses that are no links',
      '<p>https://a.example or b@c.example</p>',
      'https\\://a.example or b\\@c.example',
    ],
    [
      'a table with a head',
      '<table><tr><th>a<th>b</tr><tr><td>1 | 2<td>3</table>',
      '| a | b |\n| - | - |\n| 1 \\| 2 | 3 |',
    ],
    [
      'code with its language',
      '<pre><code class="language-ts">a\n\n  b</code></pre>',
      '```ts\na\n\n  b\n```',
    ],
    ['lists in lists', '<ol start="3"><li>a<ul><li>b</li></ul></li></ol>', '3. a\n   - b'],
    ['words beside blocks', '<p>a</p>b <b>c</b><p>d</p>', 'a\n\nb **c**\n\nd'],
    [
      'marks that stay tags, on one line in lists and quotations',
      '<ul><li><b>A:</b> b <kbd>c</kbd> d<li>e</ul><blockquote><i>“F”</i> g</blockquote>',
      '- <b>A:</b> b <kbd>c</kbd> d\n- e\n\n> <i>“F”</i> g',
    ],
    [
      'template code that somebody writes about',
      '<p>{{ page.title }}, {% if a %}, {{&lt; ref &gt;}} <code>{% b %}</code></p><p>{{{ site.x }}}</p>',
      '\\{{ page.title }}, \\{% if a %}, \\{{< ref >}} `{% b %}`\n\n<p>&#123;&#123;{ site.x }}}</p>',
    ],
    ['an empty body', '<p> </p><b></b>', ''],
  ])('%s', (_, html, markdown) => expect(markdownOf(html).trim()).toBe(markdown))
})

describe('stays HTML where Markdown would say something else', () => {
  it.each([
    ['a table without a head', '<table><tbody><tr><td>a</td></tr></tbody></table>'],
    [
      'cells over several columns',
      '<table><tbody><tr><th>a</th><th>b</th></tr><tr><td colspan="2">c</td></tr></tbody></table>',
    ],
    ['lines in a cell', '<table><thead><tr><th>a<br>b</th></tr></thead></table>'],
    [
      'a picture with its caption',
      '<figure><img src="https://n.example/p.png" alt=""><figcaption>P</figcaption></figure>',
    ],
    ['a direction', '<p dir="rtl">א</p>'],
    ['what would be a list of attributes', '<p>{.a}</p>'],
    ['terms', '<dl><dt>a</dt><dd>b</dd></dl>'],
  ])('%s', (_, html) => {
    expect(markdownOf(`<p>Before</p>${html}<p>After</p>`)).toBe(`Before\n\n${html}\n\nAfter\n`)
  })

  it('blank lines in it end nothing', () => {
    const html = '<div dir="rtl"><pre>a\n\n\nb\n \n<i>*c*</i></pre></div>'
    const markdown = markdownOf(html)
    expect(markdown.trim()).not.toMatch(/^\s*$/m)
    expect(wordsOf(makeBody({ form: 'markdown', source: markdown }, resolve).html)).toBe(
      wordsOf(html),
    )
  })
})

it('whatever it is made of, its words, links and pictures are those of the cleaned original', () => {
  const words = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.constantFrom(
      ...[' ', '\n', '\n\n', '“好。”', '*', '**', '_', '`', '# ', '1. ', '- ', '> ', '|', '\\'],
      ...['&amp;', '    x', '<', '](', 'www.a.com', 'http://b.com'],
    ),
  )
  const text = words.map((value) => value.replace(/&(?!amp;)/g, '&amp;').replace(/</g, '&lt;'))
  const name = fc.constantFrom(
    ...['p', 'b', 'i', 'em', 'strong', 'del', 'code', 'pre', 'ul', 'ol', 'li', 'blockquote'],
    ...['h2', 'div', 'span', 'sub', 'table', 'tr', 'td', 'th', 'figure', 'figcaption'],
    ...['a href="/x_y*z"', 'q'],
  )
  const empty = fc.constantFrom('<br>', '<hr>', '<img src="/a(b).png" alt="a *b* ]">')
  const { html } = fc.letrec<{ html: string; node: string }>((tie) => ({
    node: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      text,
      empty,
      fc.tuple(name, tie('html')).map(([tag, inner]) => `<${tag}>${inner}</${tag.split(' ')[0]}>`),
    ),
    html: fc.array(tie('node'), { maxLength: 5 }).map((nodes) => nodes.join('')),
  }))
  fc.assert(
    fc.property(html, (source) => {
      const original = makeBody({ form: 'html', source }, resolve).html
      const form = 'markdown with attributes'
      const rendered = makeBody({ form, source: markdownOf(source) }, resolve).html
      expect(wordsOf(rendered)).toBe(wordsOf(original))
      expect(addressesOf(rendered)).toEqual(addressesOf(original))
    }),
    { numRuns: runs(20) },
  )
})

/** Characters that are seen: where lines end is for the elements to say. */
function wordsOf(html: string): string {
  return toText(fromHtml(html, { fragment: true })).replace(/\s+/g, '')
}

/** Of pictures, and of links with something in them to follow. */
function addressesOf(html: string): string[] {
  const found: string[] = []
  visit(fromHtml(html, { fragment: true }), 'element', (node) => {
    const { src, alt, href } = node.properties
    if (node.tagName === 'img') found.push(`${src} ${alt}`)
    const isSeen = toText(node).trim() !== '' || JSON.stringify(node.children).includes('"img"')
    if (href !== undefined && isSeen) found.push(String(href))
  })
  return found
}
