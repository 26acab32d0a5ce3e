// Walks through a folder: finds all that is in it, and later what is at the places where something changed.
import { type Dirent, lstatSync, readdirSync, realpathSync, type Stats, statSync } from 'node:fs'
import path from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { lineage } from '../../domain/category.ts'
import { partition } from '../../domain/postings.ts'
import { type FileFacts, typeOf } from '../articles/files.ts'
import { type Problem, problem } from '../problem.ts'

export interface FoundFiles {
  /** Files that may hold records: paths under the folder with `/`, in code unit order. The same list while nothing changes. */
  readonly records: readonly string[]
  /** What articles may show, by path. */
  readonly media: Map<string, FileFacts>
  /** By path, a string that changes whenever the file does. */
  readonly stamps: Map<string, string>
  readonly problems: readonly Problem[]
  /** Folders that could not be read, and files in folders that may not be entered. */
  readonly unreadable: Set<string>
  /** Links: what they lead to may change while they don't. */
  readonly links: Set<string>
  /** Folders that were looked into. */
  readonly folders: Set<string>
}

const RECORD = /\.(mdx?|markdown|html?|json|ndjson|jsonl)$/i
/** What may be served from the folder: pictures, recordings, and papers to read. */
const SERVED = /^(image|audio|video)\/|^application\/(pdf|epub\+zip)$|^text\/(plain|vtt|csv)$/
/** What editors and systems leave lying about: swap and lock files, backups, half-written downloads. */
const LITTER =
  /^\.|~$|^#.*#$|\.(swp|swo|swx|tmp|temp|bak|orig|part|crdownload)$|^4913$|^Thumbs\.db$/i
/** Copies that Syncthing, Dropbox and Nextcloud make of a file that two people changed at once. */
const CONFLICTING = /\.sync-conflict-\d{8}-\d{6}|\([^/]*conflicted copy[^/]*\)[^/]*$/i
/** Characters of a path that servers and caches read differently, encoded or not. */
const UNSERVABLE = /[?#%\\\p{Cc}]/u
const SKIPPED_FOLDERS = new Set(['node_modules', 'lost+found'])

/** Whether a path under the folder is one that is never read or served. */
export function isLeftLying(name: string): boolean {
  return name.split('/').some(isLitter)
}

function isLitter(name: string): boolean {
  return LITTER.test(name) || SKIPPED_FOLDERS.has(name)
}

/** Items looked at before other tasks get their turn: about three milliseconds. */
const AT_ONCE = 500

/** A walk under way. What it finds of records and problems is new, and the rest is added to what was found. */
interface Walk extends Omit<FoundFiles, 'records' | 'problems'> {
  readonly root: string
  readonly realRoot: string
  readonly records: string[]
  readonly problems: Problem[]
}

/**
 * Walks a folder. Links are followed only to files inside it; what is no plain file is left out and reported. The system
 * is asked in the event loop's own thread, in short turns: the thread pool costs thirty times the work itself.
 * @throws where the folder itself isn't there.
 */
export async function findFiles(root: string): Promise<FoundFiles> {
  const found = {
    media: new Map<string, FileFacts>(),
    stamps: new Map<string, string>(),
    links: new Set<string>(),
    folders: new Set<string>(),
    unreadable: new Set<string>(),
  }
  const walk = begin(root, found)
  await walkFolders([''], walk)
  return { ...found, records: walk.records.sort(), problems: walk.problems }
}

/**
 * Brings what was found up to date, where something changed and where something could not be read.
 * @param named paths under the folder of files and folders that came, went or changed.
 * @returns also every file that may have changed.
 * @throws where the folder itself isn't there.
 */
export async function findAgain(
  root: string,
  found: FoundFiles,
  named: ReadonlySet<string>,
): Promise<{ found: FoundFiles; touched: ReadonlySet<string> }> {
  const walk = begin(root, { ...found, media: new Map() })
  const folders = new Set<string>()
  const items: [string, Stats][] = []
  const shut = new Map<string, string>()
  const before = new Set<string>()
  const emptied = new Set<string>()
  const looked = new Set([...named, ...found.links, ...found.unreadable])
  found.unreadable.clear()
  for (const name of looked) {
    found.links.delete(name)
    if (isLeftLying(name)) continue
    const item = attempt(
      () => lstatSync(path.join(root, name)),
      (reason) => shut.set(name, reason),
    )
    if (item?.isDirectory()) folders.add(name)
    else if (item !== undefined) items.push([name, item])
    if (found.stamps.has(name)) before.add(name)
    if (found.folders.has(name)) emptied.add(name)
  }
  if (emptied.size > 0) {
    for (const name of found.stamps.keys()) if (isBelow(name, emptied)) before.add(name)
    for (const name of found.folders)
      if (emptied.has(name) || isBelow(name, emptied)) found.folders.delete(name)
  }
  /** What lies below a place looked at is found there, or is gone: a folder may have given way to a link. */
  const isApart = (name: string) => !isBelow(name, looked)
  for (const name of before) {
    found.stamps.delete(name)
    found.media.delete(name)
  }
  for (const name of [...folders, ...items.map(([name]) => name)].filter(isApart))
    for (const above of lineage(name).slice(0, -1)) found.folders.add(above)
  for (const [name, reason] of shut) if (isApart(name)) putAside(name, reason, walk)
  for (const [name, item] of items) if (isApart(name)) visit(name, item, walk)
  await walkFolders([...folders].filter(isApart), walk)
  for (const [name, facts] of walk.media) found.media.set(name, facts)
  const isNamed = ({ file }: Problem) => looked.has(file) || isBelow(file, looked)
  return {
    found: {
      ...found,
      records: replaced(found.records, before, walk.records),
      problems: [...found.problems.filter((one) => !isNamed(one)), ...walk.problems],
    },
    touched: new Set([...before, ...walk.records, ...walk.media.keys()]),
  }
}

function begin(root: string, found: Omit<FoundFiles, 'records' | 'problems'>): Walk {
  return { ...found, root, realRoot: realpathSync.native(root), records: [], problems: [] }
}

/** Whether a place lies in one of some folders, or in a folder there. */
function isBelow(name: string, folders: ReadonlySet<string>): boolean {
  for (let at = name.lastIndexOf('/'); at > 0; at = name.lastIndexOf('/', at - 1))
    if (folders.has(name.slice(0, at))) return true
  return false
}

/** The list with `before` replaced by `now`; the same list where that changes nothing. */
function replaced(
  records: readonly string[],
  before: ReadonlySet<string>,
  now: readonly string[],
): readonly string[] {
  const there = new Set(now)
  const placeOf = (name: string) =>
    partition(records.length, (at) => (records[at] as string) < name)
  const isIn = (name: string) => records[placeOf(name)] === name
  const left = [...before].filter((name) => isIn(name) && !there.has(name))
  const came = now.filter((name) => !isIn(name))
  if (left.length + came.length === 0) return records
  const out = new Set(left)
  return [...records.filter((name) => !out.has(name)), ...new Set(came)].sort()
}

async function walkFolders(folders: string[], walk: Walk): Promise<void> {
  let left = AT_ONCE
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    walk.folders.add(folder)
    const items = attempt(
      () => readdirSync(path.join(walk.root, folder), { withFileTypes: true }),
      (reason) => {
        walk.unreadable.add(folder)
        const sentence = `The folder can't be read: ${reason}.`
        walk.problems.push(problem('unreadable', { file: folder || '.', sentence }))
      },
    )
    for (const item of items ?? []) {
      if (isLitter(item.name)) continue
      const name = folder === '' ? item.name : `${folder}/${item.name}`
      if (item.isDirectory()) folders.push(name)
      else visit(name, item, walk)
      if (--left > 0) continue
      left = AT_ONCE
      await setImmediate()
    }
  }
}

