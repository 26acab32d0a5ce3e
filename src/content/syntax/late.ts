// Libraries that few files need, each loaded when it is first asked for, so that no start waits for them.
import { createRequire } from 'node:module'

const load = createRequire(import.meta.url)

/** Judges what `js-yaml` leaves to it; a tenth of all the code that reads content. */
export const yaml = (): typeof import('yaml') => load('yaml')

/** Reads JSON that is wrong, or has something behind it. */
export const jsonc = (): typeof import('jsonc-parser') => load('jsonc-parser')

/** Guesses encodings. */
export const chardet = (): typeof import('chardet') => load('chardet')

/** Measures pictures. */
export const imageSize = (): typeof import('image-size').imageSize => load('image-size').imageSize
