// Frames and plug-ins: readers drop them, so a link says what was there.
import { describe, expect, it } from 'vitest'
import { htmlOf } from '../../support/bodies.ts'

const ID = 'dQw4w9WgXcQ'.split('').reverse().join('')

describe('a film becomes a link to where it is watched, with its picture where its host has one', () => {
  it.each([
    [`https://www.youtube.com/embed/${ID}`, `https://www.youtube.com/watch?v=${ID}`],
    [`//www.youtube-nocookie.com/embed/${ID}?rel=0`, `https://www.youtube.com/watch?v=${ID}`],
    [`https://youtube.com/embed/${ID}?start=90`, `https://www.youtube.com/watch?v=${ID}&t=90s`],
    [`https://www.youtube.com/v/${ID}&fs=1`, `https://www.youtube.com/watch?v=${ID}`],
    [
      'https://www.youtube.com/embed/videoseries?list=PL1',
      'https://www.youtube.com/playlist?list=PL1',
    ],
    ['https://player.vimeo.com/video/123?title=0', 'https://vimeo.com/123'],
    ['https://player.vimeo.com/video/123?h=a1b2', 'https://vimeo.com/123/a1b2'],
    [
      '//player.bilibili.com/player.html?aid=1&bvid=BV1ab411c7dE&page=1',
      'https://www.bilibili.com/video/BV1ab411c7dE/',
    ],
    [
      '//player.bilibili.com/player.html?aid=170001&p=3',
      'https://www.bilibili.com/video/av170001/?p=3',
    ],
    ['https://www.dailymotion.com/embed/video/x8abc', 'https://www.dailymotion.com/video/x8abc'],
    [
      'https://geo.dailymotion.com/player/x1.html?video=x8abc',
      'https://www.dailymotion.com/video/x8abc',
    ],
    ['https://player.youku.com/embed/XMTIz==', 'https://v.youku.com/v_show/id_XMTIz==.html'],
    ['https://v.qq.com/txp/iframe/player.html?vid=a00b', 'https://v.qq.com/x/page/a00b.html'],
    ['https://embed.ted.com/talks/lang/zh-cn/a_b_c', 'https://www.ted.com/talks/a_b_c'],
    ['https://player.twitch.tv/?video=v12&parent=a', 'https://www.twitch.tv/videos/12'],
    ['https://player.twitch.tv/?channel=abc&parent=a', 'https://www.twitch.tv/abc'],
    ['https://archive.org/embed/a-b.c', 'https://archive.org/details/a-b.c'],
    ['https://open.spotify.com/embed/episode/a1?x=1', 'https://open.spotify.com/episode/a1'],
    [
      'https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/a/b',
      'https://soundcloud.com/a/b',
    ],
  ])('%s', (player, page) => {
    const html = htmlOf(`<iframe src="${player}" onload="x()">x</iframe>`)
    expect(html).toMatch(
      /^<p><a href="[^"]*">(<img src="https:[^"]*" alt="[^"]+"(?: width="480" height="360")?>|[^<>]+)<\/a><\/p>$/,
    )
    expect(html).toContain(`href="${page.replaceAll('&', '&#x26;')}"`)
  })

  it('named by the frame’s title, else by the host', () => {
    const player = `<iframe title="The  harbour" src="https://youtube.com/embed/${ID}"></iframe>`
    const picture = `https://i.ytimg.com/vi/${ID}/hqdefault.jpg`
    const link = (name: string) =>
      `<p><a href="https://www.youtube.com/watch?v=${ID}"><img src="${picture}" alt="${name}" width="480" height="360"></a></p>`
    expect(htmlOf(player)).toBe(link('The harbour'))
    expect(htmlOf(player.replace(/ title="[^"]*"/, ''))).toBe(link('YouTube'))
  })

  it.each([
    'https://www.youtube.com.evil.example/embed/',
    'https://www.youtube.com/embed/short',
    'https://www.youtube.com/embed/"><script>',
    'https://player.vimeo.com/video/javascript:1',
    'https://player.bilibili.com/player.html?bvid=../../x',
    'https://w.soundcloud.com/player/?url=javascript:alert(1)',
  ])('but not what only looks like one: %s', (player) => {
    const href = new URL(player).href
    expect(htmlOf(`<iframe src='${player}'></iframe>`)).toBe(
      `<p><a href="${href}">${new URL(player).hostname}</a></p>`,
    )
  })
})

describe('any other frame becomes a link', () => {
  const maps = '<a href="https://maps.example/x">maps.example</a>'
  it.each([
    ['<iframe src="//maps.example/x"></iframe>', `<p>${maps}</p>`],
    ['<p>a <iframe src="//maps.example/x"></iframe> b</p>', `<p>a ${maps} b</p>`],
    ['<figure><iframe src="//maps.example/x"></iframe></figure>', `<figure>${maps}</figure>`],
    [
      '<a href="/b">a<iframe src="//maps.example/x"></iframe></a>',
      `<a href="https://portal.example/b">a</a>${maps}`,
    ],
    [
      '<iframe src="/m" title="A &lt;map>"></iframe>',
      '<p><a href="https://portal.example/m">A &#x3C;map></a></p>',
    ],
    ['<iframe src="about:blank" data-src="//maps.example/x"></iframe>', `<p>${maps}</p>`],
    ['<embed src="//maps.example/x">', `<p>${maps}</p>`],
    ['<object data="//maps.example/x"></object>', `<p>${maps}</p>`],
    [
      '<object data="//maps.example/x">A map</object>',
      '<p><a href="https://maps.example/x">A map</a></p>',
    ],
    [
      '<object><param name=movie value="//maps.example/x"><embed src="//maps.example/x"></object>',
      `<p>${maps}</p>`,
    ],
    [
      '<object data="/a.svg"><img src="/a.png"></object>',
      '<img src="https://portal.example/a.png">',
    ],
    [
      '<object data="/a.pdf"><p>Read <a href="/a.pdf">it</a></p></object>',
      '<p>Read <a href="https://portal.example/a.pdf">it</a></p>',
    ],
  ])('%s', (source, expected) => expect(htmlOf(source)).toBe(expected))

  it.each([
    ['nobody would have seen', '<iframe src="//t.example/x" width=0 height=0></iframe>'],
    ['is hidden', '<iframe src="//t.example/x" style="display: none"></iframe>'],
    ['counts those without scripts', '<noscript><iframe src="//t.example/x"></iframe></noscript>'],
    ['runs', '<iframe src="javascript:alert(1)"></iframe>'],
    ['holds its own page', '<iframe srcdoc="<p>x"></iframe>'],
    ['leads nowhere', '<iframe></iframe><object></object><embed>'],
  ])('except one that %s', (_, source) => expect(htmlOf(source)).toBe(''))
})
