// An edition: the publication as one reader is shown it, in a language that the pages speak.
import type { Instant } from '../domain/article.ts'
import { fillIn } from '../domain/fill-in.ts'
import type { Publication } from '../domain/publication.ts'
import { remembered } from '../domain/remembered.ts'
import { MESSAGES, type MessageKey, PAGE_LANGUAGES, type PageLanguage } from './messages.ts'

export interface Edition {
  readonly publication: Publication
  /** Of the pages' own words; what the publication wrote stays in its own. */
  readonly language: PageLanguage
  readonly say: (...message: Message) => string
  /** What stands between the names in a list. */
  readonly separator: string
  /** The parts of a message around its places, for places that hold more than text. */
  readonly parts: (key: MessageKey) => readonly MessagePart[]
  readonly number: (value: number) => string
  /** The moment by the clock of the publication's time zone. */
  readonly moment: (instant: Instant) => string
}

/** A message and what its places are filled with. */
export type Message = readonly [
  key: MessageKey,
  values?: Readonly<Record<string, string | number | readonly string[]>>,
]

type MessagePart = { readonly text: string } | { readonly place: string }

/** Made once for each publication and language: formats of dates take longer to make than most pages. */
export function editionOf(publication: Publication, language: PageLanguage): Edition {
  const known = editions.get(publication) ?? new Map<PageLanguage, Edition>()
  editions.set(publication, known)
  const edition = known.get(language) ?? makeEdition(publication, language)
  known.set(language, edition)
  return edition
}

const editions = new WeakMap<Publication, Map<PageLanguage, Edition>>()

function makeEdition(publication: Publication, language: PageLanguage): Edition {
  const numbers = new Intl.NumberFormat(language)
  const plurals = new Intl.PluralRules(language)
  const moments = new Intl.DateTimeFormat(language, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: publication.zone,
  })
  const wording = (key: MessageKey, count = 0) => {
    const [one, several = one] = MESSAGES[key][PAGE_LANGUAGES.indexOf(language)]?.split('|') ?? []
    return (plurals.select(count) === 'one' ? one : several) ?? ''
  }
  const number = (value: number) => numbers.format(value)
  const separator = language === 'en' ? ', ' : '、'
  const asText = (value: string | number | readonly string[]) => {
    if (typeof value === 'string') return value
    return typeof value === 'number' ? number(value) : value.join(separator)
  }
  return {
    publication,
    language,
    number,
    separator,
    say: (key, values = {}) => {
      const texts = Object.entries(values).map(([name, value]) => [name, asText(value)])
      return fillIn(wording(key, Number(values.count ?? 0)), Object.fromEntries(texts))
    },
    parts: (key) =>
      wording(key)
        .split(/(\{\w+\})/)
        .filter((part) => part !== '')
        .map((part) => (/^\{\w+\}$/.test(part) ? { place: part.slice(1, -1) } : { text: part })),
    moment: (instant) => moments.format(instant),
  }
}

/**
 * The language of the pages: the one the reader's browser asks for, where the pages speak it, else the site's.
 * @param site BCP 47.
 * @param wanted language ranges and their weights, 0 to 1, as `Accept-Language` has them (RFC 9110 §12.5.4).
 */
export function pageLanguage(
  site: string,
  wanted: ReadonlyMap<string, number> = new Map(),
): PageLanguage {
  const ranges = [...wanted].filter(([, weight]) => weight > 0).sort(([, a], [, b]) => b - a)
  for (const [range] of ranges) {
    if (range === '*') break
    const spoken = spokenAs(range)
    if (spoken !== undefined) return spoken
  }
  return spokenAs(site) ?? 'en'
}

/** Nothing for a language that the pages don't speak, or for what is no tag: clients send what they like. */
const spokenAs = remembered(500, (tag): PageLanguage | undefined => {
  try {
    const { language, script } = new Intl.Locale(tag).maximize()
    if (language === 'zh') return script === 'Hant' ? 'zh-Hant' : 'zh-Hans'
    return language === 'en' ? 'en' : undefined
  } catch {
    return undefined
  }
})
