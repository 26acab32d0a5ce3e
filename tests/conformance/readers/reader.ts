// What a feed reader is to these tests: something independent that turns a feed's URL into entries.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

export const FORMATS = ['rss', 'atom', 'json'] as const
export type Format = (typeof FORMATS)[number]

/** An entry as a reader saw it; what it does not keep is absent. */
export interface ReadEntry {
  id?: string
  title: string
  link?: string
  /** UTC, as `Date.toISOString` writes it. */
  published: string
  authors: string[]
  categories?: string[]
  html?: string
}

/** What the content folder says an entry should be; `terms` are the addresses of its categories in Atom. */
export interface ExpectedEntry extends Required<Omit<ReadEntry, 'html'>> {
  terms: string[]
}

/** What a reader can't see, as it is shown instead, and why this is no fault of the feed. */
interface Loss {
  formats: readonly Format[]
  why: string
  sees: (expected: ExpectedEntry) => {
    authors?: string[]
    categories?: string[] | undefined
  }
}

export interface Reader {
  name: string
  reads: readonly Format[]
  /** Why it does not read the others. */
  cannot: string
  losses: readonly Loss[]
  /** The entries in the order of the document. */
  read: (url: string) => Promise<ReadEntry[]>
}

const execute = promisify(execFile)

/** Debian's own Python: another one in the path would not find Debian's packages. */
const PYTHON = '/usr/bin/python3'

export async function run(
  program: string,
  options: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<string> {
  const { stdout } = await execute(program, options, {
    // A proxy could not reach the server that is tested.
    env: { ...process.env, no_proxy: '127.0.0.1', ...environment },
    maxBuffer: 1 << 27,
  })
  return stdout
}

export async function runPython<Result>(script: string, ...options: string[]): Promise<Result> {
  return JSON.parse(await run(PYTHON, [script, ...options])) as Result
}

export async function fetchText(url: string): Promise<string> {
  const response = await fetch(url, { redirect: 'manual' })
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}`)
  return response.text()
}

/** A date of any form as UTC; one that is none throws. */
export function utc(date: string | undefined): string {
  return new Date(date ?? 'missing').toISOString()
}

type Seen = { [Field in keyof ReadEntry]: ReadEntry[Field] | undefined }

/** An entry without the fields that the document does not have. */
export function present(seen: Seen): ReadEntry {
  return Object.fromEntries(
    Object.entries(seen).filter(([, value]) => value !== undefined),
  ) as unknown as ReadEntry
}
