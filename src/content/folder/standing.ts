// All readings of a folder after a pass, so that the next pass looks only at files that may have changed.
import { partition } from '../../domain/postings.ts'
import { changedSpan } from '../../domain/span.ts'
import { type FileReading, NOTHING_ASKED } from '../articles/making.ts'
import type { Site } from '../site/site.ts'

export interface Standing {
  readonly site: Site | undefined
  readonly files: readonly string[]
  /** One for each file, in their order. */
  readonly readings: readonly FileReading[]
  /** The few that have problems, depend on other files, or don't hold exactly one record. */
  readonly notable: ReadonlyMap<string, FileReading>
  readonly records: number
}

/** What a pass has to do. */
export interface Plan {
  readonly files: readonly string[]
  /** One for each file; those of open files are still to be filled in. */
  readonly readings: FileReading[]
  /** The positions of files that have to be looked at, ascending. */
  readonly open: readonly number[]
  /** Files that are no longer in the list. */
  readonly left: readonly string[]
  /** Whether the standing before holds for all that isn't open. */
  readonly isAmended: boolean
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
      isAmended: false,
    }
  const { from, wasTo, isTo } = changedSpan(before.files, files)
  const open = new Set<number>()
  for (let at = from; at < isTo; at++) open.add(at)
  for (const file of [...touched, ...before.notable.keys()]) {
    const at = partition(files.length, (at) => (files[at] as string) < file)
    if (files[at] === file) open.add(at)
  }
  const readings = before.readings
    .slice(0, from)
    .concat(new Array(isTo - from), before.readings.slice(wasTo))
  return {
    files,
    readings,
    open: [...open].sort((a, b) => a - b),
    left: before.files.slice(from, wasTo),
    isAmended: true,
  }
}

/** The standing once a plan's open readings are filled in. */
export function standingOf(
  { files, readings, open, left, isAmended }: Plan,
  site: Site | undefined,
  before: Standing | undefined,
): Standing {
  const notable = new Map(isAmended ? before?.notable : [])
  for (const file of left) notable.delete(file)
  for (const at of open) {
    const reading = readings[at] as FileReading
    if (isNotable(reading)) notable.set(files[at] as string, reading)
    else notable.delete(files[at] as string)
  }
  let records = files.length - notable.size
  for (const { count } of notable.values()) records += count
  return { site, files, readings, notable, records }
}

function isNotable({ stamp, count, problems, records, made }: FileReading): boolean {
  return (
    count !== 1 ||
    stamp === undefined ||
    problems.length > 0 ||
    records !== undefined ||
    made === undefined ||
    made.problems.length > 0 ||
    made.asked !== NOTHING_ASKED
  )
}
