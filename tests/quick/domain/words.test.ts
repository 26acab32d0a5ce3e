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
])('%j has the word %j: %s', (text, word, expected) => {
  expect(hasWord(fold(text), fold(word))).toBe(expected)
})

it('a query is its words, each once, in one order', () => {
  expect(queryWords(' Trade  exports TRADE ')).toEqual(['exports', 'trade'])
})
