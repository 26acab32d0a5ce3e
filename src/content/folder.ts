// A content folder read whole: the publication, its articles, and everything that is wrong with them.
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Article } from '../domain/article.ts'
import type { Publication } from '../domain/publication.ts'
import { toArticle } from './article.ts'
import { type BodyNotes, watchBody } from './body-notes.ts'
import type { Configuration } from './conventions/configuration.ts'
import { type Generator, mayBeArticle } from './conventions/generator.ts'
import { lookAround } from './conventions/surroundings.ts'
import { type FileFacts, fileReferred, findFiles, measure } from './files.ts'
import { inReadingOrder, type Problem } from './problem.ts'
import { type FoundRecord, readRecords } from './records.ts'
import { shelfOf } from './shelf.ts'
import { readSite, SITE_FILE, type Site, type SiteSettings } from './site.ts'
import { decode, UnreadableSource, unreadable } from './source.ts'

export interface Content {
  /** Nothing where `site.yaml` is wrong: guessing a zone or a URL would spoil every feed. */
  readonly publication: Publication | undefined
  readonly articles: readonly Article[]
  readonly problems: readonly Problem[]
  /** The file that each article was read from, by its id. */
  readonly origins: ReadonlyMap<string, string>
  /** What each article was made from, by its id. */
  readonly sources: ReadonlyMap<string, ArticleSource>
  /** Records found, right or wrong, and the files they were found in. */
  readonly records: number
  readonly files: number
  /** What the configuration of the generator says in whose site the folder lies. */
  readonly around: Configuration | undefined
  /** Sentences that tell what was taken from it. */
  readonly taken?: readonly string[]
  /** Whether a folder could not be read, so that articles may be missing that are there. */
  readonly isPartial: boolean
}

export interface ArticleSource {
  readonly record: FoundRecord
  readonly notes: BodyNotes
}

/** Bytes; larger files are no articles. */
const LARGEST_FILE = 64 * 1024 * 1024
const FILES_AT_ONCE = 32

/** What earlier readings found, so that the next one works only on what changed since. */
export interface FolderMemory {
  site?: {
    readonly text: string | undefined
    readonly around: Configuration | undefined
    readonly site: Site
  }
  generator?: Generator | undefined
  readonly files: Map<string, FileReading>
  readonly sizes: Map<
    string,
    { readonly stamp: string | undefined; readonly facts: object | undefined }
  >
}

export function emptyMemory(): FolderMemory {
  return { files: new Map(), sizes: new Map() }
}

/** One file as it was read. */
interface FileReading {
  readonly stamp: string | undefined
  readonly records: readonly FoundRecord[]
  readonly problems: readonly Problem[]
  made?: Made
}

type MadeArticle = readonly [Article, ArticleSource]

/** The articles of a file, and all that they were made of beside it. */
interface Made {
  readonly site: Site
  readonly asked: ReadonlyMap<string, FileFacts | undefined>
  readonly articles: readonly MadeArticle[]
  readonly problems: readonly Problem[]
}

/**
 * @param memory of earlier readings of the same folder with the same settings; it is brought up to date.
 * @param progress is told how many of the files are read, and then how many are made into articles.
 * @throws where the folder itself can't be read.
 */
export async function readFolder(
  root: string,
  settings: SiteSettings,
  memory: FolderMemory = emptyMemory(),
  progress: (step: 'read' | 'made', done: number, of: number) => void = () => {},
): Promise<Content> {
  const { records: found, media, stamps, problems: fileProblems, isPartial } = await findFiles(root)
  const problems = [...fileProblems]
  const around = await lookAround(root, problems)
  const site = await readSiteFile(root, settings, media, around, memory, problems)
  const generator = site?.generator
  if (memory.generator !== generator) memory.files.clear()
  memory.generator = generator
  const files = found.filter((file) => mayBeArticle(file, generator))
  let read = 0
  const readings = await mapBounded(files, async (file) => {
    const known = memory.files.get(file)
    const reading =
      known !== undefined && known.stamp === stamps.get(file)
        ? known
        : await readOne(root, file, stamps.get(file), generator)
    memory.files.set(file, reading)
    progress('read', ++read, files.length)
    return reading
  })
  for (const known of [memory.files, memory.sizes]) {
    for (const file of known.keys()) if (!stamps.has(file)) known.delete(file)
  }
  // One by one: a file of many records may have more problems than a call takes arguments.
  for (const { problems: more } of readings) for (const one of more) problems.push(one)
  const measured = await withSizes(root, readings, media, stamps, memory)
  const makeNext = (reading: FileReading, at: number): Made[] => {
    progress('made', at, files.length)
    return site === undefined ? [] : [make(reading, site, measured)]
  }
  const made = readings.flatMap(makeNext)
  for (const { problems: more } of made) for (const one of more) problems.push(one)
  const articles = distinct(
    made.flatMap(({ articles }) => articles),
    problems,
  )
  return {
    publication: site?.publication,
    articles: [...articles.keys()],
    origins: new Map([...articles].map(([{ id }, { record }]) => [id, record.file])),
    sources: new Map([...articles].map(([{ id }, source]) => [id, source])),
    problems: inReadingOrder(problems),
    files: files.length,
    records: readings.reduce((sum, { records }) => sum + records.length, 0),
    around,
    isPartial,
  }
}

