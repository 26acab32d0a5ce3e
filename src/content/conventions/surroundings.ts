// Looks around a content folder for the generator whose site it lies in, and reads that one's configuration.
import { readFileSync, statSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Problem } from '../problem.ts'
import { readJson } from '../syntax/located.ts'
import { decode, UnreadableSource, unreadable } from '../syntax/source.ts'
import { readToml } from '../syntax/toml.ts'
import { readYaml, takeLast } from '../syntax/yaml.ts'
import { type Configuration, peopleByKey, readConfiguration } from './configuration.ts'
import type { Generator } from './generator.ts'
import { isMap, mapAt, type Values } from './maps.ts'

/** Levels from the content folder up to the site's: `content/en/post`, `src/content/blog`. */
const FARTHEST = 4
/** Bytes; a configuration has fewer. */
const LARGEST = 1024 * 1024

/** Names that only Hexo's configuration has; Jekyll's file is called the same. */
const HEXO_ALONE = ['source_dir', 'public_dir', 'new_post_name', 'default_layout', 'skip_render']

const HUGO_FOLDER = 'config/_default'
const HUGO_PARTS = ['languages', 'params', 'permalinks']
/** What one language has in a file of its own: `languages.en.toml`, `params.pt-br.yaml`. */
const HUGO_PART_OF_LANGUAGE = /^(languages?|params)\.([\w-]+)\.(?:toml|ya?ml|json)$/

const variants = (name: string) => ['toml', 'yaml', 'yml', 'json'].map((end) => `${name}.${end}`)

/** The files that may hold a part of Hugo's configuration each. */
export const HUGO_PART_FILES: readonly string[] = HUGO_PARTS.flatMap((part) =>
  variants(`${HUGO_FOLDER}/${part}`),
)

const JEKYLL_PEOPLE_FILES = ['yml', 'yaml', 'json'].map((end) => `_data/authors.${end}`)

/** The files that configure a site, and whose they are; the first one in a folder counts. */
const CONFIGURATIONS: readonly [
  files: readonly string[],
  generatorOf: (values: Values) => Generator | undefined,
][] = [
  [[...variants('hugo'), ...variants(`${HUGO_FOLDER}/hugo`)], () => 'hugo'],
  [['zola.toml'], () => 'zola'],
  [[...variants('config'), ...variants(`${HUGO_FOLDER}/config`)], hugoOrZola],
  [variants('_config'), hexoOrJekyll],
]

/** Programs: that one is there tells whose the site is; only running it would tell what it says. */
const PROGRAMS = ['js', 'mjs', 'cjs', 'ts', 'mts'].flatMap((end): [string, Generator][] => [
  [`astro.config.${end}`, 'astro'],
  [`.eleventy.${end}`, 'eleventy'],
  [`eleventy.config.${end}`, 'eleventy'],
])

/** Where Eleventy's users keep what their templates say of the site. */
const ELEVENTY_DATA = ['_data', 'src/_data', 'content/_data'].flatMap((folder) =>
  ['metadata.json', 'site.json', 'metadata.yaml', 'site.yaml'].map((name) => `${folder}/${name}`),
)

/** Whether a file of this name may configure something else than a site: then nobody would mend what we can't read in it. */
export function mayBeOfOthers(file: string): boolean {
  return file.startsWith('config.')
}

/** The nearest configuration in the folder or above it. */
export async function lookAround(
  root: string,
  problems: Problem[],
): Promise<Configuration | undefined> {
  const inside: string[] = []
  for (let folder = root; inside.length <= FARTHEST; folder = path.dirname(folder)) {
    const found = await configurationIn(folder, inside, problems)
    if (found !== undefined || folder === path.dirname(folder)) return found
    inside.unshift(path.basename(folder))
  }
  return undefined
}

