// Text as feeds can carry it; and a text cut short: at the end of a sentence, else of a word, and never inside of a character.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { beginning, cleanText, cleanValue } from '../../../../src/content/syntax/text.ts'
import { inBoundedTime } from '../../support/bounded-time.ts'
import { CHARACTER } from '../../support/characters.ts'
import { runs } from '../../support/runs.ts'

describe('the beginning of a text', () => {
  it.each([
    ['is all of a short one', ' One\n  two ', 50, 'One two'],
    ['ends with a sentence', 'One two. Three four. Five six seven.', 25, 'One two. Three four.'],
    ['ends with a question', 'Is it? It might well be, or not.', 20, 'Is it?'],
    [
      'ends with what closes a sentence',
      'He said “Yes.” Then he went away again.',
      20,
      'He said “Yes.”',
    ],
    ['not with a title', 'We met Dr. Mr. Jones and then some more.', 18, 'We met Dr. Mr…'],
    ['not with an initial', 'Here is J. R. Smithson of the harbour.', 17, 'Here is J. R…'],
    ['not with letters for words', 'Ports of the U.S. Gulf are open.', 20, 'Ports of the U.S…'],
    ['but with a word of one letter', '바다를 지키는 것. 다음 문장이다', 12, '바다를 지키는 것.'],
    ['in any script', 'Xin cảm ơn ạ. Tàu đến rồi', 16, 'Xin cảm ơn ạ.'],
    ['not in any language', 'Viel Obst, d. h. Äpfel und mehr.', 20, 'Viel Obst, d. h…'],
    [
      'not with a number’s point',
      'It costs 3.50 in all and more than that.',
      18,
      'It costs 3.50 in…',
    ],
    [
      'not with a sentence too short to tell anything',
      'No. This goes on and on and on and on.',
      20,
      'No. This goes on and…',
    ],
    ['ends with a word', 'extraordinary circumstances', 20, 'extraordinary…'],
    ['ends before a comma', 'one two, three four five', 14, 'one two, three…'],
    ['ends anywhere in a word without end', 'a'.repeat(50), 10, `${'a'.repeat(10)}…`],
    [
      'ends with a sentence in Chinese',
      '今天开会。明天休息。后天再说吧。',
      12,
      '今天开会。明天休息。',
    ],
    ['with what closes it', '他说：“好。”然后大家就都回家去了。', 9, '他说：“好。”'],
    [
      'ends with a word in Chinese',
      '市政府今天上午召开全市工业投资大会',
      12,
      '市政府今天上午召开全市…',
    ],
    ['ends with a word in Japanese', '東京スカイツリーからの景色について', 9, '東京スカイツリー…'],
    ['ends with a word in Thai', 'ภาษาไทยเป็นภาษาที่สวยงาม', 12, 'ภาษาไทยเป็น…'],
    ['ends with a sentence in Hindi', 'यह घर है। वह पेड़ है। और यह भी है।', 15, 'यह घर है।'],
    [
      'has no space for a line break in Chinese',
      '今天\n开会。\n\n明天 abc\n休息',
      50,
      '今天开会。明天 abc 休息',
    ],
    ['keeps families together', '👩‍👩‍👧'.repeat(9), 12, '👩‍👩‍👧👩‍👩‍👧…'],
    ['keeps flags together', '🇨🇳'.repeat(9), 5, '🇨🇳🇨🇳…'],
    ['keeps accents with their letters', 'e\u0301'.repeat(30), 5, 'e\u0301e\u0301…'],
    [
      'is cut even within a letter that never ends',
      `e${'\u0301'.repeat(500)}`,
      5,
      `e${'\u0301'.repeat(4)}…`,
    ],
  ])('%s', (_, text, length, expected) => expect(beginning(text, length)).toBe(expected))

  it.each(['', ' \n\t\u3000'])('of %j is nothing', (text) =>
    expect(beginning(text)).toBeUndefined(),
  )

  it('is in bounded length the beginning of any text', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 120 }),
      fc.string({ unit: CHARACTER, maxLength: 120 }),
      fc.lorem({ maxCount: 20 }),
      fc.string({ unit: fc.constantFrom(...'今天开会。“”，a b.\n🇨🇳\u0301\u200D'), maxLength: 120 }),
    )
    fc.assert(
      fc.property(texts.map(cleanText), fc.integer({ min: 1, max: 60 }), (text, length) => {
        const start = beginning(text, length)
        expect(start === undefined).toBe(text.trim() === '')
        if (start === undefined) return
        expect([...start].length).toBeLessThanOrEqual(length + 1)
        const bare = (some: string) => some.replace(/\s+/gu, '')
        const kept = start.endsWith('…') && !text.includes('…') ? start.slice(0, -1) : start
        expect(bare(text).startsWith(bare(kept))).toBe(true)
        expect(start).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|[\r\n]/)
      }),
      { numRuns: runs(50) },
    )
  })

  it.each([
    ['white space', ' \n'.repeat(500_000)],
    ['line breaks between Han characters', '字\n'.repeat(300_000)],
    ['one letter', `e${'\u0301'.repeat(1_000_000)}`],
    ['one word', 'a'.repeat(1_000_000)],
    ['one sentence', '字'.repeat(1_000_000)],
  ])('takes bounded time for a million characters of %s', async (_, text) => {
    await inBoundedTime(() => beginning(text))
  })
})

describe('a value that XML can’t carry as it is', () => {
  const itself: Record<string, unknown> = { a: 1 }
  itself.b = itself
  it.each<[string, unknown, unknown]>([
    ['a text', 'a\u0007b\uFFFE', 'ab'],
    ['a text within', { a: [{ b: '\uD800c' }], d: 1 }, { a: [{ b: 'c' }], d: 1 }],
    ['a key alone', { 'a\u0007': 'b' }, { a: 'b' }],
    ['what holds itself', itself, { a: 1, b: undefined }],
  ])('is cleaned: %s', (_, value, expected) => expect(cleanValue(value)).toStrictEqual(expected))

  it('is no other where it is clean', () => {
    const value = { a: ['b'] }
    expect(cleanValue(value)).toBe(value)
  })
})
