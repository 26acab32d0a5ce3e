// One file as it is read: its records, and its articles where they depend on no other file.
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { isSelfContained } from './article-words.ts'
import { layBody } from './laid-body.ts'
import { eachLine, textOfLine } from './lines.ts'
import {
  beginMaking,
  type FileReading,
  type MadeArticle,
  makeAll,
  makeArticle,
  type Work,
} from './making.ts'
import type { Problem } from './problem.ts'
import { type FoundRecord, readLine, readRecords } from './records.ts'
import type { Library } from './shelf.ts'
import { decode, UnreadableSource, unreadable } from './source.ts'
import { createSpool } from './spool.ts'

/** Bytes; larger files are no articles. */
const LARGEST_FILE = 64 * 1024 * 1024
/** Bytes of a file of lines from which on the bodies of its articles are kept on disk. */
const SPOOLED_FILE = 4 * 1024 * 1024

/**
 * The records of a file that is no file of lines; they are made into articles when the site and all files are known.
 * Where there is a spool, what depends on no other file is made at once and laid in it, and its records go.
 */
export async function readOne(
  file: string,
  stamp: string | undefined,
  work: Work,
): Promise<FileReading> {
  const { root, site, habits, spool } = work
  const problems: Problem[] = []
  const text = await readText(root, file, problems)
  const records = text === undefined ? [] : readRecords(file, text, habits, problems)
  // What could not be read for the system's reasons may be readable next time, unchanged.
  const reading = { stamp: text === undefined ? undefined : stamp, problems, count: records.length }
  if (site === undefined || spool === undefined) return { ...reading, records }
  return records.every(standsAlone)
    ? { ...reading, records: [], made: makeAll(file, records, site, NO_LIBRARY, work) }
    : { ...reading, records: records.map((one) => ({ ...one, body: layBody(one.body, spool) })) }
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

/**
 * The articles of a file of lines, each made as soon as its line is read, so that memory holds no more than what
 * feeds need of them.
 * @param site nothing where `site.yaml` is wrong.
 */
export async function readLines(
  file: string,
  stamp: string | undefined,
  { root, site, habits, spool }: Work,
  library: Library,
): Promise<FileReading> {
  const problems: Problem[] = []
  const articles: MadeArticle[] = []
  let count = 0
  // Without a site there are no articles, and nothing that is worth remembering.
  if (site === undefined) return { stamp: undefined, count, records: [], problems }
  try {
    const { size } = await stat(path.join(root, file))
    const lasting = spool ?? (size > SPOOLED_FILE ? createSpool() : undefined)
    const making = beginMaking(site, library, lasting)
    const of = { root, file, habits }
    await eachLine(path.join(root, file), (bytes, line) => {
      for (const record of readLine(file, () => textOfLine(bytes), line, habits, problems)) {
        count++
        const made = makeArticle(record, { of, at: line }, making)
        if (made !== undefined) articles.push(made)
      }
    })
    const { asked, problems: more } = making
    return { stamp, count, records: [], problems, made: { site, asked, articles, problems: more } }
  } catch (error) {
    const problem = unreadable(file, error)
    return { stamp: undefined, count, records: [], problems: [...problems, problem] }
  }
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
