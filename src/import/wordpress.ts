// A WordPress export (WXR 1.0 to 1.2) as records: its posts; everything else in it is counted.
import { typeOf } from '../content/articles/files.ts'
import { grouped } from '../domain/grouped.ts'
import { decoded } from '../domain/percent-encoding.ts'
import { readDate, withOffset } from './dates.ts'
import {
  count,
  type Facts,
  type Found,
  given,
  innermost,
  type Reading,
  type Tally,
  wholeNumber,
} from './imported.ts'
import { type Attachment, address, sortAttachments, takeAttachments } from './media.ts'
import { type Library, wordPressBody } from './wordpress-body.ts'
import { oneLine, withoutReferences, wordsOf } from './words.ts'
import {
  childrenOf,
  elementsOf,
  type Fields,
  fieldsOf,
  isItem,
  textOf,
  type XmlNode,
} from './xml.ts'

/** What an export tells once for all posts. */
interface Site {
  readonly language?: string | undefined
  /** Names by login. */
  readonly authors: ReadonlyMap<string, string>
  /** Names and parents of categories, by nicename. */
  readonly categories: ReadonlyMap<string, { readonly name: string; readonly parent: string }>
  readonly library: Library
}

/** Deeper than any tree of categories; a tree that leads into itself ends here. */
const DEEPEST = 16
/** Statuses of posts that all may see, now or later; none that a plugin adds is one. */
const SEEN = new Set(['publish', 'future'])
/** Usual statuses of posts that not all may see. */
const UNSEEN = new Set(['draft', 'pending', 'private'])
const GONE = new Set(['trash', 'auto-draft'])
/** Fields of WordPress's own bookkeeping, which say nothing about the article. */
const BOOKKEEPING = ['wp:post_id', 'wp:post_parent', 'wp:menu_order', 'wp:status', 'wp:post_type']

export function readWordPress(
  text: string,
  head: readonly XmlNode[],
  items: number,
  unplaced: Tally,
): Reading {
  const skipped: Tally = new Map()
  const site: Site = { ...readSite(head, unplaced), library: readLibrary(text) }
  return {
    kind: 'WordPress export',
    expected: items,
    found: (function* () {
      for (const node of childrenOf(text)) {
        if (!isItem(node)) continue
        const kind = kindOf(node)
        if (kind !== 'post') count(skipped, kind)
        else yield readPost(node, site, skipped, unplaced)
      }
    })(),
    skipped,
    unplaced,
  }
}

function child(node: XmlNode, name: string): string | undefined {
  return textOf(elementsOf(node).find((one) => one.name === name))
}

/** WordPress keeps the names of terms and people as markup: `R&amp;D`. */
function nameIn(written: string | undefined): string | undefined {
  return oneLine(withoutReferences(written))
}

/** The kind of an item; a post in the trash or never saved is a kind of its own. */
function kindOf(node: XmlNode): string {
  const type = child(node, 'wp:post_type') ?? 'post'
  const status = child(node, 'wp:status') ?? 'publish'
  return type === 'post' && GONE.has(status) ? `post in ${status}` : type
}

function readSite(head: readonly XmlNode[], unplaced: Tally): Omit<Site, 'library'> {
  const authors = new Map<string, string>()
  const categories = new Map<string, { name: string; parent: string }>()
  for (const node of head) {
    const text = (name: string) => nameIn(child(node, name))
    if (node.name === 'wp:author') {
      const login = text('wp:author_login')
      const whole = [text('wp:author_first_name'), text('wp:author_last_name')]
      const name = text('wp:author_display_name') ?? (whole.filter(Boolean).join(' ') || login)
      if (login !== undefined && name !== undefined) authors.set(login, name)
      // An account's address was never shown to readers, and must not be by a feed.
      if (text('wp:author_email') !== undefined) count(unplaced, 'wp:author_email')
    } else if (node.name === 'wp:category') {
      const nicename = text('wp:category_nicename')
      const name = text('wp:cat_name') ?? nicename
      if (nicename !== undefined && name !== undefined)
        categories.set(nicename, { name, parent: text('wp:category_parent') ?? '' })
      if (text('wp:category_description') !== undefined) count(unplaced, 'wp:category_description')
    }
  }
  const language = textOf(head.find(({ name }) => name === 'language'))
  return { language, authors, categories }
}

/** The attachments of the export, which may stand before or after the posts that show them. */
function readLibrary(text: string): Library {
  const attachments = new Map<string, Attachment>()
  const added: { id: string; post: string; order: number }[] = []
  for (const node of childrenOf(text)) {
    if (!isItem(node) || child(node, 'wp:post_type') !== 'attachment') continue
    const id = child(node, 'wp:post_id')
    const url = address(child(node, 'wp:attachment_url') ?? child(node, 'guid'))
    if (id === undefined || url === undefined) continue
    const meta = metaOf(elementsOf(node).filter(({ name }) => name === 'wp:postmeta'))
    const alt = meta.get('_wp_attachment_image_alt')
    attachments.set(id, given({ url, caption: wordsOf(child(node, 'excerpt:encoded')), alt }))
    if (!typeOf(url)?.startsWith('image/')) continue
    const post = child(node, 'wp:post_parent') ?? ''
    added.push({ id, post, order: Number(child(node, 'wp:menu_order')) || 0 })
  }
  added.sort((a, b) => a.order - b.order)
  const pictures = [...grouped(added, ({ post }) => post)].map(
    ([post, list]) => [post, list.map(({ id }) => id)] as const,
  )
  return { attachments, pictures: new Map(pictures) }
}

