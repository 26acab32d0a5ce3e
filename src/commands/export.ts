// `gazette export`: every feed and page as files, for hosts that only serve files.
import path from 'node:path'
import { readFolder } from '../content/folder.ts'
import { emptyMemory } from '../content/folder-memory.ts'
import { printProblem } from '../content/problem.ts'
import { createSpool } from '../content/spool.ts'
import { hostFiles } from '../export/hosts.ts'
import { type ExportedFile, MANIFEST_FILE, type Manifest } from '../export/manifest.ts'
import { ForeignFolder, type Mirror, openMirror } from '../export/mirror.ts'
import { NOT_FOUND_FILE, type Target, targetsOf } from '../export/targets.ts'
import { createApp } from '../http/app.tsx'
import { packed } from '../publishing/coding.ts'
import { createPublisher } from '../publishing/publisher.ts'
import { counted } from './check-report.ts'
import { siteSettings, UsageError, type Values } from './options.ts'
import { progressOn } from './progress.ts'
import type { Terminal } from './terminal.ts'
import { visible } from './visible.ts'

/** Files under way at a time: some are packed on other cores while the next are written. */
const AT_ONCE = 16
/** Bytes below which a packed file saves nobody anything. */
const WORTH_PACKING = 256
/** What hosts are to send with a file; the others of our answers are their own matter. */
const KEPT = [
  'Content-Type',
  'Cache-Control',
  'Access-Control-Allow-Origin',
  'Content-Security-Policy',
  'Referrer-Policy',
  'X-Content-Type-Options',
  'Link',
]

/** Stands for a base URL where none is given. */
const NOWHERE = 'http://nowhere.invalid/'

/** Resolves with the exit code: 0, or 1 where something has to be mended. */
export async function exportFeeds(values: Values, terminal: Terminal): Promise<number> {
  const folder = path.resolve(values.content as string)
  const out = readOut(values.out as string | undefined, folder)
  const progress = progressOn(terminal, Date.now)
  const settings = siteSettings(values, NOWHERE, path.basename(folder))
  const content = await readFolder(folder, settings, emptyMemory(createSpool), (step, done, of) =>
    progress.show(step === 'read' ? 'Reading' : 'Cleaning', done, of),
  )
  for (const problem of content.problems)
    if (problem.severity === 'error') terminal.error(visible(printProblem(problem)))
  if (content.publication === undefined) return 1
  if (content.publication.base === NOWHERE)
    throw new UsageError(
      'Feeds name their own addresses: where will these be? Say --url, or "url" in site.yaml.',
    )
  // Nobody tells a hub what changed in files: who trusted one would read nothing new.
  const publication = { ...content.publication, answersQueries: false, hubs: [] }
  const now = Date.now()
  const publisher = createPublisher({ publication, articles: content.articles }, () => now)
  const failures: string[] = []
  const app = createApp({
    // Nobody knows when a file will be asked for: it is as fresh as any document.
    publisher: { ...publisher, freshness: (most) => most },
    folder,
    onFailure: (error, _, request) => failures.push(`${request}: ${(error as Error).message}`),
  })
  const catalog = publisher.catalog()
  const targets = targetsOf(catalog)
  const mirror = await openMirror(
    out,
    targets.map(({ file }) => file),
  ).catch((error) => {
    if (error instanceof ForeignFolder)
      throw new UsageError(`${error.message}: name another with --out, or an empty one.`)
    throw error
  })
  const leads: Leads = { moved: [], gone: [] }
  const place = async (target: Target) => {
    const answer = await app.request(`/${target.address}`, {
      method: target.source === undefined ? 'GET' : 'HEAD',
      headers: {
        'Accept-Language': publication.language,
        // As a person asks for what is a page, and a reader for what is a feed.
        Accept: target.file.endsWith('.html') ? 'text/html' : '*/*',
      },
    })
    await take(target, answer, mirror, leads, folder, publication.base)
  }
  let done = 0
  await inTurn(targets, async (target) => {
    await place(target).catch((error: Error) => {
      failures.push(`${target.file}: ${error.message}`)
      mirror.keep(target.file)
    })
    progress.show('Writing', ++done, targets.length)
  })
  const finished = await mirror.finish({ base: publication.base, ...sorted(leads) }, hostFiles)
  progress.end()
  for (const failure of failures) terminal.error(`gazette: ${visible(failure)}`)
  const next = Number.isFinite(catalog.validUntil)
    ? new Date(catalog.validUntil).toISOString()
    : undefined
  const { files } = finished.manifest
  if (values.json === true) {
    const { written, removed } = finished
    const report = {
      files: files.length,
      written,
      removed,
      failures,
      manifest: MANIFEST_FILE,
      next,
    }
    terminal.print(JSON.stringify(report, undefined, 2))
  } else {
    terminal.print(
      `Gazette exported “${publication.title}” to ${out}: ${counted(files.length, 'file')}, ${finished.written.length} written, ${finished.removed.length} taken out, the others as they were.`,
    )
    if (next !== undefined)
      terminal.print(
        `It changes by itself at ${next}, when something is due: export it again then.`,
      )
  }
  return failures.length === 0 ? 0 : 1
}

interface Leads {
  readonly moved: Manifest['moved'][number][]
  readonly gone: string[]
}

/** An answer as a file, or as what hosts are to say instead of one. */
async function take(
  { address, file, source }: Target,
  answer: Response,
  mirror: Mirror,
  leads: Leads,
  folder: string,
  base: string,
): Promise<void> {
  const { pathname } = new URL(address, base)
  const { status, headers } = answer
  if (status === 301) {
    leads.moved.push({ path: pathname, to: headers.get('location') ?? base })
  } else if (status === 410) {
    leads.gone.push(pathname)
  } else if (status === 200 || (status === 404 && file === NOT_FOUND_FILE)) {
    const facts = { file, path: pathname, headers: keptOf(headers) }
    if (source !== undefined) return mirror.copy(facts, path.join(folder, source))
    const bytes = new Uint8Array(await answer.arrayBuffer())
    const isWorthPacking = bytes.length >= WORTH_PACKING
    await mirror.put(facts, bytes, isWorthPacking ? () => pack(bytes) : undefined)
  } else {
    throw new Error(`was answered with ${status}`)
  }
}

/** The strongest levels would take forty times as long for a tenth less. */
async function pack(bytes: Uint8Array<ArrayBuffer>) {
  const [gz, br] = await Promise.all([packed(bytes, 'gzip'), packed(bytes, 'br')])
  return [
    { ending: '.gz', bytes: gz },
    { ending: '.br', bytes: br },
  ]
}

function keptOf(headers: Headers): ExportedFile['headers'] {
  return Object.fromEntries(
    KEPT.flatMap((name) => {
      const value = headers.get(name)
      return value === null ? [] : [[name, value]]
    }),
  )
}

function sorted({ moved, gone }: Leads): Leads {
  return { moved: moved.toSorted((a, b) => (a.path < b.path ? -1 : 1)), gone: gone.toSorted() }
}

function readOut(given: string | undefined, content: string): string {
  if (given === undefined) throw new UsageError('Name the folder for the files with --out.')
  const out = path.resolve(given)
  const isInside = (inner: string, outer: string) =>
    `${inner}${path.sep}`.startsWith(`${outer}${path.sep}`)
  if (isInside(out, content) || isInside(content, out))
    throw new UsageError(
      'The folder for the files should lie beside the content, not in or around it.',
    )
  return out
}

/** Each item, a few at a time. */
async function inTurn<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const rest = items[Symbol.iterator]()
  const worker = async () => {
    for (const item of rest) await work(item)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}
