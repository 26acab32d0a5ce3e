// What the system tells of a folder's changes, by the library that asks it, and what that library leaves to be done.
import { realpath } from 'node:fs/promises'
import path from 'node:path'
import { type AsyncSubscription, subscribe } from '@parcel/watcher'

/** Folders that are large, and whose changes nobody needs to be told. */
const IGNORED = ['.git', 'node_modules']

/** A folder in which nothing changes: the program's own. */
const STILL = import.meta.dirname

export interface Watching {
  readonly unsubscribe: () => Promise<void>
}

/** What of a watcher is needed. */
export interface Notices {
  /** Tells of places under a folder, by its name, until it is unsubscribed from. */
  readonly notice: (
    root: string,
    noticed: (error: Error | null, events: readonly { readonly path: string }[]) => void,
  ) => Promise<Watching>
  /** Nothing is asked of it any more. */
  readonly end: () => Promise<void>
}

/**
 * The system's. Each time that the library comes to watch nothing at all, it loses a descriptor (2.6.0), and so a server
 * would lose one with each folder that comes: meanwhile, something is watched that stands still.
 */
export function openNotices(): Notices {
  let kept: AsyncSubscription | undefined
  const letGo = async () => {
    const old = kept
    kept = undefined
    await old?.unsubscribe()
  }
  /**
   * The library doesn't come to the end where folders were moved away and deleted there: it would know the folder as it was
   * then, and watch none of those that came since. Where nothing else is watched, it forgets all with a beginning that fails.
   */
  const forget = async () => {
    await letGo()
    await subscribe(path.join(process.execPath, 'nowhere'), () => {}).catch(() => {})
  }
  return {
    async notice(root, noticed) {
      kept ??= await subscribe(STILL, () => {})
      // The system watches no link.
      const real = await realpath(root)
      const asNamed = (place: string) => path.join(root, path.relative(real, place))
      const watching = await subscribe(
        real,
        (error, events) =>
          noticed(
            error,
            error === null ? events.map((event) => ({ path: asNamed(event.path) })) : [],
          ),
        { ignore: IGNORED },
      )
      return { unsubscribe: () => watching.unsubscribe().catch(forget) }
    },
    end: letGo,
  }
}
