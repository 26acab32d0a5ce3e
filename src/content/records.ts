// The records of one file: front matter and body, or JSON with one, several, or one a line.
import path from 'node:path'
import type { RecordInFile } from './article.ts'
import type { BodySource } from './body.ts'
import { checkRecord, type Report, reporter } from './check-record.ts'
import type { FieldPath, Problem } from './problem.ts'
import { type ArticleRecord, articleRecord } from './record.ts'
import { readYaml, splitFrontMatter, UnreadableSource, unreadable } from './source.ts'

/** A record as it was found; `checked` where it is right. */
export interface FoundRecord extends Omit<RecordInFile, 'record'> {
  readonly checked: ArticleRecord | undefined
}

/** Every record of a file, right or wrong; what is wrong is added to the problems. */
export function readRecords(file: string, text: string, problems: Problem[]): FoundRecord[] {
  try {
    return /\.(json|ndjson|jsonl)$/i.test(file)
      ? readJson(file, text, problems)
      : [readMatter(file, text, problems)]
  } catch (error) {
    if (!(error instanceof UnreadableSource)) throw error
    problems.push(unreadable(file, error))
    return []
  }
}

function readMatter(file: string, text: string, problems: Problem[]): FoundRecord {
  const { matter, body } = splitFrontMatter(text)
  const located = readYaml(matter, 2)
  const form = /\.html?$/i.test(file) ? 'html' : 'markdown'
  return found(file, located.value, reporter(file, located, problems), { form, source: body })
}

function readJson(file: string, text: string, problems: Problem[]): FoundRecord[] {
  const whole = parseJson(text)
  if (whole !== undefined) {
    // Only a problem needs places, and reading them costs more than the values.
    const located = lazily(() => readYaml(text))
    const list = Array.isArray(whole.value) ? whole.value : undefined
    const record = (value: unknown, at: FieldPath) =>
      found(file, value, reporter(file, { locate: (path) => located().locate(path) }, problems, at))
    return list === undefined
      ? [record(whole.value, [])]
      : list.map((value, at) => record(value, [at]))
  }
  const lines = text.split('\n')
  if (parseJson(lines.find((line) => line.trim() !== '') ?? '') === undefined) {
    readYaml(text)
    throw new UnreadableSource(
      'The file is no JSON: neither one record, nor a list, nor one on each line.',
      1,
      1,
    )
  }
  return lines.flatMap((line, at): FoundRecord[] => {
    if (line.trim() === '') return []
    const parsed = parseJson(line)
    if (parsed === undefined) {
      problems.push({ severity: 'error', file, line: at + 1, sentence: 'The line is no JSON.' })
      return []
    }
    const located = lazily(() => readYaml(line, at + 1))
    return [
      found(
        file,
        parsed.value,
        reporter(file, { locate: (path) => located().locate(path) }, problems),
      ),
    ]
  })
}

function found(file: string, value: unknown, report: Report, below?: BodySource): FoundRecord {
  const checked = checkRecord(articleRecord, value, report)
  return { file, checked, body: below ?? bodyOf(checked), name: nameOf(file, checked), report }
}

function bodyOf(record: ArticleRecord | undefined): BodySource {
  if (record?.html !== undefined) return { form: 'html', source: record.html }
  if (record?.markdown !== undefined) return { form: 'markdown', source: record.markdown }
  return { form: 'text', source: record?.text ?? '' }
}

/** A file's name without its ending; a bundle's `index.md` has its folder's. JSON records go by their id or title. */
function nameOf(file: string, record: ArticleRecord | undefined): string {
  const { dir, name, ext } = path.posix.parse(file)
  if (/json|jsonl$/i.test(ext)) return record?.id ?? record?.title ?? name
  return name === 'index' && dir !== '' ? path.posix.basename(dir) : name
}

function parseJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}
