// A folder of files that is brought up to date: each is replaced whole or left alone, and what nobody wants is taken out.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import {
  copyFile,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  rmdir,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import {
  type ExportedFile,
  MANIFEST_FILE,
  type Manifest,
  printManifest,
  readManifest,
} from './manifest.ts'

/** What of a file is known before it is written. */
type FileFacts = Pick<ExportedFile, 'file' | 'path' | 'headers'>

/** A file's bytes in a coding, under its name with the ending behind it. */
interface Variant {
  readonly ending: string
  readonly bytes: Uint8Array
}

export interface Mirror {
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
  ) => Promise<Done>
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
 * @throws ForeignFolder, and the system's errors.
 */
export async function openMirror(folder: string, wanted: readonly string[]): Promise<Mirror> {
  const present = await filesIn(folder)
  const before = await readLast(folder)
  if (before === undefined && present.size > 0)
    throw new ForeignFolder(`${folder} holds files, and no export made them`)
  for (const file of present) {
    if (path.basename(file).startsWith(UNFINISHED)) await rm(path.join(folder, file))
  }
  const known = new Map(before?.files.map((one) => [one.file, one]))
  const sure = before?.finished === true ? known : new Map<string, ExportedFile>()
  const result = new Map<string, ExportedFile>()
  const written: string[] = []
  const folders = new Map<string, Promise<unknown>>()
  let turn = 0

  async function replace(file: string, write: (beside: string) => Promise<unknown>) {
    const target = path.join(folder, file)
    if (!target.startsWith(folder + path.sep)) throw new Error('leads out of the folder')
    const parent = path.dirname(target)
    const made = folders.get(parent) ?? mkdir(parent, { recursive: true })
    folders.set(parent, made)
    await made
    const beside = path.join(parent, `${UNFINISHED}${turn++}`)
    try {
      await write(beside)
      await rename(beside, target)
    } catch (error) {
      await rm(beside, { force: true })
      throw error
    }
  }

  const expected = [...new Set([...known.keys(), ...wanted])].map((file) => ({
    ...(known.get(file) ?? { file, path: '', bytes: 0, sha256: '', headers: {}, packed: true }),
  }))
  await replace(MANIFEST_FILE, (beside) =>
    writeFile(
      beside,
      printManifest({ finished: false, base: '', files: expected, moved: [], gone: [] }),
    ),
  )

  return {
    async put(facts, bytes, pack) {
      const { file } = facts
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const packed = pack !== undefined
      const last = sure.get(file)
      const lies =
        last?.sha256 === sha256 &&
        present.has(file) &&
        (!packed || ENDINGS.every((ending) => present.has(file + ending)))
      if (!lies) {
        for (const { ending, bytes: variant } of (await pack?.()) ?? [])
          await replace(file + ending, (beside) => writeFile(beside, variant))
        await replace(file, (beside) => writeFile(beside, bytes))
        written.push(file)
      }
      result.set(file, { ...facts, bytes: bytes.length, sha256, packed })
    },

    async copy(facts, source) {
      const { file } = facts
      const there = await stat(path.join(folder, file)).catch(() => undefined)
      const given = await stat(source)
      const last = sure.get(file)
      const lies = there?.size === given.size && seconds(there.mtimeMs) === seconds(given.mtimeMs)
      if (!lies) {
        await replace(file, async (beside) => {
          await copyFile(source, beside)
          await utimes(beside, given.atime, given.mtime)
        })
        written.push(file)
      }
      const sha256 = lies && last !== undefined ? last.sha256 : await digestOf(source)
      result.set(file, { ...facts, bytes: given.size, sha256, packed: false })
    },

    keep(file) {
      const last = known.get(file)
      if (last !== undefined && present.has(file)) result.set(file, last)
    },

    async finish(rest, about) {
      const removed = [...known.keys()].filter((file) => !result.has(file) && present.has(file))
      for (const file of known.keys()) {
        const own = result.get(file)
        const parts = [...(own === undefined ? [''] : []), ...(own?.packed === true ? [] : ENDINGS)]
        for (const ending of parts)
          if (present.has(file + ending))
            await rm(path.join(folder, file + ending), { force: true })
      }
      await removeEmpty(folder, removed)
      const files = [...result.values()].sort((a, b) => (a.file < b.file ? -1 : 1))
      const manifest = { finished: true, ...rest, files }
      for (const [file, text] of Object.entries(about(manifest))) {
        const isThere =
          present.has(file) && (await readFile(path.join(folder, file), 'utf8')) === text
        if (!isThere) await replace(file, (beside) => writeFile(beside, text))
      }
      await replace(MANIFEST_FILE, (beside) => writeFile(beside, printManifest(manifest)))
      return { manifest, written: written.sort(), removed: removed.sort() }
    },
  }
}

async function readLast(folder: string): Promise<Manifest | undefined> {
  try {
    return readManifest(await readFile(path.join(folder, MANIFEST_FILE), 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Paths under a folder of all its files; none where there is no folder. */
async function filesIn(folder: string): Promise<Set<string>> {
  try {
    const found = await readdir(folder, { recursive: true, withFileTypes: true })
    const files = found.filter((one) => !one.isDirectory())
    return new Set(
      files.map((one) =>
        path.relative(folder, path.join(one.parentPath, one.name)).split(path.sep).join('/'),
      ),
    )
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Set()
    throw error
  }
}

/** The folders of files that were taken out, where nothing else is in them. */
async function removeEmpty(folder: string, removed: readonly string[]): Promise<void> {
  for (const file of removed) {
    for (
      let parent = path.posix.dirname(file);
      parent !== '.';
      parent = path.posix.dirname(parent)
    ) {
      const isGone = await rmdir(path.join(folder, parent)).then(
        () => true,
        (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
      )
      if (!isGone) break
    }
  }
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

/** File systems keep times to different fractions. */
function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000)
}
