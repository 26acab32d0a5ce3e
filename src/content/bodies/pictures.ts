// Pictures as their readers should see them: those that a script would have loaded later, and none that only count readers.
import type { Element, ElementContent, Root } from 'hast'
import { descendants, textOf } from './elements.ts'

/** Where lazy-loading scripts keep the address of a picture or a frame, most usual first. */
const LAZY_SOURCES = [
  'dataSrc',
  'dataOriginal',
  'dataLazySrc',
  'dataActualsrc',
  'dataEcho',
  'dataLazy',
  'dataOrigFile',
]
const LAZY_CANDIDATES = ['dataSrcset', 'dataLazySrcset', 'dataOriginalSet']

/** Files that stand for nothing, by how they are usually called. */
const SPACER =
  /(^|[/_-])(blank|clear|dot|empty|gr[ae]y|lazy|load(er|ing)?|pixel|placeholder|spacer|trans(parent)?|white|1x1|1px)([._-]?\d+(x\d+)?)?\.(gif|png|svg|jpe?g|webp)([?#]|$)/i

/** Gives an element the address that its lazy-loading attributes hold, where its own shows nothing. */
export function loadLazily({ tagName, properties }: Element): void {
  if (!/^(img|source|iframe|embed|video|audio)$/.test(tagName)) return
  const source = LAZY_SOURCES.map((name) => properties[name]).find(isAddress)
  if (source !== undefined && isPlaceholder(properties.src)) properties.src = source
  const candidates = LAZY_CANDIDATES.map((name) => properties[name]).find(isAddress)
  if (candidates !== undefined && isPlaceholder(candidatesOf(properties.srcSet))) {
    properties.srcSet = candidates
  }
  if (!isAddress(properties.src)) delete properties.src
}

function isAddress(value: unknown): value is string {
  return typeof value === 'string' && !/^\s*(data:|about:|javascript:|#|$)/i.test(value)
}

function isPlaceholder(value: unknown): boolean {
  return !isAddress(value) || SPACER.test(String(value).trim())
}

/** The parser makes a list of candidates; in a `data:` address that was one. */
function candidatesOf(value: unknown): unknown {
  return Array.isArray(value) ? value.join(', ') : value
}

const UNSEEN =
  /(^|;)\s*(display\s*:\s*none|visibility\s*:\s*hidden|(width|height)\s*:\s*[01](\.\d*)?(px)?\s*(!|;|$))/i

/** Whether nobody sees it: a single pixel, or hidden, as trackers are. */
export function isUnseen({ properties: { style, hidden, width, height } }: Element): boolean {
  return (
    hidden === true ||
    UNSEEN.test(String(style ?? '')) ||
    [width, height].some((size) => Number.parseFloat(String(size)) <= 1)
  )
}

/** Whether a picture shows something: an address that is no placeholder, in a size that can be seen. */
function isSeen(picture: Element): boolean {
  const { src, srcSet } = picture.properties
  return !isUnseen(picture) && !(isPlaceholder(src) && isPlaceholder(candidatesOf(srcSet)))
}

/**
 * Leaves in each `<noscript>` the picture that it holds for readers without scripts, in the place of the placeholder
 * beside it, unless that has found its own address. Where no picture is beside it, one that says what it is or how large stands for itself; one that
 * says nothing is a tracker's.
 */
export function useFallbacks(parent: Element | Root): void {
  const { children } = parent
  const dropped = new Set<ElementContent>()
  for (const [at, child] of children.entries()) {
    if (child.type !== 'element') continue
    if (child.tagName !== 'noscript') {
      useFallbacks(child)
      continue
    }
    const fallbacks = [...descendants(child, ({ tagName }) => tagName === 'img')]
    for (const picture of fallbacks) loadLazily(picture)
    const seen = fallbacks.filter(isSeen)
    const beside = [besideOf(children, at, -1), besideOf(children, at, 1)].flatMap((found) => {
      const [picture] = found === undefined ? [] : picturesOf(found)
      return found === undefined || picture === undefined ? [] : [{ found, picture }]
    })
    const isShown = beside.some(({ picture }) => isLazy(picture) && isSeen(picture))
    const addresses = new Set(beside.map(({ picture }) => picture.properties.src))
    const lacking = beside.find(({ picture }) => !isSeen(picture))
    const used = isShown ? [] : seen.filter(({ properties: { src } }) => !addresses.has(src))
    if (lacking !== undefined && used.length > 0) dropped.add(lacking.found)
    child.children = lacking === undefined ? used.filter(tellsOfItself) : used
  }
  if (dropped.size > 0) {
    parent.children = (children as ElementContent[]).filter((child) => !dropped.has(child))
  }
}

/** The next element to one side, with nothing but white space between. */
function besideOf(
  children: readonly (Element | Root)['children'][number][],
  at: number,
  step: 1 | -1,
): Element | undefined {
  let near = children[at + step]
  for (let next = at + step; near?.type === 'text' && near.value.trim() === ''; ) {
    next += step
    near = children[next]
  }
  return near?.type === 'element' && near.tagName !== 'noscript' ? near : undefined
}

/** The pictures of an element that is nothing else. */
function picturesOf(node: Element): Element[] {
  const own = node.tagName === 'img' ? [node] : []
  const pictures = [...own, ...descendants(node, ({ tagName }) => tagName === 'img')]
  for (const picture of pictures) loadLazily(picture)
  return textOf(node).trim() === '' ? pictures : []
}

function isLazy({ properties }: Element): boolean {
  return [...LAZY_SOURCES, ...LAZY_CANDIDATES].some((name) => properties[name] !== undefined)
}

function tellsOfItself({ properties: { alt, width, height, srcSet } }: Element): boolean {
  return [alt, width, height, srcSet].some((value) => value !== undefined && value !== '')
}
