// Atom 1.0 (RFC 4287) as records, with Media RSS and Dublin Core where entries carry them.
import type { ElementContent } from 'hast'
import { toHtml } from 'hast-util-to-html'
import type { BodySource } from '../content/bodies/body.ts'
import { sectionTerm, slug } from '../domain/category.ts'
import { dateIn } from './dates.ts'
import {
  count,
  type Facts,
  type Found,
  given,
  innermost,
  type Tally,
  wholeNumber,
} from './imported.ts'
import { type Attachment, address, sortAttachments, takeAttachments } from './media.ts'
import { isSectionScheme, isTagScheme, named, rightsOf, sourceOf } from './rss.ts'
import { oneLine, wordsOf } from './words.ts'
import { elementsOf, type Fields, fieldsOf, textOf, type XmlNode } from './xml.ts'

/** What the feed says for its entries. */
export interface AtomHead {
  readonly authors: readonly XmlNode[]
  readonly base?: string | undefined
  /** Gazette's own feeds are read by what they are known to mean. */
  readonly isOurs: boolean
}

export function readHead(head: readonly XmlNode[]): AtomHead {
  const links = head.filter(({ name }) => name === 'atom:link')
  const page = links.find(({ attributes: { rel = 'alternate' } }) => rel === 'alternate')
  const self = links.find(({ attributes: { rel } }) => rel === 'self')
  return {
    authors: head.filter(({ name }) => name === 'atom:author'),
    base: address(self?.attributes.href, self?.base) ?? address(page?.attributes.href, page?.base),
    isOurs: textOf(head.find(({ name }) => name === 'atom:generator')) === 'Gazette',
  }
}

export function readEntry(entry: XmlNode, head: AtomHead, unplaced: Tally): Found {
  const fields = fieldsOf(entry)
  const around = entry.base ?? head.base
  const { url, attachments, sources, related } = readLinks(fields, around, unplaced)
  const base = entry.base ?? url ?? around
  const [source] = fields.take('atom:source')
  const copied = source && elementsOf(source)
  const { tags, sections } = readCategories(fields, head, unplaced)
  const { body, contentBase } = readContent(fields, base, unplaced)
  const updated = dateIn('updated', fields.text('atom:updated'), unplaced)
  const published = dateIn('published', fields.text('atom:published'), unplaced) ?? updated
  const ownAuthors = fields.take('atom:author')
  // RFC 4287 §4.1.2: its own authors, else those of where it was copied from, else the feed's.
  const authors = [ownAuthors, copied?.filter(({ name }) => name === 'atom:author'), head.authors]
  const rights = fields.take('atom:rights')[0]
  const facts: Facts = {
    id: fields.text('atom:id'),
    url,
    title: oneLine(plainText(fields.take('atom:title')[0])),
    summary: plainText(fields.take('atom:summary')[0]),
    published,
    updated,
    draft: isDraft(fields) ? true : undefined,
    language: entry.language ?? fields.text('dc:language'),
    tags,
    sections,
    authors: (authors.find((some) => some !== undefined && some.length > 0) ?? []).flatMap(person),
    contributors: fields
      .take('atom:contributor')
      .flatMap(person)
      .map((one) => ({ ...one, role: 'contributor' })),
    sources: [
      ...copiedFrom(copied, around),
      ...sources,
      ...fields.take('dc:source').flatMap((node) => named(node, sourceOf)),
    ],
    related,
    rights: rightsOf(plainText(rights), head.isOurs),
    ...sortAttachments([...attachments, ...takeAttachments(fields, base, unplaced)], unplaced),
  }
  fields.countRest(unplaced)
  return { facts: given(facts), body, base: contentBase }
}

/** Not published by its author yet (RFC 5023 §13.1.1); exports and the feeds of editors have such entries too. */
function isDraft(fields: Fields): boolean {
  return fields
    .take('app:control')
    .flatMap(elementsOf)
    .some((one) => one.name === 'app:draft' && textOf(one) === 'yes')
}

interface Links {
  readonly url: string | undefined
  readonly attachments: Attachment[]
  readonly sources: { title: string; url: string }[]
  readonly related: { title: string; url: string }[]
}

/** RFC 4287 §4.2.7. */
function readLinks(fields: Fields, around: string | undefined, unplaced: Tally): Links {
  const links: Links & { url: string | undefined } = {
    url: undefined,
    attachments: [],
    sources: [],
    related: [],
  }
  for (const { attributes, base = around } of fields.take('atom:link')) {
    const { rel = 'alternate', type, length } = attributes
    const url = address(attributes.href, base)
    const title = oneLine(attributes.title)
    const isPage = type === undefined || /html/.test(type)
    if (url === undefined) count(unplaced, `link rel="${rel}" without a web address`)
    else if (rel === 'alternate' && isPage && links.url === undefined) links.url = url
    else if (rel === 'via') links.sources.push({ title: title ?? url, url })
    else if (rel === 'related') links.related.push({ title: title ?? url, url })
    else if (rel === 'enclosure') {
      links.attachments.push({ url, type, length: wholeNumber(length), title })
    } else if (rel !== 'self') count(unplaced, `link rel="${rel}"`)
  }
  return links
}

