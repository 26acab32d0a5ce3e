// A document as an answer: conditions, codings, deltas, and whether a person or a reader asks.
import type { Context } from 'hono'
import { RAW } from '../domain/address.ts'
import type { Publication } from '../domain/publication.ts'
import { CODINGS, coded, etagIn } from '../publishing/coding.ts'
import { deltaSince } from '../publishing/delta.ts'
import type { Representation } from '../publishing/representation.ts'
import { decide, tagsIn } from './conditional.ts'
import { tell } from './exchange.ts'
import { writeHttpDate } from './http-date.ts'
import { chooseCoding } from './negotiation.ts'
import { prefersHtml } from './problem.tsx'

/** Seconds for which a feed may be taken as fresh, and may be used while it is fetched anew or can't be. */
const FRESH = 300
const STALE = 'stale-while-revalidate=600, stale-if-error=86400'

/** The header that tells a browser's navigation from a reader's fetch. */
export const NAVIGATION = 'Sec-Fetch-Mode'

/** Whether a person is about to look at a feed in a browser, and didn't ask for the document itself. */
export function isNavigation(c: Context): boolean {
  const isAsked = c.req.query(RAW) !== undefined
  return c.req.header(NAVIGATION) === 'navigate' && prefersHtml(c.req.header('accept')) && !isAsked
}

interface Answering {
  /** Seconds for which an answer may be taken as fresh, at most `most`. */
  readonly freshness: (most: number) => number
  /** Who asks for deltas and can't read one isn't given any. */
  readonly delta: Publication['delta']
}

/** The answer with a document, as the request's conditions, codings and manipulations want it. */
export async function respond(
  c: Context,
  representation: Representation,
  { freshness, delta }: Answering,
): Promise<Response> {
  const { lastModified, mediaType, self, links } = representation
  const coding = chooseCoding(c.req.header('accept-encoding'), CODINGS)
  const etag = etagIn(representation, coding)
  const status = decide(
    {
      ifMatch: c.req.header('if-match'),
      ifNoneMatch: c.req.header('if-none-match'),
      ifModifiedSince: c.req.header('if-modified-since'),
      ifUnmodifiedSince: c.req.header('if-unmodified-since'),
    },
    { etag, document: representation.etag, lastModified },
  )
  const freshFor = freshness(FRESH)
  const told = { representation, coding, freshFor }
  const headers = new Headers({
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers': 'ETag, Last-Modified, Link',
    'Cache-Control': `public, max-age=${freshFor}, ${STALE}`,
    'Content-Location': self,
    ETag: etag,
    'Last-Modified': writeHttpDate(lastModified),
    Link: links.join(', '),
    Vary: `Accept-Encoding, ${NAVIGATION}`,
    'X-Content-Type-Options': 'nosniff',
  })
  if (status !== 200) {
    tell(c, { ...told, bytes: 0 })
    return new Response(null, { status, headers })
  }
  headers.set('Content-Type', mediaType)
  const lacking = wantsDelta(c, delta) ? deltaFor(c, representation) : undefined
  if (lacking !== undefined) {
    // RFC 3229 §10.5.3 and §10.8: only a cache that understands deltas may keep one.
    headers.set('IM', 'feed')
    headers.set('Delta-Base', `"${lacking.base}"`)
    headers.set('Cache-Control', 'no-store, im')
    headers.set('Vary', `Accept-Encoding, ${NAVIGATION}, A-IM, If-None-Match, User-Agent`)
    headers.set('Content-Length', String(lacking.body.length))
    headers.delete('Content-Location')
    tell(c, { ...told, coding: 'identity', bytes: lacking.body.length })
    return new Response(lacking.body, { status: 226, statusText: 'IM Used', headers })
  }
  const packed = await coded(representation, coding)
  headers.set('ETag', packed.etag)
  headers.set('Content-Length', String(packed.body.length))
  if (coding !== 'identity') headers.set('Content-Encoding', coding)
  tell(c, { ...told, bytes: c.req.method === 'HEAD' ? 0 : packed.body.length })
  return new Response(packed.body, { headers })
}

/** RFC 3229 §10.5.3: only a GET that names the manipulation, from a client that is known to cope. */
function wantsDelta(c: Context, { isOn, except }: Publication['delta']): boolean {
  const asked = c.req
    .header('a-im')
    ?.split(',')
    .some((member) => /^\s*feed\s*(;|$)/i.test(member))
  const agent = c.req.header('user-agent') ?? ''
  return (
    isOn &&
    asked === true &&
    c.req.method === 'GET' &&
    !except.some((start) => agent.startsWith(start))
  )
}

/** What the client lacks by the first of its tags that tells. */
function deltaFor(c: Context, representation: Representation) {
  for (const { opaque } of tagsIn(c.req.header('if-none-match') ?? '')) {
    const body = deltaSince(opaque, representation)
    if (body !== undefined) return { base: opaque, body }
  }
  return undefined
}
