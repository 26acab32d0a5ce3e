// A record as a Markdown file: its fields checked one by one, its front matter, its body, its name.
import { Document, isScalar, visit, YAMLSeq } from 'yaml'
import { UnfitBody } from '../content/bodies/tree.ts'
import { articleRecord, LONGEST_LIST } from '../content/records/record.ts'
import { cleanText, cleanValue } from '../content/syntax/text.ts'
import { isAddressable, sectionTerm, slug } from '../domain/category.ts'
import { readMoment } from '../domain/time.ts'
import { count, type Facts, type Found, type Tally } from './imported.ts'
import { bodyMarkdown } from './markdown.ts'

/** An article as it will be written; its body is made when it is asked for. */
export interface RecordFile {
  /** What the file should be called, without its ending. */
  readonly name: string
  /** What tells it from every other record of one folder. */
  readonly key: string
  readonly title: string
  readonly remarks: readonly string[]
  /** @throws NoRecord */
  readonly text: () => string
}

/** What no record can be made of; the message says why. */
export class NoRecord extends Error {}

/** Characters of a file's name that come from a title, and their bytes: file systems take 255. */
const LONGEST_NAME = 60
const MOST_BYTES = 200
const FIELDS = Object.keys(articleRecord.shape) as (keyof Facts)[]
/** The order of fields in a file: what an editor looks for first stands first. */
const ORDER: readonly (keyof Facts)[] = ['title', ...FIELDS.filter((name) => name !== 'title')]

/** The file of what was found. A field that a record can't hold is left out and counted. */
export function recordFile(found: Found, unplaced: Tally): RecordFile {
  const { facts, remarks } = settle(found, unplaced)
  return {
    name: nameOf(facts),
    key: keyOf(facts),
    title: facts.title ?? facts.slug ?? facts.url ?? 'without a title',
    remarks: [...remarks, ...(found.remarks ?? [])],
    text() {
      const body = writeBody(found, unplaced).trim()
      if (facts.title === undefined && facts.summary === undefined && body === '') {
        throw new NoRecord('It has neither a title nor a text.')
      }
      return cleanText(`---\n${frontMatter(facts)}---\n${body === '' ? '' : `${body}\n`}`)
    },
  }
}

/** An id tells records apart; else the address does, else the moment and the title. */
export function keyOf({ id, url, published, title }: Facts): string {
  return JSON.stringify(id ?? url ?? [published, title])
}

function writeBody({ body, base }: Found, unplaced: Tally): string {
  try {
    return bodyMarkdown(body, base, unplaced)
  } catch (error) {
    if (error instanceof UnfitBody) throw new NoRecord(`${error.message}.`)
    throw error
  }
}

function settle(found: Found, unplaced: Tally): { facts: Facts; remarks: string[] } {
  const remarks: string[] = []
  const cleaned = cleanValue(found.facts) as Facts
  // Some systems write the name of a locale, `zh_CN`.
  const language = cleaned.language?.trim().replaceAll('_', '-')
  const facts = checked({ ...cleaned, language }, unplaced)
  const { published, updated } = facts
  const instant = (written: string | undefined) =>
    written === undefined ? undefined : readMoment(written, 'UTC')
  const [first, last] = [instant(published), instant(updated)]
  if (first === undefined) {
    delete facts.published
    facts.draft = true
    remarks.push('It has no date that could be placed, and is a draft: fill in "published".')
  } else if (last !== undefined && last <= first) {
    if (last < first) count(unplaced, 'updated before published')
    delete facts.updated
  }
  if (facts.sections?.length === 1) {
    facts.section = facts.sections[0]
    delete facts.sections
  }
  return { facts, remarks }
}

/** The fields that a record can hold, each list without the values that it can't. */
function checked(facts: Facts, unplaced: Tally): Facts {
  const kept: Record<string, unknown> = {}
  for (const field of FIELDS) {
    const value = facts[field]
    if (value === undefined || value === null) continue
    const schema = articleRecord.shape[field]
    const good = (one: unknown) => schema.safeParse(one).success && isAddressed(field, one)
    if (good(value)) kept[field] = value
    else if (Array.isArray(value)) {
      const fit = value.filter((one) => good([one])).slice(0, LONGEST_LIST)
      count(unplaced, `${field} that a record can't hold`, value.length - fit.length)
      if (fit.length > 0) kept[field] = fit
    } else count(unplaced, `${field} that a record can't hold`)
  }
  return kept as Facts
}

/** A term with a feed of its own needs something that can stand in an address. */
function isAddressed(field: keyof Facts, value: unknown): boolean {
  const name = (one: unknown) => (typeof one === 'string' ? one : (one as { name: string }).name)
  if (field === 'slug') return isAddressable(slug(String(value).replaceAll('/', '-')))
  if (field === 'tags' || field === 'authors') {
    return (value as unknown[]).every((one) => isAddressable(slug(name(one))))
  }
  if (field === 'sections') {
    return (value as string[][]).every((levels) => {
      const term = sectionTerm(levels)
      return isAddressable(term) && term.split('/').length === levels.length
    })
  }
  return true
}

function frontMatter(facts: Facts): string {
  const ordered = ORDER.filter((field) => facts[field] !== undefined).map((field) => [
    field,
    field === 'authors' ? facts.authors?.map(nameAlone) : facts[field],
  ])
  const document = new Document(Object.fromEntries(ordered))
  visit(document, {
    Seq(_, seq) {
      if (seq instanceof YAMLSeq && seq.items.every((item) => isScalar(item))) seq.flow = true
    },
  })
  return document.toString({ lineWidth: 0, flowCollectionPadding: false })
}

function nameAlone(person: NonNullable<Facts['authors']>[number]) {
  return typeof person === 'object' && Object.keys(person).length === 1 ? person.name : person
}

/** `2026-03-09-quay`: letters, digits and hyphens alone, so that every system and address can carry it. */
function nameOf({ slug: named, title, url, id, published }: Facts): string {
  const words = [named, title, url?.replace(/^https?:\/\//, ''), id]
    .map((text) => plain(text ?? ''))
    .find((text) => text !== '')
  const day = published?.trim().slice(0, 10).replaceAll('/', '-')
  if (day !== undefined) return `${day}-${words ?? 'article'}`
  // Without a date in front, it must not be `index`, its folder's own page, nor the name of a device on Windows.
  return words === undefined || /^(index|con|prn|aux|nul|(com|lpt)\d)$/.test(words)
    ? `article-${words ?? ''}`.replace(/-$/, '')
    : words
}

function plain(text: string): string {
  const signs = slug(text)
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
  const characters = [...signs].slice(0, LONGEST_NAME)
  while (Buffer.byteLength(characters.join('')) > MOST_BYTES) characters.pop()
  return characters.join('').replace(/-$/, '')
}
