// Reads the files of a folder and makes them into articles, as far as they aren't remembered.
import type { FileFacts } from '../articles/files.ts'
import { type FileReading, isCurrent, linksOf, makeAll, type Work } from '../articles/making.ts'
import { anywhere, type Library } from '../articles/shelf.ts'
import { inTurns } from '../bounded.ts'
import { isLineFile } from '../records/origin.ts'
import type { Site } from '../site/site.ts'
import { lazily } from '../syntax/located.ts'
import { readAsCrew } from '../threads/crew.ts'
import { keepMeasures, measuredMedia } from './measured-media.ts'
import type { FolderMemory } from './memory.ts'
import { NO_LINKS, readLines, readOne } from './reading.ts'
import { type Plan, planOf, type Standing, standingOf, withAsking } from './standing.ts'

export type Progress = (step: 'read' | 'made', done: number, of: number) => void

/** What one pass over the files works with. */
interface Pass {
  readonly stamps: ReadonlyMap<string, string>
  /** As the walk found them. */
  readonly media: ReadonlyMap<string, FileFacts>
  /** The files that may have changed since the last pass; nothing where any may. */
  readonly touched: ReadonlySet<string> | undefined
  readonly work: Work
  readonly memory: FolderMemory
  readonly progress: Progress
}

/** Reads what isn't remembered, and makes it into articles where there is a site. */
export async function readAll(files: readonly string[], pass: Pass): Promise<Standing> {
  const { touched, stamps, memory } = pass
  const { site } = pass.work
  const { refused = [] } = memory
  const media = measuredMedia(pass.work.root, pass.media, stamps, memory)
  const begun = planOf(files, touched, memory.standing, site)
  const reread = await readFiles(begun, media, pass)
  const plan = withAsking(begun, () => {
    const { left, came } = begun
    // By their names alone: who asks for an article by its path asks for it by its name as well.
    const others = [...reread, ...left, ...came].map(anywhere)
    return new Set([...(touched ?? []), ...refused, ...others])
  })
  const gone =
    touched === undefined
      ? [...memory.files.keys(), ...memory.measured.keys()]
      : [...touched, ...plan.left]
  for (const file of gone) {
    if (stamps.has(file)) continue
    memory.files.delete(file)
    memory.measured.delete(file)
  }
  if (site !== undefined) await makeFiles(plan, site, media, pass)
  memory.standing = standingOf(plan, site)
  return memory.standing
}

/**
 * Fills in the readings of the open files: from memory where nothing changed, else by reading.
 * @returns the files that were read.
 */
async function readFiles(
  { files, readings, open }: Plan,
  media: Library['media'],
  pass: Pass,
): Promise<readonly string[]> {
  const { stamps, work, memory, progress } = pass
  const { site, signal } = work
  const ownFolder = { media, articles: NO_LINKS }
  const isAsBefore = (file: string, known: FileReading | undefined): known is FileReading =>
    known !== undefined &&
    known.stamp === stamps.get(file) &&
    (site === undefined ||
      (isLineFile(file) ? isCurrent(known, site, ownFolder) : known.made?.site === site))
  const changed: number[] = []
  for (const at of open) {
    const file = files[at] as string
    const known = memory.files.get(file)
    if (isAsBefore(file, known)) readings[at] = known
    else changed.push(at)
  }
  let read = files.length - changed.length
  const readOneMore = () => progress('read', ++read, files.length)
  const names = changed.map((at) => files[at] as string)
  await readWithCrew(names, pass, readOneMore)
  await inTurns(
    changed,
    async (at) => {
      const file = files[at] as string
      const known = memory.files.get(file)
      if (isAsBefore(file, known)) {
        readings[at] = known
        return
      }
      const reading = isLineFile(file)
        ? await readLines(file, stamps.get(file), work, ownFolder)
        : readOne(file, stamps.get(file), work, media, known)
      memory.files.set(file, reading)
      readings[at] = reading
      readOneMore()
    },
    signal,
  )
  return names
}

/** Has other threads read what they can, where that is worth it; see `crew.ts`. */
async function readWithCrew(
  changed: readonly string[],
  { stamps, media, work: { root, habits, site, signal }, memory }: Pass,
  done: () => void,
): Promise<void> {
  if (site === undefined || memory.lying === undefined || memory.site === undefined) return
  const { settings, text, around } = memory.site
  const { spool } = memory.lying
  const files = changed.filter((file) => !isLineFile(file))
  const work = { root, habits, settings, text, around, media }
  await readAsCrew(files, work, { site, spool, stamps }, (file, reading) => {
    signal?.throwIfAborted()
    memory.files.set(file, reading)
    keepMeasures(reading, stamps, memory)
    done()
  })
}

/** Makes the articles that aren't made yet, or were made of something that has changed. */
async function makeFiles(
  { files, readings, open: all }: Plan,
  site: Site,
  media: Library['media'],
  pass: Pass,
): Promise<void> {
  const { stamps, work, memory, progress } = pass
  const open = all.filter((at) => !isLineFile(files[at] as string))
  // Gathered only where one is asked for, as it takes a look at each file.
  const links = lazily(() => linksOf(files, readings))
  const library = { media, articles: { get: (key: string) => links().get(key) } }
  const stale = open.filter((at) => !isCurrent(readings[at] as FileReading, site, library))
  let made = files.length - stale.length
  await inTurns(
    stale,
    async (at) => {
      const file = files[at] as string
      let reading = readings[at] as FileReading
      if (reading.records === undefined) {
        reading = readOne(file, stamps.get(file), work, media)
        memory.files.set(file, reading)
        readings[at] = reading
      }
      reading.made ??= makeAll(file, reading.records ?? [], site, library, work)
      reading.records = undefined
      progress('made', ++made, files.length)
    },
    work.signal,
  )
}
