// An article whose body is on disk, for files of more records than memory should hold.
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

/**
 * A class, so that a million of them share their accessors. What is not private is compared where two articles
 * are: the digest stands for the body.
 */
class SpooledArticle {
  readonly digest: string
  readonly #spool: Spool
  readonly #html: Slice
  readonly #text: Slice
  readonly #origin: Origin

  constructor({ html, text, ...facts }: Article, spool: Spool, origin: Origin) {
    Object.assign(this, facts)
    this.#origin = origin
    this.digest = createHash('sha256').update(html).digest('base64url').slice(0, 22)
    this.#spool = spool
    this.#html = spool.append(html)
    this.#text = spool.append(text)
  }

  get html(): string {
    return this.#spool.read(this.#html)
  }

  static originOf(article: unknown): Origin | undefined {
    return article instanceof SpooledArticle ? article.#origin : undefined
  }

  get text(): string {
    return this.#spool.read(this.#text)
  }
}

/** The same article with its body in the spool. */
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
    reportTo: reporter(file, { locate: () => ({ line, column: 1 }) }),
  }
  return { record, notes: NO_NOTES }
}