const LINKED_FOLDER =
  'This is a link to a folder, and is not followed: files may be links, folders have to be there.'

/** @param item what tells a link from a file. */
function visit(name: string, item: Pick<Dirent, 'isSymbolicLink'>, walk: Walk): void {
  const { root, realRoot, records, problems, media, stamps, links } = walk
  const kind = kindOf(name)
  const isLink = item.isSymbolicLink()
  // A link may be to a folder, whose articles somebody misses, whatever its name is.
  if (kind === undefined && !isLink) return
  const at = `${root}/${name}`
  const warn = (sentence: string) => problems.push(problem('left-alone', { file: name, sentence }))
  if (isLink && kind !== undefined) links.add(name)
  if (isLink && !leadsInside(realRoot, at)) {
    if (kind !== undefined)
      warn('The link leads out of the content folder, or nowhere, and is not followed.')
    return
  }
  const facts = attempt(
    () => statSync(at),
    (reason) => putAside(name, reason, walk),
  )
  if (facts?.isDirectory()) warn(LINKED_FOLDER)
  if (facts === undefined || facts.isDirectory() || kind === undefined) return
  stamps.set(name, stampOf(facts))
  if (!facts.isFile()) warn('This is no plain file, and is left alone.')
  else if (CONFLICTING.test(name))
    warn(
      'This is a copy left where two changed a file at once. Take over what is right, and delete it.',
    )
  else if (kind === 'record') records.push(name)
  else if (UNSERVABLE.test(name)) warn("A file with such a name can't be served.")
  else media.set(name, { type: kind, length: facts.size })
}

/** Takes note of what can't be looked at, unless it is gone. */
function putAside(name: string, reason: string, { problems, unreadable }: Walk): void {
  if (reason === 'ENOENT' || reason === 'ENOTDIR') return
  unreadable.add(name)
  problems.push(problem('unreadable', { file: name, sentence: `Can't be read: ${reason}.` }))
}

/** Milliseconds; the coarsest file system, FAT, counts in steps of these. */
const COARSEST = 2_000

/**
 * A save that keeps the size and resets the time still changes the inode or its change time. Where a disk counts whole
 * seconds, two saves within one second look alike: until that is over, a file gets another stamp at each look.
 * @param now milliseconds since 1970.
 */
export function stampOf(
  { ino, size, mtimeMs, ctimeMs }: Pick<Stats, 'ino' | 'size' | 'mtimeMs' | 'ctimeMs'>,
  now = Date.now,
): string {
  const stamp = `${ino} ${size} ${mtimeMs} ${ctimeMs}`
  const newest = Math.max(mtimeMs, ctimeMs)
  const isRecent = newest % 1_000 === 0 && Math.abs(now() - newest) <= COARSEST
  return isRecent ? `${stamp} ${performance.now()}` : stamp
}

/** `record`, the MIME type of what articles may show, or nothing. */
function kindOf(name: string): string | undefined {
  if (RECORD.test(name)) return 'record'
  const type = typeOf(name)
  return type !== undefined && SERVED.test(type) ? type : undefined
}

function leadsInside(root: string, link: string): boolean {
  const real = attempt(() => realpathSync.native(link), ignore)
  return real?.startsWith(root + path.sep) ?? false
}

function attempt<T>(work: () => T, failed: (reason: string) => unknown): T | undefined {
  try {
    return work()
  } catch (error) {
    failed((error as NodeJS.ErrnoException).code ?? (error as Error).message)
    return undefined
  }
}

function ignore(): void {}
