// Hostile bodies come out harmless: nothing in them runs, leads astray or costs more than it may, however they are read.
import fc from 'fast-check'
import { fromHtml } from 'hast-util-from-html'
import { toText } from 'hast-util-to-text'
import { describe, expect, it } from 'vitest'
import { bodyOf, htmlOf, htmlOrRefused } from '../../support/bodies.ts'
import { CHARACTER } from '../../support/characters.ts'
import { HOSTILE } from '../../support/hostile-bodies.ts'
import { leftovers } from '../../support/leftovers.ts'
import { runs } from '../../support/runs.ts'

const FORMS = ['html', 'markdown', 'markdown of kramdown', 'text'] as const

describe('nothing hostile is left of a body in any form', () => {
  it.each(HOSTILE)('%s', (_, source) => {
    for (const html of new Set(FORMS.map((form) => htmlOrRefused(source, form)))) {
      expect(leftovers(html)).toEqual([])
      expect(htmlOf(html), 'what is clean stays as it is').toBe(html)
    }
  })

  it('in at least sixty ways, each with a name of its own', () => {
    expect(new Set(HOSTILE.map(([name]) => name)).size).toBe(HOSTILE.length)
    expect(HOSTILE.length).toBeGreaterThan(60)
  })

  it('which these tests would see', () => {
    expect(leftovers('<script>1</script>')).toContain('<script>')
    expect(leftovers('<p onclick=x>')).toContain('p onclick')
    expect(leftovers('<a href="java\tscript:x">')).toContain('a → java\tscript:x')
    expect(leftovers('<img src="/a.png">')).toContain('img → /a.png')
    expect(leftovers('<img srcset="https://a.example/ 1x,data:x 2x">')).toContain('img → data:x')
    expect(leftovers('<p id=a>a<p id=a>b')).toContain('two #a')
    expect(leftovers('<!-- x -->')).toContain('<comment>')
    expect(leftovers('<p title=x>a <a href="https://a.example/">b</a>')).toEqual([])
    const seen = HOSTILE.filter(([, source]) => leftovers(source).length > 0)
    expect(seen.length).toBeGreaterThan(0.85 * HOSTILE.length)
  })
})

describe('a body is refused where browsers would read it otherwise', () => {
  const levels = (count: number) => `${'<div>'.repeat(count)}x${'</div>'.repeat(count)}`
  it('but not before', () => {
    expect(htmlOf(levels(390))).toBe(levels(390))
    expect(() => htmlOf(levels(410))).toThrow('more than 400 elements deep')
  })

  it.each([
    ['elements', '<hr>'.repeat(100_001), 'more than 100000 elements'],
    [
      'levels times length',
      `${'<div>'.repeat(380)}${'x'.repeat(500_000)}`,
      'too long for how deep',
    ],
    [
      'repeated attributes',
      `<p><a title="${'x'.repeat(9_000)}"></p>${'<p>x</p>'.repeat(9)}`,
      'repeats',
    ],
    ['characters', 'x'.repeat(1_000_001), 'more than 1000000 characters'],
  ])('or costs too much to read: %s', (_, source, reason) =>
    expect(() => htmlOf(source)).toThrow(reason),
  )
})

const NAMES = 'a b p div h2 li td table tr svg math style script select option button form pre code'
const TAGS = NAMES.split(' ').flatMap((name) => [
  `<${name}>`,
  `</${name}>`,
  `<${name} id=a title="`,
])
const MARKS =
  '-->|<!--|<!--more-->|"|\'|`|\n\n|> |* |[^a]|[^a]: |](|\n:::tip [a]\n|\n:::\n|a\n: '.split('|')
const ATTRIBUTES = [
  ...['<a href="#a">', '<img src=x onerror=alert(1)>', '<img data-src="'],
  ...['<iframe src="//a.example/x">', '<noscript>', '<object data=x>', '<td class=gutter>'],
]

/** Bodies put together from what browsers and Markdown read in a special way. */
const bodies = fc
  .array(
    fc.oneof(
      fc.constantFrom(...HOSTILE.map(([, source]) => source)),
      fc.constantFrom(...TAGS, ...MARKS, ...ATTRIBUTES),
      fc.string({ unit: CHARACTER, maxLength: 6 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''))

describe('whatever a body is put together from', () => {
  it('is harmless, and clean for good', () => {
    fc.assert(
      fc.property(bodies, fc.constantFrom(...FORMS), (source, form) => {
        const html = htmlOrRefused(source, form)
        expect(leftovers(html)).toEqual([])
        expect(htmlOf(html)).toBe(html)
      }),
      { numRuns: runs(75) },
    )
  })

  it('has the words of its HTML as its text', () => {
    const words = (text: string) => text.replace(/\s+/gu, '')
    fc.assert(
      fc.property(bodies, fc.constantFrom(...FORMS), (source, form) => {
        fc.pre(htmlOrRefused(source, form) !== '')
        const { html, text, opening } = bodyOf(source, form)
        expect(words(text)).toBe(words(toText(fromHtml(html, { fragment: true }))))
        expect(isWithin(words(opening()), words(text))).toBe(true)
      }),
      { numRuns: runs(50) },
    )
  })
})

/** Whether the text has all characters in their order, whatever is between them. */
function isWithin(characters: string, text: string): boolean {
  let at = 0
  for (const character of text) if (characters.startsWith(character, at)) at += character.length
  return at === characters.length
}
