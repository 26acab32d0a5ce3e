// Notices what changed in a content folder, and tells it once things are quiet; what fails is tried again.
import { lstatSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { type Notices, openNotices, type Watching } from './notices.ts'
import { isLeftLying, stampOf } from './walk.ts'

/**
 * Milliseconds without a change after which a burst of them is over, four times what the watcher gathers changes for behind the
 * first: two files that are moved in together are one change. And after which it is told anyway.
 */
const QUIET = 200
const PATIENCE = 500
/** Milliseconds for which what changed is looked at again with what changes next: it may have changed since. */
const LATELY = 1_000
/** Changes at a time from which on the system may have dropped some: then anything may have changed. */
const FLOOD = 1_000
/** Milliseconds until what could not be read is read again, the last again and again. */
const AGAIN = [1_000, 2_000, 5_000, 15_000, 60_000]
/** Milliseconds from one reading to the next where changes can't be noticed. */
const BLIND = 10_000
/** Milliseconds from one look to the next whether another folder stands in the place of the one that is watched. */
const LOOK = 500

/** Paths under the folder at and below which something changed; nothing where that may be anywhere. */
export type Changed = ReadonlySet<string> | undefined

export interface FolderWatch {
  /**
   * Calls `tell` after each burst of changes since the watching began, one call at a time; again where it resolves
   * with false, or rejects: a disk that was full, a folder that was locked, tell nobody when they are right again.
   * @param isWhole whether all could be read before; else that is tried again as well.
   */
  readonly follow: (tell: (changed: Changed) => Promise<boolean>, isWhole?: boolean) => void
  /** Ends the watching, and waits for what it called. */
  readonly close: () => Promise<void>
}

interface WatchOptions {
  /** Whether links in the folder were found: what is left lying may be what they lead to. */
  readonly hasLinks?: () => boolean
  /** Files outside the folder that readings depend on, as far as they are known. */
  readonly beside?: () => readonly string[]
  /** How changes are noticed; ended with the watching. */
  readonly notices?: Notices
}

/**
 * Watches a folder from now on: what is read after this is either in the reading or told as a change. Where the system
 * has no more watches or files to give, that is told once, and from then on the folder is read from time to time, and
 * watched again as soon as that can be. Where another folder takes its place, or a link leads to another, that is watched.
 * @param failed told where changes can no longer be noticed, or following one failed.
 */
export async function watchFolder(
  root: string,
  failed: (error: unknown) => void,
  { hasLinks = () => false, beside = () => [], notices = openNotices() }: WatchOptions = {},
): Promise<FolderWatch> {
  let follower: ((changed: Changed) => Promise<boolean>) | undefined
  let timer: NodeJS.Timeout | undefined
  let blind: NodeJS.Timeout | undefined
  let since: number | undefined
  let names = new Set<string>()
  let lately = { until: 0, names: new Set<string>() }
  let isAnywhere = false
  let isReplaced = false
  let isClosed = false
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
    else again()
  }
  const again = () => {
    isAnywhere = true
    // A change that came meanwhile is told sooner.
    if (since === undefined) soon(AGAIN[Math.min(tries++, AGAIN.length - 1)] as number)
  }
  const tell = () => {
    const work = follower
    if (work === undefined || isClosed) return
    clearTimeout(timer)
    since = undefined
    running = running.then(async () => {
      const isMore = names.size > FLOOD || [...names].some(isFolder)
      if (isReplaced || watches.isStale() || isMore) await renew()
      const now = Date.now()
      const all = new Set([...(now < lately.until ? lately.names : []), ...names])
      const changed = isAnywhere || all.size > FLOOD ? undefined : all
      lately = { until: now + LATELY, names: all.size > FLOOD ? new Set() : all }
      names = new Set()
      isAnywhere = false
      return attempt(() => work(changed))
    })
  }
  const noticed = () => {
    since ??= Date.now()
    soon(Math.min(QUIET, Math.max(0, since + PATIENCE - Date.now())))
  }
  const anywhere = () => {
    isAnywhere = true
    tell()
  }
  const goBlind = (error: unknown) => {
    if (blind === undefined) failed(error)
    blind ??= setInterval(anywhere, BLIND).unref()
  }
  const watches = watchesOn(root, notices, (error, found) => {
    const told = hasLinks() ? found : found.filter((name) => !isLeftLying(name))
    if (error !== null) goBlind(error)
    else if (told.length === 0) return
    for (const name of told) names.add(name)
    // It may have been a change that could not be looked at.
    isAnywhere ||= error !== null
    if (told.includes('')) replaced()
    else noticed()
  })
  const replaced = () => {
    isReplaced = true
    isAnywhere = true
    noticed()
  }
  const renew = async () => {
    isAnywhere = true
    isReplaced = false
    try {
      // A folder may go while it is looked at: that is over the second time.
      await watches.renew().catch(watches.renew)
      clearInterval(blind)
      blind = undefined
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') looking.miss()
      else goBlind(error)
    }
  }
  const isFolder = (name: string) => isFolderAt(path.join(root, name))
  const changedBeside = () => {
    isAnywhere = true
    noticed()
  }
  const looking = await lookAt(root, beside, { replaced, changedBeside })
  await watches.renew().catch((error: unknown) => {
    goBlind(error)
    isAnywhere = true
    noticed()
  })
  return {
    follow(callback, isWhole = true) {
      follower = callback
      if (!isWhole) again()
      if (since !== undefined) tell()
    },
    async close() {
      isClosed = true
      looking.stop()
      await running
      clearInterval(blind)
      await watches.close()
      await notices.end()
      clearTimeout(timer)
    },
  }
}

