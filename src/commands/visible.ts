// Text that is safe to print at a terminal: what would move the cursor or reverse the line is shown instead.

/** The text with pictures in the place of control characters, and `�` for other characters that act instead of being seen. */
export function visible(text: string): string {
  return text
    .replace(/[\u0000-\u001F]/g, (control) => String.fromCodePoint(0x2400 + control.charCodeAt(0)))
    .replaceAll('\u007F', '\u2421')
    .replace(/[\u0080-\u009F\u2028-\u202E\u2066-\u2069]|\p{Surrogate}/gu, '\uFFFD')
}
