// A file in the state folder: replaced whole or not at all, whatever happens meanwhile.
import { open, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'

/** Characters that are written at once, so that others get their turn in between. */
const BATCH = 64 * 1024

/** The text; nothing where there is no file. */
export async function readKept(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Writes beside the file, makes sure that it is on the disk, and takes the file's place. */
export async function replaceKept(file: string, lines: Iterable<string>): Promise<void> {
  const beside = `${file}.new`
  await rm(beside, { force: true })
  // Nobody else's: what it counts is about people.
  const handle = await open(beside, 'wx', 0o600)
  try {
    let batch = ''
    for (const line of lines) {
      batch += line
      if (batch.length < BATCH) continue
      await handle.appendFile(batch)
      batch = ''
    }
    await handle.appendFile(batch)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(beside, file)
  const folder = await open(path.dirname(file))
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
