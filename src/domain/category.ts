// Categories, as in RFC 4287 §4.2.2: a tag is one in the tags scheme, a section one whose term is a path.
import { remembered } from './remembered.ts'
import { withoutUnseen } from './words.ts'

/** The vocabularies that feeds can be made for; authors and languages are looked up the same way. */
export type Scheme = 'tags' | 'sections' | 'authors' | 'languages'

export interface Category {
  readonly scheme: Scheme
  /** What addresses it: a slug, for a section the slugs of its levels joined by `/`. */
  readonly term: string
  /** What people read; for a section the name of its last level. */
  readonly label: string
}

/** What is a slug already, as most file names are; telling so takes a tenth of the time of folding it. */
const SETTLED = /^[a-z\d](?:[a-z\d-]*[a-z\d])?$/

/**
 * The one spelling that stands for every spelling of a name: Unicode NFKC, case-folded, white space and
 * commas to `-`. Invisible and direction-changing characters are dropped, and hyphens at the ends, so that a
 * leading `-` in a filter can only mean NOT. Empty where nothing visible is left.
 */
export function slug(name: string): string {
  if (SETTLED.test(name)) return name
  let folded = name
  // Folding can undo a normalisation and the other way round; it settles after at most a few turns.
  for (let turn = 0; turn < 4; turn++) {
    const next = withoutUnseen(folded.normalize('NFKC'))
      .toUpperCase()
      .toLowerCase()
      .replace(/[\s,]+/gu, '-')
      .replace(/^-+|-+$/g, '')
    if (next === folded) break
    folded = next
  }
  return folded
}

/** The term of a section from the names of its levels, outermost first; a `/` inside a name becomes `-`. */
export function sectionTerm(levels: readonly string[], slugOf = slug): string {
  return levels
    .map((level) => slugOf(level.normalize('NFKC').replaceAll('/', '-')))
    .filter(Boolean)
    .join('/')
}

/** A section and all above it, outermost first: `a/b/c` gives `a`, `a/b`, `a/b/c`. */
export function lineage(term: string, separator = '/'): string[] {
  const levels = term.split(separator)
  return levels.map((_, index) => levels.slice(0, index + 1).join(separator))
}

/**
 * A language and the ranges it falls under (RFC 4647 §3.3.1), widest first: `zh-hans` gives `zh`, `zh-hans`. What ends in a
 * single letter above it is no range, as in lookup (§3.4): that letter only opens what follows it. Remembered, as there are few
 * languages and each is asked for in every article.
 */
export const languageRanges = remembered(1_000, (language): readonly string[] => {
  const tag = language.toLowerCase()
  return lineage(tag, '-').filter((range) => range === tag || range.at(-2) !== '-')
})

/** One spelling of a term as it may come in a URL, for any scheme. */
export function spelling(scheme: Scheme, written: string): string {
  return scheme === 'sections' ? sectionTerm(written.split('/')) : slug(written)
}

/** Whether a term can stand in a path: URL parsers take `.` and `..` out of it (WHATWG URL §4.1). */
export function isAddressable(term: string): boolean {
  return term !== '' && !/(?:^|\/)\.{1,2}(?:\/|$)/.test(term)
}