/** The system's watches on a folder, and on those in it. */
interface Watches {
  /** Whether there are none. */
  readonly isStale: () => boolean
  /**
   * Watches everything anew: the system tells that a folder came or moved, but not of what goes on in those that it
   * brought along.
   * @throws the system's error; then nothing is watched.
   */
  readonly renew: () => Promise<void>
  readonly close: () => Promise<void>
}

/** @param told the paths under the folder at which something changed. */
function watchesOn(
  root: string,
  { notice }: Notices,
  told: (error: Error | null, names: readonly string[]) => void,
): Watches {
  let current: Watching | undefined
  const close = async () => {
    const old = current
    current = undefined
    await old?.unsubscribe()
  }
  return {
    isStale: () => current === undefined,
    async renew() {
      // Beside the old watches the new ones would be the same.
      await close()
      current = await notice(root, (error, events) => {
        if (error !== null) return told(error, [])
        // With `/` on Windows as well.
        const names = events.map((event) =>
          path.relative(root, event.path).split(path.sep).join('/'),
        )
        told(null, names)
      })
    },
    close,
  }
}

/**
 * Calls back each time that another folder stands at a path, or none: a link leads elsewhere, or the folder was replaced; and
 * where a file beside it is another.
 * @returns what ends that, and what says that nothing stood there: the same folder may be back before the next look.
 */
async function lookAt(
  root: string,
  beside: () => readonly string[],
  { replaced, changedBeside }: Record<'replaced' | 'changedBeside', () => void>,
): Promise<{ readonly stop: () => void; readonly miss: () => void }> {
  let before = await identityOf(root)
  let known: { files: string; stamps: string } | undefined
  let isLooking = false
  const timer = setInterval(async () => {
    if (isLooking) return
    isLooking = true
    const files = beside()
    const [now, ...stamps] = await Promise.all([identityOf(root), ...files.map(stampAt)])
    isLooking = false
    const seen = { files: files.join('\n'), stamps: stamps.join('\n') }
    const isOther = known?.files === seen.files && known.stamps !== seen.stamps
    known = seen
    if (now !== before) replaced()
    else if (isOther) changedBeside()
    before = now
  }, LOOK).unref()
  return {
    stop: () => clearInterval(timer),
    miss: () => {
      before = undefined
    },
  }
}

async function stampAt(file: string): Promise<string | undefined> {
  const facts = await stat(file).catch(() => undefined)
  return facts && stampOf(facts)
}

async function identityOf(folder: string): Promise<string | undefined> {
  const facts = await stat(folder).catch(() => undefined)
  return facts && `${facts.dev} ${facts.ino}`
}

function isFolderAt(place: string): boolean {
  try {
    return lstatSync(place).isDirectory()
  } catch {
    return false
  }
}
