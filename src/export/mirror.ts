// A folder that is brought up to date: files are replaced whole or left alone, and those that are no longer wanted are removed.
import { hash } from 'node:crypto'
import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { digestOf, filesIn, isTimeOf, removeEmpty } from './folder.ts'
import {
  type ExportedFile,
  MANIFEST_FILE,
  type Manifest,
  printManifest,
  readManifest,
} from './manifest.ts'
import type { Variant } from './packing.ts'

/*
 * Files are written synchronously: nothing else waits meanwhile, other threads pack, and a file takes half of the processor's
 * time that it takes with promises.
 */

/** What of a file is known before it is written. */
type FileFacts = Pick<ExportedFile, 'file' | 'path' | 'headers'> & {
  /** As in the manifest. */
  readonly from?: string | undefined
}

export interface Mirror {
  /**
   * Leaves a file as the last export left it, if that one came to its end, was by the same program and made the file from the
   * same, and the file is still there.
   * @returns whether it is left.
   */
  readonly leave: (file: string, from: string) => boolean
  /**
   * Writes a file and its packed variants, unless they are there already.
   * @param pack makes the variants; it is only called if something has to be written.
   * @throws the system's error, and where another file is in the way that no export put there.
   */
  readonly put: (
    facts: FileFacts,
    bytes: Uint8Array,
    pack?: () => Promise<readonly Variant[]>,
  ) => Promise<void>
  /** Copies a file unless one of its size and time of change is there. It throws what `put` does. */
  readonly copy: (facts: FileFacts, source: string) => Promise<void>
  /** Leaves a file as earlier exports left it. After one that was killed, its digest is taken again. */
  readonly keep: (file: string) => void
  /**
   * Removes what earlier exports left and this one did not put, and writes the manifest.
   * @param about further files that are made from the manifest, by their paths.
   */
  readonly finish: (
    rest: Pick<Manifest, 'base' | 'moved' | 'gone'>,
    about: (manifest: Manifest) => Readonly<Record<string, string>>,
  ) => Done
}

interface Done {
  readonly manifest: Manifest
  /** Files that are new or have changed, and those that were removed. */
  readonly written: readonly string[]
  readonly removed: readonly string[]
}

/** A folder with files in it that no export put there. */
export class ForeignFolder extends Error {}

function foreign(file: string): Error {
  return new Error(
    `${file} is there already, and no export made it: take it away, or name another folder with --out`,
  )
}

const ENDINGS = ['.gz', '.br'] as const
/** No name of a target begins so. */
const UNFINISHED = '.gazette-new-'

/**
 * @param wanted every file that may be put. If the process is killed, the next export knows by them what may be there.
 * @param program the mark of the program that writes.
 * @throws ForeignFolder, and the system's errors.
 */
