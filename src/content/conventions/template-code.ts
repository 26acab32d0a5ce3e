// Template code in a body, which only its generator can run: what is plain is rendered, the rest is left out and reported.
import { own } from '../../domain/own.ts'
import { type BodySource, isMarkdown } from '../bodies/body.ts'
import { partsOf, type Range, withCodeMarked } from './code.ts'
import type { Generator } from './generator.ts'
import type { Values } from './maps.ts'
import { readTag, type Tag } from './template-arguments.ts'
import { asHeading, asLink, headingOf, isLink, wordsOf } from './template-blocks.ts'
import { renderTag, type Site } from './template-tags.ts'

export interface Rendered {
  readonly body: BodySource
  /** What was left out, as it stood in the body. */
  readonly dropped: readonly string[]
}

/** How a piece of template code begins and ends. */
interface Syntax {
  readonly open: string
  readonly close: string
}

const SHORTCODES: readonly Syntax[] = [
  { open: '{{<', close: '>}}' },
  { open: '{{%', close: '%}}' },
]
const LIQUID: readonly Syntax[] = [
  { open: '{%', close: '%}' },
  { open: '{{', close: '}}' },
]
const COMMENTS: readonly Syntax[] = [{ open: '{#', close: '#}' }]

/** kramdown's extensions, which say how to read what stands between them. */
const EXTENSIONS: readonly Syntax[] = [
  { open: '{::', close: '}' },
  { open: '{:/', close: '}' },
]

/** Braces and percent signs that Markdown is told to show. */
const ESCAPED: readonly Syntax[] = [
  { open: '\\{\\{', close: '}}' },
  { open: '\\{\\%', close: '%}' },
]

/** Where a tab begins, in NexT and the themes after it: behind its label may stand an `@` and an icon. */
const TAB = { open: '<!-- tab ', close: '-->' }

const SYNTAXES: Readonly<Record<Generator | 'unknown', readonly Syntax[]>> = {
  hugo: [...SHORTCODES, ...ESCAPED],
  hexo: [...LIQUID, TAB, ...ESCAPED],
  jekyll: [...LIQUID, ...EXTENSIONS, ...ESCAPED],
  eleventy: [...LIQUID, ...COMMENTS, ...ESCAPED],
  zola: [...LIQUID, ...COMMENTS, ...ESCAPED],
  astro: ESCAPED,
  unknown: [...SHORTCODES, ...LIQUID, ...EXTENSIONS, ...ESCAPED],
}

/** How a record says to its generator that its body is no template. */
const NO_TEMPLATE: readonly [generator: Generator, field: string, values: readonly unknown[]][] = [
  ['jekyll', 'render_with_liquid', [false]],
  ['hexo', 'disableNunjucks', [true]],
  ['eleventy', 'templateEngineOverride', ['md', 'html', false]],
]

export function isNoTemplate(written: Values, generator: Generator | undefined): boolean {
  return NO_TEMPLATE.some(
    ([whose, field, values]) =>
      (generator ?? whose) === whose && values.includes(own(written, field)),
  )
}

/** Characters; anything longer is text that happens to hold the signs. */
const LONGEST_TAG = 4_000

