// Code: every tab, blank line and leading space arrives, in every format, and line numbers don't.
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith'
import { fromHtml } from 'hast-util-from-html'
import { visit } from 'unist-util-visit'
import { describe, expect, it } from 'vitest'
import { htmlOf } from '../../support/bodies.ts'
import { documentsOf } from '../../support/documents.ts'
import { article, publication } from '../../support/publication.ts'

/** The characters of each `<pre>`, a `<br>` as a line feed. */
function codeOf(html: string): string[] {
  const found: string[] = []
  visit(fromHtml(html, { fragment: true }), 'element', (node) => {
    if (node.tagName !== 'pre') return
    let text = ''
    visit(node, (inner) => {
      if (inner.type === 'text') text += inner.value
      if (inner.type === 'element' && inner.tagName === 'br') text += '\n'
    })
    found.push(text)
  })
  return found
}

const CODE = '\n\n\tif (a < b && c) {\n\t  x = "]]>";\n\n\n    }  \n \t\n}\n'
const escaped = CODE.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

describe('white space in code is kept', () => {
  it.each([
    ['a fence', `\`\`\`c\n${CODE}\`\`\``, 'markdown', CODE],
    ['an indented block', 'a\n\n        b\n\n\n    \tc', 'markdown', '    b\n\n\n\tc\n'],
    ['a pre', `<pre>\n${escaped}</pre>`, 'html', CODE],
    ['a pre with code', `<pre><code>${escaped}</code></pre>`, 'html', CODE],
    ['lines that a <br> parts', '<pre>a<br>  b<br/><br>\tc</pre>', 'html', 'a\n  b\n\n\tc'],
    ['a list', '- a\n\n  ```\n  b\n    c\n  ```', 'markdown', 'b\n  c\n'],
  ] as const)('in %s', (_, source, form, code) => {
    const html = htmlOf(source, form)
    expect(codeOf(html)).toEqual([code])
    const { rss, atom, json } = documentsOf(publication(), [article({ html })])
    const contents = [
      parseRssFeed(rss).items?.[0]?.content?.encoded,
      parseAtomFeed(atom).entries?.[0]?.content,
      parseJsonFeed(json).items?.[0]?.content_html,
    ]
    for (const content of contents) expect(codeOf(textOf(content))).toEqual([code])
  })
})

/** The HTML of an entry's content, whichever way the parser gives it. */
function textOf(content: unknown): string {
  return typeof content === 'string' ? content : String((content as { value?: string })?.value)
}

const numbered = (gutter: string, code: string, table = '') =>
  `<table class="${table}"><tbody><tr>${gutter}${code}</tr></tbody></table>`

describe('a highlighter’s line numbers go, its code and language stay', () => {
  it.each([
    [
      'Hexo',
      `<figure class="highlight js">${numbered(
        '<td class="gutter"><pre><span class="line">1</span><br><span class="line">2</span><br></pre></td>',
        '<td class="code"><pre><span class="line"><span class="keyword">let</span> a</span><br><span class="line">\tb</span><br></pre></td>',
      )}</figure>`,
      'let a\n\tb\n',
      'language-js',
    ],
    [
      'Rouge',
      `<div class="language-ruby highlighter-rouge"><div class="highlight"><pre class="highlight"><code>${numbered(
        '<td class="rouge-gutter gl"><pre class="lineno">1\n2\n</pre></td>',
        '<td class="rouge-code"><pre>let a\n\tb\n</pre></td>',
        'rouge-table',
      )}</code></pre></div></div>`,
      'let a\n\tb\n',
      'language-ruby',
    ],
    [
      'Chroma',
      `<div class="highlight">${numbered(
        '<td class="lntd"><pre><code><span class="lnt">1\n</span><span class="lnt">2\n</span></code></pre></td>',
        '<td class="lntd"><pre><code class="language-go" data-lang="go">let a\n\tb\n</code></pre></td>',
        'lntable',
      )}</div>`,
      'let a\n\tb\n',
      'language-go',
    ],
    [
      'Chroma, inside the lines',
      '<pre><code class="language-go"><span class="ln">1</span>let a\n<span class="ln">2</span>\tb\n</code></pre>',
      'let a\n\tb\n',
      'language-go',
    ],
    [
      'Pygments',
      numbered(
        '<td class="linenos"><div class="linenodiv"><pre>1\n2</pre></div></td>',
        '<td class="code"><div class="highlight"><pre>let a\n\tb\n</pre></div></td>',
        'highlighttable',
      ),
      'let a\n\tb\n',
      undefined,
    ],
  ])('%s', (_, source, code, language) => {
    const html = htmlOf(source)
    expect(html).not.toMatch(/<t[adr]/)
    expect(codeOf(html)).toEqual([code])
    const classes = [...html.matchAll(/class="([^"]*)"/g)].map(([, name]) => name)
    expect(classes).toEqual(language === undefined ? [] : [language])
  })

  it('while a table about something else stays', () => {
    const table = '<table><tbody><tr><td>1</td><td><pre>a</pre></td></tr></tbody></table>'
    expect(htmlOf(table)).toBe(table)
  })

  it('and one with several lines of code in rows of their own loses the numbers alone', () => {
    const row = (n: number) => `<tr><td class="blob-num">${n}</td><td>line ${n}</td></tr>`
    expect(htmlOf(`<table><tbody>${row(1)}${row(2)}</tbody></table>`)).toBe(
      '<table><tbody><tr><td>line 1</td></tr><tr><td>line 2</td></tr></tbody></table>',
    )
  })
})
