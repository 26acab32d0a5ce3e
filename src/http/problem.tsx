// Problems in HTTP (RFC 9457): what is wrong with a request, as JSON or as a short page.
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Publication } from '../domain/publication.ts'
import { editionOf } from '../pages/edition.ts'
import { type Detail, ErrorPage, wordsOf } from '../pages/error.tsx'
import type { ProblemTitle } from '../pages/messages.ts'
import { prefersHtml } from './negotiation.ts'
import { editionFor, renderPage } from './page-answers.tsx'

export interface HttpProblem {
  readonly status: ContentfulStatusCode
  /** A short name of the kind of problem, always the same. */
  readonly title: ProblemTitle
  readonly detail: Detail
  /** The detail as programs are told it, in English, where the heading and the links of a page say a part of it. */
  readonly told?: (detail: string) => string
  /** Members beside those of RFC 9457 §3.1. */
  readonly more?: Readonly<Record<string, unknown>>
  /** Where the person may have wanted to go. */
  readonly links?: readonly { readonly title: string; readonly url: string }[]
}

export const NOT_FOUND: HttpProblem = {
  status: 404,
  title: 'Not found',
  detail: ['detail.nothing'],
}

/** Seconds for which caches may keep an answer, by status: a term that is unknown now may be used in a minute. */
const LIFETIMES: Readonly<Record<number, number>> = { 404: 60, 410: 3600 }

/** @param freshness seconds for which an answer given now is fresh, at most `most`. */
export function problem(
  c: Context,
  publication: Publication,
  problem: HttpProblem,
  freshness: (most: number) => number,
): Response {
  const { status, title, detail, told = (words) => words, more = {}, links = [] } = problem
  const lifetime = LIFETIMES[status]
  const caching = lifetime === undefined ? 'no-store' : `public, max-age=${freshness(lifetime)}`
  c.header('Cache-Control', caching)
  c.header('Vary', 'Accept, Accept-Language')
  if (prefersHtml(c.req.header('accept'))) {
    return renderPage(
      c,
      status,
      <ErrorPage
        edition={editionFor(c, publication)}
        status={status}
        title={title}
        detail={detail}
        links={links}
      />,
    )
  }
  const { words } = wordsOf(detail, editionOf(publication, 'en'))
  const members = { type: 'about:blank', title, status, detail: told(words), ...more }
  const body = `${JSON.stringify(members, undefined, 2)}\n`
  return c.body(body, status, {
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(body)),
  })
}
