// A saved portal page, as HTML or as its plain text: each fact of it in its place, and the article without the page.
import { describe, expect, it } from 'vitest'
import { bodyOf, importing } from '../support/import.ts'

const TEXT = `您的位置首页  澜江资讯  新闻

渡轮夜航试开，谁先上了船？

3月9日晚，两条渡轮夜航线开始试运行。

船长说：“夜里的江面更安静。”

周远 摄

一要

看天气

(本文来源澜江发布、澜江日报，由澜江编辑部编辑整理，如需转载请注明作者和出处)

免责声明:本站信息来自网络，如有侵权请告知，本站立即处理。联系QQ:10001
  • 标签:渡轮夜航
  • 编辑:何小满
  • 相关文章
  • 码头修缮一新
`

describe("a portal's page as plain text", () => {
  it('gives up each fact that it holds, and keeps the rest as its body', async () => {
    const { code, text, account } = await importing(TEXT)
    expect(code).toBe(0)
    expect(await text()).toBe(`---
title: 渡轮夜航试开，谁先上了船？
draft: true
section: [首页, 澜江资讯, 新闻]
tags: [渡轮夜航]
contributors:
  - name: 澜江编辑部
    role: compiler
  - name: 何小满
    role: editor
  - name: 周远
    role: photographer
sources:
  - title: 澜江发布
  - title: 澜江日报
rights:
  reprint: 如需转载请注明作者和出处
  disclaimer: 本站信息来自网络，如有侵权请告知，本站立即处理。联系QQ:10001
---
3月9日晚，两条渡轮夜航线开始试运行。

船长说：“夜里的江面更安静。”

一要

看天气
`)
    expect(account.unplaced).toEqual({ 'related article without an address': 1 })
    expect(account.remarks).toEqual([
      expect.stringContaining('fill in "published"'),
      expect.stringContaining('“3月9日” has no year'),
    ])
  })

  const told = async (lines: string) => {
    const { articles, problems } = await (
      await importing(`标题\n2026-03-09 08:30\n${lines}\n正文在此，说的是另一件事。\n`)
    ).content()
    expect(problems).toEqual([])
    return articles[0]
  }

  it.each([
    [
      'levels between signs',
      '当前位置：首页 > 新闻 > 正文',
      { sections: [[{ label: '首页' }, { label: '新闻' }]] },
    ],
    [
      'several facts in a line',
      '来源：澜江日报  责任编辑：何小满  记者：周远',
      {
        sources: [{ title: '澜江日报' }],
        contributors: [{ name: '何小满', role: 'editor' }],
        authors: [{ name: '周远' }],
      },
    ],
    [
      'a translator',
      '（来源：海港报，由李同编译）',
      { sources: [{ title: '海港报' }], contributors: [{ name: '李同', role: 'translator' }] },
    ],
    [
      'several tags',
      '标签：港口、出口，C++',
      { tags: [{ label: '港口' }, { label: '出口' }, { label: 'C++' }] },
    ],
    [
      'a desk before the name',
      '本报记者 周远 摄',
      { contributors: [{ name: '周远', role: 'photographer' }] },
    ],
    [
      'reprint conditions alone',
      '未经本站授权不得转载',
      { rights: { reprint: '未经本站授权不得转载' } },
    ],
    [
      'a related article with its address',
      '相关文章：\n码头 https://p.example/1\n编辑：何小满',
      { related: [{ title: '码头', url: 'https://p.example/1' }] },
    ],
    [
      'whom to write to below a disclaimer',
      '免责声明：信息来自网络。\n联系邮箱：takedown@p.example',
      { rights: { disclaimer: '信息来自网络。\n联系邮箱：takedown@p.example' } },
    ],
    ['a byline', 'By Ann Lee and Bo Ek', { authors: [{ name: 'Ann Lee' }, { name: 'Bo Ek' }] }],
    [
      'English labels',
      'Tags: port, night market',
      { tags: [{ label: 'port' }, { label: 'night market' }] },
    ],
  ])('%s', async (_, lines, facts) => {
    const article = await told(lines)
    expect(article).toMatchObject(facts)
    expect(article?.text).toBe('正文在此，说的是另一件事。')
  })

  it.each([
    ['a question to a guest', '记者：您怎么看这条航线？'],
    ['a sentence about a source', '来源不明的货物，由港口保管三天，过期不候'],
    ['a sentence that ends like a credit', '照片由他的朋友在船上拍摄'],
    ['a heading', '标签的故事'],
  ])('%s stays in the body', async (_, line) => {
    expect((await told(line))?.text).toContain(line)
  })

  it.each([
    ['2020年6月24日 18:30', '2020-06-24T18:30:00'],
    ['发布时间：2020-06-24 18:30:05', '2020-06-24 18:30:05'],
    ['2020.6.24', '2020-6-24'],
    ['时间：2020/06/24  来源：澜江日报', '2020/06/24'],
    ['March 9, 2026', '2026-03-09'],
  ])('the date %s', async (line, written) => {
    const { text } = await importing(`标题\n${line}\n正文。\n`)
    expect(await text()).toContain(`\npublished: ${written}\n`)
    expect(bodyOf(await text())).toBe('正文。')
  })

  it.each([['06-24 18:30'], ['发布时间：6月24日'], ['2026-02-30']])(
    '%s is no date, and nothing is guessed',
    async (line) => {
      const { text } = await importing(`标题\n${line}\n正文。\n`)
      expect(await text()).toContain('draft: true')
      expect(await text()).not.toContain('published')
    },
  )
})

