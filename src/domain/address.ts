// An address: one feed, in one format, and the one canonical URL of it.
import type { Article } from './article.ts'
import { isAddressable, type Scheme, slug, spelling } from './category.ts'
import { EVERYTHING, type Filter, mapTerms, withTerm } from './filter.ts'
import {
  FILTER_PARAMETERS,
  type Parameters,
  parseFilter,
  printFilter,
  single,
} from './filter-parameters.ts'
import { MalformedParameter } from './malformed-parameter.ts'
import type { NamedFeed, Opening } from './named-feed.ts'
import { own } from './own.ts'
import { encodeSegment, printQuery, withParameter } from './percent-encoding.ts'

/** The documents a feed has, by the name of their file; `html` is the page for people, which has no file name. */
export const FILE_NAMES = { rss: 'rss.xml', atom: 'atom.xml', json: 'feed.json', html: '' } as const
export type DocumentFormat = keyof typeof FILE_NAMES
export type FeedFormat = Exclude<DocumentFormat, 'html'>
export const FEED_FORMATS: readonly FeedFormat[] = ['rss', 'atom', 'json']

/** The list of all feeds. */
export const OPML_FILE = 'feeds.opml'

/** Where people put together a feed, and where they look for terms. */
export const BUILDER_FOLDER = 'build/'
export const FINDER_FOLDER = 'find/'

export type Extent = 'full' | 'summary'

export interface Address {
  /** Of a named feed it says what narrows the feed's own further. */
  readonly filter: Filter
  readonly named?: { readonly feed: NamedFeed; readonly secret?: string }
  readonly format: DocumentFormat
  readonly content: Extent
  /** Entries in the document, 1 to `MOST_ENTRIES`, or to a named feed's own limit. */
  readonly limit: number
  /** From 1, the newest (RFC 5005 §3). */
  readonly page: number
}

export const DEFAULT_ENTRIES = 30
export const MOST_ENTRIES = 200
const LAST_PAGE = 1_000_000
export const PARAMETERS: readonly string[] = [...FILTER_PARAMETERS, 'limit', 'content', 'page']
/** Asks for the document itself, where a browser would be shown the feed's page. */
export const RAW = 'raw'
/** Asks for Gazette's page of an article whose address is elsewhere. */
export const TEXT = 'text'
/** What trackers and readers append, and Gazette leaves alone. */
const FOREIGN =
  /^(utm_.*|_\w*|fbclid|[gw]braid|(?:g|d|ms|y|tt|tw)clid|srsltid|mkt_tok|mc_[ce]id|igsh(?:id)?|spm|ref|ref_(?:src|url)|from|isappinstalled|cachebuster|nocache)$/i

/** The folders of PRODUCT's feed URLs, and the scheme each stands for. */
const FOLDERS: Readonly<Record<string, Scheme>> = {
  authors: 'authors',
  categories: 'sections',
  tags: 'tags',
}
export const NAMED_FOLDER = 'feeds'

export interface Reading {
  readonly address: Address
  /** Whether the path is spelled otherwise than the canonical one. */
  readonly respelled: boolean
}

/**
 * The address that a path and its query name; nothing where the path is no feed's.
 * @param path its segments, decoded: `['tags', 'c++', 'rss.xml']`.
 * @param zone the publication's IANA time zone.
 * @param open the publication's named feeds; where one doesn't open, the query isn't even looked at.
 * @throws MalformedParameter for a query that says something wrong.
 */
