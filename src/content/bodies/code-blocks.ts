// Code blocks as highlighters leave them: their line numbers go, their language stays, their code is one `<pre>`.
import type { Element, ElementContent, Root } from 'hast'
import { classesOf, descendants, element, isNamed } from './elements.ts'

/** Cells with line numbers, as Hexo, Rouge, Pygments, GitHub and highlight.js call them. */
const GUTTER_CELLS = new Set(['blob-num', 'gutter', 'hljs-ln-numbers', 'linenos', 'rouge-gutter'])
/** Line numbers inside the code, as Chroma (Hugo), Rouge and Pygments call them. */
const NUMBERS = new Set(['ln', 'lnt', 'lineno', 'linenos'])

/** What replaces an element of a code block; `undefined` if it stays. */
export function settleCode(node: Element, parent: Element | Root): ElementContent[] | undefined {
  if (node.tagName === 'table') {
    const code = withoutGutter(node)
    const isInCode = parent.type === 'element' && /^(code|pre)$/.test(parent.tagName)
    return code && (isInCode ? code.children : [code])
  }
  const isNumber = node.tagName === 'span' && classesOf(node).some((name) => NUMBERS.has(name))
  return isNumber ? [] : undefined
}

/** The code of a table that sets it beside its line numbers. */
function withoutGutter(table: Element): Element | undefined {
  const cells = descendants(table, (node) => node.tagName === 'td')
  const gutters = new Set(cells.filter(isGutter))
  if (gutters.size === 0) return undefined
  for (const row of descendants(table, (node) => node.tagName === 'tr')) {
    row.children = row.children.filter((cell) => !gutters.has(cell as Element))
  }
  const [code, ...others] = cells.filter((cell) => !gutters.has(cell))
  if (code === undefined || others.length > 0) return undefined
  const [block, ...more] = descendants(code, (node) => node.tagName === 'pre')
  return more.length === 0 ? block : undefined
}

function isGutter(cell: Element): boolean {
  if (classesOf(cell).some((name) => GUTTER_CELLS.has(name))) return true
  if (!classesOf(cell).includes('lntd')) return false
  return descendants(cell, (node) => classesOf(node).includes('lnt')).length > 0
}

/** Names a block's language at its `<code>`, as Markdown does; Hexo and Rouge name it at an element around. */
export function nameLanguages(parent: Element | Root, around?: string): void {
  for (const node of parent.children) {
    if (node.type !== 'element') continue
    const language = languageOf(node) ?? around
    if (node.tagName === 'pre' && language !== undefined) nameLanguage(node, language)
    nameLanguages(node, node.tagName === 'pre' ? undefined : language)
  }
}

function nameLanguage(block: Element, language: string): void {
  const inner = block.children.find((child) => isNamed(child, /^code$/))
  const code = inner ?? element('code', {}, block.children)
  if (code !== inner) block.children = [code]
  if (!classesOf(code).some((name) => name.startsWith('language-'))) {
    code.properties.className = [`language-${language}`]
  }
}

function languageOf(node: Element): string | undefined {
  const [first, second] = classesOf(node)
  if (node.tagName === 'figure') return first === 'highlight' ? second : undefined
  const named = classesOf(node).find((name) => name.startsWith('language-'))
  return node.tagName === 'div' ? named?.slice('language-'.length) : undefined
}
