// The caret under a spot: where a terminal shows the spot, whatever stands before it.
import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { excerptOf } from '../../../src/commands/excerpt.ts'
import { CHARACTER } from '../support/characters.ts'

describe('the caret stands under the spot behind', () => {
  it.each([
    ['letters', 'abc', 3],
    ['nothing', '', 0],
    ['a tab', '\tab', 4],
    ['Chinese', '标签', 4],
    ['full-width letters', 'ＡＢ', 4],
    ['half-width katakana', 'ｱｲ', 2],
    ['an emoji of several code points', '👩‍👩‍👧', 2],
    ['a flag', '🇳🇴', 2],
    ['an accent of its own', 'e\u0301', 1],
    ['a control character', 'a\u001B', 2],
    ['half a character', '\uD83D', 1],
  ])('%s', (_, before, cells) => {
    const { text, before: found } = excerptOf(`${before}^ rest`, before.length + 1, 80)
    expect(found).toBe(cells)
    expect(text).toMatch(/\^ rest$/)
  })
})

it('a column behind the end of the line is the end', () => {
  expect(excerptOf('abc', 99, 80)).toEqual({ text: 'abc', before: 3 })
})

it('a line too long is cut around the spot', () => {
  const line = `${'a'.repeat(1000)}HERE${'b'.repeat(1000)}`
  const { text, before } = excerptOf(line, 1001, 40)
  expect(text).toMatch(/^…a+HEREb+…$/)
  expect(text.slice(before)).toMatch(/^HERE/)
})

it('fits, with the caret within it and nothing that acts on a terminal, whatever the line is', () => {
  const line = fc.string({ unit: CHARACTER, maxLength: 300 })
  fc.assert(
    fc.property(line, fc.nat(310), fc.integer({ min: 20, max: 120 }), (text, column, cells) => {
      const excerpt = excerptOf(text, column, cells)
      expect(stringWidth(excerpt.text)).toBeLessThanOrEqual(cells)
      expect(excerpt.before).toBeLessThanOrEqual(cells)
      expect(excerpt.text).not.toMatch(/[\p{Cc}\u2028-\u202E\u2066-\u2069]/u)
    }),
  )
})