async function readOne(
  root: string,
  file: string,
  stamp: string | undefined,
  generator: Generator | undefined,
): Promise<FileReading> {
  const problems: Problem[] = []
  const text = await readText(root, file, problems)
  const records = text === undefined ? [] : readRecords(file, text, generator, problems)
  // What could not be read for the system's reasons may be readable next time, unchanged.
  return { stamp: text === undefined ? undefined : stamp, records, problems }
}

/** The articles of a file: those made before, where neither the site nor a file that they asked for changed. */
function make(reading: FileReading, site: Site, media: ReadonlyMap<string, FileFacts>): Made {
  const { made } = reading
  const isSame = (path: string, facts: FileFacts | undefined) =>
    isDeepStrictEqual(media.get(path), facts)
  if (made?.site === site && [...made.asked].every(([path, facts]) => isSame(path, facts)))
    return made
  const problems: Problem[] = []
  const asked = new Map<string, FileFacts | undefined>()
  const articles = reading.records.flatMap((record): MadeArticle[] => {
    if (record.checked === undefined) return []
    const shelf = shelfOf(record.file, site.publication.base, media)
    const given = { ...record, record: record.checked, report: record.reportTo(problems) }
    const watch = watchBody(site.publication.base)
    const article = toArticle(given, site, shelf, watch)
    for (const [path, facts] of shelf.asked) asked.set(path, facts)
    return article === undefined ? [] : [[article, { record, notes: watch.notes }]]
  })
  reading.made = { site, asked, articles, problems }
  return reading.made
}

/** The site as `site.yaml` says, the same object while it says the same. */
async function readSiteFile(
  root: string,
  settings: SiteSettings,
  media: ReadonlyMap<string, FileFacts>,
  around: Configuration | undefined,
  memory: FolderMemory,
  problems: Problem[],
): Promise<Site | undefined> {
  const before = problems.length
  const text = await readText(root, SITE_FILE, problems, true)
  if (problems.length > before) return undefined
  const { site, problems: found } = readSiteSafely(text, settings, media, around)
  problems.push(...found)
  const known = memory.site
  if (site === undefined) return undefined
  if (
    known?.text === text &&
    isDeepStrictEqual(known?.around, around) &&
    isDeepStrictEqual(known?.site.publication, site.publication)
  ) {
    return known?.site
  }
  memory.site = { text, around, site }
  return site
}

function readSiteSafely(...given: Parameters<typeof readSite>): ReturnType<typeof readSite> {
  try {
    return readSite(...given)
  } catch (error) {
    return { site: undefined, problems: [unreadable(SITE_FILE, error)] }
  }
}

/** The articles with their sources, without those whose id or page another has already. */
function distinct(made: readonly MadeArticle[], problems: Problem[]): Map<Article, ArticleSource> {
  const articles = new Map<Article, ArticleSource>()
  const byId = new Map<string, FoundRecord>()
  const byPage = new Map<string, FoundRecord>()
  for (const [article, source] of made) {
    const { record } = source
    const report = record.reportTo(problems)
    const sameId = byId.get(article.id)
    const samePage = article.hasOwnPage ? byPage.get(article.slug) : undefined
    if (sameId !== undefined) {
      report(
        'same-id',
        ['id'],
        `is the same as that of ${sameId.file} (${article.id}); give one of them another "id".`,
      )
      continue
    }
    if (samePage !== undefined) {
      report(
        'same-slug',
        ['slug'],
        `is the same as that of ${samePage.file} ("${article.slug}"); give one of them another "slug".`,
      )
      continue
    }
    byId.set(article.id, record)
    if (article.hasOwnPage) byPage.set(article.slug, record)
    articles.set(article, source)
  }
  return articles
}

/** The files with the sizes in pixels of those pictures that records name. */
async function withSizes(
  root: string,
  readings: readonly FileReading[],
  media: ReadonlyMap<string, FileFacts>,
  stamps: ReadonlyMap<string, string>,
  { sizes }: FolderMemory,
): Promise<ReadonlyMap<string, FileFacts>> {
  const named = readings.flatMap(({ records }) =>
    records.flatMap(({ file, checked }) =>
      (checked?.pictures ?? []).flatMap((picture) => [
        fileReferred(file, picture.file ?? picture.url ?? ''),
      ]),
    ),
  )
  const measured = new Map(media)
  await mapBounded([...new Set(named)], async (file) => {
    const facts = media.get(file)
    if (facts === undefined || !facts.type.startsWith('image/')) return
    const known = sizes.get(file)
    const size =
      known?.stamp === stamps.get(file) ? known?.facts : await measure(path.join(root, file))
    sizes.set(file, { stamp: stamps.get(file), facts: size })
    measured.set(file, { ...facts, ...size })
  })
  return measured
}

async function readText(
  root: string,
  file: string,
  problems: Problem[],
  optional = false,
): Promise<string | undefined> {
  try {
    const facts = await stat(path.join(root, file))
    if (!facts.isFile()) throw new UnreadableSource('This is no plain file.')
    const { size } = facts
    if (size > LARGEST_FILE)
      throw new UnreadableSource(
        `The file has ${size} bytes; an article has at most ${LARGEST_FILE}.`,
      )
    return decode(await readFile(path.join(root, file)))
  } catch (error) {
    if (!(optional && (error as NodeJS.ErrnoException).code === 'ENOENT'))
      problems.push(unreadable(file, error))
    return undefined
  }
}

async function mapBounded<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array(items.length)
  let next = 0
  const worker = async () => {
    for (let at = next++; at < items.length; at = next++) results[at] = await work(items[at] as T)
  }
  await Promise.all(Array.from({ length: FILES_AT_ONCE }, worker))
  return results
}
