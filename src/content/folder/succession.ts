// What is published after a folder is read again: records that became wrong keep their last good versions.
import { isDeepStrictEqual } from 'node:util'
import type { Article } from '../../domain/article.ts'
import { lineage } from '../../domain/category.ts'
import { changedSpan } from '../../domain/span.ts'
import { sameLaid, sayTheSame } from '../keeping/laid-article.ts'
import type { WrongRecord } from '../records/records.ts'
import { type Content, fileOf, isOfSite } from './folder.ts'

/**
 * What is to be published after `next` was read.
 * - Everything stays as it was where `site.yaml` can't be read and nobody remembers what it said, or where it vanished
 *   together with every other file, as when a disk is no longer mounted.
 * - A record that is wrong now keeps its article, also when it moved to another file and gives its id; unless it says
 *   that the article is to be in no feed: whoever withdraws one may make a mistake elsewhere.
 * - A file that can't be read, or lies in a folder that can't, keeps the articles that it no longer gives.
 * - An article that says the same as before stays the same object, and so isn't written again.
 */
export function succeed(previous: Content, next: Content): Content {
  const isEmptied = next.files === 0 && next.problems.some(isOfSite)
  if (next.publication === undefined || isEmptied) return { ...previous, problems: next.problems }
  const { from, wasTo, isTo } = changedSpan(previous.articles, next.articles)
  const before = new Map(previous.articles.slice(from, wasTo).map((one) => [one.id, one]))
  const articles = next.articles.slice()
  for (let at = from; at < isTo; at++) {
    const article = articles[at] as Article
    const was = before.get(article.id)
    if (was !== undefined && sayTheSame(was, article)) articles[at] = sameLaid(was, article)
  }
  const kept = stillGood(previous, next)
  return {
    ...next,
    publication: isDeepStrictEqual(previous.publication, next.publication)
      ? previous.publication
      : next.publication,
    articles: kept.length === 0 ? articles : [...withoutCopies(articles, kept), ...kept],
    lastGood: kept,
    sources: withSourcesOf(kept, previous, next),
  }
}

/** Articles of files that became wrong or can't be reached, unless a published one has taken their id or page. */
function stillGood(previous: Content, next: Content): Article[] {
  const errors = next.problems.filter(({ severity }) => severity === 'error')
  const { unreadable } = next
  if (errors.length + unreadable.size === 0) return []
  const broken = new Set(errors.filter(({ kind }) => kind === 'unreadable').map(({ file }) => file))
  const judges = new Map(
    [...new Set(errors.map(({ file }) => file))].map((file) => [
      file,
      judgeOf(next.wrong.get(file) ?? [], broken.has(file)),
    ]),
  )
  const moved = new Set(
    [...next.wrong.values()].flatMap((records) =>
      records.filter(({ isClosed }) => !isClosed).map(({ id }) => id),
    ),
  )
  const isTaken = twinAmong(next.articles.filter(({ draft }) => !draft))
  const drafts = new Map(
    next.articles.filter(({ draft }) => draft).map((one) => [one.id, fileOf(next, one)]),
  )
  const isOutOfReach = (file: string) =>
    unreadable.size > 0 && ['', ...lineage(file)].some((folder) => unreadable.has(folder))
  const mayStay = (file: string, id: string) => {
    // A draft with its id is a copy where the wrong record is still there; else it is the article itself, taken back.
    if (drafts.has(id) && (drafts.get(id) === file || isOutOfReach(file))) return false
    return judges.get(file)?.(id) ?? (moved.has(id) || isOutOfReach(file))
  }
  return previous.articles.filter(
    (article) => !isTaken(article) && mayStay(fileOf(previous, article) ?? '', article.id),
  )
}

/** Tells whether an article's id or page is that of one of some others. */
function twinAmong(others: readonly Article[]): (article: Article) => boolean {
  const ids = new Set(others.map(({ id }) => id))
  const pages = new Set(others.filter(({ hasOwnPage }) => hasOwnPage).map(({ slug }) => slug))
  return ({ id, slug, hasOwnPage }) => ids.has(id) || (hasOwnPage && pages.has(slug))
}

/** Without drafts that share an id or page with an article that is kept. */
function withoutCopies(articles: readonly Article[], kept: readonly Article[]): Article[] {
  const isKept = twinAmong(kept)
  return articles.filter((article) => !(article.draft && isKept(article)))
}

/**
 * Whether an article of a file, given by its id, stays as it was: yes where a record that is wrong now is about it, no
 * where that is to be in no feed, nothing where no record is about it.
 * @param isBroken whether part of the file can't be read: that may be about any article.
 */
function judgeOf(
  records: readonly WrongRecord[],
  isBroken: boolean,
): (id: string) => boolean | undefined {
  const closed = aboutIn(records.filter(({ isClosed }) => isClosed))
  const open = aboutIn(records.filter(({ isClosed }) => !isClosed))
  return (id) => (closed(id) ? false : isBroken || open(id) || undefined)
}

/** Whether one of some records may be about the article with an id; a file's only record is, whatever id it gives. */
function aboutIn(records: readonly WrongRecord[]): (id: string) => boolean {
  const ids = new Set(records.map(({ id }) => id))
  const mayBeAny = records.some(({ id, isOneOfSeveral }) => id === undefined || !isOneOfSeveral)
  return (id) => mayBeAny || ids.has(id)
}

function withSourcesOf(
  kept: readonly Article[],
  previous: Content,
  next: Content,
): Content['sources'] {
  const sources = new Map(next.sources)
  for (const { id } of kept) {
    const source = previous.sources.get(id)
    if (source !== undefined) sources.set(id, source)
  }
  return sources
}
