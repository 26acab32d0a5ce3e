// The application: which address is answered with what. It is a value to call, and listens to nothing by itself.
import { setTimeout } from 'node:timers/promises'
import { type Context, Hono } from 'hono'
import {
  BUILDER_FOLDER,
  FINDER_FOLDER,
  filtersOf,
  OPML_FILE,
  rawAddress,
} from '../domain/address.ts'
import type { Catalog } from '../domain/catalog.ts'
import { isRelative } from '../domain/filter.ts'
import { redact } from '../domain/redaction.ts'
import { readAssets } from '../pages/assets.ts'
import type { Publisher } from '../publishing/publisher.ts'
import { representFile } from '../publishing/representation.ts'
import { type Asked, ask, type Settle, segmentsOf } from './ask.ts'
import type { Budget } from './budget.ts'
import { confidential } from './confidential.ts'
import { idOf, type Observer, observed, observeReady, type Watch } from './exchange.ts'
import { mediaFile } from './media.ts'
import { pageAnswers } from './page-answers.tsx'
import { type FoundPage, pagesOf } from './pages.tsx'
import { type HttpProblem, NOT_FOUND, problem } from './problem.tsx'
import { type ReadyAnswer, readyAnswers } from './ready.ts'
import {
  type Environment,
  type HeaderReader,
  headersIn,
  isConditional,
  type PlainRequest,
  targetOf,
} from './request.ts'
import { isNavigation, isRaw, respond } from './respond.ts'

export interface AppSettings {
  readonly publisher: Publisher
  /** The content folder, whose files articles show. */
  readonly folder: string
  /** Told of each failure of ours, with the id that the answer names and what was asked for, without secrets. */
  readonly onFailure: (error: unknown, id: string, request: string) => void
  /** Told of each exchange. */
  readonly watch?: Watch
  /** Milliseconds that an answer may wait for a search before its client would be cut off. The search goes on. */
  readonly patience?: number
  /** Whether there is time now for what does not lie ready. */
  readonly admits?: () => boolean
  /** How many requests a client may make, where that is limited, and how clients are told apart. */
  readonly budget?: Budget & {
    readonly clientOf: (header: HeaderReader, env: Environment | undefined) => string
  }
}

export interface Application extends Hono<{ Bindings: Environment }> {
  /** What lies ready, for a server that writes it without making a Response. It counts as answered. */
  readonly answerReady: (asked: PlainRequest) => ReadyAnswer | undefined
}

const METHODS = 'GET, HEAD, OPTIONS'

