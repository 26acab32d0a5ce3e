// The address of an article: what its record gives, else a pattern filled in, else Gazette's own page.
import type { Instant } from '../domain/article.ts'
import { type Category, isAddressable, languageRanges, slug } from '../domain/category.ts'
import type { Publication } from '../domain/publication.ts'
import { calendar, readMoment } from '../domain/time.ts'
import type { RecordInFile, Surroundings } from './article.ts'
import { folderLevels, nameOf } from './conventions/generator.ts'
import { inNumbers } from './dates.ts'
import { readSections } from './terms.ts'
import { uriOf } from './uri.ts'

export interface Link {
  /** Absolute. */
  readonly link: string
  /** Whether that is Gazette's own page. */
  readonly hasOwnPage: boolean
}

type Addressed = Pick<RecordInFile, 'record' | 'file' | 'name' | 'generator' | 'translation'>

/** What addresses an article; nothing of a name that can't stand in an address. */
export function slugOf(
  { record, name, translation }: Addressed,
  language: string,
): string | undefined {
  const written =
    record.slug ?? (isForeign(translation, language) ? `${name}-${translation}` : name)
  const found = slug(written.replaceAll('/', '-'))
  return isAddressable(found) ? found : undefined
}

export function linkOf(
  { record, file, name, generator, translation }: Addressed,
  named: string,
  sections: readonly (readonly Category[])[],
  published: Instant,
  { publication, permalink, inside, contentFolder }: Surroundings,
): Link {
  const path =
    record.url ??
    permalink?.({
      date: () => calendar(published, publication.zone),
      slug: record.slug,
      title: record.title,
      name,
      fullName: () =>
        nameOf({
          file,
          generator,
          languages: translation === undefined ? [] : [translation],
        }).fullName,
      folders: folderLevels(file, inside, contentFolder),
      section: sections[0]?.at(-1)?.term.split('/') ?? [],
      sections: sections.map((path) => path.map(({ label }) => label)),
    })
  if (path === undefined) return { link: ownPage(publication, named), hasOwnPage: true }
  // Hugo and Zola put translations in a folder of their language.
  const isApart = record.url === undefined && isForeign(translation, publication.language)
  const whole = isApart ? `${translation}${path}` : path.replace(/^\/+/, '')
  return { link: uriOf(new URL(whole, publication.base)), hasOwnPage: false }
}

/** Whether a translation is into another language than the publication's own. */
export function isForeign(translation: string | undefined, own: string): translation is string {
  return translation !== undefined && !languageRanges(own).includes(translation.toLowerCase())
}

function ownPage({ base }: Publication, named: string): string {
  return `${base}articles/${encodeURIComponent(named)}`
}

/** The link that a record's article will have, where it will have one; what is wrong is told when it is made. */
export function linkAhead(found: Addressed, around: Surroundings): string | undefined {
  const { publication } = around
  const published = readMoment(inNumbers(found.record.published ?? ''), publication.zone)
  const named = slugOf(found, publication.language)
  const sections = readSections(found.record, publication, () => {})
  if (published === undefined || named === undefined || sections === undefined) return undefined
  return linkOf(found, named, sections, published, around).link
}
