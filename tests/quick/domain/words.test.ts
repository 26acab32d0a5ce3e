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
  ['サッカーW杯が開幕', 'サッカー', true],
  ['ｻｯｶｰW杯', 'サッカー', true],
  ['2026ー27年', '2026', true],
  ['〆切A', '〆', true],
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
  ['서울에서 열린 회의', '서울', true],
  ['서울에서 열린 회의', '울서', false],
  ['Mayor O’Brien', "o'brien", true],
  ["мʼята і м'ята", 'м’ята', true],
  ['Hawaiʻi', "hawai'i", true],
  ['a co\u2011operative', 'co-operative', true],
])('%j has the word %j: %s', (text, word, expected) => {
  expect(hasWord(fold(text), fold(word))).toBe(expected)
})

it('folded, nothing is left of what nobody sees, and folding it again changes nothing', () => {
  const unseen =
    /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Cc}\p{Surrogate}\p{Noncharacter_Code_Point}]/u
  const assigned = /[\p{Assigned}\p{Noncharacter_Code_Point}]/u
  const all: string[] = []
  for (let point = 0; point < 0x11_0000; point++) {
    const character = String.fromCodePoint(point)
    // Nothing folds what is for private use, and most of all Chinese is like the rest.
    if (assigned.test(character) && !/[\p{Co}\u{20000}-\u{3FFFF}]/u.test(character))
      all.push(character)
  }
  const wrong = all.filter((character) => {
    const folded = fold(`a${character}b`)
    return unseen.test(folded) || fold(folded) !== folded
  })
  expect(wrong).toEqual([])
})

it('a query has nothing that XML can’t carry', () => {
  expect(queryWords('\u0008ti\u0000de \uFFFE\uFFFF\u001F \uD800')).toEqual(['tide'])
})

it('a query is its words, each once, in one order', () => {
  expect(queryWords(' Trade  exports TRADE ')).toEqual(['exports', 'trade'])
})
