// Reads one file: its records, and its articles where they depend on no other file.
import { hash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { linkAhead } from '../articles/link.ts'
import {
  beginMaking,
  type FileReading,
  type MadeArticle,
  makeAll,
  makeArticle,
  type Work,
} from '../articles/making.ts'
import type { Library } from '../articles/shelf.ts'
import { compact } from '../compact.ts'
import { layBody } from '../keeping/laid-body.ts'
import { createSpool, readAt } from '../keeping/spool.ts'
import { withOpened } from '../opened.ts'
import type { Problem } from '../problem.ts'
import { readSource } from '../records/glance.ts'
import { type FoundRecord, readLine, readRecords } from '../records/records.ts'
import type { Site } from '../site/site.ts'
import type { Decoder } from '../syntax/charset.ts'
import { decoderOf, eachLine, textOfLine } from '../syntax/lines.ts'
import { decode, mayPass, UnreadableSource, unreadable } from '../syntax/source.ts'

/** Bytes; larger files are no articles. */
const LARGEST_FILE = 64 * 1024 * 1024
/** Bytes; of a larger file of lines the articles' bodies are kept on disk. */
const SPOOLED_FILE = 4 * 1024 * 1024

/**
 * Reads a file that isn't a file of lines. Its records are made into articles once the site and all files are known;
 * where there is a spool, those that lead to no other article by its file are made now and laid in it.
 * @param known how it was read before, which holds while its text is the same.
 */
export function readOne(
  file: string,
  stamp: string | undefined,
  work: Work,
  media: Library['media'],
  known?: FileReading,
): FileReading {
  const { root, site, habits, spool } = work
  const problems: Problem[] = []
  let isRefused = false
  const failed = (error: unknown) => {
    problems.push(unreadable(file, error))
    isRefused ||= mayPass(error)
  }
  const bytes = attempt(() => bytesOf(root, file), failed)
  const digest = bytes && hash('sha256', bytes, 'base64url')
  if (digest && known?.digest === digest && known.made?.site === site) return { ...known, stamp }
  const source = bytes && attempt(() => readSource(bytes), failed)
  const records = source === undefined ? [] : readRecords(file, source, habits, problems)
  const reading = {
    stamp: isRefused ? undefined : stamp,
    digest,
    count: records.length,
    problems: compact(problems),
  }
  if (site !== undefined && spool !== undefined && !records.some(mayLink)) {
    const made = makeAll(file, records, site, { media, articles: NO_LINKS }, work)
    const link = records.length === 1 ? made.articles[0]?.[0].link : undefined
    if (made.asked.articles.size === 0) return { link, records: undefined, made, ...reading }
  }
  return {
    ...reading,
    link: records.length === 1 && site ? linkOfRecord(records[0] as FoundRecord, site) : undefined,
    records: spool ? records.map((one) => ({ ...one, body: layBody(one.body, spool) })) : records,
  }
}

/** What leads to articles by their files before all of these are read: an article of a file of lines can't link to others so. */
export const NO_LINKS: ReadonlyMap<string, string> = new Map()

function linkOfRecord(found: FoundRecord, site: Site): string | undefined {
  const { checked, isOneOfSeveral } = found
  if (checked === undefined || isOneOfSeveral) return undefined
  return linkAhead({ ...found, record: checked }, site)
}

/**
 * Whether a body names a file that may be another article's: the link of that is known once all files are read. It looks for
 * a plain sign first, which takes less than half the time.
 */
function mayLink({ body }: FoundRecord): boolean {
  const text = body.glance ?? body.source
  const hasSign = text.includes('.m') || text.includes('.M')
  return hasSign && /\.(?:mdx?|markdown)(?![a-z\d])/i.test(text)
}

/**
 * Reads a file of lines. Each article is made as soon as its line is read, so that memory holds no more than feeds need
 * of it. Without a site none is made.
 */
export async function readLines(
  file: string,
  stamp: string | undefined,
  { root, site, habits, spool, signal }: Work,
  library: Library,
): Promise<FileReading> {
  const problems: Problem[] = []
  const articles: MadeArticle[] = []
  let count = 0
  // A link to the file could mean any of its articles.
  const link = undefined
  if (site === undefined) return { stamp: undefined, count, problems, link }
  try {
    const { size } = await stat(path.join(root, file))
    const lasting = spool ?? (size > SPOOLED_FILE ? createSpool() : undefined)
    const making = beginMaking(site, library, lasting)
    const of = { root, file, habits }
    let decoder: Decoder | undefined
    const take = (bytes: Buffer | undefined, line: number) => {
      decoder ??= decoderOf(bytes)
      const text = () => textOfLine(bytes, decoder as Decoder)
      for (const record of readLine(file, text, line, habits, problems)) {
        count++
        const made = makeArticle(record, { of, at: line }, making)
        if (made !== undefined) articles.push(made)
      }
    }
    await eachLine(path.join(root, file), take, signal)
    const { asked, problems: more, wrong } = making
    const made = { site, asked, articles, problems: more, wrong }
    return { stamp, count, problems, link, made }
  } catch (error) {
    const problem = unreadable(file, error)
    const known = mayPass(error) ? undefined : stamp
    return { stamp: known, count, problems: [...problems, problem], link }
  }
}

/** The text of a file; nothing where it isn't there, or can't be read, which is added to the problems. */
export function readText(root: string, file: string, problems: Problem[]): string | undefined {
  return attempt(
    () => decode(bytesOf(root, file)),
    (error) => {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') problems.push(unreadable(file, error))
    },
  )
}

function attempt<T>(read: () => T, failed: (error: unknown) => void): T | undefined {
  try {
    return read()
  } catch (error) {
    failed(error)
    return undefined
  }
}

/**
 * Reads in the event loop's own thread: most files have a few kilobytes, and the thread pool takes six times as long.
 * @throws UnreadableSource of what is no plain file, or too large; the system's error.
 */
function bytesOf(root: string, file: string): Buffer {
  return withOpened(`${root}/${file}`, (handle, facts) => {
    if (!facts.isFile()) throw new UnreadableSource('This is no plain file.')
    const { size } = facts
    if (size > LARGEST_FILE)
      throw new UnreadableSource(
        `The file has ${size} bytes; an article has at most ${LARGEST_FILE}. Many records stand better one a line, in a file ending in ".ndjson".`,
      )
    return readAt(handle, 0, size)
  })
}
