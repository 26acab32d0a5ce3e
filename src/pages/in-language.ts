// What marks the words of a part of a page: their language, and the way they run.
import { remembered } from '../domain/remembered.ts'

/** The scripts that run from right to left (ISO 15924). */
const RIGHT_TO_LEFT = new Set(
  'Adlm Arab Aran Hebr Mand Mend Nkoo Rohg Samr Syrc Syre Syrj Syrn Thaa Yezi'.split(' '),
)

interface InLanguage {
  readonly lang: string
  readonly dir: 'ltr' | 'rtl'
}

const MOST_LANGUAGES = 500

/**
 * The attributes of an element whose words are in a language; what is around it may run the other way. Remembered, since
 * asking takes longer than writing a heading.
 * @param language BCP 47; its script is the one that it names (`az-Arab`), else the one it is mostly written in.
 */
export const inLanguage = remembered(MOST_LANGUAGES, (language): InLanguage => {
  const { script = '' } = new Intl.Locale(language).maximize()
  return { lang: language, dir: RIGHT_TO_LEFT.has(script) ? 'rtl' : 'ltr' }
})

/**
 * The attributes of an element that holds a name, such as a tag's or an author's. It may be in any language, and its letters
 * tell the direction: else `C++` among Arabic would be shown as `++C`.
 * @param language BCP 47: that of the words around it.
 */
export function asName(language: string): { readonly lang: string; readonly dir: 'auto' } {
  return { lang: language, dir: 'auto' }
}
