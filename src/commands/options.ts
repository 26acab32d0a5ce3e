// The options of the commands, declared once: parsing, environment and help come from here, and the README is tested against it.
import { parseArgs } from 'node:util'
import type { SiteSettings } from '../content/site/site.ts'

export interface Option {
  readonly name: string
  readonly short?: string
  /** What stands for its value in the help; none for a switch. */
  readonly value?: string
  readonly default?: string
  readonly environment?: string
  readonly help: string
}

export const CONTENT_OPTION: Option = {
  name: 'content',
  value: 'DIR',
  default: 'content',
  environment: 'GAZETTE_CONTENT',
  help: 'the folder with the articles',
}

export const FOLDER_OPTIONS: readonly Option[] = [
  CONTENT_OPTION,
  { name: 'title', value: 'TEXT', help: 'the publication’s title, instead of site.yaml’s' },
  { name: 'url', value: 'URL', help: 'the base URL of every link, instead of site.yaml’s' },
  {
    name: 'timezone',
    value: 'ZONE',
    help: 'the time zone of dates without one, instead of site.yaml’s',
  },
  {
    name: 'generator',
    value: 'NAME',
    help: 'hugo, hexo, jekyll, eleventy, astro or zola, where the folder’s surroundings don’t tell',
  },
  { name: 'language', value: 'TAG', help: 'the publication’s language, instead of site.yaml’s' },
]

export const SERVER_OPTIONS: readonly Option[] = [
  {
    name: 'port',
    short: 'p',
    value: 'NUMBER',
    default: '8080',
    environment: 'PORT',
    help: 'the port to listen on; 0 for any that is free',
  },
  {
    name: 'host',
    value: 'ADDRESS',
    default: '127.0.0.1',
    environment: 'HOST',
    help: 'the address to listen on',
  },
  {
    name: 'budget',
    value: 'NUMBER',
    environment: 'GAZETTE_BUDGET',
    help: 'the requests that one client may make in a minute; else any number',
  },
  {
    name: 'workers',
    value: 'NUMBER',
    default: '1',
    environment: 'GAZETTE_WORKERS',
    help: 'the processes that serve, one for each core',
  },
]

export const STATE_OPTION: Option = {
  name: 'state',
  value: 'DIR',
  environment: 'GAZETTE_STATE',
  help: 'the folder for what outlives the process; else one of the user’s own',
}

export const NUMBERS_OPTIONS: readonly Option[] = [
  {
    name: 'log',
    value: 'FILE',
    environment: 'GAZETTE_LOG',
    help: 'write requests and events there as lines of JSON; - for standard error',
  },
  {
    name: 'metrics',
    value: 'ADDRESS',
    environment: 'GAZETTE_METRICS',
    help: 'give numbers to Prometheus at an address of their own, such as 127.0.0.1:9464',
  },
  {
    name: 'proxies',
    value: 'NUMBER',
    default: '0',
    environment: 'GAZETTE_PROXIES',
    help: 'how many proxies of yours stand in front and add to X-Forwarded-For, to tell readers apart',
  },
]

export const HUB_OPTIONS: readonly Option[] = [
  { name: 'private-hubs', help: 'tell hubs on private networks too, which is refused otherwise' },
]

export const NOW_OPTION: Option = {
  name: 'now',
  help: 'tell hubs at once what is waiting, also what they failed at before',
}

export const IMPORT_OPTIONS: readonly Option[] = [
  {
    name: 'out',
    short: 'o',
    value: 'DIR',
    help: 'the folder that records are written to; nothing in it is changed',
  },
]

export const EXPORT_OPTIONS: readonly Option[] = [
  {
    name: 'out',
    short: 'o',
    value: 'DIR',
    help: 'the folder that is brought up to date; what an earlier export left there and is no more is taken out',
  },
  {
    name: 'formats',
    value: 'LIST',
    default: 'rss,atom,json',
    help: 'the formats that feeds are written in',
  },
  {
    name: 'feeds-only',
    help: 'no pages, for feeds that stand beside those of another generator',
  },
  { name: 'unpacked', help: 'no .gz and .br beside the files, for hosts that pack by themselves' },
]

