// One file as it was read: its records, and the articles made of them with all that they were made of beside it.
import { readFileSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Article } from '../domain/article.ts'
import { type Lay, toArticle } from './article.ts'
import { isSelfContained } from './article-words.ts'
import { type BodyNotes, watchBody } from './body-notes.ts'
import { reporter } from './check-record.ts'
import type { FileFacts } from './files.ts'
import { layMade, layUnmade, type Origin } from './laid-article.ts'
import { eachLine, textOfLine } from './lines.ts'
import { linkAhead } from './link.ts'
import type { Problem } from './problem.ts'
import { type FoundRecord, type Habits, readLine, readRecords } from './records.ts'
import { type Asked, anywhere, type Library, shelfOf } from './shelf.ts'
import type { Site } from './site.ts'
import { decode, UnreadableSource, unreadable } from './source.ts'
import { createSpool, type Spool } from './spool.ts'

export interface FileReading {
  readonly stamp: string | undefined
  /** How many records it holds, right or wrong. */
  readonly count: number
  /** Those that articles are still to be made of, or may be made of anew; none where the file is read again for that. */
  readonly records: readonly FoundRecord[]
  readonly problems: readonly Problem[]
  made?: Made
}

/** What an article was made from. */
export interface ArticleSource {
  readonly record: FoundRecord
  readonly notes: BodyNotes
}

/** An article with its source; one that is laid tells its source itself. */
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

/**
 * The records of a file that is no file of lines; they are made into articles when the site and all files are known.
 * @param spool where it is given, what depends on no other file is made at once and laid in it, and its records go.
 */
export async function readOne(
  root: string,
  file: string,
  stamp: string | undefined,
  site: Site | undefined,
  habits: Habits,
  spool: Spool | undefined,
): Promise<FileReading> {
  const problems: Problem[] = []
  const text = await readText(root, file, problems)
  const records = text === undefined ? [] : readRecords(file, text, habits, problems)
  // What could not be read for the system's reasons may be readable next time, unchanged.
  const reading = { stamp: text === undefined ? undefined : stamp, problems }
  const count = records.length
  if (site === undefined || spool === undefined || count === 0 || !records.every(standsAlone))
    return { ...reading, count, records }
  const again = () => readAgain(root, file, habits)
  return { ...reading, count, records: [], made: makeAll(records, site, NO_LIBRARY, spool, again) }
}

const NO_LIBRARY: Library = { media: new Map(), articles: new Map() }

/** Whether an article needs nothing but its record and the site. */
function standsAlone({ file, checked, body }: FoundRecord): boolean {
  return (
    checked !== undefined &&
    checked.pictures === undefined &&
    checked.recordings === undefined &&
    !/\.mdx$/i.test(file) &&
    // Template code may become anything.
    !/[{\\][{%#]/.test(body.source) &&
    isSelfContained(body)
  )
}

/** The records of a file as it is now. */
function readAgain(root: string, file: string, habits: Habits): FoundRecord[] {
  try {
    return readRecords(file, decode(readFileSync(path.join(root, file))), habits, [])
  } catch {
    return []
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
  spool: Spool | undefined,
): Promise<FileReading> {
  const problems: Problem[] = []
  const asked = nothingAsked()
  const articles: MadeArticle[] = []
  let count = 0
  // Without a site there are no articles, and nothing that is worth remembering.
  if (site === undefined) return { stamp: undefined, count, records: [], problems }
  try {
    const { size } = await stat(path.join(root, file))
    const lasting = spool ?? (size > SPOOLED_FILE ? createSpool() : undefined)
    await eachLine(path.join(root, file), (bytes, line) => {
      for (const record of readLine(file, () => textOfLine(bytes), line, habits, problems)) {
        count++
        const origin = () => ({ ...NOWHERE, file, reportTo: reporter(file, at(line)) })
        const made = makeOne(record, site, library, asked, problems, lasting, origin)
        if (made !== undefined) articles.push(made)
      }
    })
    return { stamp, count, records: [], problems, made: { site, asked, articles, problems: [] } }
  } catch (error) {
    const problem = unreadable(file, error)
    return { stamp: undefined, count, records: [], problems: [...problems, problem] }
  }
}

/** Of a record in a file of lines, what is known without reading it again. */
const NOWHERE = {
  name: '',
  checked: undefined,
  body: { form: 'text' as const, source: '' },
  isOneOfSeveral: true,
  generator: undefined,
  translation: undefined,
}

function at(line: number) {
  return { locate: () => ({ line, column: 1 }) }
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
export function linksOf(
  files: readonly string[],
  readings: readonly FileReading[],
  site: Site,
): Map<string, string> {
  const links = new Map<string, string>()
  const ambiguous = new Set<string>()
  readings.forEach(({ count, records: [found], made }, at) => {
    if (count !== 1) return
    const file = files[at] as string
    const link = found === undefined ? made?.articles[0]?.[0].link : linkOfRecord(found, site)
    if (link === undefined || isLineFile(file)) return
    links.set(file, link)
    if (links.has(anywhere(file))) ambiguous.add(anywhere(file))
    links.set(anywhere(file), link)
  })
  for (const key of ambiguous) links.delete(key)
  return links
}

function linkOfRecord(found: FoundRecord, site: Site): string | undefined {
  const { checked, isOneOfSeveral } = found
  if (checked === undefined || isOneOfSeveral) return undefined
  return linkAhead({ ...found, record: checked }, site)
}

/** The articles of a file: those made before, where they are current. */
export function make(
  root: string,
  file: string,
  reading: FileReading,
  site: Site,
  habits: Habits,
  library: Library,
  spool: Spool | undefined,
): Made {
  if (reading.made !== undefined && isCurrent(reading, site, library)) return reading.made
  const again = () => readAgain(root, file, habits)
  reading.made = makeAll(reading.records, site, library, spool, again)
  return reading.made
}

/** @param again the records of the same file, found again. */
function makeAll(
  records: readonly FoundRecord[],
  site: Site,
  library: Library,
  spool: Spool | undefined,
  again: () => FoundRecord[],
): Made {
  const problems: Problem[] = []
  const asked = nothingAsked()
  const articles = records.flatMap((record, at): MadeArticle[] => {
    const origin = () => again()[at] ?? { ...NOWHERE, file: record.file, reportTo: record.reportTo }
    const made = makeOne(record, site, library, asked, problems, spool, origin)
    return made === undefined ? [] : [made]
  })
  return { site, asked, articles, problems }
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
  spool: Spool | undefined,
  origin: Origin,
): MadeArticle | undefined {
  if (record.checked === undefined) return undefined
  const shelf = shelfOf(record.file, site.publication.base, library)
  const given = { ...record, record: record.checked, report: record.reportTo(problems) }
  const watch = watchBody(site.publication.base)
  const lay: Lay | undefined = spool && ((...given) => layUnmade(...given, spool, origin))
  const article = toArticle(given, site, shelf, watch, lay)
  for (const [path, facts] of shelf.asked.media) asked.media.set(path, facts)
  for (const [path, link] of shelf.asked.articles) asked.articles.set(path, link)
  if (article === undefined) return undefined
  return spool === undefined
    ? [article, { record, notes: watch.notes }]
    : [layMade(article, spool, origin), undefined]
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
