// Searches: what is found in many texts is what looking through each of them finds, whatever was found before.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openCatalog } from '../../../src/domain/catalog.ts'
import { EVERYTHING, hasWords } from '../../../src/domain/filter.ts'
import { positionsIn } from '../../../src/domain/postings.ts'
import { find, foundBefore, search } from '../../../src/domain/search.ts'
import { count, select, wordsToFind } from '../../../src/domain/selection.ts'
import { article, publication } from '../support/publication.ts'
import { runs } from '../support/runs.ts'

const NOW = Date.UTC(2026, 2, 9)
const TEXTS = ['the ferry leaves', '渡轮离港', 'a crane', 'the crane 渡轮', '']

/** More texts than one request looks through at once. */
function articles(texts: readonly string[]) {
  return Array.from({ length: 100 }, (_, at) =>
    article({
      slug: `a${at}`,
      text: texts[at % texts.length] ?? '',
      published: NOW - at * 1000 - 1,
    }),
  )
}

const words = fc.uniqueArray(
  fc.constantFrom('ferry', 'the', '渡', '渡轮', 'cran', 'crane', 'none'),
  {
    minLength: 1,
    maxLength: 2,
  },
)
const texts = fc.array(fc.constantFrom(...TEXTS), { minLength: 1, maxLength: 7 })

describe('what is found', () => {
  it('is what each text has', () => {
    fc.assert(
      fc.property(texts, words, (some, asked) => {
        const catalog = openCatalog(publication(), articles(some), NOW)
        const expected = catalog.entries.filter((entry) => hasWords(entry.article, asked))
        const found = positionsIn(find(catalog, asked)).map((at) => catalog.entries[at])
        expect(found).toEqual(expected)
        const filter = { ...EVERYTHING, words: asked }
        expect(select(catalog, [filter], NOW, { from: 1, limit: 20 })).toEqual({
          entries: expected.slice(1, 21),
          isCut: expected.length > 21,
        })
        expect(count(catalog, [filter], NOW)).toBe(expected.length)
      }),
      { numRuns: runs(25) },
    )
  })

  it('is the same whether or not it was found in an earlier catalog', () => {
    const changes = fc.uniqueArray(fc.record({ at: fc.nat(99), text: fc.constantFrom(...TEXTS) }), {
      selector: ({ at }) => at,
      maxLength: 10,
    })
    fc.assert(
      fc.property(texts, words, changes, fc.nat(5), (some, asked, changed, gone) => {
        const before = articles(some)
        const earlier = openCatalog(publication(), before, NOW)
        const after = before.slice(gone)
        for (const { at, text } of changed) {
          const old = after[at]
          if (old !== undefined) after[at] = { ...old, text }
        }
        const later = openCatalog(publication(), after, NOW, earlier)
        const posting = find(earlier, asked)
        let texts = 0
        const searching = search(later, asked, { catalog: earlier, posting })
        let step = searching.next()
        for (; step.done !== true; step = searching.next()) texts++
        expect(texts).toBeLessThanOrEqual(changed.length)
        const fresh = openCatalog(publication(), after, NOW)
        expect(positionsIn(step.value)).toEqual(positionsIn(find(fresh, asked)))
      }),
      { numRuns: runs(25) },
    )
  })

  it('needs no search where few texts are left, or it was found before', () => {
    const catalog = openCatalog(publication(), articles(TEXTS), NOW)
    const everything = { ...EVERYTHING, words: ['crane'] }
    const few = { ...everything, since: NOW - 10_000 }
    expect(wordsToFind(catalog, [few], NOW)).toBeUndefined()
    expect(wordsToFind(catalog, [EVERYTHING], NOW)).toBeUndefined()
    expect(wordsToFind(catalog, [everything, { ...EVERYTHING, words: ['the'] }], NOW)).toEqual([
      'crane',
      'the',
    ])
    find(catalog, ['crane'])
    expect(foundBefore(catalog, ['crane'])).toBeDefined()
    expect(wordsToFind(catalog, [everything], NOW)).toBeUndefined()
  })
})
