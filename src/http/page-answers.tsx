// Answers with pages: in the reader's language, made once, and validated and packed as feeds are.
import type { Context } from 'hono'
import type { Child } from 'hono/jsx'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Address } from '../domain/address.ts'
import type { Catalog } from '../domain/catalog.ts'
import type { Publication } from '../domain/publication.ts'
import { type Edition, editionOf, pageLanguage } from '../pages/edition.ts'
import { cacheByMark, provenCache } from '../publishing/bounded-cache.ts'
import type { Publisher } from '../publishing/publisher.ts'
import { type Representation, representFile } from '../publishing/representation.ts'
import { readWeights } from './negotiation.ts'
import { type Answering, NAVIGATION, respond } from './respond.ts'

/** Bytes of pages kept ready. */
const CACHE_BYTES = 16 * 1024 * 1024
const LONGEST_HEADER = 200

/** A page loads our own stylesheet and script, and pictures and sound from anywhere. Nothing inside it runs. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  'img-src * data:',
  'media-src *',
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** What a page is made of, and how long that holds. */
export interface PageToShow {
  /** Its canonical URL. */
  readonly self: string
  readonly render: (edition: Edition) => Child
  /** The catalog that it shows. When it is rendered there may be a newer one. */
  readonly catalog: Catalog
  /** A feed that it will compose, whose search has to be settled before. */
  readonly feed?: Address
  /** Whether it may be kept: not if it shows a window that slides with the clock. */
  readonly isKept: boolean
  /** Whether it is given to browsers at the address of a document. */
  readonly isInstead?: boolean
}

export interface PageAnswers {
  readonly answer: (c: Context, page: PageToShow) => Promise<Response>
  /** Whether a page lies ready, so that answering with it costs nothing. */
  readonly isReady: (c: Context, page: PageToShow) => boolean
}

export function pageAnswers(
  publisher: Publisher,
  answering: (catalog: Catalog) => Answering,
): PageAnswers {
  const keptOf = cacheByMark(() => provenCache<Representation>(CACHE_BYTES))
  // A page may be of a catalog that is no more, where a search was waited for: it must not end what is kept of the current one.
  const cacheFor = ({ isKept, catalog: { mark } }: PageToShow) =>
    isKept && mark === publisher.catalog().mark ? keptOf(mark) : undefined
  // At a document's address the page may differ from that at its own: for the feed of everything, that is the home page.
  const keyOf = (c: Context, { self, catalog, isInstead = false }: PageToShow) =>
    `${editionFor(c, catalog.publication).language} ${isInstead} ${self}`

  function representationOf(c: Context, page: PageToShow): Representation {
    const { catalog } = page
    const key = keyOf(c, page)
    const kept = cacheFor(page)
    const known = kept?.get(key)
    if (known !== undefined) return known
    const body = Buffer.from(documentOf(page.render(editionFor(c, catalog.publication))))
    // A kept page shows only what is in the catalog. One that isn't kept changes at no known date.
    const changed = page.isKept ? publisher.dateOf(catalog) : Infinity
    const representation = representFile(body, HTML, page.self, changed)
    kept?.set(key, representation, body.length * 2)
    return representation
  }

  return {
    isReady: (c, page) => cacheFor(page)?.get(keyOf(c, page)) !== undefined,
    async answer(c, page) {
      const answer = await respond(c, representationOf(c, page), answering(page.catalog))
      const { headers } = answer
      headers.set('Content-Security-Policy', POLICY)
      headers.set('Referrer-Policy', 'strict-origin-when-cross-origin')
      headers.set('Vary', 'Accept-Encoding, Accept-Language')
      if (page.isInstead === true) {
        // Some shared caches ignore Vary, and would hand the page to feed readers.
        headers.set('Cache-Control', 'private, no-cache')
        headers.set('Vary', `Accept, Accept-Encoding, Accept-Language, ${NAVIGATION}`)
      }
      return answer
    },
  }
}

const HTML = 'text/html; charset=utf-8'

/** An answer with a page that is made for it alone. */
export function renderPage(c: Context, status: ContentfulStatusCode, page: Child): Response {
  c.header('Content-Security-Policy', POLICY)
  return c.html(documentOf(page), status) as Response
}

function documentOf(page: Child): string {
  return `<!DOCTYPE html>\n${String(page)}`
}

/** The publication in the language that the reader's browser asks for. */
export function editionFor(c: Context, publication: Publication): Edition {
  const header = c.req.header('accept-language') ?? ''
  const wanted = header.length > LONGEST_HEADER ? new Map() : readWeights(header)
  return editionOf(publication, pageLanguage(publication.language, wanted))
}
