// The command line: which commands there are, what each takes, and how their failures end.
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { own } from '../domain/own.ts'
import {
  ALL_OPTION,
  CONTENT_OPTION,
  EXPORT_OPTIONS,
  FOLDER_OPTIONS,
  HUB_OPTIONS,
  IMPORT_OPTIONS,
  JSON_OPTION,
  NOW_OPTION,
  NUMBERS_OPTIONS,
  type Option,
  printOptions,
  readOptions,
  SERVER_OPTIONS,
  STATE_OPTION,
  TOKEN_OPTIONS,
  UsageError,
  type Values,
} from './options.ts'
import type { Terminal } from './terminal.ts'

interface Command {
  readonly summary: string
  readonly options: readonly Option[]
  /** What the words beside the options are, such as `FILE`; nothing where none may stand. */
  readonly operand?: string
  /** Resolves with the exit code. */
  readonly run: (values: Values, terminal: Terminal, operands: readonly string[]) => Promise<number>
}

/** Each is imported when it runs, so that no command waits for the libraries of all. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  serve: {
    summary: 'serve the feeds of a content folder',
    options: [
      ...FOLDER_OPTIONS,
      ...SERVER_OPTIONS,
      STATE_OPTION,
      ...HUB_OPTIONS,
      ...NUMBERS_OPTIONS,
    ],
    run: async (values, terminal) => (await import('./workers.ts')).serve(values, terminal),
  },
  check: {
    summary: 'read every record, make every feed, and say what is wrong',
    options: [...FOLDER_OPTIONS, ALL_OPTION, JSON_OPTION],
    run: async (values, terminal) => (await import('./check.ts')).check(values, terminal),
  },
  export: {
    summary: 'write every feed and page as files, for hosts that only serve files',
    options: [...FOLDER_OPTIONS, ...EXPORT_OPTIONS, STATE_OPTION, JSON_OPTION],
    run: async (values, terminal) => (await import('./export.ts')).exportFeeds(values, terminal),
  },
  stats: {
    summary: 'say which feeds are read, by how many and with what, and who asks badly',
    options: [CONTENT_OPTION, STATE_OPTION, ALL_OPTION, JSON_OPTION],
    run: async (values, terminal) => (await import('./stats.ts')).stats(values, terminal),
  },
  import: {
    summary: 'write records from a WordPress export, a feed or a saved page',
    options: [...IMPORT_OPTIONS, JSON_OPTION],
    operand: 'FILE',
    run: async (...asked) => (await import('./import.ts')).importFiles(...asked),
  },
  token: {
    summary: 'make the address of a private feed, and the line for site.yaml that lets it in',
    options: [...FOLDER_OPTIONS, ...TOKEN_OPTIONS, JSON_OPTION],
    operand: 'FEED',
    run: async (...asked) => (await import('./token.ts')).token(...asked),
  },
  ping: {
    summary: 'show which hubs are still to be told of what, or tell them now',
    options: [CONTENT_OPTION, STATE_OPTION, NOW_OPTION, ...HUB_OPTIONS, JSON_OPTION],
    run: async (values, terminal) => (await import('./ping.ts')).ping(values, terminal),
  },
}

/** Runs a command line. Exit codes: 0, 1 where something has to be mended, 2 for a wrong command line. */
export async function run(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  terminal: Terminal,
): Promise<number> {
  // As `help check` is often tried before `check --help`.
  const [name = '', ...rest] = args[0] === 'help' ? [...args.slice(1), '--help'] : args
  if (['', '-h', '--help', 'help'].includes(name)) {
    terminal.print(help())
    return name === '' ? 2 : 0
  }
  const command = own(COMMANDS, name)
  try {
    if (command === undefined)
      throw new UsageError(`There is no command "${name}". See gazette --help.`)
    const { values, operands } = readOptions(command.options, rest, environment, command.operand)
    if (values.help === true) {
      const { operand, summary, options } = command
      const called = operand === undefined ? name : `${name} ${operand}…`
      terminal.print(`gazette ${called}: ${summary}\n\n${printOptions(options)}`)
      return 0
    }
    await checkContent(command, values)
    return await command.run(values, terminal, operands)
  } catch (error) {
    terminal.error(`gazette: ${sentenceFor(error)}`)
    return error instanceof UsageError ? 2 : 1
  }
}

/**
 * Checks, before anything begins, that there is a folder to read and that options in the place of `site.yaml` are valid.
 * @throws UsageError, and the system's error where there is no folder.
 */
async function checkContent({ options }: Command, values: Values): Promise<void> {
  const isRead = FOLDER_OPTIONS.every((option) => options.includes(option))
  // State is found by the folder's name unless --state is given: a misspelt name must not look like a folder nobody reads.
  if (isRead || (options.includes(CONTENT_OPTION) && values.state === undefined)) {
    const folder = path.resolve(values.content as string)
    if (!(await stat(folder)).isDirectory())
      throw new UsageError(`--content should be a folder, and ${folder} is none.`)
  }
  if (isRead) (await import('./site-options.ts')).checkSiteOptions(values)
}

function help(): string {
  const rows = Object.entries(COMMANDS).map(
    ([name, { summary }]) => `  gazette ${name.padEnd(8)} ${summary}`,
  )
  return `Gazette turns a folder of articles into RSS, Atom and JSON feeds.\n\n${rows.join('\n')}\n\ngazette COMMAND --help tells the options of a command.`
}

/** The system's errors name a file; any other error is a fault of ours, which its trace helps to find. */
function sentenceFor(error: unknown): string {
  if (error instanceof UsageError) return error.message
  const { code, path, syscall, stack } = error as NodeJS.ErrnoException
  if (syscall === 'uv_cwd') return 'The folder that this was started in is no more.'
  if (code === undefined || path === undefined) return stack ?? String(error)
  if (code === 'ENOENT') return `There is no folder ${path}.`
  if (code === 'EEXIST' || code === 'ENOTDIR') return `${path} is no folder.`
  return `Can't ${syscall === 'write' || syscall === 'mkdir' ? 'write to' : 'read'} ${path}: ${code}.`
}
