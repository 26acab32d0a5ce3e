// Ready answers: a document that is asked for again and again is sent as it lies in memory. Nothing is selected, rendered,
// packed or hashed for it, no route is looked up, and no Request or Response is made (`npm run bench -- serving`).
import type { Catalog } from '../domain/catalog.ts'
import { boundedCache, cacheByMark } from '../publishing/bounded-cache.ts'
import { CODINGS, type Coding, settled } from '../publishing/coding.ts'
import type { Publisher } from '../publishing/publisher.ts'
import type { Representation } from '../publishing/representation.ts'
import { decide, notModifiedTag } from './conditional.ts'
import type { Told } from './exchange.ts'
import { chooseCoding } from './negotiation.ts'
import type { HeaderReader } from './request.ts'
import { FRESH, headersOf, headersOfBody } from './respond.ts'

export interface ReadyAnswers {
  /** The answer to a GET if it lies ready. */
  readonly answer: (target: string, header: HeaderReader) => ReadyAnswer | undefined
  /**
   * Keeps what a target leads to until something changes. It does so from the second time on, so that filters nobody asks for
   * again take no room.
   * @param catalog the one that was current before the document was made: a newer one may have come meanwhile.
   */
  readonly keep: (target: string, representation: Representation, catalog: Catalog) => void
}

/** An answer that a server writes as it is. */
export interface ReadyAnswer {
  readonly status: 200 | 304
  readonly headers: Record<string, string>
  readonly body: Uint8Array<ArrayBuffer> | null
  readonly told: Told
}

/** Bytes of documents that are kept here, most of which the publisher holds as well. */
const MOST_BYTES = 64 * 1024 * 1024
/** The most targets that are remembered as asked for once. */
const MOST_MET = 10_000
const LONGEST_TARGET = 500

interface Kept {
  readonly representation: Representation
  readonly prepared: Map<Coding, Prepared>
}

/** The 200 and the 304 in one coding, written once. */
interface Prepared {
  readonly freshFor: number
  readonly shown: number
  readonly etag: string
  readonly whole: ReadyAnswer
  readonly unmodified: ReadyAnswer
}

/** Requests with one of these headers take the long way. */
const THOUGHTFUL = ['if-match', 'if-unmodified-since', 'sec-fetch-mode'] as const

export function readyAnswers(publisher: Publisher): ReadyAnswers {
  const keptOf = cacheByMark(() => boundedCache<Kept>(MOST_BYTES))
  const met = boundedCache<true>(MOST_MET)
  const codings = new Map<string | undefined, Coding>()

  /** Remembered by the header, which is the same in all requests of one kind of reader. */
  function codingFor(accepted: string | undefined): Coding {
    const known = codings.get(accepted)
    if (known !== undefined) return known
    if (codings.size > 1_000) codings.clear()
    const coding = chooseCoding(accepted, CODINGS)
    codings.set(accepted, coding)
    return coding
  }

  function prepare(
    { representation, prepared }: Kept,
    catalog: Catalog,
    coding: Coding,
  ): Prepared | undefined {
    const freshFor = publisher.freshness(FRESH, catalog)
    const shown = publisher.shownDate(representation.lastModified)
    const coded = settled(representation, coding)
    const known = prepared.get(coding)
    if (coded === undefined) return undefined
    if (known?.freshFor === freshFor && known.shown === shown && known.etag === coded.etag)
      return known
    const { etag, body } = coded
    const told = { representation, coding, freshFor }
    const headers = headersOf(representation, etag, freshFor, shown)
    const next: Prepared = {
      freshFor,
      shown,
      etag,
      whole: {
        status: 200,
        headers: { ...headers, ...headersOfBody(coded, representation.mediaType) },
        body,
        told: { ...told, bytes: body.length },
      },
      unmodified: { status: 304, headers, body: null, told: { ...told, bytes: 0 } },
    }
    prepared.set(coding, next)
    return next
  }

  return {
    answer(target, header) {
      const catalog = publisher.catalog()
      const found = keptOf(catalog.mark).get(target)
      if (found === undefined) return undefined
      if (THOUGHTFUL.some((name) => header(name) !== undefined)) return undefined
      const ready = prepare(found, catalog, codingFor(header('accept-encoding')))
      if (ready === undefined) return undefined
      const { etag, whole, unmodified } = ready
      const ifNoneMatch = header('if-none-match')
      if (ifNoneMatch === etag) return unmodified
      const { etag: document, lastModified } = found.representation
      const validators = { etag, document, lastModified }
      const ifModifiedSince = header('if-modified-since')
      if (decide({ ifNoneMatch, ifModifiedSince }, validators) === 200) {
        // A client that takes deltas, and has an earlier version, may be sent one.
        const mayLack = ifNoneMatch !== undefined && header('a-im') !== undefined
        return mayLack ? undefined : whole
      }
      const headers = { ...unmodified.headers, ETag: notModifiedTag(ifNoneMatch, validators) }
      return { ...unmodified, headers }
    },
    keep(target, representation, catalog) {
      if (target.length > LONGEST_TARGET) return
      if (met.get(target) === undefined) met.set(target, true, 1)
      else if (catalog.mark === publisher.catalog().mark)
        keptOf(catalog.mark).set(
          target,
          { representation, prepared: new Map() },
          representation.length * 2,
        )
    },
  }
}
