// A content folder read whole: the publication, its articles, and everything that is wrong with them.
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Article } from '../domain/article.ts'
import type { Publication } from '../domain/publication.ts'
import { type Surroundings, toArticle } from './article.ts'
import { type FileFacts, fileReferred, findFiles, measure } from './files.ts'
import { inReadingOrder, type Problem } from './problem.ts'
import { type FoundRecord, readRecords } from './records.ts'
import { readSite, SITE_FILE, type SiteSettings } from './site.ts'
import { decode, UnreadableSource, unreadable } from './source.ts'

export interface Content {
  /** Nothing where `site.yaml` is wrong: guessing a zone or a URL would spoil every feed. */
  readonly publication: Publication | undefined
  readonly articles: readonly Article[]
  readonly problems: readonly Problem[]
  /** The file that each article was read from, by its id. */
  readonly origins: ReadonlyMap<string, string>
  /** Records found, right or wrong. */
  readonly records: number
  /** Whether a folder could not be read, so that articles may be missing that are there. */
  readonly isPartial: boolean
}

/** Bytes; larger files are no articles. */
const LARGEST_FILE = 64 * 1024 * 1024
const FILES_AT_ONCE = 32

/** @throws where the folder itself can't be read. */
export async function readFolder(root: string, settings: SiteSettings): Promise<Content> {
  const { records: files, media, problems: fileProblems, isPartial } = await findFiles(root)
  const problems = [...fileProblems]
  const siteText = await readText(root, SITE_FILE, problems, true)
  const isUnread = problems.some(({ file, severity }) => file === SITE_FILE && severity === 'error')
  const { site, problems: siteProblems } = isUnread
    ? { site: undefined, problems: [] }
    : readSiteSafely(siteText, settings, media)
  problems.push(...siteProblems)
  const found = (
    await mapBounded(files, async (file) => {
      const text = await readText(root, file, problems)
      return text === undefined ? [] : readRecords(file, text, problems)
    })
  ).flat()
  const articles =
    site === undefined
      ? new Map<Article, string>()
      : distinct(found, { ...site, media: await withSizes(root, found, media) })
  return {
    publication: site?.publication,
    articles: [...articles.keys()],
    origins: new Map([...articles].map(([{ id }, file]) => [id, file])),
    problems: inReadingOrder(problems),
    records: found.length,
    isPartial,
  }
}

function readSiteSafely(...given: Parameters<typeof readSite>): ReturnType<typeof readSite> {
  try {
    return readSite(...given)
  } catch (error) {
    return { site: undefined, problems: [unreadable(SITE_FILE, error)] }
  }
}

/** The articles of the records with their files, without those whose id or page another has already. */
function distinct(found: readonly FoundRecord[], around: Surroundings): Map<Article, string> {
  const articles = new Map<Article, string>()
  const byId = new Map<string, FoundRecord>()
  const byPage = new Map<string, FoundRecord>()
  for (const record of found) {
    const article = record.checked && toArticle({ ...record, record: record.checked }, around)
    if (article === undefined) continue
    const sameId = byId.get(article.id)
    const samePage = article.hasOwnPage ? byPage.get(article.slug) : undefined
    if (sameId !== undefined) {
      record.report(
        'error',
        ['id'],
        `is the same as that of ${sameId.file} (${article.id}); give one of them another "id".`,
      )
      continue
    }
    if (samePage !== undefined) {
      record.report(
        'error',
        ['slug'],
        `is the same as that of ${samePage.file} ("${article.slug}"); give one of them another "slug".`,
      )
      continue
    }
    byId.set(article.id, record)
    if (article.hasOwnPage) byPage.set(article.slug, record)
    articles.set(article, record.file)
  }
  return articles
}

/** The files with the sizes in pixels of those pictures that records name without one. */
async function withSizes(
  root: string,
  found: readonly FoundRecord[],
  media: ReadonlyMap<string, FileFacts>,
): Promise<ReadonlyMap<string, FileFacts>> {
  const named = found.flatMap(({ file, checked }) =>
    (checked?.pictures ?? []).flatMap((picture) =>
      picture.file === undefined ? [] : [fileReferred(file, picture.file)],
    ),
  )
  const pictures = [...new Set(named)].filter((file) => media.get(file)?.type.startsWith('image/'))
  const sizes = await mapBounded(
    pictures,
    async (file) => [file, await measure(path.join(root, file))] as const,
  )
  const measured = new Map(media)
  for (const [file, size] of sizes)
    measured.set(file, { ...(media.get(file) as FileFacts), ...size })
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
