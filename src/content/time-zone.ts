// Time zones by their names in the IANA list.
import { remembered } from '../domain/remembered.ts'

/** Asking takes a seventh of a millisecond, and each reading of a folder asks for the same few. */
export const isTimeZone = remembered(100, (zone): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
})