/**
 * A section comes with each level above it, and their labels are its path. `site.yaml` may give a term of ours a label
 * with another slug; then the term is taken for the name, or the article would move to another section.
 */
function readCategories(
  fields: Fields,
  { isOurs }: AtomHead,
  unplaced: Tally,
): { tags: string[]; sections: string[][] } {
  const tags: string[] = []
  const levels = new Map<string, string>()
  const nameOf = (term: string, label: string, slugOfLabel: string) => {
    if (!isOurs || slugOfLabel === term) return label
    count(unplaced, 'category label')
    return term
  }
  for (const { attributes } of fields.take('atom:category')) {
    const { term, scheme } = attributes
    const label = oneLine(attributes.label) ?? oneLine(term)
    if (term === undefined || label === undefined) continue
    if (isSectionScheme(scheme)) {
      const last = term.split('/').filter(Boolean).at(-1) ?? term
      levels.set(term, nameOf(last, label, sectionTerm([label])))
    } else if (isTagScheme(scheme)) {
      tags.push(nameOf(term, label, slug(label)))
    } else {
      if (scheme !== undefined) count(unplaced, `category scheme "${scheme}"`)
      tags.push(label)
    }
  }
  const paths = [...levels.keys()].map((term) => {
    const names = term.split('/').filter(Boolean)
    return names.map((name, at) => levels.get(names.slice(0, at + 1).join('/')) ?? name)
  })
  return { tags: [...new Set(tags)], sections: innermost(paths) }
}

function person(node: XmlNode): { name: string; email?: string; url?: string }[] {
  const text = (name: string) => oneLine(textOf(elementsOf(node).find((one) => one.name === name)))
  const email = text('atom:email')
  const name = text('atom:name') ?? email
  if (name === undefined) return []
  return [given({ name, email, url: address(text('atom:uri'), node.base) })]
}

function copiedFrom(source: readonly XmlNode[] | undefined, base: string | undefined) {
  if (source === undefined) return []
  const text = (name: string) => plainText(source.find((one) => one.name === name))
  const link = (rel: string) =>
    address(
      source.find(
        ({ name, attributes }) => name === 'atom:link' && (attributes.rel ?? 'alternate') === rel,
      )?.attributes.href,
      base,
    )
  const feed = link('self') ?? address(text('atom:id'))
  const url = link('alternate')
  const title = oneLine(text('atom:title')) ?? url ?? feed
  return title === undefined ? [] : [given({ title, url, feed })]
}

/** A text construct (RFC 4287 §3.1) as plain text. */
function plainText(node: XmlNode | undefined): string | undefined {
  if (node === undefined) return undefined
  const { type = 'text' } = node.attributes
  if (type === 'xhtml') return wordsOf(xhtml(node))
  return type === 'html' || type === 'text/html' ? wordsOf(textOf(node)) : textOf(node)
}

/** The content (RFC 4287 §4.1.3) as HTML; what stands elsewhere or is no text is counted. */
function readContent(
  fields: Fields,
  base: string | undefined,
  unplaced: Tally,
): { body: BodySource; contentBase: string | undefined } {
  const [content] = fields.take('atom:content')
  const contentBase = content?.base ?? base
  const { type = 'text', src } = content?.attributes ?? {}
  const as = (form: BodySource['form'], source = '') => ({ body: { form, source }, contentBase })
  if (content === undefined) return as('text')
  if (src !== undefined) count(unplaced, 'content src')
  else if (/^(application\/)?xhtml(\+xml)?$/.test(type)) return as('html', xhtml(content))
  else if (/^(text\/)?html$/.test(type)) return as('html', textOf(content))
  else if (/^text(\/|$)/.test(type)) return as('text', textOf(content))
  else count(unplaced, `content of type ${type}`)
  return as('text')
}

function xhtml(node: XmlNode): string {
  const [outer, ...others] = elementsOf(node)
  // RFC 4287 §3.1.1.3: the one div around is no part of the content.
  const inside = outer !== undefined && others.length === 0 ? outer : node
  return toHtml(inside.children.map(toHast))
}

function toHast(node: XmlNode | string): ElementContent {
  if (typeof node === 'string') return { type: 'text', value: node }
  const tagName = node.name.replace(/^.*:/, '').toLowerCase()
  return {
    type: 'element',
    tagName,
    properties: { ...node.attributes },
    children: node.children.map(toHast),
  }
}
