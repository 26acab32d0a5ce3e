// The address of an article: what its record gives, else a pattern filled in, else Gazette's own page.
import type { Instant } from '../domain/article.ts'
import { type Category, isAddressable, slug } from '../domain/category.ts'
import type { Publication } from '../domain/publication.ts'
import { calendar, readMoment } from '../domain/time.ts'
import type { RecordInFile, Surroundings } from './article.ts'
import { folderLevels, nameOf } from './conventions/generator.ts'
import { inNumbers } from './dates.ts'
import { readSections } from './terms.ts'

export interface Link {
  /** Absolute. */
  readonly link: string
  /** Whether that is Gazette's own page. */
  readonly hasOwnPage: boolean
}

/** What addresses an article; nothing of a name that can't stand in an address. */
export function slugOf({
  record,
  name,
}: Pick<RecordInFile, 'record' | 'name'>): string | undefined {
  const found = slug((record.slug ?? name).replaceAll('/', '-'))
  return isAddressable(found) ? found : undefined
}

export function linkOf(
  { record, file, name }: Pick<RecordInFile, 'record' | 'file' | 'name'>,
  named: string,
  sections: readonly Category[][],
  published: Instant,
  { publication, permalink, within }: Surroundings,
): Link {
  const path =
    record.url ??
    permalink({
      ...calendar(published, publication.zone),
      slug: record.slug,
      title: record.title,
      name,
      fullName: nameOf(file).fullName,
      folders: [...within, ...folderLevels(file)],
      section: sections[0]?.at(-1)?.term.split('/') ?? [],
      labels: sections[0]?.map(({ label }) => label) ?? [],
    })
  return path === undefined
    ? { link: ownPage(publication, named), hasOwnPage: true }
    : { link: new URL(path.replace(/^\/+/, ''), publication.base).href, hasOwnPage: false }
}

function ownPage({ base }: Publication, named: string): string {
  return `${base}articles/${encodeURIComponent(named)}`
}

/** The link that a record's article will have, where it will have one; what is wrong is told when it is made. */
export function linkAhead(
  found: Pick<RecordInFile, 'record' | 'file' | 'name'>,
  around: Surroundings,
): string | undefined {
  const { publication } = around
  const published = readMoment(inNumbers(found.record.published ?? ''), publication.zone)
  const named = slugOf(found)
  const sections = readSections(found.record, publication, () => {})
  if (published === undefined || named === undefined || sections === undefined) return undefined
  return linkOf(found, named, sections, published, around).link
}
