// `gazette import`: writes articles of other systems as records, and accounts for what found no place in them.
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { UnreadableSource } from '../content/syntax/source.ts'
import { textOfFile } from '../import/encoding.ts'
import { type Folder, openFolder } from '../import/folder.ts'
import type { Found, Reading, Tally } from '../import/imported.ts'
import { readForeign } from '../import/read.ts'
import { NoRecord, recordFile } from '../import/record-file.ts'
import { counted } from './counted.ts'
import { UsageError, type Values } from './options.ts'
import type { Terminal } from './terminal.ts'
import { visible } from './visible.ts'

/** Bytes of the largest file, which is read in one piece. */
const LARGEST_FILE = 256 * 1024 * 1024
/** Milliseconds between two reports of progress. */
const PROGRESS = 200
/** Lines of remarks that are printed without --json. */
const SHOWN = 20

/** What became of one file. */
interface Account {
  readonly file: string
  kind?: string
  /** Files written, by name. */
  readonly written: string[]
  /** Files that were there already, with records of the same id, and were left alone. */
  readonly there: string[]
  /** What an editor should look at. */
  readonly remarks: string[]
  readonly errors: string[]
  /** Items that are no articles, by kind. */
  skipped: Record<string, number>
  /** Fields that have no place in a record, by name. */
  unplaced: Record<string, number>
}

/** Resolves with the exit code: 0, or 1 where something could not be read or written. */
export async function importFiles(
  values: Values,
  terminal: Terminal,
  files: readonly string[],
): Promise<number> {
  if (values.out === undefined) {
    throw new UsageError('gazette import needs --out DIR, the folder to write records to.')
  }
  const out = path.resolve(values.out as string)
  const folder = await openFolder(out)
  const accounts: Account[] = []
  for (const file of files) {
    const account = await importFile(file, folder, terminal)
    accounts.push(account)
    if (values.json !== true) for (const line of tell(account)) terminal.print(visible(line))
  }
  const sum = (of: (account: Account) => unknown[]) =>
    accounts.reduce((total, account) => total + of(account).length, 0)
  const written = sum((account) => account.written)
  const there = sum((account) => account.there)
  const errors = sum((account) => account.errors)
  terminal.print(
    values.json === true
      ? JSON.stringify({ out, written, there, errors, files: accounts }, undefined, 2)
      : `${out}: ${written} written, ${there} already there, ${counted(errors, 'error')}.`,
  )
  return errors === 0 ? 0 : 1
}

async function importFile(file: string, folder: Folder, terminal: Terminal): Promise<Account> {
  const account: Account = {
    file,
    written: [],
    there: [],
    remarks: [],
    errors: [],
    skipped: {},
    unplaced: {},
  }
  try {
    const reading = readForeign(await readText(file), file)
    account.kind = reading.kind
    await writeAll(reading, folder, account, terminal)
    account.skipped = counts(reading.skipped)
    account.unplaced = counts(reading.unplaced)
  } catch (error) {
    account.errors.push(sentenceFor(error))
  } finally {
    terminal.status?.('')
  }
  return account
}

async function readText(file: string): Promise<string> {
  const facts = await stat(file)
  if (!facts.isFile()) throw new UnreadableSource('This is no plain file.')
  if (facts.size > LARGEST_FILE) {
    throw new UnreadableSource(
      `The file has ${facts.size} bytes, more than the ${LARGEST_FILE} that an import takes; split it.`,
    )
  }
  return textOfFile(await readFile(file))
}

async function writeAll(
  { found, expected, unplaced }: Reading,
  folder: Folder,
  account: Account,
  terminal: Terminal,
): Promise<void> {
  let done = 0
  let told = Date.now()
  for (const one of found) {
    done++
    if (Date.now() - told > PROGRESS) {
      told = Date.now()
      terminal.status?.(`${account.file}: ${done} of ${expected}`)
    }
    await writeOne(one, folder, account, unplaced)
  }
}

async function writeOne(
  one: Found,
  folder: Folder,
  account: Account,
  unplaced: Tally,
): Promise<void> {
  try {
    const record = recordFile(one, unplaced)
    const { file, was } = await folder.place(record)
    if (was === 'there') account.there.push(file)
    else if (was === 'repeated') {
      account.remarks.push(`“${record.title}” has the id of ${file} once more, and is left out.`)
    } else {
      account.written.push(file)
      for (const remark of record.remarks) account.remarks.push(`${file}: ${remark}`)
    }
  } catch (error) {
    if (!(error instanceof NoRecord) && !isOfSystem(error)) throw error
    const name = one.facts.title ?? one.facts.id ?? one.facts.url ?? 'an item without a title'
    account.errors.push(`“${name}”: ${sentenceFor(error)}`)
  }
}

function isOfSystem(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code !== undefined
}

/** @throws faults of ours, whose trace is printed at the top. */
function sentenceFor(error: unknown): string {
  if (error instanceof UnreadableSource) {
    const { line, column, message } = error
    return (
      [line, column].filter((part) => part !== undefined).join(':') + (line ? ': ' : '') + message
    )
  }
  if (error instanceof NoRecord) return error.message
  const { code } = error as NodeJS.ErrnoException
  if (code === undefined) throw error
  return code === 'ENOENT' ? 'There is no such file.' : `Can't be read or written: ${code}.`
}

function* tell(account: Account): Generator<string> {
  const { file, kind, written, there, remarks, errors, skipped, unplaced } = account
  if (kind !== undefined) {
    yield `${file}: ${kind}: ${written.length} written, ${there.length} already there.`
  }
  for (const error of errors.slice(0, SHOWN)) yield `${file}: error: ${error}`
  for (const remark of remarks.slice(0, SHOWN)) yield `  ${remark}`
  const more = errors.slice(SHOWN).length + remarks.slice(SHOWN).length
  if (more > 0) yield `  … and ${more} more; --json tells all.`
  if (Object.keys(skipped).length > 0) yield `  not imported: ${list(skipped)}`
  if (Object.keys(unplaced).length > 0) yield `  no place for: ${list(unplaced)}`
}

function list(tally: Readonly<Record<string, number>>): string {
  return Object.entries(tally)
    .map(([name, times]) => `${name} ×${times}`)
    .join(', ')
}

/** The counts, by name in alphabetical order. */
function counts(tally: Tally): Record<string, number> {
  return Object.fromEntries([...tally].sort(([a], [b]) => (a < b ? -1 : 1)))
}
