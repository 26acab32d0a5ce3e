// Text as a terminal may be given it: what would move the cursor or turn the line around is shown, not done.

/** The text with control characters as their pictures, and other signs that act instead of being seen as `�`. */
export function visible(text: string): string {
  return text
    .replace(/[\u0000-\u001F]/g, (control) => String.fromCodePoint(0x2400 + control.charCodeAt(0)))
    .replaceAll('\u007F', '\u2421')
    .replace(/[\u0080-\u009F\u2028-\u202E\u2066-\u2069]|\p{Surrogate}/gu, '\uFFFD')
}
