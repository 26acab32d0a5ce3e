// Conditional requests (RFC 9110 §13) as a table: headers and validators in, status out.
import { describe, expect, it } from 'vitest'
import { decide, notModifiedTag } from '../../../src/http/conditional.ts'
import { readHttpDate, writeHttpDate } from '../../../src/http/http-date.ts'
import { inBoundedTime } from '../support/bounded-time.ts'

const ETAG = '"abc"'
const CHANGED = Date.UTC(2026, 5, 24, 4, 0, 0, 500)
const AT = 'Wed, 24 Jun 2026 04:00:00 GMT'
const EARLIER = 'Wed, 24 Jun 2026 03:59:59 GMT'
const LATER = 'Wed, 24 Jun 2026 04:00:01 GMT'

describe('the status of a conditional GET', () => {
  it.each([
    [{}, 200],
    [{ ifNoneMatch: '"abc"' }, 304],
    [{ ifNoneMatch: 'W/"abc"' }, 304],
    [{ ifNoneMatch: '*' }, 304],
    [{ ifNoneMatch: '"x", W/"y" ,"abc"' }, 304],
    [{ ifNoneMatch: '"a,b", "abc"' }, 304],
    [{ ifNoneMatch: '"abc-gzip"' }, 304],
    [{ ifNoneMatch: '"abc-br"' }, 304],
    [{ ifNoneMatch: '"abc-deflate"' }, 304],
    [{ ifNoneMatch: '"abc-zstd19"' }, 304],
    [{ ifNoneMatch: 'W/"abc;gzip"' }, 304],
    [{ ifNoneMatch: '"abc-br11"' }, 304],
    [{ ifNoneMatch: '"abc-br5-gzip"' }, 304],
    [{ ifNoneMatch: '"abc-"' }, 200],
    [{ ifNoneMatch: '"x"' }, 200],
    [{ ifNoneMatch: '"abcd"' }, 200],
    [{ ifNoneMatch: 'abc' }, 200],
    [{ ifNoneMatch: '' }, 200],
    [{ ifModifiedSince: AT }, 304],
    [{ ifModifiedSince: LATER }, 304],
    [{ ifModifiedSince: EARLIER }, 200],
    [{ ifModifiedSince: 'Wednesday, 24-Jun-26 04:00:00 GMT' }, 304],
    [{ ifModifiedSince: 'Wed Jun 24 04:00:00 2026' }, 304],
    [{ ifModifiedSince: '2099' }, 200],
    [{ ifModifiedSince: '2099-01-01T00:00:00Z' }, 200],
    [{ ifModifiedSince: 'Jan 1 2099' }, 200],
    [{ ifModifiedSince: 'Wed, 24 Jun 2026 04:00:00 +0000' }, 200],
    [{ ifNoneMatch: '"x"', ifModifiedSince: AT }, 200],
    [{ ifNoneMatch: '"abc"', ifModifiedSince: EARLIER }, 304],
    [{ ifMatch: '"abc"' }, 200],
    [{ ifMatch: '*' }, 200],
    [{ ifMatch: 'W/"abc"' }, 412],
    [{ ifMatch: '"x"' }, 412],
    [{ ifMatch: '"abc-gzip6"' }, 412],
    [{ ifMatch: '"abc"', ifNoneMatch: '"abc"' }, 304],
    [{ ifUnmodifiedSince: AT }, 200],
    [{ ifUnmodifiedSince: EARLIER }, 412],
    [{ ifUnmodifiedSince: 'yesterday' }, 200],
    [{ ifMatch: '"abc"', ifUnmodifiedSince: EARLIER }, 200],
  ] as const)('%j → %i', (conditions, status) => {
    expect(decide(conditions, { etag: ETAG, document: ETAG, lastModified: CHANGED })).toBe(status)
  })

  it.each([
    ['"abc-"', 304],
    ['"abc--gzip6"', 304],
    ['W/"abc--br"', 304],
    ['"abc--br5-gzip"', 304],
    ['"abc"', 200],
    ['"abc-gzip6"', 200],
  ])('of a document whose digest ends in a hyphen: %s → %i', (ifNoneMatch, status) => {
    const document = '"abc-"'
    const validators = { etag: '"abc--gzip6"', document, lastModified: CHANGED }
    expect(decide({ ifNoneMatch }, validators)).toBe(status)
  })

  it.each(['-', '-br1'])('costs bounded time where a tag is nothing but “%s”', async (piece) => {
    const ifNoneMatch = `"abc${piece.repeat(60_000)}"`
    const validators = { etag: ETAG, document: ETAG, lastModified: CHANGED }
    await inBoundedTime(() => decide({ ifNoneMatch }, validators))
  })
})

describe('the tag that a 304 names', () => {
  it.each([
    [undefined, '"abc-br5"'],
    ['*', '"abc-br5"'],
    ['"abc"', '"abc"'],
    ['W/"abc-gzip6"', '"abc-gzip6"'],
    ['"x", "abc-zstd19"', '"abc-zstd19"'],
    // What a proxy appended it appends again.
    ['"abc-gzip"', '"abc-br5"'],
    ['"abc-br11-gzip"', '"abc-br5"'],
    ['"abcd"', '"abc-br5"'],
  ])('to who has %s is %s', (ifNoneMatch, tag) => {
    const validators = { etag: '"abc-br5"', document: ETAG, lastModified: CHANGED }
    expect(notModifiedTag(ifNoneMatch, validators)).toBe(tag)
  })
})

describe('HTTP dates', () => {
  it.each([
    ['Sun, 06 Nov 1994 08:49:37 GMT', 784111777000],
    ['Sunday, 06-Nov-94 08:49:37 GMT', 784111777000],
    ['Sun Nov  6 08:49:37 1994', 784111777000],
    ['Sun, 6 Nov 1994 08:49:37 GMT', undefined],
    ['Sun, 06 Nov 1994 08:49:37', undefined],
    ['Sun, 06 Nov 1994 08:49:37 UTC', undefined],
    ['Sun, 31 Feb 1994 08:49:37 GMT', undefined],
    ['Sun, 06 Nov 1994 24:00:00 GMT', undefined],
    // A leap second.
    ['Sat, 31 Dec 2016 23:59:60 GMT', Date.UTC(2017, 0, 1)],
    ['Sat, 31 Dec 2016 23:59:61 GMT', undefined],
    ['sun, 06 nov 1994 08:49:37 gmt', undefined],
    ['784111777', undefined],
    ['', undefined],
  ])('%j → %s', (text, expected) => expect(readHttpDate(text)).toBe(expected))

  it('a date that was written is read again', () => {
    expect(readHttpDate(writeHttpDate(CHANGED))).toBe(Math.floor(CHANGED / 1000) * 1000)
  })
})
