// What is wrong with a value in plain words, where its schema has none of its own: zod's words are for programmers.
import { z } from 'zod'

/** An error map for `safeParse`; nothing where zod's own sentence has to do. */
export function inPlainWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return `should be ${typeOf(issue)}`
    case 'invalid_format':
      return issue.format === 'email'
        ? 'should be an e-mail address, such as desk@portal.example'
        : undefined
    case 'invalid_value':
      return `should be ${eitherOf(issue.values.map(String))}`
    case 'too_big':
      return `should ${sizeOf(issue.origin, 'at most', issue.maximum)}`
    case 'too_small':
      return `should ${sizeOf(issue.origin, 'at least', issue.minimum)}`
    default:
      return undefined
  }
}

function typeOf({ expected, inst }: z.core.$ZodRawIssue<z.core.$ZodIssueInvalidType>): string {
  switch (expected) {
    case 'string':
      return 'text'
    case 'number':
      return 'a number'
    case 'int':
      return 'a whole number'
    case 'boolean':
      return 'true or false, without quotes'
    case 'array':
      return 'a list, one value per line after "- "'
    case 'object':
      return inst instanceof z.ZodObject
        ? `a map with some of ${Object.keys(inst.shape)
            .map((key) => `\`${key}\``)
            .join(', ')}`
        : 'a map'
    case 'record':
      return 'a map, one "name: value" per line'
    default:
      return `of the type "${expected}"`
  }
}

/** `a, b or c`. */
function eitherOf(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}

function sizeOf(origin: string, bound: string, size: number | bigint): string {
  const thing = { string: 'character', array: 'value' }[origin]
  return thing ? `have ${bound} ${size} ${thing}${size === 1 ? '' : 's'}` : `be ${bound} ${size}`
}
