// Search by words: what counts as a word in alphabets and in scripts without spaces.
import { expect, it } from 'vitest'
import { fold, hasWord, queryWords } from '../../../src/domain/words.ts'

it.each([
  ['Free trade', 'trade', true],
  ['Trademark', 'trade', false],
  ['TRADE!', 'trade', true],
  ['“trade”', 'trade', true],
  ['free_trade', 'trade', false],
  ['大湾区贸易', '贸易', true],
  ['大湾区贸易', '易大', false],
  ['用C++编程', 'c++', true],
  ['用C++编程', 'c', true],
  ['ＡＢＣ', 'abc', true],
  ['Café', 'café', true],
  ['x\u{20000}y', '\u{20000}', true],
  ['\u{1D400}lpha', 'lpha', false],
  ['a b', 'b', true],
  ['STRAẞE in Halle', 'strasse', true],
  ['Straße in Halle', 'STRAẞE', true],
  ['Hafen\u00ADmeister', 'hafenmeister', true],
  ['经济\u200B发展', '经济发展', true],
  ['港\u2060口', '港口', true],
  ['می\u200Cخواهم', 'میخواهم', true],
])('%j has the word %j: %s', (text, word, expected) => {
  expect(hasWord(fold(text), fold(word))).toBe(expected)
})

it('folding what is folded changes nothing', () => {
  for (let point = 0; point < 0x11_0000; point++) {
    const character = String.fromCodePoint(point)
    const folded = fold(character)
    if (fold(folded) !== folded) expect.fail(`U+${point.toString(16)}`)
  }
})

it('a query has nothing that XML can’t carry', () => {
  expect(queryWords('\u0008ti\u0000de \uFFFE\uFFFF\u001F \uD800')).toEqual(['tide'])
})

it('a query is its words, each once, in one order', () => {
  expect(queryWords(' Trade  exports TRADE ')).toEqual(['exports', 'trade'])
})