const PORTAL = `<!-- saved from url=(0044)https://portal.example/news/2026/ferry.htm -->
<!DOCTYPE html><html lang="zh-CN"><head><title>渡轮夜航试开 - 澜江资讯</title>
<meta property="og:title" content="渡轮夜航试开 - 澜江资讯"><meta name="description" content="两条夜航线开始试运行。"></head><body>
<nav><a href="/">首页</a> <a href="/news">新闻</a></nav>
<div class="pos">您的位置 <a href="/">首页</a> › <a href="/zx">澜江资讯</a> › <a href="/zx/news">新闻</a></div>
<div class="left"><h1>渡轮夜航试开</h1>
<div class="info"><span>2026-03-09 18:30</span> <span>来源：澜江日报</span></div>
<div class="content"><p>三月九日晚，<strong>两条</strong>渡轮夜航线开始试运行，头一班船上坐了一百二十人。</p>
<p><img src="/p/ferry.jpg" alt="渡轮"></p><p>周远 摄</p>
<p>船长说，夜里的江面比白天安静。详情见<a href="notice.htm">公告</a>。</p><script>track()</script>
<p>（本文来源澜江发布，由澜江编辑部整理，如需转载请注明出处）</p>
<p>免责声明：如有侵权请致信 takedown@portal.example。</p></div>
<ul><li>标签：<a href="/t/1">渡轮</a> <a href="/t/2">夜航</a></li><li>编辑：何小满</li></ul>
<div class="xg"><h3>相关文章</h3><ul><li><a href="/news/a.htm">码头修缮一新</a></li></ul></div></div>
<div class="right"><h3>热点</h3><ul><li><a href="/x">别的新闻</a></li></ul></div><footer>联系我们</footer></body></html>`

const SCHEMA = `<!DOCTYPE html><html lang="en-GB"><head><title>Quay cranes | The Post</title>
<meta property="og:image" content="/i/other.jpg"><meta property="article:tag" content="Cranes"><meta property="article:tag" content="Port">
<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"Quay cranes wait","datePublished":"2026-02-01T08:00:00+01:00","dateModified":"2026-02-02T08:00:00+01:00","author":[{"@type":"Person","name":"Ann Lee","url":"https://post.example/ann"}],"editor":{"name":"Bo Ek"},"image":{"@type":"ImageObject","url":"https://post.example/i/crane.jpg","width":800,"height":600,"creditText":"Cy Dee"},"url":"https://post.example/d/quay"},{"@type":"BreadcrumbList","itemListElement":[{"position":2,"name":"Harbour"},{"position":1,"name":"News"},{"position":3,"name":"Quay cranes wait"}]}]}</script>
<script type="application/ld+json">{ broken</script></head>
<body><header><a href="/">The Post</a></header><main><article><h1>Quay cranes wait</h1><p class="byline">By Ann Lee</p>
<div class="share"><a href="#">Share</a></div><p>The cranes on the east quay have been told to wait, and they do.</p>
<h2>Why</h2><p>Fog, mostly, said the harbour master.</p>
<figure><img src="i/rest.jpg" alt="A crane"><figcaption>A crane at rest. Photo: Di Eff</figcaption></figure>
<aside class="related"><a href="/fog">Fog for beginners</a></aside></article></main></body></html>`

