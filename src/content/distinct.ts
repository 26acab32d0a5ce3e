// The articles of a folder's readings, without those whose id or page another has already.
import type { Article } from '../domain/article.ts'
import { changedSpan } from '../domain/span.ts'
import { sourceOfLaid } from './laid-article.ts'
import type { ArticleSource, FileReading, MadeArticle } from './making.ts'
import type { Problem } from './problem.ts'
import { type WrongRecord, wrongOf } from './records.ts'

export interface Distinct {
  /** What it was made of. */
  readonly readings: readonly FileReading[]
  readonly articles: readonly Article[]
  /** What each article was made from, by its id, but for those that tell it themselves. */
  readonly sources: ReadonlyMap<string, ArticleSource>
  /** Of articles that are another's twins. */
  readonly problems: readonly Problem[]
  /** The records of these, by their files. */
  readonly twins: ReadonlyMap<string, readonly WrongRecord[]>
  /** Kept up to date where a few readings change. */
  readonly byId: Map<string, Article>
  readonly byPage: Map<string, Article>
}

/**
 * Of twins the first in the order of the files counts.
 * @param before of an earlier reading, which is of no use any more after this.
 */
export function distinct(readings: readonly FileReading[], before?: Distinct): Distinct {
  return (before && amended(before, readings)) ?? gather(readings)
}

function gather(readings: readonly FileReading[]): Distinct {
  const articles: Article[] = []
  const problems: Problem[] = []
  const twins = new Map<string, WrongRecord[]>()
  const sources = new Map<string, ArticleSource>()
  const byId = new Map<string, Article>()
  const byPage = new Map<string, Article>()
  const sourceOf = (article: Article) => sources.get(article.id) ?? sourceOfLaid(article)
  for (const [article, source] of madeIn(readings)) {
    const sameId = byId.get(article.id)
    const samePage = article.hasOwnPage ? byPage.get(article.slug) : undefined
    const other = sameId ?? samePage
    if (other !== undefined) {
      const record = (source ?? sourceOfLaid(article))?.record
      if (record !== undefined) addTo(twins, record.file, { ...wrongOf(record), id: article.id })
      const report = record?.reportTo(problems)
      const file = sourceOf(other)?.record.file
      if (sameId !== undefined) {
        const sentence = `is the same as that of ${file} (${article.id}); give one of them another "id".`
        report?.('same-id', ['id'], sentence)
      } else {
        const sentence = `is the same as that of ${file} ("${article.slug}"); give one of them another "slug".`
        report?.('same-slug', ['slug'], sentence)
      }
      continue
    }
    byId.set(article.id, article)
    if (article.hasOwnPage) byPage.set(article.slug, article)
    articles.push(article)
    if (source !== undefined) sources.set(article.id, source)
  }
  return { readings, articles, sources, problems, twins, byId, byPage }
}

function addTo<T>(lists: Map<string, T[]>, key: string, one: T): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [one])
  else list.push(one)
}

/** Nothing where there were twins, or are, or sources are to be kept: then all have to be looked at. */
function amended(before: Distinct, readings: readonly FileReading[]): Distinct | undefined {
  const { byId, byPage, problems, twins, sources } = before
  if (problems.length > 0 || sources.size > 0) return undefined
  const { from, wasTo, isTo } = changedSpan(before.readings, readings)
  const left = [...madeIn(before.readings.slice(from, wasTo))]
  for (const [article] of left) {
    byId.delete(article.id)
    byPage.delete(article.slug)
  }
  const came = [...madeIn(readings.slice(from, isTo))]
  for (const [article] of came) {
    if (byId.has(article.id) || (article.hasOwnPage && byPage.has(article.slug))) return undefined
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
