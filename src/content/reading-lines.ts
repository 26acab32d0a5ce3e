// Readings of files written down, so that another thread or a later process has them without reading the files.
import type { Article } from '../domain/article.ts'
import { NONE } from './compact.ts'
import type { FileFacts } from './files.ts'
import { type LaidFacts, layAgain, placeOf } from './laid-article.ts'
import {
  type FileReading,
  type Made,
  type MadeArticle,
  NOTHING_ASKED,
  type Work,
} from './making.ts'
import type { Site } from './site.ts'
import type { Spool } from './spool.ts'
import { shareTerms } from './terms.ts'

/*
 * A line for each file and one for each of its articles, and behind an article's line its words. Where all of it lies
 * in a spool, no words are moved to read it. Its values are taken for what they were when this program wrote them.
 */

/** Without what most have nothing of. */
interface FileLine
  extends Pick<FileReading, 'stamp' | 'digest' | 'count' | 'link'>,
    Partial<Pick<FileReading, 'problems' | 'pictures'>> {
  readonly file: string
  readonly asked?: {
    readonly media: [string, (FileFacts | null | undefined)?][]
    readonly articles: [string, (string | null | undefined)?][]
  }
  readonly making?: Made['problems']
  /** How many lines of articles follow. */
  readonly articles: number
}

/** An article, all but its words, whose bytes follow. */
interface ArticleLine {
  readonly at: number
  readonly length: number
  readonly isMade: boolean
  /** Without empty lists, and without those rights that are the publication's. */
  readonly facts: Partial<LaidFacts> & Omit<LaidFacts, List | 'rights'>
}

type List = (typeof LISTS)[number]
const LISTS = [
  'authors',
  'contributors',
  'tags',
  'sections',
  'pictures',
  'recordings',
  'sources',
  'related',
  'files',
] as const

/** The lines of a reading; none of one whose articles don't all lie somewhere, or that is to be made yet. */
export function linesOf(
  file: string,
  { stamp, digest, count, problems, pictures, link, made }: FileReading,
  site: Site,
): Buffer[] {
  if (stamp === undefined || made?.site !== site) return []
  const articles = made.articles.map(([article]) => article)
  const parts = articles.flatMap((article) => partsOf(article, site))
  // Two for each.
  if (parts.length < articles.length * 2) return []
  const { asked, problems: making } = made
  const { media, articles: others } = asked
  const head: FileLine = {
    file,
    stamp,
    digest,
    count,
    link,
    ...(problems.length > 0 && { problems }),
    ...(pictures.length > 0 && { pictures }),
    ...(asked !== NOTHING_ASKED && { asked: { media: [...media], articles: [...others] } }),
    ...(making.length > 0 && { making }),
    articles: articles.length,
  }
  return [toLine(head), ...parts]
}

/** Nothing of an article whose words don't lie anywhere. */
function partsOf(article: Article, { publication }: Site): Buffer[] {
  const place = placeOf(article)
  if (place === undefined) return []
  const { words, at, isMade } = place
  const told = Object.entries(article).filter(
    ([, value]) => value !== publication.rights && !(Array.isArray(value) && value.length === 0),
  )
  const facts = Object.fromEntries(told)
  return [toLine({ at, length: words.length, isMade, facts }), words]
}

export function toLine(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value)}\n`)
}

/** What is the same for all readings that are read. */
export interface Readings {
  readonly site: Site
  readonly work: Pick<Work, 'root' | 'habits'>
  /** Where the lines lie, and so the words. */
  readonly spool: Spool
}

/**
 * Reads lines, one after the other.
 * @param take is given each reading.
 * @returns what takes a line and where it ends in the spool, and tells how many bytes behind it are words.
 */
export function readingsIn(
  { site, work, spool }: Readings,
  take: (file: string, reading: FileReading) => void,
): (line: string, end: number) => number {
  const { publication } = site
  const { root, habits } = work
  let file = ''
  let link: string | undefined
  let current: MadeArticle[] = []
  let awaited = 0
  return (line, end) => {
    if (awaited === 0) {
      const head: FileLine = JSON.parse(line)
      const { stamp, digest, count, problems = NONE, pictures = NONE, asked, making = NONE } = head
      file = head.file
      link = head.link
      // Of its length: one that is pushed to has room for 17, which took a fifteenth of all memory.
      current = new Array(head.articles)
      awaited = head.articles
      const made = {
        site,
        asked: asked
          ? { media: present(asked.media), articles: present(asked.articles) }
          : NOTHING_ASKED,
        articles: current,
        problems: making,
      }
      take(file, { stamp, digest, count, problems, pictures, link, records: undefined, made })
      return 0
    }
    const place = current.length - awaited--
    const { at, length, isMade, facts }: ArticleLine = JSON.parse(line)
    const whole = facts as { -readonly [K in keyof LaidFacts]: LaidFacts[K] }
    whole.rights ??= publication.rights
    // One string instead of two.
    if (whole.link === link) whole.link = link
    for (const list of LISTS) whole[list] ??= NONE
    shareTerms(whole, publication)
    // Spelt out: each object that `work` is spread into has a layout of its own, which took a tenth of all memory.
    const origin = { of: { root, file, habits }, at }
    const lying = { lies: { offset: end, length }, isMade }
    current[place] = [layAgain(whole, lying, spool, origin), undefined]
    return length
  }
}

function present<T>(
  pairs: readonly [string, (T | null | undefined)?][],
): Map<string, T | undefined> {
  return new Map(pairs.map(([key, value]) => [key, value ?? undefined]))
}
