// Bodies: what Markdown and HTML come out as, with nothing left that could run, follow or mislead a reader.
import { fromHtml } from 'hast-util-from-html'
import { toText } from 'hast-util-to-text'
import { visit } from 'unist-util-visit'
import { describe, expect, it } from 'vitest'
import { LINK } from '../../support/bodies.ts'
import { inBoundedTime } from '../../support/bounded-time.ts'
import { readFiles } from '../../support/folder.ts'
import { addressesOf, leftovers } from '../../support/leftovers.ts'

const HOST = 'https://portal.example'

/** The article whose file has this body below its front matter. */
async function articleOf(source: string, name = 'a.html') {
  const matter = `---\ntitle: A\nurl: ${LINK}\npublished: 2026-03-09T08:30:00Z\n---\n`
  const { articles, problems } = await readFiles({ [name]: matter + source })
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  return articles[0] as (typeof articles)[number]
}

const htmlOf = async (source: string, name?: string) => (await articleOf(source, name)).html

describe('the words stay', () => {
  it.each([
    ['a form', '<form>One <button>two</button> <label>three</label></form>', 'One two three'],
    [
      'elements out of fashion',
      '<center><font color=red>One</font> <big>two</big></center>',
      'One two',
    ],
    ['elements of one’s own', '<x-a>One <x-b>two</x-b></x-a>', 'One two'],
    [
      'styled and named elements',
      '<p id=a class=b style="color:red">One <span>two</span></p>',
      'One two',
    ],
    ['a link that leads nowhere', '<a href="javascript:x">One</a> two', 'One two'],
    [
      'a page',
      '<html><head></head><body><article><p>One two</p></article></body></html>',
      'One two',
    ],
    ['boxes out of fashion', '<center>One</center><center>two</center>', 'One\ntwo'],
    ['boxes', '<header>One</header><main>two</main><footer>three</footer>', 'One\ntwo\nthree'],
    ['a list out of fashion', '<menu><li>One</li><li>two</li></menu>', 'One\ntwo'],
    ['a table’s caption', '<table><caption>One</caption><tr><td>two</td></tr></table>', 'One\ntwo'],
    ['an open dialogue', '<dialog open>One</dialog>two', 'One\ntwo'],
    ['a drawing that is called something', 'One <svg><title>two</title><path/></svg>', 'One two'],
    ['what looks like an entity', 'One &amp;nbsp; two', 'One &nbsp; two'],
    ['what looks like a tag', '<code>&lt;b&gt;</code> two', '<b> two'],
    ['e\u0301 and 👩‍👩‍👧', '<p>e\u0301 👩‍👩‍👧</p>', 'e\u0301 👩‍👩‍👧'],
  ])('of %s', async (_, source, words) => {
    const { html, text } = await articleOf(source)
    expect(toText(fromHtml(html, { fragment: true })).trim()).toBe(words)
    expect(text).toBe(words)
  })

  it.each([
    ['as its author wrote it', "<math alttext='E=mc^2'><mi>E</mi></math>", 'E=mc^2'],
    [
      'that KaTeX wrote twice',
      '<span class="katex"><span class="katex-mathml"><math><semantics><msup><mi>c</mi><mn>2</mn></msup><annotation encoding="application/x-tex">c^{2}</annotation></semantics></math></span><span class="katex-html" aria-hidden="true">c2</span></span>',
      'c^{2}',
    ],
    ['with a fraction', '<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math> cup', '1/2 cup'],
    [
      'with a sum in a fraction',
      '<math><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>c</mi></mfrac></math>',
      '(a+b)/c',
    ],
    ['with a root', '<math><msqrt><mi>x</mi></msqrt><mo>=</mo><mn>2</mn></math>', '√(x)=2'],
    [
      'with a matrix',
      '<math><mi>A</mi><mtable><mtr><mtd>1</mtd><mtd>2</mtd></mtr><mtr><mtd>3</mtd></mtr></mtable></math>',
      'A[1, 2; 3]',
    ],
    [
      'with limits',
      '<math><munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>0</mn></mrow><mi>n</mi></munderover><msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup></math>',
      '∑_(i=0)^nx_i^2',
    ],
    ['with a cube root', '<math><mroot><mi>x</mi><mn>3</mn></mroot></math>', 'x^(1/3)'],
    ['without parts', '<math><msup></msup><mi>x</mi></math>', 'x'],
    [
      'that KaTeX wrote for eyes alone',
      '<span class="katex"><span class="katex-html" aria-hidden="true">x=2</span></span>',
      'x=2',
    ],
  ])('of a formula %s', async (_, source, words) => {
    expect((await articleOf(source)).text).toBe(words)
  })

  it.each([
    ['hidden', '<p hidden>Embargo</p>'],
    ['not displayed', '<div style="color: red; display: none !important"><p>Embargo</p></div>'],
    ['invisible', '<span style="visibility:hidden">Embargo</span>'],
    ['in a closed dialogue', '<dialog>Embargo</dialog>'],
  ])('but not of what the page hides: %s', async (_, source) => {
    const { html, text } = await articleOf(`<p>Open.</p>${source}`)
    expect([html.trim(), text.trim()]).toEqual(['<p>Open.</p>', 'Open.'])
  })

  it.each([
    ['boxes that open', '<details><summary>One</summary>two</details>three', 'One\ntwo\nthree'],
    ['lines of Chinese', '<p>码头\n启用，<b>今天\n上午</b></p>', '码头启用，今天上午'],
    ['lines of Chinese and English', '<p>码头\nopens\nat dawn</p>', '码头 opens at dawn'],
    ['lines of code in Chinese', '<pre>// 码头\n// 启用\n港\n口</pre>', '// 码头\n// 启用\n港\n口'],
  ])('of %s, apart or together as they are read', async (_, source, words) => {
    expect((await articleOf(source)).text).toBe(words)
  })

  it.each([
    `<a href="#more">Answer</a> <div hidden id="more">42</div>`,
    `<button onclick="toggle('more')">Answer</button> <p id="more" style="display:none">42</p>`,
    `<button aria-controls="other more">Answer</button> <p id="more" hidden>42</p>`,
    `Answer <b><input type="button" onclick="toggle('more')"></b><p id="more" style="display:none">42</p>`,
    `<a data-bs-target="#more">Answer</a> <p id="more" style="display:none">42</p>`,
    `Answer <div role="tabpanel" hidden>42</div>`,
  ])('and of what the page shows to whoever asks for it: %s', async (source) => {
    expect((await articleOf(source)).text).toMatch(/^Answer\s+42$/)
  })

  it.each([
    `<a href="/more">Open.</a><p id="more" hidden>Embargo</p>`,
    `<p class="more">Open.</p><p id="more" class="more" hidden>Embargo</p>`,
    `<p aria-describedby="more">Open.</p><p id="more" hidden>Embargo</p>`,
  ])('not where nothing opens it: %s', async (source) => {
    expect((await articleOf(source)).text).toBe('Open.')
  })

  it('with the signs that turn, join and part them', async () => {
    const signs = '\u202Eone\u202C \u200Ftwo\u200B \u00ADthree\u2060 \u{1F989}\u200D'
    expect(await htmlOf(`<p>${signs}</p>`)).toBe(`<p>${signs}</p>`)
  })
})

