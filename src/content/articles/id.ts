// Ids: absolute ASCII URIs that outlive titles, folders and domains.
import type { Instant } from '../../domain/article.ts'
import { slug } from '../../domain/category.ts'
import type { Publication } from '../../domain/publication.ts'
import { asWholeDay } from '../../domain/time.ts'
import { inNumbers } from '../syntax/dates.ts'
import type { RecordInFile } from './article.ts'
import { isForeign } from './link.ts'

/** The given id, or one minted from the moment of publication, which renaming, moving and editing leave alone. */
export function idOf(
  { record, name, isOneOfSeveral, translation, report }: RecordInFile,
  published: Instant,
  { authority, language }: Publication,
): string | undefined {
  if (record.id !== undefined) return asUri(authority, record.id)
  // Translations share their moment, so that the language is added, but not the publication's own.
  const into = isForeign(translation, language) ? `:${translation}` : ''
  // Many write a day alone as midnight.
  const day = asWholeDay(inNumbers(record.published ?? ''))
  if (day === undefined) {
    return asUri(authority, new Date(published).toISOString().replace(/\.\d+Z$/, 'Z') + into)
  }
  // Articles of one day are told apart by their files' names.
  if (!isOneOfSeveral) return asUri(authority, `${day}:${slug(name)}${into}`)
  report(
    'no-id',
    ['id'],
    'is missing: a record among others needs one, or a "published" with a time.',
  )
  return undefined
}

/**
 * A given id as every format can carry it: a URI as it is, anything else as part of a `tag:` URI (RFC 4151)
 * of the authority. Characters that have no place there are percent-encoded as UTF-8 (RFC 3986 §2.5).
 */
export function asUri(authority: string, given: string): string {
  // RFC 3986 §2.2: a whole URI may hold any reserved character, and escapes.
  if (isUri(given))
    return given.replace(/%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9_\-.~:/?#[\]@!$&'()*+,;=%]/gu, encode)
  // RFC 4151 §2.1: the specific part of a tag holds no fragment and no brackets.
  return `tag:${authority}:${given.replace(/[^A-Za-z0-9_\-.~:/?@!$&'()*+,;=]/gu, encode)}`
}

/** A scheme that names things for good, so that `2026:12` is none. */
function isUri(text: string): boolean {
  return /^(tag:|urn:|at:\/\/)./i.test(text) || (/^https?:/i.test(text) && URL.canParse(text))
}

function encode(character: string): string {
  return encodeURIComponent(character)
}
