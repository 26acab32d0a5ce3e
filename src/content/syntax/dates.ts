// Dates that people write with words, said with numbers, as `domain/time.ts` reads them.

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?'
const DAY = '(\\d{1,2})(?:st|nd|rd|th)?'
const WEEKDAY = /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+/i
/** Behind the day: a time, perhaps before or after noon, and a zone. */
const REST = '(?:[\\s,]+(?:at\\s+)?(\\S.*))?$'
const MONTH_FIRST = new RegExp(`^${MONTH}\\s+${DAY}(?:,\\s*|\\s+)(\\d{4})${REST}`, 'i')
const DAY_FIRST = new RegExp(`^${DAY}[\\s-]+${MONTH}(?:,\\s*|[\\s-]+)(\\d{4})${REST}`, 'i')
const CHINESE = /^(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日\s*(.*)$/
const DOTTED = /^(\d{4})\.(\d{1,2})\.(\d{1,2})(?:\s+(.*))?$/
const TWELVE_HOURS = /^(.*?[T\s])?(\d{1,2})(:\d{2}(?::\d{2})?)\s*([ap])\.?m\.?(.*)$/i

/** An offset behind a time, as JavaScript and Go write it: `GMT+0100 (CET)`, `+0100 CET`, `+0300 +03`. */
const NAMED_OFFSET =
  /(:\d{2}(?:[.,]\d+)?)\s*(?:GMT|UTC)?([+-]\d{1,2}(?::?\d{2})?)(?:\s*\([^()]*\)|\s+(?:(?![AP]M)[A-Z]{2,5}|[+-]\d{2,4}))?$/

/** As machines and most people write dates: numbers alone, the year first. */
const PLAIN = /^\d{4}-[-\d:.+TZ]*(?: [-\d:.+TZ]*){0,2}$/

/**
 * `Jul 8, 2022 9:05 pm` and `2022年7月8日 21:05` are `2022-07-08 21:05`. Which of `7/8/2022` is the month nobody
 * can tell; such a date, and any other text, comes back as it is.
 */
export function inNumbers(written: string): string {
  const trimmed = written.trim()
  // A short cut: all patterns below would leave it as it is.
  if (PLAIN.test(trimmed)) return trimmed
  const value = in24Hours(trimmed.replace(WEEKDAY, '')).replace(NAMED_OFFSET, '$1 $2')
  const [, year, month, day, rest] = CHINESE.exec(value) ?? DOTTED.exec(value) ?? []
  if (year !== undefined) return join(year, Number(month), day, rest)
  const [, name, date, itsYear, behind] = MONTH_FIRST.exec(value) ?? swapped(DAY_FIRST.exec(value))
  if (name === undefined) return value
  return join(itsYear, MONTHS.indexOf(name.toLowerCase().slice(0, 3)) + 1, date, behind)
}

function swapped(found: RegExpExecArray | null): (string | undefined)[] {
  const [all, day, month, ...others] = found ?? []
  return [all, month, day, ...others]
}

function join(year = '', month: number, day = '', rest: string | undefined): string {
  const two = (value: number | string) => String(value).padStart(2, '0')
  return `${year}-${two(month)}-${two(day)} ${rest ?? ''}`.trim()
}

/** An hour above twelve is none before or after noon, and stays as it is. */
function in24Hours(text: string): string {
  const [, before = '', hour, minutes, half, behind] = TWELVE_HOURS.exec(text) ?? []
  if (hour === undefined || Number(hour) > 12 || Number(hour) === 0) return text
  const hours = (Number(hour) % 12) + (half?.toLowerCase() === 'p' ? 12 : 0)
  return `${before}${String(hours).padStart(2, '0')}${minutes}${behind}`
}
