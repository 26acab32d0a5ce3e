// What a value says, whatever record it stands in: nothing, yes or no, a directive, a language.
import { isMap } from './maps.ts'

/** What Eleventy and Hugo take a date from: the file's times, or git's, which a copy of the folder doesn't have. */
export function isDirective(value: unknown): boolean {
  return /^((git )?(created|last modified)|:\w+)$/i.test(String(value))
}

/** Whether a value only switches on or off what a theme shows, under the name of one of our fields. */
export function isSwitch(field: string, value: unknown): boolean {
  if (isMap(value)) return Object.keys(value).length === 0
  return typeof value === 'boolean' && !['id', 'slug', 'title', 'withdrawn'].includes(field)
}

/** A locale of POSIX is a language too: `zh_CN.UTF-8`. Of several the first counts. */
export function readLanguage(value: unknown): unknown {
  const [first] = [value].flat()
  return isText(first) ? first.replace(/[.@].*$/s, '').replaceAll('_', '-') : first
}

/** Yes and no as YAML 1.1, databases and people write them. */
export function readYesNo(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value
  if (value === 1 || value === 0) return value === 1
  if (typeof value !== 'string') return undefined
  const word = value.trim().toLowerCase()
  if (['true', 'yes', 'on'].includes(word)) return true
  return ['false', 'no', 'off'].includes(word) ? false : undefined
}

/** What PaperMod's example says, which stands in many posts as it was copied. */
const STAND_INS: ReadonlySet<unknown> = new Set(['https://canonical.url/to/page', 'Desc Text.'])

export function isNothing(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    STAND_INS.has(value) ||
    (Array.isArray(value) && value.every((one) => one === null || one === ''))
  )
}

export function isText(value: unknown): value is string {
  return typeof value === 'string'
}
