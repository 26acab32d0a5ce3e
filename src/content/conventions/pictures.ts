// Pictures as front matter names them: a reference, a map around one, or a list of either.
import { isMap } from './maps.ts'

/** What a map calls the reference to its picture. */
const REFERENCES = ['url', 'src', 'path', 'image', 'file', 'filename', 'feature', 'teaser']

const COUNTS = new Set(['width', 'height', 'length'])

/**
 * The pictures, each with its `url`; a `true` or `false` names none, and neither does a map that only says how a picture
 * is to be shown. What has our own shape stays as it is.
 * @param beside the value of another field, such as `image_alt`.
 */
export function readPictures(value: unknown, beside: (name: string) => unknown): unknown {
  if (typeof value === 'boolean' || typeof value === 'number') return undefined
  const list = (Array.isArray(value) ? value : [value]).filter((one) => one !== null && one !== '')
  return list.flatMap((one) => {
    const picture = readPicture(one)
    if (picture === undefined) return []
    if (list.length > 1 || typeof one !== 'string') return picture
    const said = Object.fromEntries(
      ['alt', 'caption', 'credit'].flatMap((fact) => {
        const text = beside(`image_${fact}`)
        return typeof text === 'string' && text !== '' ? [[fact, text]] : []
      }),
    )
    return { ...said, ...(picture as object) }
  })
}

/** A form that was left blank: `<image path/url>`, `<alt text>`. */
const BLANK = /^(?:<[^<>]*>)?$/

function readPicture(value: unknown): unknown {
  if (typeof value === 'string') return BLANK.test(value) ? undefined : { url: value.trim() }
  if (!isMap(value) || typeof value.file === 'string') return value
  const reference = REFERENCES.map((name) => value[name]).find(
    (one) => typeof one === 'string' && !BLANK.test(one),
  )
  if (reference === undefined) return undefined
  return {
    url: reference,
    ...Object.fromEntries(
      ['alt', 'caption', 'credit', 'width', 'height', 'type', 'length'].flatMap((fact) => {
        const found = COUNTS.has(fact) ? readCount(value[fact]) : value[fact]
        // A CMS says what kind of thing it is, such as `image`; the file tells its own type.
        if (fact === 'type' && !String(found).includes('/')) return []
        return found === undefined || found === null || BLANK.test(String(found))
          ? []
          : [[fact, found]]
      }),
    ),
  }
}

/** Pixels, or bytes, also in quotes; `100%` and `auto` count nothing. */
function readCount(value: unknown): number | undefined {
  const written = /^\s*(\d{1,15})\s*(?:px)?\s*$/i.exec(String(value))?.[1]
  return written === undefined ? undefined : Number(written)
}
