// Feeds over HTTP: a URL to an address, an address to a document, a document to a conditional answer.
import type { Context } from 'hono'
import {
  type Address,
  addressOf,
  FEED_FORMATS,
  type FeedFormat,
  RAW,
  readAddress,
} from '../domain/address.ts'
import { EVERYTHING, withTerm } from '../domain/filter.ts'
import { MalformedParameter } from '../domain/filter-parameters.ts'
import { CODINGS, coded, etagIn } from '../publishing/coding.ts'
import { deltaSince } from '../publishing/delta.ts'
import type { Finding, Publisher } from '../publishing/publisher.ts'
import type { Representation } from '../publishing/representation.ts'
import { decide, tagsIn } from './conditional.ts'
import { writeHttpDate } from './http-date.ts'
import { chooseCoding } from './negotiation.ts'
import { type HttpProblem, prefersHtml } from './problem.tsx'

/** Seconds for which a feed may be taken as fresh, and may be used while it is fetched anew or can't be. */
const FRESH = 300
const STALE = 'stale-while-revalidate=600, stale-if-error=86400'

/** What a URL asks for: a feed or its page, an answer that leads elsewhere, a problem; nothing where it is no feed's. */
export type Asked =
  | { readonly kind: 'feed'; readonly address: Address & { readonly format: FeedFormat } }
  | { readonly kind: 'page'; readonly address: Address }
  | { readonly kind: 'moved'; readonly to: string }
  | { readonly kind: 'problem'; readonly problem: HttpProblem }

export function ask(url: string, publisher: Publisher): Asked | undefined {
  const { pathname, searchParams } = new URL(url)
  const path = segmentsOf(pathname)
  if (path === undefined) {
    return {
      kind: 'problem',
      problem: {
        status: 400,
        title: 'Malformed address',
        detail: 'The path is not percent-encoded UTF-8.',
      },
    }
  }
  const { publication } = publisher.catalog()
  try {
    const read = readAddress(path, [...searchParams], publication.zone)
    if (read === undefined) return undefined
    return asked(publisher.find(read.address), read.respelled, publisher)
  } catch (error) {
    if (!(error instanceof MalformedParameter)) throw error
    const { parameter, message: detail } = error
    return {
      kind: 'problem',
      problem: { status: 400, title: 'Malformed parameter', detail, more: { parameter } },
    }
  }
}

function asked(finding: Finding, respelled: boolean, publisher: Publisher): Asked {
  switch (finding.kind) {
    case 'moved':
      return finding
    case 'gone':
      return {
        kind: 'problem',
        problem: {
          status: 410,
          title: 'Retired',
          detail: `“${finding.term}” is no more: ${finding.reason}`,
          more: { term: finding.term },
        },
      }
    case 'beyond':
      return {
        kind: 'problem',
        problem: {
          status: 404,
          title: 'No such page',
          detail: 'The feed has fewer pages.',
          links: [{ title: finding.last, url: finding.last }],
          more: { last: finding.last },
        },
      }
    case 'unknown':
      return { kind: 'problem', problem: unknownTerm(finding, publisher) }
    case 'found': {
      const { address } = finding
      if (respelled) return { kind: 'moved', to: publisher.urls(address)[address.format] }
      return isDocument(address) ? { kind: 'feed', address } : { kind: 'page', address }
    }
  }
}

function isDocument(address: Address): address is Address & { format: FeedFormat } {
  return (FEED_FORMATS as readonly string[]).includes(address.format)
}

function unknownTerm(
  { term, nearest }: Finding & { kind: 'unknown' },
  publisher: Publisher,
): HttpProblem {
  const names = nearest.map(({ label }) => `“${label}”`).join(', ')
  const links = nearest.map((known) => ({
    title: known.label,
    url: publisher.urls(addressOf(withTerm(EVERYTHING, known.scheme, known.term), 'html')).html,
  }))
  return {
    status: 404,
    title: 'Unknown term',
    detail: `Nothing was ever published under “${term}”.${names === '' ? '' : ` The nearest are ${names}.`}`,
    more: { term, nearest: nearest.map(({ scheme, term, label }) => ({ scheme, term, label })) },
    links,
  }
}

/** Who asks for deltas and can't read one isn't given any. */
export interface DeltaSettings {
  readonly isOn: boolean
  /** How their User-Agent begins. */
  readonly except: readonly string[]
}

export interface Answering {
  /** Seconds for which an answer may be taken as fresh, at most `most`. */
  readonly freshness: (most: number) => number
  readonly delta: DeltaSettings
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
  const headers = new Headers({
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers': 'ETag, Last-Modified, Link',
    'Cache-Control': `public, max-age=${freshness(FRESH)}, ${STALE}`,
    'Content-Location': self,
    ETag: etag,
    'Last-Modified': writeHttpDate(lastModified),
    Link: links.join(', '),
    Vary: `Accept-Encoding, ${NAVIGATION}`,
    'X-Content-Type-Options': 'nosniff',
  })
  if (status !== 200) return new Response(null, { status, headers })
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
    return new Response(lacking.body, { status: 226, statusText: 'IM Used', headers })
  }
  const packed = await coded(representation, coding)
  headers.set('ETag', packed.etag)
  headers.set('Content-Length', String(packed.body.length))
  if (coding !== 'identity') headers.set('Content-Encoding', coding)
  return new Response(packed.body, { headers })
}

/** RFC 3229 §10.5.3: only a GET that names the manipulation, from a client that is known to cope. */
function wantsDelta(c: Context, { isOn, except }: DeltaSettings): boolean {
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

/** The header that tells a browser's navigation from a reader's fetch. */
export const NAVIGATION = 'Sec-Fetch-Mode'

/** Whether a person is about to look at a feed in a browser, and didn't ask for the document itself. */
export function isNavigation(c: Context): boolean {
  const isAsked = c.req.query(RAW) !== undefined
  return c.req.header(NAVIGATION) === 'navigate' && prefersHtml(c.req.header('accept')) && !isAsked
}

/** A path's segments, decoded one by one, so that an encoded slash stays inside its segment. */
export function segmentsOf(pathname: string): string[] | undefined {
  try {
    return pathname.slice(1).split('/').map(decodeURIComponent)
  } catch {
    return undefined
  }
}
