// Reads the records of one file, from front matter or JSON: each is checked, and has its body.
import type { RecordInFile } from '../articles/article.ts'
import type { BodySource, MarkdownForm } from '../bodies/body.ts'
import { type Default, giverOf, withDefaults } from '../conventions/defaults.ts'
import {
  type Generator,
  guessGenerator,
  type LanguageFolder,
  MARKDOWN,
  nameOf,
} from '../conventions/generator.ts'
import type { Values } from '../conventions/maps.ts'
import { type Translation, translate } from '../conventions/translate.ts'
import { fieldName, type Problem, problem } from '../problem.ts'
import {
  hasFrontMatter,
  type MatterLanguage,
  splitFrontMatter,
  valuesOf,
} from '../syntax/front-matter.ts'
import { readJson } from '../syntax/located.ts'
import { UnreadableSource, unreadable } from '../syntax/source.ts'
import type { OnRepeated } from '../syntax/yaml.ts'
import { checkRecord, fieldsOf, type Report, reporter } from './check-record.ts'
import { bodyInBytes, type Source } from './glance.ts'
import { type ArticleRecord, articleRecord } from './record.ts'

/** A record as it was found; `checked` where it is right. */
export interface FoundRecord extends Omit<RecordInFile, 'record' | 'report'> {
  readonly checked: ArticleRecord | undefined
  /** What is known of a wrong one. */
  readonly unchecked?: Pick<WrongRecord, 'id' | 'isClosed'>
  /** Says what is wrong with it, to a list of problems. */
  readonly reportTo: (problems: Problem[]) => Report
}

/** A record that no article came of. */
export interface WrongRecord {
  /** As the record says it. */
  readonly id?: string | undefined
  readonly isOneOfSeveral: boolean
  /** Whether it says that its article is to be in no feed. */
  readonly isClosed: boolean
}

export function wrongOf({ checked, unchecked, isOneOfSeveral }: FoundRecord): WrongRecord {
  if (checked === undefined) return { isClosed: false, ...unchecked, isOneOfSeveral }
  const isClosed = checked.draft === true || checked.withdrawn !== undefined
  return { id: checked.id, isClosed, isOneOfSeveral }
}

/** What is known of the site that files are written for, and applies to each of them. */
export interface Habits {
  readonly generator: Generator | undefined
  readonly inside: readonly string[]
  readonly languages: readonly string[]
  readonly ownLanguage: string | undefined
  readonly languageFolders: readonly LanguageFolder[]
  readonly defaults: readonly Default[]
}

/** A file that is being read. */
interface Reading extends Habits {
  /** Path under the content folder. */
  readonly file: string
  readonly problems: Problem[]
}

export const NO_HABITS: Habits = {
  generator: undefined,
  inside: [],
  languages: [],
  ownLanguage: undefined,
  languageFolders: [],
  defaults: [],
}

/** Every record of a file, right or wrong; what is wrong is added to the problems. */
export function readRecords(
  file: string,
  source: Source,
  habits: Habits,
  problems: Problem[],
): FoundRecord[] {
  const reading = { file, problems, ...habits }
  return orProblem(reading, undefined, () =>
    /\.(json|ndjson|jsonl)$/i.test(file)
      ? readJsonRecords(reading, source.text())
      : readMatter(reading, source),
  )
}

/** Hugo, up to 0.151, and Jekyll take the last of a key's values without a word; a theme's own example had one twice. */
const REPEATS: ReadonlySet<Generator | undefined> = new Set(['hugo', 'jekyll'])

function readMatter(reading: Reading, source: Source): FoundRecord[] {
  const { file, generator, problems } = reading
  const { parted } = source
  if (generator !== undefined && parted === undefined && !hasFrontMatter(source.text())) {
    const sentence = 'Has no front matter: it is no article.'
    problems.push(problem('no-article', { file, sentence }))
    return []
  }
  const { body, ...front } = parted ?? splitFrontMatter(source.text())
  const { language } = front
  const tellRepeated: OnRepeated = (field, place) => {
    const sentence = 'stands more than once, and the last counts.'
    problems.push(problem('unread-value', { file, ...place, field, sentence }))
  }
  const located = valuesOf(front, REPEATS.has(generator) ? tellRepeated : undefined)
  const reportTo = reporter(file, located)
  const below: Form['below'] = (markdown) => {
    const form = /\.html?$/i.test(file) ? 'html' : markdown
    return typeof body === 'string' ? { form, source: body } : bodyInBytes(form, body)
  }
  // Empty front matter is enough in Jekyll, where the file's name has the day.
  return [found(reading, located.value ?? {}, reportTo, { language, below })]
}

function readJsonRecords(reading: Reading, text: string): FoundRecord[] {
  if (isOneALine(text)) {
    const { file, problems } = reading
    return text
      .split('\n')
      .flatMap((line, at) =>
        line.trim() === '' ? [] : readLine(file, () => line, at + 1, reading, problems),
      )
  }
  const located = readJson(text)
  const { value } = located
  const { file } = reading
  if (!Array.isArray(value))
    return [found(reading, value, reporter(file, located), { language: 'json' })]
  return value.map((one, at) =>
    found(reading, one, reporter(file, located, [at]), { language: 'json', isOneOfSeveral: true }),
  )
}

