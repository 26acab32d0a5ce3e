// Representations know of their body what has to be known before it is put together.
import { expect, it } from 'vitest'
import { addressOf, FEED_FORMATS } from '../../../src/domain/address.ts'
import { EVERYTHING, withTerm } from '../../../src/domain/filter.ts'
import { createPublisher } from '../../../src/publishing/publisher.ts'
import { bodyOf } from '../../../src/publishing/representation.ts'
import { article, NOON, publication } from '../support/publication.ts'

const articles = [
  article({ slug: 'tide', title: '潮汐', tags: ['sea'] }),
  article({ slug: 'ebb', tags: ['sea', 'one'] }),
]
const publisher = createPublisher({ publication: publication(), articles }, () => NOON)

it.each(FEED_FORMATS)('a document says how long it is before it is made, in %s', (format) => {
  for (const filter of [
    EVERYTHING,
    withTerm(EVERYTHING, 'tags', 'one'),
    withTerm(EVERYTHING, 'tags', 'none'),
  ]) {
    const representation = publisher.represent({ ...addressOf(filter, format), format })
    expect(representation.length).toBe(bodyOf(representation).length)
  }
  const list = publisher.opml()
  expect(list.length).toBe(bodyOf(list).length)
})
