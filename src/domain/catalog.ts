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
import type { Publication } from './publication.ts'
import { indexTerms, type TermIndex } from './term-index.ts'
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
 * @param previous a catalog whose entries are kept where nothing about them changed.
 */
export function openCatalog(
  publication: Publication,
  articles: readonly Article[],
  now: Instant,
  previous?: Catalog,
): Catalog {
  const inLife: Record<Life, Article[]> = {
    draft: [],
    scheduled: [],
    published: [],
    expired: [],
    withdrawn: [],
  }
  for (const article of articles) inLife[lifeAt(article, now)].push(article)
  const published = inLife.published.sort(newestFirst)
  const gone = [...inLife.expired, ...inLife.withdrawn]
  let slugs: Map<string, Article> | undefined
  const bySlug = () => {
    slugs ??= new Map([...gone, ...published].map((article) => [article.slug, article]))
    return slugs
  }
  const kept = previous?.entries ?? []
  let at = 0
  const entries = published.map((article) => {
    while (at < kept.length && newestFirst((kept[at] as Entry).article, article) < 0) at++
    const known = kept[at]
    return enter(article, bySlug, now, known?.article === article ? known : undefined)
  })
  const files = new Set(publication.files)
  for (const article of published) for (const file of article.files) files.add(file)
  return {
    at: now,
    publication,
    entries,
    ...indexTerms(publication, published, gone),
    gone,
    get bySlug() {
      return bySlug()
    },
    files,
    validUntil: firstMoment(publication, articles, now),
  }
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