function metaOf(nodes: readonly XmlNode[]): Map<string, string> {
  return new Map(
    nodes.flatMap((meta) => {
      const key = child(meta, 'wp:meta_key')
      const value = child(meta, 'wp:meta_value')
      return key === undefined || value === undefined ? [] : [[key, value]]
    }),
  )
}

function readPost(node: XmlNode, site: Site, skipped: Tally, unplaced: Tally): Found {
  const fields = fieldsOf(node)
  const status = fields.text('wp:status') ?? 'publish'
  const url = address(fields.text('link'))
  const name = fields.text('wp:post_name')
  const password = fields.text('wp:post_password')
  const { published, updated } = readTimes(fields)
  const { tags, sections } = readTerms(fields, site, unplaced)
  const written = fields.text('content:encoded') ?? ''
  const excerpt = fields.text('excerpt:encoded')
  const library = { ...site.library, post: fields.text('wp:post_id') }
  const body = wordPressBody(written, library, unplaced)
  const meta = metaOf(fields.take('wp:postmeta'))
  const attachments = [
    ...featured(meta, library),
    ...podcast(meta),
    ...takeAttachments(fields, url, unplaced),
  ]
  countMeta(meta, unplaced)
  const comments = fields.take('wp:comment').length
  if (comments > 0) count(skipped, 'comment', comments)
  for (const name of BOOKKEEPING) fields.take(name)
  if (fields.text('wp:is_sticky') === '1') count(unplaced, 'wp:is_sticky')
  const facts: Facts = {
    id: fields.text('guid') ?? url,
    // Exports write a name that isn't ASCII percent-encoded.
    slug: name && decoded(name),
    url,
    title: oneLine(wordsOf(fields.text('title'))),
    summary: excerpt === undefined ? beginningOf(written, library) : wordsOf(excerpt),
    published,
    updated,
    draft: !SEEN.has(status) || password !== undefined ? true : undefined,
    language: site.language,
    tags,
    sections,
    authors: readAuthors(fields, site),
    ...sortAttachments(attachments, unplaced),
  }
  fields.countRest(unplaced)
  const remarks: string[] = []
  if (password !== undefined) remarks.push('It was behind a password, and is a draft here.')
  if (!SEEN.has(status) && !UNSEEN.has(status))
    remarks.push(`Its status was “${oneLine(status)}”, and it is a draft here.`)
  return { facts: given(facts), body: { form: 'html', source: body }, base: url, remarks }
}

/** What stands before `<!--more-->`, as words. */
function beginningOf(body: string, library: Library): string | undefined {
  const at = body.indexOf('<!--more')
  return at < 0 ? undefined : wordsOf(wordPressBody(body.slice(0, at), library, new Map()))
}

/** A draft has no moment of publication yet: `0000-00-00` in UTC, and in `pubDate` the year -1. */
function readTimes(fields: Fields): Pick<Facts, 'published' | 'updated'> {
  const moment = (name: string) => withOffset(fields.text(name), fields.text(`${name}_gmt`))
  const pubDate = readDate(fields.text('pubDate'))
  return {
    published: moment('wp:post_date') ?? pubDate,
    updated: moment('wp:post_modified'),
  }
}

function readTerms(
  fields: Fields,
  site: Site,
  unplaced: Tally,
): { tags: string[]; sections: string[][] } {
  const tags: string[] = []
  const sections: string[][] = []
  for (const node of fields.take('category')) {
    const { domain = 'category', nicename } = node.attributes
    const label = nameIn(textOf(node))
    if (label === undefined) continue
    if (domain === 'post_tag' || domain === 'tag') tags.push(label)
    else if (domain === 'category') sections.push(pathOf(nicename, label, site))
    else count(unplaced, `category domain "${domain}"`)
  }
  return { tags: [...new Set(tags)], sections: innermost(sections) }
}

function pathOf(nicename: string | undefined, label: string, { categories }: Site): string[] {
  const path = [label]
  let above = categories.get(nicename ?? '')?.parent ?? ''
  while (above !== '' && path.length < DEEPEST) {
    const level = categories.get(above)
    path.unshift(level?.name ?? above)
    above = level?.parent ?? ''
  }
  return path
}

function readAuthors(fields: Fields, { authors }: Site): Facts['authors'] {
  return fields.take('dc:creator').flatMap((node) => {
    const login = oneLine(textOf(node))
    return login === undefined ? [] : [{ name: authors.get(login) ?? login }]
  })
}

function featured(meta: Map<string, string>, library: Library): Attachment[] {
  const picture = library.attachments.get(meta.get('_thumbnail_id') ?? '')
  if (picture !== undefined) meta.delete('_thumbnail_id')
  return picture === undefined ? [] : [picture]
}

/** WordPress's own `enclosure`: an address, bytes and a type, a line each. */
function podcast(meta: Map<string, string>): Attachment[] {
  const [written, length, type] = (meta.get('enclosure') ?? '').split(/\r?\n/)
  const url = address(written)
  if (url === undefined) return []
  meta.delete('enclosure')
  return [given({ url, type: type?.trim() || undefined, length: wholeNumber(length) })]
}

function countMeta(meta: ReadonlyMap<string, string>, unplaced: Tally): void {
  for (const key of meta.keys()) {
    // Who is editing and who edited last is true of the moment of the export alone.
    if (!/^_edit_(last|lock)$/.test(key)) count(unplaced, `wp:postmeta ${key}`)
  }
}
