// Looking for terms: the search box, and the page with what was found.
import type { FC } from 'hono/jsx'
import { addressOf, FINDER_FOLDER, urlsOf } from '../domain/address.ts'
import type { Catalog } from '../domain/catalog.ts'
import { labelOf, schemeName } from '../domain/description.ts'
import { EVERYTHING } from '../domain/filter.ts'
import { termsInUse } from '../domain/term-index.ts'
import { queryWords } from '../domain/words.ts'
import type { Edition } from './edition.ts'
import { discoverEverything } from './feed-links.tsx'
import {
  FOUND_SCHEMES,
  finderAddress,
  findTerms,
  type Search,
  TERMS_ON_A_PAGE,
} from './find-terms.ts'
import { Layout, pathTo } from './layout.tsx'
import { SectionTree, TermList } from './term-lists.tsx'

export const Finder: FC<{ edition: Edition; query?: string }> = ({ edition, query = '' }) => (
  <search>
    <form class="finder" action={pathTo(edition.publication, FINDER_FOLDER)}>
      <label for="page-find">{edition.say('find')}</label>
      <input
        id="page-find"
        type="search"
        name="q"
        value={query}
        maxlength={100}
        autocomplete="off"
      />
      <button type="submit">{edition.say('find.go')}</button>
    </form>
  </search>
)

/** Terms of a scheme that is shown beside others. */
const SOME = 40

interface FinderPageProps {
  readonly edition: Edition
  readonly catalog: Catalog
  readonly search: Search
}

export const FinderPage: FC<FinderPageProps> = ({ edition, catalog, search }) => {
  const { publication, language, say } = edition
  const { query, page } = search
  const schemes = FOUND_SCHEMES.filter((scheme) => scheme === (search.scheme ?? scheme))
  const most = search.scheme === undefined ? SOME : TERMS_ON_A_PAGE
  const from = search.scheme === undefined ? 0 : (page - 1) * TERMS_ON_A_PAGE
  const found = schemes
    .map((scheme) => ({ scheme, terms: findTerms(catalog, scheme, query) }))
    .filter(({ terms }) => terms.length > from)
  return (
    <Layout
      edition={edition}
      title={query === '' ? say('find.title') : say('find.found', { query })}
      {...(query === '' ? { canonical: finderAddress(publication, search) } : {})}
      unlisted={query !== ''}
      feeds={discoverEverything(publication)}
    >
      <header class="head">
        <h1>{query === '' ? say('find.title') : say('find.found', { query })}</h1>
        <Finder edition={edition} query={query} />
      </header>
      {found.length === 0 ? (
        <p class="empty">{query === '' ? say('articles.none') : say('find.none', { query })}</p>
      ) : null}
      {found.map(({ scheme, terms }) => (
        <section class="found" aria-labelledby={`page-${scheme}`}>
          <h2 id={`page-${scheme}`}>{schemeName(scheme, language)}</h2>
          {scheme === 'sections' && query === '' && terms.length <= most ? (
            <SectionTree edition={edition} sections={termsInUse(catalog, 'sections')} />
          ) : (
            <TermList
              edition={edition}
              terms={terms.slice(from, from + most)}
              nameOf={({ term }) => labelOf(catalog, scheme, term)}
            />
          )}
          <nav class="pages" aria-label={schemeName(scheme, language)}>
            {search.scheme !== undefined || terms.length <= most ? null : (
              <a href={finderAddress(publication, { query, scheme })}>
                {say(`${scheme}.all`, { count: terms.length })}
              </a>
            )}
            {search.scheme === undefined || page === 1 ? null : (
              <a rel="prev" href={finderAddress(publication, { ...search, page: page - 1 })}>
                {say('terms.before')}
              </a>
            )}
            {search.scheme === undefined || terms.length <= from + most ? null : (
              <a rel="next" href={finderAddress(publication, { ...search, page: page + 1 })}>
                {say('terms.after')}
              </a>
            )}
          </nav>
        </section>
      ))}
      {query === '' ? null : <Words edition={edition} query={query} />}
    </Layout>
  )
}

/** What was meant may be no term, but what articles are about. */
const Words: FC<{ edition: Edition; query: string }> = ({ edition, query }) => {
  const { publication, say } = edition
  const words = queryWords(query)
  if (words.length === 0) return null
  const { html } = urlsOf(
    addressOf({ ...EVERYTHING, words }, 'html'),
    publication.base,
    publication.zone,
  )
  return (
    <p>
      <a href={html}>{say('find.words', { query })}</a>
    </p>
  )
}
