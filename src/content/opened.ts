// A file opened for reading, in the event loop's own thread, and closed whatever happens.
import { closeSync, constants, fstatSync, openSync, type Stats } from 'node:fs'

/**
 * @param read is given the open file and what it is, which may be no plain file.
 * @throws the system's error, and what `read` throws.
 */
export function withOpened<T>(file: string, read: (handle: number, facts: Stats) => T): T {
  // Opening a FIFO would wait for somebody to write to it.
  const handle = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    return read(handle, fstatSync(handle))
  } finally {
    closeSync(handle)
  }
}
