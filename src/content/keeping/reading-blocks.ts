// Readings of files as text, so that another thread or a later process gets them without reading the files.
import type { Article } from '../../domain/article.ts'
import type { FileFacts } from '../articles/files.ts'
import {
  type FileReading,
  type Made,
  type MadeArticle,
  NOTHING_ASKED,
  type Work,
} from '../articles/making.ts'
import { shareTerm } from '../articles/terms.ts'
import { NONE } from '../compact.ts'
import type { Site } from '../site/site.ts'
import {
  type ArticleItem,
  readArticle,
  type Term,
  unlessEmpty,
  writeArticle,
} from './article-item.ts'
import { type LaidFacts, layAgain, placeOf } from './laid-article.ts'
import type { Spool } from './spool.ts'

/**
 * Some readings as JSON, without the words of their articles, which lie elsewhere. A reading may go on in the next block.
 * It is trusted: only this program writes it.
 */
export type BlockText = string

interface BlockContent {
  /** How many terms of earlier blocks are still used in this one, before its own. */
  readonly known: number
  /** Each once, since articles share most of their terms. */
  readonly terms: readonly Term[]
  /** Each file is followed by its articles. */
  readonly items: readonly (FileItem | ArticleItem)[]
}

/** In lists, JSON has null for what is undefined. */
type Optional = string | null | undefined

/** A list, which is read in half the time that an object takes. */
type FileItem = readonly [
  file: string,
  /** How many follow. */
  articles: number,
  stamp: Optional,
  digest: Optional,
  count: number,
  link: Optional,
  rest?: FileRest,
]

/** What most files lack. */
interface FileRest extends Partial<Pick<FileReading, 'problems'>> {
  readonly asked?: {
    readonly media: [string, (FileFacts | null | undefined)?][]
    readonly articles: [string, Optional?][]
  }
  readonly making?: Made['problems']
  readonly wrong?: Made['wrong']
}

/** A block is full with so many bytes of words or so many items: about twenty milliseconds of work. */
const MOST_WORDS = 512 * 1024
const MOST_ITEMS = 2_000

/** Whether a reading can be written: its articles are made, and all of their words lie in a spool. */
export function canWrite({ stamp, made }: FileReading, site: Site): boolean {
  return (
    stamp !== undefined &&
    made?.site === site &&
    made.articles.every(([article]) => placeOf(article) !== undefined)
  )
}

/** Writes readings, block after block. */
export interface BlockWriter {
  /** Adds a reading without its articles, which are to be added next. */
  readonly addFile: (file: string, reading: FileReading) => void
  readonly addArticle: (article: Article) => void
  readonly isFull: () => boolean
  /** Ends the block, and begins the next. */
  readonly close: () => BlockText
}

/** @param spool where words are to lie; those that lie elsewhere are copied to it. */
export function blockWriter({ publication }: Site, spool: Spool): BlockWriter {
  const { rights } = publication
  const places = new Map<Term, number>()
  let terms: Term[] = []
  let items: (FileItem | ArticleItem)[] = []
  let link: string | undefined
  let bytes = 0
  const placed = (term: Term): number => {
    const known = places.get(term)
    if (known !== undefined) return known
    places.set(term, places.size)
    terms.push(term)
    return places.size - 1
  }
  return {
    addFile(file, reading) {
      const { stamp, digest, count, problems, made } = reading
      const { articles = NONE, asked = NOTHING_ASKED } = made ?? {}
      const { problems: making = NONE, wrong = NONE } = made ?? {}
      link = reading.link
      const rest: FileRest = {
        ...(problems.length > 0 && { problems }),
        ...(asked !== NOTHING_ASKED && {
          asked: { media: [...asked.media], articles: [...asked.articles] },
        }),
        ...(making.length > 0 && { making }),
        ...(wrong.length > 0 && { wrong }),
      }
      items.push([file, articles.length, stamp, digest, count, link, ...unlessEmpty(rest)])
    },
    addArticle(article) {
      const place = placeOf(article)
      if (place === undefined) return
      const { at, isMade } = place
      const lies = place.spool === spool ? place.lies : spool.append(place.spool.read(place.lies))
      bytes += lies.length
      const facts = article as Article & LaidFacts
      items.push(writeArticle(facts, { at, lies, isMade }, { link, rights }, placed))
    },
    isFull: () => bytes >= MOST_WORDS || items.length >= MOST_ITEMS,
    close() {
      const block: BlockContent = { known: places.size - terms.length, terms, items }
      terms = []
      items = []
      bytes = 0
      return JSON.stringify(block)
    },
  }
}

/** What all blocks are read with. */
export interface Readings {
  readonly site: Site
  readonly work: Pick<Work, 'root' | 'habits'>
  /** Where the words lie. */
  readonly spool: Spool
  /** Of the files as they are now: equal stamps are replaced by these very strings, to save memory. */
  readonly stamps: ReadonlyMap<string, string>
}

/**
 * @param take is given each reading.
 * @returns a function that reads blocks in their order; `begin` is where in the spool the words of a block begin.
 */
export function readingsIn(
  { site, work, spool, stamps }: Readings,
  take: (file: string, reading: FileReading) => void,
): (text: BlockText, begin: number) => void {
  const { publication } = site
  const { rights } = publication
  const { root, habits } = work
  const terms: Term[] = []
  let file = ''
  let link: string | undefined
  let current: MadeArticle[] = []
  let placed = 0
  const readFile = ([name, articles, stamp, digest, count, path, rest]: FileItem) => {
    const { problems = NONE, asked, making = NONE, wrong = NONE } = rest ?? {}
    file = name
    link = path ?? undefined
    // Of its final length: a list that is pushed to has room for 17, which took a fifteenth of all memory.
    current = new Array(articles)
    placed = 0
    const made = {
      site,
      asked: asked
        ? { media: present(asked.media), articles: present(asked.articles) }
        : NOTHING_ASKED,
      articles: current,
      problems: making,
      wrong,
    }
    const now = stamps.get(file)
    take(file, {
      stamp: stamp === now ? now : (stamp ?? undefined),
      digest: digest ?? undefined,
      count,
      problems,
      link,
      records: undefined,
      made,
    })
  }
  const termAt = <T extends Term>(place: number) => terms[place] as T
  const layArticle = (item: ArticleItem, begin: number) => {
    const { facts, at, lies, isMade } = readArticle(item, { link, rights }, termAt)
    const lying = { lies: { offset: begin + lies.offset, length: lies.length }, isMade }
    // Spelt out: each object made by a spread of `work` has its own layout, which took a tenth of all memory.
    const origin = { of: { root, file, habits }, at }
    current[placed++] = [layAgain(facts, lying, spool, origin), undefined]
  }
  return (text, begin) => {
    const block: BlockContent = JSON.parse(text)
    terms.length = block.known
    for (const term of block.terms) terms.push(shareTerm(term, publication))
    for (const item of block.items) {
      if (isFile(item)) readFile(item)
      else layArticle(item, begin)
    }
  }
}

function isFile(item: FileItem | ArticleItem): item is FileItem {
  return typeof item[0] === 'string'
}

function present<T>(
  pairs: readonly [string, (T | null | undefined)?][],
): Map<string, T | undefined> {
  return new Map(pairs.map(([key, value]) => [key, value ?? undefined]))
}