export function readAddress(
  path: readonly string[],
  query: Parameters,
  zone: string,
  open: Opening,
): Reading | undefined {
  const format = (Object.keys(FILE_NAMES) as DocumentFormat[]).find(
    (name) => FILE_NAMES[name] === path.at(-1),
  )
  const folder = readFolder(path.slice(0, -1), open)
  if (format === undefined || folder === undefined) return undefined
  const foreign = query.find(
    ([name]) => name !== RAW && !PARAMETERS.includes(name) && !FOREIGN.test(name),
  )
  if (foreign !== undefined) {
    throw new MalformedParameter(foreign[0], 'unknown', { name: foreign[0].slice(0, 60) })
  }
  const asked = parseFilter(query, zone)
  const filter = folder.scheme === undefined ? asked : withTerm(asked, folder.scheme, folder.term)
  // Alone, `depth` speaks of the section in the path as well.
  const sectionsAlone =
    folder.scheme === 'sections' ? single(query, 'depth') === '0' : asked.sectionsAlone
  const { named } = folder
  const content = readContent(single(query, 'content'), named?.feed)
  const limit = readNumber(query, 'limit', named?.feed.limit ?? MOST_ENTRIES)
  const page = readNumber(query, 'page', LAST_PAGE) ?? 1
  return {
    address: {
      filter: { ...filter, sectionsAlone },
      ...(named === undefined ? {} : { named }),
      format,
      content,
      limit: limit ?? usualLimit(named?.feed),
      page,
    },
    respelled: folder.respelled,
  }
}

/** The canonical URL of an address, relative to the base URL, without a leading slash. */
export function printAddress(address: Address, zone: string): string {
  const [folder, query] = printAround(address, zone)
  return folder + FILE_NAMES[address.format] + query
}

/** What stands before a document's name, and what after it: the same for each format. */
function printAround(address: Address, zone: string): [folder: string, query: string] {
  const { path, rest } = folderOf(address)
  const query = printFilter({ ...rest, sectionsAlone: false }, zone)
  if (address.filter.sectionsAlone) query.push(['depth', '0'])
  query.push(...wishesOf(address))
  return [path.map((segment) => `${encodeSegment(segment)}/`).join(''), printQuery(query)]
}

/** The parameters of an address beside those of its filter, where they differ from what is usual. */
export function wishesOf({ limit, content, page, named }: Address): [string, string][] {
  const wishes: [string, string][] = []
  if (limit !== usualLimit(named?.feed)) wishes.push(['limit', String(limit)])
  if (content !== usualContent(named?.feed)) wishes.push(['content', content])
  if (page !== 1) wishes.push(['page', String(page)])
  return wishes
}

/** The canonical URLs of a feed's documents and of its page. */
export type Urls = Readonly<Record<DocumentFormat, string>>

export function urlsOf(address: Address, base: string, zone: string): Urls {
  return urlsByPage(address, base, zone)(address.page)
}

/** The same for any page of the feed. What pages share is printed once, as that takes most of the time. */
export function urlsByPage(address: Address, base: string, zone: string): (page: number) => Urls {
  const [folder, query] = printAround(atPage(address, 1), zone)
  return (page) => {
    const whole = page === 1 ? query : withParameter(query, `page=${page}`)
    const url = (format: DocumentFormat) => base + folder + FILE_NAMES[format] + whole
    return { rss: url('rss'), atom: url('atom'), json: url('json'), html: url('html') }
  }
}

/** The same feed in another format. */
export function inFormat(address: Address, format: DocumentFormat): Address {
  return { ...address, format }
}

/** Another page of the same feed. */
export function atPage(address: Address, page: number): Address {
  return { ...address, page }
}

/** The address of a document that a browser shows as it is. */
export function rawAddress(url: string): string {
  return withParameter(url, RAW)
}

/** Where an article's full text is shown, also where its own address is elsewhere. */
export function textAddress({ hasOwnPage, link, slug }: Article, base: string): string {
  return hasOwnPage ? link : `${base}articles/${encodeURIComponent(slug)}?${TEXT}`
}

/** The address of a filter's feed as it is without further wishes. */
export function addressOf(filter: Filter, format: DocumentFormat): Address {
  return { filter, format, content: 'full', limit: DEFAULT_ENTRIES, page: 1 }
}

/** The address of a named feed as it is; without a secret, that of a private one leads nowhere. */
export function addressOfNamed(feed: NamedFeed, format: DocumentFormat): Address {
  const { limit, content } = feed
  return { filter: EVERYTHING, named: { feed }, format, content, limit, page: 1 }
}

/** The address without what opens it: the same for all who may read the feed. */
export function withoutSecret({ named, ...address }: Address): Address {
  return named === undefined ? address : { ...address, named: { feed: named.feed } }
}

