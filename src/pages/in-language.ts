// What marks the words of a part of a page: their language, and the way they run.

/** The scripts that run from right to left (ISO 15924). */
const RIGHT_TO_LEFT = new Set(
  'Adlm Arab Aran Hebr Mand Mend Nkoo Rohg Samr Syrc Syre Syrj Syrn Thaa Yezi'.split(' '),
)

interface InLanguage {
  readonly lang: string
  readonly dir: 'ltr' | 'rtl'
}

/** Of the languages that articles are in; asking takes longer than writing a heading. */
const known = new Map<string, InLanguage>()
const MOST_LANGUAGES = 500

/**
 * The attributes of an element whose words are in a language, for whatever runs the other way around it.
 * @param language BCP 47; it tells the script, as `az-Arab` does, or is mostly written in one.
 */
export function inLanguage(language: string): InLanguage {
  const before = known.get(language)
  if (before !== undefined) return before
  if (known.size === MOST_LANGUAGES) known.clear()
  const { script = '' } = new Intl.Locale(language).maximize()
  const found: InLanguage = { lang: language, dir: RIGHT_TO_LEFT.has(script) ? 'rtl' : 'ltr' }
  known.set(language, found)
  return found
}
