// Which page an address has: that of a feed, of an article, of a search for terms, or the feed builder.
import { type Address, filtersOf, inFormat, TEXT, textAddress } from '../domain/address.ts'
import type { Article } from '../domain/article.ts'
import type { Catalog } from '../domain/catalog.ts'
import type { Entry } from '../domain/entries.ts'
import { isRelative } from '../domain/filter.ts'
import type { Parameters } from '../domain/filter-parameters.ts'
import { ArticlePage } from '../pages/article.tsx'
import { BuilderPage } from '../pages/builder.tsx'
import { printBuilder, readBuilder } from '../pages/builder-state.ts'
import { FeedPage } from '../pages/feed.tsx'
import { finderAddress, hasPage, readSearch } from '../pages/find-terms.ts'
import { FinderPage } from '../pages/finder.tsx'
import { HomePage } from '../pages/home.tsx'
import type { Publisher } from '../publishing/publisher.ts'
import { malformed, problemOf, segmentsOf } from './ask.ts'
import type { PageToShow } from './page-answers.tsx'
import { type HttpProblem, NOT_FOUND } from './problem.tsx'

/** A page, the address where it is instead, or why there is none. */
export type FoundPage = PageToShow | { readonly to: string } | { readonly problem: HttpProblem }

export interface Pages {
  /** @param address of a page, or of a document that is opened in a browser. */
  readonly feed: (address: Address) => FoundPage
  readonly article: (url: string) => FoundPage
  readonly finder: (url: string) => FoundPage
  readonly builder: (url: string) => FoundPage
}

export function pagesOf(publisher: Publisher): Pages {
  return {
    feed(address) {
      const catalog = publisher.catalog()
      const page = inFormat(address, 'html')
      const self = publisher.urls(page).html
      const isHome = self === catalog.publication.base
      return {
        self,
        catalog,
        isKept: !filtersOf(address).some(isRelative),
        isInstead: address.format !== 'html',
        render: (edition) => {
          const composed = publisher.compose(page)
          return isHome && address.format === 'html' ? (
            <HomePage edition={edition} catalog={catalog} {...composed} />
          ) : (
            <FeedPage
              edition={edition}
              catalog={catalog}
              address={page}
              count={publisher.count(page)}
              {...composed}
            />
          )
        },
      }
    },

    article(url) {
      const { pathname, searchParams } = new URL(url)
      const catalog = publisher.catalog()
      const [, slug = ''] = segmentsOf(pathname) ?? []
      const article = catalog.bySlug.get(slug)
      if (article === undefined) return { problem: NOT_FOUND }
      const entry = entryOf(catalog, article)
      if (entry === undefined) return { problem: gone(article) }
      if (!article.hasOwnPage && !searchParams.has(TEXT)) return { to: article.link }
      return {
        self: textAddress(article, catalog.publication.base),
        catalog,
        isKept: true,
        render: (edition) => <ArticlePage edition={edition} catalog={catalog} entry={entry} />,
      }
    },

    finder: (url) =>
      read(url, (query) => {
        const catalog = publisher.catalog()
        const search = readSearch(query)
        if (!hasPage(catalog, search)) return { problem: NOT_FOUND }
        return {
          self: finderAddress(catalog.publication, search),
          catalog,
          isKept: true,
          render: (edition) => <FinderPage edition={edition} catalog={catalog} search={search} />,
        }
      }),

    builder: (url) =>
      read(url, (query) => {
        const catalog = publisher.catalog()
        const { publication } = catalog
        const state = readBuilder(query, publication)
        const finding = publisher.find(state.address)
        // It can't have moved: its terms are current, and it is the first page.
        if (finding.kind !== 'found' && finding.kind !== 'moved')
          return { problem: problemOf(finding, publisher) }
        const self = printBuilder(state, publication)
        // Compared after decoding, since proxies respell addresses.
        const isCanonical =
          JSON.stringify([...new URL(self).searchParams]) === JSON.stringify(query)
        if (!isCanonical) return { to: pathOf(self) }
        return {
          self,
          catalog,
          feed: state.address,
          isKept: !isRelative(state.address.filter),
          render: (edition) => (
            <BuilderPage
              edition={edition}
              catalog={catalog}
              state={state}
              count={publisher.count(state.address)}
              {...publisher.compose(state.address)}
            />
          ),
        }
      }),
  }
}

/** A URL without its origin: the builder may be used under another name than the publication's. */
function pathOf(url: string): string {
  const { pathname, search } = new URL(url)
  return pathname + search
}

/** The entries of each catalog whose articles' pages were asked for. */
const entries = new WeakMap<Catalog, ReadonlyMap<Article, Entry>>()

function entryOf(catalog: Catalog, article: Article): Entry | undefined {
  const known = entries.get(catalog) ?? new Map(catalog.entries.map((one) => [one.article, one]))
  entries.set(catalog, known)
  return known.get(article)
}

/** What a query asks for, or the problem with it. */
function read(url: string, find: (query: Parameters) => FoundPage): FoundPage {
  try {
    return find([...new URL(url).searchParams])
  } catch (error) {
    return { problem: malformed(error) }
  }
}

/** Withdrawn, or past its time. */
function gone({ withdrawn, language }: Article): HttpProblem {
  const reason = withdrawn?.reason
  return {
    status: 410,
    title: 'Withdrawn',
    detail: reason === undefined ? ['detail.gone'] : { words: reason, language },
  }
}
