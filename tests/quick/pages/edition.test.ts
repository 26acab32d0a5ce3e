// An edition: which language the pages speak to whom, and that every message is there in each.
import { describe, expect, it } from 'vitest'
import { readWeights } from '../../../src/http/negotiation.ts'
import { editionOf, pageLanguage } from '../../../src/pages/edition.ts'
import { MESSAGES, type MessageKey, PAGE_LANGUAGES } from '../../../src/pages/messages.ts'
import { NOON, publication } from '../support/publication.ts'

describe('the pages speak', () => {
  it.each([
    ['en', undefined, 'en'],
    ['zh-Hans', undefined, 'zh-Hans'],
    ['zh-CN', undefined, 'zh-Hans'],
    ['zh-TW', undefined, 'zh-Hant'],
    ['zh-HK', undefined, 'zh-Hant'],
    ['zh', undefined, 'zh-Hans'],
    ['fr', undefined, 'en'],
    ['zh-Hans', 'en-GB,en;q=0.9', 'en'],
    ['en', 'zh-CN,zh;q=0.9,en;q=0.8', 'zh-Hans'],
    ['en', 'zh-TW', 'zh-Hant'],
    ['zh-Hans', 'fr-FR,fr;q=0.9,zh-TW;q=0.8,en;q=0.7', 'zh-Hant'],
    ['zh-Hans', 'fr-FR,de;q=0.5', 'zh-Hans'],
    ['zh-Hans', 'en;q=0', 'zh-Hans'],
    ['zh-Hans', '*', 'zh-Hans'],
    ['zh-Hans', 'fr,*;q=0.8,en;q=0.2', 'zh-Hans'],
    ['zh-Hans', 'i-klingon, ???, en', 'en'],
  ])('on a site in %s, to a browser that asks for %s: %s', (site, asked, language) => {
    expect(pageLanguage(site, readWeights(asked ?? ''))).toBe(language)
  })
})

describe('every message', () => {
  const rows = Object.entries(MESSAGES)

  it.each(rows)('%s is there in each language', (_, row) => {
    expect(row).toHaveLength(PAGE_LANGUAGES.length)
    expect(row.filter((wording) => wording.trim() === '')).toEqual([])
  })

  it.each(rows)('%s has the same places in each', (_, [english, ...others]) => {
    const placesOf = (wording: string) => [...new Set(wording.match(/\{\w+\}/g))].sort()
    for (const other of others) expect(placesOf(other)).toEqual(placesOf(english))
  })

  it('is in the characters of its language', () => {
    // Some that are written in two ways: simplified, then traditional.
    const pairs =
      '们們这這阅閱读讀览覽达達标標签籤关關键鍵词詞显顯现現开開启啟应應订訂户戶复複见見图圖网網页頁编編处處类類'
    const [simplified, traditional] = [0, 1].map((from) =>
      [...pairs].filter((_, at) => at % 2 === from),
    ) as [string[], string[]]
    const wrong = rows.filter(
      ([, [, hans, hant]]) =>
        traditional.some((sign) => hans.includes(sign)) ||
        simplified.some((sign) => hant.includes(sign)),
    )
    expect(wrong.map(([key]) => key)).toEqual([])
  })
})

describe('an edition says', () => {
  const say = (language: (typeof PAGE_LANGUAGES)[number], key: MessageKey, count: number) =>
    editionOf(publication(), language).say(key, { count })

  it.each([
    ['en', 0, '0 articles'],
    ['en', 1, '1 article'],
    ['en', 1234, '1,234 articles'],
    ['zh-Hans', 1, '1 篇文章'],
    ['zh-Hant', 1234, '1,234 篇文章'],
  ] as const)('in %s, of %i: %s', (language, count, text) => {
    expect(say(language, 'articles.count', count)).toBe(text)
  })

  it('what holds the signs of a place in a value as it is', () => {
    const { say: sayIn } = editionOf(publication(), 'en')
    expect(sayIn('find.found', { query: '{query} $& {count}' })).toBe(
      'Found for “{query} $& {count}”',
    )
  })

  it.each([
    ['en', 'June 24, 2026 at 12:00 PM'],
    ['zh-Hans', '2026年6月24日 12:00'],
    ['zh-Hant', '2026年6月24日 中午12:00'],
  ] as const)('a moment in %s by the clock of the publication: %s', (language, text) => {
    expect(editionOf(publication(), language).moment(NOON)).toBe(text)
  })
})
