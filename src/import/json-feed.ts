// JSON Feed 1.0 and 1.1 as records; what Gazette itself adds in `_gazette` is read back.
import { asMap, type Values } from '../content/conventions/maps.ts'
import { readJson } from '../content/syntax/located.ts'
import { UnreadableSource } from '../content/syntax/source.ts'
import { sectionTerm } from '../domain/category.ts'
import { dateIn } from './dates.ts'
import {
  count,
  type Facts,
  type Found,
  given,
  innermost,
  MOST_ITEMS,
  type Reading,
  type Tally,
  wholeNumber,
} from './imported.ts'
import { type Attachment, address, sortAttachments } from './media.ts'
import { sourceOf } from './rss.ts'
import { oneLine } from './words.ts'

const KNOWN = new Set([
  ...['id', 'url', 'external_url', 'title', 'content_html', 'content_text', 'summary', 'image'],
  ...['banner_image', 'date_published', 'date_modified', 'author', 'authors', 'tags', 'language'],
  ...['attachments', '_gazette'],
])
const KNOWN_OF_OURS = new Set([
  ...['contributors', 'sections', 'pictures', 'sources', 'related', 'rights'],
])

/** @throws UnreadableSource where it is no JSON Feed. */
export function readJsonFeed(text: string): Reading {
  const feed = asMap(readJson(text).value)
  if (!Array.isArray(feed.items) || !String(feed.version).includes('jsonfeed.org/version/1')) {
    throw new UnreadableSource(
      'This is JSON, but no JSON Feed: it should have "version" and "items". A file of Gazette\'s own records needs no import.',
    )
  }
  const items: unknown[] = feed.items
  if (items.length > MOST_ITEMS) {
    throw new UnreadableSource(`The file has more than ${MOST_ITEMS} items; import it in parts.`)
  }
  const unplaced: Tally = new Map()
  return {
    kind: 'JSON Feed',
    expected: items.length,
    found: (function* () {
      for (const item of items) yield readItem(asMap(item), feed, unplaced)
    })(),
    skipped: new Map(),
    unplaced,
  }
}

function readItem(item: Values, feed: Values, unplaced: Tally): Found {
  const ours = asMap(item._gazette)
  const isOurs = item._gazette !== undefined || feed._gazette !== undefined
  const base = address(text(feed.home_page_url)) ?? address(text(feed.feed_url))
  const external = address(text(item.external_url), base)
  const url = address(text(item.url), base)
  const sources = list(ours.sources)
  const summary = text(item.summary)
  const sections = innermost(list(ours.sections).map((path) => names(path, unplaced)))
  const facts: Facts = {
    id: identity(item.id) ?? url,
    url,
    title: oneLine(text(item.title)),
    summary,
    published: dateIn('date_published', text(item.date_published), unplaced),
    updated: dateIn('date_modified', text(item.date_modified), unplaced),
    language: text(item.language) ?? text(feed.language),
    tags: tagsOf(item, list(ours.sections).map(labels)),
    sections,
    authors: people(item, feed, unplaced),
    contributors: list(ours.contributors) as Facts['contributors'],
    sources: (sources.length > 0
      ? sources
      : external === undefined
        ? []
        : [sourceOf(external)]) as Facts['sources'],
    related: list(ours.related) as Facts['related'],
    rights: ours.rights as Facts['rights'],
    ...readAttachments(item, ours, base, unplaced),
  }
  countUnknown(item, KNOWN, '', unplaced)
  countUnknown(ours, KNOWN_OF_OURS, '_gazette.', unplaced)
  return { facts: given(facts), body: bodyOf(item, isOurs), base: url ?? base }
}

/** An item must have a text, so Gazette says the summary or the title where there is none: that is no body. */
function bodyOf(item: Values, isOurs: boolean): Found['body'] {
  const html = text(item.content_html)
  if (html !== undefined) return { form: 'html', source: html }
  const plain = text(item.content_text) ?? ''
  const stands = isOurs && plain === (text(item.summary) ?? text(item.title))
  return { form: 'text', source: stands ? '' : plain }
}

