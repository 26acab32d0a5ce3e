// What an export holds: every document and page whose address has no query, and the file of each.
import {
  type Address,
  addressOf,
  formatsOf,
  OPML_FILE,
  printAddress,
  TEXT,
  urlsOf,
} from '../domain/address.ts'
import type { Article } from '../domain/article.ts'
import type { Catalog } from '../domain/catalog.ts'
import type { Scheme } from '../domain/category.ts'
import { everyAddress, LISTED, publicFeeds } from '../domain/directory.ts'
import type { Entry } from '../domain/entries.ts'
import { EVERYTHING, withTerm } from '../domain/filter.ts'
import { currentTerm, retirement } from '../domain/publication.ts'
import { SCRIPT, STYLESHEET } from '../pages/assets.ts'

export interface Target {
  /** The address to ask for, below the base URL. */
  readonly address: string
  /** Path under the folder of the export, decoded. */
  readonly file: string
  /** Whether it is for people, not for feed readers. */
  readonly isPage: boolean
  /** Whether it is served at the root of the host, wherever the publication is. */
  readonly isOfHost?: boolean
  /** The path under `content/` that it is only copied from. */
  readonly source?: string
  /** The feed of which it is a document or the page: the same object for all of these. */
  readonly feed?: Address
  /** The entry whose page it is. */
  readonly entry?: Entry
}

/** The page for whatever isn't there. */
export const NOT_FOUND_FILE = '404.html'

/** The folder that the publication's base URL leads to: `blog/` of `https://example.org/blog/`, else nothing. */
export function folderOf(base: string): string {
  return decodeURIComponent(new URL(base).pathname).slice(1)
}

/** In the order to write them in: files before what leads to them. */
export function targetsOf(catalog: Catalog): Target[] {
  const { publication, entries, gone, files } = catalog
  const { base, zone, hasPages } = publication
  const folder = folderOf(base)
  const at = (address: string): Target => ({
    address,
    file: folder + decodeURIComponent(address.replace(/\?.*/s, '')),
    isPage: false,
  })
  const pageAt = (address: string): Target => ({
    address,
    file: `${at(address).file}index.html`,
    isPage: true,
  })
  const written = (address: string, format: Address['format']) =>
    format === 'html' ? pageAt(address) : at(address)
  // Each is printed once for all its formats, which takes longer than all the rest.
  const feeds = everyAddress(catalog, publicFeeds(publication)).map((feed) => ({
    feed,
    addresses: urlsOf(feed, '', zone),
  }))
  const article = (slug: string): Target => ({
    address: `articles/${encodeURIComponent(slug)}?${TEXT}`,
    file: `${folder}articles/${slug}.html`,
    isPage: true,
  })
  const media = [...files].map((source): Target => {
    const address = `media/${source.split('/').map(encodeURIComponent).join('/')}`
    return { source, ...at(address) }
  })
  // Articles that live elsewhere may share a slug, which leads to one of them.
  const isItsPage = (one: Article) => catalog.bySlug.get(one.slug) === one
  const pages = () => [
    at(STYLESHEET),
    at(SCRIPT),
    ...entries
      .filter((entry) => isItsPage(entry.article))
      .map((entry) => ({ entry, ...article(entry.article.slug) })),
    ...gone.filter(isItsPage).map(({ slug }) => article(slug)),
  ]
  return [
    ...media,
    ...(hasPages ? pages() : []),
    ...feeds.flatMap(({ feed, addresses }) =>
      formatsOf(feed, publication).map((format) => ({
        feed,
        ...at(addresses[format]),
      })),
    ),
    ...(hasPages ? feeds.map(({ feed, addresses }) => ({ feed, ...pageAt(addresses.html) })) : []),
    ...formerAddresses(catalog).map((address) =>
      written(printAddress(address, zone), address.format),
    ),
    at(OPML_FILE),
    ...(hasPages
      ? [
          { address: 'robots.txt', file: 'robots.txt', isPage: false, isOfHost: true },
          { address: NOT_FOUND_FILE, file: NOT_FOUND_FILE, isPage: true, isOfHost: true },
        ]
      : []),
  ]
}

/** The documents and pages of terms that are renamed or retired, and of used sections below such. */
function formerAddresses({ publication, terms, postings }: Catalog): Address[] {
  const { taxonomy, formats, hasPages } = publication
  const isRetired = (scheme: Scheme, term: string) =>
    retirement(taxonomy, scheme, term) !== undefined
  const isFormer = (scheme: Scheme, term: string) => {
    const now = currentTerm(taxonomy, scheme, term)
    return isRetired(scheme, now) || (now !== term && terms[scheme].has(now))
  }
  /** The former names of used sections below a renamed one. */
  const formerBelow = (scheme: Scheme, term: string) => {
    const now = currentTerm(taxonomy, scheme, term)
    if (scheme !== 'sections' || now === term) return []
    return [...postings.sections.keys()].flatMap((used) =>
      used.startsWith(`${now}/`) ? [term + used.slice(now.length)] : [],
    )
  }
  return LISTED.flatMap((scheme) => {
    const named = [...taxonomy[scheme].keys()]
    const below = named.flatMap((term) => formerBelow(scheme, term))
    return [...new Set([...named, ...below, ...postings[scheme].keys()])]
      .filter((term) => isFormer(scheme, term))
      .flatMap((term) =>
        [...formats, ...(hasPages ? (['html'] as const) : [])].map((format) =>
          addressOf(withTerm(EVERYTHING, scheme, term), format),
        ),
      )
  })
}
