// Template code in bodies: what a reader sees of it, for each generator, and what is left out and told.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BodySource } from '../../../../src/content/bodies/body.ts'
import type { Generator } from '../../../../src/content/conventions/generator.ts'
import { withoutMdx } from '../../../../src/content/conventions/mdx.ts'
import { withoutTemplateCode } from '../../../../src/content/conventions/template-code.ts'
import { inBoundedTime } from '../../support/bounded-time.ts'
import { readFiles } from '../../support/folder.ts'

const SITE = { base: 'https://ferry.example/log/', siteTitle: 'Ferry & Log', title: 'Night <boat>' }

function render(source: string, generator?: Generator, form: BodySource['form'] = 'markdown') {
  const { body, dropped } = withoutTemplateCode({ form, source }, generator, SITE)
  return { source: body.source, dropped }
}

const FILM = '\n\n<iframe src="https://www.youtube.com/embed/aBc-1"></iframe>\n\n'

/** What becomes of template code, by the generator that it is written for. */
const SHOWN: Readonly<Partial<Record<Generator, Readonly<Record<string, string>>>>> = {
  hugo: {
    'a {{< youtube aBc-1 >}} b': `a ${FILM} b`,
    '{{< youtube id="aBc-1" loading="lazy" >}}': FILM,
    '{{< figure src="a.png" alt="A & B" caption="The \'quay\'" >}}':
      '\n\n<figure><img src="a.png" alt="A &amp; B"><figcaption>The \'quay\'</figcaption></figure>\n\n',
    '{{< figure src="a.png" title="Quay" caption="By [Ana](https://a.example), *at noon*" >}}':
      '\n\n<figure><img src="a.png" alt="Quay"><figcaption>\n\nQuay By [Ana](https://a.example), *at noon*\n\n</figcaption></figure>\n\n',
    '[boats]({{< ref "boats.md" >}})': '[boats](boats.md)',
    '{{< video poster="/a.png" src="/a.mp4" >}}': '\n\n<video src="/a.mp4" controls></video>\n\n',
    '{{< link "https://q.example/" "The quay" >}}': '<a href="https://q.example/">The quay</a>',
    '{{< link href="https://q.example/" content=Quay >}}': '<a href="https://q.example/">Quay</a>',
    '{{< gist quay 9f3 >}}':
      '<a href="https://gist.github.com/quay/9f3">https://gist.github.com/quay/9f3</a>',
    '{{< youtube id=https://youtu.be/aBc-1?t=3 title="The quay" >}}':
      '\n\n<iframe src="https://www.youtube.com/embed/aBc-1" title="The quay"></iframe>\n\n',
    '{{< bilibili av12 >}}':
      '\n\n<iframe src="https://player.bilibili.com/player.html?aid=12"></iframe>\n\n',
    '{{< image width="75%" link="./quay.jpg" alt="The quay" >}}':
      '<img src="./quay.jpg" alt="The quay">',
    '{{< img-right src="/quay.jpg" alt="The quay" >}}': '<img src="/quay.jpg" alt="The quay">',
    '{{< icon "ship" >}}{{< katex >}}{{< toc >}}': '',
    '{{< quote author="Li" source="Log" url="https://l.example" >}}\na\n{{< /quote >}}':
      '\n\n<p><cite>Li, Log</cite></p>\n\n\na\n',
    '{{< twitter_simple user="quay" id="1" >}}':
      '<a href="https://x.com/quay/status/1">https://x.com/quay/status/1</a>',
    '{{< instagram aBc >}}':
      '<a href="https://www.instagram.com/p/aBc/">https://www.instagram.com/p/aBc/</a>',
    '{{< button href="/a,b" target="_self" >}}\nGo *there*\n{{< /button >}}':
      '<a href="/a,b">Go *there*</a>',
    '{{< link "/docs/a" >}}Words{{< /link >}}': '<a href="/docs/a">Words</a>',
    '{{< button href="/a" text="Go" >}}': '<a href="/a">Go</a>',
    'The {{< glossary_tooltip text="tide" term_id="t" >}} turns.': 'The tide turns.',
    '{{% alert title="Mind the *gap*" color="warning" %}}\nA gap.\n{{% /alert %}}':
      '\n\n<strong>Mind the *gap*</strong>\n\n\nA gap.\n',
    '- a\n  {{< details "How & why" >}}\n  b\n  {{< /details >}}':
      '- a\n  \n\n  <strong>How & why</strong>\n\n  \n  b\n  ',
    '{{< tab name="Linux" >}}a{{< /tab >}}': '\n\n<strong>Linux</strong>\n\na',
    '{{< admonition tip "Low tide" false >}}a{{< /admonition >}}':
      '\n\n<strong>Low tide</strong>\n\na',
    '{{< mermaid class="wide" >}}\ngraph TB\n  a --> b_c_\n{{< /mermaid >}}':
      '\n\n```mermaid\ngraph TB\n  a --> b_c_\n```\n\n',
    '{{< highlight go >}}\nx := `{{ a }}`\n{{< /highlight >}}':
      '\n\n```go\nx := `{{ a }}`\n```\n\n',
  },
  zola: {
    '{{ youtube(id="aBc-1") }}': FILM,
    '{% admonition(type="tip", title="Low tide") %}a{% end %}':
      '\n\n<strong>Low tide</strong>\n\na',
    '{% mermaid() %}\na --> b\n{% end %}c': '\n\n```mermaid\na --> b\n```\n\nc',
    '{{ spoiler(text="*tide* & more", fixed_blur=true) }}': '*tide* & more',
    '{{ admonition(type="tip", title="Low tide", text="Mind [it](#)") }}{% mermaid() %}a{% end %}':
      '\n\n<strong>Low tide</strong>\n\nMind [it](#)\n\n```mermaid\na\n```\n\n',
    '{{ dual_theme_image(light_src="i/day.webp", dark_src="i/night.webp" alt="The quay") }}':
      '<img src="i/day.webp" alt="The quay">',
    '`{%/* mermaid() */%}` {{/* youtube(id="a") */}}': '`{% mermaid() %}` {{ youtube(id="a") }}',
  },
  hexo: {
    '{% youtube aBc-1 %}': FILM,
    '{% asset_img quay.png The quay %}': '<img src="quay.png" alt="quay">',
    '{% img left /img/quay.png 200 "The quay" %}': '<img src="/img/quay.png" alt="The quay">',
    "{% asset_img quay.png 300 200 \"'At noon' 'The quay'\" %}":
      '<img src="quay.png" alt="The quay">',
    "{% asset_img quay.png \"'It's noon' 'The quay'\" %}": '<img src="quay.png" alt="The quay">',
    '{% audio /a.mp3 %}': '\n\n<audio src="/a.mp3" controls></audio>\n\n',
    '{% link The quay https://q.example/ true %}': '<a href="https://q.example/">The quay</a>',
    '{% btn https://q.example/?a=b, The quay, anchor %}':
      '<a href="https://q.example/?a=b">The quay</a>',
    "{% btn 'https://q.example/',The quay,far fa-ship,block %}":
      '<a href="https://q.example/">The quay</a>',
    'at {% label primary@high <tide> %}': 'at high &lt;tide&gt;',
    'at {% label tide blue %}': 'at tide',
    '{% mermaid graph TD %}\na --> b\n{% endmermaid %}':
      '\n\n```mermaid\ngraph TD\na --> b\n```\n\n',
    'Press {% kbd Ctrl, C %}, {% span red, at {noon} %}.': 'Press Ctrl, C, at {noon}.',
    '{% checkbox checked, A <b> %}{% u tide %}': 'A &lt;b&gt;tide',
    '{% inlineImg https://i.example/a.png 15px %}': '<img src="https://i.example/a.png" alt="">',
    '{% hideToggle Low tide,#fff,#000 %}a{% endhideToggle %}': '\n\n<strong>Low tide</strong>\n\na',
    '{% raw %}{% endraw %}<!-- tab Linux@fab fa-linux -->a<!-- endtab --><!-- tab -->':
      '\n\n<strong>Linux</strong>\n\na<!-- endtab -->',
    '{% post_link boats Our boats %}': '<a href="boats.md">Our boats</a>',
    '{% codeblock lang:js %}\n{{ a }}\n{% endcodeblock %}': '\n\n```js\n{{ a }}\n```\n\n',
    '{% blockquote Li, Log %}\nEvery *day*.\n{% endblockquote %}':
      '\n\n<p><cite>Li Log</cite></p>\n\n\nEvery *day*.\n',
  },
  jekyll: {
    '[boats]({% post_url 2026-03-09-boats %})': '[boats](2026-03-09-boats.md)',
    '[x]({{site.baseurl}}{% post_url 2026-03-09-boats %})': '[x](2026-03-09-boats.md)',
    '[x]({{ site.url }}{{ site.baseurl }}{% link _posts/2026-03-09-a.md %}) {{ site.baseurl }}':
      '[x](_posts/2026-03-09-a.md) /log',
    "{% include embed/youtube.html id='aBc-1' %}": FILM,
    '{% include youtubePlayer.html id="aBc-1" %}': FILM,
    '{% include video id="aBc-1" provider="youtube" %}': FILM,
    '{% include figure image_path="/i/a.png" alt="A" caption="The quay" %}':
      '\n\n<figure><img src="/log/i/a.png" alt="A"><figcaption>The quay</figcaption></figure>\n\n',
    '{% include figure.liquid loading="eager" path="i/a.png" class="wide" %}':
      '<img src="/log/i/a.png" alt="">',
    '{% include image.html url="https://i.example/a.jpg?w=2" description="Quay" %}':
      '\n\n<figure><img src="https://i.example/a.jpg?w=2" alt="Quay"><figcaption>Quay</figcaption></figure>\n\n',
    "{% include embed/audio.html src='/a.mp3' title='Gulls' %}":
      '\n\n<audio src="/log/a.mp3" controls></audio>\n\n',
    '{% include video.liquid path="https://player.vimeo.com/video/1?h=2&title=0" class="x" %}':
      '\n\n<iframe src="https://player.vimeo.com/video/1?h=2&amp;title=0"></iframe>\n\n',
    '{% twitter https://twitter.com/quay/status/1 maxwidth=500 %}':
      '<a href="https://twitter.com/quay/status/1">https://twitter.com/quay/status/1</a>',
    '{% tab systems On Linux %}a{% endtab %}': '\n\n<strong>On Linux</strong>\n\na',
    '{% details How and why %}\na\n{% enddetails %}': '\n\n<strong>How and why</strong>\n\n\na\n',
    '![]({{ site.baseurl }}/a.png)': '![](/log/a.png)',
    '![]({{ site.url }}{{ site.baseurl }}/a.png)': '![](https://ferry.example/log/a.png)',
    '<img src="{{ \'/a.png\' | relative_url }}">': '<img src="/log/a.png">',
    '# {{ page.title }} of {{ site.title }}': '# Night &lt;boat&gt; of Ferry &amp; Log',
    '{{ "{{" }}': '{{',
    '{% highlight ruby linenos %}\n  def a\n{% endhighlight %}\n':
      '\n\n```ruby\n  def a\n```\n\n\n',
    '{% raw %}{{ shown }}{% endraw %}': '{{ shown }}',
  },
  eleventy: {
    '[x]({{ "/a/" | url }})': '[x](/log/a/)',
  },
}

