// A record as another generator's users write it, said in Gazette's own fields.
import { remembered } from '../../domain/remembered.ts'
import type { FieldPath } from '../problem.ts'
import type { FileName, Place } from './generator.ts'
import { isMap } from './maps.ts'
import { GATES, IGNORED, NAMES, plainName, RESTRICTED, ROLES, SPARE, UNPUBLISHED } from './names.ts'
import { readPeople } from './people.ts'
import { readPictures } from './pictures.ts'
import { folderSections, readSections, readTags } from './terms.ts'
import { isDirective, isNothing, isSwitch, isText, readLanguage, readYesNo } from './values.ts'

export interface Translation {
  /** Our fields, and those that nobody knows. */
  readonly fields: ReadonlyMap<string, unknown>
  /** Where a place in our fields stands in the record. */
  readonly whence: (path: FieldPath) => FieldPath
  /** Whether a wrong value of a field is left alone, since it was written for somebody else. */
  readonly isSpare: (field: string) => boolean
}

type Field = keyof typeof NAMES
type Values = Readonly<Record<string, unknown>>

/**
 * Values of our fields are left as they are where they have our shape already; the record's schema judges them.
 * @param day of the file's name, and its language.
 */
export function translate(
  values: Values,
  place: Place,
  { day, language }: Pick<FileName, 'day' | 'language'>,
): Translation {
  const shape = shapeOf(JSON.stringify(Object.keys(values)))
  const named = { keys: shape.keys, values }
  const fields = new Map<string, unknown>()
  const sources = new Map<string, FieldPath>()
  const put = (field: string, value: unknown, from?: FieldPath) => {
    if (isNothing(value)) return
    fields.set(field, value)
    if (from !== undefined) sources.set(field, from)
  }
  for (const [field, names] of shape.fields) {
    for (const steps of names) {
      const found = follow(named, steps)
      if (found === undefined || isNothing(found.value) || isGate(field, found.value)) continue
      const name = plainName(String(found.path.at(-1)))
      const isForeign = place.generator !== undefined || name !== field
      if (isForeign && isSwitch(field, found.value)) continue
      const value = shaped(field, found.value, named, place, name)
      if (isNothing(value)) continue
      put(field, value, found.path)
      break
    }
  }
  const published = fields.get('published')
  if (published === undefined || isDirective(published)) put('published', day)
  if (isDirective(fields.get('updated'))) fields.delete('updated')
  if (!fields.has('language')) put('language', language)
  const ofFolder = folderSections(place) ?? []
  const own = fields.get('sections')
  if (ofFolder.length > 0) put('sections', [...ofFolder, ...(Array.isArray(own) ? own : [])])
  putContributors(named, shape.contributors, put)
  putId(named, place, put)
  putGate(named, shape.closers, place, put)
  putBody(named, put)
  for (const key of shape.unknown) put(key, values[key], [key])
  return {
    fields,
    whence: ([first, ...inner]) =>
      first === undefined ? [] : [...(sources.get(String(first)) ?? [first]), ...inner],
    isSpare: (field) =>
      SPARE.has(field) &&
      (place.generator !== undefined || plainName(String(sources.get(field)?.at(-1))) !== field),
  }
}

function shaped(field: Field, value: unknown, named: Named, place: Place, name: string): unknown {
  switch (field) {
    case 'tags':
      return readTags(value, place)
    case 'sections':
      return readSections(value, place, name)
    case 'authors':
      return readPeople(value)
    case 'pictures':
      return name === 'pictures'
        ? value
        : readPictures(value, (name) => follow(named, stepsOf(name))?.value)
    case 'sources':
      return readSource(value, named)
    case 'rights':
      return isMap(value) ? value : { copyright: value }
    case 'language':
      return name === 'language' && place.generator === undefined ? value : readLanguage(value)
    case 'url':
      // A map says how to make a page, and a path of Zola's stands alone.
      if (isMap(value) && name !== 'url') return undefined
      return readAddress(name === 'path' ? `/${value}/`.replace(/\/{2,}/g, '/') : value, place)
    default:
      return value
  }
}

/** Values, and their keys by plain names; the first of several spellings counts. */
interface Named {
  readonly keys: ReadonlyMap<string, string>
  readonly values: Values
}

function byPlainName(keys: readonly string[]): ReadonlyMap<string, string> {
  const named = new Map<string, string>()
  for (const key of keys) {
    const name = plainName(key)
    if (!named.has(name)) named.set(name, key)
  }
  return named
}

/** The plain names that a name of the tables leads through. */
type Steps = readonly [outer: string, inner?: string]

function stepsOf(name: string): Steps {
  const [outer = '', ...inner] = name.split('.').map(plainName)
  return [outer, ...inner] as unknown as Steps
}

const FIELDS = (Object.keys(NAMES) as Field[]).map(
  (field) => [field, NAMES[field].map(stepsOf)] as const,
)
const CONTRIBUTORS = Object.entries(ROLES).map(([name, role]) => [stepsOf(name), role] as const)
const CLOSERS = Object.entries(GATES).map(([name, shuts]) => [name, stepsOf(name), shuts] as const)
const IDS = NAMES.id.map(stepsOf)
const BUILT = ['build.list', '_build.list', 'build.render', '_build.render'].map(stepsOf)

/**
 * What of the tables a record's names can lead to, as its names alone tell: thousands of records have the same. Looking
 * through the whole tables for each took three quarters of the time.
 * @param written the names, as a list in JSON.
 */
