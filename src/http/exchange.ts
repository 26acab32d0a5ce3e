// An exchange: what was asked and what it was answered with, for those who count and log. No answer depends on it.
import type { Context, MiddlewareHandler } from 'hono'
import type { Instant } from '../domain/article.ts'
import { redact } from '../domain/redaction.ts'
import type { Coding } from '../publishing/coding.ts'
import type { Representation } from '../publishing/representation.ts'
import { clientOf } from './client.ts'
import { type Subject, subjectOf, subjectOfTarget } from './subject.ts'

export interface Exchange {
  /** A UUID; the answer to a failure names it. */
  readonly id: () => string
  /** When the request was there, in milliseconds since 1970. */
  readonly at: Instant
  /** Milliseconds until the answer was ready to be sent. */
  readonly took: number
  readonly method: string
  /** Path and query as they came, the secrets of private feeds left out. */
  readonly target: () => string
  readonly subject: Subject
  readonly status: number
  readonly coding: Coding
  /** Bytes of the body that was sent; nothing where they weren't known beforehand. */
  readonly bytes: number | undefined
  /** Bytes of the whole document without a coding; nothing where no document stands at the address. */
  readonly full: number | undefined
  /** Seconds for which a document was said to be fresh. */
  readonly freshFor: number
  /** `User-Agent`, at most `LONGEST_AGENT` characters of it; empty where there was none. */
  readonly agent: string
  readonly isConditional: boolean
  /** The client's network address: for telling clients apart, never to be written down as it is. */
  readonly client: string
}

/** Takes note of an exchange; it must be quick, since an answer waits for it. */
export type Observer = (exchange: Exchange) => void

/** What the responder alone knows of an answer. */
interface Told {
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

interface Watch {
  readonly observe: Observer
  readonly clock: () => Instant
  /** The base URL that addresses are below. */
  readonly base: () => string
  /** Proxies in front, each of which adds to `X-Forwarded-For`. */
  readonly proxies: number
}

/** Tells of each exchange once its answer is ready. */
export function observed({ observe, clock, base, proxies }: Watch): MiddlewareHandler {
  return async (c, next) => {
    const at = clock()
    const begun = performance.now()
    await next()
    const told: Told | undefined = c.get(TOLD)
    const { method } = c.req
    const { status } = c.res
    observe({
      id: () => idOf(c),
      at,
      took: performance.now() - begun,
      method,
      target: () => targetOf(c),
      subject:
        told === undefined
          ? subjectOfTarget(targetOf(c), status)
          : subjectOf(told.representation, base()),
      status,
      coding: told?.coding ?? 'identity',
      bytes: told?.bytes ?? lengthOf(c, method),
      full: told?.representation.body.length,
      freshFor: told?.freshFor ?? 0,
      agent: c.req.header('user-agent')?.slice(0, LONGEST_AGENT) ?? '',
      isConditional:
        c.req.header('if-none-match') !== undefined ||
        c.req.header('if-modified-since') !== undefined,
      client: clientOf(c, proxies),
    })
  }
}

/** The path and query of a request, which stand behind the scheme and the host. */
function targetOf({ req }: Context): string {
  const { url } = req
  const start = url.indexOf('/', url.indexOf('//') + 2)
  return start < 0 ? '/' : redact(url.slice(start))
}

function lengthOf(c: Context, method: string): number | undefined {
  if (method === 'HEAD') return 0
  // Not `c.res.body`: to look at it makes a whole Response of what the bridge to Node would send as it is.
  const length = c.res.headers.get('content-length')
  return length === null ? undefined : Number(length)
}
