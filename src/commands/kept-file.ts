// A file in the state folder: replaced whole or not at all, whatever happens meanwhile.
import { open, readFile } from 'node:fs/promises'
import path from 'node:path'
import { replaceFile } from '../content/keeping/replace-file.ts'

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

/** Replaces the file, and makes sure that it is on the disk. */
export async function replaceKept(file: string, lines: Iterable<string>): Promise<void> {
  await replaceFile(file, async (handle) => {
    let batch = ''
    for (const line of lines) {
      batch += line
      if (batch.length < BATCH) continue
      await handle.appendFile(batch)
      batch = ''
    }
    await handle.appendFile(batch)
    await handle.sync()
  })
  // Windows can't sync folders, and needn't.
  if (process.platform === 'win32') return
  const folder = await open(path.dirname(file))
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
