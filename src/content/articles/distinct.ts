// The articles of a folder's readings, without twins: those whose id or page another has already.
import type { Article } from '../../domain/article.ts'
import { changedSpan } from '../../domain/span.ts'
import { fileOfLaid, sameLaid, sayTheSame, sourceOfLaid } from '../keeping/laid-article.ts'
import type { Problem } from '../problem.ts'
import { type WrongRecord, wrongOf } from '../records/records.ts'
import type { ArticleSource, FileReading, MadeArticle } from './making.ts'

export interface Distinct {
  /** The readings that it was made of. */
  readonly readings: readonly FileReading[]
  readonly articles: readonly Article[]
  /** What articles were made from, by their ids, except for those that know it themselves. */
  readonly sources: ReadonlyMap<string, ArticleSource>
  /** One for each twin. */
  readonly problems: readonly Problem[]
  /** The records of twins, by file. */
  readonly twins: ReadonlyMap<string, readonly WrongRecord[]>
  /** Kept up to date where a few readings change. */
  readonly byId: Map<string, Article>
  readonly byPage: Map<string, Article>
}

/**
 * Of twins, the one counts whose file had the id or page before, so that a copy takes nothing from what is published; else
 * the first in the order of files. A draft takes nothing from an article, and a withdrawn article keeps its id.
 * @param before of the reading before; it is used up.
 */
export function distinct(readings: readonly FileReading[], before?: Distinct): Distinct {
  if (before !== undefined) keepSame(before, readings)
  const amendedOne = before && amended(before, readings)
  if (amendedOne !== undefined) return amendedOne
  const first = gather(readings, NO_HOLDERS)
  if (first.later.length === 0) return first.distinct
  const holders = holdersAmong(first.later, first.distinct, before)
  return holders.byId.size + holders.byPage.size === 0
    ? first.distinct
    : gather(readings, holders).distinct
}

/**
 * Of laid articles that say the same as before, new readings get the former objects, though their files were read again, as all
 * are after an edit of the site: what is published goes on with the former, and would have each compared with its double at every
 * change from then on, and both in memory.
 */
function keepSame(before: Distinct, readings: readonly FileReading[]): void {
  const { from, wasTo, isTo } = changedSpan(before.readings, readings)
  const former = new Set(before.readings.slice(from, wasTo))
  for (const reading of readings.slice(from, isTo)) {
    const { made } = reading
    if (made === undefined || former.has(reading)) continue
    // A file may hold the same article twice.
    const taken = new Set<Article>()
    const articles = made.articles.map((one): MadeArticle => {
      const was = before.byId.get(one[0].id)
      if (was === undefined || taken.has(was) || !isSame(was, one[0])) return one
      taken.add(was)
      return [sameLaid(was, one[0]), undefined]
    })
    if (taken.size > 0) reading.made = { ...made, articles }
  }
}

function isSame(was: Article, is: Article): boolean {
  const file = fileOfLaid(is)
  return file !== undefined && file === fileOfLaid(was) && sayTheSame(was, is)
}

/** Articles that have an id or page, whichever come first. */
interface Holders {
  readonly byId: ReadonlyMap<string, MadeArticle>
  readonly byPage: ReadonlyMap<string, MadeArticle>
}

const NO_HOLDERS: Holders = { byId: new Map(), byPage: new Map() }

/** Of the articles that came too late, those whose files had the id or page before, or that are withdrawn. */
function holdersAmong(
  later: readonly MadeArticle[],
  { byId, byPage, sources }: Distinct,
  before: Distinct | undefined,
): Holders {
  const holders = { byId: new Map<string, MadeArticle>(), byPage: new Map<string, MadeArticle>() }
  for (const made of later) {
    const [article] = made
    const file = fileOf(made)
    const isHolder = (was: Article | undefined, is: Article | undefined) =>
      was !== undefined &&
      is !== undefined &&
      is.draft === article.draft &&
      fileOf([was, before?.sources.get(was.id)]) === file &&
      fileOf([is, sources.get(is.id)]) !== file
    const { id, slug, hasOwnPage } = article
    const first = byId.get(id)
    const isOut = isWithdrawn(article)
    const wasOut = first !== undefined && isWithdrawn(first)
    if (wasOut && !isOut) continue
    const hasId = isOut && !wasOut ? first !== undefined : isHolder(before?.byId.get(id), first)
    if (hasId && !holders.byId.has(id)) holders.byId.set(id, made)
    if (!hasOwnPage || holders.byPage.has(slug)) continue
    if (isHolder(before?.byPage.get(slug), byPage.get(slug))) holders.byPage.set(slug, made)
  }
  return holders
}

function isWithdrawn({ withdrawn, draft }: Article): boolean {
  return withdrawn !== undefined && !draft
}

function fileOf([article, source]: MadeArticle): string | undefined {
  return source?.record.file ?? fileOfLaid(article)
}

