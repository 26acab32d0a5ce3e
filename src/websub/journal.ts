// A journal of events, one line of JSON each, which survives crashes and may be written to by several processes.
import { constants, type Stats } from 'node:fs'
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { type QueueEvent, queueEvent } from './queue.ts'

interface Reading {
  readonly events: readonly QueueEvent[]
  /** Whether these are all events, in the place of those that were read before. */
  readonly isWhole: boolean
}

/** Where events are kept. Its methods must be called one at a time. */
export interface Journal {
  /** Appends events to those of all processes; resolves when they would survive a crash. */
  append(events: readonly QueueEvent[]): Promise<void>
  /** The events of all processes since the last call, in the same order for all. */
  read(): Promise<Reading>
  /**
   * Replaces all events by these, atomically; they count as read. Changes that came since the last reading are appended; other
   * events that came since are lost.
   */
  replace(events: readonly QueueEvent[]): Promise<void>
  /** Bytes. */
  size(): number
  close(): Promise<void>
}

/** A journal in memory, which ends with the process. */
export function memoryJournal(): Journal {
  let events: readonly QueueEvent[] = []
  let read = 0
  return {
    async append(more) {
      events = [...events, ...more]
    },
    async read() {
      const since = events.slice(read)
      read = events.length
      return { events: since, isWhole: false }
    },
    async replace(others) {
      events = others
      read = events.length
    },
    size: () => 0,
    close: async () => {},
  }
}

interface Opened {
  readonly handle: FileHandle
  readonly inode: number
  /** Bytes that were read, always up to the end of a line. */
  read: number
}

const NEWLINE = 10

/**
 * A journal in a file, which is made with its folder at the first write. Appending is atomic between processes (`O_APPEND`), so
 * they need no lock. A line that a crash cut off is passed over, and the next write begins a new line.
 * @param makeFolder called before the file is made.
 * @throws the system's errors.
 */
export function diskJournal(file: string, makeFolder: () => Promise<unknown>): Journal {
  let opened: Opened | undefined
  let size = 0

  /** The file as it is now, made if there never was one. Another process may have replaced it by a shorter one. */
  async function current(): Promise<Opened> {
    const there = await statOf(file)
    const inode = there?.ino
    if (opened !== undefined && opened.inode === inode) {
      if ((there?.size ?? 0) < opened.read) throw new Error(`${file} was cut short`)
      return opened
    }
    const wasThere = opened !== undefined
    await opened?.handle.close()
    opened = undefined
    if (wasThere && inode === undefined) throw new Error(`${file} is gone`)
    const handle = await open(file, FLAGS, 0o600)
    opened = { handle, inode: (await handle.stat()).ino, read: 0 }
    return opened
  }

  async function append(events: readonly QueueEvent[]): Promise<void> {
    if ((await statOf(file)) === undefined) await makeFolder()
    const { handle } = await current()
    const end = (await handle.stat()).size
    const last = Buffer.alloc(1, NEWLINE)
    if (end > 0) await handle.read(last, 0, 1, end - 1)
    await writeWhole(handle, (last[0] === NEWLINE ? '' : '\n') + linesOf(events))
    await handle.datasync()
    if (end === 0) await syncFolder(file)
  }

  return {
    append,
    async read() {
      const before = opened
      if (before === undefined && (await statOf(file)) === undefined)
        return { events: [], isWhole: false }
      const now = await current()
      const isWhole = now !== before || now.read === 0
      const bytes = await unread(now)
      size = now.read + bytes.length
      const end = bytes.lastIndexOf(NEWLINE) + 1
      now.read += end
      return { events: parseLines(bytes.subarray(0, end).toString()), isWhole }
    },
    async replace(events) {
      await makeFolder()
      const beside = `${file}.${process.pid}`
      const text = linesOf(events)
      try {
        await writeNew(beside, text)
        await rename(beside, file)
      } catch (error) {
        // On a full disk, half of it would take the last room.
        await rm(beside, { force: true })
        throw error
      }
      await syncFolder(file)
      // From now on others see the new file; what they appended to the old one until now is read here.
      const late =
        opened === undefined || opened.read === 0 ? '' : (await unread(opened)).toString()
      const now = await current()
      size = Buffer.byteLength(text)
      now.read = size
      const changes = parseLines(late).filter(({ kind }) => kind === 'changed')
      if (changes.length > 0) await append(changes)
    },
    size: () => size,
    async close() {
      await opened?.handle.close()
      opened = undefined
    },
  }
}

const FLAGS = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT

async function statOf(file: string): Promise<Stats | undefined> {
  try {
    return await stat(file)
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? ''))
      return undefined
    throw error
  }
}

async function unread({ handle, read }: Opened): Promise<Buffer> {
  const bytes = Buffer.alloc(Math.max(0, (await handle.stat()).size - read))
  await handle.read(bytes, 0, bytes.length, read)
  return bytes
}

async function writeNew(file: string, text: string): Promise<void> {
  const handle = await open(file, 'w', 0o600)
  try {
    await writeWhole(handle, text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** In one call, so that other processes' lines can't come in between. */
async function writeWhole(handle: FileHandle, text: string): Promise<void> {
  const bytes = Buffer.from(text)
  const { bytesWritten } = await handle.write(bytes)
  if (bytesWritten < bytes.length) throw new Error('the disk is full')
}

async function syncFolder(file: string): Promise<void> {
  // Windows can't sync folders, and needn't.
  if (process.platform === 'win32') return
  const folder = await open(path.dirname(file), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

function linesOf(events: readonly QueueEvent[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join('')
}

function parseLines(text: string): QueueEvent[] {
  return text.split('\n').flatMap((line) => {
    const event = queueEvent.safeParse(parseLine(line))
    return event.success ? [event.data] : []
  })
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
