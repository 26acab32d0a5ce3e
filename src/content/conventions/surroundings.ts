// Looks around a content folder for the generator whose site it lies in, and reads that one's configuration.
import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { type Problem, problem } from '../problem.ts'
import { readJson } from '../syntax/located.ts'
import { UnreadableSource, unreadable } from '../syntax/source.ts'
import { readToml } from '../syntax/toml.ts'
import { readYaml } from '../syntax/yaml.ts'
import { type Configuration, readConfiguration } from './configuration.ts'
import type { Generator } from './generator.ts'
import { mapAt, type Values } from './maps.ts'

/** How far above the content folder a site may begin: `content/en/post`, `src/content/blog`. */
const FARTHEST = 4
/** Bytes; a configuration has fewer. */
const LARGEST = 1024 * 1024

const HEXO_ALONE = ['source_dir', 'public_dir', 'new_post_name', 'default_layout', 'skip_render']

const HUGO_FOLDER = 'config/_default'
const HUGO_PARTS = ['languages', 'params', 'permalinks']
/** What one language has in a file of its own: `languages.en.toml`, `params.pt-br.yaml`. */
const HUGO_PART_OF_LANGUAGE = /^(languages?|params)\.([\w-]+)\.(?:toml|ya?ml|json)$/

/** Where parts of Hugo's configuration may stand that lie in files of their own. */
export const HUGO_PART_FILES: readonly string[] = HUGO_PARTS.flatMap((part) =>
  variants(`${HUGO_FOLDER}/${part}`, () => 'hugo').map(([file]) => file),
)

/** The files that configure a site, and whose they are; of several in one folder the first counts. */
const CONFIGURATIONS: readonly (readonly [string, (values: Values) => Generator | undefined])[] = [
  ...['hugo', `${HUGO_FOLDER}/hugo`].flatMap((name) => variants(name, () => 'hugo')),
  ['zola.toml', () => 'zola'],
  ...['config', `${HUGO_FOLDER}/config`].flatMap((name) => variants(name, hugoOrZola)),
  ...variants('_config', (values) =>
    HEXO_ALONE.some((name) => Object.hasOwn(values, name)) ? 'hexo' : 'jekyll',
  ),
]

/** Programs: that one is there tells whose the site is; what it says only running it would. */
const PROGRAMS: readonly (readonly [string, Generator])[] = [
  'js',
  'mjs',
  'cjs',
  'ts',
  'mts',
].flatMap(
  (ending) =>
    [
      [`astro.config.${ending}`, 'astro'],
      [`.eleventy.${ending}`, 'eleventy'],
      [`eleventy.config.${ending}`, 'eleventy'],
    ] as const,
)

/** Where Eleventy's users keep what their templates say of the site. */
const ELEVENTY_DATA = ['_data', 'src/_data', 'content/_data'].flatMap((folder) =>
  ['metadata.json', 'site.json', 'metadata.yaml', 'site.yaml'].map((name) => `${folder}/${name}`),
)

/** Whether a file of this name may configure something else than a site: then it may stay as it is for good. */
export function mayBeOfOthers(file: string): boolean {
  return file.startsWith('config.')
}

/** The nearest configuration in the folder or above it; nothing where there is none. */
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
  for (const [file, generatorOf] of CONFIGURATIONS) {
    if (!mayBeThere(file)) continue
    const values = await readValues(folder, file, problems)
    const generator = values && generatorOf(values)
    if (values === undefined || generator === undefined) continue
    const hasParts = generator === 'hugo' && mayBeThere(HUGO_FOLDER)
    if (!hasParts) return readConfiguration(generator, file, values, inside)
    const { whole, ofLanguages } = await withParts(folder, values, problems)
    return { ...readConfiguration(generator, file, whole, inside), parts: ofLanguages }
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

/** With the parts of Hugo's configuration that stand in files of their own, under the part's name. */
async function withParts(folder: string, values: Values, problems: Problem[]) {
  const whole: Record<string, unknown> = { ...values }
  for (const part of HUGO_PARTS)
    for (const [file] of variants(`${HUGO_FOLDER}/${part}`, () => 'hugo')) {
      const found = await readValues(folder, file, problems)
      if (found !== undefined) whole[part] = { ...mapAt(whole, part), ...found }
    }
  const ofLanguages: string[] = []
  for (const name of (await namesIn(path.join(folder, HUGO_FOLDER))) ?? []) {
    const [, part, language] = HUGO_PART_OF_LANGUAGE.exec(name) ?? []
    if (part === undefined || language === undefined) continue
    const file = `${HUGO_FOLDER}/${name}`
    const found = await readValues(folder, file, problems)
    const languages = mapAt(whole, 'languages')
    const before = mapAt(languages, language)
    const said = part === 'params' ? { params: { ...mapAt(before, part), ...found } } : found
    whole.languages = { ...languages, [language]: { ...before, ...said } }
    ofLanguages.push(file)
  }
  return { whole, ofLanguages }
}

async function readValues(
  folder: string,
  file: string,
  problems: Problem[],
): Promise<Values | undefined> {
  const where = path.join(folder, file)
  if (!(await isFile(where))) return undefined
  try {
    const { value } = read(file, await readConfigured(where))
    return value !== null && typeof value === 'object' ? (value as Values) : undefined
  } catch (error) {
    const { sentence, ...place } = unreadable(file, error)
    // It is not ours to mend: what it would have said is missing, nothing else.
    problems.push({ ...place, ...problem('unread-configuration', { file, sentence }) })
    return undefined
  }
}

/** The text of a file that configures a site. @throws UnreadableSource, or the system's error */
export async function readConfigured(file: string): Promise<string> {
  if ((await stat(file)).size > LARGEST)
    throw new UnreadableSource('The configuration is too long to be one.')
  return readFile(file, 'utf8')
}

function read(file: string, text: string): { value: unknown } {
  if (file.endsWith('.toml')) return readToml(text, 1)
  return file.endsWith('.json') ? readJson(text) : readYaml(text, 1)
}

/** One look for all of some forty names; nothing where a folder may be passed through, but not be listed. */
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

function variants(name: string, generatorOf: (values: Values) => Generator | undefined) {
  return ['toml', 'yaml', 'yml', 'json'].map(
    (ending) => [`${name}.${ending}`, generatorOf] as const,
  )
}

/** Both have a `config.toml`; each spells its base URL its own way. */
function hugoOrZola(values: Values): Generator | undefined {
  if (Object.hasOwn(values, 'base_url')) return 'zola'
  return Object.keys(values).some((name) => name.toLowerCase() === 'baseurl') ? 'hugo' : undefined
}
