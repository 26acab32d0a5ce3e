// Template code in a body, which only its generator can run: what is plain is rendered, the rest left out and told.
import { type BodySource, isMarkdown } from '../bodies/body.ts'
import { codeIn, type Range, withCodeMarked } from './code.ts'
import type { Generator } from './generator.ts'
import { readTag, renderTag, type Site, type Tag } from './template-tags.ts'

export interface Rendered {
  readonly source: string
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

/** kramdown's extensions, which say how to read what is between them. */
const EXTENSIONS: readonly Syntax[] = [
  { open: '{::', close: '}' },
  { open: '{:/', close: '}' },
]

/** Braces and percent signs that Markdown is told to show. */
const ESCAPED: readonly Syntax[] = [
  { open: '\\{\\{', close: '}}' },
  { open: '\\{\\%', close: '%}' },
]

const SYNTAXES: Readonly<Record<Generator | 'unknown', readonly Syntax[]>> = {
  hugo: [...SHORTCODES, ...ESCAPED],
  hexo: [...LIQUID, ...ESCAPED],
  jekyll: [...LIQUID, ...EXTENSIONS, ...ESCAPED],
  eleventy: [...LIQUID, ...COMMENTS, ...ESCAPED],
  zola: [...LIQUID, ...COMMENTS, ...ESCAPED],
  astro: ESCAPED,
  unknown: [...SHORTCODES, ...LIQUID, ...EXTENSIONS, ...ESCAPED],
}

/** Characters; what is longer is text that happens to hold the signs. */
const LONGEST_TAG = 4_000

/** The place of a post, perhaps behind more of the site's address. */
const POST_AHEAD = /^(?:\{\{-?\s*site\.baseurl\s*-?\}\})?\{%-?\s*(?:link|post_url)\s/
/** Characters that tell whether it is there. */
const LONGEST_SIGN = 60

/** Tags whose inside is no template code, and shows as it is. */
const VERBATIM = new Set(['raw', 'verbatim', 'highlight', 'codeblock', 'code'])

/** Tags whose inside the site shows to nobody, or to those alone who know a password. */
function isSecret({ open, name, inside }: Tag): boolean {
  if (name === 'comment') return open !== '{{'
  return open !== '{{' && /(?:^|[-_])encrypt(?:ed|or)?$/i.test(name) && !inside.endsWith('/')
}

export function mayHoldTemplateCode(body: BodySource, generator: Generator | undefined): boolean {
  const text = body.glance ?? body.source
  return (
    body.form !== 'text' && SYNTAXES[generator ?? 'unknown'].some(({ open }) => text.includes(open))
  )
}

/** What stands in code is what the article is about, and stays. */
export function withoutTemplateCode(
  body: BodySource,
  generator: Generator | undefined,
  site: Site,
): Rendered {
  const { form, source: written } = body
  if (!mayHoldTemplateCode(body, generator)) return { source: written, dropped: [] }
  const syntaxes = SYNTAXES[generator ?? 'unknown']
  const source = isMarkdown(form) ? withCodeMarked(written) : written
  const isInCode = codeIn(form, source)
  const endOf = closings(source)
  const dropped: string[] = []
  let rendered = ''
  let at = 0
  for (const { start, end, tag } of pieces(source, syntaxes)) {
    if (start < at) continue
    const piece = source.slice(start, end)
    const isShown = piece.startsWith('/*', 3)
    if (!isShown && (isInCode(start) || isLiteral(tag, piece, generator))) continue
    if (!isShown && isSecret(tag)) {
      rendered += source.slice(at, start)
      at = endOf(tag.name, end)?.end ?? (tag.name === 'comment' ? end : source.length)
      // Its arguments may be the password.
      if (tag.name !== 'comment') dropped.push(`${tag.open} ${tag.name}`)
      continue
    }
    const inside = VERBATIM.has(tag.name) ? endOf(tag.name, end) : undefined
    const text = isShown
      ? unescaped(piece)
      : inside === undefined
        ? isAhead(tag, source.slice(end, end + LONGEST_SIGN))
          ? ''
          : renderTag(tag, site)
        : fenced(tag, source.slice(end, inside.start))
    if (text === undefined) dropped.push(piece)
    rendered += source.slice(at, start) + (text ?? '')
    at = inside?.end ?? end
  }
  return { source: rendered + source.slice(at), dropped }
}

/** The pieces of template code, in order; each sign is looked for once, however many lack their other half. */
function* pieces(
  source: string,
  syntaxes: readonly Syntax[],
): Iterable<Range & { readonly tag: Tag }> {
  const closers = new Map<string, number>()
  for (const { index: start } of source.matchAll(/\\?\{/g)) {
    const syntax = syntaxes.find(({ open }) => source.startsWith(open, start))
    if (syntax === undefined) continue
    const { open, close } = syntax
    const from = start + open.length
    let closer = closers.get(close) ?? -1
    if (closer < from) closer = source.indexOf(close, from)
    if (closer < 0) closer = Infinity
    closers.set(close, closer)
    if (closer - from > LONGEST_TAG) continue
    yield { start, end: closer + close.length, tag: readTag(open, source.slice(from, closer)) }
  }
}

/** Whether it is the site's address before the place of a post, which is a whole address already where that is looked up. */
function isAhead({ name }: Tag, behind: string): boolean {
  return /^site\.(?:base)?url$/.test(name) && POST_AHEAD.test(behind)
}

/** Hugo's way to show a shortcode is to put its inside into the signs of a comment. */
function unescaped(written: string): string {
  return written.replace(/^(\{\{[<%])\/\*/, '$1').replace(/\*\/([>%]\}\})$/, '$1')
}

/**
 * Signs that stand for themselves: where nobody says which generator it is, `{{ … }}` that isn't plainly template
 * code may be Vue's or mathematics.
 */
function isLiteral(tag: Tag, written: string, generator: Generator | undefined): boolean {
  if (tag.open.startsWith('{:'))
    return !/^(?:(?:comment|nomarkdown)?|options\b.*)$/s.test(tag.inside.replace(/\s*\/$/, ''))
  if (generator !== undefined || tag.open !== '{{') return false
  return !/^\{\{-?\s*(["'][^{}]*["']\s*\||[a-z_]\w*(\.\w+)+|[a-z_]\w*\s*[|(])/i.test(written)
}

/** Where the inside of a tag ends that is closed by `{% endNAME %}`, `{{< /NAME >}}` or `{:/NAME}`, and what closes it. */
function closings(source: string): (name: string, from: number) => Range | undefined {
  const unclosed = new Set<string>()
  return (name, from) => {
    if (unclosed.has(name)) return undefined
    const closing = new RegExp(
      `\\{(?:%-?\\s*end${name}\\s*-?%|\\{[<%]\\s*/\\s*${name}\\s*[>%]\\}|:/${name === 'comment' ? '(?:comment)?' : name})\\}`,
      'g',
    )
    closing.lastIndex = from
    const found = closing.exec(source)
    if (found === null) unclosed.add(name)
    return found === null ? undefined : { start: found.index, end: found.index + found[0].length }
  }
}

/** Code between tags as Markdown fences it; of `raw`, the inside alone. */
function fenced({ name, args }: Tag, inside: string): string {
  if (name === 'raw' || name === 'verbatim') return inside
  const language = args.named.get('lang') ?? args.plain[0]?.replace(/^lang:/, '') ?? ''
  const longest = [...inside.matchAll(/`+/g)].reduce((most, [run]) => Math.max(most, run.length), 2)
  const fence = '`'.repeat(longest + 1)
  const code = inside.replace(/^[ \t]*\r?\n/, '').replace(/\r?\n[ \t]*$/, '')
  return `\n\n${fence}${/^[\w+#.-]*$/.test(language) ? language : ''}\n${code}\n${fence}\n\n`
}
