// Formulas and drawings as a line of text: feed readers drop them, or show their letters in no order.
import type { Element, ElementContent, Root } from 'hast'
import { own } from '../../domain/own.ts'
import { classesOf, descendants, isNamed, textOf } from './elements.ts'

/** Characters of a formula; a longer one is nothing that can be read in a line. */
const LONGEST = 2_000

/** What replaces an element of a formula or a drawing; `undefined` if it stays. */
export function settleFormula(node: Element, around: Element | Root): ElementContent[] | undefined {
  if (isTwin(node, around)) return []
  if (node.tagName === 'math') return asText(inTex(node) ?? inALine(node))
  return node.tagName === 'svg' ? asText(titleOf(node)) : undefined
}

/** KaTeX usually writes a formula twice: as MathML, and for its own stylesheet, which feed readers lack. */
function isTwin(node: Element, { children: [first] }: Element | Root): boolean {
  return (
    classesOf(node).includes('katex-html') &&
    first?.type === 'element' &&
    classesOf(first).includes('katex-mathml')
  )
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

/** Signs between the parts of an element, the last one also between all further parts; other elements have none. */
const BETWEEN: Readonly<Record<string, readonly string[]>> = {
  mfrac: ['/'],
  mover: ['^'],
  mroot: ['^(1/'],
  msub: ['_'],
  msubsup: ['_', '^'],
  msup: ['^'],
  mtable: ['; '],
  mtr: [', '],
  munder: ['_'],
  munderover: ['_', '^'],
}

/** Around an element. */
const AROUND: Readonly<Record<string, readonly [string, string]>> = {
  mroot: ['', ')'],
  msqrt: ['√(', ')'],
  mtable: ['[', ']'],
}

function inALine(node: Element | Root): string {
  const parts = (node.children as ElementContent[]).map((child) => {
    if (child.type === 'text') return child.value.trim()
    if (child.type !== 'element' || /^annotation/.test(child.tagName)) return ''
    const [before, behind] = own(AROUND, child.tagName) ?? ['', '']
    return before + inALine(child) + behind
  })
  const name = node.type === 'element' ? node.tagName : ''
  const between = own(BETWEEN, name)
  if (between === undefined) return parts.join('')
  return parts
    .filter((part) => part !== '')
    .map((part) => (name.startsWith('mt') || [...part].length === 1 ? part : `(${part})`))
    .reduce(
      (said, part, at) => said + (at === 0 ? '' : (between[at - 1] ?? between.at(-1))) + part,
      '',
    )
}

/** SVG 2 §5.7: what a drawing is called; what stands in it stands in no order. */
function titleOf(svg: Element): string {
  const title = svg.children.find((child) => isNamed(child, /^title$/))
  return title === undefined ? '' : textOf(title, LONGEST)
}
