// Liveness and readiness: whether the process runs, and whether it should be sent requests.
import { targetOf } from './request.ts'

export interface Health {
  /** The answer to a request for one of its two addresses; nothing for any other. */
  readonly answer: (request: Request) => Response | undefined
  /** Says that the first catalog is served. */
  readonly ready: () => void
  /** Says that the process was told to stop. */
  readonly draining: () => void
  /** Says that the folder was read again. Where a part could not be read, what it published before is still served. */
  readonly reloaded: (isWhole: boolean) => void
}

export const LIVENESS = '/livez'
export const READINESS = '/readyz'

/** @param clock milliseconds since 1970. */
export function createHealth(clock: () => number): Health {
  let state: 'loading' | 'ready' | 'draining' = 'loading'
  let reload: { readonly at: string; readonly failed: boolean } | undefined
  return {
    answer({ method, url }) {
      if (method !== 'GET' && method !== 'HEAD') return undefined
      const target = targetOf(url)
      // The event loop got to answer: there is no more to tell.
      if (target === LIVENESS) return answerOf(200, { live: true }, method)
      if (target !== READINESS) return undefined
      return answerOf(state === 'ready' ? 200 : 503, { state, reload }, method)
    },
    ready: () => {
      state = 'ready'
    },
    draining: () => {
      state = 'draining'
    },
    reloaded: (isWhole) => {
      reload = { at: new Date(clock()).toISOString(), failed: !isWhole }
    },
  }
}

function answerOf(status: 200 | 503, body: object, method: string): Response {
  return new Response(method === 'HEAD' ? null : `${JSON.stringify(body)}\n`, {
    status,
    headers: {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  })
}
