// RSS 2.0 and 1.0 as records: the profile of the RSS Advisory Board, Dublin Core, Media RSS, podcasts.
import { dateIn } from './dates.ts'
import { count, type Facts, type Found, given, innermost, once, type Tally } from './imported.ts'
import { address, sortAttachments, takeAttachments } from './media.ts'
import { oneLine, withoutReferences, wordsOf } from './words.ts'
import { type Fields, fieldsOf, textOf, type XmlNode } from './xml.ts'

/** What the channel says for its items. */
export interface Channel {
  readonly language?: string | undefined
  readonly base?: string | undefined
  /** Gazette's own feeds are read by what they are known to mean. */
  readonly isOurs: boolean
}

export function readChannel(head: readonly XmlNode[]): Channel {
  const text = (...names: string[]) => textOf(head.find(({ name }) => names.includes(name)))
  return {
    language: text('language', 'dc:language'),
    base: address(text('link')),
    isOurs: text('generator') === 'Gazette',
  }
}

export function readItem(item: XmlNode, channel: Channel, unplaced: Tally): Found {
  const fields = fieldsOf(item)
  const url = address(fields.text('link'), item.base ?? channel.base)
  const { id, permalink } = identity(fields)
  const link = url ?? permalink
  const base = item.base ?? link ?? channel.base
  const title = fields.text('title')
  const { tags, sections } = readCategories(fields, unplaced)
  const { body, summary } = readTexts(fields, channel)
  const facts: Facts = {
    // RSS 1.0 names an item by what it is about (§5.5); readers know others without a guid by their link.
    id: id ?? (item.attributes['rdf:about']?.trim() || link),
    url: link,
    title: oneLine(channel.isOurs ? title : withoutReferences(title)),
    summary,
    published: firstDate(
      fields,
      ['pubDate', 'dc:date', 'dcterms:created', 'dcterms:issued'],
      unplaced,
    ),
    updated: firstDate(fields, ['atom:updated', 'dcterms:modified'], unplaced),
    language: fields.text('dc:language') ?? item.language ?? channel.language,
    tags,
    sections,
    authors: readAuthors(fields),
    contributors: fields
      .take('dc:contributor')
      .flatMap((node) => named(node, (name) => ({ name, role: 'contributor' }))),
    sources: readSources(fields, base),
    related: relatedLinks(fields, base, unplaced),
    rights: rightsOf(fields.text('dc:rights'), channel.isOurs),
    ...sortAttachments(takeAttachments(fields, base, unplaced), unplaced),
  }
  fields.countRest(unplaced)
  return { facts: given(facts), body: { form: 'html', source: body ?? '' }, base }
}

/** Gazette writes a line each. Taken for one copyright, they would be followed by the site's own conditions once more. */
export function rightsOf(text: string | undefined, isOurs: boolean): Facts['rights'] {
  if (text === undefined) return undefined
  const lines = text.split('\n')
  if (!isOurs || lines.length !== 3) return { copyright: text }
  const [copyright, reprint, disclaimer] = lines as [string, string, string]
  return { copyright, reprint, disclaimer }
}

function identity(fields: Fields): { id?: string | undefined; permalink?: string | undefined } {
  const [guid] = fields.take('guid')
  const id = textOf(guid)
  // RSS 2.0 "guid": a permalink unless it says it is none.
  const isLink = guid?.attributes.isPermaLink?.trim().toLowerCase() !== 'false'
  return { id, permalink: isLink ? address(id) : undefined }
}

function firstDate(fields: Fields, names: readonly string[], unplaced: Tally): string | undefined {
  for (const name of names) {
    const date = dateIn(name, fields.text(name), unplaced)
    if (date !== undefined) return date
  }
  return undefined
}

/**
 * Description and `content:encoded`: where both stand, the first is the summary. Alone, it is the text, but for
 * Gazette's own feeds, in which it is never anything but the summary.
 */
function readTexts(
  fields: Fields,
  { isOurs }: Channel,
): { body?: string | undefined; summary?: string | undefined } {
  const body = fields.text('content:encoded')
  const description = fields.text('description')
  if (body === undefined && !isOurs) return { body: description, summary: undefined }
  return { body, summary: wordsOf(description) }
}