export function openMirror(folder: string, wanted: readonly string[], program: string): Mirror {
  const present = filesIn(folder)
  const before = readLast(folder)
  if (before === undefined && present.size > 0)
    throw new ForeignFolder(`${folder} holds files, and no export made them`)
  for (const file of present) {
    // The cheap test first: there are tens of thousands.
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
  /** Why nothing can be changed. */
  let hindrance: unknown

  /** Names all files in a manifest before the first is changed: the next export would take others for somebody else's. */
  function begin() {
    if (hindrance !== undefined) throw hindrance
    if (isBegun) return
    isBegun = true
    const nothing = { path: '', bytes: 0, sha256: '', headers: {}, packed: false }
    const others = wanted
      .filter((file) => !known.has(file) && !present.has(file))
      .map((file) => ({ file, ...nothing }))
    const mayBePacked = ({ file, packed }: ExportedFile) =>
      packed || !ENDINGS.some((ending) => present.has(file + ending))
    const files = [...known.values(), ...others].map((one) => ({
      ...one,
      packed: mayBePacked(one),
    }))
    const unfinished = { finished: false, base: '', files, moved: [], gone: [] }
    try {
      replace([MANIFEST_FILE, printManifest(unfinished)])
    } catch (error) {
      hindrance = error
      throw error
    }
  }

  type Part = readonly [file: string, content: Uint8Array | string | ((beside: string) => void)]

  /** Replaces all of the files or none: a file and its packed variants must not be of two versions. */
  function replace(...parts: readonly Part[]) {
    begin()
    const ready: { beside: string; file: string }[] = []
    const done: string[] = []
    try {
      for (const [file, content] of parts) {
        const target = path.join(folder, file)
        if (!target.startsWith(folder + path.sep)) throw new Error('leads out of the folder')
        const parent = path.dirname(target)
        if (!folders.has(parent)) mkdirSync(parent, { recursive: true })
        folders.add(parent)
        const beside = path.join(parent, `${UNFINISHED}${turn++}`)
        ready.push({ beside, file })
        if (typeof content === 'function') content(beside)
        else writeFileSync(beside, content)
      }
      for (const { beside, file } of ready) {
        renameSync(beside, path.join(folder, file))
        done.push(file)
      }
    } catch (error) {
      for (const { beside } of ready) rmSync(beside, { force: true })
      // The next export would take it for somebody else's.
      for (const file of done.filter((one) => !present.has(one))) remove(file)
      throw ofWriting(path.join(folder, parts.at(-1)?.[0] ?? ''), error)
    }
  }

  function remove(file: string) {
    begin()
    rmSync(path.join(folder, file), { force: true })
  }

  /** @throws where a file is in the way that is neither ours nor the same. */
  function claim(file: string, isOurs: boolean, bytes: Uint8Array) {
    if (isOurs || !present.has(file)) return
    const target = path.join(folder, file)
    const isSame = statSync(target).size === bytes.length && readFileSync(target).equals(bytes)
    if (!isSame) throw foreign(file)
  }

  const lies = (file: string, { bytes, packed }: Pick<ExportedFile, 'bytes' | 'packed'>) =>
    present.has(file) &&
    (!packed || ENDINGS.every((ending) => present.has(file + ending))) &&
    statSync(`${folder}/${file}`, { throwIfNoEntry: false })?.size === bytes

  /** The keys are in the order in which a manifest is read, so that it is printed the same again. */
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
      const last = sure.get(file)
      const wasPacked = last?.packed === true || !size.packed
      if (last?.sha256 !== sha256 || !wasPacked || !lies(file, size)) {
        claim(file, known.has(file), bytes)
        const variants = (await pack?.()) ?? []
        for (const { ending, bytes: variant } of variants)
          claim(file + ending, known.get(file)?.packed === true, variant)
        replace(...variants.map((one): Part => [file + one.ending, one.bytes]), [file, bytes])
        written.push(file)
      }
      note(facts, { sha256, ...size })
    },

    async copy(facts, source) {
      const { file } = facts
      const target = path.join(folder, file)
      const there = statSync(target, { throwIfNoEntry: false })
      const given = statSync(source)
      const last = sure.get(file)
      const hasItsSize = there?.size === given.size
      const isSame = hasItsSize && isTimeOf(given.mtimeMs, there.mtimeMs)
      const sha256 = isSame && last !== undefined ? last.sha256 : await digestOf(source)
      if (!isSame) {
        const isForeign = there !== undefined && !known.has(file)
        if (isForeign && !(hasItsSize && (await digestOf(target)) === sha256)) throw foreign(file)
        const copied = (beside: string) => {
          copyFileSync(source, beside)
          utimesSync(beside, given.atime, given.mtime)
        }
        replace([file, copied])
        written.push(file)
      }
      note(facts, { bytes: given.size, packed: false, sha256 })
    },

    keep(file) {
      const last = known.get(file)
      if (last === undefined || !present.has(file)) return
      if (sure.has(file)) result.set(file, last)
      else {
        const bytes = readFileSync(path.join(folder, file))
        const { path: served, headers } = last
        const sha256 = hash('sha256', bytes, 'hex')
        // The packed variants beside it may be of another version.
        note({ file, path: served, headers }, { bytes: bytes.length, sha256, packed: false })
      }
    },

    finish({ base, moved, gone }, about) {
      const removed = [...known.keys()].filter((file) => !result.has(file) && present.has(file))
      for (const [file, { packed }] of known) {
        const own = result.get(file)
        const parts = [
          ...(own === undefined ? [file] : []),
          ...(packed && own?.packed !== true ? ENDINGS.map((ending) => file + ending) : []),
        ]
        for (const part of parts) if (present.has(part) && !result.has(part)) remove(part)
      }
      removeEmpty(folder, removed)
      const files = [...result.values()].sort((a, b) => (a.file < b.file ? -1 : 1))
      const manifest = { finished: true, program, base, files, moved, gone }
      for (const [file, text] of Object.entries(about(manifest))) {
        const isThere = present.has(file) && readFileSync(path.join(folder, file), 'utf8') === text
        if (!isThere) replace([file, text])
      }
      const text = printManifest(manifest)
      if (isBegun || before === undefined || printManifest(before) !== text)
        replace([MANIFEST_FILE, text])
      return { manifest, written: written.sort(), removed: removed.sort() }
    },
  }
}

/** A system's error that names the file: that of a full disk names none, and others name the unfinished file beside it. */
function ofWriting(file: string, error: unknown): unknown {
  const isOfSystem = (error as NodeJS.ErrnoException).code !== undefined
  return isOfSystem ? Object.assign(error as Error, { path: file, syscall: 'write' }) : error
}

function readLast(folder: string): Manifest | undefined {
  try {
    return readManifest(readFileSync(path.join(folder, MANIFEST_FILE), 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
