// The languages of a Hugo site: which one the folder that is read is in, and where the others lie.
import type { LanguageFolder } from './generator.ts'
import { asMap, mapAt, stringAt, type Values, valueAt } from './maps.ts'

interface Language {
  readonly name: string
  /** Of BCP 47, as far as the site says it; the name may be another: `cn` for `zh-Hans`. */
  readonly tag: string
  readonly values: Values
  readonly contentDir: string | undefined
}

interface Languages {
  /** That of the folder that is read, else the only or the usual one. */
  readonly own: Language | undefined
  /** The folder that addresses begin with. */
  readonly prefix: string | undefined
  readonly folders: readonly string[]
  readonly others: readonly LanguageFolder[]
}

/** @param inside folders between the site's and the one that is read. */
export function readLanguages(said: Values, inside: readonly string[]): Languages {
  const usual = stringAt(said, 'defaultContentLanguage') ?? 'en'
  const languages = Object.entries(mapAt(said, 'languages')).map(([name, values]) =>
    readLanguage(name, asMap(values), said, name === usual),
  )
  const here = inside.join('/')
  const own =
    languages.find(
      ({ contentDir }) => contentDir !== undefined && `${here}/`.startsWith(`${contentDir}/`),
    ) ?? languages.find(({ name }) => languages.length === 1 || name === usual)
  const spoken = own?.name ?? usual
  // The usual language has no folder in addresses unless the site says so, and one with a site of its own never has.
  const isApart = spoken !== usual || valueAt(said, 'defaultContentLanguageInSubdir') === true
  const hasSite = own !== undefined && stringAt(own.values, 'baseURL') !== undefined
  return {
    own,
    prefix: languages.length > 1 && isApart && !hasSite ? spoken : undefined,
    folders: languages.flatMap(({ contentDir }) => contentDir ?? []),
    others: languages.flatMap(({ name, contentDir }) =>
      name === spoken || contentDir === undefined
        ? []
        : [{ language: name, folder: levels(contentDir) }],
    ),
  }
}

function readLanguage(name: string, own: Values, said: Values, isUsual: boolean): Language {
  // The usual one is in the language of the whole site, unless it says another itself.
  const tags = (isUsual ? [own, said] : [own]).map(
    (values) => stringAt(values, 'locale') ?? stringAt(values, 'languageCode'),
  )
  return {
    name,
    tag: tags.find((tag) => tag !== undefined) ?? name,
    values: { ...own, params: { ...mapAt(said, 'params'), ...mapAt(own, 'params') } },
    contentDir: stringAt(own, 'contentDir'),
  }
}

/** A folder's path, level by level. */
export function levels(folder: string): string[] {
  return folder.split('/').filter((level) => level !== '' && level !== '.')
}
