// The records of one file: front matter and body, or JSON with one, several, or one a line.
import path from 'node:path'
import type { RecordInFile } from './article.ts'
import type { BodySource } from './body.ts'
import { checkRecord, type Report, reporter } from './check-record.ts'
import { readJson, readYaml } from './located.ts'
import type { Problem } from './problem.ts'
import { type ArticleRecord, articleRecord } from './record.ts'
import { splitFrontMatter, UnreadableSource, unreadable } from './source.ts'

/** A record as it was found; `checked` where it is right. */
export interface FoundRecord extends Omit<RecordInFile, 'record' | 'report'> {
  readonly checked: ArticleRecord | undefined
  /** Says what is wrong with it, to a list of problems. */
  readonly reportTo: (problems: Problem[]) => Report
}

/** Every record of a file, right or wrong; what is wrong is added to the problems. */
export function readRecords(file: string, text: string, problems: Problem[]): FoundRecord[] {
  return orProblem(file, problems, () =>
    /\.(json|ndjson|jsonl)$/i.test(file)
      ? readJsonRecords(file, text, problems)
      : [readMatter(file, text, problems)],
  )
}

function readMatter(file: string, text: string, problems: Problem[]): FoundRecord {
  const { matter, body } = splitFrontMatter(text)
  const located = readYaml(matter, 2)
  const form = /\.html?$/i.test(file) ? 'html' : 'markdown'
  const reportTo = reporter(file, located)
  return found(file, located.value, reportTo, problems, { form, source: body }, nameOf(file))
}

function readJsonRecords(file: string, text: string, problems: Problem[]): FoundRecord[] {
  if (isOneALine(file, text)) {
    return text
      .split('\n')
      .flatMap((line, at) => (line.trim() === '' ? [] : readLine(file, line, at + 1, problems)))
  }
  const located = readJson(text)
  const { value } = located
  if (!Array.isArray(value)) {
    return [found(file, value, reporter(file, located), problems, undefined, nameOf(file))]
  }
  return value.map((one, at) => found(file, one, reporter(file, located, [at]), problems))
}

function readLine(file: string, line: string, number: number, problems: Problem[]): FoundRecord[] {
  return orProblem(file, problems, () => {
    const located = readJson(line, number)
    return [found(file, located.value, reporter(file, located), problems)]
  })
}

/** NDJSON by its name, or by a first line that is a whole record with others below. */
function isOneALine(file: string, text: string): boolean {
  if (/\.(ndjson|jsonl)$/i.test(file)) return true
  const [first = '', ...others] = text.trim().split('\n', 2)
  return others.length > 0 && first.startsWith('{') && isJson(first)
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** @param name what the file calls the record; where it holds several, each goes by its id or title. */
function found(
  file: string,
  value: unknown,
  reportTo: FoundRecord['reportTo'],
  problems: Problem[],
  below?: BodySource,
  name?: string,
): FoundRecord {
  const checked = checkRecord(articleRecord, value, reportTo(problems))
  return {
    file,
    checked,
    body: below ?? bodyOf(checked),
    name: name ?? checked?.id ?? checked?.title ?? nameOf(file),
    isOneOfSeveral: name === undefined,
    reportTo,
  }
}

function bodyOf(record: ArticleRecord | undefined): BodySource {
  if (record?.html !== undefined) return { form: 'html', source: record.html }
  if (record?.markdown !== undefined) return { form: 'markdown', source: record.markdown }
  return { form: 'text', source: record?.text ?? '' }
}

/** A file's name without its ending; a bundle's `index.md` has its folder's. */
function nameOf(file: string): string {
  const { dir, name } = path.posix.parse(file)
  return name === 'index' && dir !== '' ? path.posix.basename(dir) : name
}

function orProblem(file: string, problems: Problem[], read: () => FoundRecord[]): FoundRecord[] {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof UnreadableSource)) throw error
    problems.push(unreadable(file, error))
    return []
  }
}
