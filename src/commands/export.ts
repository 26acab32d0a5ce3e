// `gazette export`: every feed and page as files, for hosts that only serve files.
import path from 'node:path'
import { type Content, readFolder } from '../content/folder/folder.ts'
import { emptyMemory } from '../content/folder/memory.ts'
import { keepReadings } from '../content/keeping/kept-readings.ts'
import { createSpool } from '../content/keeping/spool.ts'
import { type Problem, printProblem } from '../content/problem.ts'
import type { Catalog } from '../domain/catalog.ts'
import type { Publication } from '../domain/publication.ts'
import { hostFiles } from '../export/hosts.ts'
import { MANIFEST_FILE } from '../export/manifest.ts'
import { ForeignFolder, type Mirror, openMirror } from '../export/mirror.ts'
import { targetsOf } from '../export/targets.ts'
import { asFiles, readFormats, type Wishes } from '../export/wishes.ts'
import { createPublisher } from '../publishing/publisher.ts'
import { counted } from './counted.ts'
import { exportTargets } from './exporting.ts'
import { siteSettings, UsageError, type Values } from './options.ts'
import { programMark, readingsIn } from './program.ts'
import { progressOn } from './progress.ts'
import { isWithin, openState, statePath } from './state.ts'
import type { Terminal } from './terminal.ts'
import { visible } from './visible.ts'

/** Stands for a base URL where none is given. */
const NOWHERE = 'http://nowhere.invalid/'

/** Resolves with the exit code: 0, or 1 where something has to be mended. */
export async function exportFeeds(values: Values, terminal: Terminal): Promise<number> {
  const folder = path.resolve(values.content as string)
  const out = readOut(values.out as string | undefined, folder)
  const wishes = readWishes(values)
  const progress = progressOn(terminal, Date.now)
  const program = programMark()
  const named = values.state as string | undefined
  // Without a state folder an export keeps no readings, and is the same: only those who named one are told.
  const tell = named === undefined ? () => {} : terminal.error
  const state = await openState(statePath(named, folder, process.env), tell)
  const kept = state === undefined ? undefined : { file: readingsIn(state), program }
  const memory = emptyMemory(createSpool, kept)
  const settings = siteSettings(values, NOWHERE, path.basename(folder))
  const content = await readFolder(folder, settings, memory, { progress: progress.reading })
  const whole = publicationOf(content, terminal)
  if (whole === undefined) return 1
  const publication = asFiles(whole, wishes)
  const { articles } = content
  const now = Date.now()
  const publisher = createPublisher({ publication, articles }, () => now)
  const catalog = publisher.catalog()
  const targets = targetsOf(catalog)
  const files = targets.map(({ file }) => file)
  const mirror = openOut(out, files, program)
  const work = { publisher, folder, wishes, mirror, progress: progress.show }
  const { moved, gone, failures } = await exportTargets(targets, work)
  const done = mirror.finish({ base: publication.base, moved, gone }, hostFiles)
  await keepReadings(memory, new AbortController().signal).catch((error: Error) =>
    tell(`The readings can't be kept: ${error.message}`),
  )
  progress.end()
  for (const failure of failures) terminal.error(`gazette: ${visible(failure)}`)
  if (!wishes.hasPages) warnOfPages(catalog, terminal)
  report(done, { out, failures, catalog }, values, terminal)
  return failures.length === 0 && !content.problems.some(isError) ? 0 : 1
}

interface Exported {
  readonly out: string
  readonly failures: readonly string[]
  readonly catalog: Catalog
}

function report(
  { manifest, written, removed }: ReturnType<Mirror['finish']>,
  { out, failures, catalog }: Exported,
  values: Values,
  terminal: Terminal,
): void {
  const { publication, validUntil } = catalog
  const files = manifest.files.length
  const next = Number.isFinite(validUntil) ? new Date(validUntil).toISOString() : undefined
  if (values.json === true) {
    const all = { files, written, removed, failures, manifest: MANIFEST_FILE, next }
    terminal.print(JSON.stringify(all, undefined, 2))
    return
  }
  terminal.print(
    `Gazette exported “${publication.title}” to ${out}: ${counted(files, 'file')}, ${written.length} written, ${removed.length} taken out, the others as they were.`,
  )
  if (next !== undefined)
    terminal.print(`It changes by itself at ${next}, when something is due: export it again then.`)
}

function isError({ severity }: Problem): boolean {
  return severity === 'error'
}

/** Tells the errors; `undefined` where `site.yaml` has to be mended first. */
function publicationOf(
  { publication, problems }: Content,
  terminal: Terminal,
): Publication | undefined {
  for (const problem of problems.filter(isError)) terminal.error(visible(printProblem(problem)))
  if (publication?.base === NOWHERE)
    throw new UsageError(
      'Feeds name their own addresses: where will these be? Say --url, or "url" in site.yaml.',
    )
  return publication
}

function openOut(...args: Parameters<typeof openMirror>): Mirror {
  try {
    return openMirror(...args)
  } catch (error) {
    if (error instanceof ForeignFolder)
      throw new UsageError(`${error.message}: name another with --out, or an empty one.`)
    throw error
  }
}

/** Warns of articles whose pages the feeds point at, but which are left out. */
function warnOfPages({ entries }: Catalog, terminal: Terminal): void {
  const homeless = entries.filter(({ article }) => article.hasOwnPage).length
  if (homeless > 0)
    terminal.error(
      `gazette: ${counted(homeless, 'article')} would have a page of Gazette’s, which --feeds-only leaves out: say in site.yaml where they are ("permalink"), or each article’s "url".`,
    )
}

function readWishes(values: Values): Wishes {
  const list = values.formats as string
  const formats = readFormats(list)
  if (formats === undefined)
    throw new UsageError(`--formats should be some of rss, atom and json; found "${list}".`)
  return {
    formats,
    hasPages: values['feeds-only'] !== true,
    isPacked: values.unpacked !== true,
  }
}

function readOut(given: string | undefined, content: string): string {
  if (given === undefined) throw new UsageError('Name the folder for the files with --out.')
  const out = path.resolve(given)
  if (isWithin(out, content) || isWithin(content, out))
    throw new UsageError(
      'The folder for the files should lie beside the content, not in or around it.',
    )
  return out
}
