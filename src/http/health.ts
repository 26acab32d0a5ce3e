// Whether the process lives, and whether it should be sent requests: for those who start and stop it.
import { targetOf } from './request.ts'

export interface Health {
  /** The answer, where the request asks for one of its addresses, which no feed has. */
  readonly answer: (request: Request) => Response | undefined
  /** The first catalog is open. */
  readonly ready: () => void
  /** The word to stop has come. */
  readonly draining: () => void
  /** The folder was read again; of what could not be read, what was published before is served on. */
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
      // That the event loop came to answer is all there is to tell.
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
