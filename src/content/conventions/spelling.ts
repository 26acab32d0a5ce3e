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
