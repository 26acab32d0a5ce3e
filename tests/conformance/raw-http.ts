// HTTP as bytes on a socket, so that no client library hides, adds or mends anything.
import { connect } from 'node:net'
import { setTimeout } from 'node:timers/promises'

export interface RawAnswer {
  readonly status: number
  readonly version: string
  /** In the order in which they came. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** The value of a header, those of several joined; nothing where there is none. */
  readonly get: (name: string) => string | undefined
  /** As it came but for its chunks. */
  readonly body: Buffer
}

/** The answers to requests written at once on one connection; the last of them should ask to close it. */
export async function exchange(address: string, ...requests: string[]): Promise<RawAnswer[]> {
  const bytes = await converse(address, requests.join(''))
  const answers: RawAnswer[] = []
  let rest = bytes
  for (const request of requests) {
    let answer: RawAnswer
    do {
      ;[answer, rest] = readAnswer(rest, request.startsWith('HEAD '))
    } while (answer.status < 200)
    answers.push(answer)
    if (rest.length === 0) break
  }
  if (rest.length > 0) throw new Error(`${rest.length} bytes behind the last answer`)
  return answers
}

/** How often a request is made of a server that has too much to do, on a machine that others use. */
const ATTEMPTS = 20

/** The answer to one request, whose headers are given as lines; a 503 is heeded as readers do. */
export async function ask(
  address: string,
  target: string,
  lines: readonly string[] = [],
  method = 'GET',
): Promise<RawAnswer> {
  const request = requestOf(target, [...lines, 'Connection: close'], method)
  for (let attempt = 1; ; attempt++) {
    const [answer] = await exchange(address, request)
    if (answer === undefined) throw new Error('no answer')
    if (answer.status !== 503 || attempt === ATTEMPTS) return answer
    await setTimeout(Number(answer.get('retry-after')) * 1_000)
  }
}

export function requestOf(target: string, lines: readonly string[], method = 'GET'): string {
  const host = lines.some((line) => /^host:/i.test(line)) ? [] : ['Host: localhost']
  return `${[`${method} ${target} HTTP/1.1`, ...host, ...lines].join('\r\n')}\r\n\r\n`
}

/** Writes, and reads until the other side ends. */
export function converse(address: string, text: string): Promise<Buffer> {
  const { hostname, port } = new URL(address)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(text, 'latin1'))
    const parts: Buffer[] = []
    socket.setTimeout(20_000, () => socket.destroy(new Error('nothing more came')))
    socket.on('data', (part) => parts.push(part))
    socket.on('error', reject)
    socket.on('close', () => resolve(Buffer.concat(parts)))
  })
}

function readAnswer(bytes: Buffer, isHead: boolean): [answer: RawAnswer, rest: Buffer] {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) throw new Error(`no head in ${JSON.stringify(bytes.toString('latin1'))}`)
  const [start = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n')
  const [, version = '', status] = /^HTTP\/(1\.[01]) (\d{3}) [ -~]*$/.exec(start) ?? []
  if (status === undefined) throw new Error(`no status line: ${start}`)
  const headers = lines.map((line): [string, string] => {
    const [, name = '', value = ''] = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*(.*?)[ \t]*$/.exec(line) ?? []
    if (name === '') throw new Error(`no header: ${line}`)
    return [name.toLowerCase(), value]
  })
  const get = (wanted: string) => {
    const found = headers.filter(([name]) => name === wanted.toLowerCase())
    return found.length === 0 ? undefined : found.map(([, value]) => value).join(', ')
  }
  const hasBody = !isHead && ![204, 304].includes(Number(status)) && Number(status) >= 200
  const [body, rest] = hasBody
    ? readBody(bytes.subarray(end + 4), get)
    : [Buffer.alloc(0), bytes.subarray(end + 4)]
  return [{ status: Number(status), version, headers, get, body }, rest]
}

function readBody(
  bytes: Buffer,
  get: (name: string) => string | undefined,
): [body: Buffer, rest: Buffer] {
  const length = get('content-length')
  if (get('transfer-encoding') === 'chunked') return readChunks(bytes)
  if (length === undefined) return [bytes, Buffer.alloc(0)]
  if (!/^\d+$/.test(length) || bytes.length < Number(length)) throw new Error('a body cut short')
  return [bytes.subarray(0, Number(length)), bytes.subarray(Number(length))]
}

function readChunks(bytes: Buffer): [body: Buffer, rest: Buffer] {
  const parts: Buffer[] = []
  for (let at = 0; ; ) {
    const end = bytes.indexOf('\r\n', at)
    const size = Number.parseInt(bytes.toString('latin1', at, end), 16)
    if (end < 0 || Number.isNaN(size)) throw new Error('a chunk without its size')
    if (size === 0) return [Buffer.concat(parts), bytes.subarray(end + 4)]
    parts.push(bytes.subarray(end + 2, end + 2 + size))
    at = end + 2 + size + 2
  }
}
