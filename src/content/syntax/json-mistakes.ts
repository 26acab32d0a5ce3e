// What is wrong with JSON, in its author's words: the parser only has names for mistakes.
import type { ParseErrorCode } from 'jsonc-parser'
import { jsonc } from './late.ts'

const NO_NUMBER = 'this should be a number such as 7 or 0.5'
const NO_COMMENTS = 'it may hold no comments'

/** By the parser's names. */
const SENTENCES: Readonly<Record<string, string>> = {
  InvalidSymbol:
    'this should be text between straight quotation marks, a number, true, false or null',
  InvalidNumberFormat: NO_NUMBER,
  PropertyNameExpected:
    'a name between straight quotation marks should stand here; behind the last value there is no comma',
  ValueExpected: 'a value should stand here; behind the last one there is no comma',
  ColonExpected: 'a colon should stand between a name and its value',
  CommaExpected: 'a comma is missing before this, or what closes the list or the map',
  CloseBraceExpected: 'what begins with "{" should end with "}"',
  CloseBracketExpected: 'what begins with "[" should end with "]"',
  EndOfFileExpected: 'more follows where it has ended',
  InvalidCommentToken: NO_COMMENTS,
  UnexpectedEndOfComment: NO_COMMENTS,
  UnexpectedEndOfString:
    'text that begins with a quotation mark should end with one, on the same line',
  UnexpectedEndOfNumber: NO_NUMBER,
  InvalidUnicode: '"\\u" should have four hexadecimal digits behind it',
  InvalidEscapeCharacter: 'a backslash in text should be written twice',
  InvalidCharacter: 'a tab in text should be written "\\t"',
}

export function jsonMistake(error: ParseErrorCode): string {
  const name = jsonc().printParseErrorCode(error)
  return SENTENCES[name] ?? name
}
