// What can be wrong with a parameter of an address: each kind has its sentence, here in English.
import { fillIn } from './fill-in.ts'

/** `{name}` is the parameter, or as much of it as is repeated. Pages say the same in the languages that they speak. */
export const MALFORMED = {
  unknown: 'There is no parameter "{name}".',
  repeated: '"{name}" can only be given once.',
  number: '"{name}" should be a number from 1 to {most}.',
  choice: '"{name}" should be one of {choices}.',
  bound:
    '"{name}" should be a date (2026-03-09), a date-time (2026-03-09T08:30:00Z) or a duration back from now (P7D).',
  depth: '"depth" can only be 0: the section alone, without those below it.',
  content: '"content" should be "full" or "summary".',
  summaries: 'This feed has summaries only.',
  length: '"{name}" may have at most {most} characters.',
  count: 'A filter may name at most {most} terms.',
  term: '"{term}" can\'t be the name of a term.',
  mixed: '"{name}={value}" mixes terms to have with terms to leave out: give them apart.',
} as const

/** What a request said wrong, for the person who wrote it. */
export class MalformedParameter extends Error {
  readonly parameter: string
  readonly kind: keyof typeof MALFORMED
  readonly values: Readonly<Record<string, string>>
  constructor(
    parameter: string,
    kind: keyof typeof MALFORMED,
    values: Readonly<Record<string, string>> = {},
  ) {
    const filled = { name: parameter, ...values }
    super(fillIn(MALFORMED[kind], filled))
    this.name = 'MalformedParameter'
    this.parameter = parameter
    this.kind = kind
    this.values = filled
  }
}
