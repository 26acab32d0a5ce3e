// Who asks, as far as the network tells: for counting readers, never for an answer.
import type { Context } from 'hono'

/**
 * The network address of the client; empty where there is no socket.
 * @param proxies how many in front are the operator's: each adds the address it was asked from to the end of
 * `X-Forwarded-For`, and what stands before those anybody may have written.
 */
export function clientOf(c: Context, proxies: number): string {
  const peer: string = c.env?.incoming?.socket?.remoteAddress ?? ''
  if (proxies === 0) return peer
  const forwarded = c.req.header('x-forwarded-for')?.split(',') ?? []
  return forwarded.at(-proxies)?.trim().slice(0, LONGEST) || peer
}

/** Characters of an IPv6 address with a zone and a port, and some more. */
const LONGEST = 80
