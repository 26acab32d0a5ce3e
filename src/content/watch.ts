// Notices that something in a content folder changed, and says so once things are quiet; what fails is tried again.
import path from 'node:path'
import { type FSWatcher, watch } from 'chokidar'
import { isLitter } from './files.ts'

/** Milliseconds without a change after which a burst of them is over; and after which it is told anyway. */
const QUIET = 100
const PATIENCE = 500
/** Milliseconds until what could not be read is read again, the last again and again. */
const AGAIN = [1_000, 2_000, 5_000, 15_000, 60_000]
/** Milliseconds from one reading to the next where changes can't be noticed. */
const BLIND = 10_000

export interface FolderWatch {
  /**
   * Calls `changed` after each burst of changes since the watching began, one call at a time; again where it resolves
   * with false, or rejects: a disk that was full, a folder that was locked, tell nobody when they are right again.
   */
  readonly follow: (changed: () => Promise<boolean>) => void
  /** Ends the watching, and waits for what it called. */
  readonly close: () => Promise<void>
}

/** What of a watcher is needed here. */
type Watcher = Pick<FSWatcher, 'on' | 'once' | 'close'>

/**
 * Watches a folder from now on: what is read after this is either in the reading or told as a change. Where the system
 * has no more watches or files to give, that is told once, and from then on the folder is read from time to time.
 * @param failed told where changes can no longer be noticed, or following one failed.
 * @param notice how changes are noticed.
 */
export async function watchFolder(
  root: string,
  failed: (error: unknown) => void,
  notice: (root: string, options: object) => Watcher = watch,
): Promise<FolderWatch> {
  let changed: (() => Promise<boolean>) | undefined
  let timer: NodeJS.Timeout | undefined
  let blind: NodeJS.Timeout | undefined
  let since: number | undefined
  let tries = 0
  let running: Promise<void> = Promise.resolve()
  const soon = (wait: number) => {
    clearTimeout(timer)
    timer = setTimeout(tell, wait)
  }
  const attempt = async (work: () => Promise<boolean>) => {
    const isDone = await work().catch((error: unknown) => {
      failed(error)
      return false
    })
    if (isDone) tries = 0
    // A change that came meanwhile is told sooner.
    else if (since === undefined) soon(AGAIN[Math.min(tries++, AGAIN.length - 1)] as number)
  }
  const tell = () => {
    const work = changed
    if (work === undefined) return
    clearTimeout(timer)
    since = undefined
    running = running.then(() => attempt(work))
  }
  const ignored = (name: string) => name !== root && isLitter(path.basename(name))
  const watcher = notice(root, { ignoreInitial: true, ignored })
  const noticed = () => {
    since ??= Date.now()
    soon(Math.min(QUIET, Math.max(0, since + PATIENCE - Date.now())))
  }
  watcher.on('all', noticed)
  watcher.on('error', (error) => {
    if (blind === undefined) failed(error)
    blind ??= setInterval(tell, BLIND).unref()
    // It may have been a change that could not be looked at.
    noticed()
  })
  // Not `events.once`, which an error would reject: what can't be watched is told, and the rest is.
  await new Promise<void>((resolve) => watcher.once('ready', resolve))
  return {
    follow(callback) {
      changed = callback
      if (since !== undefined) tell()
    },
    async close() {
      clearInterval(blind)
      await watcher.close()
      await running
      clearTimeout(timer)
    },
  }
}
