// A record as another generator's users write it, said in Gazette's own fields.
import type { FieldPath } from '../problem.ts'
import { nameOf, type Place } from './generator.ts'
import { GATES, IGNORED, NAMES, plainName, ROLES, UNPUBLISHED } from './names.ts'
import { readPeople } from './people.ts'
import { readPictures } from './pictures.ts'
import { folderSections, readSections, readTags } from './terms.ts'

export interface Translation {
  /** Our fields, and those that nobody knows. */
  readonly fields: Readonly<Record<string, unknown>>
  /** Where a place in our fields stands in the record. */
  readonly whence: (path: FieldPath) => FieldPath
}

type Field = keyof typeof NAMES
type Values = Readonly<Record<string, unknown>>

/** Values of our fields are left as they are where they have our shape already; the record's schema judges them. */
export function translate(values: Values, place: Place): Translation {
  const named = byPlainName(values)
  // Without a prototype, `__proto__` is a field like any other.
  const fields: Record<string, unknown> = Object.create(null)
  const sources = new Map<string, FieldPath>()
  const put = (field: string, value: unknown, from?: FieldPath) => {
    if (isNothing(value)) return
    fields[field] = value
    if (from !== undefined) sources.set(field, from)
  }
  for (const [field, names] of FIELDS) {
    const found = firstOf(field, names, named)
    if (found !== undefined) {
      const name = plainName(String(found.path.at(-1)))
      put(field, shape(field, found.value, named, place, name), found.path)
    }
  }
  const { day, language } = nameOf(place)
  if (fields.published === undefined || isDirective(fields.published)) put('published', day)
  if (fields.language === undefined) put('language', language)
  const ofFolder = folderSections(place) ?? []
  const own = Array.isArray(fields.sections) ? fields.sections : []
  if (ofFolder.length > 0) put('sections', [...ofFolder, ...own])
  putContributors(named, put)
  putId(named, place, put)
  putGate(named, place, put)
  putBody(named, put)
  for (const [key, value] of Object.entries(values)) if (!isKnown(key)) put(key, value, [key])
  return {
    fields,
    whence: ([first, ...inner]) =>
      first === undefined ? [] : [...(sources.get(String(first)) ?? [first]), ...inner],
  }
}

function shape(field: Field, value: unknown, named: Named, place: Place, name: string): unknown {
  switch (field) {
    case 'tags':
      return readTags(value, place)
    case 'sections':
      return readSections(value, place, name)
    case 'authors':
      return readPeople(value)
    case 'pictures':
      return named.has('pictures')
        ? value
        : readPictures(value, (name) => lookUp(named, name)?.value)
    case 'sources':
      return readSource(value, named)
    case 'rights':
      return typeof value === 'string' ? { copyright: value } : value
    case 'url':
      return readAddress(name === 'path' ? `/${value}/`.replace(/\/{2,}/g, '/') : value, place)
    default:
      return value
  }
}

/** Values by their plain names; the first of several spellings counts. */
type Named = ReadonlyMap<string, { readonly value: unknown; readonly path: FieldPath }>

function byPlainName(values: Values): Named {
  const named = new Map<string, { value: unknown; path: FieldPath }>()
  for (const [key, value] of Object.entries(values)) {
    const name = plainName(key)
    if (!named.has(name)) named.set(name, { value, path: [key] })
  }
  return named
}

/** The plain names that a name of the tables leads through. */
type Steps = readonly [outer: string, inner?: string]

function stepsOf(name: string): Steps {
  const [outer = '', ...inner] = name.split('.').map(plainName)
  return [outer, ...inner] as unknown as Steps
}

/** The table of names, as every record is looked through for them. */
const FIELDS = (Object.keys(NAMES) as Field[]).map(
  (field) => [field, NAMES[field].map(stepsOf)] as const,
)
const CONTRIBUTORS = Object.entries(ROLES).map(([name, role]) => [stepsOf(name), role] as const)
const CLOSERS = Object.entries(GATES).map(([name, shuts]) => [name, stepsOf(name), shuts] as const)

function firstOf(field: Field, names: readonly Steps[], named: Named) {
  for (const name of names) {
    const found = follow(named, name)
    if (found !== undefined && !isNothing(found.value) && !isGate(field, found.value)) return found
  }
  return undefined
}

function lookUp(named: Named, name: string) {
  return follow(named, stepsOf(name))
}

function follow(named: Named, [outer, inner]: Steps) {
  const found = named.get(outer)
  if (inner === undefined || found === undefined) return found
  if (!isMap(found.value)) return undefined
  const below = byPlainName(found.value).get(inner)
  return below && { value: below.value, path: [...found.path, ...below.path] }
}

