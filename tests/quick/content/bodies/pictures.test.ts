// Pictures that a script would have loaded later are there without it, once, and those that count readers are not.
import { describe, expect, it } from 'vitest'
import { htmlOf } from '../../support/bodies.ts'

const A = '<img src="https://portal.example/a.jpg">'
const B = '<img src="https://portal.example/b.jpg">'
const DATA = 'data:image/gif;base64,R0lGODlhAQABAAAAACw='

describe('a picture that waits for a script has its own address', () => {
  it.each(['data-src', 'data-original', 'data-lazy-src', 'data-actualsrc', 'data-echo'])(
    '%s',
    (name) => {
      expect(htmlOf(`<img ${name}="/a.jpg">`)).toBe(A)
      expect(htmlOf(`<img src="${DATA}" ${name}="/a.jpg">`)).toBe(A)
    },
  )

  it.each([
    '',
    '#',
    'about:blank',
    DATA,
    '/images/blank.gif',
    'https://cdn.example/1x1.png?v=2',
    '/static/img/lazy-load/spacer.gif',
    '/grey.gif',
    '/loading.svg',
    '/transparent_1x1.png',
  ])('in the place of %j', (src) => expect(htmlOf(`<img src="${src}" data-src="/a.jpg">`)).toBe(A))

  it.each([
    ['a picture of its own', '<img src="/a.jpg" data-src="/b.jpg">', A],
    ['nothing else to show', '<img src="/a.jpg" data-src="">', A],
    ['an address that runs', `<img src="/a.jpg" data-src="javascript:x">`, A],
    [
      'a name that only contains a spacer’s',
      '<img src="/my-blank-page.png" data-src="/b.jpg">',
      '<img src="https://portal.example/my-blank-page.png">',
    ],
  ])('but stays where it has %s', (_, source, expected) => expect(htmlOf(source)).toBe(expected))

  it('in sizes, too', () => {
    const candidates = 'srcset="https://portal.example/a.jpg 1x, https://portal.example/b.jpg 2x"'
    expect(htmlOf('<img data-srcset="/a.jpg 1x, /b.jpg 2x">')).toBe(`<img ${candidates}>`)
    expect(htmlOf(`<img srcset="${DATA} 1x" data-srcset="/a.jpg 1x, /b.jpg 2x">`)).toBe(
      `<img ${candidates}>`,
    )
    expect(htmlOf(`<picture><source data-srcset="/a.jpg 1x, /b.jpg 2x">${A}</picture>`)).toBe(
      `<picture><source ${candidates}>${A}</picture>`,
    )
  })

  it.each([
    '<img data-src="/p.gif" width=1 height=1>',
    `<img src="${DATA}">`,
    '<img data-src="data:image/png;base64,AAAA">',
  ])('and none where nothing is to be seen: %s', (source) => expect(htmlOf(source)).toBe(''))
})

describe('an emoji that was made a picture is a character again', () => {
  const source = (alt: string, name: string) =>
    `<p>Hi <img src="https://s.example/1f600.png" alt="${alt}" class="${name}" style="height: 1em">!</p>`
  it.each([
    ['😀', 'wp-smiley'],
    ['👨‍👩‍👧', 'emoji lazy'],
    ['🇨🇳', 'emoji'],
    ['1️⃣', 'emoji'],
  ])('%s', (alt, name) => expect(htmlOf(source(alt, name))).toBe(`<p>Hi ${alt}!</p>`))

  it.each([
    [':ship:', 'emoji'],
    ['', 'emoji'],
    ['😀', 'photo'],
  ])('but not what is another picture: %j, %s', (alt, name) =>
    expect(htmlOf(source(alt, name))).toContain('<img'),
  )
})

describe('a picture for readers without scripts stands in for its placeholder, once', () => {
  const noscript = '<noscript><img src="/a.jpg"></noscript>'
  it.each([
    ['after a placeholder', `<img src="${DATA}">${noscript}`, A],
    ['after one whose address no rule knows', `<img data-x="/a.jpg">\n ${noscript}`, A],
    ['before one', `${noscript}<img src="${DATA}">`, A],
    ['after one that is hidden', `<img src="/x.jpg" style="display:none">${noscript}`, A],
    ['after one inside others', `<div><span><img></span></div>${noscript}`, A],
    ['after itself', `<img data-src="/a.jpg">${noscript}`, A],
    ['after itself in another size', `<img data-src="/b.jpg">${noscript}`, B],
    ['after itself, never lazy', `<img src="/a.jpg">${noscript}`, A],
    ['beside one with an address of its own', `<img src="/b.jpg">${noscript}`, B],
    [
      'two in a row',
      `<img src="${DATA}">${noscript}<img src="${DATA}">${noscript.replace('a.', 'b.')}`,
      A + B,
    ],
    [
      'alone, when it tells what it is',
      '<noscript><img src="/a.jpg" alt="A"></noscript>',
      '<img src="https://portal.example/a.jpg" alt="A">',
    ],
    ['alone, as trackers are', noscript, ''],
    [
      'a tracker after a picture',
      `${A}<noscript><img src="/p.gif" height=1 width=1></noscript>`,
      A,
    ],
    ['a plea', '<noscript><p>Please turn on scripts.</p></noscript>', ''],
  ])('%s', (_, source, expected) => expect(htmlOf(source).trim()).toBe(expected))
})