describe('a saved page', () => {
  it("that is a portal's gives up each fact that it shows", async () => {
    const { article, account, text } = await importing(PORTAL)
    expect(await article()).toMatchObject({
      link: 'https://portal.example/news/2026/ferry.htm',
      title: '渡轮夜航试开',
      summary: '两条夜航线开始试运行。',
      published: Date.UTC(2026, 2, 9, 10, 30),
      language: 'zh-CN',
      sections: [[{ label: '首页' }, { label: '澜江资讯' }, { label: '新闻' }]],
      tags: [{ label: '渡轮' }, { label: '夜航' }],
      contributors: [
        { name: '澜江编辑部', role: 'compiler' },
        { name: '何小满', role: 'editor' },
      ],
      sources: [{ title: '澜江日报' }, { title: '澜江发布' }],
      pictures: [{ url: 'https://portal.example/p/ferry.jpg', alt: '渡轮', credit: '周远' }],
      related: [{ title: '码头修缮一新', url: 'https://portal.example/news/a.htm' }],
      rights: {
        reprint: '如需转载请注明出处',
        disclaimer: '如有侵权请致信 takedown@portal.example。',
      },
    })
    expect(bodyOf(await text())).toBe(
      [
        '三月九日晚，**两条**渡轮夜航线开始试运行，头一班船上坐了一百二十人。',
        '![渡轮](https://portal.example/p/ferry.jpg)',
        '船长说，夜里的江面比白天安静。详情见[公告](https://portal.example/news/2026/notice.htm)。',
      ].join('\n\n'),
    )
    expect(account).toMatchObject({ kind: 'saved page', unplaced: {}, remarks: [] })
  })

  it('that tells machines is believed first', async () => {
    const { article, text } = await importing(SCHEMA)
    expect(await article()).toMatchObject({
      link: 'https://post.example/d/quay',
      title: 'Quay cranes wait',
      published: Date.UTC(2026, 1, 1, 7),
      updated: Date.UTC(2026, 1, 2, 7),
      language: 'en-GB',
      sections: [[{ label: 'News' }, { label: 'Harbour' }]],
      tags: [{ label: 'Cranes' }, { label: 'Port' }],
      authors: [{ name: 'Ann Lee', url: 'https://post.example/ann' }],
      contributors: [{ name: 'Bo Ek', role: 'editor' }],
      pictures: [
        { url: 'https://post.example/i/crane.jpg', width: 800, height: 600, credit: 'Cy Dee' },
        { url: 'https://post.example/d/i/rest.jpg', caption: 'A crane at rest.', credit: 'Di Eff' },
      ],
      related: [{ title: 'Fog for beginners', url: 'https://post.example/fog' }],
    })
    expect(
      bodyOf(await text())
        .split('\n\n')
        .slice(0, 3),
    ).toEqual([
      'The cranes on the east quay have been told to wait, and they do.',
      '## Why',
      'Fog, mostly, said the harbour master.',
    ])
    expect(await text()).not.toMatch(/Share|Fog for beginners\n\n|By Ann Lee/)
  })

  const PARAGRAPH =
    '<p>A paragraph with words enough to be what the page is about, and then some.</p>'
  it.each([
    ['in its article', `<body><div><p>Menu words</p></div><article>${PARAGRAPH}</article></body>`],
    ['in its main', `<body><p>Top</p><main>${PARAGRAPH}</main></body>`],
    [
      'marked as such',
      `<body><article><p>${'Other words. '.repeat(20)}</p><div itemprop="articleBody">${PARAGRAPH}</div></article></body>`,
    ],
    [
      'in an entry whose class names its tags, as WordPress writes it',
      `<body><div role="main"><div class="post hentry tag-sport"><div>${PARAGRAPH}</div><div>${PARAGRAPH}</div></div></div></body>`,
    ],
    [
      'the densest block',
      `<body><div><p>Small</p></div><div><div>${PARAGRAPH}${PARAGRAPH}</div></div><div><p>Other</p></div></body>`,
    ],
  ])('has its text %s', async (_, body) => {
    const { text } = await importing(`<html><head><title>T</title></head>${body}</html>`)
    const [first] = bodyOf(await text()).split('\n\n')
    expect(first).toBe('A paragraph with words enough to be what the page is about, and then some.')
    expect(await text()).not.toMatch(/Menu|Top|Other|Small/)
  })

  it.each([
    [
      'crumbs in a list',
      '<ol class="breadcrumb"><li><a href="/">Home</a></li><li><a href="/n">News</a></li><li>T</li></ol>',
      ['Home', 'News'],
    ],
    [
      'crumbs in a navigation',
      '<nav aria-label="Breadcrumb"><a href="/n">News</a> › <a href="/h">Harbour</a></nav>',
      ['News', 'Harbour'],
    ],
    [
      'a section that Open Graph names',
      '<meta property="article:section" content="News">',
      ['News'],
    ],
  ])('stands where its %s say', async (_, inner, labels) => {
    const { text } = await importing(
      `<html><head><title>T</title></head><body>${inner}<article><h1>T</h1>${PARAGRAPH}</article></body></html>`,
    )
    expect(await text()).toContain(`section: [${labels.join(', ')}]\n`)
  })

  it.each([
    [
      'a time element',
      '<time datetime="2026-03-09T08:30:00+08:00">today</time>',
      '2026-03-09T08:30:00+08:00',
    ],
    [
      'Open Graph',
      '<meta property="article:published_time" content="2026-03-09T00:30:00Z">',
      '2026-03-09T00:30:00Z',
    ],
  ])('has the date of %s', async (_, inner, written) => {
    const { text } = await importing(
      `<html><head><title>T</title></head><body><article>${inner}${PARAGRAPH}</article></body></html>`,
    )
    expect(await text()).toContain(`published: ${written}\n`)
  })

  it('without an address counts what leads nowhere', async () => {
    const { account } = await importing(
      `<html><head><title>T</title></head><body><article>${PARAGRAPH}<p><a href="x.htm">x</a></p></article></body></html>`,
    )
    expect(account.unplaced).toEqual({ 'relative address': 1 })
  })
})
