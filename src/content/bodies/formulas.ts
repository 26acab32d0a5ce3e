// Formulas and drawings, which feed readers take out or show as letters without order: what they say, in a line of text.
import type { Element, ElementContent, Root } from 'hast'
import { classesOf, descendants, textOf } from './elements.ts'

/** Characters of a formula; a longer one is nothing that can be read in a line. */
const LONGEST = 2_000

/** What stands in the place of an element about a formula or a drawing, or nothing where it stays. */
export function settleFormula(node: Element): ElementContent[] | undefined {
  // KaTeX writes each formula twice: for programs, and for eyes that have its stylesheet.
  if (node.tagName === 'span' && classesOf(node).includes('katex-html')) return []
  if (node.tagName === 'math') return asText(inTex(node) ?? inALine(node))
  return node.tagName === 'svg' ? asText(titleOf(node)) : undefined
}

function asText(said: string): ElementContent[] {
  return [{ type: 'text', value: said.replace(/\s+/g, ' ').slice(0, LONGEST) }]
}

/** As its author wrote it, where that came along (MathML 3 §2.2.2.1 and §5.2.1). */
function inTex(math: Element): string | undefined {
  const { alttext } = math.properties
  if (typeof alttext === 'string' && alttext.trim() !== '') return alttext
  const [tex] = descendants(
    math,
    ({ tagName, properties }) =>
      tagName === 'annotation' && properties.encoding === 'application/x-tex',
  )
  return tex && textOf(tex, LONGEST)
}

/** Between the parts of an element; those of all others stand side by side. */
const BETWEEN: Readonly<Record<string, string>> = {
  mfrac: '/',
  mover: '^',
  msub: '_',
  msup: '^',
  mtable: '; ',
  mtr: ', ',
  munder: '_',
}

function inALine(node: Element | Root): string {
  const parts = (node.children as ElementContent[]).map((child) => {
    if (child.type === 'text') return child.value.trim()
    if (child.type !== 'element' || /^annotation/.test(child.tagName)) return ''
    const said = inALine(child)
    if (child.tagName === 'mtable') return `[${said}]`
    return child.tagName === 'msqrt' ? `√(${said})` : said
  })
  const name = node.type === 'element' ? node.tagName : ''
  const between = Object.hasOwn(BETWEEN, name) ? BETWEEN[name] : undefined
  if (between === undefined) return parts.join('')
  return parts
    .filter((part) => part !== '')
    .map((part) => (name.startsWith('mt') || [...part].length === 1 ? part : `(${part})`))
    .join(between)
}

/** SVG 2 §5.7: what a drawing is called; what stands in it stands in no order. */
function titleOf(svg: Element): string {
  const title = svg.children.find((child) => child.type === 'element' && child.tagName === 'title')
  return title?.type === 'element' ? textOf(title, LONGEST) : ''
}
