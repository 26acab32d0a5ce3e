// A WordPress body as HTML: shortcodes shown or dropped, blank lines made paragraphs, block comments gone.
import type { Element, ElementContent, Root, RootContent } from 'hast'
import { phrasing } from 'hast-util-phrasing'
import { toHtml } from 'hast-util-to-html'
import { parse, UnfitBody } from '../content/bodies/tree.ts'
import { escaped } from '../content/syntax/text.ts'
import { count, type Tally } from './imported.ts'
import { type Attachment, address } from './media.ts'

export interface Library {
  /** Attachments by their ids. */
  readonly attachments: ReadonlyMap<string, Attachment>
  /** The ids of the pictures that were added to a post, in their order, by its id. */
  readonly pictures: ReadonlyMap<string, readonly string[]>
  /** The id of the post whose body it is. */
  readonly post?: string | undefined
}

/** Deeper bodies are left as they are. */
const DEEPEST = 100

export function wordPressBody(body: string, library: Library, unplaced: Tally): string {
  const shown = showShortcodes(body, library, unplaced).replace(
    EMBED,
    (all, url) => link(url) ?? all,
  )
  for (const [, name] of body.matchAll(MADE_BLOCK)) count(unplaced, `<!-- wp:${name} -->`)
  // Blocks say their own paragraphs; so WordPress adds none to a post made of them.
  if (/<!--\s*wp:/.test(body)) return shown
  try {
    return toHtml(withParagraphs(parse(shown, DEEPEST)))
  } catch (error) {
    if (error instanceof UnfitBody) return shown
    throw error
  }
}

/** A block without content: WordPress fills it with what isn't in the post, such as a pattern that many posts share. */
const MADE_BLOCK = /<!--\s{0,9}wp:([a-z][a-z0-9/_-]{0,60})(?:\s[^<>]{0,2000})?\/-->/g