/**
 * The record of one line, right or wrong.
 * @param textOf throws UnreadableSource where the line is no text.
 */
export function readLine(
  file: string,
  textOf: () => string,
  number: number,
  habits: Habits,
  problems: Problem[],
): FoundRecord[] {
  const reading = { file, problems, ...habits }
  return orProblem(reading, number, () => {
    const located = readJson(textOf(), number)
    const reportTo = reporter(file, located)
    return [found(reading, located.value, reportTo, { language: 'json', isOneOfSeveral: true })]
  })
}

/** Whether a text is NDJSON: its first line is a whole record, and more lines follow. */
function isOneALine(text: string): boolean {
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

interface Form {
  readonly language: MatterLanguage
  /** The body, where it stands below the record rather than in it. */
  readonly below?: (markdown: MarkdownForm) => BodySource
  readonly isOneOfSeveral?: boolean
}

function found(
  reading: Reading,
  value: unknown,
  reportTo: FoundRecord['reportTo'],
  { language, below, isOneOfSeveral = false }: Form,
): FoundRecord {
  const { file, defaults, problems } = reading
  const given = fieldsOf(value, reportTo(problems))
  const fields = given && withDefaults(given, file, defaults, reading.generator)
  const generator = reading.generator ?? (fields && guessGenerator(fields, language, file))
  const place = { ...reading, generator }
  const ofFile = nameOf(place)
  const translation = fields && translate(fields, place, ofFile)
  const reportAsWritten =
    given && translation ? reporterAsWritten(reading, given, translation, reportTo) : reportTo
  let isClosed = CLOSING.some((field) => Boolean(translation?.fields.get(field)))
  const isGrave = (meant: string, slipped: unknown) => {
    const isSlip = isGraveSlip(meant, slipped)
    isClosed ||= isSlip && CLOSING.includes(meant) && Boolean(slipped)
    return isSlip
  }
  const checked =
    translation &&
    checkRecord(
      articleRecord,
      translation.fields,
      reportAsWritten(problems),
      isGrave,
      translation.isSpare,
    )
  const { name } = ofFile
  const markdown = MARKDOWN[generator ?? 'unknown']
  return {
    file,
    checked,
    written: fields ?? {},
    ...(checked === undefined && {
      unchecked: { id: idIn(translation?.fields.get('id')), isClosed },
    }),
    body: below?.(markdown) ?? bodyOf(checked, markdown),
    // The name of a file of several records names none of them.
    name: isOneOfSeveral ? (checked?.id ?? checked?.title ?? name) : name,
    isOneOfSeveral,
    generator,
    translation: ofFile.language,
    reportTo: reportAsWritten,
  }
}

/** Reports fields by the names in the file, or tells what other file gives them. */
function reporterAsWritten(
  { file, defaults }: Reading,
  given: Values,
  { whence }: Translation,
  reportTo: FoundRecord['reportTo'],
): FoundRecord['reportTo'] {
  return (problems) => {
    const report = reportTo(problems)
    return (kind, path, sentence, spot) => {
      const written = whence(path)
      const giver = giverOf(String(written[0]), given, file, defaults)
      if (giver === undefined) return report(kind, written, sentence, spot)
      // No line of this file is wrong, but it is this file's article.
      const field = fieldName(written)
      const told = { file, field, sentence: `${sentence} It comes from ${giver}.` }
      problems.push(problem(kind, told))
    }
  }
}

/** Fields that keep an article out of the feeds, whatever else is wrong with its record. */
const CLOSING = ['draft', 'withdrawn']

function idIn(value: unknown): string | undefined {
  return articleRecord.shape.id.safeParse(value).data
}

/** Whether a misspelt field would have kept its article out of the feeds: that must not publish it. */
function isGraveSlip(meant: string, value: unknown): boolean {
  switch (meant) {
    case 'draft':
      return typeof value === 'boolean' || /^(true|false|yes|no|on|off)$/i.test(String(value))
    case 'published':
    case 'expires':
      return /^\s*\d{4}\D/.test(String(value))
    default:
      return meant === 'withdrawn'
  }
}

function bodyOf(record: ArticleRecord | undefined, markdown: MarkdownForm): BodySource {
  if (record?.html !== undefined) return { form: 'html', source: record.html }
  if (record?.markdown !== undefined) return { form: markdown, source: record.markdown }
  return { form: 'text', source: record?.text ?? '' }
}

/** @param line for a problem that doesn't tell its own. */
function orProblem(
  { file, problems }: Reading,
  line: number | undefined,
  read: () => FoundRecord[],
): FoundRecord[] {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof UnreadableSource)) throw error
    problems.push({ ...(line === undefined ? {} : { line }), ...unreadable(file, error) })
    return []
  }
}
