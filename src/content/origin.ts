// Where a record stands, so that it can be found again instead of being kept.
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

/** The record as the file has it now; of a file of lines, and of one that changed, no more than its place. */
export function findAgain({ of, at }: Origin): FoundRecord {
  const { root, file, habits } = of
  const line = isLineFile(file) ? at : 1
  return (
    recordsAgain(root, file, habits)[at] ?? {
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

function recordsAgain(root: string, file: string, habits: Habits): readonly FoundRecord[] {
  if (isLineFile(file)) return []
  try {
    return readRecords(file, readSource(readFileSync(path.join(root, file))), habits, [])
  } catch {
    return []
  }
}
