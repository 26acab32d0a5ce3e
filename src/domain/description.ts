// A filter in words, in the publication's language: for the titles of feeds and pages.
import type { Catalog } from './catalog.ts'
import type { Scheme } from './category.ts'
import { type Bound, type Filter, hasTerms, SCHEMES } from './filter.ts'
import { remembered } from './remembered.ts'
import { asDay, asDayBefore } from './time.ts'

interface Phrases {
  /** What the terms of a scheme are called together. */
  readonly schemes: Readonly<Record<Scheme, string>>
  /** What named feeds are called together. */
  readonly named: string
  readonly or: string
  readonly without: (names: string) => string
  readonly alone: string
  readonly since: (when: string) => string
  readonly until: (when: string) => string
}

const ENGLISH: Phrases = {
  schemes: { authors: 'Authors', languages: 'Languages', sections: 'Sections', tags: 'Tags' },
  named: 'Feeds',
  or: ' or ',
  without: (names) => `without ${names}`,
  alone: 'this section alone',
  since: (when) => `since ${when}`,
  until: (when) => `until ${when}`,
}

const CHINESE: Phrases = {
  schemes: { authors: '作者', languages: '语言', sections: '栏目', tags: '标签' },
  named: '精选订阅',
  or: '或',
  without: (names) => `除${names}外`,
  alone: '仅本栏目',
  since: (when) => `自${when}起`,
  until: (when) => `至${when}`,
}

const TRADITIONAL: Phrases = {
  ...CHINESE,
  schemes: { authors: '作者', languages: '語言', sections: '欄目', tags: '標籤' },
  named: '精選訂閱',
  alone: '僅本欄目',
}

/** What a filter asks for, in words; empty for the filter that asks for everything. */
export function describeFilter(catalog: Catalog, filter: Filter): string {
  const { language, zone } = catalog.publication
  const phrases = phrasesFor(language)
  const parts: string[] = []
  for (const scheme of SCHEMES) {
    const terms = filter.terms[scheme]
    if (!hasTerms(terms)) continue
    const name = (term: string) => labelOf(catalog, scheme, term)
    parts.push(...terms.all.map((group) => group.map(name).join(phrases.or)))
    if (terms.none.length > 0) parts.push(phrases.without(terms.none.map(name).join(phrases.or)))
  }
  if (filter.sectionsAlone) parts.push(phrases.alone)
  if (filter.since !== undefined) parts.push(phrases.since(when(filter.since, zone, asDay)))
  if (filter.until !== undefined) parts.push(phrases.until(when(filter.until, zone, asDayBefore)))
  if (filter.words.length > 0) parts.push(`“${filter.words.join(' ')}”`)
  return parts.join(' · ')
}

/** What the terms of a scheme are called together, in the publication's language. */
export function schemeName(scheme: Scheme, language: string): string {
  return phrasesFor(language).schemes[scheme]
}

/** What named feeds are called together, in the publication's language. */
export function namedFeedsName(language: string): string {
  return phrasesFor(language).named
}

/** A term as people read it; a section with the sections above it. */
export function labelOf(catalog: Catalog, scheme: Scheme, term: string): string {
  if (scheme !== 'sections') return catalog.terms[scheme].get(term)?.label ?? term
  const levels = term.split('/')
  return levels
    .map(
      (level, at) => catalog.terms.sections.get(levels.slice(0, at + 1).join('/'))?.label ?? level,
    )
    .join(' › ')
}

/** Remembered: every title asks, and telling a language's script takes long. */
const phrasesFor = remembered(500, (language): Phrases => {
  const locale = new Intl.Locale(language).maximize()
  if (locale.language !== 'zh') return ENGLISH
  return locale.script === 'Hant' ? TRADITIONAL : CHINESE
})

function when(bound: Bound, zone: string, day: typeof asDay): string {
  if (typeof bound === 'string') return bound
  return day(bound, zone) ?? new Date(bound).toISOString()
}
