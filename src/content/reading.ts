// One file as it was read: its records, and the articles made of them with all that they were made of beside it.
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Article } from '../domain/article.ts'
import { toArticle } from './article.ts'
import { type BodyNotes, watchBody } from './body-notes.ts'
import type { FileFacts } from './files.ts'
import { eachLine, textOfLine } from './lines.ts'
import { linkAhead } from './link.ts'
import type { Problem } from './problem.ts'
import { type FoundRecord, type Habits, readLine, readRecords } from './records.ts'
import { type Asked, anywhere, type Library, shelfOf } from './shelf.ts'
import type { Site } from './site.ts'
import { decode, UnreadableSource, unreadable } from './source.ts'
import { createSpool, type Spool } from './spool.ts'
import { spooled } from './spooled-article.ts'

export interface FileReading {
  readonly stamp: string | undefined
  /** How many records it holds, right or wrong. */
  readonly count: number
  /** Those that articles are made of; of a file of lines none is kept. */
  readonly records: readonly FoundRecord[]
  readonly problems: readonly Problem[]
  made?: Made
}

/** What an article was made from. */
export interface ArticleSource {
  readonly record: FoundRecord
  readonly notes: BodyNotes
}

/** An article with its source; one whose body is on disk tells its source itself. */
type MadeArticle = readonly [Article, ArticleSource | undefined]

/** The articles of a file, and all that they were made of beside it. */
export interface Made {
  readonly site: Site
  readonly asked: Asked
  readonly articles: readonly MadeArticle[]
  readonly problems: readonly Problem[]
}

/** Bytes; larger files are no articles. */
const LARGEST_FILE = 64 * 1024 * 1024
/** Bytes of a file of lines from which on the bodies of its articles are kept on disk. */
const SPOOLED_FILE = 4 * 1024 * 1024

/** A file of one JSON record a line, which may be of any size. */
export function isLineFile(file: string): boolean {
  return /\.(ndjson|jsonl)$/i.test(file)
}

/** The records of a file that is no file of lines; they are made into articles when the site and all files are known. */
export async function readOne(
  root: string,
  file: string,
  stamp: string | undefined,
  habits: Habits,
): Promise<FileReading> {
  const problems: Problem[] = []
  const text = await readText(root, file, problems)
  const records = text === undefined ? [] : readRecords(file, text, habits, problems)
  // What could not be read for the system's reasons may be readable next time, unchanged.
  return {
    stamp: text === undefined ? undefined : stamp,
    count: records.length,
    records,
    problems,
  }
}

/**
 * The articles of a file of lines, each made as soon as its line is read, so that memory holds no more than what
 * feeds need of them.
 * @param site nothing where `site.yaml` is wrong.
 */
export async function readLines(
  root: string,
  file: string,
  stamp: string | undefined,
  site: Site | undefined,
  habits: Habits,
  library: Library,
): Promise<FileReading> {
  const problems: Problem[] = []
  const asked = nothingAsked()
  const articles: MadeArticle[] = []
  let count = 0
  // Without a site there are no articles, and nothing that is worth remembering.
  if (site === undefined) return { stamp: undefined, count, records: [], problems }
  try {
    const { size } = await stat(path.join(root, file))
    const spool = size > SPOOLED_FILE ? createSpool() : undefined
    await eachLine(path.join(root, file), (bytes, line) => {
      for (const record of readLine(file, () => textOfLine(bytes), line, habits, problems)) {
        count++
        const made = makeOne(record, site, library, asked, problems)
        if (made !== undefined)
          articles.push(spool === undefined ? made : onDisk(made, spool, line))
      }
    })
    return { stamp, count, records: [], problems, made: { site, asked, articles, problems: [] } }
  } catch (error) {
    const problem = unreadable(file, error)
    return { stamp: undefined, count, records: [], problems: [...problems, problem] }
  }
}

function onDisk([article, source]: MadeArticle, spool: Spool, line: number): MadeArticle {
  return [spooled(article, spool, { file: source?.record.file ?? '', line }), undefined]
}

/** Whether what a file was made into still holds: neither the site nor a file that its articles asked for changed. */
export function isCurrent({ made }: FileReading, site: Site, library: Library): boolean {
  return (
    made?.site === site &&
    [...made.asked.media].every(([path, facts]) =>
      isDeepStrictEqual(library.media.get(path), facts),
    ) &&
    [...made.asked.articles].every(([path, link]) => library.articles.get(path) === link)
  )
}

/** The links of the articles of files, as those of others may lead to them. */
export function linksOf(readings: readonly FileReading[], site: Site): Map<string, string> {
  const links = new Map<string, string>()
  const ambiguous = new Set<string>()
  for (const found of readings.flatMap(({ records }) => records)) {
    const { file, checked, isOneOfSeveral } = found
    const link = checked && !isOneOfSeveral && linkAhead({ ...found, record: checked }, site)
    if (!link) continue
    links.set(file, link)
    if (links.has(anywhere(file))) ambiguous.add(anywhere(file))
    links.set(anywhere(file), link)
  }
  for (const key of ambiguous) links.delete(key)
  return links
}

/** The articles of a file: those made before, where they are current. */
export function make(reading: FileReading, site: Site, library: Library): Made {
  if (reading.made !== undefined && isCurrent(reading, site, library)) return reading.made
  const problems: Problem[] = []
  const asked = nothingAsked()
  const articles = reading.records.flatMap((record): MadeArticle[] => {
    const made = makeOne(record, site, library, asked, problems)
    return made === undefined ? [] : [made]
  })
  reading.made = { site, asked, articles, problems }
  return reading.made
}

function nothingAsked() {
  return {
    media: new Map<string, FileFacts | undefined>(),
    articles: new Map<string, string | undefined>(),
  }
}

function makeOne(
  record: FoundRecord,
  site: Site,
  library: Library,
  asked: ReturnType<typeof nothingAsked>,
  problems: Problem[],
): MadeArticle | undefined {
  if (record.checked === undefined) return undefined
  const shelf = shelfOf(record.file, site.publication.base, library)
  const given = { ...record, record: record.checked, report: record.reportTo(problems) }
  const watch = watchBody(site.publication.base)
  const article = toArticle(given, site, shelf, watch)
  for (const [path, facts] of shelf.asked.media) asked.media.set(path, facts)
  for (const [path, link] of shelf.asked.articles) asked.articles.set(path, link)
  return article === undefined ? undefined : [article, { record, notes: watch.notes }]
}

/**
 * The text of a file, or nothing, with the problem.
 * @param optional whether a file that isn't there is none.
 */
export async function readText(
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
        `The file has ${size} bytes; an article has at most ${LARGEST_FILE}. Many records stand better one a line, in a file ending in ".ndjson".`,
      )
    return decode(await readFile(path.join(root, file)))
  } catch (error) {
    if (!(optional && (error as NodeJS.ErrnoException).code === 'ENOENT'))
      problems.push(unreadable(file, error))
    return undefined
  }
}
