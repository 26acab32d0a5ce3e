// How generators spell names in addresses.

/** Latin letters that no mark can be taken from. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ß: 's',
  æ: 'ae',
  Æ: 'AE',
  đ: 'd',
  Đ: 'D',
  ı: 'i',
  ł: 'l',
  Ł: 'L',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
}

/** Latin letters without their marks: `é` is `e`, `ø` is `o`. Other scripts, whose marks say more, stay as they are. */
export function withoutDiacritics(text: string): string {
  return text
    .normalize('NFD')
    .replace(/(\p{Script=Latin})\p{Mn}+/gu, '$1')
    .normalize('NFC')
    .replace(/[ßæÆđĐıłŁœŒøØ]/g, (letter) => PLAIN_LETTERS[letter] as string)
}

/**
 * As Hugo makes a path of a text: punctuation left out, and a hyphen for white space that has none beside it already.
 * What separates levels stays.
 */
export function urlised(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{Nd}\s./_#+~@-]/gu, '')
    .replace(/\s+/gu, ' ')
    .replace(/^ | $|(?<=-) | (?=-)/g, '')
    .replaceAll(' ', '-')
}

/** Jekyll's "pretty" way, which its titles go by: capitals and punctuation that a path may hold stay. */
export function cased(text: string): string {
  return text.replace(/[^\p{M}\p{L}\p{Nd}._~!$&'()+,;=@]+/gu, '-').replace(/^-|-$/g, '')
}

/** Jekyll's usual way: letters and digits, lower case, with hyphens between. */
export function hyphenated(text: string): string {
  return text
    .replace(/[^\p{M}\p{L}\p{Nd}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase()
}

/** Hexo's way: letters without their marks, hyphens for white space and punctuation. */
export function slugized(text: string): string {
  return withoutDiacritics(text)
    .replace(/[\0-\x1f]/g, '')
    .replace(/[\s~`!@#$%^&*()\-_+=[\]{}|\\;:"'<>,.?/]+/g, '-')
    .replace(/^-|-$/g, '')
}

/** Zola's way, without transliterating scripts other than Latin. */
export function zolaSlug(text: string, way: 'on' | 'safe' | 'off'): string {
  if (way === 'off') return text
  if (way === 'safe')
    return text
      .replace(/(?<![ .])[ .]+$/, '')
      .replace(/[<>:"/\\|?*\r\n\t]/g, '')
      .replaceAll(' ', '_')
  return withoutDiacritics(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
}
