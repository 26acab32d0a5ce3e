// A content folder read whole: the publication, its articles, and everything that is wrong with them.
import { isDeepStrictEqual } from 'node:util'
import type { Article } from '../../domain/article.ts'
import type { Publication } from '../../domain/publication.ts'
import { type Distinct, distinct } from '../articles/distinct.ts'
import type { FileFacts } from '../articles/files.ts'
import type { ArticleSource, FileReading } from '../articles/making.ts'
import { type Configuration, tellConfiguration } from '../conventions/configuration.ts'
import { readDefaults } from '../conventions/defaults.ts'
import { mayBeArticle, withoutResources } from '../conventions/generator.ts'
import { lookAround, mayBeOfOthers } from '../conventions/surroundings.ts'
import { recallReadings } from '../keeping/kept-readings.ts'
import { fileOfLaid, sourceOfLaid } from '../keeping/laid-article.ts'
import { inReadingOrder, type Problem, problem } from '../problem.ts'
import type { Habits, WrongRecord } from '../records/records.ts'
import { readSite, SITE_FILE, type Site, type SiteSettings } from '../site/site.ts'
import { unreadable } from '../syntax/source.ts'
import { emptyMemory, type FolderMemory, forget, goneSince, isGranted, spoolOf } from './memory.ts'
import { readText } from './reading.ts'
import { type Progress, readAll } from './readings.ts'
import type { Standing } from './standing.ts'
import { type FoundFiles, findAgain, findFiles } from './walk.ts'
import type { Changed } from './watch.ts'

export interface Content {
  /**
   * As `site.yaml` said when it was last right, as far as the memory goes back. Nothing where it never was: a guessed
   * zone or URL would spoil every feed.
   */
  readonly publication: Publication | undefined
  readonly articles: readonly Article[]
  /** Those articles whose records are wrong now, as an earlier reading made them; see `succession.ts`. */
  readonly lastGood?: readonly Article[]
  readonly problems: readonly Problem[]
  /** What articles were made from, by their ids, except for those that know it themselves; see `sourceOf`. */
  readonly sources: ReadonlyMap<string, ArticleSource>
  /** The records that became no article or the twin of another, by file. */
  readonly wrong: ReadonlyMap<string, readonly WrongRecord[]>
  /** Records found, right or wrong, and the files they were found in. */
  readonly records: number
  readonly files: number
  /** What the generator in whose site the folder lies is configured to do. */
  readonly around: Configuration | undefined
  /** Sentences that say what was taken from that configuration. */
  readonly taken: readonly string[]
  /** Folders that could not be read, `''` for the content folder itself: their articles may be missing. */
  readonly unreadable: ReadonlySet<string>
  /**
   * Whether `site.yaml`, the generator's configuration and all folders could be read, and the system refused no file.
   * Otherwise the folder is to be read again, even if no change is noticed.
   */
  readonly isWhole: boolean
}

/** What an article was made from; nothing where it isn't of this content. */
export function sourceOf(content: Content, article: Article): ArticleSource | undefined {
  return sourceOfLaid(article) ?? content.sources.get(article.id)
}

/** The path under the folder of the file that an article was made from, without reading that again. */
export function fileOf(content: Content, article: Article): string | undefined {
  return fileOfLaid(article) ?? content.sources.get(article.id)?.record.file
}

export interface ReadingOptions {
  /** Is told how many of the files are read, and then how many are made into articles. */
  readonly progress?: Progress
  /** Where something changed since the last reading; nothing where that may be anywhere. */
  readonly changed?: Changed
  /** Ends the reading; then its memory is of no use any more. */
  readonly signal?: AbortSignal
}

/**
 * @param memory of earlier readings of the same folder with the same settings; it is brought up to date.
 * @throws where the folder itself can't be read; what `signal` is aborted with.
 */
export async function readFolder(
  root: string,
  settings: SiteSettings,
  memory: FolderMemory = emptyMemory(),
  options: ReadingOptions = {},
): Promise<Content> {
  const content = await readOnce(root, settings, memory, options)
  const gone = goneSince(root, memory)
  // As if they had been gone before. What is found there once more, and can't be read, is told.
  return gone.size === 0 ? content : readOnce(root, settings, memory, { ...options, changed: gone })
}

