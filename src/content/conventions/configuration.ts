// The configuration of the generator that a folder belongs to: what it says of the publication.
import type { Person } from '../../domain/article.ts'
import { isLanguageTag } from '../record.ts'
import { isTimeZone } from '../time-zone.ts'
import type { Default } from './defaults.ts'
import { GENERATOR_NAMES, type Generator, type Within } from './generator.ts'
import { addressSettingsOf, permalinksOf } from './patterns.ts'
import { readPeople } from './people.ts'
import type { AddressSettings } from './placeholders.ts'
import { isMap, mapAt, stringAt, type Values, valueAt } from './maps.ts'

/** What a generator's configuration says; what it doesn't say is not there. */
export interface Configuration extends Within {
  readonly generator: Generator
  /** The file it was read from, from the folder it configures. */
  readonly file: string
  readonly title?: string
  readonly description?: string
  readonly url?: string
  readonly timezone?: string
  readonly language?: string
  readonly copyright?: string
  readonly authors?: readonly Person[]
  /** The pattern of an article's address by its outermost folder; under `''` that of all others. */
  readonly permalinks: Readonly<Record<string, string>>
  readonly addressSettings: AddressSettings
  /** The languages that files may be in, by the endings of their names. */
  readonly languages: readonly string[]
  /** Values of all records of a folder, by their paths under the folder that is read. */
  readonly defaults: readonly Default[]
}

/** Where each generator says what; a dot leads into a map. */
const NAMES: Readonly<Record<Generator, Readonly<Record<string, readonly string[]>>>> = {
  hugo: {
    title: ['title'],
    description: ['params.description', 'params.subtitle'],
    url: ['baseURL'],
    timezone: ['timeZone'],
    language: ['locale', 'languageCode', 'defaultContentLanguage'],
    copyright: ['copyright'],
    authors: ['author', 'params.author', 'params.authors'],
  },
  hexo: {
    title: ['title'],
    description: ['description', 'subtitle'],
    url: ['url'],
    timezone: ['timezone'],
    language: ['language'],
    authors: ['author'],
  },
  jekyll: {
    title: ['title', 'name'],
    description: ['description', 'tagline'],
    url: ['url'],
    timezone: ['timezone'],
    language: ['lang', 'locale', 'language'],
    authors: ['author'],
  },
  zola: {
    title: ['title'],
    description: ['description'],
    url: ['base_url'],
    language: ['default_language'],
    authors: ['author', 'extra.author'],
  },
  eleventy: {
    title: ['title', 'name'],
    description: ['description'],
    url: ['url', 'baseUrl', 'siteUrl'],
    language: ['language', 'lang', 'locale'],
    authors: ['author'],
  },
  astro: {},
}

/**
 * What a configuration says.
 * @param values as its file holds them; nothing where the configuration is a program.
 * @param inside folders between the folder that it configures and the one that is read.
 */
export function readConfiguration(
  generator: Generator,
  file: string,
  values: Values | undefined,
  inside: readonly string[],
): Configuration {
  const language = generator === 'hugo' ? languageOf(values ?? {}, inside) : undefined
  const said = { ...values, ...language?.values }
  const text = (name: string) => firstText(said, NAMES[generator][name] ?? [])
  const url = addressOf(generator, said, text('url'))
  const spoken = (language?.name ?? text('language'))?.replaceAll('_', '-')
  const zone = text('timezone')
  const authors = peopleOf(said, NAMES[generator].authors ?? [])
  const facts = {
    title: text('title'),
    description: text('description'),
    url,
    timezone: zone !== undefined && isTimeZone(zone) ? zone : undefined,
    language: spoken !== undefined && isLanguageTag(spoken) ? spoken : undefined,
    copyright: text('copyright'),
    authors: authors.length > 0 ? authors : undefined,
  }
  return {
    generator,
    file,
    ...(Object.fromEntries(
      Object.entries(facts).filter(([, value]) => value !== undefined),
    ) as Partial<Configuration>),
    permalinks: permalinksOf(generator, said),
    addressSettings: addressSettingsOf(generator, said),
    languages: Object.keys(mapAt(said, 'languages')),
    defaults: generator === 'jekyll' ? jekyllDefaults(said, file, inside) : [],
    inside,
    contentFolders: contentFoldersOf(generator, said, language?.contentDir),
  }
}

