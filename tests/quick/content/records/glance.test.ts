// A file that is parted at a glance is parted as reading all of its text parts it.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bodyInBytes, partAtGlance } from '../../../../src/content/records/glance.ts'
import { splitFrontMatter } from '../../../../src/content/syntax/front-matter.ts'
import { decode } from '../../../../src/content/syntax/source.ts'
import { runs } from '../../support/runs.ts'

const piece = fc.constantFrom(
  ...[
    ...['---', '---\n', '\n---\n', '+++\n', '\n+++\n', '...', '\n...\n', '-', ' ', '\t', '\n'],
    '\r\n',
  ],
  ...[
    ...['title: Ferry\n', 'title = "Ferry"\n', '渡口', '🦉', 'charset: big5\n', 'yaml', '{', '}'],
    ';;;\n',
  ],
  ...['\u2028', '\u00a0', '\ufeff', '\0'],
)

it('what is parted at a glance is parted the same with all of its text', () => {
  const tries = runs(1_500)
  let parted = 0
  fc.assert(
    fc.property(
      fc.constantFrom('', '---\n', '+++\n', '--- yaml\n'),
      fc.array(piece, { maxLength: 12 }),
      fc.constantFrom('', '', '\xff'),
      (opening, pieces, wrong) => {
        const text = opening + pieces.join('')
        const bytes = Buffer.concat([Buffer.from(text), Buffer.from(wrong, 'latin1')])
        const found = partAtGlance(bytes)
        if (found === undefined) return
        parted++
        const { source } = bodyInBytes('markdown', found.body)
        expect({ ...found, body: source }).toEqual(splitFrontMatter(decode(bytes)))
      },
    ),
    { numRuns: tries },
  )
  expect(parted).toBeGreaterThan(tries / 30)
})
