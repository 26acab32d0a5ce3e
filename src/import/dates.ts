// Dates as feeds, exports and pages write them, made into what a record holds: the wall time with its zone kept.
import { readMoment } from '../domain/time.ts'
import { count, type Tally } from './imported.ts'

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
/** RFC 822 §5.1 names these; a zone of any other name is unknown (RFC 2822 §4.3). */
const ZONES: Readonly<Record<string, string>> = {
  ut: 'Z',
  utc: 'Z',
  gmt: 'Z',
  z: 'Z',
  est: '-05:00',
  edt: '-04:00',
  cst: '-06:00',
  cdt: '-05:00',
  mst: '-07:00',
  mdt: '-06:00',
  pst: '-08:00',
  pdt: '-07:00',
}

const DAY_FIRST =
  /^(?:\p{L}+(?:\.?,?\s+|,))?(?<day>\d{1,2})\s+(?<month>\p{L}{3})\p{L}*\.?,?\s+(?<year>\d{4}|\d{2})(?:,?\s+(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2}))?\s*(?<zone>[+-]\d{2}:?\d{2}|[a-z]{1,5})?(?:\s*\(.*\))?)?$/iu
const MONTH_FIRST =
  /^(?:\p{L}+,\s+)?(?<month>\p{L}{3})\p{L}*\.?\s+(?<day>\d{1,2}),?\s+(?<year>\d{4})$/iu
const HAN =
  /^(?<year>\d{4})\s*年\s*(?<month>\d{1,2})\s*月\s*(?<day>\d{1,2})\s*日\s*(?:(?:星期|周).\s*)?(?:(?<hour>\d{1,2})\s*[:：时]\s*(?<minute>\d{2})\s*分?(?:\s*[:：]?\s*(?<second>\d{2})\s*秒?)?)?$/u

/**
 * A date as a record holds it, `2026-03-09T08:30:00+08:00`; without a zone where none is written, a day where no
 * time is. Reads RFC 822 with its later forms, ISO 8601, `2020年6月24日 18:30`, `2020.06.24`, `March 9, 2026`.
 * Nothing where it is none of these, lacks its year or is no day of the calendar; nor for 1 January of the year 1, which Go
 * (and so Hugo) and .NET write where there is no date.
 */
export function readDate(written: string | undefined): string | undefined {
  const value = written?.trim().replace(/\s+/gu, ' ')
  if (value === undefined || value === '' || value.length > LONGEST) return undefined
  const parts =
    namedMonth(DAY_FIRST, value) ?? namedMonth(MONTH_FIRST, value) ?? HAN.exec(value)?.groups
  const found = parts === undefined ? dotted(value) : print(parts)
  return found.startsWith('0001-01-01') || readMoment(found, 'UTC') === undefined
    ? undefined
    : found
}

const LONGEST = 64

/** The date of a field; what stands there and is none is counted under the field's name. */
export function dateIn(
  field: string,
  written: string | undefined,
  unplaced: Tally,
): string | undefined {
  const date = readDate(written)
  if (date === undefined && written !== undefined) count(unplaced, `${field} that is no date`)
  return date
}

type Parts = Readonly<Partial<Record<string, string>>>

/** The parts of a date whose month is a name, which its first three letters tell. */
function namedMonth(form: RegExp, value: string): Parts | undefined {
  const { month = '', year = '', ...parts } = form.exec(value)?.groups ?? {}
  const number = MONTHS.indexOf(month.toLowerCase()) + 1
  if (number === 0) return undefined
  // RFC 2822 §4.3: two digits below 50 are of this century.
  const century = Number(year) < 50 ? '20' : '19'
  return { ...parts, month: String(number), year: year.length === 4 ? year : century + year }
}

function dotted(value: string): string {
  return value.replace(/^(\d{4})\.(\d{1,2})\.(\d{1,2})(?=$| )/, '$1-$2-$3')
}

function print({ year, month, day, hour, minute, second, zone }: Parts): string {
  const two = (part = '0') => part.padStart(2, '0')
  const date = `${year}-${two(month)}-${two(day)}`
  if (hour === undefined) return date
  const time = `${date}T${two(hour)}:${two(minute)}:${two(second)}`
  if (zone === undefined) return time
  return `${time}${/^[+-]/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(-2)}` : (ZONES[zone.toLowerCase()] ?? 'Z')}`
}

const YEARLESS =
  /(?<![\d年./-]\s?)(\d{1,2}月\d{1,2}日)|^(\d{1,2}[-/.]\d{1,2}(?:\s+\d{1,2}:\d{2})?)$/mu

/** The first date in a text that says no year; it can't be placed, only shown. */
export function yearlessDate(text: string): string | undefined {
  const found = YEARLESS.exec(text)
  return found?.[1] ?? found?.[2]
}

/**
 * A wall time with the offset that its UTC twin tells, as WordPress writes each moment twice: `2026-03-09 08:30:00`
 * beside `2026-03-09 00:30:00` is `2026-03-09T08:30:00+08:00`. Without a twin it has no zone.
 */
export function withOffset(local: string | undefined, utc: string | undefined): string | undefined {
  const wall = local === undefined ? undefined : readMoment(local, 'UTC')
  const instant = utc === undefined ? undefined : readMoment(utc, 'UTC')
  if (wall === undefined || local === undefined) {
    return instant === undefined ? undefined : new Date(instant).toISOString().replace('.000Z', 'Z')
  }
  const time = local.trim().replace(' ', 'T')
  if (instant === undefined) return time
  const minutes = Math.round((wall - instant) / 60_000)
  if (Math.abs(minutes) > 15 * 60) return `${utc?.trim().replace(' ', 'T')}Z`
  const two = (part: number) => String(Math.floor(part)).padStart(2, '0')
  const size = Math.abs(minutes)
  return `${time}${minutes < 0 ? '-' : '+'}${two(size / 60)}:${two(size % 60)}`
}