/** What Eleventy takes a date from: the file's times, or git's, which a copy of the folder doesn't have. */
function isDirective(value: unknown): boolean {
  return /^(git )?(created|last modified)$/i.test(String(value))
}

/** `published: false` is no date. */
function isGate(field: Field, value: unknown): boolean {
  return field === 'published' && readYesNo(value) !== undefined
}

/** `from` names whom an article was taken from, `fromUrl` the place there. */
function readSource(value: unknown, named: Named): unknown {
  if (!isText(value)) return value
  const url = lookUp(named, 'fromUrl')?.value ?? value
  if (!isText(url) || !URL.canParse(url)) return [value]
  const from = lookUp(named, 'from')?.value
  return [{ title: isText(from) ? from : new URL(url).hostname, url }]
}

/** Jekyll's names for patterns. */
const PERMALINK_STYLES = new Set(['date', 'pretty', 'ordinal', 'weekdate', 'none'])

/** A whole address, or a path on the site; a pattern or a `false` is neither. */
function readAddress(value: unknown, { generator }: Place): unknown {
  if (typeof value !== 'string') return typeof value === 'boolean' ? undefined : value
  if (/^[a-z][a-z\d+.-]*:/i.test(value)) return value
  if (/(^|\/):\w|\{/.test(value) || PERMALINK_STYLES.has(value)) return undefined
  // A name without a path may be a host that somebody forgot the `https://` of.
  const isPath = value.startsWith('/') || (!value.includes('/') && generator === undefined)
  return isPath ? value : `/${value}`
}

/** A body that nobody says the form of: HTML where it has an element, else Markdown. */
function putBody(
  named: Named,
  put: (field: string, value: unknown, from: FieldPath) => void,
): void {
  const found = ['content', 'body'].map((name) => named.get(name)).find((one) => isText(one?.value))
  if (found === undefined || ['html', 'markdown', 'text'].some((form) => named.has(form))) return
  put(/<[a-z][^<>]*>/i.test(String(found.value)) ? 'html' : 'markdown', found.value, found.path)
}

function putContributors(named: Named, put: (field: string, value: unknown) => void): void {
  if (named.has('contributors')) return
  const contributors = CONTRIBUTORS.flatMap(([name, role]) => {
    const found = follow(named, name)
    return found === undefined
      ? []
      : (readPeople(found.value) ?? []).map((person) => ({ ...person, role }))
  })
  if (contributors.length > 0) put('contributors', contributors)
}

/** What an article was given for good names it best, even where it is no id by its name. */
function putId(named: Named, place: Place, put: (field: string, value: unknown) => void): void {
  if (NAMES.id.some((name) => !isNothing(lookUp(named, name)?.value))) return
  const address = readAddress(lookUp(named, 'permalink')?.value, place)
  if (typeof address === 'string') put('id', address)
}

function putGate(
  named: Named,
  { file }: Place,
  put: (field: string, value: unknown, from?: FieldPath) => void,
): void {
  const closed = CLOSERS.find(([name, steps, shuts]) => {
    const value = follow(named, steps)?.value
    return value !== undefined && name !== 'draft' && readYesNo(value) === shuts
  })?.[0]
  const status = lookUp(named, 'status')?.value
  const sitemap = lookUp(named, 'sitemap')?.value
  if (
    closed !== undefined ||
    (isText(status) && UNPUBLISHED.includes(status.trim().toLowerCase())) ||
    (isMap(sitemap) && [sitemap.disable, sitemap.exclude].some((value) => value === true)) ||
    ['build', '_build'].some((name) =>
      ['never', false].includes(lookUp(named, `${name}.list`)?.value as never),
    ) ||
    file.split('/').includes('_drafts')
  ) {
    put('draft', true)
    return
  }
  const draft = lookUp(named, 'draft')
  if (draft !== undefined) put('draft', readYesNo(draft.value) ?? draft.value, draft.path)
}

/** Yes and no as YAML 1.1 and people write them. */
function readYesNo(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value
  if (typeof value !== 'string') return undefined
  const word = value.trim().toLowerCase()
  if (['true', 'yes', 'on'].includes(word)) return true
  return ['false', 'no', 'off'].includes(word) ? false : undefined
}

const KNOWN: ReadonlySet<string> = new Set(
  [
    ...Object.values(NAMES).flat(),
    ...Object.keys(ROLES),
    ...Object.keys(GATES),
    ...IGNORED,
    'body',
    'content',
    'image_alt',
    'image_caption',
    'image_credit',
  ].map((name) => plainName(name.split('.')[0] as string)),
)

function isKnown(key: string): boolean {
  return KNOWN.has(plainName(key))
}

function isNothing(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    (Array.isArray(value) && value.every((one) => one === null || one === ''))
  )
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isMap(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
