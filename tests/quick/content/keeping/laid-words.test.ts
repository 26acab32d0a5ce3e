// Made words come back from a spool as they were laid in it.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readMade, writeMade } from '../../../../src/content/keeping/laid-words.ts'
import { CHARACTER } from '../../support/characters.ts'
import { runs } from '../../support/runs.ts'

const texts = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.constantFrom('a', 'é', 'ÿ', '\n') }),
  fc.string({ unit: CHARACTER }),
)

it('words laid aside are read back, whatever characters they have', () => {
  fc.assert(
    fc.property(texts, texts, fc.option(texts, { nil: undefined }), (html, text, given) => {
      const words = { html, text, ...(given ? { summary: given } : {}) }
      expect(readMade(writeMade(words))).toEqual(words)
    }),
    { numRuns: runs(100) },
  )
})

it('words are laid aside in one byte a character where that is enough', () => {
  const bytesOf = (html: string) => writeMade({ html, text: '' }).length
  expect(bytesOf('<p>Été</p>') - bytesOf('')).toBe(10)
  expect(bytesOf('<p>夏天</p>') - bytesOf('')).toBe(18)
})
