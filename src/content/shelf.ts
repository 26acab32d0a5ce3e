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
}

/** @param file path of the record under the content folder. */
export function shelfOf(file: string, base: string, media: ReadonlyMap<string, FileFacts>): Shelf {
  const used = new Set<string>()
  return {
    used: () => [...used].sort(),
    take(reference) {
      const local = fileReferred(file, decodePath(reference))
      const facts = media.get(local)
      if (facts === undefined) return undefined
      used.add(local)
      return { ...facts, url: base + mediaAddress(local) }
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
