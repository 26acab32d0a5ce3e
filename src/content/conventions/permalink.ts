// Patterns of articles' addresses, as Gazette and each generator spell them, filled in for one article.
import { slug } from '../../domain/category.ts'
import type { Generator } from './generator.ts'

/** What a pattern may be filled in from. */
export interface PermalinkFacts {
  /** The moment of publication in the publication's zone; most patterns don't ask. */
  readonly date: () => { readonly year: string; readonly month: string; readonly day: string }
  /** Given by the record. */
  readonly slug?: string | undefined
  readonly title?: string | undefined
  /** The file's name without ending and day; a bundle's is its folder's. */
  readonly name: string
  /** The same with its day. */
  readonly fullName: () => string
  /** Folders from the generator's content folder inwards. */
  readonly folders: readonly string[]
  /** The same with all of the file's path, without its ending. */
  readonly levels: () => readonly string[]
  /** The levels of the first section's term. */
  readonly section: readonly string[]
  /** The sections' paths, as their labels are written. */
  readonly sections: readonly (readonly string[])[]
  /** What the record says under a name of its own. */
  readonly field: (name: string) => string | undefined
}

type Tokens = Readonly<Record<string, (facts: PermalinkFacts) => string | readonly string[]>>

const CALENDAR: Tokens = {
  year: ({ date }) => date().year,
  month: ({ date }) => date().month,
  day: ({ date }) => date().day,
}

const SHORT_CALENDAR: Tokens = {
  ...CALENDAR,
  i_month: ({ date }) => String(Number(date().month)),
  i_day: ({ date }) => String(Number(date().day)),
  short_year: ({ date }) => date().year.slice(-2),
}

const own = ({ slug: given, name }: PermalinkFacts) => given ?? name

const TOKENS: Readonly<Record<Generator | 'gazette', Tokens>> = {
  gazette: {
    ...CALENDAR,
    slug: (facts) => slug(own(facts).replaceAll('/', '-')),
    section: ({ section }) => section,
  },
  hexo: {
    ...SHORT_CALENDAR,
    title: ({ slug: given, name, folders }) => [...folders, given ?? name],
    name: ({ name }) => name,
    post_title: ({ title, name }) => slug(title ?? name),
    category: ({ sections }) => sections[0] ?? 'uncategorized',
  },
  jekyll: {
    ...SHORT_CALENDAR,
    title: own,
    slug: (facts) => slug(own(facts)),
    categories: ({ sections }) => sections.flat().map((label) => label.toLowerCase()),
    output_ext: () => '.html',
  },
  hugo: {
    ...CALENDAR,
    section: ({ folders }) => folders[0] ?? '',
    sections: ({ folders }) => folders,
    title: ({ title, name }) => urlised(title ?? name),
    slug: ({ slug: given, title, name }) => urlised(given ?? title ?? name),
    filename: ({ fullName }) => urlised(fullName()),
    contentbasename: ({ fullName }) => urlised(fullName()),
    slugorfilename: ({ slug: given, fullName }) => urlised(given ?? fullName()),
    slugorcontentbasename: ({ slug: given, fullName }) => urlised(given ?? fullName()),
  },
  zola: {
    sections: ({ folders }) => folders,
    slug: (facts) => slug(own(facts)),
  },
  eleventy: { path: ({ levels }) => withoutIndex(levels()) },
  astro: { sections: ({ folders }) => folders, slug: (facts) => slug(own(facts)) },
}

/** What stands for a value in a pattern: a name that the generator knows, or what looks like one. */
const NAMED = Object.fromEntries(
  Object.entries(TOKENS).map(([generator, tokens]) => {
    const names = Object.keys(tokens).sort((a, b) => b.length - a.length)
    return [generator, new RegExp(`:((?:${names.join('|')})(?![a-z])|[a-z_]+)`)]
  }),
) as Readonly<Record<keyof typeof TOKENS, RegExp>>

/** The path, from `/`, of an article's address, percent-encoded; or what a pattern asks for that can't be told. */
export type Filled =
  | { readonly path: string }
  | { readonly pattern: string; readonly lacks: string }

/** Fills a pattern in; nothing where none applies. */
export type Permalink = (facts: PermalinkFacts) => Filled | undefined

/** Of a pattern such as `/:year/:month/:slug/`. */
export function permalinkBy(pattern: string, generator: Generator | 'gazette'): Permalink {
  const tokens = TOKENS[generator]
  const [first = '', ...others] = pattern.split(NAMED[generator])
  return (facts) => {
    let path = first
    // A name, and the text behind it, in turns.
    for (let at = 0; at < others.length; at += 2) {
      const value = tokens[others[at] as string]?.(facts)
      if (value === undefined) return { pattern, lacks: `:${others[at]}` }
      const levels = typeof value === 'string' ? [value] : value
      path += levels.map(encodeURIComponent).join('/') + others[at + 1]
    }
    return { path: `/${path}`.replace(/\/{2,}/g, '/') }
  }
}

/** Eleventy: a page that is its folder's own, by the name `index` or the folder's, stands at the folder's address. */
function withoutIndex(levels: readonly string[]): readonly string[] {
  const last = levels.at(-1)
  return last === 'index' || last === levels.at(-2) ? levels.slice(0, -1) : levels
}

/** As Hugo makes a path of a title: lower case, hyphens for spaces, punctuation left out. */
function urlised(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/\s+/gu, '-')
    .replace(/[^\p{L}\p{M}\p{N}._~@+#-]/gu, '')
    .replace(/-{2,}/g, '-')
    .replace(/^-+|-+$/g, '')
}
