// Where a theme looks for what an article shows: at a path of the site, as its generator makes addresses, or in a folder that the record names.
import { typeOf } from '../articles/files.ts'
import { isWhole } from '../articles/references.ts'
import type { Generator } from './generator.ts'
import type { Values } from './maps.ts'

/** Beside a file, in the folder of the sources, or behind a name for it: `../a.png`, `/src/a.png`, `~/assets/a.png`. */
const IN_SOURCES = /^(?:\.{1,2}|\/?src|[@~][\w-]*)\//

/**
 * A picture's address, with the base URL before it as themes put it; in Jekyll and Hexo also before a path that begins
 * with a slash. Nothing of a file of Astro's that isn't here, since it is served under a name that only Astro knows.
 * @param base the publication's, with `/` at its end.
 */
export function onSite(
  reference: string,
  generator: Generator | undefined,
  base: string,
): string | undefined {
  if (generator === 'astro' && IN_SOURCES.test(reference)) return undefined
  const isOurs = generator === 'hexo' || generator === 'hugo' || generator === 'jekyll'
  if (!isOurs || !/^\/(?!\/)|^[^./:][^:/]*\//.test(reference)) return reference
  const isFromRoot = generator === 'hugo' || reference.startsWith(new URL(base).pathname)
  const path = isFromRoot ? reference : reference.replace(/^\//, '')
  return URL.canParse(path, base) ? new URL(path, base).href : reference
}

/** A path on the site, or an address elsewhere; nothing where the record names none. */
export function mediaFolder(values: Values, generator: Generator | undefined): string | undefined {
  if (generator !== undefined && generator !== 'jekyll') return undefined
  // `img_path` is its older name.
  const { media_subpath: folder = values.img_path } = values
  return typeof folder === 'string' && folder !== '' ? folder : undefined
}

/** The address of a picture or recording in the folder. Whole addresses and other references stay as they are.
 * @param base the publication's, with `/` at its end.
 */
export function inMediaFolder(reference: string, folder: string | undefined, base: string): string {
  if (folder === undefined) return reference
  if (!isMedia(reference) || isWhole(reference)) return reference
  const path = `${folder}/${reference}`.replace(/^\/+/, '').replace(/(?<!:)\/{2,}/g, '/')
  return URL.canParse(path, base) ? new URL(path, base).href : reference
}

export function isMedia(reference: string): boolean {
  return /^(?:image|audio|video)\//.test(typeOf(reference.replace(/[?#].*$/s, '')) ?? '')
}