export function createApp({
  publisher,
  folder,
  onFailure,
  watch: given,
  budget,
  patience,
  admits = () => true,
}: AppSettings): Application {
  const app = new Hono<{ Bindings: Environment }>()
  const ready = readyAnswers(publisher)
  const base = () => publisher.catalog().publication.base
  const watch = given && { ...given, observe: guarded(given.observe, onFailure) }
  const refuse = (c: Context, what: HttpProblem) => {
    const catalog = publisher.catalog()
    return problem(c, catalog.publication, what, (most) => publisher.freshness(most, catalog))
  }

  /** @returns the id under which the failure was told. */
  const failed = (error: unknown, c: Context) => {
    const id = idOf(c)
    onFailure(error, id, `${c.req.method} ${redact(c.req.url)}`)
    return id
  }

  /** @param catalog the one that was current before the answer was looked for: meanwhile another may have come. */
  const answering = (catalog: Catalog) => ({
    freshness: (most: number) => publisher.freshness(most, catalog),
    shownDate: publisher.shownDate,
    delta: catalog.publication.delta,
  })

  const settle: Settle = (address) => {
    const searching = publisher.settle(address)
    if (searching === undefined || patience === undefined) return searching
    return Promise.race([searching, setTimeout(patience, 'busy' as const, { ref: false })])
  }

  /** The file at a URL, if an article shows it. */
  const shownFile = (url: string) => {
    const file = segmentsOf(new URL(url).pathname)?.slice(1).join('/') ?? ''
    return publisher.catalog().files.has(file) ? file : undefined
  }

  const assets = readAssets()
  // Small files that browsers keep. The page that tells of a refusal is nothing without them.
  const isFree = (path: string) => assets.some((asset) => path === `/${asset.path}`)

  const pages = pagesOf(publisher)
  const answers = pageAnswers(publisher, answering)

  if (watch !== undefined) {
    app.use(observed(watch, base))
  }

  app.use(async (c, next) => {
    c.header('X-Content-Type-Options', 'nosniff')
    c.header('Access-Control-Allow-Origin', '*')
    c.header('Referrer-Policy', 'strict-origin-when-cross-origin')
    if (c.req.method === 'OPTIONS') return allowed(c)
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') {
      c.header('Allow', METHODS)
      return refuse(c, {
        status: 405,
        title: 'Method not allowed',
        detail: ['detail.methods', { methods: METHODS }],
      })
    }
    const seconds = isFree(c.req.path) ? 0 : waitOf(headersIn(c.req.raw, c.env), c.env)
    if (seconds > 0) {
      c.header('Retry-After', String(seconds))
      return refuse(c, {
        status: 429,
        title: 'Too many requests',
        detail: ['detail.budget', { seconds: String(seconds) }],
      })
    }
    return next()
  })

  for (const { path, mediaType, body, changed } of assets) {
    const self = new URL(path, publisher.catalog().publication.base).href
    const file = representFile(body, mediaType, self, changed)
    app.get(`/${path}`, (c) => respond(c, file, answering(publisher.catalog())))
  }

  const moved = (c: Context, to: string) => {
    c.header('Cache-Control', 'public, max-age=3600')
    return c.redirect(to, 301)
  }
  /** A page, to which also leads its address with a slash at the end where it has none, or without where it has one. */
  const page = (path: string, find: (url: string) => FoundPage) => {
    const endsInSlash = path.endsWith('/')
    app.get(path, (c) => showPage(c, find(c.req.url)))
    app.get(endsInSlash ? path.slice(0, -1) : `${path}/`, (c) => {
      const { pathname, search } = new URL(c.req.url)
      const mended = endsInSlash ? `${pathname}/` : pathname.slice(0, -1)
      return moved(c, base() + mended.slice(1) + search)
    })
  }
  page('/articles/:slug', pages.article)
  page(`/${FINDER_FOLDER}`, pages.finder)
  page(`/${BUILDER_FOLDER}`, pages.builder)

  app.get('/media/*', mediaFile(folder, shownFile, publisher.shownDate, failed), (c) =>
    refuse(c, NOT_FOUND),
  )

  app.get(`/${OPML_FILE}`, (c) => {
    const catalog = publisher.catalog()
    return respond(c, publisher.opml(), answering(catalog))
  })

  // Feeds are made for robots, and pages lead to them.
  app.get('/robots.txt', (c) => c.text('User-agent: *\nAllow: /\n'))

  app.get('*', async (c) => {
    const { asked, isPrivate } = await ask(c.req.url, publisher, settle)
    // Set already here for the page of an error, whose links lead elsewhere.
    if (isPrivate) c.header('Referrer-Policy', 'no-referrer')
    const answer = await show(c, asked, isPrivate)
    return isPrivate ? confidential(answer) : answer
  })

  /** At random moments, so that not everybody comes again at the same one. */
  function shed(c: Context): Response {
    c.header('Retry-After', String(1 + Math.floor(Math.random() * 10)))
    return refuse(c, {
      status: 503,
      title: 'Too much to do',
      detail: ['detail.busy'],
    })
  }

  function show(
    c: Context,
    asked: Asked | undefined,
    isPrivate: boolean,
  ): Response | Promise<Response> {
    switch (asked?.kind) {
      case undefined:
        return refuse(c, NOT_FOUND)
      case 'problem':
        return refuse(c, asked.problem)
      case 'busy':
        return shed(c)
      case 'moved':
        return moved(c, isRaw(c) ? rawAddress(asked.to) : asked.to)
      case 'feed':
        if (!isNavigation(c)) {
          if (!publisher.isReady(asked.address) && !admits()) return shed(c)
          const catalog = publisher.catalog()
          const representation = publisher.represent(asked.address)
          if (!isPrivate && !filtersOf(asked.address).some(isRelative))
            ready.keep(targetOf(c.req.url), representation, catalog)
          return respond(c, representation, answering(catalog))
        }
        return showPage(c, pages.feed(asked.address))
      case 'page':
        return showPage(c, pages.feed(asked.address))
    }
  }

  async function showPage(c: Context, found: FoundPage): Promise<Response> {
    if ('problem' in found) return refuse(c, found.problem)
    if ('to' in found) return c.redirect(found.to, 302)
    if (found.feed !== undefined && (await settle(found.feed)) === 'busy') return shed(c)
    return answers.isReady(c, found) || admits() ? answers.answer(c, found) : shed(c)
  }

  app.notFound((c) => refuse(c, NOT_FOUND))
  app.onError((error, c) => {
    const id = failed(error, c)
    return refuse(c, {
      status: 500,
      title: 'Internal error',
      detail: ['detail.fault', { id }],
      more: { instance: `urn:uuid:${id}` },
    })
  })
  const { fetch } = app
  app.fetch = (request, env, context) => {
    const { method, url } = request
    const asked = { method, target: targetOf(url), header: headersIn(request, env), env }
    const found = answerReady(asked)
    return found === undefined ? fetch(request, env, context) : new Response(found.body, found)
  }

  function answerReady(asked: PlainRequest): ReadyAnswer | undefined {
    if (asked.method !== 'GET') return undefined
    const begun = performance.now()
    const found = ready.answer(asked.target, asked.header)
    // A client that has to wait is told so by the route.
    if (found === undefined || waitOf(asked.header, asked.env) > 0) return undefined
    if (watch !== undefined) observeReady(watch, base(), asked, begun, found)
    return found
  }

  /** Seconds. */
  function waitOf(header: HeaderReader, env: Environment | undefined): number {
    return budget?.spend(budget.clientOf(header, env), isConditional(header)) ?? 0
  }
  return Object.assign(app, { answerReady })
}

/** An observer whose failures reach no client. */
function guarded(observe: Observer, onFailure: AppSettings['onFailure']): Observer {
  return (exchange) => {
    try {
      observe(exchange)
    } catch (error) {
      onFailure(error, exchange.id(), `${exchange.method} ${exchange.target()}`)
    }
  }
}

/** The answer to OPTIONS: feeds are public, and a page of any origin may read them, conditionally too. */
function allowed(c: Context): Response {
  return c.body(null, 204, {
    Allow: METHODS,
    'Access-Control-Allow-Methods': METHODS,
    'Access-Control-Allow-Headers': 'If-None-Match, If-Modified-Since, A-IM',
    'Access-Control-Max-Age': '86400',
  })
}
