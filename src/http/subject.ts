// What an exchange was about, in few enough values to count by: the kind of feed, its format, its canonical address.
import { FILE_NAMES, NAMED_FOLDER, OPML_FILE } from '../domain/address.ts'
import { own } from '../domain/own.ts'
import { redact } from '../domain/redaction.ts'
import { documentOf } from '../publishing/delta.ts'
import type { Representation } from '../publishing/representation.ts'

/** `filter` is everything narrowed by a query; `other` is no feed, page or file. */
type Kind =
  | 'all'
  | 'filter'
  | 'tag'
  | 'category'
  | 'author'
  | 'named'
  | 'private'
  | 'opml'
  | 'page'
  | 'media'
  | 'other'
type SubjectFormat = keyof typeof FILE_NAMES | 'opml' | 'other'

export interface Subject {
  readonly kind: Kind
  readonly format: SubjectFormat
  /** The feed's address below the base URL, without the secret of a private one; nothing where no feed was asked for. */
  readonly feed?: string
  /** Names the document (`documentOf`); nothing where there is none. */
  readonly tag?: string
}

const FOLDERS: Readonly<Record<string, Kind>> = {
  tags: 'tag',
  categories: 'category',
  authors: 'author',
  articles: 'page',
  media: 'media',
}
const LONGEST_FEED = 300

/** What is counted without an address. */
const OTHER: Subject = { kind: 'other', format: 'other' }
const PAGE: Subject = { kind: 'page', format: 'html' }
const MEDIA: Subject = { kind: 'media', format: 'other' }
const UNNAMED: Readonly<Partial<Record<Kind, Subject>>> = { page: PAGE, media: MEDIA, other: OTHER }

const known = new WeakMap<Representation, Subject>()

/** The subject of a document, worked out once for each. */
export function subjectOf(representation: Representation, base: string): Subject {
  const found = known.get(representation)
  if (found !== undefined) return found
  const { self, etag } = representation
  const feed = redact(self.slice(base.length)).slice(0, LONGEST_FEED)
  const { kind, format } = read(feed)
  const subject = UNNAMED[kind] ?? { kind, format, feed, tag: documentOf(etag) }
  known.set(representation, subject)
  return subject
}

/**
 * The subject of what was answered without a document.
 * @param target path and query without secrets.
 * @param status 200 at a feed's address means that its page was shown.
 */
export function subjectOfTarget(target: string, status: number): Subject {
  const feed = target.slice(1, 1 + LONGEST_FEED)
  const { kind, format } = read(feed)
  return UNNAMED[kind] ?? (status === 200 ? PAGE : { kind, format, feed })
}

function read(feed: string): { kind: Kind; format: SubjectFormat } {
  const [path = '', ...query] = feed.split('?')
  const segments = path.split('/')
  const [folder = '', ...rest] = segments
  if (path === OPML_FILE) return { kind: 'opml', format: 'opml' }
  const kind = own(FOLDERS, folder)
  if (kind === 'media' || kind === 'page') return { kind, format: 'other' }
  const format = formatOf(segments.at(-1) ?? '')
  if (format === undefined) return OTHER
  if (format === 'html') return { kind: 'page', format }
  if (segments.length === 1) return { kind: query.length === 0 ? 'all' : 'filter', format }
  if (folder === NAMED_FOLDER) return { kind: rest.length > 2 ? 'private' : 'named', format }
  return kind === undefined ? OTHER : { kind, format }
}

function formatOf(file: string): keyof typeof FILE_NAMES | undefined {
  const formats = Object.keys(FILE_NAMES) as (keyof typeof FILE_NAMES)[]
  return formats.find((format) => FILE_NAMES[format] === file)
}
