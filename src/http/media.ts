// Files that articles show, served whole, in part (RFC 9110 §14) or not again (304), as long as an article shows them.
import { open, stat } from 'node:fs/promises'
import path from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import type { Context, MiddlewareHandler } from 'hono'
import mime from 'mime'
import type { Instant } from '../domain/article.ts'
import { conditionsIn, decide } from './conditional.ts'
import { writeHttpDate } from './http-date.ts'
import type { Environment } from './request.ts'

/** The one unit there is; of several parts the whole is sent (RFC 9110 §14.2). */
const ONE_PART = /^bytes=(\d+-\d*|-\d+)$/

/**
 * Milliseconds in which a client may take nothing of a file. Players take it as fast as they play it, and the system tells Node
 * only after a third of what it holds for them is taken: more than a megabyte, which is a minute and a half of speech.
 */
const PLAYED = 120_000

/**
 * Sends a file through Hono, with the conditions, validators and types that Hono lacks.
 * @param folder the content folder.
 * @param fileAt the path below it of the file at a URL; nothing where no article shows it.
 * @param shownDate what `Last-Modified` may say of a moment: files may come from machines whose clocks are ahead.
 * @param failed told of a file that can't be read to its end.
 */
export function mediaFile(
  folder: string,
  fileAt: (url: string) => string | undefined,
  shownDate: (moment: Instant) => Instant,
  failed: (error: unknown, c: Context) => void,
): MiddlewareHandler<{ Bindings: Environment }> {
  return async (c, next) => {
    const file = fileAt(c.req.url)
    if (file === undefined) return next()
    const place = path.join(folder, file)
    const found = await stat(place).catch(() => undefined)
    if (found?.isFile() !== true) return next()
    // Where that fails, a client is told so, unless the headers were sent.
    await (await open(place)).close()
    // A file from an article is shown, never run: not as a page, not with a script.
    c.header(
      'Content-Security-Policy',
      "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'; sandbox",
    )
    c.header('Cache-Control', 'public, max-age=3600')
    c.header('Accept-Ranges', 'bytes')
    const etag = `"${found.size.toString(36)}-${Math.floor(found.mtimeMs).toString(36)}"`
    const shown = shownDate(found.mtimeMs)
    const date = writeHttpDate(shown)
    c.header('ETag', etag)
    c.header('Last-Modified', date)
    const conditions = conditionsIn((name) => c.req.header(name))
    const status = decide(conditions, { etag, document: etag, lastModified: found.mtimeMs })
    if (status !== 200) return c.body(null, status)
    if (!mayBePart(c, shown === found.mtimeMs ? [etag, date] : [etag])) askForWhole(c)
    c.env?.incoming?.socket.setTimeout?.(PLAYED)
    // By its path: Hono would not decode all that may be encoded in the address.
    const answer = await serveStatic({ root: folder, path: file })(c, next)
    // Hono set the file's own date.
    answer?.headers.set('Last-Modified', date)
    // The type of the enclosure in the feeds. Hono's own table is shorter.
    const type = mime.getType(file)
    if (answer?.ok === true && type !== null) answer.headers.set('Content-Type', type)
    if (answer?.body == null) return answer
    return new Response(
      untilFailure(answer.body, (error) => failed(error, c)),
      answer,
    )
  }
}

/**
 * The same bytes up to where they can't be read any further: an answer that is too short ends its connection. Told of a failure,
 * the bridge to Node would write its trace to standard error, wherever failures are to go.
 */
function untilFailure(
  bytes: ReadableStream<Uint8Array>,
  failed: (error: unknown) => void,
): ReadableStream<Uint8Array> {
  const reader = bytes.getReader()
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
    const { value } = await reader.read().catch((error: unknown) => {
      failed(error)
      return { value: undefined }
    })
    if (value === undefined) controller.close()
    else controller.enqueue(value)
  }
  return new ReadableStream(
    { pull, cancel: (reason) => reader.cancel(reason) },
    { highWaterMark: 0 },
  )
}

/** Whether a part may be sent: the client has nothing yet, or a part of this very file by its validators (RFC 9110 §13.1.5). */
function mayBePart(c: Context, validators: readonly string[]): boolean {
  const condition = c.req.header('if-range')
  return (
    ONE_PART.test(c.req.header('range') ?? '') &&
    (condition === undefined || validators.includes(condition))
  )
}

function askForWhole(c: Context): void {
  const headers = new Headers(c.req.raw.headers)
  headers.delete('range')
  c.req.raw = new Request(c.req.raw, { headers })
}
