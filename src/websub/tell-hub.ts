// Tells a hub that a topic changed, by one POST, whose time and memory are bounded whatever answers.
import { type IncomingMessage, request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import { checkLiteral, publicLookup } from './public-address.ts'

export type Outcome =
  | { readonly isTold: true }
  | {
      readonly isTold: false
      /** The reason, in words for people. */
      readonly why: string
      /** Whether the hub itself failed, so that it would fail for other topics too. */
      readonly isOfHub: boolean
      /** Milliseconds that the hub asks to wait. */
      readonly wait?: number
    }

export type TellHub = (hub: string, topic: string, signal: AbortSignal) => Promise<Outcome>

/** Milliseconds for name, connection, redirects and answer together. */
const DEADLINE = 10_000
/** Bytes of an answer that are read: enough for a sentence on what is wrong. */
const MOST_BYTES = 4096
const MOST_REDIRECTS = 3
/** Characters of the hub's own words that are shown. */
const MOST_WORDS = 200

interface Answer {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly text: string
}

/**
 * A function that tells hubs. It sends `hub.mode=publish` and one `hub.url`, as in PubSubHubbub 0.3 §7.1, which hubs still
 * expect; WebSub leaves this request open (§6). Some take several `hub.url`, but would give one answer for all.
 * @param allowsPrivate whether hubs may be on private networks.
 * @param deadline milliseconds.
 */
export function hubTeller({
  allowsPrivate,
  deadline = DEADLINE,
  clock = Date.now,
}: {
  allowsPrivate: boolean
  deadline?: number
  clock?: () => number
}): TellHub {
  return async (hub, topic, signal) => {
    const body = new URLSearchParams({ 'hub.mode': 'publish', 'hub.url': topic }).toString()
    // Not AbortSignal.any: Node 20 may collect its parts before they fire.
    const within = new AbortController()
    const cut = () => within.abort()
    const timer = setTimeout(cut, deadline)
    signal.addEventListener('abort', cut)
    try {
      const answer = await post(new URL(hub), body, allowsPrivate, within.signal, MOST_REDIRECTS)
      return judge(answer, clock())
    } catch (error) {
      const why = within.signal.aborted
        ? `no answer within ${deadline / 1000} seconds`
        : (error as Error).message || String((error as NodeJS.ErrnoException).code)
      return { isTold: false, why, isOfHub: true }
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', cut)
    }
  }
}

/** Posts, and posts again where a redirect keeps the method (307 and 308, RFC 9110 §15.4.8, §15.4.9). */
async function post(
  url: URL,
  body: string,
  allowsPrivate: boolean,
  signal: AbortSignal,
  redirects: number,
): Promise<Answer> {
  const answer = await postOnce(url, body, allowsPrivate, signal)
  const { location } = answer.headers
  if (![307, 308].includes(answer.status) || location === undefined) return answer
  if (redirects === 0) throw new Error(`more than ${MOST_REDIRECTS} redirects`)
  return post(new URL(location, url), body, allowsPrivate, signal, redirects - 1)
}

function postOnce(
  url: URL,
  body: string,
  allowsPrivate: boolean,
  signal: AbortSignal,
): Promise<Answer> {
  if (!['http:', 'https:'].includes(url.protocol))
    throw new Error(`${url.protocol} is no way to a hub`)
  if (!allowsPrivate) checkLiteral(url)
  const request = url.protocol === 'https:' ? secureRequest : plainRequest
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded',
        'Content-Length': Buffer.byteLength(body),
        'User-Agent': 'Gazette',
      },
      signal,
      // A connection for this request alone, which ends with the answer.
      agent: false,
      ...(allowsPrivate ? {} : { lookup: publicLookup() }),
    })
    sent.on('error', reject)
    // Where a hub switches protocols (101), Node emits neither a response nor an error.
    sent.on('close', () => reject(new Error('closes the connection without an answer')))
    // Once resolved, a later error can't replace the status.
    sent.on('response', (response) => resolve(answerOf(response)))
    sent.end(body)
  })
}

/** The answer, also where its body never comes: the status counts. */
async function answerOf(response: IncomingMessage): Promise<Answer> {
  const text = await beginning(response)
  return { status: response.statusCode ?? 0, headers: response.headers, text }
}

/** The first bytes of an answer. The rest is dropped with its connection. */
async function beginning(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk)
      size += chunk.length
      if (size >= MOST_BYTES) break
    }
  } catch {
    // Cut off by the hub or by the deadline.
  }
  return Buffer.concat(chunks).toString()
}

function judge({ status, headers, text }: Answer, now: number): Outcome {
  if (status >= 200 && status < 300) return { isTold: true }
  if (status >= 300 && status < 400) {
    const to = headers.location === undefined ? '' : ` to ${headers.location}`
    const why = `${status}: redirects${to}, which would lose what is posted`
    return { isTold: false, why, isOfHub: true }
  }
  const words = text.replace(/\s+/g, ' ').trim().slice(0, MOST_WORDS)
  const wait = readRetryAfter(headers['retry-after'], now)
  return {
    isTold: false,
    why: words === '' ? `${status}` : `${status}: ${words}`,
    isOfHub: status >= 500 || status === 408 || status === 429,
    ...(wait === undefined ? {} : { wait }),
  }
}

/** Milliseconds (RFC 9110 §10.2.3); less than none where the moment is past. */
function readRetryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined
  const wait = /^\d{1,9}$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now
  return Number.isNaN(wait) ? undefined : wait
}
