// Dates as people write them, in the publication's time zone; the only place that reads or prints one.
import { Temporal } from 'temporal-polyfill'
import type { Instant } from './article.ts'

const DATE = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/
const DATE_TIME =
  /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|UTC|GMT|[+-]\d{1,2}(?::?\d{2})?)?$/i

/** A year has four digits (RFC 3339 §1), in UTC too. */
const EARLIEST = Date.parse('0001-01-01T00:00:00Z')
const LATEST = Date.parse('9999-12-31T23:59:59.999Z')

/** Years; what reaches back further would leave the range of dates. */
const LONGEST_DURATION = 1000

/**
 * A date or date-time as written: ISO 8601, `2015-03-17 14:00:00 -4`, `2013/7/13 20:46`. Without a zone it is
 * in `zone`; without a time it is the start of that day there. A wall time that a clock change skips is moved
 * forward by the gap. Nothing where it is no such date, 30 February included.
 */
export function readMoment(written: string, zone: string): Instant | undefined {
  const moment = momentOf(written, zone)
  return moment !== undefined && moment >= EARLIEST && moment <= LATEST ? moment : undefined
}

function momentOf(written: string, zone: string): Instant | undefined {
  const value = written.trim()
  const day = DATE.exec(value)
  if (day !== null) return startOfDay(plainDate(day), zone)
  const found = DATE_TIME.exec(value)
  if (found === null) return undefined
  const zoned = offset(found[8])
  if (zoned !== undefined) {
    const exact = atOffset(found, zoned)
    if (exact !== undefined) return exact
  }
  const date = plainDate(found)
  const time = attempt(() =>
    Temporal.PlainTime.from(
      {
        hour: Number(found[4]),
        minute: Number(found[5]),
        second: Number(found[6] ?? 0),
        millisecond: Number((found[7] ?? '').slice(0, 3).padEnd(3, '0')),
      },
      { overflow: 'reject' },
    ),
  )
  if (date === undefined || time === undefined) return undefined
  const at = zoned ?? zone
  return attempt(() => date.toZonedDateTime({ timeZone: at, plainTime: time }).epochMilliseconds)
}

/** A date-time with an offset, by arithmetic alone, a tenth of Temporal's time; nothing where that one has to judge. */
function atOffset(found: RegExpExecArray, zoned: string): Instant | undefined {
  const [year, month, day, hour, minute, second, fraction] = found
    .slice(1)
    .map((part) => Number(part ?? 0)) as [number, number, number, number, number, number, number]
  const ahead = zoned === 'UTC' ? 0 : minutesOf(zoned)
  if (fraction !== 0 || year < 1000 || hour > 23 || minute > 59 || second > 59) return undefined
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second))
  const isOne = date.getUTCDate() === day && date.getUTCMonth() === month - 1
  return isOne && ahead !== undefined ? date.getTime() - ahead * 60_000 : undefined
}

