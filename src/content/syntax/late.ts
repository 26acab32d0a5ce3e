// Libraries that most runs have no use for, each loaded when it is first asked for: what few files need, no start waits for.
import { createRequire } from 'node:module'

const load = createRequire(import.meta.url)

/** Which judges what `js-yaml` leaves to it; a tenth of all that is loaded for reading content. */
export const yaml = (): typeof import('yaml') => load('yaml')

/** Which finds its way in JSON that is wrong, or has something behind it. */
export const jsonc = (): typeof import('jsonc-parser') => load('jsonc-parser')

/** Which guesses encodings. */
export const chardet = (): typeof import('chardet') => load('chardet')
