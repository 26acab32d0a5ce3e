// The folder that records are written to: files in it are never changed, and a record that it has isn't written again.
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { link, mkdir, open, readdir, unlink } from 'node:fs/promises'
import path from 'node:path'
import { isMap } from '../content/conventions/maps.ts'
import { findFiles } from '../content/folder/walk.ts'
import { NO_HABITS, readRecords } from '../content/records/records.ts'
import { splitFrontMatter, valuesOf } from '../content/syntax/front-matter.ts'
import { decode, UnreadableSource } from '../content/syntax/source.ts'
import type { Facts } from './imported.ts'
import { keyOf, type RecordFile } from './record-file.ts'

/** What became of a record: its file, and whether it was there before, in the folder or in this import. */
interface Placed {
  readonly file: string
  readonly was: 'written' | 'there' | 'repeated'
}

export interface Folder {
  /** @throws NoRecord, and the system's error where it can't be written. */
  readonly place: (record: RecordFile) => Promise<Placed>
}

/** @throws the system's error where the folder can't be made or read. */
export async function openFolder(root: string): Promise<Folder> {
  await mkdir(root, { recursive: true })
  // A file system may take two spellings of a name for one.
  const taken = new Set((await readdir(root)).map(fold))
  const known = await keysIn(root)
  const written = new Set<string>()
  const next = new Map<string, number>()
  return {
    async place({ name, key, text }) {
      const there = known.get(key)
      if (there !== undefined) return { file: there, was: written.has(key) ? 'repeated' : 'there' }
      const record = text()
      for (;;) {
        const number = next.get(name) ?? 1
        next.set(name, number + 1)
        const file = `${name}${number === 1 ? '' : `-${number}`}.md`
        if (taken.has(fold(file))) continue
        taken.add(fold(file))
        if (!(await create(root, file, record))) continue
        known.set(key, file)
        written.add(key)
        return { file, was: 'written' }
      }
    },
  }
}

function fold(name: string): string {
  return name.normalize('NFC').toLowerCase()
}

/** The files of the records that the folder holds, by what tells each record from others. */
async function keysIn(root: string): Promise<Map<string, string>> {
  const known = new Map<string, string>()
  const { records } = await findFiles(root)
  for (const file of records) {
    for (const facts of factsIn(path.join(root, file), file)) {
      known.set(keyOf(facts), file)
      // Its date may have been filled in since.
      if (facts.id === undefined && facts.url === undefined) {
        known.set(keyOf({ title: facts.title }), file)
      }
    }
  }
  return known
}

/** The records of a file as written, right or wrong; none where it can't be read, which others report. */
function factsIn(at: string, file: string): Facts[] {
  try {
    const text = decode(readFileSync(at))
    if (/\.(json|ndjson|jsonl)$/i.test(file)) {
      return readRecords(file, { text: () => text }, NO_HABITS, []).flatMap(
        ({ checked }) => (checked as Facts) ?? [],
      )
    }
    const { value } = valuesOf(splitFrontMatter(text))
    return isMap(value) ? [value] : []
  } catch (error) {
    if (error instanceof UnreadableSource || (error as NodeJS.ErrnoException).code) return []
    throw error
  }
}

/**
 * A new file, whole or not at all: written under another name, then given its own, which fails where that name
 * is taken, be it by a link. False where it is.
 */
async function create(root: string, file: string, text: string): Promise<boolean> {
  const at = path.join(root, file)
  const beside = path.join(root, `.${randomUUID()}.tmp`)
  await write(beside, text)
  try {
    await link(beside, at)
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return false
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw error
    // A file system without hard links.
    return await writeNew(at, text)
  } finally {
    await unlink(beside)
  }
}

async function writeNew(at: string, text: string): Promise<boolean> {
  try {
    await write(at, text)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function write(at: string, text: string): Promise<void> {
  const handle = await open(at, 'wx')
  try {
    await handle.writeFile(text)
  } finally {
    await handle.close()
  }
}
