// A content folder read whole: the publication, its articles, and everything that is wrong with them.
import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Article } from '../domain/article.ts'
import type { Publication } from '../domain/publication.ts'
import { type Configuration, tellConfiguration } from './conventions/configuration.ts'
import { readDefaults } from './conventions/defaults.ts'
import { mayBeArticle } from './conventions/generator.ts'
import { lookAround } from './conventions/surroundings.ts'
import { type FileFacts, fileReferred, findFiles, measure } from './files.ts'
import { sourceOfLaid } from './laid-article.ts'
import {
  type ArticleSource,
  type FileReading,
  isCurrent,
  isMadeForGood,
  linksOf,
  make,
} from './making.ts'
import { isLineFile } from './origin.ts'
import { inReadingOrder, type Problem } from './problem.ts'
import { readLines, readOne, readText } from './reading.ts'
import type { Habits } from './records.ts'
import { readSite, SITE_FILE, type Site, type SiteSettings } from './site.ts'
import { unreadable } from './source.ts'
import type { Spool } from './spool.ts'

export interface Content {
  /** Nothing where `site.yaml` is wrong: guessing a zone or a URL would spoil every feed. */
  readonly publication: Publication | undefined
  readonly articles: readonly Article[]
  readonly problems: readonly Problem[]
  /** What each article was made from, by its id, but for those that tell it themselves; see `sourceOf`. */
  readonly sources: ReadonlyMap<string, ArticleSource>
  /** Records found, right or wrong, and the files they were found in. */
  readonly records: number
  readonly files: number
  /** What the configuration of the generator says in whose site the folder lies. */
  readonly around: Configuration | undefined
  /** Sentences that tell what was taken from it. */
  readonly taken: readonly string[]
  /** Whether a folder could not be read, so that articles may be missing that are there. */
  readonly isPartial: boolean
}

/** What an article was made from; nothing of one that isn't of this content. */
export function sourceOf(content: Content, article: Article): ArticleSource | undefined {
  return sourceOfLaid(article) ?? content.sources.get(article.id)
}

/** A file of lines is made before others are known, and so can't name their articles. */
const NO_LINKS: ReadonlyMap<string, string> = new Map()

const FILES_AT_ONCE = 32

/** What earlier readings found, so that the next one works only on what changed since. */
export interface FolderMemory {
  site?: {
    readonly text: string | undefined
    readonly around: Configuration | undefined
    readonly site: Site
  }
  habits?: Habits
  readonly files: Map<string, FileReading>
  readonly sizes: Map<
    string,
    { readonly stamp: string | undefined; readonly facts: object | undefined }
  >
  /** Where words lie until they are asked for; without it they are made at once. */
  lying?: {
    readonly newSpool: () => Spool
    readonly spool: Spool
    /** Bytes of the spool after a reading of everything. */
    readonly whole: number | undefined
  }
}

/** @param newSpool where words are to lie until they are asked for: of what serves, not of what judges. */
export function emptyMemory(newSpool?: () => Spool): FolderMemory {
  return {
    files: new Map(),
    sizes: new Map(),
    ...(newSpool && { lying: { newSpool, spool: newSpool(), whole: undefined } }),
  }
}

/** Made words are some three times what was written; what is beyond is of articles that are no more. */
const MOST_TIMES = 5
/** Bytes that no publication is too small for. */
const FREE = 4 * 1024 * 1024

/** The spool to lay words in; where most of it is waste, a new one, and everything is read again. */
function spoolOf(memory: FolderMemory): Spool | undefined {
  const { lying } = memory
  if (lying === undefined) return undefined
  const { newSpool, spool, whole } = lying
  if (whole === undefined || spool.size() <= MOST_TIMES * whole + FREE) return spool
  memory.files.clear()
  memory.lying = { newSpool, spool: newSpool(), whole: undefined }
  return memory.lying.spool
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
  const habits = {
    generator,
    inside: around?.inside ?? [],
    languages: around?.languages ?? [],
    defaults: await readDefaults(root, found, around, problems),
  }
  if (!isDeepStrictEqual(memory.habits, habits)) memory.files.clear()
  memory.habits = habits
  const files = found.filter((file) => mayBeArticle(file, generator))
  const work = { root, site, habits, spool: spoolOf(memory) }
  const unmeasured = { media, articles: NO_LINKS }
  const isAsBefore = (file: string, known: FileReading | undefined): known is FileReading =>
    known !== undefined &&
    known.stamp === stamps.get(file) &&
    (!isMadeForGood(known) || (site !== undefined && isCurrent(known, site, unmeasured)))
  let read = 0
  const readings = await mapBounded(files, async (file) => {
    const known = memory.files.get(file)
    const reading = isAsBefore(file, known)
      ? known
      : isLineFile(file)
        ? await readLines(file, stamps.get(file), work, unmeasured)
        : await readOne(file, stamps.get(file), work)
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
  const isAllMade = readings.every(isMadeForGood)
  const articleLinks = site === undefined || isAllMade ? NO_LINKS : linksOf(files, readings, site)
  const library = { media: measured, articles: articleLinks }
  readings.forEach((reading, at) => {
    progress('made', at, files.length)
    if (site === undefined) return
    const made = make(files[at] as string, reading, site, library, work)
    for (const one of made?.problems ?? []) problems.push(one)
  })
  if (memory.lying !== undefined && memory.lying.whole === undefined)
    memory.lying = { ...memory.lying, whole: memory.lying.spool.size() }
  const { articles, sources } = distinct(site === undefined ? [] : readings, problems)
  return {
    publication: site?.publication,
    articles,
    sources,
    problems: inReadingOrder(problems),
    files: files.length,
    records: readings.reduce((sum, { count }) => sum + count, 0),
    around,
    taken: around === undefined ? [] : [tellConfiguration(around)],
    isPartial,
  }
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

/** The articles, without those whose id or page another has already. */
function distinct(
  readings: readonly FileReading[],
  problems: Problem[],
): { articles: Article[]; sources: Map<string, ArticleSource> } {
  const articles: Article[] = []
  const sources = new Map<string, ArticleSource>()
  const byId = new Map<string, Article>()
  const byPage = new Map<string, Article>()
  const sourceOf = (article: Article) => sources.get(article.id) ?? sourceOfLaid(article)
  for (const [article, source] of readings.flatMap(({ made }) => made?.articles ?? [])) {
    const sameId = byId.get(article.id)
    const samePage = article.hasOwnPage ? byPage.get(article.slug) : undefined
    const other = sameId ?? samePage
    if (other !== undefined) {
      const report = (source ?? sourceOfLaid(article))?.record.reportTo(problems)
      const file = sourceOf(other)?.record.file
      if (sameId !== undefined) {
        const sentence = `is the same as that of ${file} (${article.id}); give one of them another "id".`
        report?.('same-id', ['id'], sentence)
      } else {
        const sentence = `is the same as that of ${file} ("${article.slug}"); give one of them another "slug".`
        report?.('same-slug', ['slug'], sentence)
      }
      continue
    }
    byId.set(article.id, article)
    if (article.hasOwnPage) byPage.set(article.slug, article)
    articles.push(article)
    if (source !== undefined) sources.set(article.id, source)
  }
  return { articles, sources }
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

async function mapBounded<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array(items.length)
  let next = 0
  const worker = async () => {
    for (let at = next++; at < items.length; at = next++) results[at] = await work(items[at] as T)
  }
  await Promise.all(Array.from({ length: FILES_AT_ONCE }, worker))
  return results
}
