// What a page says of itself to machines: schema.org in JSON-LD, Open Graph and the older names of `meta`.
import type { Root } from 'hast'
import { asMap, type Values } from '../content/conventions/maps.ts'
import { readDate } from './dates.ts'
import { type Facts, given, wholeNumber } from './imported.ts'
import { address } from './media.ts'
import { all, attribute, wordsIn } from './page-tree.ts'
import { levelsOf } from './portal.ts'
import { rightsOf } from './rss.ts'
import { oneLine, wordsOf } from './words.ts'

const ARTICLE = /(Article|NewsArticle|BlogPosting|Report|Reportage\w*|Review)$/
/** Deeper than any graph of a page. */
const DEEPEST = 8

/** The page's address, what its references start from, and its facts as far as machines are told. */
export interface PageMetadata {
  readonly url: string | undefined
  readonly base: string | undefined
  readonly facts: Facts
}

export function readMetadata(page: Root): PageMetadata {
  const things = jsonLd(page)
  const article = things.find((thing) => typesOf(thing).some((type) => ARTICLE.test(type))) ?? {}
  const meta = metaOf(page)
  const saved = savedFrom(page)
  const link = (rel: string) =>
    all(
      page,
      (node) => node.tagName === 'link' && attribute(node, 'rel').split(' ').includes(rel),
    )[0]
  const first = (name: string) => all(page, ({ tagName }) => tagName === name)[0]
  const base = attribute(first('base'), 'href')
  const url =
    address(attribute(link('canonical'), 'href'), saved) ??
    address(meta('og:url'), saved) ??
    address(text(article.url) ?? idOf(article.mainEntityOfPage), saved) ??
    saved
  const authors = people(article.author)
  return {
    url,
    base: address(base, saved ?? url) ?? saved ?? url,
    facts: {
      title: oneLine(wordsOf(text(article.headline) ?? text(article.name)) ?? meta('og:title')),
      summary: oneLine(wordsOf(text(article.description)) ?? meta('og:description', 'description')),
      published: firstDate(
        article.datePublished,
        meta('article:published_time', 'pubdate', 'publishdate', 'date', 'dc.date'),
      ),
      updated: firstDate(article.dateModified, meta('article:modified_time', 'lastmod')),
      language:
        text(article.inLanguage) ??
        (attribute(first('html'), 'lang') || meta('og:locale')?.replace('_', '-') || undefined),
      sections: sectionsOf(article, things, meta),
      tags: tagsOf(article, meta),
      authors: authors.length > 0 ? authors : named(meta('author', 'article:author')),
      contributors: [
        ...people(article.editor).map((one) => ({ ...one, role: 'editor' })),
        ...people(article.translator).map((one) => ({ ...one, role: 'translator' })),
        ...people(article.contributor).map((one) => ({ ...one, role: 'contributor' })),
      ],
      sources: list(article.isBasedOn).flatMap((one) => {
        const at = address(text(one) ?? text(asMap(one).url), url)
        const title = oneLine(text(asMap(one).name)) ?? at
        return title === undefined ? [] : [given({ title, url: at })]
      }),
      pictures: picturesOf(article, meta, url),
      rights: rightsOf(text(article.copyrightNotice) ?? meta('copyright', 'dc.rights'), false),
    },
  }
}

function metaOf(page: Root): (...names: string[]) => string | undefined {
  const values = new Map<string, string>()
  for (const node of all(page, ({ tagName }) => tagName === 'meta')) {
    const name = (
      attribute(node, 'property') ||
      attribute(node, 'name') ||
      attribute(node, 'itemProp')
    ).toLowerCase()
    const content = attribute(node, 'content').trim()
    if (name === '' || content === '') continue
    const known = values.get(name)
    values.set(
      name,
      name === 'article:tag' && known !== undefined ? `${known},${content}` : (known ?? content),
    )
  }
  return (...names) => names.map((name) => values.get(name)).find((value) => value !== undefined)
}

/** Browsers write above a page where they saved it from. */
function savedFrom(page: Root): string | undefined {
  for (const node of page.children) {
    if (node.type !== 'comment') continue
    const found =
      /saved from url=\(\d+\)\s*(\S+)/.exec(node.value) ?? /^\s*url:\s*(\S+)/m.exec(node.value)
    const url = address(found?.[1])
    if (url !== undefined) return url
  }
  return undefined
}