/** JSON Feed 1.1: an id is a text; a number is read as one. */
function identity(id: unknown): string | undefined {
  return typeof id === 'number' ? String(id) : text(id)
}

/** The tags without the labels of sections and those above, which Gazette lists behind them unless they are tags as well. */
function tagsOf(item: Values, sections: readonly string[][]): string[] {
  const tags = [...new Set(list(item.tags).flatMap((tag) => oneLine(text(tag)) ?? []))]
  const behind = [...new Set(sections.flat())]
  const all = new Set(tags)
  let end = tags.length
  for (const label of behind.reverse()) {
    if (tags[end - 1] === label) end--
    else if (!all.has(label)) return tags
  }
  return tags.slice(0, end)
}

function labels(path: unknown): string[] {
  return list(path).flatMap((level) => oneLine(text(asMap(level).label)) ?? [])
}

/** The levels of a section: the label of each, or the last part of its term where `site.yaml` gave a label with another slug. */
function names(path: unknown, unplaced: Tally): string[] {
  return list(path).flatMap((level) => {
    const { term, label } = asMap(level)
    const segment = text(term)?.split('/').at(-1)
    const name = oneLine(text(label))
    if (segment === undefined || name === undefined || sectionTerm([name]) === segment)
      return name ?? segment ?? []
    count(unplaced, '_gazette.sections.label')
    return segment
  })
}

function people(item: Values, feed: Values, unplaced: Tally): Facts['authors'] {
  const own = [...list(item.authors), ...(item.author === undefined ? [] : [item.author])]
  const all = [...list(feed.authors), ...(feed.author === undefined ? [] : [feed.author])]
  // JSON Feed 1.1 "authors": an item's own, else the feed's.
  return (own.length > 0 ? own : all).flatMap((one) => {
    const { name, url, avatar } = asMap(one)
    if (avatar !== undefined && own.length > 0) count(unplaced, 'authors.avatar')
    const called = oneLine(text(name)) ?? text(url)
    return called === undefined ? [] : [given({ name: called, url: address(text(url)) })]
  })
}

function readAttachments(
  item: Values,
  ours: Values,
  base: string | undefined,
  unplaced: Tally,
): Pick<Facts, 'pictures' | 'recordings'> {
  const attached = list(item.attachments).flatMap((one): Attachment[] => {
    const { url, mime_type, title, size_in_bytes, duration_in_seconds } = asMap(one)
    const at = address(text(url), base)
    if (at === undefined) {
      count(unplaced, 'attachments without a web address')
      return []
    }
    return [
      {
        url: at,
        type: text(mime_type),
        title: text(title),
        length: wholeNumber(size_in_bytes),
        duration: typeof duration_in_seconds === 'number' ? duration_in_seconds : undefined,
      },
    ]
  })
  const pictures = list(ours.pictures).map(asMap) as NonNullable<Facts['pictures']>
  const shown = new Set(pictures.map(({ url }) => url))
  const images = [item.image, item.banner_image].flatMap((one): Attachment[] => {
    const url = address(text(one), base)
    const type = attached.find((one) => one.url === url)?.type ?? 'image/*'
    return url === undefined || shown.has(url) ? [] : [{ url, type }]
  })
  const others = attached.filter(({ url }) => !shown.has(url))
  const sorted = sortAttachments([...images, ...others], unplaced)
  return {
    pictures: [...pictures, ...sorted.pictures].map(withoutGuess),
    recordings: sorted.recordings,
  }
}

/** An `image` has no type; `image/*` was only to tell that it is a picture. */
function withoutGuess({ type, ...picture }: NonNullable<Facts['pictures']>[number]) {
  return type === undefined || type === 'image/*' ? picture : { ...picture, type }
}

function countUnknown(object: Values, known: ReadonlySet<string>, prefix: string, unplaced: Tally) {
  for (const [name, value] of Object.entries(object)) {
    if (!known.has(name) && value !== null && value !== '') count(unplaced, `${prefix}${name}`)
  }
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}
