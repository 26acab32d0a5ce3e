// The first page: the newest articles, and every feed there is to subscribe to.
import type { FC } from 'hono/jsx'
import { addressOf, addressOfNamed, OPML_FILE, urlsOf } from '../domain/address.ts'
import type { Catalog, Entry } from '../domain/catalog.ts'
import type { Scheme } from '../domain/category.ts'
import { namedFeedsName, schemeName } from '../domain/description.ts'
import { publicFeeds } from '../domain/directory.ts'
import { type Feed, nameOf } from '../domain/feed.ts'
import { EVERYTHING, withTerm } from '../domain/filter.ts'
import type { KnownTerm } from '../domain/term-index.ts'
import { EntryList } from './entry-list.tsx'
import { discoverable, FeedLinks } from './feed-links.tsx'
import { Layout } from './layout.tsx'
import { textsFor } from './texts.ts'

interface HomeProps {
  readonly catalog: Catalog
  readonly feed: Feed
  readonly entries: readonly Entry[]
}

export const HomePage: FC<HomeProps> = ({ catalog, feed, entries }) => {
  const { publication, terms } = catalog
  const texts = textsFor(publication.language)
  const byUse = (scheme: Scheme) => [...terms[scheme].values()].sort((a, b) => b.count - a.count)
  return (
    <Layout
      publication={publication}
      title={publication.title}
      description={publication.description}
      canonical={feed.page}
      feeds={discoverable(publication.title, feed.self)}
    >
      <h1>{publication.title}</h1>
      <p>{publication.description}</p>
      <section aria-labelledby="page-newest">
        <h2 id="page-newest">{texts.newest}</h2>
        <EntryList publication={publication} entries={entries} />
      </section>
      <section aria-labelledby="page-feeds">
        <h2 id="page-feeds">{texts.feeds}</h2>
        <p>{texts.howTo}</p>
        <p>
          {texts.everything} <FeedLinks self={feed.self} name={texts.everything} />
        </p>
        <p>
          <a href={publication.base + OPML_FILE}>{texts.opml}</a>
        </p>
        <NamedFeeds catalog={catalog} />
        <Terms
          catalog={catalog}
          heading={schemeName('sections', publication.language)}
          terms={[...terms.sections.values()]}
        />
        <Terms
          catalog={catalog}
          heading={schemeName('tags', publication.language)}
          terms={byUse('tags')}
        />
        <Terms
          catalog={catalog}
          heading={schemeName('authors', publication.language)}
          terms={byUse('authors')}
        />
      </section>
    </Layout>
  )
}

const NamedFeeds: FC<{ catalog: Catalog }> = ({ catalog }) => {
  const { publication } = catalog
  const feeds = publicFeeds(publication)
  return feeds.length === 0 ? null : (
    <>
      <h3>{namedFeedsName(publication.language)}</h3>
      <ul class="terms">
        {feeds.map((feed) => {
          const self = urlsOf(addressOfNamed(feed, 'html'), publication.base, publication.zone)
          const name = nameOf(catalog, feed)
          return (
            <li>
              <a href={self.html}>{name}</a>{' '}
              <FeedLinks self={self} name={name} formats={feed.formats} />
            </li>
          )
        })}
      </ul>
    </>
  )
}

/** The terms of a scheme with their feeds; a section stands below the one that holds it. */
const Terms: FC<{ catalog: Catalog; heading: string; terms: readonly KnownTerm[] }> = ({
  catalog: { publication },
  heading,
  terms,
}) => (
  <>
    <h3>{heading}</h3>
    <ul class="terms">
      {terms.map((term) => {
        const self = urlsOf(
          addressOf(withTerm(EVERYTHING, term.scheme, term.term), 'html'),
          publication.base,
          publication.zone,
        )
        return (
          <li
            class={
              term.scheme === 'sections'
                ? `depth-${Math.min(term.term.split('/').length, 6)}`
                : undefined
            }
          >
            <a href={self.html}>{term.label}</a> <small>{term.count}</small>{' '}
            <FeedLinks self={self} name={term.label} />
          </li>
        )
      })}
    </ul>
  </>
)
