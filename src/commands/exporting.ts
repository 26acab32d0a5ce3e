// The files of an export: each is asked of the application, or left as it is where nothing that it is made from changed.
import path from 'node:path'
import { eachBounded } from '../content/bounded.ts'
import { makeWordsAhead } from '../content/threads/words-ahead.ts'
import type { Address } from '../domain/address.ts'
import type { Category } from '../domain/category.ts'
import { labelOf } from '../domain/description.ts'
import type { Entry } from '../domain/entries.ts'
import type { ExportedFile, Manifest } from '../export/manifest.ts'
import type { Mirror } from '../export/mirror.ts'
import { pack, WORTH_PACKING } from '../export/packing.ts'
import { NOT_FOUND_FILE, type Target } from '../export/targets.ts'
import type { Wishes } from '../export/wishes.ts'
import { createApp } from '../http/app.tsx'
import { digestOf, entryDigest, feedDigest, wholeJson } from '../publishing/origins.ts'
import type { Publisher } from '../publishing/publisher.ts'

/**
 * Files under way at a time: while some are packed on other cores, the next are made. With more, none would be packed before
 * the last of them is made.
 */
const AT_ONCE = 6
/** Headers that hosts are to send with a file; all others are up to them. */
const KEPT = [
  'Content-Type',
  'Cache-Control',
  'Access-Control-Allow-Origin',
  'Content-Security-Policy',
  'Referrer-Policy',
  'X-Content-Type-Options',
  'Link',
]

/** What hosts are to answer where there is no file. */
interface Leads {
  readonly moved: Manifest['moved'][number][]
  readonly gone: string[]
}

interface Work {
  readonly publisher: Publisher
  /** The content folder. */
  readonly folder: string
  readonly wishes: Wishes
  readonly mirror: Mirror
  /** Told how much of the work is done. */
  readonly progress: (work: 'Cleaning' | 'Writing', done: number, of: number) => void
}

/** What a target's file is made from. */
interface Origin {
  /** A digest that differs where the file would; nothing where that can't be told. */
  readonly from?: string
  readonly entries: readonly Entry[]
}

/** Brings each target's file up to date. What can't be made is told, and its file stays as it was. */
export async function exportTargets(
  targets: readonly Target[],
  { publisher, folder, wishes, mirror, progress }: Work,
): Promise<Leads & { readonly failures: readonly string[] }> {
  const { publication } = publisher.catalog()
  const failures: string[] = []
  const leads: Leads = { moved: [], gone: [] }
  const app = createApp({
    // Nobody knows when a file will be asked for, so what is due soon can't shorten its freshness.
    publisher: { ...publisher, freshness: (most) => most },
    folder,
    onFailure: (error, _, request) => failures.push(`${request}: ${(error as Error).message}`),
  })
  const originOf = originsIn(publisher, wishes)
  const failed = ({ file }: Target, error: Error) => {
    failures.push(`${file}: ${error.message}`)
    mirror.keep(file)
  }
  /** The targets that have to be made again. */
  const stale = targets.flatMap((target): { target: Target; origin: Origin }[] => {
    try {
      const origin = originOf(target)
      const isLeft = origin.from !== undefined && mirror.leave(target.file, origin.from)
      return isLeft ? [] : [{ target, origin }]
    } catch (error) {
      failed(target, error as Error)
      return []
    }
  })
  const entries = new Set(stale.flatMap(({ origin }) => origin.entries))
  const articles = [...entries].map(({ article }) => article)
  await makeWordsAhead(articles, (made, of) => progress('Cleaning', made, of))

  async function place(target: Target, from?: string) {
    const answer = await app.request(`/${target.address}`, {
      method: target.source === undefined ? 'GET' : 'HEAD',
      headers: {
        'Accept-Language': publication.language,
        // As a person asks for what is a page, and a reader for what is a feed.
        Accept: target.isPage ? 'text/html' : '*/*',
      },
    })
    await take(answer, target, from)
  }

  /** Puts an answer as a file, or notes what hosts are to answer instead of one. */
  async function take(
    answer: Response,
    { address, file, source, isOfHost }: Target,
    from?: string,
  ) {
    const { base } = publication
    const { pathname } = new URL(address, isOfHost === true ? new URL('/', base) : base)
    const { status, headers } = answer
    if (status === 301) {
      leads.moved.push({ path: pathname, to: headers.get('location') ?? base })
    } else if (status === 410) {
      leads.gone.push(pathname)
    } else if (status === 200 || (status === 404 && file === NOT_FOUND_FILE)) {
      const facts = { file, path: pathname, headers: keptOf(headers), from }
      if (source !== undefined) return mirror.copy(facts, path.join(folder, source))
      const bytes = new Uint8Array(await answer.arrayBuffer())
      const isWorthPacking = wishes.isPacked && bytes.length >= WORTH_PACKING
      await mirror.put(facts, bytes, isWorthPacking ? () => pack(bytes) : undefined)
    } else {
      throw new Error(`was answered with ${status}`)
    }
  }

  let done = targets.length - stale.length
  await eachBounded(stale, AT_ONCE, async ({ target, origin }) => {
    await place(target, origin.from).catch((error: Error) => failed(target, error))
    progress('Writing', ++done, targets.length)
  })
  const moved = leads.moved.sort((a, b) => (a.path < b.path ? -1 : 1))
  return { moved, gone: leads.gone.sort(), failures }
}

/**
 * Tells from what a target's file would be made, without making it: digests of the feed and its entries, and of what the
 * publication says everywhere. A file that depends on everything, such as the first page, has no digest.
 */
function originsIn(publisher: Publisher, wishes: Wishes): (target: Target) => Origin {
  const catalog = publisher.catalog()
  const { publication } = catalog
  const said = digestOf(wholeJson([publication, wishes]))
  // Articles share their terms.
  const labels = new Map<Category, string>()
  const labelNow = (category: Category) => {
    const label = labels.get(category) ?? labelOf(catalog, category.scheme, category.term)
    labels.set(category, label)
    return label
  }
  const feeds = new Map<Address, Origin>()
  const ofFeed = (address: Address) => {
    const { feed, entries } = publisher.compose(address)
    const from = digestOf(`${said}\n${feedDigest(feed, address.content, entries)}`)
    return { from, entries }
  }
  return ({ address, isPage, feed, entry }) => {
    if (entry !== undefined) {
      const { sections, tags } = entry.article
      const called = [...sections.flat(), ...tags].map(labelNow)
      return { from: digestOf([said, entryDigest(entry), ...called].join('\n')), entries: [entry] }
    }
    if (feed === undefined) return { entries: [] }
    const origin = feeds.get(feed) ?? ofFeed(feed)
    feeds.set(feed, origin)
    if (!isPage) return origin
    // A page, unlike a document, says how many entries its feed has. The first page of all says more than that.
    const { from, entries } = origin
    return address === ''
      ? { entries }
      : { from: digestOf(`${from} ${publisher.count(feed)}`), entries }
  }
}

function keptOf(headers: Headers): ExportedFile['headers'] {
  return Object.fromEntries(
    KEPT.flatMap((name) => {
      const value = headers.get(name)
      return value === null ? [] : [[name, value]]
    }),
  )
}