describe('what can be shown is shown', () => {
  it.each(
    Object.entries(SHOWN).flatMap(([generator, cases]) =>
      Object.entries(cases).map(
        ([source, shown]) => [generator as Generator, source, shown] as const,
      ),
    ),
  )('%s: %s', (generator, source, shown) => {
    expect(render(source, generator)).toEqual({ source: shown, dropped: [] })
  })

  it.each([
    [
      '<div>\n    <div>\n        {% include video.html path="/a.mp4" %}\n    </div>\n</div>\n',
      '<div>\n    <div>\n        <video src="/log/a.mp4" controls></video>\n    </div>\n</div>\n',
    ],
    [
      '1. a\n\n    {% include figure path="/a.png" caption="b" %}\n\n    c\n',
      '1. a\n\n    \n\n    <figure><img src="/log/a.png" alt="b"><figcaption>b</figcaption></figure>\n\n    \n\n    c\n',
    ],
    ['<p>\n{% raw %}\n\na\n\nb{% endraw %}\n</p>\n', '<p>\n\n\na\n\nb\n</p>\n'],
  ])('where HTML and lists go on behind it: %j', (source, shown) => {
    expect(render(source, 'jekyll')).toEqual({ source: shown, dropped: [] })
  })

  it('what stands in a piece that is left out is shown', () => {
    expect(render('{% aside(side="left") %}The **tide**.{% end %}', 'zola')).toEqual({
      source: 'The **tide**.',
      dropped: ['{% aside(side="left") %}'],
    })
  })
})