/** What an article must match to be in the feed at an address: all of these filters. */
export function filtersOf({ filter, named }: Address): readonly Filter[] {
  return named === undefined ? [filter] : [named.feed.filter, filter]
}

/** The formats that the feed at an address is written in. */
export function formatsOf(
  { named }: Address,
  { formats }: { readonly formats: readonly FeedFormat[] },
): readonly FeedFormat[] {
  return named?.feed.formats ?? formats
}

/** The address with each of its terms replaced; the same one where none is. */
export function mapAddressTerms(
  address: Address,
  replace: (scheme: Scheme, term: string) => string,
): Address {
  const filter = mapTerms(address.filter, replace)
  return filter === address.filter ? address : { ...address, filter }
}

interface Folder {
  readonly named?: NonNullable<Address['named']>
  readonly scheme?: Scheme
  readonly term: string
  readonly respelled: boolean
}

function readFolder(path: readonly string[], open: Opening): Folder | undefined {
  const [name, ...rest] = path
  if (name === undefined) return { term: '', respelled: false }
  if (name === NAMED_FOLDER) return readName(rest, open)
  const scheme = own(FOLDERS, name)
  if (scheme === undefined || rest.length === 0 || (scheme !== 'sections' && rest.length > 1))
    return undefined
  const written = rest.join('/')
  const term = spelling(scheme, written)
  return isAddressable(term) ? { scheme, term, respelled: term !== written } : undefined
}

/** `{name}` of a public feed, `{name}/{secret}` of a private one. */
function readName([written = '', secret, ...more]: readonly string[], open: Opening) {
  const feed = more.length > 0 ? undefined : open(slug(written), secret)
  if (feed === undefined) return undefined
  const named = { feed, ...(secret === undefined ? {} : { secret }) }
  return { named, term: '', respelled: feed.name !== written }
}

/** The segments that lead to a feed, and what its query has to say of the filter. */
function folderOf({ filter, named }: Address): { path: readonly string[]; rest: Filter } {
  if (named !== undefined) {
    const { feed, secret } = named
    return {
      path: [NAMED_FOLDER, feed.name, ...(secret === undefined ? [] : [secret])],
      rest: filter,
    }
  }
  const { scheme, term, rest } = splitFolder(filter)
  const folder = Object.keys(FOLDERS).find((name) => FOLDERS[name] === scheme)
  if (folder === undefined || term === undefined) return { path: [], rest }
  return { path: [folder, ...(scheme === 'sections' ? term.split('/') : [term])], rest }
}

/** A filter parted into the one term that its path can carry and what is left for the query. */
function splitFolder(filter: Filter): { scheme?: Scheme; term?: string; rest: Filter } {
  for (const scheme of ['sections', 'tags', 'authors'] as const) {
    const { all, none } = filter.terms[scheme]
    const [first] = all
    if (all.length !== 1 || first?.length !== 1) continue
    return {
      scheme,
      term: first[0] as string,
      rest: { ...filter, terms: { ...filter.terms, [scheme]: { all: [], none } } },
    }
  }
  return { rest: filter }
}

function usualLimit(feed: NamedFeed | undefined): number {
  return feed?.limit ?? DEFAULT_ENTRIES
}

function usualContent(feed: NamedFeed | undefined): Extent {
  return feed?.content ?? 'full'
}

function readContent(value: string | undefined, feed: NamedFeed | undefined): Extent {
  const usual = usualContent(feed)
  if (value === 'full' && usual === 'summary') throw new MalformedParameter('content', 'summaries')
  if (value === undefined || value === 'full' || value === 'summary') return value ?? usual
  throw new MalformedParameter('content', 'content')
}

/** @throws MalformedParameter */
export function readNumber(query: Parameters, name: string, most: number): number | undefined {
  const value = single(query, name)
  if (value === undefined) return undefined
  const number = /^\d{1,9}$/.test(value) ? Number(value) : 0
  if (number >= 1 && number <= most) return number
  throw new MalformedParameter(name, 'number', { most: String(most) })
}
