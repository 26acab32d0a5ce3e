// What every page for people shares: the head with its autodiscovery links, the masthead, the foot.
import type { Context } from 'hono'
import { raw } from 'hono/html'
import type { Child, FC } from 'hono/jsx'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Publication } from '../domain/publication.ts'
import { textsFor } from './texts.ts'

/** A feed to discover: its documents, most wanted first. */
export interface FeedLink {
  readonly title: string
  readonly type: string
  readonly url: string
}

export interface LayoutProps {
  readonly publication: Publication
  readonly title: string
  readonly language?: string
  readonly description?: string
  /** The page's own address, where it has one. */
  readonly canonical?: string
  readonly feeds?: readonly FeedLink[]
  readonly children?: Child
}

export const STYLESHEET = 'assets/style.css'

export const Layout: FC<LayoutProps> = ({
  publication,
  title,
  language,
  description,
  canonical,
  feeds = [],
  children,
}) => {
  const texts = textsFor(publication.language)
  return (
    <html lang={language ?? publication.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title === publication.title ? title : `${title} · ${publication.title}`}</title>
        {description === undefined ? null : <meta name="description" content={description} />}
        {canonical === undefined ? null : <link rel="canonical" href={canonical} />}
        {feeds.map((feed) => (
          <link rel="alternate" type={feed.type} title={feed.title} href={feed.url} />
        ))}
        {publication.icon === undefined ? null : <link rel="icon" href={publication.icon} />}
        <link rel="stylesheet" href={publication.base + STYLESHEET} />
      </head>
      <body>
        <header class="masthead">
          <a href={publication.base}>{publication.title}</a>
        </header>
        <main>{children}</main>
        <footer>
          {publication.rights.copyright === undefined ? null : (
            <p>{publication.rights.copyright}</p>
          )}
          {publication.contact === undefined ? null : (
            <p>
              {texts.contact}{' '}
              <a href={`mailto:${publication.contact.email}`}>
                {publication.contact.name ?? publication.contact.email}
              </a>
            </p>
          )}
        </footer>
      </body>
    </html>
  )
}

/** A page as an answer. It loads nothing but the stylesheet and pictures, and runs no script. */
export function renderPage(c: Context, status: ContentfulStatusCode, page: Child): Response {
  c.header(
    'Content-Security-Policy',
    "default-src 'none'; style-src 'self'; img-src * data:; media-src *; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  )
  const html = `<!DOCTYPE html>\n${String(page)}`
  return c.html(html, status, { 'Content-Length': String(Buffer.byteLength(html)) }) as Response
}

/** HTML that was cleaned when its article was read. */
export function cleaned(html: string) {
  return raw(html)
}
