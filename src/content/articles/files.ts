// A media file of the folder: its type, length and size in pixels, and the address at which Gazette serves it.
import { open } from 'node:fs/promises'
import path from 'node:path'
import mime from 'mime'

export interface FileFacts {
  /** From the file's name. */
  readonly type: string
  /** Bytes. */
  readonly length: number
  /** Pixels, of a picture. */
  readonly width?: number
  readonly height?: number
}

/** Bytes; enough for the header of a picture with an embedded thumbnail. */
const HEADER_BYTES = 256 * 1024

interface Size {
  readonly width: number
  readonly height: number
}

/**
 * The size in pixels of a picture as it is shown; nothing where the beginning of the file doesn't tell it.
 * @throws the system's error.
 */
export async function measure(file: string): Promise<Size | undefined> {
  const handle = await open(file, 'r')
  try {
    const header = Buffer.alloc(HEADER_BYTES)
    const { bytesRead } = await handle.read(header, 0, HEADER_BYTES, 0)
    return await sizeIn(header.subarray(0, bytesRead))
  } finally {
    await handle.close()
  }
}

async function sizeIn(header: Buffer): Promise<Size | undefined> {
  // It has 26 modules, for which nobody waits who has no pictures beside articles.
  const { imageSize } = await import('image-size')
  try {
    const { width, height, orientation = 1 } = imageSize(header)
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
