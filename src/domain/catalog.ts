// The catalog: an immutable snapshot of what is published at one moment, indexed by category.
import { type Article, type Instant, type Life, type Link, lifeAt } from './article.ts'
import { type Entry, moved, newestFirst, positionOf } from './entries.ts'
import { delaysOf, entersAt } from './named-feed.ts'
import type { Publication } from './publication.ts'
import { changedSpan } from './span.ts'
import { amendTerms, indexTerms, type TermIndex } from './term-index.ts'
import { after } from './time.ts'

export interface Catalog extends TermIndex {
  /** No other's: what was made of it keeps this, and not all of it. */
  readonly mark: object
  /** The moment that it shows. */
  readonly at: Instant
  readonly publication: Publication
  /** All that there are, published or not. */
  readonly articles: readonly Article[]
  /** Newest first; ties in the order of their ids. */
  readonly entries: readonly Entry[]
  /** Those of the entries whose related articles may change. */
  readonly referring: ReadonlySet<Entry>
  /** Articles to which something will still happen by time alone. */
  readonly awaited: ReadonlySet<Article>
  /** Expired and withdrawn articles: no feed has them, and each feed they left has changed. */
  readonly gone: readonly Article[]
  readonly bySlug: ReadonlyMap<string, Article>
  /** Paths under `content/` of files that a published article or the publication itself shows. */
  readonly files: ReadonlySet<string>
  /** Until then it stays right without a change of content. */
  readonly validUntil: Instant
}

/**
 * The catalog of what is published at `now`.
 * @param previous its entries are kept where nothing about them changed; where few articles differ it is amended, which
 * takes a tenth of the time.
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
  const bySlug = lazySlugs(gone, () => published)
  let at = 0
  const entries = published.map((article) => {
    while (at < kept.length && newestFirst((kept[at] as Entry).article, article) < 0) at++
    const known = kept[at]
    return enter(article, bySlug, now, known?.article === article ? known : undefined)
  })
  const moment = momentIn(publication, now)
  const awaited = new Set(articles.filter((article) => moment(article) < Infinity))
  return {
    mark: {},
    at: now,
    publication,
    articles,
    entries,
    ...indexTerms(publication, published, gone),
    referring: new Set(entries.filter(isReferring)),
    awaited,
    gone,
    get bySlug() {
      return bySlug()
    },
    files: filesOf(publication, published),
    validUntil: first(awaited, moment),
  }
}

/** The same as if it were gathered anew, while the previous one is valid; nothing where most articles differ. */
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
  // Their order decides what terms are called that no published article uses.
  const past = [...was, ...is].filter((article) => GONE.has(lifeAt(article, now)))
  const gone = past.length > 0 ? goneOf(articles, now) : previous.gone
  const touched = [...left, ...came, ...past]
  const { entries, moves } = moved(
    previous.entries,
    left,
    came.filter((article) => lifeAt(article, now) === 'published').sort(newestFirst),
  )
  const bySlug = lazySlugs(gone, () => entries.map(({ article }) => article))
  const slugs = new Set(touched.map(({ slug }) => slug))
  const referring = new Set(previous.referring)
  for (const at of moves.left) referring.delete(previous.entries[at] as Entry)
  const unsure = [...referring].filter(({ article }) => refersTo(article, slugs))
  for (const at of [...moves.added, ...unsure.map(({ article }) => positionOf(entries, article))]) {
    const known = entries[at] as Entry
    const entry = enter(known.article, bySlug, now, known)
    entries[at] = entry
    referring.delete(known)
    if (isReferring(entry)) referring.add(entry)
  }
  const moment = momentIn(publication, now)
  const awaited = new Set(previous.awaited)
  for (const article of left) awaited.delete(article)
  for (const article of came) if (moment(article) < Infinity) awaited.add(article)
  const showsFiles = touched.some(({ files }) => files.length > 0)
  return {
    mark: {},
    at: now,
    publication,
    articles,
    entries,
    ...amendTerms(previous, publication, { entries, gone, touched, moves }),
    referring,
    awaited,
    gone,
    get bySlug() {
      return bySlug()
    },
    files: showsFiles
      ? filesOf(
          publication,
          entries.map(({ article }) => article),
        )
      : previous.files,
    validUntil: first(awaited, moment),
  }
}

const GONE: ReadonlySet<Life> = new Set<Life>(['expired', 'withdrawn'])

function goneOf(articles: readonly Article[], now: Instant): Article[] {
  const inLife = (life: Life) => articles.filter((article) => lifeAt(article, now) === life)
  return [...inLife('expired'), ...inLife('withdrawn')]
}

/** Made when it is first asked for: most catalogs never are. */
function lazySlugs(
  gone: readonly Article[],
  published: () => readonly Article[],
): () => ReadonlyMap<string, Article> {
  let slugs: Map<string, Article> | undefined
  return () => {
    if (slugs === undefined) {
      const all = [...gone, ...published()]
      // No two have the same page; what lives elsewhere may have a slug that is taken.
      const byRank = [
        ...all.filter((one) => !one.hasOwnPage),
        ...all.filter((one) => one.hasOwnPage),
      ]
      slugs = new Map(byRank.map((article) => [article.slug, article]))
    }
    return slugs
  }
}

function filesOf({ files }: Publication, published: readonly Article[]): Set<string> {
  const all = new Set(files)
  for (const article of published) for (const file of article.files) all.add(file)
  return all
}

function isReferring({ article }: Entry): boolean {
  return article.related.some((reference) => 'article' in reference)
}

function refersTo({ related }: Article, slugs: ReadonlySet<string>): boolean {
  return related.some((reference) => 'article' in reference && slugs.has(reference.article))
}

function first(awaited: Iterable<Article>, moment: (article: Article) => Instant): Instant {
  let earliest = Infinity
  for (const article of awaited) earliest = Math.min(earliest, moment(article))
  return earliest
}

/** Tells the next moment at which an article enters or leaves a feed by time alone, or its tombstone falls. */
function momentIn(publication: Publication, now: Instant): (article: Article) => Instant {
  const delays = delaysOf(publication.feeds)
  const longest = Math.max(0, ...delays)
  return (article) => {
    const { draft, withdrawn, expires, published } = article
    const isSettled = withdrawn === undefined && expires === undefined && published + longest <= now
    // Most have nothing ahead of them.
    if (draft || isSettled) return Infinity
    const moments = [published, ...delays.map((delay) => entersAt(article, delay))]
    if (expires !== undefined) moments.push(expires)
    if (withdrawn !== undefined)
      moments.push(withdrawn.at, tombstoneFalls(publication, withdrawn.at))
    return Math.min(Infinity, ...moments.filter((moment) => moment > now))
  }
}

/** Remembered, since calendar arithmetic is slow and each change asks for every withdrawn article. */
const falls = new WeakMap<Publication, Map<Instant, Instant>>()

/** When a tombstone is taken out of the feeds. */
export function tombstoneFalls(publication: Publication, withdrawn: Instant): Instant {
  const known = falls.get(publication) ?? new Map<Instant, Instant>()
  falls.set(publication, known)
  const moment = known.get(withdrawn) ?? after(withdrawn, publication.tombstones, publication.zone)
  known.set(withdrawn, moment)
  return moment
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