async function configurationIn(
  folder: string,
  inside: readonly string[],
  problems: Problem[],
): Promise<Configuration | undefined> {
  const names = await namesIn(folder)
  const mayBeThere = (file: string) => names?.has(file.split('/')[0] as string) ?? true
  for (const [files, generatorOf] of CONFIGURATIONS) {
    for (const file of files.filter(mayBeThere)) {
      const values = await readValues(folder, file, problems)
      const generator = values && generatorOf(values)
      if (values === undefined || generator === undefined) continue
      if (generator === 'jekyll') {
        const data = JEKYLL_PEOPLE_FILES.filter(mayBeThere)
        const people = await peopleOf(folder, values, data, problems)
        return {
          ...readConfiguration(generator, file, values, inside),
          people,
          parts: JEKYLL_PEOPLE_FILES,
        }
      }
      if (generator !== 'hugo' || !mayBeThere(HUGO_FOLDER))
        return readConfiguration(generator, file, values, inside)
      const parted = await withParts(folder, values, problems)
      const { whole, files: parts } = await withLanguages(folder, parted, problems)
      return { ...readConfiguration(generator, file, whole, inside), parts }
    }
  }
  for (const [file, generator] of PROGRAMS) {
    if (!mayBeThere(file) || !(await isFile(path.join(folder, file)))) continue
    for (const data of generator === 'eleventy' ? ELEVENTY_DATA : []) {
      const values = await readValues(folder, data, problems)
      if (values !== undefined) return readConfiguration(generator, data, values, inside)
    }
    return readConfiguration(generator, file, undefined, inside)
  }
  return undefined
}

/** Hugo's configuration with the parts that stand in files of their own, each under its name. */
async function withParts(folder: string, values: Values, problems: Problem[]): Promise<Values> {
  const whole: Record<string, unknown> = { ...values }
  for (const part of HUGO_PARTS)
    for (const file of variants(`${HUGO_FOLDER}/${part}`)) {
      const found = await readValues(folder, file, problems)
      if (found !== undefined) whole[part] = { ...mapAt(whole, part), ...found }
    }
  return whole
}

/** The same with what each language has in files of its own, and these files. */
async function withLanguages(folder: string, values: Values, problems: Problem[]) {
  let languages = mapAt(values, 'languages')
  const files: string[] = []
  for (const name of (await namesIn(path.join(folder, HUGO_FOLDER))) ?? []) {
    const [, part, language] = HUGO_PART_OF_LANGUAGE.exec(name) ?? []
    if (part === undefined || language === undefined) continue
    const file = `${HUGO_FOLDER}/${name}`
    const found = await readValues(folder, file, problems)
    const before = mapAt(languages, language)
    const said = part === 'params' ? { params: { ...mapAt(before, part), ...found } } : found
    languages = { ...languages, [language]: { ...before, ...said } }
    files.push(file)
  }
  return { whole: { ...values, languages }, files }
}

/** Whom posts name by a key: jekyll-feed and most themes look for them in these places. */
async function peopleOf(
  folder: string,
  values: Values,
  data: readonly string[],
  problems: Problem[],
) {
  let told = mapAt(values, 'authors')
  for (const file of data) told = { ...(await readValues(folder, file, problems)), ...told }
  return peopleByKey(told)
}

async function readValues(
  folder: string,
  file: string,
  problems: Problem[],
): Promise<Values | undefined> {
  const where = path.join(folder, file)
  if (!(await isFile(where))) return undefined
  try {
    const { value } = read(file, readConfigured(where))
    return isMap(value) ? value : undefined
  } catch (error) {
    // The site is served without what it would have said.
    problems.push(unreadable(file, error, 'unread-configuration'))
    return undefined
  }
}

/**
 * The text of a file that configures a site, which may be empty. There may be thousands, which take the thread pool several
 * times as long.
 * @throws UnreadableSource, or the system's error.
 */
export function readConfigured(file: string): string {
  const { size } = statSync(file)
  if (size > LARGEST) throw new UnreadableSource('The configuration is too long to be one.')
  return size === 0 ? '' : decode(readFileSync(file))
}

function read(file: string, text: string): { value: unknown } {
  if (file.endsWith('.toml')) return readToml(text, 1)
  return file.endsWith('.json') ? readJson(text) : readYaml(text, 1, takeLast)
}

/** All names in a folder, instead of a look for each of some forty; nothing if it may not be listed. */
async function namesIn(folder: string): Promise<ReadonlySet<string> | undefined> {
  try {
    return new Set(await readdir(folder))
  } catch {
    return undefined
  }
}

async function isFile(where: string): Promise<boolean> {
  try {
    return (await stat(where)).isFile()
  } catch {
    return false
  }
}

function hexoOrJekyll(values: Values): Generator {
  return HEXO_ALONE.some((name) => Object.hasOwn(values, name)) ? 'hexo' : 'jekyll'
}

/** Both have a `config.toml`; each spells its base URL its own way. */
function hugoOrZola(values: Values): Generator | undefined {
  if (Object.hasOwn(values, 'base_url')) return 'zola'
  return Object.keys(values).some((name) => name.toLowerCase() === 'baseurl') ? 'hugo' : undefined
}