const shapeOf = remembered(500, (written) => {
  const names: readonly string[] = JSON.parse(written)
  const keys = byPlainName(names)
  const leads = ([outer]: Steps) => keys.has(outer)
  return {
    keys,
    fields: FIELDS.map(([field, steps]) => [field, steps.filter(leads)] as const).filter(
      ([, steps]) => steps.length > 0,
    ),
    contributors: CONTRIBUTORS.filter(([steps]) => leads(steps)),
    closers: CLOSERS.filter(([, steps]) => leads(steps)),
    unknown: names.filter((key) => !isKnown(key)),
  }
})

type Shape = ReturnType<typeof shapeOf>

function follow(
  { keys, values }: Named,
  [outer, inner]: Steps,
): { readonly value: unknown; readonly path: FieldPath } | undefined {
  const key = keys.get(outer)
  if (key === undefined) return undefined
  const value = values[key]
  if (inner === undefined) return { value, path: [key] }
  if (!isMap(value)) return undefined
  const below = byPlainName(Object.keys(value)).get(inner)
  return below === undefined ? undefined : { value: value[below], path: [key, below] }
}

/** `published: false` is no date. */
function isGate(field: Field, value: unknown): boolean {
  return field === 'published' && readYesNo(value) !== undefined
}

/** `from` names whom an article was taken from, `fromUrl` the place there. */
function readSource(value: unknown, named: Named): unknown {
  if (!isText(value)) return value
  const url = follow(named, ['fromurl'])?.value ?? value
  if (!isText(url) || !URL.canParse(url)) return [value]
  const from = follow(named, ['from'])?.value
  return [{ title: isText(from) ? from : new URL(url).hostname, url }]
}

/** Jekyll's names for patterns. */
const PERMALINK_STYLES = new Set(['date', 'pretty', 'ordinal', 'weekdate', 'none'])

/** A whole address, or a path on the site; a pattern or a `false` is neither. */
function readAddress(value: unknown, { generator }: Place): unknown {
  if (typeof value !== 'string') return typeof value === 'boolean' ? undefined : value
  if (/^[a-z][a-z\d+.-]*:/i.test(value)) return value
  if (/(^|\/):\w|\{/.test(value) || PERMALINK_STYLES.has(value)) return undefined
  // What begins as a host's name does, or is a name alone, may be one that somebody forgot the `https://` of.
  const mayBeHost = generator === undefined && /^[^/]*(?:\.[a-z]{2,}\/|$)/i.test(value)
  return value.startsWith('/') || mayBeHost ? value : `/${value}`
}

/** A body that nobody says the form of: HTML where it has an element, else Markdown. */
function putBody(
  named: Named,
  put: (field: string, value: unknown, from: FieldPath) => void,
): void {
  const found = ['content', 'body']
    .map((name) => follow(named, [name]))
    .find((one) => isText(one?.value))
  if (found === undefined || ['html', 'markdown', 'text'].some((form) => named.keys.has(form)))
    return
  put(/<[a-z][^<>]*>/i.test(String(found.value)) ? 'html' : 'markdown', found.value, found.path)
}

function putContributors(
  named: Named,
  known: Shape['contributors'],
  put: (field: string, value: unknown) => void,
): void {
  if (named.keys.has('contributors')) return
  const contributors = known.flatMap(([name, role]) => {
    const found = follow(named, name)
    return found === undefined
      ? []
      : (readPeople(found.value) ?? []).map((person) => ({ ...person, role }))
  })
  if (contributors.length > 0) put('contributors', contributors)
}

/** What an article was given for good names it best, even where it is no id by its name. */
function putId(named: Named, place: Place, put: (field: string, value: unknown) => void): void {
  if (IDS.some((name) => !isNothing(follow(named, name)?.value))) return
  const address = readAddress(follow(named, ['permalink'])?.value, place)
  if (typeof address === 'string') put('id', address)
}

function putGate(
  named: Named,
  closers: Shape['closers'],
  { file }: Place,
  put: (field: string, value: unknown, from?: FieldPath) => void,
): void {
  const closed = closers.find(([name, steps, shuts]) => {
    const value = follow(named, steps)?.value
    return value !== undefined && name !== 'draft' && readYesNo(value) === shuts
  })?.[0]
  const isOneOf = (name: string, values: readonly string[]) => {
    const value = follow(named, [name])?.value
    return isText(value) && values.includes(value.trim().toLowerCase())
  }
  const keys = follow(named, ['keys'])?.value
  const sitemap = follow(named, ['sitemap'])?.value
  const password = follow(named, ['password'])?.value
  if (
    closed !== undefined ||
    isOneOf('status', UNPUBLISHED) ||
    isOneOf('visibility', [...UNPUBLISHED, ...RESTRICTED]) ||
    (isMap(sitemap) && [sitemap.disable, sitemap.exclude].some((value) => value === true)) ||
    (!isNothing(password) && readYesNo(password) !== false) ||
    // The digests of passwords.
    [keys].flat().some((key) => /^[\da-f]{32}$/i.test(String(key))) ||
    BUILT.some((name) => ['never', false].includes(follow(named, name)?.value as never)) ||
    file.split('/').includes('_drafts')
  ) {
    put('draft', true)
    return
  }
  const draft = follow(named, ['draft'])
  if (draft !== undefined) put('draft', readYesNo(draft.value) ?? draft.value, draft.path)
}

const KNOWN: ReadonlySet<string> = new Set(
  [
    ...Object.values(NAMES).flat(),
    ...Object.keys(ROLES),
    ...Object.keys(GATES),
    ...IGNORED,
    'body',
    'content',
    'password',
    'keys',
    'image_alt',
    'image_caption',
    'image_credit',
  ].map((name) => plainName(name.split('.')[0] as string)),
)

function isKnown(key: string): boolean {
  return KNOWN.has(plainName(key))
}
