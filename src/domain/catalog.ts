// The catalog: an immutable snapshot of what is published at one moment, indexed by category.
import {
  type Article,
  type Instant,
  type Life,
  type Link,
  lifeAt,
  momentsAfter,
} from './article.ts'
import type { Category, Scheme } from './category.ts'
import { keysOf, ownSections } from './filter.ts'
import { delaysOf, entersAt } from './named-feed.ts'
import type { Publication } from './publication.ts'
import { after } from './time.ts'

/** An article as the feeds carry it: its references to other articles led to what is published now. */
export interface Entry {
  readonly article: Article
  readonly related: readonly Link[]
}

export interface KnownTerm extends Category {
  /** Articles in its feed now. */
  readonly count: number
}

/** Positions of entries, ascending, by term. */
export type Postings = ReadonlyMap<string, readonly number[]>

export interface Catalog {
  /** The moment that it shows. */
  readonly at: Instant
  readonly publication: Publication
  /** Newest first; ties in the order of their ids. */
  readonly entries: readonly Entry[]
  readonly postings: Readonly<Record<Scheme, Postings>>
  /** Postings of sections without those below them. */
  readonly sectionsAlone: Postings
  /** Every term that an article ever used, or that the publication names. */
  readonly terms: Readonly<Record<Scheme, ReadonlyMap<string, KnownTerm>>>
  /** Expired and withdrawn articles: no feed has them, and each feed they left has changed. */
  readonly gone: readonly Article[]
  readonly bySlug: ReadonlyMap<string, Article>
  /** Paths under `content/` of files that a published article or the publication itself shows. */
  readonly files: ReadonlySet<string>
  /** The first moment at which it would be another by itself. */
  readonly validUntil: Instant
}

/**
 * The catalog of what is published at `now`.
 * @param previous a catalog whose entries are kept where nothing about them changed.
 */
export function openCatalog(
  publication: Publication,
  articles: readonly Article[],
  now: Instant,
  previous?: Catalog,
): Catalog {
  const inLife = (life: Life) => articles.filter((article) => lifeAt(article, now) === life)
  const published = inLife('published').toSorted(newestFirst)
  const gone = [...inLife('expired'), ...inLife('withdrawn')]
  const bySlug = new Map([...gone, ...published].map((article) => [article.slug, article]))
  const kept = new Map(previous?.entries.map((entry) => [entry.article, entry]))
  const entries = published.map((article) => enter(article, bySlug, now, kept.get(article)))
  const postings = index(published)
  return {
    at: now,
    publication,
    entries,
    postings,
    sectionsAlone: postingsOf(published, ownSections),
    terms: nameTerms(publication, [...gone, ...published.toReversed()], postings),
    gone,
    bySlug,
    files: new Set([...publication.files, ...published.flatMap((article) => article.files)]),
    validUntil: firstMoment(publication, articles, now),
  }
}

/** The next moment at which an article enters or leaves any feed by itself, or the tombstone of one falls. */
function firstMoment(
  publication: Publication,
  articles: readonly Article[],
  now: Instant,
): Instant {
  const delays = delaysOf(publication.feeds)
  let first = Infinity
  for (const article of articles) {
    const falls =
      article.withdrawn === undefined
        ? -Infinity
        : tombstoneFalls(publication, article.withdrawn.at)
    const entries = article.draft ? [] : delays.map((delay) => entersAt(article, delay))
    const moments = [...entries, falls].filter((moment) => moment > now)
    first = Math.min(first, ...momentsAfter(article, now), ...moments)
  }
  return first
}

/** When a tombstone is taken out of the feeds. */
export function tombstoneFalls({ tombstones, zone }: Publication, withdrawn: Instant): Instant {
  return after(withdrawn, tombstones, zone)
}

function newestFirst(a: Article, b: Article): number {
  return b.published - a.published || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

function enter(
  article: Article,
  bySlug: ReadonlyMap<string, Article>,
  now: Instant,
  kept: Entry | undefined,
): Entry {
  const related = article.related.flatMap((reference): Link[] => {
    if ('url' in reference) return [reference]
    const other = bySlug.get(reference.article)
    return other !== undefined && lifeAt(other, now) === 'published'
      ? [{ title: other.title, url: other.link }]
      : []
  })
  const same =
    kept?.related.length === related.length &&
    kept.related.every(
      (link, at) => link.url === related[at]?.url && link.title === related[at]?.title,
    )
  return same ? kept : { article, related }
}

function index(articles: readonly Article[]): Record<Scheme, Postings> {
  const keys = articles.map(keysOf)
  const of = (scheme: Scheme) => postingsOf(keys, (found) => found[scheme])
  return {
    authors: of('authors'),
    languages: of('languages'),
    sections: of('sections'),
    tags: of('tags'),
  }
}

function postingsOf<T>(items: readonly T[], termsOf: (item: T) => readonly string[]): Postings {
  const postings = new Map<string, number[]>()
  items.forEach((item, position) => {
    for (const term of new Set(termsOf(item))) {
      const list = postings.get(term)
      if (list === undefined) postings.set(term, [position])
      else list.push(position)
    }
  })
  return postings
}

/** Names each known term: by the publication's own label, else as its newest article (the last here) spells it. */
function nameTerms(
  publication: Publication,
  articles: readonly Article[],
  postings: Readonly<Record<Scheme, Postings>>,
): Record<Scheme, Map<string, KnownTerm>> {
  const labels: Record<Scheme, Map<string, string>> = {
    authors: new Map(),
    languages: new Map(),
    sections: new Map(),
    tags: new Map(),
  }
  for (const article of articles) {
    for (const author of article.authors) labels.authors.set(author.term, author.name)
    for (const range of keysOf(article).languages) labels.languages.set(range, range)
    for (const category of [...article.tags, ...article.sections.flat()]) {
      labels[category.scheme].set(category.term, category.label)
    }
  }
  const name = (scheme: Scheme) => {
    for (const [term, note] of publication.taxonomy[scheme]) {
      if (note.renamedTo !== undefined || note.retired !== undefined) labels[scheme].delete(term)
      else
        labels[scheme].set(
          term,
          note.label ?? labels[scheme].get(term) ?? (term.split('/').at(-1) as string),
        )
    }
    const known = [...labels[scheme]]
      .filter(([term]) => term !== '')
      .sort(([a], [b]) => (a < b ? -1 : 1))
    return new Map(
      known.map(([term, label]) => [
        term,
        { scheme, term, label, count: postings[scheme].get(term)?.length ?? 0 },
      ]),
    )
  }
  return {
    authors: name('authors'),
    languages: name('languages'),
    sections: name('sections'),
    tags: name('tags'),
  }
}
