// A tree that is called settled is read back as it was written.
import fc from 'fast-check'
import type { Element, ElementContent, Root, Text } from 'hast'
import { describe, expect, it } from 'vitest'
import { isSettled } from '../../../../src/content/bodies/settled.ts'
import { parse, write } from '../../../../src/content/bodies/tree.ts'
import { cleanText } from '../../../../src/content/syntax/text.ts'
import { CHARACTER } from '../../support/characters.ts'
import { runs } from '../../support/runs.ts'

const NAMES =
  'a b blockquote br caption code col dd del details div dl dt em figure h1 h2 hr i img ins li ol p picture pre q rp rt ruby s section source span strong sub summary table tbody td tfoot th thead tr tt ul var video wbr'.split(
    ' ',
  )
/** What usually stands in another, so that trees come about which are settled. */
const USUAL: Readonly<Record<string, readonly string[]>> = {
  ol: ['li'],
  ul: ['li'],
  table: ['thead', 'tbody'],
  thead: ['tr'],
  tbody: ['tr'],
  tr: ['td', 'th'],
  p: ['a', 'em', 'b', 'code', 'img', 'br'],
  li: ['p', 'ul', 'ol', 'a'],
}
const VOID = ['br', 'col', 'hr', 'img', 'source', 'wbr']

/** Without carriage returns, which are written in another place. */
const strings = fc
  .string({ unit: fc.oneof(CHARACTER, fc.constantFrom('\n', ' ', '<', '&', '"')), maxLength: 4 })
  .map((value) => cleanText(value).replaceAll('\r', ''))
const texts = strings.map((value): Text => ({ type: 'text', value }))

/** As a parsed tree has them. */
const properties = fc.record(
  {
    href: strings,
    title: strings,
    dateTime: strings,
    width: fc.integer(),
    start: fc.integer(),
    className: fc.array(fc.constantFrom('a', 'language-b')),
  },
  { requiredKeys: [] },
)

function elements(depth: number, among: readonly string[] = NAMES): fc.Arbitrary<Element> {
  return fc.constantFrom(...among).chain((tagName) =>
    fc.record({
      type: fc.constant('element' as const),
      tagName: fc.constant(tagName),
      properties,
      children: VOID.includes(tagName) ? fc.constant([]) : children(depth, USUAL[tagName]),
    }),
  )
}

function children(depth: number, usual?: readonly string[]): fc.Arbitrary<ElementContent[]> {
  const any = depth === 0 ? texts : fc.oneof(texts, elements(depth - 1))
  if (depth === 0 || usual === undefined) return fc.array(any, { maxLength: 3 })
  const likely = { arbitrary: elements(depth - 1, usual), weight: 9 }
  return fc.array(fc.oneof(likely, any), { maxLength: 3 })
}

const trees = children(5).map((children): Root => ({ type: 'root', children }))

describe('a tree that is called settled', () => {
  it('is read back as it was written', () => {
    const seen = { all: 0, settled: 0, moved: 0 }
    fc.assert(
      fc.property(trees, (tree) => {
        const isCalled = isSettled(tree)
        const html = write(tree)
        const isSame = write(parse(html)) === html
        seen.all += 1
        if (isCalled) seen.settled += 1
        if (!isSame) seen.moved += 1
        expect(isSame || !isCalled).toBe(true)
      }),
      { numRuns: runs(150) },
    )
    expect(seen.settled / seen.all, 'many are').toBeGreaterThan(0.2)
    expect(seen.moved / seen.all, 'and many trees are not').toBeGreaterThan(0.05)
  })

  it.each([
    '<p>a <a href="/b"><em>c</em></a><br>d</p>',
    '<ul>\n<li>a<ol start="2"><li><p>b</p></li></ol></li>\n</ul>',
    '<table>\n<thead><tr><th>a</th></tr></thead><tbody><tr><td><p>b</p></td></tr></tbody></table>',
    '<pre><code class="language-a">\nb</code></pre><h2 id="c">d</h2><hr>',
    '<figure><img src="/a.png" alt=""><figcaption>b</figcaption></figure>',
  ])('is what articles are made of: %j', (html) => expect(isSettled(parse(html))).toBe(true))
})
