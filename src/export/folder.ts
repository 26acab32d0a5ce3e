// A folder of files: the paths in it, digests and times to compare files by, and folders that are left empty.
import { createHash } from 'node:crypto'
import { createReadStream, readdirSync, rmdirSync } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'

/** The paths of all files under a folder; none where there is no folder. */
export function filesIn(folder: string, under = '', found = new Set<string>()): Set<string> {
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

/** Removes the folders of files that were taken out, if they are empty now. */
export function removeEmpty(folder: string, removed: readonly string[]): void {
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

/** The SHA-256 of a file, in hexadecimal. */
export async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

/** Whether a file's time may be what a given time was stored as, in milliseconds: some file systems keep whole seconds. */
export function isTimeOf(given: number, kept: number): boolean {
  return Math.abs(given - kept) < 1.5 || Math.floor(given / 1000) * 1000 === kept
}