/** The categories: those whose domain is that of a section tree are paths, all others tags. */
function readCategories(fields: Fields, unplaced: Tally): { tags: string[]; sections: string[][] } {
  const tags: string[] = []
  const sections: string[][] = []
  for (const node of fields.take('category')) {
    const label = oneLine(textOf(node))
    if (label === undefined) continue
    const { domain } = node.attributes
    if (isSectionScheme(domain)) {
      sections.push(
        label
          .split('/')
          .map((level) => level.trim())
          .filter(Boolean),
      )
      continue
    }
    if (domain !== undefined && !isTagScheme(domain)) count(unplaced, `category domain "${domain}"`)
    tags.push(label)
  }
  const subjects = fields.take('dc:subject').flatMap((node) => named(node, (name) => name))
  const keywords = (fields.text('media:keywords') ?? '').split(',').map((word) => word.trim())
  return {
    tags: [...new Set([...tags, ...subjects, ...keywords.filter(Boolean)])],
    sections: innermost(sections),
  }
}

/** `https://portal.example/categories/`, the vocabulary of a publication's sections as Gazette names it. */
export function isSectionScheme(scheme: string | undefined): boolean {
  return scheme !== undefined && /\/categories\/?$/.test(scheme)
}

export function isTagScheme(scheme: string | undefined): boolean {
  return scheme !== undefined && /\/tags\/?$/.test(scheme)
}

/** `author` is an address with a name behind it (RSS 2.0); `dc:creator` a name. */
function readAuthors(fields: Fields): Facts['authors'] {
  const creators = fields.take('dc:creator').flatMap((node) => named(node, (name) => ({ name })))
  const authors = fields.take('author').flatMap((node) => named(node, readPerson))
  const itunes = fields.take('itunes:author').flatMap((node) => named(node, (name) => ({ name })))
  const all = [...authors, ...creators]
  return once(all.length > 0 ? all : itunes, ({ name }) => name)
}

const LONGEST_PERSON = 300

/** `desk@news.example (News desk)`, `News desk <desk@news.example>`, or a name alone. */
function readPerson(written: string): { name: string; email?: string } {
  // What is longer is no person, and would take long to look through.
  if (written.length > LONGEST_PERSON) return { name: written }
  const found =
    /^(?<email>[^\s()<>]+@[^\s()<>]+)\s*\((?<name>[^()]+)\)$/.exec(written)?.groups ??
    /^(?<name>[^<>]+?)\s*<(?<email>[^\s<>]+@[^\s<>]+)>$/.exec(written)?.groups
  const { name, email } = found ?? {}
  if (name !== undefined && email !== undefined) return { name: name.trim(), email }
  return { name: written }
}

function readSources(fields: Fields, base: string | undefined): Facts['sources'] {
  const feeds = fields.take('source').flatMap((node) => {
    const feed = address(node.attributes.url, base)
    return named(node, (title) => (feed === undefined ? { title } : { title, feed }))
  })
  return [...feeds, ...fields.take('dc:source').flatMap((node) => named(node, sourceOf))]
}

/** A source told by one text: an address, or a name. */
export function sourceOf(text: string): { title: string; url?: string } {
  const url = /^https?:\/\//i.test(text) ? address(text) : undefined
  return url === undefined ? { title: text } : { title: text, url }
}

function relatedLinks(fields: Fields, base: string | undefined, unplaced: Tally): Facts['related'] {
  return fields.take('atom:link').flatMap(({ attributes: { rel = 'alternate', href, title } }) => {
    const url = address(href, base)
    if (rel === 'related' && url !== undefined) return [{ title: oneLine(title) ?? url, url }]
    count(unplaced, `atom:link rel="${rel}"`)
    return []
  })
}

/** What is made of the words in an element, if it has any. */
export function named<T>(node: XmlNode, make: (text: string) => T): T[] {
  const text = oneLine(textOf(node))
  return text === undefined ? [] : [make(text)]
}
