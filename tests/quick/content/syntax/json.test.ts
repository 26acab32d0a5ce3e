// Mistakes in JSON: told at their place, in words that say what would be right.
import { expect, it } from 'vitest'
import { readJson } from '../../../../src/content/syntax/located.ts'
import { inBoundedTime } from '../../support/bounded-time.ts'
import { withoutMark } from '../../support/marked.ts'

/** Each with a mark where it is told. */
const MISTAKES: Readonly<Record<string, RegExp>> = {
  '{"a": 1,‸}': /no comma/,
  '["a",‸]': /no comma/,
  '{"a": 1 ‸"b": 2}': /a comma is missing/,
  '{"a": ["b"‸}': /closes the list/,
  '{‸a: 1}': /straight quotation marks/,
  '{‸“a”: 1}': /straight quotation marks/,
  '{"a": ‸True}': /true, false/,
  '{"a" ‸1}': /a colon/,
  '{"a": 1‸': /end with "}"/,
  '["a"‸': /end with "]"/,
  '{"a": ‸"b}': /end with one, on the same line/,
  '{"a": ‸"b\nc"}': /on the same line/,
  '{"a": ‸"b\tc"}': /"\\t"/,
  '{"a": ‸"C:\\d"}': /backslash/,
  '{"a": ‸"\\u12"}': /hexadecimal/,
  '{"a": 1} ‸// b': /no comments/,
  '{"a": 1} ‸{}': /more follows/,
  '{"a": ‸1.}': /number such as/,
}

it.each(Object.entries(MISTAKES))('%j is told at its mistake', (marked, sentence) => {
  let error: unknown
  try {
    readJson(withoutMark(marked))
  } catch (thrown) {
    error = thrown
  }
  const column = marked.indexOf('‸') + 1
  const message = expect.stringMatching(/^This is no JSON: [^A-Z].*\.$/)
  expect(error).toMatchObject({ line: 1, column, message })
  expect((error as Error).message).toMatch(sentence)
})

it('tells the places of many problems in one file in bounded time', async () => {
  const count = 30_000
  const records = Array.from({ length: count }, (_, id) => ({ id, tags: ['a', 'b'] }))
  const { locate } = readJson(JSON.stringify(records, undefined, 1))
  const places = await inBoundedTime(() => records.map((_, at) => locate([at, 'tags', 1])))
  expect(places).toEqual(records.map((_, at) => ({ line: 7 * at + 6, column: 4 })))
})
