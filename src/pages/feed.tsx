// The page of one feed: what it is about, its documents, its entries.
import type { FC } from 'hono/jsx'
import type { Entry } from '../domain/catalog.ts'
import type { Feed } from '../domain/feed.ts'
import type { Publication } from '../domain/publication.ts'
import { EntryList } from './entry-list.tsx'
import { discoverable, FeedLinks } from './feed-links.tsx'
import { Layout } from './layout.tsx'
import { textsFor } from './texts.ts'

interface FeedProps {
  readonly publication: Publication
  readonly feed: Feed
  readonly entries: readonly Entry[]
  /** The address of the document that this page is shown instead of. */
  readonly raw?: string
}

export const FeedPage: FC<FeedProps> = ({ publication, feed, entries, raw }) => {
  const texts = textsFor(publication.language)
  return (
    <Layout
      publication={publication}
      title={feed.title}
      description={feed.description}
      {...(feed.isPrivate ? {} : { canonical: feed.page })}
      feeds={discoverable(feed.title, feed.self, feed.formats)}
    >
      <h1>{feed.title}</h1>
      <p>{feed.description}</p>
      <p>
        {texts.feeds} <FeedLinks self={feed.self} name={feed.title} formats={feed.formats} />
      </p>
      <p>{texts.howTo}</p>
      {raw === undefined ? null : (
        <p>
          <a href={raw}>{texts.raw}</a>
        </p>
      )}
      <EntryList publication={publication} entries={entries} />
      <nav class="pages">
        {feed.pages.previous && (
          <a rel="prev" href={feed.pages.previous.html}>
            {texts.newer}
          </a>
        )}{' '}
        {feed.pages.next && (
          <a rel="next" href={feed.pages.next.html}>
            {texts.older}
          </a>
        )}
      </nav>
    </Layout>
  )
}
