// Makes the publication from the command line, `site.yaml`, the generator's configuration and defaults, in this order.
import { FEED_FORMATS } from '../../domain/address.ts'
import type { Person } from '../../domain/article.ts'
import { type Scheme, spelling } from '../../domain/category.ts'
import {
  isRenamedForEver,
  type Publication,
  type Taxonomy,
  type TermNote,
} from '../../domain/publication.ts'
import type { FileFacts } from '../articles/files.ts'
import { type Shelf, shelfOf } from '../articles/shelf.ts'
import type { Configuration } from '../conventions/configuration.ts'
import type { Generator, Within } from '../conventions/generator.ts'
import { present, type Values } from '../conventions/maps.ts'
import { type Permalink, permalinkBy } from '../conventions/permalink.ts'
import type { Problem } from '../problem.ts'
import { checkRecord, fieldsOf, type Report, reporter } from '../records/check-record.ts'
import { readYaml } from '../syntax/yaml.ts'
import { toFeeds } from './feed-record.ts'
import { type SitePicture, type SiteRecord, siteRecord } from './site-record.ts'

export const SITE_FILE = 'site.yaml'

/** What the command line says instead of `site.yaml`, and what stands in where neither says anything. */
export interface SiteSettings {
  /** Where the server listens; the base URL where nobody names another. */
  readonly address: string
  /** Title of a publication without one: the folder's name. */
  readonly name: string
  readonly title?: string | undefined
  readonly url?: string | undefined
  readonly timezone?: string | undefined
  readonly language?: string | undefined
  /** The generator that the files were written for. */
  readonly generator?: string | undefined
}

/** What a folder's articles are made in. */
export interface Site extends Within {
  readonly publication: Publication
  /** The generator in whose site the folder lies. */
  readonly generator: Generator | undefined
  /** Makes the path of an article's address by the pattern that applies to it; without any pattern, nothing. */
  readonly permalink: Permalink | undefined
  /** The folder that such addresses begin with, except for those of translations, which have their own. */
  readonly prefix: string | undefined
  /** The languages that files may be in, by the endings of their names. */
  readonly languages: readonly string[]
  /** People by what records call them. */
  readonly people: Readonly<Record<string, Person>>
}

/** Mints the ids of a publication that names no authority; a domain won't do, since it may change. */
export const NO_AUTHORITY = 'gazette.invalid,2026'
/** Where `gazette check` takes a publication to be that doesn't say: nothing listens meanwhile. */
export const NO_URL = 'http://localhost/'
const NO_ZONE = 'UTC'

/**
 * @param text of `site.yaml`; nothing where there is no such file.
 * @param around what the configuration of the generator says in whose site the folder lies.
 */
