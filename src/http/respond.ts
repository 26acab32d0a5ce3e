// Answers with a document: conditions, codings and deltas, and whether a person or a feed reader asks.
import type { Context } from 'hono'
import { RAW } from '../domain/address.ts'
import type { Instant } from '../domain/article.ts'
import type { Publication } from '../domain/publication.ts'
import { CODINGS, type Coded, type Coding, coded, etagIn, packed } from '../publishing/coding.ts'
import { deltaSince } from '../publishing/delta.ts'
import type { Representation } from '../publishing/representation.ts'
import { conditionsIn, decide, notModifiedTag, tagsIn } from './conditional.ts'
import { tell } from './exchange.ts'
import { writeHttpDate } from './http-date.ts'
import { chooseCoding, prefersHtml, readWeights } from './negotiation.ts'

/** Seconds for which a feed is fresh; then those for which it may be used while it is fetched again, or can't be. */
export const FRESH = 300
const STALE = 'stale-while-revalidate=600, stale-if-error=86400'

/** Bytes from which a delta is packed. Fewer fit into one packet anyway. */
const WORTH_PACKING = 1_200

/** The header that tells a browser's navigation from a feed reader's fetch. */
export const NAVIGATION = 'Sec-Fetch-Mode'

/** Whether the document itself is asked for, even in a browser. */
export function isRaw(c: Context): boolean {
  return c.req.query(RAW) !== undefined
}

/** Whether somebody opens a feed in a browser without asking for the document itself. */
export function isNavigation(c: Context): boolean {
  return c.req.header(NAVIGATION) === 'navigate' && prefersHtml(c.req.header('accept')) && !isRaw(c)
}

export interface Answering {
  /** Seconds for which an answer may be taken as fresh, at most `most`. */
  readonly freshness: (most: number) => number
  /** What `Last-Modified` may say of a moment. */
  readonly shownDate: (moment: Instant) => Instant
  /** Whether deltas are sent, and the clients that ask for them but can't read them. */
  readonly delta: Publication['delta']
}

/** The answer with a document, as the request's conditions, codings and manipulations want it. */
export async function respond(
  c: Context,
  representation: Representation,
  { freshness, shownDate, delta }: Answering,
): Promise<Response> {
  const { lastModified, mediaType } = representation
  const coding = chooseCoding(c.req.header('accept-encoding'), CODINGS)
  const conditions = conditionsIn((name) => c.req.header(name))
  const validators = {
    etag: etagIn(representation, coding),
    document: representation.etag,
    lastModified,
  }
  const status = decide(conditions, validators)
  const etag = status === 304 ? notModifiedTag(conditions.ifNoneMatch, validators) : validators.etag
  const freshFor = freshness(FRESH)
  const headers = headersOf(representation, etag, freshFor, shownDate(lastModified))
  const told = { representation, coding, freshFor }
  if (status !== 200) {
    tell(c, { bytes: 0, ...told })
    return new Response(null, { status, headers })
  }
  const lacking = wantsDelta(c, delta) ? deltaFor(c, representation) : undefined
  if (lacking !== undefined) {
    const { packedIn, body } = await packedDelta(lacking.body, coding)
    tell(c, { bytes: body.length, ...told, coding: packedIn })
    return deltaAnswer({ coding: packedIn, body, etag }, lacking.base, headers, mediaType)
  }
  const whole = await coded(representation, coding)
  tell(c, { bytes: c.req.method === 'HEAD' ? 0 : whole.body.length, ...told })
  return new Response(whole.body, { headers: { ...headers, ...headersOfBody(whole, mediaType) } })
}

/** The headers of every answer about a document, with or without a body (RFC 9110 §15.4.5). */
export function headersOf(
  { self, links }: Representation,
  etag: string,
  freshFor: number,
  lastModified: Instant,
): Record<string, string> {
  return {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers': 'ETag, Last-Modified, Link',
    'Cache-Control': `public, max-age=${freshFor}, ${STALE}`,
    'Content-Location': self,
    ETag: etag,
    'Last-Modified': writeHttpDate(lastModified),
    ...(links.length === 0 ? {} : { Link: links.join(', ') }),
    Vary: `Accept-Encoding, ${NAVIGATION}`,
    'X-Content-Type-Options': 'nosniff',
  }
}

/** The headers of an answer with a body. */
export function headersOfBody({ coding, body, etag }: Coded, mediaType: string) {
  return {
    'Content-Type': mediaType,
    ETag: etag,
    'Content-Length': String(body.length),
    ...(coding === 'identity' ? {} : { 'Content-Encoding': coding }),
  }
}

async function packedDelta(plain: Uint8Array<ArrayBuffer>, coding: Coding) {
  const packedIn = plain.length < WORTH_PACKING ? 'identity' : coding
  return { packedIn, body: await packed(plain, packedIn) }
}

function deltaAnswer(
  delta: Coded,
  base: string,
  { 'Content-Location': _, ...headers }: Record<string, string>,
  mediaType: string,
): Response {
  return new Response(delta.body, {
    status: 226,
    headers: {
      ...headers,
      ...headersOfBody(delta, mediaType),
      // RFC 3229 §10.5.3 and §10.8: only a cache that understands deltas may keep one.
      IM: 'feed',
      'Delta-Base': `"${base}"`,
      'Cache-Control': 'no-store, im',
      Vary: `Accept-Encoding, ${NAVIGATION}, A-IM, If-None-Match, User-Agent`,
    },
  })
}

/** RFC 3229 §10.5.3: only a GET that names the manipulation, from a client that is known to cope. */
function wantsDelta(c: Context, { isOn, except }: Publication['delta']): boolean {
  const asked = readWeights(c.req.header('a-im') ?? '').get('feed') ?? 0
  const agent = c.req.header('user-agent') ?? ''
  return (
    isOn && asked > 0 && c.req.method === 'GET' && !except.some((start) => agent.startsWith(start))
  )
}

/** The entries that the client lacks, by the first of its tags that tells what it has. */
function deltaFor(c: Context, representation: Representation) {
  for (const { opaque } of tagsIn(c.req.header('if-none-match') ?? '')) {
    const body = deltaSince(opaque, representation)
    if (body !== undefined) return { base: opaque, body }
  }
  return undefined
}
