// The pictures and recordings of an article, with the facts of their files.
import type { Picture, Recording } from '../../domain/article.ts'
import type { FieldPath } from '../problem.ts'
import type { Report } from '../records/check-record.ts'
import type { ArticleRecord } from '../records/record.ts'
import { uriOf } from '../records/uri.ts'
import { typeOf } from './files.ts'
import { isWhole } from './references.ts'
import type { Shelf } from './shelf.ts'

/** What references in a record are read with. */
interface Readers {
  readonly shelf: Shelf
  /** The article's address. */
  readonly link: string
  readonly report: Report
  /** What a reference that is no file of ours means to its generator; nothing where that can't be told. */
  readonly onSite?: (reference: string) => string | undefined
}

/** The pictures, in the record's order, without those whose file isn't there. */
export function readPictures(
  pictures: NonNullable<ArticleRecord['pictures']>,
  readers: Readers,
): Picture[] {
  return pictures.flatMap(({ file, url, type, ...said }, at): Picture[] => {
    const found = find({ file, url }, ['pictures', at], readers)
    if (found === undefined) return []
    const { guess, ...facts } = found
    const known = found.type ?? type ?? guess
    return [{ ...said, ...facts, ...(known === undefined ? {} : { type: known }) }]
  })
}

/** The recordings, likewise. One of an unknown type can't be an enclosure (RSS 2.0), and is left out. */
export function readRecordings(
  recordings: NonNullable<ArticleRecord['recordings']>,
  readers: Readers,
): Recording[] {
  return recordings.flatMap(({ file, url, type, length, ...said }, at): Recording[] => {
    const path = ['recordings', at]
    const found = find({ file, url }, path, readers)
    if (found === undefined) return []
    const known = found.type ?? type ?? found.guess
    if (known === undefined) {
      const sentence = 'needs a "type", which its address doesn\'t tell; it is left out.'
      readers.report('untyped-recording', path, sentence)
      return []
    }
    return [{ ...said, url: found.url, type: known, length: found.length ?? length ?? 0 }]
  })
}

/** What a reference from the article's address leads to, where that isn't a file of ours. */
function elsewhere(reference: string, link: string): Found | undefined {
  if (!URL.canParse(reference, link)) return undefined
  const url = new URL(reference, link)
  if (!/^https?:$/.test(url.protocol)) return undefined
  const type = typeOf(url.pathname)
  return { url: uriOf(url), ...(type !== undefined && SHOWN.test(type) && { guess: type }) }
}

/** Types that the ending of an address is trusted for; `.php`, for one, is a program's. */
const SHOWN = /^(image|audio|video)\/|^application\/(pdf|epub\+zip|vnd\.apple\.mpegurl)$/

interface Found {
  readonly url: string
  /** The file's own. */
  readonly type?: string
  /** The type by the ending of the address, where nobody says better. */
  readonly guess?: string
  readonly length?: number
}

function find(
  { file, url = '' }: { file: string | undefined; url: string | undefined },
  path: FieldPath,
  { shelf, link, report, onSite = (reference) => reference }: Readers,
): Found | undefined {
  if (file !== undefined) {
    const found = shelf.take(file)
    if (found === undefined)
      report('missing-file', [...path, 'file'], `There is no file "${file}" that could be served.`)
    return found
  }
  const beside = isWhole(url) ? undefined : shelf.take(url)
  if (beside !== undefined) return beside
  const place = onSite(url)
  if (place !== undefined) return elsewhere(place, link)
  report('missing-file', path, `There is no file "${url}" in the folder; it is left out.`)
  return undefined
}
