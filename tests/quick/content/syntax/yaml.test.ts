// YAML front matter: the fast parser gives what the careful one does, or nothing.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { UnreadableSource } from '../../../../src/content/syntax/source.ts'
import { carefulValue, quickValue } from '../../../../src/content/syntax/yaml.ts'
import { withoutMark } from '../../support/marked.ts'
import { runs } from '../../support/runs.ts'

const REFUSED = Symbol('refused')

function careful(text: string): unknown {
  try {
    return carefulValue(text, 1)
  } catch (error) {
    if (error instanceof UnreadableSource) return REFUSED
    throw error
  }
}

/** Where both read something, it is the same; lines that YAML wants further in are read by the fast one alone. */
function expectAgreement(text: string): void {
  const quick = quickValue(text)
  const value = careful(text)
  if (quick !== undefined && value !== REFUSED) expect(quick, text).toEqual(value)
}

describe('the fast parser reads', () => {
  it.each([
    'title: "Night ferry: the *last* one"\ndate: 2026-03-09T08:30:00+08:00\ntags: [渡船, quay 7]\ndraft: false\n',
    'tags:\n  - 经济\n  - c++\nauthor:\n  name: Ana # the editor\n',
    'summary: >-\n  Two lines\n  folded.\n\nbody: |\n  Kept\n    as they are.\n',
  ])('%j', (text) => {
    expect(quickValue(text.replaceAll('*', ''))).toEqual(careful(text.replaceAll('*', '')))
    expect(quickValue(text.replaceAll('*', ''))).toBeTypeOf('object')
  })

  it.each(
    '007 1.0 1_000 0x1F 0o17 0b1 1e3 .5 5. -0 +1 .inf .NaN Infinity NaN 12 -3 1.25 12345678901234567890 ~ null Null yes no on off true True TRUE 2026-03-09 12:30:45 1:30 = << !x'.split(
      ' ',
    ),
  )('a value %s as the careful one does', (value) => {
    for (const text of [
      `a: ${value}\n`,
      `- ${value}\n`,
      `${value}: a\n`,
      `a: [${value}, "${value}"]\n`,
    ])
      expectAgreement(text)
  })
})

it.each([
  ['aliases', 'a: &x [1]\nb: *x\n'],
  ['what is taken over', '<<: {a: 1}\n'],
  ['a key that stands twice', 'a: 1\na: 2\n'],
  ['two documents', 'a: 1\n---\nb: 2\n'],
  ['an unknown tag', 'a: !thing 1\n'],
  ['a line that is none', 'a: b: c\n'],
  ['a scalar alone', '\n  |-\n # '],
])('of %s the careful parser decides', (_, text) => {
  expect(quickValue(text)).toBeUndefined()
})

const scrap = fc.constantFrom(
  ...['a', 'b c', '7', '1.50', '"', "'", ':', ': ', '- ', '# ', ' #', '\n', '\n  ', '\n\n', '\t'],
  ...['[', ']', '{', '}', ', ', '|', '>', '|-\n ', '>+\n  ', '\\n', '\\', '!', '?', '%', '@', '`'],
  ...['null', 'true', '~', '经济', '\u00e9', '\u2028', '\u0085', '---', '...', '<<: ', '=', '\r\n'],
)

it('both read the same in whatever people write', () => {
  fc.assert(
    fc.property(fc.array(scrap, { maxLength: 14 }), (scraps) => {
      expectAgreement(scraps.join(''))
      expectAgreement(`title: ${scraps.join('')}\ntags:\n- x\n`)
    }),
    { numRuns: runs(150) },
  )
})

it('both read the same in what programs write', () => {
  const plain = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
  )
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 2 },
      plain,
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.string(), tie('value'), { maxKeys: 4 }),
    ),
  })).value
  fc.assert(
    fc.property(fc.dictionary(fc.string(), value, { maxKeys: 6 }), (record) => {
      expectAgreement(stringify(record))
      expectAgreement(stringify(record, { defaultStringType: 'QUOTE_DOUBLE', lineWidth: 20 }))
    }),
    { numRuns: runs(50) },
  )
})

it('a record takes over what it names, unless it says better itself', () => {
  const text = 'x: &x {draft: true, title: X}\ny: &y {title: Y}\n<<: [*x, *y]\ntitle: Mine\n'
  expect(carefulValue(text, 1)).toMatchObject({ draft: true, title: 'Mine' })
})

describe('a mistake is told in plain words where it is made:', () => {
  const QUOTED = /quotation marks around/
  const FIELD = /should be a name, a colon and a space/
  const IN_LINE = /stand in line with/
  const mistakes: Record<string, RegExp> = {
    'title: ‸Harbour: a new crane': /colon and a space in it needs quotation marks/,
    'title: ‸Harbour:': /colon and a space in it needs quotation marks/,
    '‸title:A crane': FIELD,
    '‸标题：A crane': FIELD,
    '‸<<<<<<< HEAD': FIELD,
    '‸title = "A crane"': FIELD,
    'title: "Harbour" ‸is open': QUOTED,
    "title: 'It'‸s open'": QUOTED,
    'title: [Draft] ‸A crane': QUOTED,
    'title: ‸@home': /begins with "@" needs quotation marks/,
    'title: ‸`home`': /begins with "`" needs quotation marks/,
    'title: ‸%x': /begins with "%" needs quotation marks/,
    'title: ‸- x': /begins with "- " needs quotation marks/,
    'title: ‸*x': /begins with "\*" needs quotation marks/,
    'title: *x* ‸y': /an asterisk and goes on behind it/,
    'title: >‸x': /a value that begins so needs quotation marks/,
    'title: | ‸x': QUOTED,
    'tags: [‸#a, b]': /begins with "#" needs quotation marks/,
    'tags: [a, b\n‸': /should end with "\]" before this/,
    'tags: {a: b\n‸': /should end with "}" before this/,
    "tags: ['a', ‸'b]": /should end with one/,
    'tags: ["a" ‸"b"]': /lacks a comma/,
    'tags: [a,‸,b]': /one too many/,
    'id: ‸a\n title: A crane': IN_LINE,
    'tags:\n  - a\n‸ - b': IN_LINE,
    'authors:\n  - name: A\n‸   email: b': IN_LINE,
    '‸--- x': /nothing may follow/,
    '‸\ttitle: x': /Tabs/,
  }

  it.each(Object.entries(mistakes))('%j', (marked, sentence) => {
    const first = marked.startsWith('id:') ? '' : 'id: a\n'
    const text = `${first}${marked}${marked.endsWith('‸') ? '' : '\n'}published: 2026-03-09\n`
    const lines = text.slice(0, text.indexOf('‸')).split('\n')
    const [line, column] = [lines.length, (lines.at(-1) ?? '').length + 1]
    const message = expect.stringMatching(sentence)
    const told = expect.objectContaining({ line, column, message })
    expect(() => carefulValue(withoutMark(text), 1)).toThrow(told)
  })
})
