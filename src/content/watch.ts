// Notices that something in a content folder changed, and says so once things are quiet.
import path from 'node:path'
import { watch } from 'chokidar'
import { isLitter } from './files.ts'

/** Milliseconds without a change after which a burst of them is over; and after which it is told anyway. */
const QUIET = 100
const PATIENCE = 500

export interface FolderWatch {
  /** Calls `changed` after each burst of changes since the watching began, one call at a time. */
  readonly follow: (changed: () => Promise<void>) => void
  /** Ends the watching, and waits for what it called. */
  readonly close: () => Promise<void>
}

/**
 * Watches a folder from now on: what is read after this is either in the reading or told as a change.
 * @param failed told where changes can no longer be noticed, or following one failed.
 */
export async function watchFolder(
  root: string,
  failed: (error: unknown) => void,
): Promise<FolderWatch> {
  let changed: (() => Promise<void>) | undefined
  let timer: NodeJS.Timeout | undefined
  let since: number | undefined
  let running: Promise<void> = Promise.resolve()
  const tell = () => {
    if (changed === undefined) return
    since = undefined
    running = running.then(changed).catch(failed)
  }
  const ignored = (name: string) => name !== root && isLitter(path.basename(name))
  const watcher = watch(root, { ignoreInitial: true, ignored })
  watcher.on('error', failed)
  watcher.on('all', () => {
    since ??= Date.now()
    clearTimeout(timer)
    timer = setTimeout(tell, Math.min(QUIET, Math.max(0, since + PATIENCE - Date.now())))
  })
  // Not `events.once`, which an error would reject: what can't be watched is told, and the rest is.
  await new Promise<void>((resolve) => watcher.once('ready', resolve))
  return {
    follow(callback) {
      changed = callback
      if (since !== undefined) tell()
    },
    async close() {
      clearTimeout(timer)
      await watcher.close()
      await running
    },
  }
}
