// The words of a tree are what the library tells that knows all of HTML.
import fc from 'fast-check'
import type { Element, ElementContent, Root } from 'hast'
import { toText } from 'hast-util-to-text'
import { describe, expect, it } from 'vitest'
import { wordsIn } from '../../../../src/content/bodies/words.ts'
import { runs } from '../../support/runs.ts'

const text = fc
  .array(fc.constantFrom('a', '中', ' ', '\n', '\t', '\u200B', '\u200F', '  ', 'word'), {
    maxLength: 6,
  })
  .map((parts): ElementContent => ({ type: 'text', value: parts.join('') }))
const names = 'a blockquote br code em h2 hr img li ol p p pre strong sup ul table td div'.split(
  ' ',
)
const { children } = fc.letrec<{ children: ElementContent[] }>((tie) => ({
  children: fc.array(
    fc.oneof(
      { depthSize: 'medium' },
      text,
      fc.tuple(fc.constantFrom(...names), tie('children')).map(
        ([tagName, inner]): Element => ({
          type: 'element',
          tagName,
          properties: {},
          children: /^(br|hr|img)$/.test(tagName) ? [] : inner,
        }),
      ),
    ),
    { maxLength: 5 },
  ),
}))

describe('the words of a tree', () => {
  it('are those that innerText would tell', () => {
    fc.assert(
      fc.property(children, fc.constantFrom(...names), (inner, tagName) => {
        const root: Root = { type: 'root', children: inner }
        const element: Element = { type: 'element', tagName, properties: {}, children: inner }
        for (const tree of [root, element]) expect(wordsIn(tree)).toBe(toText(tree))
      }),
      { numRuns: runs(500) },
    )
  })

  it.each([
    ['a\n b  c ', 'a b c '],
    ['中\n文', '中 文'],
    ['a\u200B\nb', 'a\u200Bb'],
  ])('have white space as a page shows it: %j', (value, words) => {
    expect(wordsIn({ type: 'root', children: [{ type: 'text', value }] })).toBe(words)
  })
})
