// The folder's files: what is in it, what each weighs, and the address at which Gazette serves it.
import type { Dirent, Stats } from 'node:fs'
import { open, readdir, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { imageSize } from 'image-size'
import mime from 'mime'
import { type Problem, problem } from './problem.ts'

export interface FileFacts {
  /** From the file's name. */
  readonly type: string
  /** Bytes. */
  readonly length: number
  /** Pixels, of a picture. */
  readonly width?: number
  readonly height?: number
}

export interface FoundFiles {
  /** Paths under the folder, with `/`, in code unit order: files that may hold records. */
  readonly records: readonly string[]
  /** What articles may show, by path. */
  readonly media: ReadonlyMap<string, FileFacts>
  /** What changes when a file does, by path. */
  readonly stamps: ReadonlyMap<string, string>
  readonly problems: readonly Problem[]
  /** Whether a folder could not be read. */
  readonly isPartial: boolean
}

const RECORD = /\.(mdx?|markdown|html?|json|ndjson|jsonl)$/i
/** What may be served from the folder: pictures, recordings, and papers to read. */
const SERVED = /^(image|audio|video)\/|^application\/(pdf|epub\+zip)$|^text\/(plain|vtt|csv)$/
/** What editors and systems leave lying about: swap and lock files, backups, half-written downloads. */
const LITTER =
  /^\.|~$|^#.*#$|\.(swp|swo|swx|tmp|temp|bak|orig|part|crdownload)$|^4913$|^Thumbs\.db$/i
/** What servers and caches read differently in a path, encoded or not. */
const UNSERVABLE = /[?#%\\\p{Cc}]/u
const SKIPPED_FOLDERS = new Set(['node_modules'])
/** Enough for the header of a picture with an embedded thumbnail. */
const HEADER_BYTES = 256 * 1024

/** Whether nothing in the folder under that name is ever read or served. */
export function isLitter(name: string): boolean {
  return LITTER.test(name) || SKIPPED_FOLDERS.has(name)
}

/** Walks a folder. Links are followed to files inside it only; what is no plain file is left out and named. */
export async function findFiles(root: string): Promise<FoundFiles> {
  const records: string[] = []
  const media = new Map<string, FileFacts>()
  const stamps = new Map<string, string>()
  const problems: Problem[] = []
  const realRoot = await realpath(root)
  const folders = ['']
  let isPartial = false
  const unread = (folder: string, reason: string) => {
    isPartial = true
    problems.push(
      problem('unreadable', { file: folder, sentence: `The folder can't be read: ${reason}.` }),
    )
  }
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const warn = (file: string, sentence: string) =>
      problems.push(problem('left-alone', { file, sentence }))
    const found = await attempt(
      readdir(path.join(root, folder), { withFileTypes: true }),
      (reason) => unread(folder || '.', reason),
    )
    const visit = async (item: Dirent) => {
      const name = folder === '' ? item.name : `${folder}/${item.name}`
      if (isLitter(item.name)) return
      if (item.isDirectory()) {
        folders.push(name)
        return
      }
      const kind = kindOf(item.name)
      if (kind === undefined || name === 'site.yaml') return
      if (item.isSymbolicLink() && !(await leadsInside(realRoot, path.join(root, name)))) {
        warn(name, 'The link leads out of the content folder, or nowhere, and is not followed.')
        return
      }
      const facts = await attempt(stat(path.join(root, name)), (reason) =>
        warn(name, `Can't be read: ${reason}.`),
      )
      if (facts === undefined || facts.isDirectory()) return
      stamps.set(name, stampOf(facts))
      if (!facts.isFile()) warn(name, 'This is no plain file, and is left alone.')
      else if (kind === 'record') records.push(name)
      else if (UNSERVABLE.test(name)) warn(name, "A file with such a name can't be served.")
      else media.set(name, { type: kind, length: facts.size })
    }
    await Promise.all((found ?? []).map(visit))
  }
  return { records: records.sort(), media, stamps, problems, isPartial }
}

/** A save that keeps the size and sets back the time still changes the inode or its change time. */
function stampOf({ ino, size, mtimeMs, ctimeMs }: Stats): string {
  return [ino, size, mtimeMs, ctimeMs].join(' ')
}

/** The size in pixels of a picture; nothing where it can't be told from the beginning of the file. */
export async function measure(
  file: string,
): Promise<{ width: number; height: number } | undefined> {
  const handle = await attempt(open(file, 'r'), () => {})
  if (handle === undefined) return undefined
  try {
    const header = Buffer.alloc(HEADER_BYTES)
    const { bytesRead } = await handle.read(header, 0, HEADER_BYTES, 0)
    const { width, height } = imageSize(header.subarray(0, bytesRead))
    return width > 0 && height > 0 ? { width, height } : undefined
  } catch {
    return undefined
  } finally {
    await handle.close()
  }
}

/** Where Gazette serves a file, relative to the base URL. */
export function mediaAddress(file: string): string {
  return `media/${encodeURI(file)}`
}

/** MIME type by the ending of a name or address; nothing where it has none that is known. */
export function typeOf(name: string): string | undefined {
  return mime.getType(name) ?? undefined
}

/** `path` made from a reference in a file: beside it, or from the root of the folder where it begins with `/`. */
export function fileReferred(from: string, reference: string): string {
  const at = reference.startsWith('/')
    ? reference.slice(1)
    : path.posix.join(path.posix.dirname(from), reference)
  return path.posix.normalize(at)
}

function kindOf(name: string): 'record' | string | undefined {
  if (RECORD.test(name)) return 'record'
  const type = typeOf(name)
  return type !== undefined && SERVED.test(type) ? type : undefined
}

async function leadsInside(root: string, link: string): Promise<boolean> {
  const real = await attempt(realpath(link), () => {})
  return real?.startsWith(root + path.sep) ?? false
}

async function attempt<T>(
  work: Promise<T>,
  failed: (reason: string) => void,
): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    failed((error as NodeJS.ErrnoException).code ?? (error as Error).message)
    return undefined
  }
}
