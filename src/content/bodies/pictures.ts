// Pictures as their readers should see them: those that a script would have loaded later, and none that only count readers.
import type { Element, ElementContent, Root, RootContent } from 'hast'
import { classesOf, descendants, isBlank, isNamed } from './elements.ts'
import { isHidden } from './hidden.ts'

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
  const isNothing =
    properties.srcSet === undefined ? !isAddress(properties.src) : isPlaceholder(properties.src)
  if (isNothing) delete properties.src
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

const A_PIXEL = /(^|;)\s*(width|height)\s*:\s*[01](\.\d*)?(px)?\s*(!|;|$)/i

/** Whether a picture is hidden, or a single pixel, as trackers are. */
export function isUnseen(picture: Element): boolean {
  const { style, width, height } = picture.properties
  return (
    isHidden(picture) ||
    A_PIXEL.test(String(style ?? '')) ||
    [width, height].some((size) => Number.parseFloat(String(size)) <= 1)
  )
}

/** One or more, with what joins and colours them (UTS #51 §1.4). */
const EMOJI = /^[\p{Extended_Pictographic}\p{Emoji_Component}]{1,30}$/u

/** The emoji that a script or WordPress made a picture of; without their style it would be larger than the text. */
export function emojiOf(picture: Element): ElementContent[] | undefined {
  const isEmoji = classesOf(picture).some((name) => name === 'emoji' || name === 'wp-smiley')
  const alt = String(picture.properties.alt ?? '')
  return isEmoji && EMOJI.test(alt) ? [{ type: 'text', value: alt }] : undefined
}

/** Whether a picture shows something: an address that is no placeholder, in a size that can be seen. */
function isSeen(picture: Element): boolean {
  const { src, srcSet } = picture.properties
  return !isUnseen(picture) && !(isPlaceholder(src) && isPlaceholder(candidatesOf(srcSet)))
}

/**
 * Leaves in each `<noscript>` its picture for readers without scripts, and drops the placeholder beside it; a picture
 * beside it that has found its own address stays instead. Without a picture beside it, one in `<noscript>` stays if it
 * says what it is or how large; one that says nothing is a tracker's.
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
    const fallbacks = descendants(child, ({ tagName }) => tagName === 'img')
    for (const picture of fallbacks) loadLazily(picture)
    const seen = fallbacks.filter(isSeen)
    // The picture is nearly always written first.
    const near = [besideOf(children, at, -1), besideOf(children, at, 1)].find(
      (found) => found !== undefined && onlyPicture(found) !== undefined,
    )
    const picture = near && onlyPicture(near)
    child.children = fitting(seen, picture)
    if (near !== undefined && picture !== undefined && seen.length > 0 && !isSeen(picture)) {
      dropped.add(near)
    }
  }
  if (dropped.size > 0) {
    parent.children = (children as ElementContent[]).filter((child) => !dropped.has(child))
  }
}

/** Those of the pictures in a `<noscript>` that show what the picture beside it doesn't. */
function fitting(fallbacks: readonly Element[], beside: Element | undefined): Element[] {
  if (beside === undefined) return fallbacks.filter(tellsOfItself)
  if (!isSeen(beside)) return [...fallbacks]
  if (isLazy(beside)) return []
  const { src } = beside.properties
  return fallbacks.filter((one) => one.properties.src !== src && tellsOfItself(one))
}

/** The next element to one side, with nothing but white space between. */
function besideOf(children: readonly RootContent[], at: number, step: 1 | -1): Element | undefined {
  let next = at + step
  while (isBlank(children[next])) next += step
  const near = children[next]
  return near?.type === 'element' && near.tagName !== 'noscript' ? near : undefined
}

/** The picture that an element is, or holds and nothing else. */
function onlyPicture(node: Element): Element | undefined {
  if (node.tagName === 'img') {
    loadLazily(node)
    return node
  }
  const content = node.children.filter((child) => !isBlank(child) && !isNamed(child, /^source$/))
  const [only] = content
  return content.length === 1 && only?.type === 'element' ? onlyPicture(only) : undefined
}

function isLazy({ properties }: Element): boolean {
  return [...LAZY_SOURCES, ...LAZY_CANDIDATES].some((name) => properties[name] !== undefined)
}

function tellsOfItself({ properties: { alt, width, height, srcSet } }: Element): boolean {
  return [alt, width, height, srcSet].some((value) => value !== undefined && value !== '')
}
