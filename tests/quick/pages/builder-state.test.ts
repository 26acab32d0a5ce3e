// The feed builder's form and its address: whatever is chosen, the address says it, and the form shows it again.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressOf, printAddress } from '../../../src/domain/address.ts'
import { type Parameters, parseFilter, printFilter } from '../../../src/domain/filter-parameters.ts'
import { builderAddress, printBuilder, readBuilder } from '../../../src/pages/builder-state.ts'
import { parameters } from '../support/filters.ts'
import { publication, taxonomy } from '../support/publication.ts'
import { runs } from '../support/runs.ts'

const SITE = publication({
  taxonomy: taxonomy({ tags: new Map([['shipping', { renamedTo: 'exports' }]]) }),
})

const read = (query: string | Parameters) =>
  readBuilder([...new URLSearchParams(query as string | [string, string][])], SITE)

/** The address of the feed that a submitted form describes. */
const feedOf = (query: string) => printAddress(read(query).address, SITE.zone)

describe('a form describes the feed of', () => {
  it.each([
    ['nothing', '', ''],
    ['nothing, with all its empty fields', 'tag-match=all&tag-find=&q=', ''],
    ['one tag', 'tag=exports', 'tags/exports/'],
    [
      'two tags, of which an article must have all',
      'tag=exports&tag=trade&tag-match=all',
      '?tag=exports&tag=trade',
    ],
    [
      'two tags, of which an article must have any',
      'tag=exports&tag=trade&tag-match=any',
      '?tag=exports,trade',
    ],
    ['one left out', 'tag=-sport&tag-match=any', '?tag=-sport'],
    [
      'one, and one left out in another spelling',
      'tag=a&tag=－sport&tag-match=any',
      'tags/a/?tag=-sport',
    ],
    ['two of which any, and one left out', 'tag=a&tag=b&tag=-c&tag-match=any', '?tag=a,b&tag=-c'],
    [
      'sections of which any',
      'category=news&category=finance%2Ftrade&category-match=any',
      '?category=finance/trade,news',
    ],
    ['words', 'q=blue+dye', '?q=blue+dye'],
    ['summaries alone', 'content=summary&tag=a', 'tags/a/?content=summary'],
    ['the full text, which is what feeds have', 'content=full', ''],
    ['a tag by the name it had', 'tag=shipping', 'tags/exports/'],
    ['what is looked for, which is not chosen', 'tag-find=har', ''],
  ])('%s', (_, query, address) => expect(feedOf(query)).toBe(address))

  it.each([
    ['tag=a&content=half', 'content'],
    ['since=never', 'since'],
    ['colour=red', 'colour'],
    ['tag-match=any&tag-match=all', 'tag-match'],
  ])('nothing where it is wrong: %s', (query, parameter) => {
    expect(() => read(query)).toThrow(expect.objectContaining({ parameter }))
  })
})

describe('the address of a form', () => {
  it('is read as what it was printed from, and is the only one of it', () => {
    fc.assert(
      fc.property(parameters, fc.string({ maxLength: 20 }), (said, looking) => {
        const state = read([...said, ['tag-find', looking]])
        const printed = printBuilder(state, SITE)
        const again = read(new URL(printed).search)
        expect(printBuilder(again, SITE)).toBe(printed)
        expect(printAddress(again.address, SITE.zone)).toBe(printAddress(state.address, SITE.zone))
        expect(again.looking).toEqual(state.looking)
      }),
      { numRuns: runs(25) },
    )
  })

  it('leads from a feed’s page to the same feed', () => {
    fc.assert(
      fc.property(parameters, (said) => {
        const filter = parseFilter(said, SITE.zone)
        const address = builderAddress(addressOf(filter, 'html'), SITE)
        const { address: found } = read(new URL(address).search)
        expect(printFilter(found.filter, SITE.zone)).toEqual(printFilter(filter, SITE.zone))
      }),
      { numRuns: runs(25) },
    )
  })
})