/** An address alone on its line, also within an embed block: WordPress embeds what is there, here it becomes a link. */
const EMBED = /^[ \t]{0,20}(https?:\/\/[^\s<>"]{1,2000})[ \t]{0,20}$/gm

/**
 * `[name key="value"]`, `[/name]`, `[[name]]`. Brackets without values or an end, as in `[sic]`, are the author's own words.
 */
const SHORTCODE = /\[(\[?)(\/?)([a-z][a-z0-9_-]{0,40})((?:\s[^[\]]{0,2000})?)(\/?)\](\]?)/gi

type Attributes = Readonly<Record<string, string>>

interface Mark {
  readonly at: number
  readonly end: number
  readonly name: string
  readonly isEnd: boolean
  readonly attributes: Attributes
  /** `[[gallery]]`, which shows `[gallery]`. */
  readonly isEscaped: boolean
}

function marksIn(body: string): Mark[] {
  return [...body.matchAll(SHORTCODE)].map((found) => {
    const [all, before, slash, name = '', written = '', , after] = found
    return {
      at: found.index,
      end: found.index + all.length,
      name: name.toLowerCase(),
      isEnd: slash === '/',
      attributes: attributesOf(written),
      isEscaped: before === '[' && after === ']',
    }
  })
}

/** Characters that shortcodes may add to a body: each of many galleries may show many pictures. */
const MOST_SHOWN = 1_000_000

function showShortcodes(body: string, library: Library, unplaced: Tally): string {
  const marks = marksIn(body)
  /** Where each name is ended for the last time. */
  const ends = new Map(marks.filter(({ isEnd }) => isEnd).map(({ name, at }) => [name, at]))
  const opened = new Set<string>()
  let shown = ''
  let from = 0
  for (const [index, mark] of marks.entries()) {
    if (mark.at < from) continue
    shown += body.slice(from, mark.at)
    from = mark.end
    if (mark.isEscaped) {
      shown += body.slice(mark.at + 1, mark.end - 1)
      continue
    }
    if (mark.isEnd) {
      if (!opened.has(mark.name)) shown += body.slice(mark.at, mark.end)
      continue
    }
    const next = marks[index + 1]
    const inner = next?.isEnd && next.name === mark.name ? body.slice(mark.end, next.at) : undefined
    const isFull = shown.length - mark.at > MOST_SHOWN
    const made = isFull ? undefined : SHOWN[mark.name]?.(mark.attributes, inner, library)
    if (made !== undefined) {
      shown += made
      if (inner !== undefined && next !== undefined) from = next.end
      continue
    }
    const hasEnd = (ends.get(mark.name) ?? -1) > mark.at
    if (!hasEnd && !isCode(mark)) {
      shown += body.slice(mark.at, mark.end)
      continue
    }
    // The words in it stay; what the shortcode would have made of them can't be known.
    if (hasEnd) opened.add(mark.name)
    count(unplaced, `shortcode [${mark.name}]`)
  }
  return shown + body.slice(from)
}

function isCode({ name, attributes }: Mark): boolean {
  return Object.keys(attributes).length > 0 || Object.hasOwn(SHOWN, name)
}

type Show = (
  attributes: Attributes,
  inner: string | undefined,
  library: Library,
) => string | undefined

/** WordPress's own shortcodes; nothing where one can't be shown. */
const SHOWN: Readonly<Record<string, Show>> = {
  caption: showCaption,
  wp_caption: showCaption,
  embed: ({ src }, inner) => link(inner ?? src),
  audio: (attributes) => player('audio', attributes, ['src', 'mp3', 'ogg', 'm4a', 'wav', 'flac']),
  video: (attributes) => player('video', attributes, ['src', 'mp4', 'webm', 'ogv', 'm4v', 'flv']),
  gallery({ ids = '', include = '', exclude = '', id }, _, library) {
    const listed = idsIn(ids || include)
    const left = new Set(idsIn(exclude))
    // One that lists none, as all did before WordPress 3.5, shows what was added to its post.
    const added = library.pictures.get(id ?? library.post ?? '') ?? []
    const shown = listed.length > 0 ? listed : added.filter((one) => !left.has(one))
    const pictures = shown.flatMap((one) => library.attachments.get(one) ?? [])
    return pictures.length === 0 ? undefined : `\n\n${pictures.map(figure).join('\n')}\n\n`
  },
  playlist: () => undefined,
}

function idsIn(list: string): string[] {
  return list.split(',').flatMap((id) => id.trim() || [])
}

/** The caption stands in an attribute in old posts, behind the picture in all others. */
function showCaption({ caption }: Attributes, inner: string | undefined): string | undefined {
  if (inner === undefined) return undefined
  const tree = parse(inner)
  const last = tree.children.findLastIndex(
    (node) => 'tagName' in node && /^(img|a)$/.test(node.tagName),
  )
  const picture = toHtml(tree.children.slice(0, last + 1))
  const words = caption ?? toHtml(tree.children.slice(last + 1)).trim()
  const told = words === '' ? '' : `<figcaption>${words}</figcaption>`
  return `\n\n<figure>${picture}${told}</figure>\n\n`
}

function figure({ url, alt, caption }: Attachment): string {
  const told = caption === undefined ? '' : `<figcaption>${escaped(caption)}</figcaption>`
  return `<figure><img src="${escaped(url)}" alt="${escaped(alt ?? '')}">${told}</figure>`
}

function player(name: 'audio' | 'video', attributes: Attributes, keys: readonly string[]) {
  const url = keys.map((key) => address(attributes[key])).find((one) => one !== undefined)
  return url === undefined
    ? undefined
    : `\n\n<${name} controls src="${escaped(url)}"></${name}>\n\n`
}

function link(written: string | undefined): string | undefined {
  // Editors write `&` as in HTML, here too.
  const url = address(written?.replaceAll('&amp;', '&'))
  return url === undefined
    ? undefined
    : `\n\n<p><a href="${escaped(url)}">${escaped(url)}</a></p>\n\n`
}

function attributesOf(written: string): Attributes {
  const found = written.matchAll(/([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'/]+))/g)
  return Object.fromEntries(
    [...found].map(([, key = '', double, single, bare]) => [
      key.toLowerCase(),
      double ?? single ?? bare ?? '',
    ]),
  )
}

const HOLDS_PARAGRAPHS = new Set(['blockquote', 'div', 'section', 'article'])

/** A tree in which blank lines between words and inline elements end paragraphs, and lines end in `br`. */
function withParagraphs(tree: Root): Root {
  return { ...tree, children: paragraphs(tree.children) }
}

function paragraphs<T extends RootContent | ElementContent>(nodes: readonly T[]): T[] {
  const made: (RootContent | ElementContent)[] = []
  let open: ElementContent[] = []
  const end = () => {
    const children = trimmed(open)
    open = []
    if (children.length > 0) {
      made.push({ type: 'element', tagName: 'p', properties: {}, children })
    }
  }
  for (const node of nodes as readonly (RootContent | ElementContent)[]) {
    if (node.type === 'text') {
      const written = node.value.split('\n')
      for (const [at, line] of written.entries()) {
        // The first and the last line may go on in the elements around.
        if (at > 0 && at < written.length - 1 && line.trim() === '') end()
        else {
          if (at > 0 && open.length > 0) open.push(BREAK)
          if (line !== '') open.push({ type: 'text', value: line })
        }
      }
    } else if (node.type === 'element' && phrasing(node)) open.push(node)
    else if (node.type === 'element') {
      end()
      made.push(
        HOLDS_PARAGRAPHS.has(node.tagName) && saysBlankLine(node.children)
          ? { ...node, children: paragraphs(node.children) }
          : node,
      )
    }
  }
  end()
  return made as T[]
}

function saysBlankLine(nodes: readonly ElementContent[]): boolean {
  return nodes.some((node) => node.type === 'text' && /\n\s*\n/.test(node.value))
}

const BREAK: Element = { type: 'element', tagName: 'br', properties: {}, children: [] }

function trimmed(nodes: readonly ElementContent[]): ElementContent[] {
  const says = (node: ElementContent) =>
    node.type === 'element'
      ? node.tagName !== 'br'
      : node.type === 'text' && node.value.trim() !== ''
  const first = nodes.findIndex(says)
  return first < 0 ? [] : nodes.slice(first, nodes.findLastIndex(says) + 1)
}
