// All readings of a folder after a pass, so that the next pass looks only at files that may have changed.
import { partition } from '../../domain/postings.ts'
import { changedSpan } from '../../domain/span.ts'
import { type FileReading, NOTHING_ASKED } from '../articles/making.ts'
import type { Asked } from '../articles/shelf.ts'
import { isLineFile } from '../records/origin.ts'
import type { Site } from '../site/site.ts'

export interface Standing {
  readonly site: Site | undefined
  readonly files: readonly string[]
  /** One for each file, in their order. */
  readonly readings: readonly FileReading[]
  /** The few that have problems, or don't hold exactly one record. */
  readonly notable: ReadonlyMap<string, FileReading>
  /** What those asked for that depend on other files. The next standing takes it over: most files may be in it. */
  readonly asking: Map<string, Asked>
  /** How many of them asked for each thing; taken over likewise. */
  readonly asked: Map<string, number>
  readonly records: number
}

/** What a pass has to do. */
export interface Plan {
  readonly files: readonly string[]
  /** One for each file; those of open files are still to be filled in. */
  readonly readings: FileReading[]
  /** The positions of files that have to be looked at, ascending. */
  readonly open: readonly number[]
  /** Files that left the list and that came to it, with those between them. */
  readonly left: readonly string[]
  readonly came: readonly string[]
  /** The standing before, where that holds for all that isn't open. */
  readonly before: Standing | undefined
}

/** @param touched files that may have changed; nothing where any may. */
export function planOf(
  files: readonly string[],
  touched: ReadonlySet<string> | undefined,
  before: Standing | undefined,
  site: Site | undefined,
): Plan {
  if (before === undefined || touched === undefined || before.site !== site)
    return {
      files,
      readings: new Array(files.length),
      open: [...files.keys()],
      left: before?.files ?? [],
      came: files,
      before: undefined,
    }
  const { from, wasTo, isTo } = changedSpan(before.files, files)
  const open = new Set<number>()
  for (let at = from; at < isTo; at++) open.add(at)
  const unsettled = [...before.notable].filter((one) => isUnsettled(...one)).map(([file]) => file)
  for (const at of placesOf([...touched, ...unsettled], files)) open.add(at)
  const readings = before.readings
    .slice(0, from)
    .concat(new Array(isTo - from), before.readings.slice(wasTo))
  return {
    files,
    readings,
    open: inOrder(open),
    left: before.files.slice(from, wasTo),
    came: files.slice(from, isTo),
    before,
  }
}

/** Whether a file is looked at in each pass: one of lines is made again by reading it. */
function isUnsettled(file: string, { stamp, made }: FileReading): boolean {
  return stamp === undefined || made === undefined || isLineFile(file)
}

/**
 * The plan with those files too whose articles may find something else.
 * @param mayDiffer paths of media files, and keys of articles, at which there may be something else than before.
 */
export function withAsking(plan: Plan, mayDiffer: () => ReadonlySet<string>): Plan {
  const { files, open, before } = plan
  if (before === undefined) return plan
  const things = new Set([...mayDiffer()].filter((thing) => before.asked.has(thing)))
  if (things.size === 0) return plan
  const asking: string[] = []
  // Without a list of all, which would be garbage at each change.
  for (const [file, asked] of before.asking)
    if (thingsIn(asked).some((thing) => things.has(thing))) asking.push(file)
  return { ...plan, open: inOrder(new Set([...open, ...placesOf(asking, files)])) }
}

function thingsIn({ media, articles }: Asked): readonly string[] {
  return [...media.keys(), ...articles.keys()]
}

/** The positions of those of some files that are in a list. */
function placesOf(some: readonly string[], files: readonly string[]): number[] {
  return some
    .map((file) => partition(files.length, (at) => (files[at] as string) < file))
    .filter((at, nth) => files[at] === some[nth])
}

function inOrder(places: ReadonlySet<number>): number[] {
  return [...places].sort((a, b) => a - b)
}

/** The standing once a plan's open readings are filled in. */
export function standingOf(
  { files, readings, open, left, before }: Plan,
  site: Site | undefined,
): Standing {
  const notable = new Map(before?.notable)
  const asking = before?.asking ?? new Map<string, Asked>()
  const asked = before?.asked ?? new Map<string, number>()
  const count = (some: Asked, by: number) => {
    for (const thing of thingsIn(some)) {
      const askers = (asked.get(thing) ?? 0) + by
      if (askers === 0) asked.delete(thing)
      else asked.set(thing, askers)
    }
  }
  for (const file of [...left, ...open.map((at) => files[at] as string)]) {
    notable.delete(file)
    count(asking.get(file) ?? NOTHING_ASKED, -1)
    asking.delete(file)
  }
  for (const at of open) {
    const file = files[at] as string
    const reading = readings[at] as FileReading
    if (isNotable(file, reading)) notable.set(file, reading)
    const { asked: own = NOTHING_ASKED } = reading.made ?? {}
    if (own === NOTHING_ASKED) continue
    asking.set(file, own)
    count(own, 1)
  }
  let records = files.length - notable.size
  for (const { count } of notable.values()) records += count
  return { site, files, readings, notable, asking, asked, records }
}

function isNotable(file: string, reading: FileReading): boolean {
  const { count, problems, made } = reading
  return (
    isUnsettled(file, reading) ||
    count !== 1 ||
    problems.length > 0 ||
    (made?.problems.length ?? 0) > 0
  )
}
