// What a server remembers of what it published, so that a later one can date what changed while none ran.
import path from 'node:path'
import { z } from 'zod'
import type { Catalog } from '../domain/catalog.ts'
import { SCHEMES } from '../domain/filter.ts'
import { type Changes, digestOfCatalog, NO_CHANGES } from '../publishing/changes.ts'
import type { Publisher } from '../publishing/publisher.ts'
import { readKept, replaceKept } from './kept-file.ts'

const FILE = 'changes.json'

const TERMS = z.array(z.string()).readonly()
const REMEMBERED = z.object({
  version: z.literal(1),
  /** Of what was published last. */
  published: z.string(),
  all: z.number(),
  recent: z
    .array(
      z.union([
        z.object({
          at: z.number(),
          published: z.number(),
          keys: z.object({ authors: TERMS, languages: TERMS, sections: TERMS, tags: TERMS }),
          sections: TERMS,
        }),
        z.object({ at: z.number(), renamed: z.tuple([z.enum(SCHEMES), z.string()]).readonly() }),
        z.object({ at: z.number(), reworded: z.literal(true) }),
      ]),
    )
    .readonly(),
})

/**
 * What dates the changes of what is published now: those that an earlier process noticed. Where that isn't what the
 * earlier one published, or can't be told, every feed counts as changed now. Where there was none, nothing does: it may be
 * the first, or keep nothing from one start to the next, and dates shall not come from when a process was started.
 * @param folder of the state; nothing where there is none.
 */
export async function recallChanges(
  folder: string | undefined,
): Promise<(catalog: Catalog) => Changes> {
  const text =
    folder === undefined ? undefined : await readKept(path.join(folder, FILE)).catch(() => '')
  if (text === undefined) return () => NO_CHANGES
  const remembered = read(text)
  return (catalog) =>
    remembered?.published === digestOfCatalog(catalog)
      ? { recent: remembered.recent, all: remembered.all }
      : { recent: [], all: catalog.at }
}

/** Nothing of what can't be read, was cut short or is of another release. */
function read(text: string): z.infer<typeof REMEMBERED> | undefined {
  try {
    return REMEMBERED.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/** Milliseconds after a change in which others may come. */
const SOON = 1_000

export interface Keeper {
  /** Writes what is published, a moment later. */
  readonly soon: () => void
  /** Writes it now, unless it is written already; never fails. */
  readonly now: () => Promise<void>
}

/** Makes a function that does some work and never fails: of failures in a row, the first is told, as of a disk that is full. */
export function firstFailure(
  failed: (error: unknown) => void,
): (work: () => Promise<void>) => Promise<void> {
  let hasFailed = false
  return async (work) => {
    try {
      await work()
      hasFailed = false
    } catch (error) {
      if (!hasFailed) failed(error)
      hasFailed = true
    }
  }
}

/** @param failed told the first time that it can't be written; each next time tries again. */
export function keepChanges(
  folder: string | undefined,
  publisher: Publisher,
  failed: (error: unknown) => void,
): Keeper {
  const attempt = firstFailure(failed)
  let timer: NodeJS.Timeout | undefined
  /** Of what was written last, which goes on meanwhile. */
  let kept: Catalog['mark'] | undefined
  let writing = Promise.resolve()
  const write = async (to: string) => {
    const catalog = publisher.catalog()
    if (catalog.mark === kept) return
    await attempt(async () => {
      await rememberChanges(to, catalog, publisher.changes())
      kept = catalog.mark
    })
  }
  const now = () => {
    clearTimeout(timer)
    if (folder !== undefined) writing = writing.then(() => write(folder))
    return writing
  }
  const soon = () => {
    clearTimeout(timer)
    timer = setTimeout(now, SOON)
  }
  return { soon, now }
}

async function rememberChanges(folder: string, catalog: Catalog, changes: Changes): Promise<void> {
  const remembered: z.infer<typeof REMEMBERED> = {
    version: 1,
    published: digestOfCatalog(catalog),
    ...changes,
  }
  await replaceKept(path.join(folder, FILE), [JSON.stringify(remembered)])
}