async function readOnce(
  root: string,
  settings: SiteSettings,
  memory: FolderMemory,
  { progress = () => {}, changed, signal }: ReadingOptions,
): Promise<Content> {
  const seen = await look(root, memory, changed)
  const { records: found, media, stamps, unreadable } = seen.found
  const problems = [...seen.found.problems]
  const { around, isRight } = await surroundings(root, memory, problems)
  const site = readSiteFile(root, settings, media, around, memory, problems)
  const { generator } = site ?? {}
  const { inside = [], languages = [], ownLanguage, languageFolders = [] } = around ?? {}
  const known = memory.habits?.defaults
  const defaults = await readDefaults(root, found, { generator, around }, problems, known)
  const habits = { generator, inside, languages, ownLanguage, languageFolders, defaults }
  if (!isDeepStrictEqual(memory.habits, habits)) forget(memory)
  memory.habits = habits
  await recallReadings(memory, settings, { root, habits }, stamps)
  const files = listed(found, habits, memory)
  const work = { root, site, habits, spool: spoolOf(memory), signal }
  const { touched } = seen
  const standing = await readAll(files, { stamps, media, touched, work, memory, progress })
  if (memory.lying !== undefined && memory.lying.whole === undefined)
    memory.lying = { ...memory.lying, whole: memory.lying.spool.size() }
  memory.distinct = distinct(site === undefined ? [] : standing.readings, memory.distinct)
  const { articles, sources, twins } = memory.distinct
  const all = [
    ...problems,
    ...[...standing.notable.values()].flatMap((one) => problemsOf(one, site)),
    ...memory.distinct.problems,
  ]
  return {
    publication: site?.publication,
    articles,
    sources,
    problems: inReadingOrder(all),
    wrong: wrongIn(standing, twins),
    files: files.length,
    records: standing.records,
    around,
    taken: around === undefined ? [] : [tellConfiguration(around)],
    unreadable: new Set(unreadable),
    isWhole: unreadable.size === 0 && isRight && isGranted(memory) && !all.some(isOfSite),
  }
}

export function isOfSite({ file, severity }: Problem): boolean {
  return file === SITE_FILE && severity === 'error'
}

function problemsOf({ problems, made }: FileReading, site: Site | undefined): readonly Problem[] {
  return site === undefined || made === undefined ? problems : [...problems, ...made.problems]
}

function wrongIn({ notable }: Standing, twins: Distinct['twins']): Content['wrong'] {
  const wrong = new Map(twins)
  for (const [file, { made }] of notable)
    if (made !== undefined && made.wrong.length > 0)
      wrong.set(file, [...made.wrong, ...(twins.get(file) ?? [])])
  return wrong
}

/** What is in the folder: only the changed places are looked at where an earlier look can be brought up to date. */
async function look(
  root: string,
  memory: FolderMemory,
  changed: Changed,
): Promise<{ found: FoundFiles; touched?: ReadonlySet<string> }> {
  const before = memory.found
  delete memory.found
  const seen =
    before === undefined || before.unreadable.has('') || changed === undefined
      ? { found: await findFiles(root) }
      : await findAgain(root, before, changed)
  memory.found = seen.found
  return seen
}

/** The files that may be articles; the same list where nothing came or went. */
function listed(
  found: FoundFiles['records'],
  { generator, inside }: Pick<Habits, 'generator' | 'inside'>,
  memory: FolderMemory,
): readonly string[] {
  const { list } = memory
  if (list?.found === found) return list.files
  const named = found.filter((file) => mayBeArticle(file, generator, inside))
  const files = generator === 'hugo' ? withoutResources(named) : named
  memory.list = { found, files }
  return files
}

/**
 * What the generator's configuration says; where it is wrong or gone, what it said before. Otherwise every link would
 * change meanwhile, and what it keeps out would be published.
 */
async function surroundings(
  root: string,
  { site }: FolderMemory,
  problems: Problem[],
): Promise<{ around: Configuration | undefined; isRight: boolean }> {
  const before = problems.length
  const around = await lookAround(root, problems)
  const known = site?.around
  const isOurs = ({ file }: Problem) => file === known?.file || !mayBeOfOthers(file)
  const isWrong = problems.slice(before).some(isOurs)
  const isGone = around === undefined && known !== undefined && !isWrong
  if (isGone)
    problems.push(problem('unread-configuration', { file: known.file, sentence: FILE_GONE }))
  const isRight = !isWrong && !isGone
  return { around: isRight ? around : (known ?? around), isRight }
}

/** The site by `site.yaml`, the same object while nothing changes; as before where the file is wrong or gone. */
function readSiteFile(
  root: string,
  settings: SiteSettings,
  media: ReadonlyMap<string, FileFacts>,
  around: Configuration | undefined,
  memory: FolderMemory,
  problems: Problem[],
): Site | undefined {
  const before = problems.length
  const known = memory.site
  const text = readText(root, SITE_FILE, problems)
  // Some editors delete a file to write it again: meanwhile every link and id would change.
  if (text === undefined && known?.text !== undefined && problems.length === before)
    problems.push(problem('unreadable', { file: SITE_FILE, sentence: FILE_GONE }))
  if (problems.length > before) return known?.site
  const { site, problems: found } = readSiteSafely(text, settings, media, around)
  problems.push(...found)
  if (site === undefined) return known?.site
  if (
    known?.text === text &&
    isDeepStrictEqual(known?.around, around) &&
    isDeepStrictEqual(known?.site.publication, site.publication)
  ) {
    return known?.site
  }
  memory.site = { settings, text, around, site }
  return site
}

const FILE_GONE =
  'The file is not there any more: what it said holds until it is back, or Gazette is started anew.'

function readSiteSafely(...given: Parameters<typeof readSite>): ReturnType<typeof readSite> {
  try {
    return readSite(...given)
  } catch (error) {
    return { site: undefined, problems: [unreadable(SITE_FILE, error)] }
  }
}
