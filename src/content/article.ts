// An article made from a checked record: id minted, dates read, link and body settled.
import type { Article, Instant, Withdrawal } from '../domain/article.ts'
import { type Category, isAddressable, slug } from '../domain/category.ts'
import type { Publication } from '../domain/publication.ts'
import { calendar, isDayOnly, readMoment } from '../domain/time.ts'
import { readPictures, readRecordings } from './attachments.ts'
import { type Body, type BodySource, beginningOf, makeBody, UnfitBody } from './body.ts'
import type { Report } from './check-record.ts'
import { asUri } from './id.ts'
import type { FieldPath } from './problem.ts'
import type { ArticleRecord } from './record.ts'
import type { Shelf } from './shelf.ts'
import { readAuthors, readSections, readTags } from './terms.ts'
import { beginning } from './text.ts'

/** What an article is made in. */
export interface Surroundings {
  readonly publication: Publication
  /** The pattern of the address of an article in a section that names none itself; nothing where there is none. */
  readonly permalink: (section: string | undefined) => string | undefined
}

export interface RecordInFile {
  readonly record: ArticleRecord
  /** Path under the content folder. */
  readonly file: string
  readonly body: BodySource
  /** What names the article where the record doesn't: the file's name, or its folder's. */
  readonly name: string
  /** Whether the file holds others beside it. */
  readonly isOneOfSeveral: boolean
  readonly report: Report
}

/** Longest title made from an article's text, in characters. */
const TITLE_LENGTH = 60
/** Longest summary taken from before `<!-- more -->`: somebody chose it. */
const LEAD_LENGTH = 1_000

/**
 * The article, or nothing where something that it can't do without is wrong; each problem is reported.
 * @param shelf the files that it may show.
 */
export function toArticle(
  given: RecordInFile,
  around: Surroundings,
  shelf: Shelf,
): Article | undefined {
  const { record, report } = given
  const { publication } = around
  const time = readTimes(given, publication.zone)
  const named = readSlug(given)
  const sections = readSections(record, publication, report)
  const tags = readTags(record, publication, report)
  const authors = readAuthors(record, publication, report)
  if (!time || !named || !sections || !tags || !authors) return undefined
  const id = idOf(given, time.published, publication)
  if (id === undefined) return undefined
  const { link, hasOwnPage } = linkOf(record, named, sections, time.published, around)
  const body = readBody(given, link, shelf)
  const title = record.title || beginning(record.summary || body.text, TITLE_LENGTH)
  if (title === undefined) {
    report(
      'error',
      ['title'],
      'is missing, and there is neither a summary nor a text to take one from.',
    )
    return undefined
  }
  if (!record.title)
    report('warning', ['title'], 'is missing; the first words of the text stand in for it.')
  const summary =
    record.summary || beginning(body.lead ?? '', LEAD_LENGTH) || beginning(body.opening)
  return {
    id,
    slug: named,
    link,
    hasOwnPage,
    title,
    ...(summary === undefined ? {} : { summary }),
    html: body.html,
    text: body.text,
    ...time,
    draft: record.draft ?? false,
    language:
      Intl.getCanonicalLocales(record.language ?? publication.language)[0] ?? publication.language,
    authors,
    contributors: record.contributors ?? [],
    tags,
    sections,
    pictures: readPictures(record, shelf, report),
    recordings: readRecordings(record, shelf, report),
    sources: record.sources ?? [],
    related: (record.related ?? []).map((other) =>
      'url' in other ? other : { article: slug(other.article) },
    ),
    rights: { ...publication.rights, ...record.rights },
    files: shelf.used(),
  }
}

function readTimes(
  { record, report }: RecordInFile,
  zone: string,
): { published: Instant; updated: Instant; expires?: Instant; withdrawn?: Withdrawal } | undefined {
  let right = true
  const read = (path: FieldPath, written: string | undefined): Instant | undefined => {
    if (written === undefined) return undefined
    const moment = readMoment(written, zone)
    if (moment === undefined) {
      report(
        'error',
        path,
        `should be a date such as 2026-03-09 or 2026-03-09 08:30; found "${written}".`,
      )
      right = false
    }
    return moment
  }
  const published = read(['published'], record.published)
  const updated = read(['updated'], record.updated)
  const expires = read(['expires'], record.expires)
  const withdrawnAt = read(['withdrawn'], record.withdrawn?.at)
  if (!right || published === undefined) return undefined
  if (updated !== undefined && updated < published) {
    report('warning', ['updated'], 'is before "published", which is taken instead.')
  }
  return {
    published,
    updated: Math.max(published, updated ?? published),
    ...(expires === undefined ? {} : { expires }),
    ...(withdrawnAt === undefined ? {} : { withdrawn: { ...record.withdrawn, at: withdrawnAt } }),
  }
}

function readSlug({ record, name, report }: RecordInFile): string | undefined {
  const written = record.slug ?? name
  const found = slug(written.replaceAll('/', '-'))
  if (isAddressable(found)) return found
  report('error', ['slug'], `"${written}" has nothing in it that could stand in an address.`)
  return undefined
}

function linkOf(
  record: ArticleRecord,
  named: string,
  sections: readonly Category[][],
  published: Instant,
  { publication, permalink }: Surroundings,
): { link: string; hasOwnPage: boolean } {
  if (record.url !== undefined) return { link: record.url, hasOwnPage: false }
  const section = sections[0]?.at(-1)?.term
  const pattern = permalink(section)
  if (pattern === undefined) {
    return { link: `${publication.base}articles/${encodeURIComponent(named)}`, hasOwnPage: true }
  }
  const values: Record<string, string> = {
    ...calendar(published, publication.zone),
    slug: named,
    section: section ?? '',
  }
  const path = pattern.replace(/:(year|month|day|slug|section)\b/g, (_, name: string) =>
    (values[name] ?? '').split('/').map(encodeURIComponent).join('/'),
  )
  return { link: new URL(path.replace(/^\/+/, ''), publication.base).href, hasOwnPage: false }
}

function readBody({ body, report }: RecordInFile, link: string, shelf: Shelf): Body {
  try {
    return makeBody(body, (reference) => shelf.take(reference)?.url ?? absolute(reference, link))
  } catch (error) {
    if (!(error instanceof UnfitBody)) throw error
    report('warning', [], `${error.message}: only its beginning is shown, as plain text.`)
    return beginningOf(body)
  }
}

/** A reference from the article's own address; nothing where that is no address. */
function absolute(reference: string, link: string): string | undefined {
  return URL.canParse(reference, link) ? new URL(reference, link).href : undefined
}

/** Given, or minted from the moment of publication, the one fact that renaming, moving and editing leave alone. */
function idOf(
  { record, name, isOneOfSeveral, report }: RecordInFile,
  published: Instant,
  { authority }: Publication,
): string | undefined {
  if (record.id !== undefined) return asUri(authority, record.id)
  if (!isDayOnly(record.published)) {
    return asUri(authority, new Date(published).toISOString().replace(/\.\d+Z$/, 'Z'))
  }
  // A day alone is shared by many: the name of the file tells them apart, where it stands for one alone.
  if (!isOneOfSeveral) return asUri(authority, `${record.published}:${slug(name)}`)
  report(
    'error',
    ['id'],
    'is missing: a record among others needs one, or a "published" with a time.',
  )
  return undefined
}