function jsonLd(page: Root): Values[] {
  return all(
    page,
    (node) => node.tagName === 'script' && /^application\/ld\+json/i.test(attribute(node, 'type')),
  ).flatMap((node) => {
    const source = node.children.map((child) => (child.type === 'text' ? child.value : '')).join('')
    try {
      return flat(JSON.parse(source), 0)
    } catch {
      return []
    }
  })
}

function flat(value: unknown, depth: number): Values[] {
  if (depth > DEEPEST) return []
  if (Array.isArray(value)) return value.flatMap((one) => flat(one, depth + 1))
  const object = asMap(value)
  return Object.keys(object).length === 0
    ? []
    : [object, ...flat(object['@graph'] ?? [], depth + 1)]
}

function typesOf(thing: Values): string[] {
  return list(thing['@type']).map(String)
}

/** The path that the crumbs lead along, without the page itself at their end; else what the article names. */
function sectionsOf(
  article: Values,
  things: readonly Values[],
  meta: ReturnType<typeof metaOf>,
): string[][] {
  const crumbs = things.find((thing) => typesOf(thing).includes('BreadcrumbList'))
  const items = list(crumbs?.itemListElement)
    .map(asMap)
    .sort((a, b) => Number(a.position) - Number(b.position))
  const levels = levelsOf(
    items.map((item) => text(item.name) ?? text(asMap(item.item).name) ?? ''),
  ).filter((level) => level !== oneLine(text(article.headline)))
  if (levels.length > 0) return [levels]
  const named = list(article.articleSection).flatMap((one) => oneLine(text(one)) ?? [])
  const sections = named.length > 0 ? named : [meta('article:section')].flatMap((one) => one ?? [])
  return sections.map((name) => [name])
}

function tagsOf(article: Values, meta: ReturnType<typeof metaOf>): string[] {
  const written = list(article.keywords).flatMap((one) => text(one) ?? text(asMap(one).name) ?? [])
  const all =
    written.length > 0 ? written : [meta('article:tag') ?? meta('keywords', 'news_keywords') ?? '']
  const tags = all.flatMap((one) => one.split(/[,，、;；]/)).flatMap((tag) => oneLine(tag) ?? [])
  return [...new Set(tags)]
}

function people(value: unknown): { name: string; url?: string }[] {
  return list(value).flatMap((one) => {
    const name = oneLine(text(one) ?? text(asMap(one).name))
    if (name === undefined || /^https?:/.test(name)) return []
    return [given({ name, url: address(text(asMap(one).url)) })]
  })
}

function named(name: string | undefined): { name: string }[] {
  return name === undefined || /^https?:/.test(name) ? [] : [{ name }]
}

function picturesOf(
  article: Values,
  meta: ReturnType<typeof metaOf>,
  base: string | undefined,
): Facts['pictures'] {
  const pictures = list(article.image).flatMap((one) => {
    const { url, contentUrl, caption, creditText, width, height, creator } = asMap(one)
    const at = address(text(one) ?? text(url) ?? text(contentUrl), base)
    if (at === undefined) return []
    const credit = oneLine(text(creditText)) ?? people(creator)[0]?.name
    return [
      given({
        url: at,
        caption: oneLine(text(caption)),
        credit,
        width: pixels(width),
        height: pixels(height),
      }),
    ]
  })
  if (pictures.length > 0) return pictures
  const url = address(meta('og:image', 'og:image:url', 'twitter:image'), base)
  if (url === undefined) return []
  return [
    given({
      url,
      alt: meta('og:image:alt'),
      width: pixels(meta('og:image:width')),
      height: pixels(meta('og:image:height')),
    }),
  ]
}

function pixels(value: unknown): number | undefined {
  return wholeNumber(asMap(value).value ?? value)
}

function firstDate(...written: unknown[]): string | undefined {
  return written.map((one) => readDate(text(one))).find((date) => date !== undefined)
}

function idOf(value: unknown): string | undefined {
  return text(value) ?? text(asMap(value)['@id'])
}

/** The words of the page's own heading, else its title. */
export function headingOf(page: Root): string | undefined {
  const words = (name: string) =>
    all(page, ({ tagName }) => tagName === name).map((node) => oneLine(wordsIn(node)))
  return words('h1').find((one) => one !== undefined) ?? words('title')[0]
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}
