// An article whose words are on disk, for files of more records than memory should hold.
import { createHash } from 'node:crypto'
import type { Article } from '../domain/article.ts'
import type { BodyNotes } from './body-notes.ts'
import { reporter } from './check-record.ts'
import type { ArticleSource } from './reading.ts'
import type { Slice, Spool } from './spool.ts'

/** Where the record of an article stands. */
interface Origin {
  readonly file: string
  /** From 1. */
  readonly line: number
}

interface Words {
  readonly html: string
  readonly text: string
  readonly summary: string | undefined
}

/**
 * A class, so that a million of them share their accessors. What is not private is compared where two articles
 * are: the digest stands for the words.
 */
class SpooledArticle {
  readonly digest: string
  readonly #spool: Spool
  readonly #words: Slice
  readonly #origin: Origin

  constructor({ html, text, summary, ...facts }: Article, spool: Spool, origin: Origin) {
    Object.assign(this, compact(facts))
    const words = JSON.stringify({ html, text, summary } satisfies Words)
    this.digest = createHash('sha256').update(words).digest('base64url').slice(0, 22)
    this.#spool = spool
    this.#words = spool.append(words)
    this.#origin = origin
  }

  static originOf(article: unknown): Origin | undefined {
    return article instanceof SpooledArticle ? article.#origin : undefined
  }

  #read(): Words {
    return JSON.parse(this.#spool.read(this.#words)) as Words
  }

  get html(): string {
    return this.#read().html
  }

  get text(): string {
    return this.#read().text
  }

  get summary(): string | undefined {
    return this.#read().summary
  }
}

/** Lists that grew hold room for more; a million articles have no use for it. */
function compact<T extends object>(facts: T): T {
  const entries = Object.entries(facts)
  return Object.fromEntries(
    entries.map(([key, value]) => [
      key,
      Array.isArray(value) && value.length > 0 ? value.slice() : value,
    ]),
  ) as T
}

/** The same article with its words in the spool. */
export function spooled(article: Article, spool: Spool, origin: Origin): Article {
  return new SpooledArticle(article, spool, origin) as Partial<Article> as Article
}

const NO_NOTES: BodyNotes = { unanswered: [], astray: [], unsized: [] }

/** What a spooled article was made from, as far as that is known without reading it again; nothing of another. */
export function sourceOfSpooled(article: Article): ArticleSource | undefined {
  const origin = SpooledArticle.originOf(article)
  if (origin === undefined) return undefined
  const { file, line } = origin
  const record = {
    file,
    name: article.slug,
    checked: undefined,
    body: { form: 'text' as const, source: '' },
    isOneOfSeveral: true,
    generator: undefined,
    translation: undefined,
    reportTo: reporter(file, { locate: () => ({ line, column: 1 }) }),
  }
  return { record, notes: NO_NOTES }
}
