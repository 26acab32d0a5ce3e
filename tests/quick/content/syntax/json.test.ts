// Mistakes in JSON: told at their place, in words that say what would be right.
import { expect, it } from 'vitest'
import { readJson } from '../../../../src/content/syntax/located.ts'
import { inBoundedTime } from '../../support/bounded-time.ts'

it.each<[text: string, column: number, sentence: RegExp]>([
  ['{"a": 1,}', 9, /no comma/],
  ['["a",]', 6, /no comma/],
  ['{"a": 1 "b": 2}', 9, /a comma is missing/],
  ['{"a": ["b"}', 11, /closes the list/],
  ['{a: 1}', 2, /straight quotation marks/],
  ['{“a”: 1}', 2, /straight quotation marks/],
  ['{"a": True}', 7, /true, false/],
  ['{"a" 1}', 6, /a colon/],
  ['{"a": 1', 8, /end with "}"/],
  ['["a"', 5, /end with "]"/],
  ['{"a": "b}', 7, /end with one, on the same line/],
  ['{"a": "b\nc"}', 7, /on the same line/],
  ['{"a": "b\tc"}', 7, /"\\t"/],
  ['{"a": "C:\\d"}', 7, /backslash/],
  ['{"a": "\\u12"}', 7, /hexadecimal/],
  ['{"a": 1} // b', 10, /no comments/],
  ['{"a": 1} {}', 10, /more follows/],
  ['{"a": 1.}', 7, /number such as/],
])('%j is told at its mistake, column %i', (text, column, sentence) => {
  let error: unknown
  try {
    readJson(text)
  } catch (thrown) {
    error = thrown
  }
  expect(error).toMatchObject({
    line: 1,
    column,
    message: expect.stringMatching(/^This is no JSON: [^A-Z].*\.$/),
  })
  expect((error as Error).message).toMatch(sentence)
})

it('tells the places of many problems in one file in bounded time', async () => {
  const count = 30_000
  const records = Array.from({ length: count }, (_, id) => ({ id, tags: ['a', 'b'] }))
  const { locate } = readJson(JSON.stringify(records, undefined, 1))
  const places = await inBoundedTime(() => records.map((_, at) => locate([at, 'tags', 1])))
  expect(places).toEqual(records.map((_, at) => ({ line: 7 * at + 6, column: 4 })))
})
