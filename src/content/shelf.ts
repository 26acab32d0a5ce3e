// The files that an article may show: a reference in it led to a file of the folder, and which ones it used.
import { type FileFacts, fileReferred, mediaAddress } from './files.ts'

interface ShelvedFile extends FileFacts {
  /** Absolute. */
  readonly url: string
}

export interface Shelf {
  /** The file that a reference means, beside the record or from the folder's root; it counts as used then. */
  readonly take: (reference: string) => ShelvedFile | undefined
  /** Paths under the content folder, in code unit order. */
  readonly used: () => string[]
  /** What each path that was asked for held then, or that nothing was there. */
  readonly asked: ReadonlyMap<string, FileFacts | undefined>
}

/** @param file path of the record under the content folder. */
export function shelfOf(file: string, base: string, media: ReadonlyMap<string, FileFacts>): Shelf {
  const asked = new Map<string, FileFacts | undefined>()
  return {
    asked,
    used: () => [...asked.keys()].filter((path) => asked.get(path) !== undefined).sort(),
    take(reference) {
      const local = fileReferred(file, decodePath(reference))
      const facts = media.get(local)
      asked.set(local, facts)
      return facts && { ...facts, url: base + mediaAddress(local) }
    },
  }
}

function decodePath(reference: string): string {
  try {
    return decodeURIComponent(reference.replace(/[?#].*$/s, ''))
  } catch {
    return reference
  }
}
