// What is wrong with YAML, in its author's words: the parser's own are about how it reads.
import type { Document, YAMLParseError } from 'yaml'
import { yaml } from './late.ts'

const NO_FIELD =
  'this line should be a name, a colon and a space before its value, such as "title: …"'
const NO_COMMA = 'a list or a map in brackets lacks a comma, or has one too many'
const BEHIND_A_SIGN =
  'behind "|" or ">" nothing may stand; a value that begins so needs quotation marks around it'
const UNCLOSED = 'a value that begins with a quotation mark should end with one'

const needsQuotes = (beginning: string) =>
  `a value that begins with "${beginning}" needs quotation marks around it`

/** By how the parser's own sentences begin; `found` is what stands at the place, to the end of its line. */
const SENTENCES: readonly (readonly [string, string | ((found: string) => string)])[] = [
  ['Implicit keys need', NO_FIELD],
  ['Implicit map keys need', NO_FIELD],
  ['Nested mappings', colonOrIndentation],
  ['A block sequence may not', 'this line should stand in line with those above it'],
  [
    'Sequence item without',
    'this line should stand in line with those above it, or begin with "- "',
  ],
  ['All mapping items must', 'this line should stand in line with those above it'],
  [
    'Unexpected scalar at node end',
    'more follows where a value has ended; one that begins with a quotation mark, a bracket or an asterisk and goes on behind it needs quotation marks around the whole',
  ],
  ['Plain value cannot start', (found) => needsQuotes(found.charAt(0))],
  ['Unexpected block-seq-ind', () => needsQuotes('- ')],
  ['Not a YAML token', BEHIND_A_SIGN],
  ['Block scalar header', BEHIND_A_SIGN],
  ['Comments must be separated', () => needsQuotes('#')],
  ['Flow sequence', 'a list that begins with "[" should end with "]" before this'],
  ['Flow map', 'a map that begins with "{" should end with "}" before this'],
  ['Missing closing', UNCLOSED],
  ['Missing , or :', NO_COMMA],
  ['Unexpected , in', NO_COMMA],
  ['Source contains multiple', 'nothing may follow a line that begins with "---"'],
  ['Unresolved alias', () => needsQuotes('*')],
]

/** A sentence, without its full stop, for the parser's message; the message itself if there is none. */
export function mistakeIn(text: string, message: string, offset: number): string {
  const [, sentence = message] = SENTENCES.find(([start]) => message.startsWith(start)) ?? []
  if (typeof sentence === 'string') return sentence
  const [found = ''] = text.slice(offset).split('\n', 1)
  return sentence(found)
}

/** Where to look for a mistake: a quotation that never ends is wrong where it begins, not where the text ends. */
export function offsetOf({ message, pos: [offset] }: YAMLParseError, document: Document): number {
  if (!message.startsWith('Missing closing')) return offset
  let begun = offset
  yaml().visit(document, {
    Scalar(_, { type, range }) {
      if (type?.startsWith('QUOTE') && range != null) begun = range[0]
    },
  })
  return begun
}

function colonOrIndentation(found: string): string {
  return found.includes(': ') || found.trimEnd().endsWith(':')
    ? 'a value with a colon and a space in it needs quotation marks around it'
    : 'the line below should stand in line with this one'
}
