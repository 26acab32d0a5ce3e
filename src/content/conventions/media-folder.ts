// Where a theme looks for what an article shows: Chirpy, of Jekyll's, takes a folder of the site for all of an article's pictures.
import { typeOf } from '../files.ts'
import type { Generator } from './generator.ts'
import type { Values } from './maps.ts'

/** A path on the site, or an address elsewhere; nothing where the record names none. */
export function mediaFolder(values: Values, generator: Generator | undefined): string | undefined {
  if (generator !== undefined && generator !== 'jekyll') return undefined
  // What it was called before.
  const { media_subpath: folder = values.img_path } = values
  return typeof folder === 'string' && folder !== '' ? folder : undefined
}

/**
 * The address of a picture or recording in a folder; what is a whole address, or none of these, stays as it is, as does all where there is no folder.
 * @param base the publication's, with `/` at its end.
 */
export function inMediaFolder(reference: string, folder: string | undefined, base: string): string {
  if (folder === undefined) return reference
  const isMedia = /^(?:image|audio|video)\//.test(typeOf(reference.replace(/[?#].*$/s, '')) ?? '')
  if (!isMedia || /^(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(reference)) return reference
  const path = `${folder}/${reference}`.replace(/^\/+/, '').replace(/(?<!:)\/{2,}/g, '/')
  return URL.canParse(path, base) ? new URL(path, base).href : reference
}
