// What a folder's readings stand at, so that the next reading looks only at those that may be others.
import { partition } from '../../domain/postings.ts'
import { changedSpan } from '../../domain/span.ts'
import { type FileReading, NOTHING_ASKED } from '../articles/making.ts'
import type { Site } from '../site/site.ts'

export interface Standing {
  readonly site: Site | undefined
  readonly files: readonly string[]
  /** Of each file. */
  readonly readings: readonly FileReading[]
  /** Those that have problems, depend on other files, or hold any number of records but one: most are none of these. */
  readonly notable: ReadonlyMap<string, FileReading>
  /** How many records there are. */
  readonly records: number
}

/** A reading that is to be done. */
export interface Plan {
  readonly files: readonly string[]
  /** Of each file; of those that are open, whatever stands there counts for nothing yet. */
  readonly readings: FileReading[]
  /** Places of the files that have to be looked at, ascending. */
  readonly open: readonly number[]
  /** Files that are not in the list any more. */
  readonly left: readonly string[]
  readonly isAmended: boolean
}

/** @param touched files that may be others than before; nothing where any may. */
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

/** What a plan came to. */
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

function isNotable({ stamp, count, problems, pictures, records, made }: FileReading): boolean {
  return (
    count !== 1 ||
    stamp === undefined ||
    problems.length + pictures.length > 0 ||
    records !== undefined ||
    made === undefined ||
    made.problems.length > 0 ||
    made.asked !== NOTHING_ASKED
  )
}
