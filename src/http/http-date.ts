// Dates in HTTP headers (RFC 9110 §5.6.7): three forms to read, all in GMT, one to write.
import type { Instant } from '../domain/article.ts'

const DAYS = 'Sun|Mon|Tue|Wed|Thu|Fri|Sat'
const LONG_DAYS = 'Sunday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday'
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const MONTH = MONTHS.join('|')
const TIME = '(?<time>\\d{2}:\\d{2}:\\d{2})'

const FORMS = [
  // IMF-fixdate: Sun, 06 Nov 1994 08:49:37 GMT
  new RegExp(`^(?:${DAYS}), (?<day>\\d{2}) (?<month>${MONTH}) (?<year>\\d{4}) ${TIME} GMT$`),
  // RFC 850: Sunday, 06-Nov-94 08:49:37 GMT
  new RegExp(`^(?:${LONG_DAYS}), (?<day>\\d{2})-(?<month>${MONTH})-(?<year>\\d{2}) ${TIME} GMT$`),
  // asctime: Sun Nov  6 08:49:37 1994
  new RegExp(`^(?:${DAYS}) (?<month>${MONTH}) (?<day>[ \\d]\\d) ${TIME} (?<year>\\d{4})$`),
]

/** The instant of an HTTP date; nothing for any other text, which a server must ignore (RFC 9110 §13.1.3). */
export function readHttpDate(text: string): Instant | undefined {
  const found = FORMS.map((form) => form.exec(text)).find((match) => match !== null)?.groups
  if (found === undefined) return undefined
  const { day = '', month = '', year = '', time = '' } = found
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number)
  if (hours > 23 || minutes > 59 || seconds > 60) return undefined
  const instant = Date.UTC(
    fullYear(year),
    MONTHS.indexOf(month),
    Number(day),
    hours,
    minutes,
    seconds,
  )
  return new Date(instant).getUTCDate() === Number(day) || seconds === 60 ? instant : undefined
}

/** An instant as an IMF-fixdate, the second it falls in. */
export function writeHttpDate(instant: Instant): string {
  return new Date(instant).toUTCString()
}

/** A year of two digits is the one within fifty years to come or the last century's (RFC 9110 §5.6.7). */
function fullYear(year: string): number {
  if (year.length === 4) return Number(year)
  return Number(year) < 70 ? 2000 + Number(year) : 1900 + Number(year)
}
