// A content folder read whole: the publication, its articles, and everything that is wrong with them.
import { isDeepStrictEqual } from 'node:util'
import type { Article } from '../domain/article.ts'
import type { Publication } from '../domain/publication.ts'
import { type Configuration, tellConfiguration } from './conventions/configuration.ts'
import { readDefaults } from './conventions/defaults.ts'
import { mayBeArticle } from './conventions/generator.ts'
import { lookAround } from './conventions/surroundings.ts'
import { type FileFacts, findFiles } from './files.ts'
import { emptyMemory, type FolderMemory, spoolOf } from './folder-memory.ts'
import { makeFiles, type Progress, readFiles } from './folder-readings.ts'
import { recallReadings } from './kept-readings.ts'
import { sourceOfLaid } from './laid-article.ts'
import type { ArticleSource, FileReading } from './making.ts'
import { inReadingOrder, type Problem } from './problem.ts'
import { readText } from './reading.ts'
import { readSite, SITE_FILE, type Site, type SiteSettings } from './site.ts'
import { unreadable } from './source.ts'

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

/**
 * @param memory of earlier readings of the same folder with the same settings; it is brought up to date.
 * @param progress is told how many of the files are read, and then how many are made into articles.
 * @throws where the folder itself can't be read.
 */
export async function readFolder(
  root: string,
  settings: SiteSettings,
  memory: FolderMemory = emptyMemory(),
  progress: Progress = () => {},
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
  await recallReadings(memory, settings, { root, habits }, stamps)
  const files = found.filter((file) => mayBeArticle(file, generator))
  const work = { root, site, habits, spool: spoolOf(memory) }
  const readings = await readFiles(files, stamps, media, work, memory, progress)
  // One by one: a file of many records may have more problems than a call takes arguments.
  for (const { problems: more } of readings) for (const one of more) problems.push(one)
  if (site !== undefined) {
    await makeFiles(files, readings, stamps, media, { ...work, site }, memory, progress)
    for (const { made } of readings) for (const one of made?.problems ?? []) problems.push(one)
  }
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