describe('Markdown', () => {
  it.each([
    ['emphasis', 'a *b* **c** `d`', '<p>a <em>b</em> <strong>c</strong> <code>d</code></p>'],
    ['text struck out', 'a ~~b~~', '<p>a <s>b</s></p>'],
    ['a heading', '## Quay', '<h2 id="quay">Quay</h2>'],
    ['HTML in it', 'a <mark>b</mark>', '<p>a <mark>b</mark></p>'],
    [
      'a bare address',
      'https://a.example/b',
      '<p><a href="https://a.example/b">https://a.example/b</a></p>',
    ],
    ['code in a language', '```js\na\n```', '<pre><code class="language-js">a\n</code></pre>'],
    ['a line --- below', 'a\n\n---\n\nb', '<p>a</p>\n<hr>\n<p>b</p>'],
  ])('%s', async (_, source, html) => expect(await htmlOf(source, 'a.md')).toBe(html))

  it('a table', async () => {
    const html = await htmlOf('| A | B |\n| --- | --- |\n| 1 | ~~2~~ |\n', 'a.md')
    expect(html.replaceAll('\n', '')).toBe(
      '<table><thead><tr><th>A</th><th>B</th></tr></thead>' +
        '<tbody><tr><td>1</td><td><s>2</s></td></tr></tbody></table>',
    )
  })
})

function addressesIn(html: string): string[] {
  const found: string[] = []
  visit(fromHtml(html, { fragment: true }), 'element', (node) => {
    found.push(...addressesOf(node))
  })
  return found
}

