// What MDX adds to Markdown: modules, expressions and components, which only a program can run.
import type { BodySource } from '../bodies/body.ts'
import { partsOf, type Range, within } from './code.ts'
import { readTag } from './template-arguments.ts'
import type { Rendered } from './template-code.ts'
import { renderTag, type Site } from './template-tags.ts'

/** Characters; anything longer is text that happens to hold the signs. */
const LONGEST = 4_000

export function isMdx(file: string): boolean {
  return /\.mdx$/i.test(file)
}

/** Shows films and pictures, and drops modules and comments silently; the rest is left out and reported. */
export function withoutMdx({ form, source }: BodySource, site: Site): Rendered {
  const { isInCode } = partsOf(form, source)
  const isInFormula = within(rangesOf(FORMULA, source))
  const dropped: string[] = []
  let rendered = ''
  let at = 0
  for (const { start, end, kind } of pieces(source)) {
    if (start < at || isInCode(start) || isInFormula(start)) continue
    const piece = source.slice(start, end)
    const text = RENDER[kind](piece, site)
    if (text === undefined) dropped.push(piece)
    rendered += source.slice(at, start) + (text ?? '')
    at = end
  }
  return { body: { form, source: rendered + source.slice(at) }, dropped }
}

/** TeX has braces of its own: `$$ … $$`, and `$…$` in a line, whose dollars touch what they hold, as prices don't. */
const FORMULA = /\$\$[\s\S]*?\$\$|(?<![\\\w$])\$(?=[^\s$])[^$\n]*?[^\s$\\]\$(?![\w$])/g

function rangesOf(pattern: RegExp, source: string): Range[] {
  return [...source.matchAll(pattern)].map(({ 0: piece, index }) => ({
    start: index,
    end: index + piece.length,
  }))
}

type Kind = 'module' | 'expression' | 'attribute' | 'opening' | 'closing'

const RENDER: Readonly<Record<Kind, (piece: string, site: Site) => string | undefined>> = {
  module: () => '',
  closing: () => '',
  expression: (piece) => {
    const inside = piece.slice(1, -1).trim()
    if (inside === '' || /^\/\*[\s\S]*\*\/$/.test(inside)) return ''
    return /^(["'`])([^\\$]*)\1$/.exec(inside)?.[2]
  },
  attribute: plainAttribute,
  opening: (piece, site) => {
    const [, name = ''] = /^<(\w+)/.exec(piece) ?? []
    const tag = readTag(
      '<',
      piece
        .slice(1)
        .replace(ATTRIBUTE, (written) => plainAttribute(written) ?? '')
        .replace(/\s*\/?>$/, '')
        .replace(name, name.toLowerCase()),
    )
    // What stands there without a value is a switch.
    const args = { ...tag.args, plain: [] }
    return SHOWN.test(name) ? renderTag({ ...tag, args }, site) : undefined
  },
}

/** An attribute whose value is an expression, which may hold a map. */
const ATTRIBUTE = /\s[\w:-]+=\{(?:[^{}]|\{[^{}]*\})*\}/g

/** As HTML has it if its value is a text, else empty; `undefined` if something is lost without it. */
function plainAttribute(written: string): string | undefined {
  const [, name, , text] = /^(\s[\w:-]+=)\{\s*(["'`])([^"'`$\\]*)\2\s*\}$/.exec(written) ?? []
  if (name !== undefined) return `${name}"${text}"`
  return /^\s(?:href|src)=/.test(written) ? undefined : ''
}

const SHOWN = /^(YouTube|Youtube|Vimeo|Image|Picture|Figure|Tweet)$/

/** The pieces in order; each sign is looked at once. */
function pieces(source: string): (Range & { readonly kind: Kind })[] {
  const found: (Range & { kind: Kind })[] = []
  const add = (kind: Kind, pattern: RegExp) => {
    for (const range of rangesOf(pattern, source)) found.push({ kind, ...range })
  }
  // A module's statement stands at a line's beginning and goes on to the next blank line.
  add(
    'module',
    /^(?:import\s+["'{*\w]|export\s+(?:const|let|var|default|function|async|\{)).*(?:\n.+)*\n?/gm,
  )
  add('closing', /<\/[A-Z][\w.]*\s*>|<\/?>/g)
  add('opening', new RegExp(`<[A-Z][\\w.]*(?:\\s[^<>]{0,${LONGEST}})?>`, 'g'))
  for (const { start, end, isInTag } of braces(source)) {
    const before = isInTag ? source.slice(Math.max(0, start - 50), start) : ''
    const [name = ''] = /\s[\w:-]{1,40}=$/.exec(before) ?? []
    found.push({ kind: name === '' ? 'expression' : 'attribute', start: start - name.length, end })
  }
  return found.sort((a, b) => a.start - b.start || b.end - a.end)
}

/** Braces, where a tag begins, and where it ends, which an arrow in it doesn't. */
const SIGN = /(?<!\\)[{}]|<(?=[a-z])|(?<!=)>/gi

/** The outermost braces, each with the one that closes it, and whether they stand in a tag. */
function braces(source: string): (Range & { readonly isInTag: boolean })[] {
  const found: (Range & { isInTag: boolean })[] = []
  const open: Omit<(typeof found)[number], 'end'>[] = []
  let isInTag = false
  for (const { 0: sign, index } of source.matchAll(SIGN)) {
    if (sign === '<' || sign === '>') isInTag = sign === '<'
    else if (sign === '{') open.push({ start: index, isInTag })
    else {
      const opened = open.pop()
      if (opened === undefined || index - opened.start >= LONGEST) continue
      while ((found.at(-1)?.start ?? -1) > opened.start) found.pop()
      found.push({ ...opened, end: index + 1 })
    }
  }
  return found
}
