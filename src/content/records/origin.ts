// Where a record stands, so that it can be read again instead of being kept.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { reporter } from './check-record.ts'
import { readSource } from './glance.ts'
import { type FoundRecord, type Habits, readRecords } from './records.ts'

/** A file that records were found in. */
interface OriginFile {
  readonly root: string
  /** Path under the content folder. */
  readonly file: string
  readonly habits: Habits
}

export interface Origin {
  readonly of: OriginFile
  /** Which of the file's records it is, from 0; of a file of lines, the line, from 1. */
  readonly at: number
}

/** A file of one JSON record a line, which may be of any size. */
export function isLineFile(file: string): boolean {
  return /\.(ndjson|jsonl)$/i.test(file)
}

/** The record as its file has it now; only its place where the file is one of lines, or no longer has it. */
export function findAgain({ of, at }: Origin): FoundRecord {
  const { file } = of
  const line = isLineFile(file) ? at : 1
  return (
    recordsAgain(of)[at] ?? {
      file,
      name: '',
      checked: undefined,
      written: {},
      body: { form: 'text', source: '' },
      isOneOfSeveral: true,
      generator: undefined,
      translation: undefined,
      reportTo: reporter(file, { locate: () => ({ line, column: 1 }) }),
    }
  )
}

/** The file that was read last in this turn of the event loop: its records may be asked for one after the other. */
let last: (OriginFile & { readonly records: readonly FoundRecord[] }) | undefined

function recordsAgain({ root, file, habits }: OriginFile): readonly FoundRecord[] {
  if (isLineFile(file)) return []
  if (last?.file === file && last.root === root && last.habits === habits) return last.records
  let records: readonly FoundRecord[] = []
  try {
    records = readRecords(file, readSource(readFileSync(path.join(root, file))), habits, [])
  } catch {
    // It can't be read any more.
  }
  if (last === undefined) setImmediate(() => (last = undefined))
  last = { root, file, habits, records }
  return records
}
