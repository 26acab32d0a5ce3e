// How terms are spelled: PRODUCT's rule for slugs, sections and languages.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isAddressable,
  languageRanges,
  lineage,
  sectionTerm,
  slug,
  spelling,
} from '../../../src/domain/category.ts'
import { CHARACTER } from '../support/characters.ts'

describe('a slug stands for every spelling of a name', () => {
  it.each([
    ['Exports', 'exports'],
    ['  Night   Market ', 'night-market'],
    ['trade, exports', 'trade-exports'],
    ['C++', 'c++'],
    ['C#', 'c#'],
    ['R&D', 'r&d'],
    ['经济', '经济'],
    ['ＡＢＣ１２３', 'abc123'],
    ['ﬁne', 'fine'],
    ['Straße', 'strasse'],
    ['e\u0301te\u0301', 'été'],
    ['İstanbul', 'i̇stanbul'],
    ['a/b', 'a/b'],
    ['-5 °C', '5-°c'],
    ['zero\u200Bwidth', 'zerowidth'],
    ['\u202Eright to left', 'right-to-left'],
    ['line\nbreak', 'line-break'],
    ['\u0000\u0007', ''],
    [' , ', ''],
  ])('%j → %j', (name, expected) => expect(slug(name)).toBe(expected))

  it('a slug is its own slug', () => {
    fc.assert(
      fc.property(fc.string({ unit: CHARACTER }), (name) => {
        expect(slug(slug(name))).toBe(slug(name))
      }),
      { numRuns: 500 },
    )
  })

  it('spellings that differ in case, width or spacing are one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect(slug(name.toUpperCase())).toBe(slug(name.toUpperCase().toLowerCase()))
        expect(slug(` ${name}\u3000`)).toBe(slug(name))
        expect(slug(name.normalize('NFD'))).toBe(slug(name.normalize('NFC')))
      }),
    )
  })
})

it('the term of a section is the path of its levels', () => {
  expect(sectionTerm(['News', 'Local News', 'R/D'])).toBe('news/local-news/r-d')
  expect(spelling('sections', 'News/ Local')).toBe('news/local')
  expect(lineage('a/b/c')).toEqual(['a', 'a/b', 'a/b/c'])
})

describe('a language falls under each of its ranges that is a tag', () => {
  it.each([
    ['zh-Hans-CN', ['zh', 'zh-hans', 'zh-hans-cn']],
    ['de-DE-x-formal', ['de', 'de-de', 'de-de-x-formal']],
    ['en-t-ja', ['en', 'en-t-ja']],
    ['en-x-a-b', ['en', 'en-x-a-b']],
    ['zh-Hans-u-nu-hanidec', ['zh', 'zh-hans', 'zh-hans-u-nu', 'zh-hans-u-nu-hanidec']],
  ])('%s: %j', (language, ranges) => {
    expect(languageRanges(language)).toEqual(ranges)
    expect(Intl.getCanonicalLocales(ranges)).toHaveLength(ranges.length)
  })
})

it.each(['', '.', '..', 'a/../b'])('%j can stand in no path', (term) =>
  expect(isAddressable(term)).toBe(false),
)