describe('what only the generator can run is left out and told', () => {
  it.each<[Generator | undefined, string, told?: string]>([
    ['hugo', 'a {{< plotly data="x" >}} b', '{{< plotly data="x" >}}'],
    ['hugo', '{{% notice tip %}}Mind the gap.{{% /notice %}}', '{{% notice tip %}}'],
    ['jekyll', '{% include map.html zoom=3 %}'],
    ['jekyll', '{% include image.html src="{{ site.url }}/a.png" %}'],
    ['jekyll', '{% include youtube.html id=page.film %}'],
    ['hugo', '{{< button href="/a" >}}A\n\n- b{{< /button >}}', '{{< button href="/a" >}}'],
    ['hugo', '{{< notice title="Low tide" >}}'],
    ['hugo', '{{< legacy-img src="2013/12/quay.jpg" alt="The quay" >}}'],
    ['hugo', '{{< video aBc >}}'],
    ['jekyll', '{{ page.hits }}'],
    ['hugo', '{{< link "docs a" >}}Words{{< /link >}}', '{{< link "docs a" >}}'],
    ['jekyll', '{{ label | upcase }}'],
    ['jekyll', '{%- assign x = 1 -%}'],
    [undefined, '{{< plotly >}}'],
    [undefined, '{{ site.data.tides }}'],
    [undefined, '{% include map.html %}'],
    ['zola', '{{ map(at="quay") }}'],
  ])('%s: %s', (generator, source, told = source) => {
    const { source: shown, dropped } = render(source, generator)
    expect(dropped).toEqual([told])
    expect(shown).not.toMatch(/\{\{|\{%/)
  })

  it('and the article says so once, with what and how many', async () => {
    const { articles, problems } = await readFiles({
      'a.md':
        '---\ntitle: A\npublished: 2026-03-09T08:30:00Z\n---\n{% a %}{% b %}{% c %}{% d %}Text.\n',
    })
    expect(articles[0]?.text).toBe('Text.')
    expect(problems).toMatchObject([
      {
        kind: 'template-code',
        sentence: '4 pieces of template code are left out: {% a %}, {% b %}, {% c %}, ….',
        spot: '{% a %}',
      },
    ])
  })
})

describe('what is no template code stays', () => {
  const code = [
    'Write `{{ name }}` or `` {% if %} ` ``.',
    '```vue\n<p>{{ name }}</p>\n```',
    '    {% if a %}\n    {{ b }}',
    '- list\n\n  ~~~\n  {{< figure >}}\n  ~~~',
    '<pre>{{ name }}</pre>',
    '<p><code>{% if %}</code></p>',
  ]
  it.each(code)('code: %s', (source) => {
    for (const generator of ['hexo', 'jekyll', 'eleventy', 'zola', undefined] as const)
      expect(render(source, generator)).toEqual({ source, dropped: [] })
  })

  it('code in a definition, whose further paragraphs are indented as code elsewhere is', () => {
    const source =
      '`{{ a }}`\n: `{{ b }}`\n\n  ```\n  {{ c }}\n  ```\n\n      {{ d }}\n\n    {{ e }}\n'
    expect(render(source, 'jekyll', 'markdown of kramdown')).toEqual({
      source: source.replace('{{ e }}', ''),
      dropped: ['{{ e }}'],
    })
  })

  it.each<[Generator | undefined, string]>([
    ['hugo', 'The set {{ x }} and {% y %}.'],
    ['astro', 'The set {{ x }} and {% y %}.'],
    [undefined, 'The set {{ 1, 2 }} and {{name}} and {{#if}}.'],
    ['jekyll', 'A single { brace } and {{ one without an end.'],
    ['jekyll', `{{ ${'x'.repeat(5000)} }}`],
  ])('%s: %s', (generator, source) => {
    expect(render(source, generator)).toEqual({ source, dropped: [] })
  })

  it.each([
    ['jekyll', '_config.yml', 'url: https://q.example\n', 'render_with_liquid: false'],
    ['hexo', '_config.yml', 'url: https://q.example\nsource_dir: a\n', 'disableNunjucks: true'],
    ['eleventy', '.eleventy.js', '', 'templateEngineOverride: md'],
    ['nobody', 'a.txt', '', 'render_with_liquid: false'],
  ])('a body that is no template, of %s', async (_, file, configuration, field) => {
    const told = async (written: string) => {
      const matter = `title: A\ndate: 2026-03-09T08:30:00Z\n${written}`
      const { articles, problems } = await readFiles({
        [file]: configuration,
        '2026-03-09-a.md': `---\n${matter}\n---\n{{ page.x }} {% b %} {::comment}c{:/comment}\n`,
      })
      return [articles[0]?.text.replace(/ \{:.*/, ''), problems.map(({ kind }) => kind)]
    }
    expect(await told(field)).toEqual(['{{ page.x }} {% b %}', []])
    expect((await told('toc: true'))[1]).toEqual(['template-code'])
  })

  it('braces that Markdown is told to leave alone become code', () => {
    expect(render('I wrote \\{\\{ post.x }} there.\n\n    \\{\\{ y }}\n', 'jekyll')).toEqual({
      source: 'I wrote `{{ post.x }}` there.\n\n    \\{\\{ y }}\n',
      dropped: [],
    })
  })

  it('code between backticks in HTML, which Markdown leaves alone, becomes code', () => {
    expect(render('<p>Write `{{ page.x }}` and `{% y %}`.</p>\n', 'jekyll')).toEqual({
      source: '<p>Write <code>{{ page.x }}</code> and <code>{% y %}</code>.</p>\n',
      dropped: [],
    })
  })

  it('a shortcode that is to be shown is shown', () => {
    expect(render('Write `{{</* figure src="a" */>}}`.', 'hugo').source).toBe(
      'Write `{{< figure src="a" >}}`.',
    )
  })

  it('code behind letters that are longer in lower case', () => {
    const source = `<p>${'İ'.repeat(9)}</p>\n\n<PRE>{% if x %}</PRE>\n`
    for (const form of ['html', 'markdown'] as const)
      expect(render(source, 'jekyll', form)).toEqual({ source, dropped: [] })
  })

  it('a plain text is left alone', () => {
    const source = '{{ site.title }}'
    expect(withoutTemplateCode({ form: 'text', source }, 'jekyll', SITE).body.source).toBe(source)
  })
})

describe('MDX', () => {
  const mdx = (source: string) => {
    const { body, dropped } = withoutMdx({ form: 'markdown', source }, SITE)
    return { source: body.source, dropped }
  }

  it('shows films, and leaves modules and comments out without a word', () => {
    const source =
      "import { YouTube } from 'astro-embed'\nimport a\n  from './a'\n\nText {/* a note */}.{' '}\n\n<YouTube id=\"aBc-1\" />\n\nexport const b = 1\n"
    expect(mdx(source)).toEqual({ source: `\nText .\u0020\n\n${FILM}\n\n`, dropped: [] })
  })

  it('tells of expressions and components that it leaves out, and keeps what stands in them', () => {
    expect(
      mdx('<Callout type="tip">Mind the {gap.size} gap.</Callout>\n\n<Chart data={{ a: [1] }} />'),
    ).toEqual({
      source: 'Mind the  gap.\n\n',
      dropped: ['<Callout type="tip">', '{gap.size}', '<Chart data={{ a: [1] }} />'],
    })
  })

  it.each([
    ['<span className={big} style={{ color: red }}>Big</span>', '<span>Big</span>', []],
    ['<a href={"/b/"} key={b}>B</a>', '<a href="/b/">B</a>', []],
    ['<a href={url}>B</a>', '<a>B</a>', [' href={url}']],
    [
      '<Image src={quay} alt="Quay" inferSize />',
      '',
      ['<Image src={quay} alt="Quay" inferSize />'],
    ],
    ['<Image src={"/a.png"} width={300} alt="Quay" />', '<img src="/a.png" alt="Quay">', []],
    ['<b onClick={() => a} id={b}>B</b>', '<b>B</b>', []],
    ['Let <b>the</b> set x={1, 2} be.', 'Let <b>the</b> set x= be.', ['{1, 2}']],
  ])('leaves out what attributes are to be worked out: %s', (source, shown, dropped) => {
    expect(mdx(source)).toEqual({ source: shown, dropped })
  })

  it.each([
    'Of $x_{1}$ and $\\frac{a}{b}$, {y}.',
    '$$\na_{1} = \\sqrt{2}\n$$\n\n{y}',
    '$ {y} $ and 5$ {y} $6',
    'It is $5 {y} or $6.',
  ])('leaves the braces of formulas alone: %j', (source) => {
    expect(mdx(source).source).toBe(source.replaceAll('{y}', ''))
  })

  it('leaves code alone', () => {
    const source = '`{a}` and\n\n```jsx\nimport A from "a"\n<A b={c} />\n```\n'
    expect(mdx(source)).toEqual({ source, dropped: [] })
  })

  it('is what a file ending in .mdx is read as', async () => {
    const { articles } = await readFiles({
      'a.mdx':
        '---\ntitle: A\npubDate: 2026-03-09T08:30:00Z\n---\nimport B from "b"\n\n<B/>Text.\n',
    })
    expect(articles[0]?.text).toBe('Text.')
  })
})

it.each(["'a' ", "' "])(
  'quotes within quotes, however many, in bounded time: %j',
  async (piece) => {
    const picture = `{% asset_img a.png "${piece.repeat(3_900 / piece.length)}" %}\n`
    await inBoundedTime(() => render(picture.repeat(800), 'hexo', 'html'))
  },
)

it.each([
  '{{< youtube 0RKpf3rK57I >}}',
  ' {{< figure src="a.png" title="b" >}}',
  '{{< note title="a" >}}b{{< /note >}}',
  '<div>\n{{< youtube 0RKpf3rK57I >}}\n</div>\n\n',
  '{{< button href="/a" >}}b {{',
])('what is shown, however often, in bounded time: %j', async (piece) => {
  const source = `${piece.repeat(20_000)}{{< /button >}}{{< /note >}}`
  const shown = await inBoundedTime(() => render(source, 'hugo'))
  expect(shown.source.length).toBeLessThan(5_000_000)
})

describe('whatever is written', () => {
  const signs = [
    ...['{{', '}}', '{%', '%}', '{{<', '>}}', '`', '```', '\n', '    ', '<pre>', '</pre>', ' a '],
    ...['raw', 'endraw', '{#'],
  ]

  it('rendering ends, and text without signs is untouched', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...signs)), (parts) => {
        for (const generator of ['hugo', 'jekyll', 'zola', undefined] as const)
          expect(typeof render(parts.join(''), generator).source).toBe('string')
      }),
    )
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!/\{[{%#]/.test(text))
        expect(render(text, 'jekyll').source).toBe(text)
      }),
    )
  })
})
