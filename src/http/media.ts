// Files that articles show: served while one shows them, in whole, in part (RFC 9110 §14), or not again.
import { stat } from 'node:fs/promises'
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
 * Milliseconds in which nothing may be taken of a file. Players take it no faster than they play it, and of what the system
 * holds for them Node is told only when a third is gone: more than a megabyte, a minute and a half of speech.
 */
const PLAYED = 120_000

/**
 * Hono sends files, and parts of them; what it lacks is here.
 * @param folder the content folder.
 * @param fileAt the path below it of the file that stands at a URL, where an article shows it.
 * @param shownDate what `Last-Modified` may say of a moment: clocks of those who copy files there go ahead.
 */
export function mediaFile(
  folder: string,
  fileAt: (url: string) => string | undefined,
  shownDate: (moment: Instant) => Instant,
): MiddlewareHandler<{ Bindings: Environment }> {
  return async (c, next) => {
    const file = fileAt(c.req.url)
    if (file === undefined) return next()
    const found = await stat(path.join(folder, file)).catch(() => undefined)
    if (found?.isFile() !== true) return next()
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
    // By its path, since an address may be spelt with more encoded than Hono decodes.
    const answer = await serveStatic({ root: folder, path: file })(c, next)
    // Hono's is the file's own.
    answer?.headers.set('Last-Modified', date)
    // The enclosure in the feeds has the same type; Hono's own table is shorter.
    const type = mime.getType(file)
    if (answer?.ok === true && type !== null) answer.headers.set('Content-Type', type)
    return answer
  }
}

/** Whether what the client has a part of is what is there, known by any of its validators (RFC 9110 §13.1.5). */
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