export const JSON_OPTION: Option = { name: 'json', help: 'print for machines' }

export const ALL_OPTION: Option = {
  name: 'all',
  help: 'print every detail, also where there are many of a kind',
}
export const TOKEN_OPTIONS: readonly Option[] = [
  {
    name: 'for',
    value: 'WHO',
    help: 'the name by which the token can be told from others and taken back; else the day',
  },
]

/** The values that are places, as the help calls them: they must not be empty. Other values are checked where they are read. */
const PLACES: readonly (string | undefined)[] = ['DIR', 'FILE', 'ADDRESS']

const HELP_OPTION: Option = { name: 'help', short: 'h', help: 'print this' }

/** A wrong command line, which ends with exit code 2. */
export class UsageError extends Error {}

export type Values = Readonly<Record<string, string | boolean | undefined>>

/**
 * The options' values, from the command line, else the environment, else the defaults; and the words beside them.
 * @param operand what those words are, such as `FILE`; without it none may stand.
 * @throws UsageError
 */
export function readOptions(
  options: readonly Option[],
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  operand?: string,
): { values: Values; operands: readonly string[] } {
  const { values: given, operands } = parse([...options, HELP_OPTION], args, operand !== undefined)
  // An empty shell variable would otherwise name the current folder.
  const empty = options.find(({ name, value }) => given[name] === '' && PLACES.includes(value))
  if (empty !== undefined) throw new UsageError(`--${empty.name} should not be empty; found "".`)
  const fallback = options.map(({ name, environment: variable, default: value }) => [
    name,
    (variable === undefined ? undefined : environment[variable] || undefined) ?? value,
  ])
  if (operand !== undefined && operands.length === 0 && given.help !== true) {
    throw new UsageError(`Name at least one ${operand}.`)
  }
  return { values: { ...Object.fromEntries(fallback), ...given }, operands }
}

function parse(options: readonly Option[], args: readonly string[], allowPositionals: boolean) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals,
      options: Object.fromEntries(
        options.map(({ name, short, value }) => [
          name,
          {
            type: value === undefined ? 'boolean' : 'string',
            ...(short === undefined ? {} : { short }),
          } as const,
        ]),
      ),
    })
    return { values: values as Values, operands: positionals }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    // Where operands are allowed, Node goes on to tell how to begin one with a hyphen.
    const [unknown] = /^Unknown option '[^']*'/.exec(message) ?? []
    if (unknown !== undefined)
      throw new UsageError(`${unknown}; --help tells those that there are.`)
    const isFolder =
      code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL' && options.includes(CONTENT_OPTION)
    throw new UsageError(isFolder ? `${message}; --content names the folder.` : message)
  }
}

export function printOptions(options: readonly Option[]): string {
  const rows = [...options, HELP_OPTION].map(
    ({ name, short, value, default: standard, environment, help }) => {
      const names = `  ${short === undefined ? '   ' : `-${short},`} --${name}${value === undefined ? '' : ` ${value}`}`
      const notes = [standard && `default ${standard}`, environment && `or ${environment}`]
        .filter(Boolean)
        .join(', ')
      return [names, notes === '' ? help : `${help} (${notes})`] as const
    },
  )
  const width = Math.max(...rows.map(([names]) => names.length))
  return rows.map(([names, help]) => `${names.padEnd(width)}  ${help}`).join('\n')
}

/** @throws UsageError where an option is no number of its range. */
export function readNumber(name: string, text: string, most: number, least = 0): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (!(number >= least && number <= most))
    throw new UsageError(`--${name} should be a number from ${least} to ${most}; found "${text}".`)
  return number
}

/** What the command line says of the site, which has the `address` where the server listens if it gives no other. */
export function siteSettings(values: Values, address: string, name: string): SiteSettings {
  const text = (key: string) => values[key] as string | undefined
  return {
    address,
    name,
    title: text('title'),
    url: text('url'),
    timezone: text('timezone'),
    language: text('language'),
    generator: text('generator'),
  }
}