export function readSite(
  text: string | undefined,
  settings: SiteSettings,
  media: ReadonlyMap<string, FileFacts>,
  around?: Configuration,
): { site: Site | undefined; problems: Problem[] } {
  const problems: Problem[] = []
  const source = readYaml(text ?? '', 1)
  const report = reporter(SITE_FILE, source)(problems)
  const written = fieldsOf(source.value ?? {}, report)
  if (written === undefined) return { site: undefined, problems }
  const fallback = {
    ...(text === undefined ? { title: settings.name } : {}),
    ...(around && fieldsFrom(around)),
  }
  const said = { ...fallback, ...written, ...commandLine(settings) }
  const record = checkRecord(siteRecord, Object.entries(said), report, () => true)
  if (record === undefined) return { site: undefined, problems }
  const base = (record.url ?? settings.address).replace(/[?#].*$/s, '').replace(/\/*$/, '/')
  const shelf = shelfOf(SITE_FILE, base, { media, articles: new Map() })
  const taxonomy = toTaxonomy(record.taxonomy)
  const before = problems.length
  reportLoops(record.taxonomy, taxonomy, report)
  const pictureOf = (picture: SitePicture) => addressOfPicture(picture, shelf)
  const feeds = toFeeds(record.feeds, record.timezone ?? NO_ZONE, taxonomy, pictureOf, report)
  // A wrong named feed could tell what is private, and a term that is renamed in a circle loses its feeds.
  if (problems.length > before) return { site: undefined, problems }
  reportMissing(record, pictureOf, report)
  return { site: toSite(record, { base, taxonomy, feeds }, shelf, around), problems }
}

function commandLine({ title, url, timezone, language, generator }: SiteSettings): Values {
  return present({ title, url, timezone, language, generator })
}

/** What a generator's configuration says, in the fields of `site.yaml`. */
function fieldsFrom({
  title,
  description,
  url,
  timezone,
  language,
  authors,
  copyright,
}: Configuration): Values {
  const rights = copyright === undefined ? undefined : { copyright }
  return present({ title, description, url, timezone, language, authors, rights })
}

function toSite(
  record: SiteRecord,
  made: Pick<Publication, 'base' | 'taxonomy' | 'feeds'>,
  shelf: Shelf,
  around: Configuration | undefined,
): Site {
  const logo = addressOfPicture(record.logo, shelf)
  const icon = addressOfPicture(record.icon, shelf)
  const generator = record.generator ?? around?.generator
  return {
    publication: {
      title: record.title,
      description: record.description ?? record.title,
      authority: record.authority ?? NO_AUTHORITY,
      language: record.language ?? 'en',
      zone: record.timezone ?? NO_ZONE,
      rights: record.rights,
      authors: record.authors,
      readers: record.readers,
      hubs: record.hubs,
      ...made,
      tombstones: record.tombstones,
      answersQueries: true,
      formats: FEED_FORMATS,
      hasPages: true,
      delta: record.delta,
      files: shelf.used(),
      ...(record.contact === undefined ? {} : { contact: record.contact }),
      ...(logo === undefined ? {} : { logo }),
      ...(icon === undefined ? {} : { icon }),
    },
    generator,
    permalink: permalinksOf(record, around),
    inside: around?.inside ?? [],
    contentFolders: around?.contentFolders ?? [],
    prefix: record.permalink === undefined ? around?.addressSettings.prefix : undefined,
    languages: around?.languages ?? [],
    people: around?.people ?? {},
  }
}

/** Warns of pictures that aren't there: readers would go without them, and nothing else tells. */
function reportMissing(
  record: SiteRecord,
  addressOf: (picture: SitePicture) => string | undefined,
  report: Report,
): void {
  for (const name of ['logo', 'icon'] as const) {
    const picture = record[name]
    if (picture?.file === undefined || addressOf(picture) !== undefined) continue
    report(
      'missing-file',
      [name, 'file'],
      `There is no file "${picture.file}" that could be served.`,
    )
  }
}

function addressOfPicture(picture: SitePicture | undefined, shelf: Shelf): string | undefined {
  return picture?.url ?? (picture?.file === undefined ? undefined : shelf.take(picture.file)?.url)
}

/** By the record's patterns; where it has none, by the generator's for an article's outermost folder. */
function permalinksOf(
  { permalink }: SiteRecord,
  around: Configuration | undefined,
): Site['permalink'] {
  if (permalink !== undefined) {
    const bySection = new Map(
      Object.entries(permalink.sections).map(([name, pattern]) => [
        spelling('sections', name),
        permalinkBy(pattern, 'gazette'),
      ]),
    )
    const other =
      permalink.pattern === undefined ? undefined : permalinkBy(permalink.pattern, 'gazette')
    return (facts) => (innermost(facts.section, bySection) ?? other)?.(facts)
  }
  if (around === undefined || Object.keys(around.permalinks).length === 0) return undefined
  const { generator, permalinks, addressSettings } = around
  const byFolder = new Map(
    Object.entries(permalinks).map(([folder, pattern]) => [
      folder,
      permalinkBy(pattern, generator, addressSettings),
    ]),
  )
  return (facts) => (byFolder.get(facts.folders[0] ?? '') ?? byFolder.get(''))?.(facts)
}

/** The pattern of the innermost section that has one. */
function innermost(
  levels: readonly string[],
  bySection: ReadonlyMap<string, Permalink>,
): Permalink | undefined {
  if (bySection.size === 0) return undefined
  for (let depth = levels.length; depth > 0; depth--) {
    const found = bySection.get(levels.slice(0, depth).join('/'))
    if (found !== undefined) return found
  }
  return undefined
}

function toTaxonomy({ tags, sections, authors }: SiteRecord['taxonomy']): Taxonomy {
  return {
    authors: notesOf('authors', authors),
    languages: new Map(),
    sections: notesOf('sections', sections),
    tags: notesOf('tags', tags),
  }
}

function reportLoops(written: SiteRecord['taxonomy'], taxonomy: Taxonomy, report: Report): void {
  for (const scheme of ['tags', 'sections', 'authors'] as const) {
    for (const [name, { renamedTo }] of Object.entries(written[scheme])) {
      if (renamedTo === undefined || !isRenamedForEver(taxonomy, scheme, spelling(scheme, name)))
        continue
      report(
        'wrong-value',
        ['taxonomy', scheme, name, 'renamedTo'],
        `should be a term that stays; found "${renamedTo}", which leads in a circle. How a term is shown is its \`label\`.`,
      )
    }
  }
}

function notesOf(
  scheme: Scheme,
  written: Readonly<Record<string, TermNote>>,
): Map<string, TermNote> {
  // The last level's own spelling serves as its label where none is given.
  const labelOf = (name: string) =>
    (scheme === 'sections' ? name.split('/').at(-1) : name) as string
  const entries = Object.entries(written)
  // The targets of renames are terms too, so that the old feeds lead to one that exists. A slug tells no label.
  const targets = entries.flatMap(([, { renamedTo }]): [string, TermNote][] => {
    if (renamedTo === undefined) return []
    const target = spelling(scheme, renamedTo)
    return [[target, target === renamedTo ? {} : { label: labelOf(renamedTo) }]]
  })
  const named = entries.map(([name, note]): [string, TermNote] => [
    spelling(scheme, name),
    {
      label: labelOf(name),
      ...note,
      ...(note.renamedTo === undefined ? {} : { renamedTo: spelling(scheme, note.renamedTo) }),
    },
  ])
  return new Map([...targets, ...named])
}
