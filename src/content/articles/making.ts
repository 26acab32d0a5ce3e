// Makes the articles of a file's records, and notes what else they were made of.
import { isDeepStrictEqual } from 'node:util'
import type { Article } from '../../domain/article.ts'
import { compact } from '../compact.ts'
import { layMade, layUnmade } from '../keeping/laid-article.ts'
import type { Spool } from '../keeping/spool.ts'
import type { Problem } from '../problem.ts'
import type { Origin } from '../records/origin.ts'
import { type FoundRecord, type Habits, type WrongRecord, wrongOf } from '../records/records.ts'
import type { Site } from '../site/site.ts'
import { type Lay, toArticle } from './article.ts'
import { type BodyNotes, watchBody } from './body-notes.ts'
import type { FileFacts } from './files.ts'
import { asUri } from './id.ts'
import { type Asked, anywhere, type Library, shelfOf } from './shelf.ts'

/** What every file of a reading is read with. */
export interface Work {
  readonly root: string
  /** Nothing where `site.yaml` is wrong: then records are judged, and no article is made. */
  readonly site: Site | undefined
  readonly habits: Habits
  /** Where words lie until they are asked for; without it, they are made at once. */
  readonly spool: Spool | undefined
  /** Ends the reading. */
  readonly signal?: AbortSignal | undefined
}

export interface FileReading {
  /** Nothing where the system refused the file: it may be readable next time without having changed. */
  readonly stamp: string | undefined
  /** Of its text, where that is read whole. */
  readonly digest?: string | undefined
  /** How many records it holds, right or wrong. */
  readonly count: number
  readonly problems: readonly Problem[]
  /** The link of its article, where it holds one record; other articles may lead to it by the file. */
  readonly link: string | undefined
  /** Records whose articles are still to be made; to make them again, the file is read again. */
  records?: readonly FoundRecord[] | undefined
  made?: Made
}

/** What an article was made from. */
export interface ArticleSource {
  readonly record: FoundRecord
  readonly notes: BodyNotes
}

/** An article with its source; a laid one knows its source itself. */
export type MadeArticle = readonly [Article, ArticleSource | undefined]

/** The articles of a file, and all else that they were made of. */
export interface Made {
  readonly site: Site
  readonly asked: Asked
  readonly articles: readonly MadeArticle[]
  readonly problems: readonly Problem[]
  /** The records that became no article, with the ids that their articles would have. */
  readonly wrong: readonly WrongRecord[]
}

/** Gathers what becomes of a file's records, one after the other. */
interface Making {
  readonly site: Site
  readonly library: Library
  readonly spool: Spool | undefined
  readonly asked: {
    readonly media: Map<string, FileFacts | undefined>
    readonly articles: Map<string, string | undefined>
  }
  readonly problems: Problem[]
  readonly wrong: WrongRecord[]
}

export function beginMaking(site: Site, library: Library, spool: Spool | undefined): Making {
  const asked = { media: new Map(), articles: new Map() }
  return { site, library, spool, asked, problems: [], wrong: [] }
}

/** The article of a record; nothing where that is wrong, which is added to the problems. */
export function makeArticle(
  record: FoundRecord,
  origin: Origin,
  { site, library, spool, asked, problems, wrong }: Making,
): MadeArticle | undefined {
  const putAside = () => {
    const { id, ...told } = wrongOf(record)
    wrong.push(id === undefined ? told : { ...told, id: asUri(site.publication.authority, id) })
    return undefined
  }
  if (record.checked === undefined) return putAside()
  const shelf = shelfOf(record.file, site.publication.base, library)
  const given = { record: record.checked, report: record.reportTo(problems), ...record }
  const watch = watchBody(site.publication.base)
  const lay: Lay | undefined = spool && ((...given) => layUnmade(...given, spool, origin))
  const article = toArticle(given, { site, shelf, watch, lay })
  for (const [path, facts] of shelf.asked.media) asked.media.set(path, facts)
  for (const [path, link] of shelf.asked.articles) asked.articles.set(path, link)
  if (article === undefined) return putAside()
  return spool === undefined
    ? [article, { record, notes: watch.notes }]
    : [layMade(article, spool, origin), undefined]
}

/** One for all files whose articles asked for nothing, as most do. */
export const NOTHING_ASKED: Asked = { media: new Map(), articles: new Map() }

export function makeAll(
  file: string,
  records: readonly FoundRecord[],
  site: Site,
  library: Library,
  { root, habits, spool }: Work,
): Made {
  const making = beginMaking(site, library, spool)
  const of = { root, file, habits }
  const articles = records.flatMap((record, at): MadeArticle[] => {
    const made = makeArticle(record, { of, at }, making)
    return made === undefined ? [] : [made]
  })
  const { media, articles: others } = making.asked
  const asked = media.size + others.size === 0 ? NOTHING_ASKED : making.asked
  const { problems, wrong } = making
  return {
    site,
    asked,
    articles: compact(articles),
    problems: compact(problems),
    wrong: compact(wrong),
  }
}

/** Whether a file's articles still hold: neither the site nor anything that they asked for has changed. */
export function isCurrent({ made }: FileReading, site: Site, library: Library): boolean {
  if (made?.site !== site) return false
  const { media, articles } = made.asked
  if (media.size + articles.size === 0) return true
  return (
    [...media].every(([path, facts]) => isDeepStrictEqual(library.media.get(path), facts)) &&
    [...articles].every(([path, link]) => library.articles.get(path) === link)
  )
}

/** The links of articles by their files, for articles that lead to each other by file. */
export function linksOf(
  files: readonly string[],
  readings: readonly FileReading[],
): Map<string, string> {
  const links = new Map<string, string>()
  const ambiguous = new Set<string>()
  readings.forEach(({ link }, at) => {
    if (link === undefined) return
    const file = files[at] as string
    links.set(file, link)
    if (links.has(anywhere(file))) ambiguous.add(anywhere(file))
    links.set(anywhere(file), link)
  })
  for (const key of ambiguous) links.delete(key)
  return links
}