/** The place of a post, perhaps behind more of the site's address. */
const POST_AHEAD = /^(?:\{\{-?\s*site\.baseurl\s*-?\}\})?\{%-?\s*(?:link|post_url)\s/
/** Characters that tell whether it is there. */
const LONGEST_SIGN = 60

/** Tags whose inside is no template code, and is shown as it is. */
const VERBATIM = new Set(['raw', 'verbatim', 'highlight', 'codeblock', 'code', 'mermaid'])

const AS_IT_IS = /^(?:raw|verbatim)$/

/** Characters; what is indented further is no item of a list. */
const DEEPEST = 100

/** Whether the site shows a tag's inside to nobody, or only to those who know a password. */
function isSecret({ open, name, inside }: Tag): boolean {
  if (name === 'comment') return open !== '{{'
  return open !== '{{' && /(?:^|[-_])encrypt(?:ed|or)?$/i.test(name) && !inside.endsWith('/')
}

function mayHoldTemplateCode(body: BodySource, generator: Generator | undefined): boolean {
  if (body.form === 'text') return false
  const text = body.glance ?? body.source
  return (
    text.includes('{') && SYNTAXES[generator ?? 'unknown'].some(({ open }) => text.includes(open))
  )
}

/**
 * Code in the body is what the article is about, and stays as it is.
 * @param isPlain whether the body is no template: its signs stand for themselves, but for kramdown's.
 */
export function withoutTemplateCode(
  body: BodySource,
  generator: Generator | undefined,
  site: Site,
  isPlain = false,
): Rendered {
  const all = SYNTAXES[generator ?? 'unknown']
  const syntaxes = isPlain ? all.filter((one) => EXTENSIONS.includes(one)) : all
  if (syntaxes.length === 0 || !mayHoldTemplateCode(body, generator)) return { body, dropped: [] }
  const { form, source: written } = body
  const source = isMarkdown(form) ? withCodeMarked(written) : written
  const { isInCode, isInHtml } = partsOf(form, source)
  const endOf = closings(source)
  const dropped: string[] = []
  let rendered = ''
  let at = 0
  for (const piece of pieces(source, syntaxes)) {
    if (piece.start < at) continue
    if (!isEscaped(piece) && (isInCode(piece.start) || isLiteral(piece, generator))) continue
    const { text, end, told } = render(piece, source, endOf, site)
    if (told !== undefined) dropped.push(told)
    const before = source.slice(at, piece.start)
    const isBlock = text.startsWith('\n\n') && !AS_IT_IS.test(piece.tag.name)
    rendered +=
      before +
      (isBlock ? settled(text, at === 0 ? `\n${before}` : before, isInHtml(piece.start)) : text)
    at = end
  }
  return { body: { form, source: rendered + source.slice(at) }, dropped }
}

/** Where a blank line would end HTML there is none, and in a list what is shown is indented as its tag was. */
function settled(text: string, before: string, isInHtml: boolean): string {
  if (isInHtml) return text.includes('```') ? text : text.replace(/\n{2,}/g, '\n').trim()
  const [, indent = ''] = /\n([ \t]+)$/.exec(before.slice(-DEEPEST)) ?? []
  return text.replace(/\n(?!\n)/g, `\n${indent}`)
}

interface Piece extends Range {
  readonly tag: Tag
  readonly written: string
}

interface Shown {
  readonly text: string
  readonly end: number
  /** What was left out, if anything was. */
  readonly told?: string
}

function render(piece: Piece, source: string, endOf: EndOf, site: Site): Shown {
  const { tag, written, end } = piece
  if (isEscaped(piece)) return { text: unescaped(written), end }
  if (tag.open === TAB.open) {
    const label = tag.inside.replace(/@.*$/s, '').trim()
    return { text: label && asHeading(label), end }
  }
  if (isSecret(tag)) return withoutSecret(piece, source, endOf)
  const inside = VERBATIM.has(tag.name) ? endOf(tag.name, end) : undefined
  if (inside !== undefined)
    return { text: fenced(tag, source.slice(end, inside.start)), end: inside.end }
  if (isAhead(tag, source.slice(end, end + LONGEST_SIGN))) return { text: '', end }
  const linked = isLink(tag) ? endOf(tag.name, end) : undefined
  const link = linked && asLink(tag, source.slice(end, linked.start))
  if (linked !== undefined && link !== undefined) return { text: link, end: linked.end }
  const text = renderTag(tag, site) ?? withWords(piece, endOf)
  return text === undefined ? { text: '', end, told: written } : { text, end }
}

/** A tag that is unknown, but has words for readers: above what it encloses, or in its place where it encloses nothing. */
function withWords({ tag, end }: Piece, endOf: EndOf): string | undefined {
  const heading = headingOf(tag)
  const words = wordsOf(tag)
  if ((heading ?? words) === undefined) return undefined
  const above = heading === undefined ? '' : asHeading(heading)
  // Zola's between these signs encloses nothing, whatever ends behind it.
  const encloses = tag.open !== '{{' && endOf(tag.name, end) !== undefined
  if (!encloses) return words && above + words
  return above || undefined
}

/** Leaves out a comment, or what only those see who know a password. */
function withoutSecret({ tag: { open, name }, end }: Piece, source: string, endOf: EndOf): Shown {
  const isComment = name === 'comment'
  const close = endOf(name, end)?.end ?? (isComment ? end : source.length)
  // Its arguments may be the password, and aren't told.
  return { text: '', end: close, ...(isComment ? {} : { told: `${open} ${name}` }) }
}

/** The pieces of template code, in order. Each closing sign is looked for once, however many opening ones lack it. */
function* pieces(source: string, syntaxes: readonly Syntax[]): Iterable<Piece> {
  const closers = new Map<string, number>()
  for (const { index: start } of source.matchAll(/\\?\{|<!-- tab /g)) {
    const syntax = syntaxes.find(({ open }) => source.startsWith(open, start))
    if (syntax === undefined) continue
    const { open, close } = syntax
    const from = start + open.length
    let closer = closers.get(close) ?? -1
    if (closer < from) closer = source.indexOf(close, from)
    if (closer < 0) closer = Infinity
    closers.set(close, closer)
    if (closer - from > LONGEST_TAG) continue
    const end = closer + close.length
    const tag = readTag(open, source.slice(from, closer))
    yield { start, end, tag, written: source.slice(start, end) }
  }
}

/** Whether it is the site's address before the place of a post, which becomes a whole address by itself. */
function isAhead({ name }: Tag, behind: string): boolean {
  return /^site\.(?:base)?url$/.test(name) && POST_AHEAD.test(behind)
}

/** Hugo and Zola show a shortcode whose inside stands in the signs of a comment. */
const ESCAPED_SHORTCODE = /^(\{\{[<%]?|\{%)\/\*([\s\S]*)\*\/([>%]?\}\}|%\})$/

function isEscaped({ written }: Piece): boolean {
  return ESCAPED_SHORTCODE.test(written)
}

function unescaped(written: string): string {
  return written.replace(ESCAPED_SHORTCODE, '$1$2$3')
}

/** Whether signs stand for themselves: if no generator is known, `{{ … }}` may be Vue's, or mathematics. */
function isLiteral({ tag, written }: Piece, generator: Generator | undefined): boolean {
  if (tag.open.startsWith('{:'))
    return !/^(?:(?:comment|nomarkdown)?|options\b.*)$/s.test(tag.inside.replace(/\s*\/$/, ''))
  if (generator !== undefined || tag.open !== '{{') return false
  return !/^\{\{-?\s*(["'][^{}]*["']\s*\||[a-z_]\w*(\.\w+)+|[a-z_]\w*\s*[|(])/i.test(written)
}

/** Finds what closes a tag of a name: `{% endNAME %}`, Zola's `{% end %}`, `{{< /NAME >}}` or `{:/NAME}`. */
type EndOf = (name: string, from: number) => Range | undefined

/** What closes one tag closes all of its name before it, and is looked for once; so is what closes none. */
function closings(source: string): EndOf {
  const last = new Map<string, { readonly from: number; readonly found: Range | undefined }>()
  return (name, from) => {
    const known = last.get(name)
    if (known !== undefined && known.from <= from && from <= (known.found?.start ?? Infinity))
      return known.found
    const closing = new RegExp(
      `\\{(?:%-?\\s*end(?:${name})?\\s*-?%|\\{[<%]\\s*/\\s*${name}\\s*[>%]\\}|:/${name === 'comment' ? '(?:comment)?' : name})\\}`,
      'g',
    )
    closing.lastIndex = from
    const match = closing.exec(source)
    const found = match ? { start: match.index, end: closing.lastIndex } : undefined
    last.set(name, { from, found })
    return found
  }
}

/** What stands between two tags, as Markdown fences code; between `raw` and its end, as it is. */
function fenced({ name, args }: Tag, inside: string): string {
  if (AS_IT_IS.test(name)) return inside
  const isDrawing = name === 'mermaid'
  const language = isDrawing
    ? name
    : (args.named.get('lang') ?? args.plain[0]?.replace(/^lang:/, '') ?? '')
  const longest = [...inside.matchAll(/`+/g)].reduce((most, [run]) => Math.max(most, run.length), 2)
  const fence = '`'.repeat(longest + 1)
  // NexT's users write how a drawing begins behind its name.
  const code = `${isDrawing ? args.plain.join(' ') : ''}${inside}`
    .replace(/^[ \t]*\r?\n/, '')
    .replace(/\r?\n[ \t]*$/, '')
  return `\n\n${fence}${/^[\w+#.-]*$/.test(language) ? language : ''}\n${code}\n${fence}\n\n`
}
