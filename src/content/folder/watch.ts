// Watches a content folder, and tells what changed once things are quiet; what fails is tried again.
import { lstatSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { type Notices, openNotices, type Watching } from './notices.ts'
import { isLeftLying, stampOf } from './walk.ts'

/**
 * Milliseconds without a change that end a burst of changes. It is four times as long as the watcher gathers changes after
 * the first one, so that two files moved in together are one change.
 */
const QUIET = 200
/** Milliseconds after which a burst is told although it goes on. */
const PATIENCE = 500
/** Milliseconds during which a changed path is told again with the next change: it may have changed since. */
const LATELY = 1_000
/** With more changes than this at a time, the system may have dropped some: then anything may have changed. */
const FLOOD = 1_000
/** Milliseconds until what could not be read is tried again; the last one repeats. */
const AGAIN = [1_000, 2_000, 5_000, 15_000, 60_000]
/** Milliseconds between readings while changes can't be noticed. */
const BLIND = 10_000
/** Milliseconds between checks whether another folder stands in place of the watched one. */
const LOOK = 500

/** Paths under the folder at or below which something changed; nothing where that may be anywhere. */
export type Changed = ReadonlySet<string> | undefined

export interface FolderWatch {
  /**
   * Calls `tell` after each burst of changes since the watching began, one call at a time. Where it resolves with false
   * or rejects, it is called again later: nothing reports that a disk has room again or a folder is unlocked.
   * @param isWhole whether everything could be read before; otherwise it is called again for that too.
   */
  readonly follow: (tell: (changed: Changed) => Promise<boolean>, isWhole?: boolean) => void
  /** Ends the watching, and waits for what it called. */
  readonly close: () => Promise<void>
}

interface WatchOptions {
  /** Whether the folder holds links: they may lead to files that are otherwise ignored. */
  readonly hasLinks?: () => boolean
  /** Files outside the folder that readings depend on, as far as they are known. */
  readonly beside?: () => readonly string[]
  /** How changes are noticed; ended with the watching. */
  readonly notices?: Notices
}

/**
 * Watches a folder from now on: a change is either in what is read after this, or told. Where the system has no more
 * watches or files to give, `failed` is told once, and the folder is read from time to time until it can be watched again.
 * Where another folder takes its place, or a link to it leads elsewhere, that is watched instead.
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
    // A change that came meanwhile is told sooner anyway.
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
    // What went wrong may have hidden a change.
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
      // It may fail because a folder went meanwhile; the second time that is over.
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
   * Watches everything anew: the system tells that a folder came or moved, but nothing of the folders inside it.
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
      // While the old watches last, the library would hand out the same ones.
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
 * Calls back each time that another folder, or none, stands at a path, since a link leads elsewhere or the folder was
 * replaced; and each time that a file beside it changed.
 * @returns `stop` ends that; `miss` says that nothing stood there, since the same folder may be back before the next look.
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
