// An exchange: what was asked and what it was answered with, for those who count and log. No answer depends on it.
import type { Context, MiddlewareHandler } from 'hono'
import type { Instant } from '../domain/article.ts'
import { redact } from '../domain/redaction.ts'
import type { Coding } from '../publishing/coding.ts'
import type { Representation } from '../publishing/representation.ts'
import {
  clientOf,
  type Environment,
  type HeaderReader,
  headersIn,
  isConditional,
  type PlainRequest,
  targetOf,
} from './request.ts'
import { type Subject, subjectOf, subjectOfTarget } from './subject.ts'

export interface Exchange {
  /** A UUID; the answer to a failure names it. */
  readonly id: () => string
  /** When the request was there, in milliseconds since 1970. */
  readonly at: Instant
  /** Milliseconds until the answer was ready to be sent. */
  readonly took: number
  readonly method: string
  /** Path and query as they came, without the secrets of private feeds. */
  readonly target: () => string
  readonly subject: Subject
  readonly status: number
  readonly coding: Coding
  /** Bytes of the body that was sent; nothing where that wasn't known beforehand. */
  readonly bytes: number | undefined
  /** Bytes of the whole document without a coding; nothing where the address has no document. */
  readonly full: number | undefined
  /** Seconds for which a document was said to be fresh. */
  readonly freshFor: number
  /** `User-Agent`, at most `LONGEST_AGENT` characters of it; empty where there was none. */
  readonly agent: string
  readonly isConditional: boolean
  /** The client's network address: for telling clients apart, never to be written down as it is. */
  readonly client: string
}

/** Takes note of an exchange. It must be quick, since the answer waits for it. */
export type Observer = (exchange: Exchange) => void

/** What the responder alone knows of an answer. */
export interface Told {
  readonly representation: Representation
  readonly coding: Coding
  readonly bytes: number
  readonly freshFor: number
}

const LONGEST_AGENT = 300
const TOLD = 'told'
const ID = 'id'

/** Says what a document was answered with. */
export function tell(c: Context, told: Told): void {
  c.set(TOLD, told)
}

/** The id of the exchange under way. */
export function idOf(c: Context): string {
  const id: string = c.get(ID) ?? crypto.randomUUID()
  c.set(ID, id)
  return id
}

export interface Watch {
  readonly observe: Observer
  readonly clock: () => Instant
  /** Proxies in front, each of which adds to `X-Forwarded-For`. */
  readonly proxies: number
}

/**
 * Tells of an exchange that was answered before any route was looked for.
 * @param begun by `performance.now()`.
 */
export function observeReady(
  { observe, clock, proxies }: Watch,
  base: string,
  { target, header, env }: PlainRequest,
  begun: number,
  { status, told }: { readonly status: number; readonly told: Told },
): void {
  const { representation, coding, bytes, freshFor } = told
  // Written out: to spread parts into it takes half as long as all the rest (`npm run bench`).
  observe({
    id: () => crypto.randomUUID(),
    at: clock(),
    took: performance.now() - begun,
    method: 'GET',
    target: () => redact(target),
    subject: subjectOf(representation, base),
    status,
    coding,
    bytes,
    full: representation.length,
    freshFor,
    agent: agentIn(header),
    isConditional: isConditional(header),
    client: clientOf(header, env, proxies),
  })
}

/** Tells of each exchange once its answer is ready. */
export function observed(
  { observe, clock, proxies }: Watch,
  base: () => string,
): MiddlewareHandler<{ Bindings: Environment; Variables: { [TOLD]?: Told } }> {
  return async (c, next) => {
    const at = clock()
    const begun = performance.now()
    await next()
    const told: Told | undefined = c.get(TOLD)
    const { method, url, raw } = c.req
    const { status } = c.res
    const target = () => redact(targetOf(url))
    observe({
      id: () => idOf(c),
      at,
      took: performance.now() - begun,
      method,
      target,
      status,
      ...(told === undefined
        ? { ...NO_DOCUMENT, subject: subjectOfTarget(target(), status), bytes: lengthOf(c, method) }
        : ofDocument(told, base())),
      ...ofClient(headersIn(raw, c.env), c.env, proxies),
    })
  }
}

const NO_DOCUMENT = { coding: 'identity', full: undefined, freshFor: 0 } as const

function ofDocument({ representation, coding, bytes, freshFor }: Told, base: string) {
  const subject = subjectOf(representation, base)
  return { subject, coding, bytes, full: representation.length, freshFor }
}

function ofClient(header: HeaderReader, env: Environment | undefined, proxies: number) {
  return {
    agent: agentIn(header),
    isConditional: isConditional(header),
    client: clientOf(header, env, proxies),
  }
}

function agentIn(header: HeaderReader): string {
  return header('user-agent')?.slice(0, LONGEST_AGENT) ?? ''
}

function lengthOf(c: Context, method: string): number | undefined {
  if (method === 'HEAD') return 0
  // Not `c.res.body`: to look at it makes a whole Response of what the bridge to Node would send as it is.
  const length = c.res.headers.get('content-length')
  return length === null ? undefined : Number(length)
}
