// Ready answers: a document that is asked for again and again is sent as it lies there. Nothing is read, selected,
// rendered, packed, hashed or written for it, no route is looked for, and no Request or Response made (`npm run bench -- serving`).
import type { Catalog } from '../domain/catalog.ts'
import { boundedCache } from '../publishing/bounded-cache.ts'
import { CODINGS, type Coding, settled } from '../publishing/coding.ts'
import type { Publisher } from '../publishing/publisher.ts'
import type { Representation } from '../publishing/representation.ts'
import { decide, notModifiedTag } from './conditional.ts'
import type { Told } from './exchange.ts'
import { chooseCoding } from './negotiation.ts'
import type { HeaderReader } from './request.ts'
import { FRESH, headersOf, headersOfBody } from './respond.ts'

export interface ReadyAnswers {
  /** The answer to a GET, where it lies ready; nothing where it has to be found. */
  readonly answer: (target: string, header: HeaderReader) => ReadyAnswer | undefined
  /**
   * Keeps what a target leads to, as long as nothing changes; from the second time on, so that odd filters keep nothing.
   * @param catalog the current one before that was looked for: making it takes time, in which another may have come.
   */
  readonly keep: (target: string, representation: Representation, catalog: Catalog) => void
}

/** What a server writes as it is. */
export interface ReadyAnswer {
  readonly status: 200 | 304
  readonly headers: Record<string, string>
  readonly body: Uint8Array<ArrayBuffer> | null
  readonly told: Told
}

/** Bytes of documents that are kept in reach, most of which the publisher keeps as well. */
const MOST_BYTES = 64 * 1024 * 1024
/** Targets that were asked for once. */
const MOST_MET = 10_000
const LONGEST_TARGET = 500

interface Kept {
  readonly mark: Catalog['mark']
  readonly representation: Representation
  readonly prepared: Map<Coding, Prepared>
}

/** Both answers in a coding, written once. */
interface Prepared {
  readonly freshFor: number
  readonly shown: number
  readonly etag: string
  readonly whole: ReadyAnswer
  readonly unmodified: ReadyAnswer
}

/** Whoever says one of these is answered with more thought. */
const THOUGHTFUL = ['if-match', 'if-unmodified-since', 'sec-fetch-mode'] as const

export function readyAnswers(publisher: Publisher): ReadyAnswers {
  const kept = boundedCache<Kept>(MOST_BYTES)
  const met = boundedCache<true>(MOST_MET)
  const codings = new Map<string | undefined, Coding>()

  /** Readers of one kind say the same each time. */
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
      const found = kept.get(target)
      const catalog = publisher.catalog()
      if (found === undefined || found.mark !== catalog.mark) return undefined
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
        // Who asks for what is new alone, and has something, may be answered with that.
        const mayLack = ifNoneMatch !== undefined && header('a-im') !== undefined
        return mayLack ? undefined : whole
      }
      const headers = { ...unmodified.headers, ETag: notModifiedTag(ifNoneMatch, validators) }
      return { ...unmodified, headers }
    },
    keep(target, representation, catalog) {
      if (target.length > LONGEST_TARGET) return
      if (met.get(target) === undefined) met.set(target, true, 1)
      else
        kept.set(
          target,
          { mark: catalog.mark, representation, prepared: new Map() },
          representation.length * 2,
        )
    },
  }
}
