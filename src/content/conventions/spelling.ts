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

/** As Hugo makes a path of a title: lower case, hyphens for spaces, punctuation left out. */
export function urlised(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/\s+/gu, '-')
    .replace(/[^\p{L}\p{M}\p{N}._~@+#-]/gu, '')
    .replace(/-{2,}/g, '-')
    .replace(/^-+|-+$/g, '')
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
