// A file replaced whole or not at all: written beside its place, then renamed to it.
import { type FileHandle, open, rename, rm } from 'node:fs/promises'

/**
 * A process that is killed meanwhile leaves what was there. To outlast a loss of power, `write` has to sync the handle.
 * @throws what `write` throws, and the system's error.
 */
export async function replaceFile(
  file: string,
  write: (handle: FileHandle) => Promise<void>,
): Promise<void> {
  const beside = `${file}.new`
  await rm(beside, { force: true })
  // For nobody else to read: some of it is about people.
  const handle = await open(beside, 'wx', 0o600)
  try {
    await write(handle)
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  } finally {
    await handle.close()
  }
  await rename(beside, file)
}
