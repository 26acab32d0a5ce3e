// A media file of the folder: its type, length and size in pixels, and the address at which Gazette serves it.
import path from 'node:path'
import mime from 'mime'
import { readAt } from '../keeping/spool.ts'
import { withOpened } from '../opened.ts'
import { imageSize } from '../syntax/late.ts'

export interface FileFacts {
  /** From the file's name. */
  readonly type: string
  /** Bytes. */
  readonly length: number
  /** Pixels, of a picture. */
  readonly width?: number
  readonly height?: number
}

/** Bytes that tell the size of nearly any picture, and of one with a thumbnail embedded before that. */
const HEADERS = [16 * 1024, 256 * 1024]

interface Size {
  readonly width: number
  readonly height: number
}

/**
 * The size in pixels of a picture as it is shown; nothing where the beginning of the file doesn't tell it.
 * @throws the system's error.
 */
export function measure(file: string): Size | undefined {
  return withOpened(file, (handle, { size }) => {
    for (const most of HEADERS) {
      const found = sizeIn(readAt(handle, 0, Math.min(size, most)))
      if (found !== undefined || size <= most) return found
    }
    return undefined
  })
}

function sizeIn(header: Buffer): Size | undefined {
  try {
    const { width, height, orientation = 1 } = imageSize()(header)
    if (width <= 0 || height <= 0) return undefined
    // Exif 2.32 §4.6.4: from 5 to 8 it lies on its side, as telephones take pictures, and is turned when shown.
    const isTurned = orientation >= 5 && orientation <= 8
    return isTurned ? { width: height, height: width } : { width, height }
  } catch {
    return undefined
  }
}

/** Where Gazette serves a file, relative to the base URL. */
export function mediaAddress(file: string): string {
  return `media/${encodeURI(file)}`
}

/** MIME type by the ending of a name or address; nothing where it has none that is known. */
export function typeOf(name: string): string | undefined {
  return mime.getType(name) ?? undefined
}

/** The path under the folder that a reference in a file means: beside that file, or from the root where it begins with `/`. */
export function fileReferred(from: string, reference: string): string {
  const at = reference.startsWith('/')
    ? reference.slice(1)
    : path.posix.join(path.posix.dirname(from), reference)
  return path.posix.normalize(at)
}
