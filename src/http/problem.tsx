// Problems in HTTP (RFC 9457): one table of what can go wrong with a request, as JSON or as a short page.
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Publication } from '../domain/publication.ts'
import { ErrorPage } from '../pages/error.tsx'
import { renderPage } from '../pages/layout.tsx'

export interface HttpProblem {
  readonly status: ContentfulStatusCode
  /** A short name of the kind of problem, the same each time. */
  readonly title: string
  /** What is wrong this time, and what would be right. */
  readonly detail: string
  /** Members beside those of RFC 9457 §3.1. */
  readonly more?: Readonly<Record<string, unknown>>
  /** Where the person may have wanted to go. */
  readonly links?: readonly { readonly title: string; readonly url: string }[]
}

/** Seconds for which caches may keep an answer; a term that is unknown now may be used in a minute. */
const LIFETIMES: Readonly<Record<number, string>> = {
  404: 'public, max-age=60',
  410: 'public, max-age=3600',
}

export function problem(c: Context, publication: Publication, problem: HttpProblem): Response {
  const { status, title, detail, more = {}, links = [] } = problem
  c.header('Cache-Control', LIFETIMES[status] ?? 'no-store')
  c.header('Vary', 'Accept')
  if (prefersHtml(c.req.header('accept'))) {
    return renderPage(
      c,
      status,
      <ErrorPage
        publication={publication}
        status={status}
        title={title}
        detail={detail}
        links={links}
      />,
    )
  }
  const body = `${JSON.stringify({ type: 'about:blank', title, status, detail, ...more }, undefined, 2)}\n`
  return c.body(body, status, {
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(body)),
  })
}

/** Whether the client names HTML itself, as browsers do and feed readers don't. */
export function prefersHtml(accept = ''): boolean {
  return accept
    .split(',')
    .some(
      (range) =>
        /^\s*(text\/html|application\/xhtml\+xml)\s*(;|$)/i.test(range) &&
        !/;\s*q=0(\.0*)?\s*(;|$)/i.test(range),
    )
}
