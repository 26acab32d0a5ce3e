// Advice about links and pictures in bodies that subscribers can't follow or see well.
import { OPML_FILE, readAddress } from '../../domain/address.ts'
import { slug } from '../../domain/category.ts'
import { decoded } from '../../domain/percent-encoding.ts'
import type { Publication } from '../../domain/publication.ts'
import type { Reference } from '../articles/body-notes.ts'
import { fileReferred, mediaAddress } from '../articles/files.ts'
import type { ArticleSource } from '../articles/making.ts'
import { relativeForm } from '../articles/references.ts'
import type { Content } from '../folder/folder.ts'
import type { Problem } from '../problem.ts'

const MEDIA = mediaAddress('')

/** How a link in a body may name the articles of a folder. */
export interface Whereabouts {
  /** Their addresses, as `plain` makes them. */
  readonly addresses: ReadonlySet<string>
  /** Their slugs, and their files with and without the ending. */
  readonly names: ReadonlySet<string>
  /** Whether all articles are on Gazette's own pages, so that nothing else stands at the base URL. */
  readonly isAlone: boolean
}

export function adviseBody(
  { record, notes }: ArticleSource,
  publication: Publication,
  where: Whereabouts,
  problems: Problem[],
): void {
  const report = record.reportTo(problems)
  const dead = new Set<string>()
  for (const reference of notes.unanswered) {
    const { written, address } = reference
    if (dead.has(written) || leadsSomewhere(reference, record.file, publication, where)) continue
    dead.add(written)
    const sentence = `"${decoded(written)}" leads to no file of the folder and to no article; subscribers are sent to ${address}.`
    report('dead-link', [], sentence, written)
  }
  for (const { written, address, reason } of notes.astray) {
    const sentence = `A link or a picture leads to ${address}, but ${reason}.`
    report('stray-host', [], sentence, written)
  }
  const [first, ...others] = notes.unsized.filter((written) => !dead.has(written))
  if (first !== undefined) {
    const more = others.length === 0 ? '' : `, and ${others.length} more below it,`
    const sentence = `The picture "${decoded(first)}"${more} should have "width" and "height", so that readers' pages don't jump.`
    report('unsized-picture', [], sentence, first)
  }
}

function leadsSomewhere(
  { written, address }: Reference,
  file: string,
  publication: Publication,
  { addresses, names, isAlone }: Whereabouts,
): boolean {
  if (addresses.has(plain(address))) return true
  if (relativeForm(written) === 'path') {
    const path = decoded(written.replace(/[?#].*$/s, '')).replace(/\/+$/, '')
    return names.has(fileReferred(file, path)) || names.has(slug(lastPart(path)))
  }
  // What stands below the root is known only where there is nothing but Gazette's pages.
  if (!isAlone || !address.startsWith(publication.base)) return true
  const path = address.slice(publication.base.length).replace(/[?#].*$/s, '')
  return path === OPML_FILE || path.startsWith(MEDIA) || isFeed(path, publication)
}

/** Whether a path is that of a feed or its page, with or without the slash at its end. */
function isFeed(path: string, { zone, feeds }: Publication): boolean {
  return [path, `${path}/`].some(
    (one) =>
      readAddress(one.split('/').map(decoded), [], zone, (name) => feeds.get(name)) !== undefined,
  )
}

export function whereabouts({ articles, sources }: Content): Whereabouts {
  const files = [...sources.values()].map(({ record }) => record.file)
  return {
    addresses: new Set(articles.map(({ link }) => plain(link))),
    names: new Set([
      ...articles.map(({ slug }) => slug),
      ...files,
      ...files.map((file) => file.replace(/(\/index)?\.[^./]+$/, '')),
    ]),
    isAlone: articles.every(({ hasOwnPage }) => hasOwnPage),
  }
}

/** An address without its query and fragment, and without `/` or `index.html` at its end. */
function plain(address: string): string {
  return address
    .replace(/[?#].*$/s, '')
    .replace(/(?<!\/)\/+$/, '')
    .replace(/\/index\.html?$/i, '')
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.(md|markdown|html?)$/i, '')
}
