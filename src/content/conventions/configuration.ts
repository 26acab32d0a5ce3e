// The configuration of the generator that a folder belongs to: what it says of the publication.
import type { Person } from '../../domain/article.ts'
import { isLanguageTag, person } from '../records/record.ts'
import { isTimeZone } from '../site/time-zone.ts'
import type { Default } from './defaults.ts'
import { GENERATOR_NAMES, type Generator, type LanguageFolder, type Within } from './generator.ts'
import { levels, readLanguages } from './hugo-languages.ts'
import { asMap, isMap, mapAt, present, stringAt, type Values, valueAt } from './maps.ts'
import { addressSettingsOf, permalinksOf } from './patterns.ts'
import { readPeople } from './people.ts'
import type { AddressSettings } from './placeholders.ts'

/** What a generator's configuration says; a field that it doesn't say is absent. */
export interface Configuration extends Within {
  readonly generator: Generator
  /** The file that it was read from, as a path from the folder that it configures. */
  readonly file: string
  /** Further files, present or not, that it is read from. */
  readonly parts?: readonly string[]
  readonly title?: string
  readonly description?: string
  readonly url?: string
  readonly timezone?: string
  readonly language?: string
  readonly copyright?: string
  readonly authors?: readonly Person[]
  /** People by what records call them. */
  readonly people?: Readonly<Record<string, Person>>
  /** Patterns of articles' addresses by outermost folder; under `''` for all others. */
  readonly permalinks: Readonly<Record<string, string>>
  readonly addressSettings: AddressSettings
  /** The languages that files may be in, by the endings of their names. */
  readonly languages: readonly string[]
  /** Which of these is the publication's own; its tag may be quite another: `cn` for `zh-Hans`. */
  readonly ownLanguage: string | undefined
  /** Where files in other languages than the publication's own lie. */
  readonly languageFolders: readonly LanguageFolder[]
  /** Values of all records in a folder; paths start at the folder that is read. */
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
 * @param values of its file; nothing if the configuration is a program.
 * @param inside folders between the folder that it configures and the one that is read.
 */
export function readConfiguration(
  generator: Generator,
  file: string,
  values: Values | undefined,
  inside: readonly string[],
): Configuration {
  const languages = generator === 'hugo' ? readLanguages(values ?? {}, inside) : undefined
  const own = languages?.own
  const said = { ...values, ...own?.values }
  return {
    generator,
    file,
    ...factsOf(generator, said, own?.tag),
    permalinks: permalinksOf(generator, said),
    addressSettings: {
      ...addressSettingsOf(generator, said),
      prefix: languages?.prefix,
    },
    languages: Object.keys(mapAt(said, 'languages')),
    ownLanguage: own?.name,
    languageFolders: languages?.others ?? [],
    defaults: generator === 'jekyll' ? jekyllDefaults(said, file, inside) : [],
    inside,
    contentFolders: contentFoldersOf(generator, said, languages?.folders ?? []),
  }
}

/** What is said of the publication. */
function factsOf(
  generator: Generator,
  said: Values,
  ownLanguage: string | undefined,
): Partial<Configuration> {
  const text = (name: string) => firstText(said, NAMES[generator][name] ?? [])
  const language = (ownLanguage ?? text('language'))?.replaceAll('_', '-')
  const zone = text('timezone')
  const authors = peopleOf(said, NAMES[generator].authors ?? [])
  return present({
    title: text('title'),
    description: text('description'),
    url: addressOf(generator, said, text('url')),
    timezone: zone !== undefined && isTimeZone(zone) ? zone : undefined,
    language: language !== undefined && isLanguageTag(language) ? language : undefined,
    copyright: text('copyright'),
    authors: authors.length > 0 ? authors : undefined,
  })
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

/** Where the content lies. For Eleventy only its program says it; most users have one of two names, or none. */
function contentFoldersOf(
  generator: Generator,
  said: Values,
  ofLanguages: readonly string[],
): string[][] {
  const folders = {
    hugo: [...ofLanguages, stringAt(said, 'contentDir') ?? 'content'],
    zola: ['content'],
    hexo: [`${stringAt(said, 'source_dir') ?? 'source'}/_posts`],
    jekyll: ['_posts'],
    eleventy: ['src', 'content'],
    astro: ['src/content'],
  }
  return folders[generator].map(levels).toSorted((a, b) => b.length - a.length)
}

/** The people under the first name that has any. */
function peopleOf(said: Values, names: readonly string[]): Person[] {
  const found = names.map((name) => peopleIn(valueAt(said, name)))
  return found.find((people) => people.length > 0) ?? []
}

/** Those that a record could not hold either are left out. */
function peopleIn(value: unknown): Person[] {
  return (readPeople(value) ?? []).flatMap(
    (one) => person.safeParse(one).data ?? person.safeParse(one?.name).data ?? [],
  )
}

/** Jekyll's `authors`: whom records name by a key, each with a name, and perhaps an address where to read more. */
export function peopleByKey(said: Values): Readonly<Record<string, Person>> {
  return Object.fromEntries(
    Object.entries(said).flatMap(([key, about]) => {
      const { uri, web } = asMap(about)
      const url = [uri, web].find((one) => one !== undefined)
      const [found] = isMap(about) ? peopleIn(url === undefined ? about : { ...about, url }) : []
      return found === undefined ? [] : [[key, found] as const]
    }),
  )
}

function firstText(said: Values, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = [valueAt(said, name)].flat()[0]
    if (typeof value === 'string' && value.trim() !== '') return value.trim()
  }
  return undefined
}

/** What was taken from a configuration, in words: `From _config.yml (Hexo): title, url, timezone.` */
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
