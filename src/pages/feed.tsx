// The page of one feed: what it is about, how to subscribe to it, its entries.
import type { FC } from 'hono/jsx'
import { type Address, rawAddress } from '../domain/address.ts'
import type { Catalog } from '../domain/catalog.ts'
import type { Entry } from '../domain/entries.ts'
import { type Feed, subjectOf } from '../domain/feed.ts'
import { builderAddress } from './builder-state.ts'
import type { Edition } from './edition.ts'
import { EntryList } from './entry-list.tsx'
import { discoverWithEverything, FORMAT_NAMES } from './feed-links.tsx'
import { inLanguage } from './in-language.ts'
import { Layout } from './layout.tsx'
import { Subscribe } from './subscribe.tsx'
import { Time } from './time.tsx'

interface FeedProps {
  readonly edition: Edition
  readonly catalog: Catalog
  readonly address: Address
  readonly feed: Feed
  readonly entries: readonly Entry[]
  /** Entries on all its pages. */
  readonly count: number
}

export const FeedPage: FC<FeedProps> = ({ edition, catalog, address, feed, entries, count }) => {
  const { publication, language, say } = edition
  const title = subjectOf(catalog, address) || publication.title
  return (
    <Layout
      edition={edition}
      title={title}
      description={feed.description}
      {...(feed.isPrivate ? {} : { canonical: feed.page })}
      unlisted={feed.isPrivate}
      feeds={discoverWithEverything(feed, publication)}
    >
      <header class="head">
        <h1 {...inLanguage(publication.language)}>{title}</h1>
        <p class="about" {...inLanguage(publication.language)}>
          {feed.description}
        </p>
        <p class="byline">
          <span>{say('articles.count', { count })}</span>
          {feed.updated === 0 ? null : (
            <Time edition={edition} instant={feed.updated} message="updated" />
          )}
        </p>
        {feed.isPrivate ? <p class="warning">{say('private')}</p> : null}
      </header>
      <Subscribe edition={edition} feed={feed} />
      <p class="aside">
        {say('show.document')}{' '}
        {feed.formats.map((format) => (
          <a
            href={rawAddress(feed.self[format])}
            aria-label={`${say('show.document')}: ${FORMAT_NAMES[format]}`}
          >
            {FORMAT_NAMES[format]}
          </a>
        ))}
        {address.named !== undefined || !publication.answersQueries ? null : (
          <a href={builderAddress(address, publication)}>{say('build.from')}</a>
        )}
      </p>
      <section aria-labelledby="page-entries">
        <h2 id="page-entries">{say('newest')}</h2>
        <EntryList edition={edition} entries={entries} extent={address.content} />
      </section>
      {feed.pages.first === undefined ? null : (
        <nav class="pages" aria-label={say('pages')} {...inLanguage(language)}>
          {feed.pages.previous && (
            <a rel="prev" href={feed.pages.previous.html}>
              {say('newer')}
            </a>
          )}
          {feed.pages.next && (
            <a rel="next" href={feed.pages.next.html}>
              {say('older')}
            </a>
          )}
        </nav>
      )}
    </Layout>
  )
}
