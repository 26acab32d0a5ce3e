// A folder of files that is brought up to date: each is replaced whole or left alone, and what nobody wants is taken out.
import { createHash, hash } from 'node:crypto'
import {
  copyFileSync,
  createReadStream,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import {
  type ExportedFile,
  MANIFEST_FILE,
  type Manifest,
  printManifest,
  readManifest,
} from './manifest.ts'
import type { Variant } from './packing.ts'

/*
 * Files are written in step: nobody waits for anything else meanwhile, other threads pack, and a file takes half of the
 * processor's time that it takes by promises.
 */

/** What of a file is known before it is written. */
type FileFacts = Pick<ExportedFile, 'file' | 'path' | 'headers'> & {
  /** As in the manifest. */
  readonly from?: string | undefined
}

export interface Mirror {
  /**
   * Leaves a file as the last export left it, where that was by the same program, of the same, and came to its end,
   * and the file still lies there.
   * @returns whether that is so.
   */
  readonly leave: (file: string, from: string) => boolean
  /**
   * Puts a file where it does not lie already, with its variants.
   * @param pack makes the variants; it is not called where everything lies there.
   * @throws the system's error.
   */
  readonly put: (
    facts: FileFacts,
    bytes: Uint8Array,
    pack?: () => Promise<readonly Variant[]>,
  ) => Promise<void>
  /** Copies a file where another lies, told by size and time of change. */
  readonly copy: (facts: FileFacts, source: string) => Promise<void>
  /** Leaves a file as the last export left it, where it did. */
  readonly keep: (file: string) => void
  /**
   * Takes out what earlier exports left and this one did not put, and writes the manifest.
   * @param about what is said of the manifest in files of its own, by their paths.
   */
  readonly finish: (
    rest: Pick<Manifest, 'base' | 'moved' | 'gone'>,
    about: (manifest: Manifest) => Readonly<Record<string, string>>,
  ) => Done
}

interface Done {
  readonly manifest: Manifest
  /** Files that are new or have changed, and those that were taken out. */
  readonly written: readonly string[]
  readonly removed: readonly string[]
}

/** A folder that holds what no export put there. */
export class ForeignFolder extends Error {}

const ENDINGS = ['.gz', '.br'] as const
/** No name of a target begins so. */
const UNFINISHED = '.gazette-new-'

/**
 * @param wanted every file that may be put; where the process is killed, the next one knows what may lie there.
 * @param program which program writes.
 * @throws ForeignFolder, and the system's errors.
 */
export function openMirror(folder: string, wanted: readonly string[], program: string): Mirror {
  const present = filesIn(folder)
  const before = readLast(folder)
  if (before === undefined && present.size > 0)
    throw new ForeignFolder(`${folder} holds files, and no export made them`)
  for (const file of present) {
    // Looked for before it is taken apart: there are tens of thousands.
    if (file.includes(UNFINISHED) && path.basename(file).startsWith(UNFINISHED))
      rmSync(path.join(folder, file))
  }
  const known = new Map(before?.files.map((one) => [one.file, one]))
  const sure = before?.finished === true ? known : new Map<string, ExportedFile>()
  const isOurs = before?.program === program
  const result = new Map<string, ExportedFile>()
  const written: string[] = []
  const folders = new Set<string>()
  let turn = 0
  let isBegun = false

  /** Once, before anything is changed. */
  function begin() {
    if (isBegun) return
    isBegun = true
    const nothing = { path: '', bytes: 0, sha256: '', headers: {}, packed: true }
    const others = wanted.filter((file) => !known.has(file)).map((file) => ({ ...nothing, file }))
    const files = [...known.values(), ...others]
    const unfinished = { finished: false, base: '', files, moved: [], gone: [] }
    replace(MANIFEST_FILE, printManifest(unfinished))
  }

  function replace(file: string, content: Uint8Array | string | ((beside: string) => void)) {
    begin()
    const target = path.join(folder, file)
    if (!target.startsWith(folder + path.sep)) throw new Error('leads out of the folder')
    const parent = path.dirname(target)
    if (!folders.has(parent)) mkdirSync(parent, { recursive: true })
    folders.add(parent)
    const beside = path.join(parent, `${UNFINISHED}${turn++}`)
    try {
      if (typeof content === 'function') content(beside)
      else writeFileSync(beside, content)
      renameSync(beside, target)
    } catch (error) {
      rmSync(beside, { force: true })
      throw error
    }
  }

  function remove(file: string) {
    begin()
    rmSync(path.join(folder, file), { force: true })
  }

  const lies = (file: string, { bytes, packed }: Pick<ExportedFile, 'bytes' | 'packed'>) =>
    present.has(file) &&
    (!packed || ENDINGS.every((ending) => present.has(file + ending))) &&
    statSync(`${folder}/${file}`, { throwIfNoEntry: false })?.size === bytes

  /** In the order in which the manifest is read back, so that it comes out the same again. */
  function note(
    { file, path: served, headers, from }: FileFacts,
    { bytes, sha256, packed }: Pick<ExportedFile, 'bytes' | 'sha256' | 'packed'>,
  ) {
    const told = from === undefined ? {} : { from }
    result.set(file, { file, path: served, bytes, sha256, packed, headers, ...told })
  }

  return {
    leave(file, from) {
      const last = sure.get(file)
      if (last === undefined || !isOurs || last.from !== from || !lies(file, last)) return false
      result.set(file, last)
      return true
    },

    async put(facts, bytes, pack) {
      const { file } = facts
      const sha256 = hash('sha256', bytes, 'hex')
      const size = { bytes: bytes.length, packed: pack !== undefined }
      if (sure.get(file)?.sha256 !== sha256 || !lies(file, size)) {
        for (const { ending, bytes: variant } of (await pack?.()) ?? [])
          replace(file + ending, variant)
        replace(file, bytes)
        written.push(file)
      }
      note(facts, { ...size, sha256 })
    },

    async copy(facts, source) {
      const { file } = facts
      const there = statSync(path.join(folder, file), { throwIfNoEntry: false })
      const given = statSync(source)
      const last = sure.get(file)
      const isSame = there?.size === given.size && isTimeOf(given.mtimeMs, there.mtimeMs)
      if (!isSame) {
        replace(file, (beside) => {
          copyFileSync(source, beside)
          utimesSync(beside, given.atime, given.mtime)
        })
        written.push(file)
      }
      const sha256 = isSame && last !== undefined ? last.sha256 : await digestOf(source)
      note(facts, { bytes: given.size, packed: false, sha256 })
    },

    keep(file) {
      const last = known.get(file)
      if (last !== undefined && present.has(file)) result.set(file, last)
    },

    finish({ base, moved, gone }, about) {
      const removed = [...known.keys()].filter((file) => !result.has(file) && present.has(file))
      for (const file of known.keys()) {
        const own = result.get(file)
        const parts = [...(own === undefined ? [''] : []), ...(own?.packed === true ? [] : ENDINGS)]
        for (const ending of parts) if (present.has(file + ending)) remove(file + ending)
      }
      removeEmpty(folder, removed)
      const files = [...result.values()].sort((a, b) => (a.file < b.file ? -1 : 1))
      const manifest = { finished: true, program, base, files, moved, gone }
      for (const [file, text] of Object.entries(about(manifest))) {
        const isThere = present.has(file) && readFileSync(path.join(folder, file), 'utf8') === text
        if (!isThere) replace(file, text)
      }
      const text = printManifest(manifest)
      if (isBegun || before === undefined || printManifest(before) !== text)
        replace(MANIFEST_FILE, text)
      return { manifest, written: written.sort(), removed: removed.sort() }
    },
  }
}

function readLast(folder: string): Manifest | undefined {
  try {
    return readManifest(readFileSync(path.join(folder, MANIFEST_FILE), 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Paths under a folder of all its files; none where there is no folder. */
function filesIn(folder: string, under = '', found = new Set<string>()): Set<string> {
  try {
    for (const one of readdirSync(path.join(folder, under), { withFileTypes: true })) {
      const file = under + one.name
      if (one.isDirectory()) filesIn(folder, `${file}/`, found)
      else found.add(file)
    }
    return found
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return found
    throw error
  }
}

/** The folders of files that were taken out, where nothing else is in them. */
function removeEmpty(folder: string, removed: readonly string[]): void {
  for (const file of removed) {
    for (
      let parent = path.posix.dirname(file);
      parent !== '.';
      parent = path.posix.dirname(parent)
    ) {
      try {
        rmdirSync(path.join(folder, parent))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') break
      }
    }
  }
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

/** Whether a time is what became of another where it was set, in milliseconds; some file systems keep whole seconds. */
function isTimeOf(given: number, kept: number): boolean {
  return Math.abs(given - kept) < 1.5 || Math.floor(given / 1000) * 1000 === kept
}
