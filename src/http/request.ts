// What is read of a request before any route is looked for.
import type { IncomingMessage } from 'node:http'

/** What Node's server hands on beside a request. */
export interface Environment {
  readonly incoming?: Pick<IncomingMessage, 'headers'> & {
    readonly socket: {
      readonly remoteAddress?: string | undefined
      /** Milliseconds in which nothing may be taken of an answer. */
      readonly setTimeout?: (milliseconds: number) => unknown
    }
  }
}

/** A header's value by its name in lower case. */
export type HeaderReader = (name: string) => string | undefined

/** All that a ready answer needs to know of a request. */
export interface PlainRequest {
  readonly method: string | undefined
  /** Path and query as they came. */
  readonly target: string
  readonly header: HeaderReader
  readonly env: Environment | undefined
}

/** Node has read the headers already; a `Headers` of them costs as much as the rest of a ready answer. */
export function headersIn(request: Request, env: Environment | undefined): HeaderReader {
  const read = env?.incoming?.headers
  if (read === undefined) return (name) => request.headers.get(name) ?? undefined
  return (name) => read[name] as string | undefined
}

/** Path and query as they came, which stand behind the scheme and the host: nothing else of a URL makes a difference. */
export function targetOf(url: string): string {
  const start = url.indexOf('/', url.indexOf('//') + 2)
  return start < 0 ? '/' : url.slice(start)
}

/** Whether the client asks for news only (RFC 9110 §13). */
export function isConditional(header: HeaderReader): boolean {
  return header('if-none-match') !== undefined || header('if-modified-since') !== undefined
}

/** Characters of an IPv6 address with a zone and a port, and some more. */
const LONGEST = 80

/**
 * The network address of the client, for counting and bounding, never for what is answered; empty where there is no
 * socket.
 * @param proxies how many in front are the operator's: each adds the address it was asked from to the end of
 * `X-Forwarded-For`, and what stands before those anybody may have written.
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
