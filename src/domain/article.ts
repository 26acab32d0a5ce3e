// An article: what an editor publishes, with its facts in the field's words and its place in time.
import type { Category } from './category.ts'

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number

export interface Person {
  readonly name: string
  readonly email?: string
  readonly url?: string
}

/** A person whose articles have feeds of their own. */
export interface Author extends Person {
  /** Its term in the authors scheme. */
  readonly term: string
}

interface Contributor extends Person {
  /** editor, photographer, translator, compiler, … */
  readonly role: string
}

/** Something at an address that a reader can open. */
export interface Link {
  readonly title: string
  readonly url: string
}

export interface Picture {
  readonly url: string
  readonly type?: string
  /** Bytes. */
  readonly length?: number
  /** Pixels. */
  readonly width?: number
  readonly height?: number
  readonly alt?: string
  readonly caption?: string
  readonly credit?: string
}

/** Audio or video. */
export interface Recording {
  readonly url: string
  readonly type: string
  /** Bytes; 0 where nobody knows (RSS 2.0, enclosure). */
  readonly length: number
  readonly title?: string
  /** Seconds. */
  readonly duration?: number
}

interface Source {
  readonly title: string
  readonly url?: string
  /** The feed it was taken from. */
  readonly feed?: string
}

export interface Rights {
  readonly copyright?: string
  readonly reprint?: string
  readonly disclaimer?: string
}

export interface Withdrawal {
  readonly at: Instant
  readonly by?: string
  readonly reason?: string
}

export interface Article {
  /** An absolute ASCII URI, the same in every format (RFC 4287 §4.2.6). */
  readonly id: string
  readonly slug: string
  /** Absolute. */
  readonly link: string
  /** Whether the link is Gazette's own page, which then exists. */
  readonly hasOwnPage: boolean
  /** Plain text, like every text here but `html`. */
  readonly title: string
  readonly summary?: string
  /** Cleaned, with absolute addresses only; empty where there is no body. */
  readonly html: string
  /** The body's words, for search. */
  readonly text: string
  readonly published: Instant
  /** Never before `published`. */
  readonly updated: Instant
  readonly expires?: Instant
  readonly draft: boolean
  readonly withdrawn?: Withdrawal
  /** BCP 47, in canonical case. */
  readonly language: string
  readonly authors: readonly Author[]
  readonly contributors: readonly Contributor[]
  readonly tags: readonly Category[]
  /** The sections it stands in, each as its path from the outermost level. */
  readonly sections: readonly (readonly Category[])[]
  readonly pictures: readonly Picture[]
  readonly recordings: readonly Recording[]
  readonly sources: readonly Source[]
  /** Links, or slugs of other articles. */
  readonly related: readonly (Link | { readonly article: string })[]
  readonly rights: Rights
  /** Paths under `content/` of the files that it shows. */
  readonly files: readonly string[]
  /** Differs where anything in the article does, its words included; absent where none was worked out. */
  readonly digest?: string
}

export type Life = 'draft' | 'scheduled' | 'published' | 'expired' | 'withdrawn'

/** Where an article stands in its life: the one gate before every feed, page and count. */
export function lifeAt(article: Article, now: Instant): Life {
  if (article.draft) return 'draft'
  const isWithdrawn = article.withdrawn !== undefined && article.withdrawn.at <= now
  // Withdrawn before it was published: a tombstone would tell everybody what is held back, and why.
  if (article.published > now) return isWithdrawn ? 'draft' : 'scheduled'
  if (isWithdrawn) return 'withdrawn'
  if (article.expires !== undefined && article.expires <= now) return 'expired'
  return 'published'
}

/**
 * What readers of a withdrawn article are told. A withdrawal may name a day, which begins before the last change of the
 * article; readers ignore a tombstone older than that (RFC 6721 §4), so it is dated by the change.
 */
export function withdrawalOf({ withdrawn, updated }: Article): Withdrawal | undefined {
  return withdrawn && { ...withdrawn, at: Math.max(withdrawn.at, updated) }
}

/** When an article that is in no feed any more left them. */
export function leftAt(article: Article): Instant {
  return Math.min(withdrawalOf(article)?.at ?? Infinity, article.expires ?? Infinity)
}

/** When the last thing happened by `now` to an article that is gone: one that has expired may be withdrawn later. */
export function goneAt(article: Article, now: Instant): Instant {
  const withdrawal = lifeAt(article, now) === 'withdrawn' ? withdrawalOf(article) : undefined
  return Math.max(leftAt(article), withdrawal?.at ?? -Infinity)
}