describe('every address is absolute', () => {
  it.each([
    ['<a href="b.html">x</a>', [`${HOST}/2026/03/b.html`]],
    ['<a href="/b">x</a>', [`${HOST}/b`]],
    ['<a href="../b">x</a>', [`${HOST}/2026/b`]],
    ['<a href="?q=1">x</a>', [`${LINK}?q=1`]],
    ['<a href="#b">x</a>', [`${LINK}#b`]],
    ['<a href="//b.example/c">x</a>', ['https://b.example/c']],
    ['<a href="\\\\b.example\\c">x</a>', ['https://b.example/c']],
    ['<a href="HTTP://b.example">x</a>', ['http://b.example/']],
    ['<a href="mailto:a@b.example">x</a>', ['mailto:a@b.example']],
    ['<a href="tel:+1">x</a>', ['tel:+1']],
    ['<a href="/新闻 1">x</a>', [`${HOST}/%E6%96%B0%E9%97%BB%201`]],
    ['<base href="https://evil.example/"><a href="b">x</a>', [`${HOST}/2026/03/b`]],
    ['<img src="b.png">', [`${HOST}/2026/03/b.png`]],
    ['<img src="//b.example/b.png">', ['https://b.example/b.png']],
    ['<video src="b.mp4" poster="/b.png"></video>', [`${HOST}/b.png`, `${HOST}/2026/03/b.mp4`]],
    ['<audio><source src="b.mp3"></audio>', [`${HOST}/2026/03/b.mp3`]],
    ['<video src="/b.mp4"><track src="b.vtt"></video>', [`${HOST}/b.mp4`, `${HOST}/2026/03/b.vtt`]],
    ['<blockquote cite="/b">x</blockquote>', [`${HOST}/b`]],
    [
      '<img src="/b.png" srcset="b.png 1x, //c.example/c.png 2x">',
      [`${HOST}/b.png`, `${HOST}/2026/03/b.png`, 'https://c.example/c.png'],
    ],
    ['<img srcset="/b.png 480w,/c.png 800w" sizes="50vw">', [`${HOST}/b.png`, `${HOST}/c.png`]],
    ['<img srcset="/b.png,\n  /c.png 2x">', [`${HOST}/b.png`, `${HOST}/c.png`]],
    ['<img srcset="/b,c.png 2x">', [`${HOST}/b,c.png`]],
    [
      '<picture><source srcset="/b.webp 1x,/c.webp 2x" type="image/webp"><img src="/b.png"></picture>',
      [`${HOST}/b.webp`, `${HOST}/c.webp`, `${HOST}/b.png`],
    ],
  ])('%s', async (source, expected) => {
    expect(addressesIn(await htmlOf(source))).toEqual(expected)
  })

  it('in Markdown, too', async () => {
    expect(await htmlOf('[x](b) ![y](/c.png) [z](//d.example)', 'a.md')).toBe(
      '<p><a href="https://portal.example/2026/03/b">x</a> ' +
        '<img src="https://portal.example/c.png" alt="y"> ' +
        '<a href="https://d.example/">z</a></p>',
    )
  })

  it('a file of the folder has the address at which it is served', async () => {
    const matter = '---\ntitle: A\npublished: 2026-03-09T08:30:00Z\n---\n'
    const { articles } = await readFiles({
      'news/a.md': `${matter}![b](b.png) ![c](../c.png) ![d](/d.png?v=1) ![e](my%20e.png)`,
      'news/b.png': 'b',
      'c.png': 'c',
      'd.png': 'd',
      'news/my e.png': 'e',
    })
    expect(articles[0]?.files).toEqual(['c.png', 'd.png', 'news/b.png', 'news/my e.png'])
    expect(addressesIn(articles[0]?.html ?? '')).toEqual(
      ['news/b.png', 'c.png', 'd.png', 'news/my%20e.png'].map(
        (path) => `http://127.0.0.1:8080/media/${path}`,
      ),
    )
  })
})

describe('recordings can be played without the script or the autoplay of their page', () => {
  const SOURCE = '<source src="https://portal.example/2026/03/b.mp3">'
  it.each([
    ['<audio src="/b.mp3"></audio>', '<audio src="https://portal.example/b.mp3" controls></audio>'],
    ['<audio class="plyr"><source src="b.mp3"></audio>', `<audio controls>${SOURCE}</audio>`],
    [
      '<video autoplay muted loop src="/b.mp4"></video>',
      '<video src="https://portal.example/b.mp4" controls></video>',
    ],
  ])('%s', async (source, expected) => expect(await htmlOf(source)).toBe(expected))
})

it('what is open on its page is open elsewhere', async () => {
  const source = '<details open><summary>One</summary>two</details><details>three</details>'
  expect(await htmlOf(source)).toBe(source)
})

describe('a player with nothing to play leaves what stands in it', () => {
  it.each([
    ['<audio id="player" controls></audio><p>One</p>', '<p>One</p>'],
    ['<p><video src="blob:x"><source><track src="/b.vtt">One</video></p>', '<p>One</p>'],
    ['<video poster="/b.png">One</video>', '<img src="https://portal.example/b.png" alt="">One'],
  ])('%s', async (source, expected) => expect(await htmlOf(source)).toBe(expected))
})

