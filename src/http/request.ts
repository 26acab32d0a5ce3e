// What is read of a request before any route is looked for.
import type { IncomingMessage } from 'node:http'

/** What Node's server passes along with a request. */
export interface Environment {
  readonly incoming?: Pick<IncomingMessage, 'headers'> & {
    readonly socket: {
      readonly remoteAddress?: string | undefined
      /** Sets the milliseconds in which a client may take nothing of an answer. */
      readonly setTimeout?: (milliseconds: number) => unknown
    }
  }
}

/** A header's value by its name in lower case. */
export type HeaderReader = (name: string) => string | undefined

/** What a ready answer needs to know of a request. */
export interface PlainRequest {
  readonly method: string | undefined
  /** Path and query as they came. */
  readonly target: string
  readonly header: HeaderReader
  readonly env: Environment | undefined
}

/** Reads headers as Node parsed them: to make a `Headers` of them costs as much as the rest of a ready answer. */
export function headersIn(request: Request, env: Environment | undefined): HeaderReader {
  const read = env?.incoming?.headers
  if (read === undefined) return (name) => request.headers.get(name) ?? undefined
  return (name) => read[name] as string | undefined
}

/** The path and query of a URL as they came. Scheme and host make no difference to an answer. */
export function targetOf(url: string): string {
  const start = url.indexOf('/', url.indexOf('//') + 2)
  return start < 0 ? '/' : url.slice(start)
}

/** Whether the client asks only for what is new (RFC 9110 §13). */
export function isConditional(header: HeaderReader): boolean {
  return header('if-none-match') !== undefined || header('if-modified-since') !== undefined
}

/** Characters: more than an IPv6 address with a zone and a port has. */
const LONGEST = 80

/**
 * The client's network address, used to count and to limit, never for what is answered. Empty where there is no socket.
 * @param proxies how many proxies in front are the operator's. Each appends the address that asked it to `X-Forwarded-For`;
 * what stands before these addresses anybody may have written.
 */
export function clientOf(
  header: HeaderReader,
  env: Environment | undefined,
  proxies: number,
): string {
  const peer = env?.incoming?.socket.remoteAddress ?? ''
  if (proxies === 0) return peer
  const forwarded = header('x-forwarded-for')?.split(',') ?? []
  return forwarded.at(-proxies)?.trim().slice(0, LONGEST) || peer
}