/** Of an offset as Temporal writes it. */
function minutesOf(zoned: string): number | undefined {
  const hours = Number(zoned.slice(1, 3))
  const minutes = Number(zoned.slice(4))
  if (hours > 23 || minutes > 59) return undefined
  return (zoned.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}

/** Whether a moment was written as a day alone. */
export function isDayOnly(written: string): boolean {
  return DATE.test(written.trim())
}

/** The day, `2026-03-09`, of a moment that was written as a day alone or as the first second of one. */
export function asWholeDay(written: string): string | undefined {
  const value = written.trim()
  const found = DATE.exec(value) ?? DATE_TIME.exec(value)
  const isMidnight = found?.slice(4, 8).every((part) => part === undefined || Number(part) === 0)
  return isMidnight === true ? plainDate(found as RegExpExecArray)?.toString() : undefined
}

/** The start of the day after the one that `instant` falls on in `zone`. */
export function startOfNextDay(instant: Instant, zone: string): Instant {
  return startOfDay(inZone(instant, zone).toPlainDate().add({ days: 1 }), zone) as Instant
}

/** The instant as a day, `2026-03-09`, where it is the very start of one in `zone`. */
export function asDay(instant: Instant, zone: string): string | undefined {
  const date = inZone(instant, zone).toPlainDate()
  return startOfDay(date, zone) === instant ? date.toString() : undefined
}

/** The instant as a clock in `zone` shows it: `2026-03-09 08:30`. */
export function asWallTime(instant: Instant, zone: string): string {
  const time = inZone(instant, zone).toPlainDateTime()
  return time.toString({ smallestUnit: 'minute' }).replace('T', ' ')
}

/** The last day before `instant`, where `instant` is the very start of a day in `zone`. */
export function asDayBefore(instant: Instant, zone: string): string | undefined {
  if (asDay(instant, zone) === undefined) return undefined
  return inZone(instant, zone).toPlainDate().subtract({ days: 1 }).toString()
}

/** An ISO 8601 duration, its weeks as days; nothing where it is none, negative, zero or beyond a millennium. */
export function readDuration(written: string): string | undefined {
  if (!/^P/i.test(written)) return undefined
  const duration = attempt(() => Temporal.Duration.from(written.toUpperCase()))
  if (duration === undefined || duration.sign <= 0) return undefined
  const years = attempt(() => duration.total({ unit: 'years', relativeTo: '2000-01-01' }))
  if (years === undefined || years > LONGEST_DURATION) return undefined
  return duration.with({ days: duration.days + duration.weeks * 7, weeks: 0 }).toString()
}

/** The milliseconds of an ISO 8601 duration of days of 24 hours and less; nothing where it is none, or has months. */
export function readExactDuration(written: string): number | undefined {
  const duration = readDuration(written)
  if (duration === undefined) return undefined
  const length = attempt(() => Temporal.Duration.from(duration).total('milliseconds'))
  return length === undefined ? undefined : Math.ceil(length)
}

/** The instant a duration before `now`, by the calendar of `zone`. */
export function before(now: Instant, duration: string, zone: string): Instant {
  return inZone(now, zone).subtract(duration).epochMilliseconds
}

/** The instant a duration after `instant`, likewise. */
export function after(instant: Instant, duration: string, zone: string): Instant {
  return inZone(instant, zone).add(duration).epochMilliseconds
}

/** The parts of a date and time, as a permalink spells them: with leading zeros. */
export interface Calendar {
  readonly year: string
  readonly month: string
  readonly day: string
  readonly hour: string
  readonly minute: string
  readonly second: string
}

/** An instant as a clock in `zone` shows it, in parts. */
export function calendar(instant: Instant, zone: string): Calendar {
  const { year, month, day, hour, minute, second } = inZone(instant, zone)
  const two = (value: number) => String(value).padStart(2, '0')
  return {
    year: String(year).padStart(4, '0'),
    month: two(month),
    day: two(day),
    hour: two(hour),
    minute: two(minute),
    second: two(second),
  }
}

/** A date or date-time in parts, as it is written, whatever its zone; nothing where it is none. */
export function writtenCalendar(written: string): Calendar | undefined {
  const value = written.trim()
  const zoned = DATE_TIME.exec(value)?.[8] ?? ''
  const instant = readMoment(value.slice(0, value.length - zoned.length), 'UTC')
  return instant === undefined ? undefined : calendar(instant, 'UTC')
}

function inZone(instant: Instant, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone)
}

function plainDate(found: RegExpExecArray): Temporal.PlainDate | undefined {
  return attempt(() =>
    Temporal.PlainDate.from(
      { year: Number(found[1]), month: Number(found[2]), day: Number(found[3]) },
      { overflow: 'reject' },
    ),
  )
}

function startOfDay(date: Temporal.PlainDate | undefined, zone: string): Instant | undefined {
  return date === undefined
    ? undefined
    : attempt(() => date.toZonedDateTime(zone).epochMilliseconds)
}

/** `-4`, `+0530` and `+05:30` as Temporal wants them. */
function offset(written: string | undefined): string | undefined {
  if (written === undefined) return undefined
  if (!/^[+-]/.test(written)) return 'UTC'
  const [, sign, hours, minutes] = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(written) ?? []
  return `${sign}${hours?.padStart(2, '0')}:${minutes ?? '00'}`
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