describe('pictures that nobody sees are gone', () => {
  it.each([
    '<img src="https://t.example/p.gif" width="1" height="1">',
    '<img src="https://t.example/p.gif" width=0 height=0>',
    '<img src="https://t.example/p.gif" width="1px" height="1px">',
    '<img src="https://t.example/p.gif" height="1">',
    '<img src="https://t.example/p.gif" style="width:1px;height:1px">',
    '<img src="https://t.example/p.gif" style="width: 0; height: 0; border: 0">',
    '<img src="https://t.example/p.gif" style="display:none">',
    '<img src="https://t.example/p.gif" style="VISIBILITY: hidden">',
    '<img src="https://t.example/p.gif" hidden>',
    '<noscript><img src="https://t.example/p.gif"></noscript>',
    '<img srcset="https://t.example/p.gif 1x" width=1 height=1>',
    '<img alt="nowhere">',
    '<img src="">',
    '<img src="javascript:alert(1)">',
  ])('%s', async (source) => {
    expect(await htmlOf(`<p>One${source} two.</p>`)).toBe('<p>One two.</p>')
  })

  it.each([
    '<img src="https://a.example/a.png" width="640" height="480">',
    '<img src="https://a.example/a.png">',
    '<img src="https://a.example/a.png" width="100%">',
  ])('while others stay: %s', async (source) => {
    expect(await htmlOf(`<p>${source}</p>`)).toBe(`<p>${source}</p>`)
  })

  it('two in a row, too', async () => {
    const pixel = '<img src="https://t.example/p.gif" width=1 height=1>'
    expect(await htmlOf(`<p>${pixel}${pixel}${pixel}One.</p>`)).toBe('<p>One.</p>')
  })
})

describe('what XML would stumble over', () => {
  it.each(['a.md', 'a.html'])('named entities come out as characters, in %s', async (name) => {
    const html = await htmlOf('<p>a&nbsp;b&mdash;c&copy;d&hellip;e &none; &lt;&amp;</p>', name)
    expect(
      html.match(/&[a-z]\w*;/gi)?.filter((found) => !/^&(lt|gt|amp|quot|apos);$/.test(found)) ?? [],
    ).toEqual([])
    expect(toText(fromHtml(html, { fragment: true })).trim()).toBe('a\u00A0b—c©d…e &none; <&')
  })

  it.each(['a.md', 'a.html'])('declarations are text or gone, in %s', async (name) => {
    const { html, text } = await articleOf(
      '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>\n\n<p>One &e; two</p>',
      name,
    )
    expect(leftovers(html)).toEqual([])
    expect(text).toContain('One &e; two')
    expect(html).not.toMatch(/<[?!]/)
  })

  it('control characters and noncharacters are gone, and nothing closes a CDATA section', async () => {
    const html = await htmlOf('<p>a\u0007b\u000Bc\uFFFEd&#x1F;e ]]> f</p>')
    expect(html).toBe('<p>abcde ]]&gt; f</p>')
  })
})

describe('a monstrous body is read in bounded time, and takes no other article down', () => {
  it.each([
    ['5 MB of <b>', 'a.html', () => '<b>'.repeat(5_000_000 / 3)],
    ['<div> 100,000 deep', 'a.html', () => '<div>'.repeat(100_000)],
    [
      '<div> 100,000 deep, each closed',
      'a.html',
      () => `${'<div>'.repeat(100_000)}x${'</div>'.repeat(100_000)}`,
    ],
    ['100,000 <div> closed as something else', 'a.html', () => '<div></span>'.repeat(100_000)],
    ['5 MB of paragraphs in Markdown', 'a.md', () => 'Words and *words*.\n\n'.repeat(250_000)],
    ['quotations 100,000 deep', 'a.md', () => `${'>'.repeat(100_000)} x`],
  ])('%s', { timeout: 60_000 }, async (_, name, body) => {
    const matter = (title: string) =>
      `---\ntitle: ${title}\npublished: 2026-03-09T08:30:00Z\nid: ${title}\n---\n`
    const files = { [name]: matter('Monster') + body(), 'good.md': `${matter('Good')}Text.\n` }
    const { articles, problems } = await inBoundedTime(() => readFiles(files))
    expect(articles.find(({ title }) => title === 'Good')?.html).toBe('<p>Text.</p>')
    const monster = articles.find(({ title }) => title === 'Monster')
    if (monster === undefined) expect(problems).toMatchObject([{ severity: 'error', file: name }])
    else expect(leftovers(monster.html.slice(0, 20_000))).toEqual([])
  })

  it('and what is shown of it is text that XML can carry', async () => {
    const { html } = await articleOf(
      `a\u0007\uFFFEb]]>${'<div>'.repeat(15_000)}${'🦉'.repeat(20_000)}`,
      'a.md',
    )
    expect(html).not.toBe('')
    expect(
      html.match(/[\u0000-\u0008]|\p{Surrogate}|\p{Noncharacter_Code_Point}|\]\]>/gu),
    ).toBeNull()
  })
})
