// A record as another generator's users write it, said in Gazette's own fields.
import type { FieldPath } from '../problem.ts'
import type { FileName, Place } from './generator.ts'
import { isMap, type Values } from './maps.ts'
import { NAMES, plainName, RESTRICTED, SPARE, UNPUBLISHED } from './names.ts'
import { readPeople } from './people.ts'
import { readPictures } from './pictures.ts'
import { type Field, follow, type Named, type Shape, shapeOf, stepsOf } from './shape.ts'
import { folderSections, readSections, readTags } from './terms.ts'
import { isDirective, isNothing, isSwitch, isText, readLanguage, readYesNo } from './values.ts'

export interface Translation {
  /** Our fields, and unknown ones. */
  readonly fields: ReadonlyMap<string, unknown>
  /** The path in the record of a path in our fields. */
  readonly whence: (path: FieldPath) => FieldPath
  /** Whether a wrong value of a field is passed over, since it was written for somebody else. */
  readonly isSpare: (field: string) => boolean
}

type Put = (field: string, value: unknown, from?: FieldPath) => void

/**
 * Values that have our own shape are left as they are, for the record's schema to judge.
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
  const put: Put = (field, value, from) => {
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
      // A map says how to make a page; Zola's `path` needn't have its slashes.
      if (isMap(value) && name !== 'url') return undefined
      return readAddress(name === 'path' ? `/${value}/`.replace(/\/{2,}/g, '/') : value, place)
    default:
      return value
  }
}

/** `published: false` is no date. */
function isGate(field: Field, value: unknown): boolean {
  return field === 'published' && readYesNo(value) !== undefined
}

/** `from` or `source` names whom an article was taken from, `fromUrl` or `sourceUrl` its address there. */
function readSource(value: unknown, named: Named): unknown {
  if (!isText(value)) return value
  const at = (name: string) => follow(named, [name])?.value
  const url = at('fromurl') ?? at('sourceurl') ?? value
  if (!isText(url) || !URL.canParse(url)) return [value]
  const title = [at('from'), at('source')].find((one) => isText(one) && !URL.canParse(one))
  return [{ title: title ?? new URL(url).hostname, url }]
}

/** Jekyll's names for patterns. */
const PERMALINK_STYLES = new Set(['date', 'pretty', 'ordinal', 'weekdate', 'none'])

/** A whole address, or a path on the site; nothing of a pattern or a `false`. */
function readAddress(value: unknown, { generator }: Place): unknown {
  if (typeof value !== 'string') return typeof value === 'boolean' ? undefined : value
  if (/^[a-z][a-z\d+.-]*:/i.test(value)) return value
  if (/(^|\/):\w|\{/.test(value) || PERMALINK_STYLES.has(value)) return undefined
  // What begins like a host's name, or is one name alone, may be an address without its `https://`.
  const mayBeHost = generator === undefined && /^[^/]*(?:\.[a-z]{2,}\/|$)/i.test(value)
  return value.startsWith('/') || mayBeHost ? value : `/${value}`
}

/** A body whose form is not told: HTML if it has an element, else Markdown. */
function putBody(named: Named, put: Put): void {
  const found = ['content', 'body']
    .map((name) => follow(named, [name]))
    .find((one) => isText(one?.value))
  if (found === undefined || ['html', 'markdown', 'text'].some((form) => named.keys.has(form)))
    return
  put(/<[a-z][^<>]*>/i.test(String(found.value)) ? 'html' : 'markdown', found.value, found.path)
}

function putContributors(named: Named, known: Shape['contributors'], put: Put): void {
  if (named.keys.has('contributors')) return
  const contributors = known.flatMap(([name, role]) => {
    const found = follow(named, name)
    return found === undefined
      ? []
      : (readPeople(found.value) ?? []).map((person) => ({ ...person, role }))
  })
  if (contributors.length > 0) put('contributors', contributors)
}

const IDS = NAMES.id.map(stepsOf)

/** The permalink is the id of a record without one: it names the article best, even if its name says otherwise. */
function putId(named: Named, place: Place, put: Put): void {
  if (IDS.some((name) => !isNothing(follow(named, name)?.value))) return
  const address = readAddress(follow(named, ['permalink'])?.value, place)
  if (typeof address === 'string') put('id', address)
}

const BUILT = ['build.list', '_build.list', 'build.render', '_build.render'].map(stepsOf)

function putGate(named: Named, closers: Shape['closers'], { file }: Place, put: Put): void {
  const draft = follow(named, ['draft'])
  if (isClosed(named, closers) || file.split('/').includes('_drafts')) put('draft', true)
  else if (draft !== undefined) put('draft', readYesNo(draft.value) ?? draft.value, draft.path)
}

/** Whether a record says by another name than `draft` that it is not for everybody. */
function isClosed(named: Named, closers: Shape['closers']): boolean {
  const at = (name: string) => follow(named, [name])?.value
  const isOneOf = (name: string, values: readonly string[]) => {
    const value = at(name)
    return isText(value) && values.includes(value.trim().toLowerCase())
  }
  const isShut = closers.some(
    ([name, steps, shuts]) => name !== 'draft' && readYesNo(follow(named, steps)?.value) === shuts,
  )
  const sitemap = at('sitemap')
  const password = at('password')
  return (
    isShut ||
    isOneOf('status', UNPUBLISHED) ||
    isOneOf('visibility', [...UNPUBLISHED, ...RESTRICTED]) ||
    (isMap(sitemap) && [sitemap.disable, sitemap.exclude].includes(true)) ||
    (!isNothing(password) && readYesNo(password) !== false) ||
    // The digests of passwords.
    [at('keys')].flat().some((key) => /^[\da-f]{32}$/i.test(String(key))) ||
    BUILT.some((steps) => ['never', false].includes(follow(named, steps)?.value as never))
  )
}
