// The publication: whose articles these are, what it calls its terms, and what every feed says of it.
import type { FeedFormat } from './address.ts'
import type { Person, Rights } from './article.ts'
import { lineage, type Scheme } from './category.ts'
import type { NamedFeed } from './named-feed.ts'

/** What the publication says of a term of its vocabulary. */
export interface TermNote {
  readonly label?: string
  readonly description?: string
  /** The term that took its place. */
  readonly renamedTo?: string
  /** Why it is no more. */
  readonly retired?: string
}

/** A feed reader on the web. */
interface WebReader {
  readonly name: string
  /** Where it subscribes to a feed; `{feed}` stands for the feed's percent-encoded URL. */
  readonly url: string
}

/** Notes by scheme and term, where the publication says anything. */
export type Taxonomy = Readonly<Record<Scheme, ReadonlyMap<string, TermNote>>>

export interface Publication {
  readonly title: string
  readonly description: string
  /** Absolute, ends with `/`; every link is made from it. */
  readonly base: string
  /** The tagging entity of its ids (RFC 4151 §2.1). */
  readonly authority: string
  /** BCP 47. */
  readonly language: string
  /** IANA. */
  readonly zone: string
  readonly rights: Rights
  readonly contact?: { readonly name?: string; readonly email: string }
  readonly authors: readonly Person[]
  /** Absolute addresses of pictures. */
  readonly logo?: string
  readonly icon?: string
  /** Web readers that people can subscribe with. */
  readonly readers: readonly WebReader[]
  /** WebSub hubs. */
  readonly hubs: readonly string[]
  readonly taxonomy: Taxonomy
  /** Filters saved under a name, in the order they are listed. */
  readonly feeds: ReadonlyMap<string, NamedFeed>
  /** How long Atom carries the tombstone of a withdrawn article: an ISO 8601 duration. */
  readonly tombstones: string
  /** Whether clients that ask are sent only what they lack (RFC 3229), and how the agents of those begin that can't read it. */
  readonly delta: { readonly isOn: boolean; readonly except: readonly string[] }
  /** Paths under `content/` of the files that it shows. */
  readonly files: readonly string[]
  /** Whether queries are heeded: not where its feeds are plain files, which have no filters and no further pages. */
  readonly answersQueries: boolean
  /** The formats of its feeds, in the order of `FEED_FORMATS`; a named one may be written in fewer. */
  readonly formats: readonly FeedFormat[]
  /** Whether it has pages for people: not where its feeds alone stand beside another site's. */
  readonly hasPages: boolean
}

/** A section that is renamed to one below itself would grow for ever. */
const MOST_RENAMINGS = 100

/**
 * The term that stands for this one now, through as many renamings as anybody needs. A section below a renamed
 * one moves with it.
 */
export function currentTerm(taxonomy: Taxonomy, scheme: Scheme, term: string): string {
  let current = term
  const seen = new Set<string>()
  while (!seen.has(current) && seen.size < MOST_RENAMINGS) {
    seen.add(current)
    current = renamed(taxonomy, scheme, current)
  }
  return current
}

/** Whether the renamings of a term lead nowhere: back to it, or ever further down. */
export function isRenamedForEver(taxonomy: Taxonomy, scheme: Scheme, term: string): boolean {
  const last = currentTerm(taxonomy, scheme, term)
  return withThoseAbove(scheme, last).some(
    (above) => taxonomy[scheme].get(above)?.renamedTo !== undefined,
  )
}

function renamed(taxonomy: Taxonomy, scheme: Scheme, term: string): string {
  const notes = taxonomy[scheme]
  if (scheme !== 'sections') return notes.get(term)?.renamedTo ?? term
  const levels = term.split('/')
  for (let depth = levels.length; depth > 0; depth--) {
    const target = notes.get(levels.slice(0, depth).join('/'))?.renamedTo
    if (target !== undefined) return [target, ...levels.slice(depth)].join('/')
  }
  return term
}

/** Why a term is no more, where it isn't; a section below a retired one is none either. */
export function retirement(taxonomy: Taxonomy, scheme: Scheme, term: string): string | undefined {
  return withThoseAbove(scheme, term)
    .map((above) => taxonomy[scheme].get(above)?.retired)
    .find((reason) => reason !== undefined)
}

function withThoseAbove(scheme: Scheme, term: string): readonly string[] {
  return scheme === 'sections' ? lineage(term) : [term]
}
