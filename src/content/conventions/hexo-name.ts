// What Hexo reads in the name of a post's file, by the pattern that `new_post_name` gives for new ones.
import { own } from '../../domain/own.ts'
import { remembered } from '../../domain/remembered.ts'
import { slugized } from './spelling.ts'

/** The parts that have a form of their own; any other may be anything. */
const FORMS: Readonly<Record<string, string>> = {
  year: '\\d{4}',
  month: '\\d{2}',
  day: '\\d{2}',
  i_month: '\\d{1,2}',
  i_day: '\\d{1,2}',
  hash: '[\\da-f]{12}',
}
/** Parts of any form in one pattern: each further one multiplies the time for a name that doesn't match by its length. */
const MOST_FREE = 2

/** The parts of a name; without a pattern, `title` is all of it. */
export function readHexoName(
  levels: readonly string[],
  newPostName: string | undefined,
): Readonly<Record<string, string>> {
  const name = levels.join('/')
  if (newPostName === undefined) return { title: name }
  const parts = readerOf(newPostName)?.exec(name)?.groups ?? {}
  return { ...parts, title: parts.title ?? slugized(name) }
}

const readerOf = remembered(10, (pattern): RegExp | undefined => {
  const [first = '', ...others] = pattern.replace(/\.[^./]*$/, '').split(/:([a-z_]\w*)/i)
  const names = others.filter((_, at) => at % 2 === 0)
  const free = names.filter((name) => own(FORMS, name) === undefined)
  if (free.length > MOST_FREE) return undefined
  const parts = names.map((name, at) => {
    const form = own(FORMS, name) ?? '.+?'
    const group = names.indexOf(name) === at ? `(?<${name}>${form})` : form
    return group + escaped(others[2 * at + 1] ?? '')
  })
  return new RegExp(`^${escaped(first)}${parts.join('')}$`, 's')
})

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}