/** Jekyll's `defaults`: values by `scope`, whose path is from the site's folder. */
function jekyllDefaults(said: Values, from: string, inside: readonly string[]): Default[] {
  const given = Array.isArray(said.defaults) ? said.defaults.filter(isMap) : []
  const here = inside.join('/')
  return given.flatMap(({ scope, values }): Default[] => {
    if (!isMap(values)) return []
    const at = isMap(scope) ? (stringAt(scope, 'path') ?? '').replace(/^\/|\/$/g, '') : ''
    const type = isMap(scope) ? stringAt(scope, 'type') : undefined
    if (type !== undefined && type !== 'posts' && type !== 'drafts') return []
    if (at === '' || here === at || here.startsWith(`${at}/`)) return [{ path: '', values, from }]
    return here === '' || at.startsWith(`${here}/`)
      ? [{ path: here === '' ? at : at.slice(here.length + 1), values, from }]
      : []
  })
}

function addressOf(
  generator: Generator,
  said: Values,
  url: string | undefined,
): string | undefined {
  if (url === undefined || !/^https?:\/\//.test(url) || !URL.canParse(url)) return undefined
  const below = generator === 'hexo' ? said.root : generator === 'jekyll' ? said.baseurl : undefined
  const path = typeof below === 'string' ? below.replace(/^\/|\/$/g, '') : ''
  const base = url.replace(/\/*$/, '/')
  return path === '' || new URL(base).pathname !== '/' ? base : `${base}${path}/`
}

/**
 * Where the content lies: `content/`, or that of a language, `source/_posts/`, `src/content/`. Eleventy's program says
 * it: its users have one of two names, or none.
 */
function contentFoldersOf(
  generator: Generator,
  said: Values,
  ofLanguage: string | undefined,
): string[][] {
  const folders = {
    hugo: [ofLanguage ?? stringAt(said, 'contentDir') ?? 'content'],
    zola: ['content'],
    hexo: [`${stringAt(said, 'source_dir') ?? 'source'}/_posts`],
    jekyll: ['_posts'],
    eleventy: ['src', 'content'],
    astro: ['src/content'],
  }
  return folders[generator].map((folder) => folder.split('/'))
}

/** The language of Hugo's site whose content folder this is, or the only one there is. */
function languageOf(said: Values, inside: readonly string[]) {
  const languages = Object.entries(mapAt(said, 'languages')).map(([name, values]) => {
    const own = isMap(values) ? values : {}
    return {
      name: stringAt(own, 'locale') ?? stringAt(own, 'languageCode') ?? name,
      values: own,
      contentDir: stringAt(own, 'contentDir'),
    }
  })
  const here = inside.join('/')
  return (
    languages.find(
      ({ contentDir }) => contentDir !== undefined && `${here}/`.startsWith(`${contentDir}/`),
    ) ?? (languages.length === 1 ? languages[0] : undefined)
  )
}

function peopleOf(said: Values, names: readonly string[]): Person[] {
  for (const name of names) {
    const value = valueAt(said, name)
    if (typeof value === 'string' && value !== '') return readPeople(value) ?? []
    if (isMap(value) && typeof value.name === 'string') return readPeople(value) ?? []
  }
  return []
}

function firstText(said: Values, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = [valueAt(said, name)].flat()[0]
    if (typeof value === 'string' && value.trim() !== '') return value.trim()
  }
  return undefined
}

/** What was taken from a configuration, for people: `From _config.yml (Hexo): title, url, timezone.` */
export function tellConfiguration(configuration: Configuration): string {
  const { generator, file, permalinks, defaults } = configuration
  const facts = ['title', 'description', 'url', 'timezone', 'language', 'copyright', 'authors']
  const taken = [
    ...facts.filter((fact) => configuration[fact as keyof Configuration] !== undefined),
    ...(Object.keys(permalinks).length > 0 ? ['addresses of articles'] : []),
    ...(defaults.length > 0 ? ['defaults of folders'] : []),
  ]
  const name = GENERATOR_NAMES[generator]
  return taken.length === 0
    ? `${file} (${name}) is a program, which is not run: --title, --url, --timezone and --language say what it would.`
    : `From ${file} (${name}): ${taken.join(', ')}.`
}
