// Time zones by their names in the IANA list.
import { remembered } from '../../domain/remembered.ts'
import { readMoment } from '../../domain/time.ts'

/** Remembered: asking takes a seventh of a millisecond, and each reading of a folder asks for the same few. */
export const isTimeZone = remembered(100, (zone): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    // Node also knows old abbreviations such as CST, which mean two zones and can't tell a date.
    return readMoment('2000-01-01', zone) !== undefined
  } catch {
    return false
  }
})
