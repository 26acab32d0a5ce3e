// An article whose words lie in a spool, made or still to be made: memory holds only what feeds are selected by.
import { hash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { Article, Instant, Withdrawal } from '../../domain/article.ts'
import type { Facts } from '../articles/article.ts'
import { makeLate, type Said, type Words, writeUnmade } from '../articles/article-words.ts'
import type { BodyNotes } from '../articles/body-notes.ts'
import type { ArticleSource } from '../articles/making.ts'
import type { BodySource } from '../bodies/body.ts'
import { compact } from '../compact.ts'
import { findAgain, type Origin } from '../records/origin.ts'
import { readMade, writeMade } from './laid-words.ts'
import type { Slice, Spool } from './spool.ts'

/** What memory holds of an article: all but its words. The digest stands for everything, words too. */
export type LaidFacts = Facts & { readonly digest: string }

/** Where words lie, and whether they are made. */
interface Lying {
  readonly lies: Slice
  readonly isMade: boolean
}

/** What has to be written down beside an article's facts, so that it can be laid again. */
export interface Place extends Lying {
  readonly spool: Spool
  /** Which of its file's records it is; see `Origin`. */
  readonly at: number
}

/**
 * A class, so that a million of them share their accessors, with fields always in one order, so that they share their
 * layout: that halves the memory. Comparing two of them compares what isn't private; there the digest stands for words.
 */
class LaidArticle implements LaidFacts {
  readonly id: string
  readonly slug: string
  readonly link: string
  readonly hasOwnPage: boolean
  readonly title: string
  readonly published: Instant
  readonly updated: Instant
  declare readonly expires?: Instant
  readonly draft: boolean
  declare readonly withdrawn?: Withdrawal
  readonly language: string
  readonly authors: Article['authors']
  readonly contributors: Article['contributors']
  readonly tags: Article['tags']
  readonly sections: Article['sections']
  readonly pictures: Article['pictures']
  readonly recordings: Article['recordings']
  readonly sources: Article['sources']
  readonly related: Article['related']
  readonly rights: Article['rights']
  readonly files: Article['files']
  readonly digest: string
  #origin: Origin
  #spool: Spool
  #lies: Slice
  #isMade: boolean

  constructor(facts: LaidFacts, { lies, isMade }: Lying, spool: Spool, origin: Origin) {
    this.id = facts.id
    this.slug = facts.slug
    this.link = facts.link
    this.hasOwnPage = facts.hasOwnPage
    this.title = facts.title
    this.published = facts.published
    this.updated = facts.updated
    this.draft = facts.draft
    this.language = facts.language
    this.authors = compact(facts.authors)
    this.contributors = compact(facts.contributors)
    this.tags = compact(facts.tags)
    this.sections = compact(facts.sections)
    this.pictures = compact(facts.pictures)
    this.recordings = compact(facts.recordings)
    this.sources = compact(facts.sources)
    this.related = compact(facts.related)
    this.rights = facts.rights
    this.files = compact(facts.files)
    this.digest = facts.digest
    // Most have neither.
    if (facts.expires !== undefined) this.expires = facts.expires
    if (facts.withdrawn !== undefined) this.withdrawn = facts.withdrawn
    this.#spool = spool
    this.#origin = origin
    this.#lies = lies
    this.#isMade = isMade
  }

  static placeOf(article: unknown): Place | undefined {
    if (!(article instanceof LaidArticle)) return undefined
    const spool = article.#spool
    return { spool, lies: article.#lies, isMade: article.#isMade, at: article.#origin.at }
  }

  static originOf(article: unknown): Origin | undefined {
    return article instanceof LaidArticle ? article.#origin : undefined
  }

  static isUnmade(article: unknown): article is LaidArticle {
    return article instanceof LaidArticle && !article.#isMade
  }

  static unmadeOf(article: LaidArticle): Buffer {
    return article.#spool.read(article.#lies)
  }

  static layWords(article: LaidArticle, words: Uint8Array): void {
    if (!article.#isMade) article.#lieMade(words)
  }

  /** Of two that say the same, the first takes over the file and the place of the second, so that its own spool can go. */
  static lieAs(was: unknown, is: unknown): void {
    if (!(was instanceof LaidArticle && is instanceof LaidArticle)) return
    was.#origin = is.#origin
    if (was.#spool === is.#spool) return
    was.#spool = is.#spool
    was.#lies = is.#lies
    was.#isMade = is.#isMade
  }

  #words(): Words {
    if (last?.article === this) return last.words
    const lying = this.#spool.read(this.#lies)
    const words: Words = this.#isMade ? readMade(lying) : this.#make(lying)
    last = { article: this, words }
    return words
  }

  /** Makes the words, and lays them so, since every format asks for them. On a full disk they are made each time. */
  #make(unmade: Buffer): Words {
    const words = makeLate(unmade, this.link)
    const made = writeMade(words)
    try {
      this.#lieMade(made)
    } catch {
      // Readers still get the words. The next change reports that nothing can be written.
    }
    return words
  }

  #lieMade(words: Uint8Array): void {
    this.#lies = this.#spool.append(words)
    this.#isMade = true
  }

  get html(): string {
    return this.#words().html
  }

  get text(): string {
    return this.#words().text
  }

  get summary(): string | undefined {
    return this.#words().summary
  }
}

/** Whoever asks for the HTML, text or summary of an article asks for the others next. */
let last: { readonly article: LaidArticle; readonly words: Words } | undefined

/** An article whose words are made when they are asked for. Its body must refer to nothing in the folder. */
export function layUnmade(
  facts: Facts,
  body: BodySource,
  said: Said,
  spool: Spool,
  origin: Origin,
): Article {
  const unmade = writeUnmade(body, said)
  return lay({ digest: digestOf(facts, unmade), ...facts }, unmade, false, spool, origin)
}

/** The same article with its words in the spool. */
export function layMade(article: Article, spool: Spool, origin: Origin): Article {
  if (LaidArticle.originOf(article) !== undefined) return article
  const { html, text, summary, ...facts } = article
  const words = { html, text, ...(summary === undefined ? {} : { summary }) }
  const digest = digestOf(facts, JSON.stringify(words))
  return lay({ digest, ...facts }, writeMade(words), true, spool, origin)
}

function lay(
  facts: LaidFacts,
  words: Buffer,
  isMade: boolean,
  spool: Spool,
  origin: Origin,
): Article {
  return layAgain(facts, { lies: spool.append(words), isMade }, spool, origin)
}

/** 132 bits, made when an article is read, so that comparing two articles doesn't need their words. */
function digestOf(facts: Facts, words: Buffer | string): string {
  const both = hash('sha256', words, 'base64url') + JSON.stringify(facts)
  return hash('sha256', both, 'base64url').slice(0, 22)
}

/** An article whose words lie in the spool already. */
export function layAgain(facts: LaidFacts, lying: Lying, spool: Spool, origin: Origin): Article {
  return new LaidArticle(facts, lying, spool, origin) as Partial<Article> as Article
}

/** Those whose words are still to be made. */
export function unmadeAmong(articles: readonly Article[]): LaidArticle[] {
  return (articles as readonly unknown[]).filter(LaidArticle.isUnmade)
}

/** `placeOf` gives nothing of an article that isn't laid, `unmadeOf` what words are made of, as `writeUnmade` writes it. */
export const { placeOf, unmadeOf, layWords } = LaidArticle

/** By their digests alone where they have any: of a folder that was moved, thousands are compared at each change. */
export function sayTheSame(was: Article, is: Article): boolean {
  return was.digest === undefined || is.digest === undefined
    ? isDeepStrictEqual(was, is)
    : was.digest === is.digest
}

/** Of two articles that say the same, the first, which takes over the file and the place of the second. */
export function sameLaid<T>(was: T, is: unknown): T {
  LaidArticle.lieAs(was, is)
  return was
}

const NO_NOTES: BodyNotes = { unanswered: [], astray: [], unsized: [] }

/** The path under the content folder of a laid article's file; nothing of another. */
export function fileOfLaid(article: Article): string | undefined {
  return LaidArticle.originOf(article)?.of.file
}

/** What a laid article was made from, read again; nothing of another. */
export function sourceOfLaid(article: Article): ArticleSource | undefined {
  const origin = LaidArticle.originOf(article)
  return origin && { record: findAgain(origin), notes: NO_NOTES }
}
