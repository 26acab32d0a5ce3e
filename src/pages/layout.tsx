// What every page for people shares: the head with its autodiscovery links, the masthead, the foot.
import { raw } from 'hono/html'
import type { Child, FC } from 'hono/jsx'
import { BUILDER_FOLDER, FINDER_FOLDER, OPML_FILE } from '../domain/address.ts'
import type { Publication } from '../domain/publication.ts'
import { SCRIPT, STYLESHEET } from './assets.ts'
import type { Edition } from './edition.ts'
import type { FeedLink } from './feed-links.tsx'
import { inLanguage } from './in-language.ts'
import { Person } from './person.tsx'

export interface LayoutProps {
  readonly edition: Edition
  readonly title: string
  readonly description?: string
  /** The page's own address, where it has one. */
  readonly canonical?: string
  readonly feeds?: readonly FeedLink[]
  /** Whether it is the first page, which others lead home to. */
  readonly isHome?: boolean
  /** Whether search engines should leave it alone. */
  readonly unlisted?: boolean
  /** Open Graph and structured data. */
  readonly about?: Child
  readonly children?: Child
}

export const Layout: FC<LayoutProps> = ({
  edition,
  title,
  description,
  canonical,
  feeds = [],
  isHome = false,
  unlisted = false,
  about,
  children,
}) => {
  const { publication, say } = edition
  return (
    <html lang={edition.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title === publication.title ? title : `${title} · ${publication.title}`}</title>
        {description === undefined ? null : <meta name="description" content={description} />}
        {unlisted ? <meta name="robots" content="noindex" /> : null}
        {canonical === undefined ? null : <link rel="canonical" href={canonical} />}
        {feeds.map((feed) => (
          <link rel="alternate" type={feed.type} title={feed.title} href={feed.url} />
        ))}
        <link rel="icon" href={publication.icon ?? 'data:,'} />
        <link rel="stylesheet" href={pathTo(publication, STYLESHEET)} />
        {/* Before anything is shown: it changes times, which may take more or fewer lines. */}
        <script type="module" blocking="render" src={pathTo(publication, SCRIPT)} />
        {about}
      </head>
      <body>
        <a class="skip" href="#page-main">
          {say('skip')}
        </a>
        {isHome && !publication.answersQueries ? null : (
          <header class="masthead">
            {isHome ? null : (
              <a class="name" href={publication.base} {...inLanguage(publication.language)}>
                {publication.title}
              </a>
            )}
            {publication.answersQueries ? (
              <nav aria-label={say('nav')}>
                <a href={publication.base + FINDER_FOLDER}>{say('nav.find')}</a>
                <a href={publication.base + BUILDER_FOLDER}>{say('nav.build')}</a>
              </nav>
            ) : null}
          </header>
        )}
        <main id="page-main">{children}</main>
        <footer>
          {publication.rights.copyright === undefined ? null : (
            <p {...inLanguage(publication.language)}>{publication.rights.copyright}</p>
          )}
          {publication.contact === undefined ? null : (
            <p>
              <Person edition={edition} message="contact" {...publication.contact} />
            </p>
          )}
          <p>
            <a href={publication.base + OPML_FILE}>{say('opml')}</a>
          </p>
          <p>
            <span data-zone={publication.zone}>{say('zone', { zone: publication.zone })}</span>
          </p>
        </footer>
      </body>
    </html>
  )
}

/** The path of an address alone, for files and forms: they come from where the page was loaded, behind a proxy too. */
export function pathTo({ base }: Publication, path: string): string {
  return new URL(path, base).pathname
}

/** HTML that was cleaned when its article was read. */
export function cleaned(html: string) {
  return raw(html)
}
