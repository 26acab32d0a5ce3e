// Addresses as they may be logged: without the secrets that open private feeds.
import { FILE_NAMES, NAMED_FOLDER } from './address.ts'
import { decoded } from './percent-encoding.ts'

const HIDDEN = '***'
/** 256 bits as base64url, wherever it stands; a slug is as long at times, but has no capitals. */
const SECRET = /[\w-]{43,}/g

/**
 * A path, a request's target or a whole URL (a `Referer`), with what may be a secret replaced. Everything below
 * `feeds/{name}/` that isn't the name of a document counts as one, and everything that looks like one elsewhere,
 * since people mistype addresses: better a slug too many than a secret too few. Never throws.
 */
export function redact(address: string): string {
  const end = address.search(/[?#]/)
  const path = end < 0 ? address : address.slice(0, end)
  const rest = end < 0 ? '' : address.slice(end)
  // URL parsers read a backslash as a slash (WHATWG URL §4.4).
  const parts = path.split(/([/\\])/)
  const folder = parts.findIndex((part) => decoded(part).toLowerCase() === NAMED_FOLDER)
  // The folder, a slash, the name, a slash; then every other part is a slash.
  const first = folder < 0 ? parts.length : folder + 4
  const shown = parts.map((part, at) =>
    at < first || (at - first) % 2 === 1 || isFileName(part) ? part : HIDDEN,
  )
  return (shown.join('') + rest).replace(SECRET, (found) =>
    /[A-Z]/.test(found) && /[a-z]/.test(found) ? HIDDEN : found,
  )
}

function isFileName(part: string): boolean {
  return (Object.values(FILE_NAMES) as string[]).includes(part)
}
