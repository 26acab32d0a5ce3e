// Changes in a folder as the system reports them through a library, with workarounds for what that library leaves undone.
import { realpath } from 'node:fs/promises'
import path from 'node:path'
import { type AsyncSubscription, subscribe } from '@parcel/watcher'

/** Large folders whose changes don't matter. */
const IGNORED = ['.git', 'node_modules']

/** A folder in which nothing changes: the program's own. */
const STILL = import.meta.dirname

export interface Watching {
  readonly unsubscribe: () => Promise<void>
}

/** A source of notices. */
export interface Notices {
  /** Reports places under a folder, with the folder named as it is given here, until unsubscribed. */
  readonly notice: (
    root: string,
    noticed: (error: Error | null, events: readonly { readonly path: string }[]) => void,
  ) => Promise<Watching>
  /** To be called when nothing is watched any more. */
  readonly end: () => Promise<void>
}

/**
 * The system's notices. Each time the library stops watching its last folder it leaks a descriptor (2.6.0), which a
 * server would pay each time that it watches anew: so a folder where nothing happens stays watched.
 */
export function openNotices(): Notices {
  let kept: AsyncSubscription | undefined
  const letGo = async () => {
    const old = kept
    kept = undefined
    await old?.unsubscribe()
  }
  /**
   * Unsubscribing fails where folders were moved away and deleted there. The library would then remember the old tree, and
   * watch no folder that came since. With nothing else watched, a subscription that fails makes it forget everything.
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
