// What a record's references may lead to: media files, and other articles by their files. It notes what was asked for.
import { decoded } from '../../domain/percent-encoding.ts'
import { type FileFacts, fileReferred, mediaAddress } from './files.ts'
import { isWhole } from './references.ts'

/** All media files and articles of a folder. */
export interface Library {
  readonly media: Pick<ReadonlyMap<string, FileFacts>, 'get'>
  /** Links of articles by their files' paths, and by `*` and the file's name where only one has it. */
  readonly articles: Pick<ReadonlyMap<string, string>, 'get'>
}

interface ShelvedFile extends FileFacts {
  /** Absolute. */
  readonly url: string
}

export interface Shelf {
  /** The file that a reference means, beside the record or from the folder's root; it then counts as used. */
  readonly take: (reference: string) => ShelvedFile | undefined
  /** The link of the article whose file a reference means: `../ferry.md#times`, or by its name alone. */
  readonly article: (reference: string) => string | undefined
  /** Paths under the content folder, in code unit order. */
  readonly used: () => string[]
  readonly asked: Asked
}

/** What was found at each path that was asked for; nothing where nothing was there. */
export interface Asked {
  readonly media: ReadonlyMap<string, FileFacts | undefined>
  readonly articles: ReadonlyMap<string, string | undefined>
}

/** @param file path of the record under the content folder. */
export function shelfOf(file: string, base: string, library: Library): Shelf {
  const media = new Map<string, FileFacts | undefined>()
  const articles = new Map<string, string | undefined>()
  return {
    asked: { media, articles },
    used: () => [...media.keys()].filter((path) => media.get(path) !== undefined).sort(),
    take(reference) {
      const local = fileReferred(file, pathOf(reference))
      const facts = library.media.get(local)
      media.set(local, facts)
      return facts && { ...facts, url: base + mediaAddress(local) }
    },
    article(reference) {
      // In Zola `@/` begins a path from the content's root.
      const path = pathOf(reference).replace(/^@(?=\/)/, '')
      if (!RECORD.test(path) || isWhole(path)) return undefined
      // A bundle goes by the name of its folder.
      const paths = [path, path.replace(RECORD, '/index$&')]
      const keys = [
        ...paths.flatMap((one) => [fileReferred(file, one), fileReferred('', one)]),
        ...paths.map(anywhere),
      ]
      for (const key of keys) articles.set(key, library.articles.get(key))
      const found = keys.map((key) => articles.get(key)).find((link) => link !== undefined)
      return found && found + (/#.*$/s.exec(reference.trim())?.[0] ?? '')
    },
  }
}

const RECORD = /\.(mdx?|markdown)$/i

/** The key under which a file is found by its name alone; a bundle goes by its folder's. */
export function anywhere(file: string): string {
  const name = file.lastIndexOf('/') + 1
  const isBundle = file.startsWith('index.', name)
  const from = isBundle && name > 1 ? file.lastIndexOf('/', name - 2) + 1 : name
  return `*/${file.slice(from)}`
}

function pathOf(reference: string): string {
  return decoded(reference.trim().replace(/[?#].*$/s, ''))
}
