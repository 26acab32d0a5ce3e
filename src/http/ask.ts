// What a URL asks for: a feed, its page, a redirect to where it is now, or a problem.
import {
  type Address,
  addressOf,
  FEED_FORMATS,
  type FeedFormat,
  formatsOf,
  type Reading,
  readAddress,
} from '../domain/address.ts'
import { EVERYTHING, withTerm } from '../domain/filter.ts'
import { MalformedParameter } from '../domain/malformed-parameter.ts'
import { isPrivate, type Opening } from '../domain/named-feed.ts'
import { FORMAT_NAMES } from '../pages/feed-links.tsx'
import type { Finding } from '../publishing/finding.ts'
import type { Publisher } from '../publishing/publisher.ts'
import type { HttpProblem } from './problem.tsx'

export type Asked =
  | { readonly kind: 'feed'; readonly address: Address & { readonly format: FeedFormat } }
  | { readonly kind: 'page'; readonly address: Address }
  | { readonly kind: 'moved'; readonly to: string }
  | { readonly kind: 'problem'; readonly problem: HttpProblem }
  /** Too many searches of texts wait, or this one takes too long. */
  | { readonly kind: 'busy' }

/** The most characters of a term that a problem repeats. */
const LONGEST_NAME = 100

interface Answer {
  /** Nothing where no feed is at the URL, or only a private one that it doesn't open. */
  readonly asked: Asked | undefined
  /** Whether the URL holds a secret that opened a private feed, so that nobody else may see the answer. */
  readonly isPrivate: boolean
}

/** Searches the texts for an address's words, for as long as an answer may wait. */
export type Settle = Publisher['settle']

export async function ask(url: string, publisher: Publisher, settle: Settle): Promise<Answer> {
  let isOpened = false
  const open: Opening = (name, secret) => {
    const feed = publisher.open(name, secret)
    isOpened = isPrivate(feed)
    return feed
  }
  const asked = await read(url, publisher, open, settle)
  return { asked: isOpened ? untold(asked) : asked, isPrivate: isOpened }
}

/** Errors are shown, logged and passed on, so that of a private feed names none of its addresses. */
function untold(asked: Asked | undefined): Asked | undefined {
  if (asked?.kind !== 'problem') return asked
  const { links: _, more: { last, formats, ...more } = {}, ...problem } = asked.problem
  return { kind: 'problem', problem: { ...problem, more } }
}

async function read(
  url: string,
  publisher: Publisher,
  open: Opening,
  settle: Settle,
): Promise<Asked | undefined> {
  const { pathname, searchParams } = new URL(url)
  const path = segmentsOf(pathname)
  if (path === undefined) {
    return {
      kind: 'problem',
      problem: { status: 400, title: 'Malformed address', detail: ['detail.encoding'] },
    }
  }
  const query = [...searchParams]
  const readNow = () => {
    const { zone } = publisher.catalog().publication
    return (
      readAddress(path, query, zone, open) ??
      respelled(readAddress([...path, ''], query, zone, open))
    )
  }
  try {
    let reading = readNow()
    const searching = reading && settle(reading.address)
    if (searching !== undefined) {
      if ((await searching) === 'busy') return { kind: 'busy' }
      // By now a named feed may have another filter, or have been closed.
      reading = readNow()
    }
    if (reading === undefined) return undefined
    return asked(publisher.find(reading.address), reading.respelled, publisher)
  } catch (error) {
    return { kind: 'problem', problem: malformed(error) }
  }
}

/** A page's address without its last slash, which people leave out. */
function respelled(reading: Reading | undefined): Reading | undefined {
  return reading && { ...reading, respelled: true }
}

/** The problem with a request that can't be read. @throws any other error, since that is a fault of ours. */
export function malformed(error: unknown): HttpProblem {
  if (!(error instanceof MalformedParameter)) throw error
  const { parameter, kind, values } = error
  const detail = [`malformed.${kind}`, values] as const
  return { status: 400, title: 'Malformed parameter', detail, more: { parameter } }
}

function asked(finding: Finding, respelled: boolean, publisher: Publisher): Asked {
  if (finding.kind === 'moved') return finding
  if (finding.kind !== 'found') return { kind: 'problem', problem: problemOf(finding, publisher) }
  const { address } = finding
  if (respelled) return { kind: 'moved', to: publisher.urls(address)[address.format] }
  return isDocument(address) ? { kind: 'feed', address } : { kind: 'page', address }
}

/** Why there is nothing where an address leads. */
export function problemOf(
  finding: Exclude<Finding, { kind: 'found' | 'moved' }>,
  publisher: Publisher,
): HttpProblem {
  switch (finding.kind) {
    case 'gone':
      return {
        status: 410,
        title: 'Retired',
        detail: { words: finding.reason, language: publisher.catalog().publication.language },
        told: (reason) => `“${finding.term}” is no more: ${reason}`,
        more: { term: finding.term },
      }
    case 'beyond':
      return {
        status: 404,
        title: 'No such page',
        detail: ['detail.pages'],
        links: [{ title: finding.last, url: finding.last }],
        more: { last: finding.last },
      }
    case 'unwritten':
      return unwritten(finding.address, publisher)
    case 'unknown':
      return unknownTerm(finding, publisher)
  }
}

function isDocument(address: Address): address is Address & { format: FeedFormat } {
  return (FEED_FORMATS as readonly string[]).includes(address.format)
}

function unwritten(address: Address, publisher: Publisher): HttpProblem {
  const urls = publisher.urls(address)
  const formats = formatsOf(address, publisher.catalog().publication)
  return {
    status: 404,
    title: 'No such format',
    detail: ['detail.formats', { formats: formats.map((format) => FORMAT_NAMES[format]) }],
    more: { formats: formats.map((format) => urls[format]) },
    links: formats.map((format) => ({ title: FORMAT_NAMES[format], url: urls[format] })),
  }
}

function unknownTerm(
  { term, nearest }: Finding & { kind: 'unknown' },
  publisher: Publisher,
): HttpProblem {
  const shortened =
    term.length > LONGEST_NAME ? `${[...term].slice(0, LONGEST_NAME).join('')}…` : term
  const names = nearest.map(({ label }) => `“${label}”`).join(', ')
  const links = nearest.map((known) => ({
    title: known.label,
    url: publisher.urls(addressOf(withTerm(EVERYTHING, known.scheme, known.term), 'html')).html,
  }))
  return {
    status: 404,
    title: 'Unknown term',
    detail: ['detail.term', { term: shortened }],
    told: (detail) => (names === '' ? detail : `${detail} Nearest to it: ${names}.`),
    more: {
      term: shortened,
      nearest: nearest.map(({ scheme, term, label }) => ({ scheme, term, label })),
    },
    links,
  }
}

/** A path's segments, split before they are decoded, so that an encoded slash stays inside its segment. */
export function segmentsOf(pathname: string): string[] | undefined {
  try {
    return pathname.slice(1).split('/').map(decodeURIComponent)
  } catch {
    return undefined
  }
}
