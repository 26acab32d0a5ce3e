// A publication and articles made for one test: right in every field, with only what the test is about said.
import { DEFAULT_ENTRIES, FEED_FORMATS } from '../../../src/domain/address.ts'
import type { Article } from '../../../src/domain/article.ts'
import { type Category, lineage, sectionTerm, slug } from '../../../src/domain/category.ts'
import { parseFilter } from '../../../src/domain/filter-parameters.ts'
import type { NamedFeed } from '../../../src/domain/named-feed.ts'
import type { Publication, Taxonomy } from '../../../src/domain/publication.ts'

const ZONE = 'Asia/Shanghai'
const NO_TAXONOMY: Taxonomy = {
  authors: new Map(),
  languages: new Map(),
  sections: new Map(),
  tags: new Map(),
}

export function publication(said: Partial<Publication> = {}): Publication {
  return {
    title: 'The Gazette',
    description: 'News of a small town',
    base: 'https://news.example/',
    authority: 'news.example,2026',
    language: 'en',
    zone: ZONE,
    rights: {},
    authors: [{ name: 'Newsroom' }],
    readers: [],
    hubs: [],
    taxonomy: NO_TAXONOMY,
    feeds: new Map(),
    tombstones: 'P90D',
    answersQueries: true,
    formats: FEED_FORMATS,
    hasPages: true,
    delta: { isOn: true, except: ['feedparser/'] },
    files: [],
    ...said,
  }
}

export function taxonomy(said: Partial<Taxonomy>): Taxonomy {
  return { ...NO_TAXONOMY, ...said }
}

/** Named feeds by their names, each of a filter that is written as a query. */
export function namedFeeds(
  said: Readonly<Record<string, Partial<NamedFeed> & { readonly query?: string }>>,
): ReadonlyMap<string, NamedFeed> {
  return new Map(
    Object.entries(said).map(([name, { query = '', ...more }]) => [
      name,
      {
        name,
        filter: parseFilter([...new URLSearchParams(query)], ZONE),
        limit: DEFAULT_ENTRIES,
        content: 'full',
        delay: 0,
        formats: FEED_FORMATS,
        ...more,
      },
    ]),
  )
}

/** What a test says of an article; names of terms instead of categories. */
export interface Said extends Omit<Partial<Article>, 'tags' | 'sections' | 'authors'> {
  readonly tags?: readonly string[]
  /** Paths, `News/Local`. */
  readonly sections?: readonly string[]
  readonly authors?: readonly string[]
}

export const NOON = Date.UTC(2026, 5, 24, 4)
export const HOUR = 3_600_000
export const DAY = 24 * HOUR

export function article({
  tags = [],
  sections = [],
  authors = ['Newsroom'],
  ...said
}: Said = {}): Article {
  const name = said.slug ?? 'an-article'
  return {
    id: `tag:news.example,2026:${encodeURIComponent(name)}`,
    slug: name,
    link: `https://news.example/articles/${encodeURIComponent(name)}`,
    hasOwnPage: true,
    title: `About ${name}`,
    html: `<p>Text of ${name}.</p>`,
    text: `Text of ${name}.`,
    published: NOON,
    updated: said.published ?? NOON,
    draft: false,
    language: 'en',
    authors: authors.map((called) => ({ name: called, term: slug(called) })),
    contributors: [],
    tags: tags.map((label) => ({ scheme: 'tags', term: slug(label), label })),
    sections: sections.map(sectionPath),
    pictures: [],
    recordings: [],
    sources: [],
    related: [],
    rights: {},
    files: [],
    ...said,
  }
}

function sectionPath(path: string): Category[] {
  const levels = path.split('/')
  return lineage(sectionTerm(levels)).map((term, at) => ({
    scheme: 'sections',
    term,
    label: levels[at] as string,
  }))
}
