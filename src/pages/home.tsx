// The first page: the newest articles, and every feed there is to subscribe to.
import type { FC } from 'hono/jsx'
import { addressOf, addressOfNamed, BUILDER_FOLDER, urlsOf } from '../domain/address.ts'
import type { Catalog } from '../domain/catalog.ts'
import { schemeName } from '../domain/description.ts'
import { publicFeeds } from '../domain/directory.ts'
import type { Entry } from '../domain/entries.ts'
import { type Feed, nameOf } from '../domain/feed.ts'
import { EVERYTHING } from '../domain/filter.ts'
import { termsInUse } from '../domain/term-index.ts'
import type { Edition } from './edition.ts'
import { EntryList } from './entry-list.tsx'
import { discoverable } from './feed-links.tsx'
import { finderAddress } from './find-terms.ts'
import { Finder } from './finder.tsx'
import { inLanguage } from './in-language.ts'
import { Layout } from './layout.tsx'
import { byUse, ListedFeed, SectionTree, TermList } from './term-lists.tsx'

interface HomeProps {
  readonly edition: Edition
  readonly catalog: Catalog
  readonly feed: Feed
  readonly entries: readonly Entry[]
}

/** Terms of a scheme that are shown here; the others are a link away. */
const MOST_SHOWN = { sections: 80, tags: 48, authors: 24 } as const
const NEWEST = 12

export const HomePage: FC<HomeProps> = ({ edition, catalog, feed, entries }) => {
  const { publication, language, say } = edition
  const named = publicFeeds(publication)
  const older = { ...addressOf(EVERYTHING, 'html'), limit: NEWEST, page: 2 }
  return (
    <Layout
      edition={edition}
      title={publication.title}
      description={publication.description}
      canonical={feed.page}
      isHome
      feeds={discoverable(publication.title, feed.self, feed.formats)}
      about={
        <>
          <meta property="og:type" content="website" />
          <meta property="og:title" content={publication.title} />
          <meta property="og:description" content={publication.description} />
          <meta property="og:url" content={publication.base} />
          {publication.logo === undefined ? null : (
            <meta property="og:image" content={publication.logo} />
          )}
        </>
      }
    >
      <header class="head">
        <h1 {...inLanguage(publication.language)}>{publication.title}</h1>
        <p class="about" {...inLanguage(publication.language)}>
          {publication.description}
        </p>
        {publication.answersQueries ? <Finder edition={edition} /> : null}
      </header>
      <div class="columns">
        <section class="newest" aria-labelledby="page-newest">
          <h2 id="page-newest">{say('newest')}</h2>
          <EntryList edition={edition} entries={entries.slice(0, NEWEST)} extent="summary" />
          {publication.answersQueries && entries.length > NEWEST ? (
            <nav class="pages" aria-label={say('pages')}>
              <a rel="next" href={urlsOf(older, publication.base, publication.zone).html}>
                {say('older')}
              </a>
            </nav>
          ) : null}
        </section>
        <section class="feeds" aria-labelledby="page-feeds">
          <h2 id="page-feeds">{say('feeds')}</h2>
          <p>{say('feed.why')}</p>
          {publication.answersQueries ? (
            <p>
              {say('build.why')} <a href={publication.base + BUILDER_FOLDER}>{say('nav.build')}</a>
            </p>
          ) : null}
          <ul class="terms">
            <li>
              <ListedFeed
                edition={edition}
                address={addressOf(EVERYTHING, 'html')}
                name={say('everything')}
                language={language}
                count={catalog.entries.length}
              />
            </li>
          </ul>
          {named.length === 0 ? null : (
            <>
              <h3>{say('feeds.named')}</h3>
              <ul class="terms">
                {named.map((one) => (
                  <li>
                    <ListedFeed
                      edition={edition}
                      address={addressOfNamed(one, 'html')}
                      name={nameOf(catalog, one)}
                    />
                  </li>
                ))}
              </ul>
            </>
          )}
          <Terms edition={edition} catalog={catalog} scheme="sections" />
          <Terms edition={edition} catalog={catalog} scheme="tags" />
          <Terms edition={edition} catalog={catalog} scheme="authors" />
        </section>
      </div>
    </Layout>
  )
}

interface TermsProps {
  readonly edition: Edition
  readonly catalog: Catalog
  readonly scheme: keyof typeof MOST_SHOWN
}

const Terms: FC<TermsProps> = ({ edition, catalog, scheme }) => {
  const terms = termsInUse(catalog, scheme)
  const isTree = scheme === 'sections' && terms.length <= MOST_SHOWN.sections
  const most = catalog.publication.answersQueries ? MOST_SHOWN[scheme] : terms.length
  if (terms.length === 0) return null
  return (
    <>
      <h3>{schemeName(scheme, edition.language)}</h3>
      {isTree ? (
        <SectionTree edition={edition} sections={terms} />
      ) : (
        <TermList edition={edition} terms={byUse(terms).slice(0, most)} />
      )}
      {terms.length <= most ? null : (
        <p>
          <a href={finderAddress(edition.publication, { scheme })}>
            {edition.say(`${scheme}.all`, { count: terms.length })}
          </a>
        </p>
      )}
    </>
  )
}
