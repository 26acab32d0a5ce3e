// The sizes of a body's pictures: Markdown can't say them, and without them a page jumps while its pictures load.
import type { Properties, Root } from 'hast'
import { visit } from './elements.ts'

/** Pixels. */
interface Size {
  readonly width: number
  readonly height: number
}

/** The size of the picture at an address, as far as it is known. */
export type SizeOf = (address: string) => Partial<Size> | undefined

/** The same tree, in which each picture of a known size says it, in proportion to what its author said of one side. */
export function sized(tree: Root, sizeOf: SizeOf): Root {
  visit(tree, ({ tagName, properties }) => {
    if (tagName !== 'img' || !isUnsized(properties)) return
    const { width, height } = sizeOf(String(properties.src)) ?? {}
    if (width === undefined || height === undefined) return
    const size = scaled({ width, height }, properties)
    // What says that it has one pixel is taken for a tracker.
    if (size && Math.min(size.width, size.height) > 1) Object.assign(properties, size)
  })
  return tree
}

function scaled({ width, height }: Size, said: Properties): Size | undefined {
  if (typeof said.width === 'number')
    return { width: said.width, height: Math.round((said.width * height) / width) }
  if (typeof said.height === 'number')
    return { width: Math.round((said.height * width) / height), height: said.height }
  const isSaid = said.width !== undefined || said.height !== undefined
  return isSaid ? undefined : { width, height }
}

/** The addresses of the pictures that don't say both sides. */
export function unsizedIn(tree: Root): string[] {
  const addresses: string[] = []
  visit(tree, ({ tagName, properties }) => {
    if (tagName === 'img' && properties.src !== undefined && isUnsized(properties))
      addresses.push(String(properties.src))
  })
  return addresses
}

function isUnsized({ width, height }: Properties): boolean {
  return width === undefined || height === undefined
}
