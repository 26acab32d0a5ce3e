// The catalog: an immutable snapshot of what is published at one moment, indexed by category.
import {
  type Article,
  type Instant,
  type Life,
  type Link,
  lifeAt,
  momentsAfter,
} from './article.ts'
import { delaysOf, entersAt } from './named-feed.ts'
import { partition } from './postings.ts'
import type { Publication } from './publication.ts'
import { changedSpan } from './span.ts'
import { amendTerms, indexTerms, type TermIndex } from './term-index.ts'
import { after } from './time.ts'

/** An article as the feeds carry it: its references to other articles led to what is published now. */
export interface Entry {
  readonly article: Article
  readonly related: readonly Link[]
}

export interface Catalog extends TermIndex {
  /** The moment that it shows. */
  readonly at: Instant
  readonly publication: Publication
  /** All that there are, published or not. */
  readonly articles: readonly Article[]
  /** Newest first; ties in the order of their ids. */
  readonly entries: readonly Entry[]
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
 * @param previous a catalog whose entries are kept where nothing about them changed; where few articles are others, it is
 * amended, which takes a tenth of the time.
 */
export function openCatalog(
  publication: Publication,
  articles: readonly Article[],
  now: Instant,
  previous?: Catalog,
): Catalog {
  const isOfUse = previous?.publication === publication
  const isStill = isOfUse && now >= previous.at && now < previous.validUntil
  return (
    (isStill && amended(previous, articles, now)) ||
    gathered(publication, articles, now, previous?.entries ?? [])
  )
}

function gathered(
  publication: Publication,
  articles: readonly Article[],
  now: Instant,
  kept: readonly Entry[],
): Catalog {
  const published = articles.filter((article) => lifeAt(article, now) === 'published')
  published.sort(newestFirst)
  const gone = goneOf(articles, now)
  const bySlug = lazySlugs(gone, published)
  let at = 0
  const entries = published.map((article) => {
    while (at < kept.length && newestFirst((kept[at] as Entry).article, article) < 0) at++
    const known = kept[at]
    return enter(article, bySlug, now, known?.article === article ? known : undefined)
  })
  return {
    at: now,
    publication,
    articles,
    entries,
    ...indexTerms(publication, published, gone),
    gone,
    get bySlug() {
      return bySlug()
    },
    files: filesOf(publication, published),
    validUntil: firstMoment(publication, articles, now),
  }
}

/** The same as if it were gathered anew; nothing where most articles are others. No time has come since for any. */
function amended(
  previous: Catalog,
  articles: readonly Article[],
  now: Instant,
): Catalog | undefined {
  const { publication } = previous
  const { from, wasTo, isTo } = changedSpan(previous.articles, articles)
  const was = new Set(previous.articles.slice(from, wasTo))
  const is = new Set(articles.slice(from, isTo))
  const left = [...was].filter((article) => !is.has(article))
  const came = [...is].filter((article) => !was.has(article))
  if ((left.length + came.length) * 2 > articles.length) return undefined
  // Of terms that nobody uses any more, their order decides the names.
  const past = [...was, ...is].filter((article) => GONE.has(lifeAt(article, now)))
  const gone = past.length > 0 ? goneOf(articles, now) : previous.gone
  const touched = [...left, ...came, ...past]
  const before = previous.entries
  const leaving = new Set(left.map((article) => positionOf(before, article)))
  const arriving = came.filter((article) => lifeAt(article, now) === 'published').sort(newestFirst)
  const published: Article[] = []
  const kept: (Entry | undefined)[] = []
  const moves = { to: new Int32Array(before.length).fill(-1), added: [] as number[] }
  let next = 0
  const arrive = (until?: Article) => {
    for (; next < arriving.length; next++) {
      const article = arriving[next] as Article
      if (until !== undefined && newestFirst(article, until) > 0) return
      moves.added.push(published.length)
      published.push(article)
      kept.push(undefined)
    }
  }
  before.forEach((entry, at) => {
    if (next < arriving.length) arrive(entry.article)
    if (leaving.has(at)) return
    moves.to[at] = published.length
    published.push(entry.article)
    kept.push(entry)
  })
  arrive()
  const bySlug = lazySlugs(gone, published)
  const slugs = new Set(touched.map(({ slug }) => slug))
  const entries = published.map((article, at) => {
    const known = kept[at]
    return known !== undefined && !refersTo(article, slugs)
      ? known
      : enter(article, bySlug, now, known)
  })
  const showsFiles = touched.some(({ files }) => files.length > 0)
  return {
    at: now,
    publication,
    articles,
    entries,
    ...amendTerms(previous, publication, { published, gone, touched, moves }),
    gone,
    get bySlug() {
      return bySlug()
    },
    files: showsFiles ? filesOf(publication, published) : previous.files,
    validUntil: firstMoment(publication, articles, now),
  }
}

const GONE: ReadonlySet<Life> = new Set<Life>(['expired', 'withdrawn'])

function goneOf(articles: readonly Article[], now: Instant): Article[] {
  const inLife = (life: Life) => articles.filter((article) => lifeAt(article, now) === life)
  return [...inLife('expired'), ...inLife('withdrawn')]
}

/** Most catalogs are never asked. */
function lazySlugs(
  gone: readonly Article[],
  published: readonly Article[],
): () => ReadonlyMap<string, Article> {
  let slugs: Map<string, Article> | undefined
  return () => {
    slugs ??= new Map([...gone, ...published].map((article) => [article.slug, article]))
    return slugs
  }
}

function filesOf({ files }: Publication, published: readonly Article[]): Set<string> {
  const all = new Set(files)
  for (const article of published) for (const file of article.files) all.add(file)
  return all
}

/** Nothing's position is that of an article that isn't among the entries. */
function positionOf(entries: readonly Entry[], article: Article): number {
  const at = partition(
    entries.length,
    (at) => newestFirst((entries[at] as Entry).article, article) < 0,
  )
  return entries[at]?.article === article ? at : -1
}

function refersTo({ related }: Article, slugs: ReadonlySet<string>): boolean {
  return related.some((reference) => 'article' in reference && slugs.has(reference.article))
}

/** The entries of each of two catalogs that the other doesn't have; both are in the same order, so one walk tells. */
export function differences(
  before: Catalog,
  after: Catalog,
): { left: readonly Entry[]; came: readonly Entry[] } {
  const left: Entry[] = []
  const came: Entry[] = []
  let [at, to] = [0, 0]
  while (at < before.entries.length || to < after.entries.length) {
    const [was, is] = [before.entries[at], after.entries[to]]
    const order =
      was === undefined ? 1 : is === undefined ? -1 : newestFirst(was.article, is.article)
    if (was !== is && was !== undefined && order <= 0) left.push(was)
    if (was !== is && is !== undefined && order >= 0) came.push(is)
    if (order <= 0) at++
    if (order >= 0) to++
  }
  return { left, came }
}

/** The next moment at which an article enters or leaves any feed by itself, or the tombstone of one falls. */
function firstMoment(
  publication: Publication,
  articles: readonly Article[],
  now: Instant,
): Instant {
  const delays = delaysOf(publication.feeds)
  let first = Infinity
  const longest = Math.max(0, ...delays)
  for (const article of articles) {
    // Most have nothing ahead of them.
    const { withdrawn, expires, published } = article
    if (withdrawn === undefined && expires === undefined && published + longest <= now) continue
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
  bySlug: () => ReadonlyMap<string, Article>,
  now: Instant,
  kept: Entry | undefined,
): Entry {
  if (kept !== undefined && article.related.length === 0) return kept
  const related = article.related.flatMap((reference): Link[] => {
    if ('url' in reference) return [reference]
    const other = bySlug().get(reference.article)
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