/** @returns also the articles that came too late for their id or page. */
function gather(
  readings: readonly FileReading[],
  holders: Holders,
): { distinct: Distinct; later: readonly MadeArticle[] } {
  const articles: Article[] = []
  const drafts: MadeArticle[] = []
  const problems: Problem[] = []
  const twins = new Map<string, WrongRecord[]>()
  const sources = new Map<string, ArticleSource>()
  const byId = new Map<string, Article>()
  const byPage = new Map<string, Article>()
  const later: MadeArticle[] = []
  const add = (made: MadeArticle) => {
    const [article, source] = made
    const { id, slug, hasOwnPage } = article
    const sameId = otherThan(article, holders.byId.get(id)) ?? madeOf(byId.get(id), sources)
    const samePage = hasOwnPage
      ? (otherThan(article, holders.byPage.get(slug)) ?? madeOf(byPage.get(slug), sources))
      : undefined
    const other = sameId ?? samePage
    if (other !== undefined) {
      later.push(made)
      const record = (source ?? sourceOfLaid(article))?.record
      if (record !== undefined) addTo(twins, record.file, { ...wrongOf(record), id })
      const report = record?.reportTo(problems)
      const file = fileOf(other)
      if (sameId !== undefined) {
        const sentence = `is the same as that of ${file} (${id}); give one of them another "id".`
        report?.('same-id', ['id'], sentence)
      } else {
        const sentence = `is the same as that of ${file} ("${slug}"); give one of them another "slug".`
        report?.('same-slug', ['slug'], sentence)
      }
      return
    }
    byId.set(id, article)
    if (hasOwnPage) byPage.set(slug, article)
    articles.push(article)
    if (source !== undefined) sources.set(id, source)
  }
  for (const made of madeIn(readings)) {
    if (made[0].draft) drafts.push(made)
    else add(made)
  }
  // Drafts take what is left.
  for (const made of drafts) add(made)
  const inOrder = drafts.length === 0 ? articles : ordered(articles, readings)
  return {
    distinct: { readings, articles: inOrder, sources, problems, twins, byId, byPage },
    later,
  }
}

/** In the order of their files. */
function ordered(articles: readonly Article[], readings: readonly FileReading[]): Article[] {
  const given = new Set(articles)
  return [...madeIn(readings)].map(([article]) => article).filter((article) => given.has(article))
}

function madeOf(
  article: Article | undefined,
  sources: Distinct['sources'],
): MadeArticle | undefined {
  return article && [article, sources.get(article.id)]
}

function otherThan(article: Article, made: MadeArticle | undefined): MadeArticle | undefined {
  const isBehind = made?.[0].draft === true && !article.draft
  return made?.[0] === article || isBehind ? undefined : made
}

function addTo<T>(lists: Map<string, T[]>, key: string, one: T): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [one])
  else list.push(one)
}

/** Brings `before` up to date; nothing where there were or are twins, or sources are kept: then all is looked at. */
function amended(before: Distinct, readings: readonly FileReading[]): Distinct | undefined {
  const { byId, byPage, problems, twins, sources } = before
  if (problems.length > 0 || sources.size > 0) return undefined
  const { from, wasTo, isTo } = changedSpan(before.readings, readings)
  const left = [...madeIn(before.readings.slice(from, wasTo))]
  const came = [...madeIn(readings.slice(from, isTo))]
  if (!areApart(came, left, before)) return undefined
  for (const [article] of left) {
    byId.delete(article.id)
    if (article.hasOwnPage) byPage.delete(article.slug)
  }
  for (const [article] of came) {
    byId.set(article.id, article)
    if (article.hasOwnPage) byPage.set(article.slug, article)
  }
  const next = left[0] ?? firstMade(readings, isTo)
  const at = next === undefined ? before.articles.length : before.articles.indexOf(next[0])
  const articles = before.articles.slice(0, at).concat(
    came.map(([article]) => article),
    before.articles.slice(at + left.length),
  )
  return { readings, articles, sources, problems, twins, byId, byPage }
}

/** Whether the articles that came are no twins of each other, or of those that stay. */
function areApart(
  came: readonly MadeArticle[],
  left: readonly MadeArticle[],
  { byId, byPage }: Distinct,
): boolean {
  const leaving = new Set(left.map(([article]) => article))
  const ids = new Set<string>()
  const pages = new Set<string>()
  const isTaken = (by: Article | undefined) => by !== undefined && !leaving.has(by)
  return came.every(([{ id, slug, hasOwnPage }]) => {
    if (isTaken(byId.get(id)) || ids.has(id)) return false
    ids.add(id)
    if (!hasOwnPage) return true
    if (isTaken(byPage.get(slug)) || pages.has(slug)) return false
    pages.add(slug)
    return true
  })
}

function firstMade(readings: readonly FileReading[], from: number): MadeArticle | undefined {
  for (let at = from; at < readings.length; at++) {
    const first = readings[at]?.made?.articles[0]
    if (first !== undefined) return first
  }
  return undefined
}

function* madeIn(readings: readonly FileReading[]): Generator<MadeArticle> {
  for (const { made } of readings) if (made !== undefined) yield* made.articles
}
