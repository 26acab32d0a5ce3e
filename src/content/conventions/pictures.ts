// Pictures as front matter names them: a reference, a map around one, or a list of either.

/** What a map calls the reference to its picture. */
const REFERENCES = ['url', 'src', 'path', 'image', 'file', 'filename', 'feature', 'teaser']

/**
 * The pictures, each with its `url`; a `true` or `false` names none. What has our own shape stays as it is.
 * @param beside the value of another field, such as `image_alt`.
 */
export function readPictures(value: unknown, beside: (name: string) => unknown): unknown {
  if (typeof value === 'boolean' || typeof value === 'number') return undefined
  const list = (Array.isArray(value) ? value : [value]).filter((one) => one !== null && one !== '')
  return list.map((one) => {
    const picture = readPicture(one)
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

function readPicture(value: unknown): unknown {
  if (typeof value === 'string') return { url: value.trim() }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  const said = value as Record<string, unknown>
  if (typeof said.file === 'string') return value
  const reference = REFERENCES.map((name) => said[name]).find(
    (one) => typeof one === 'string' && one !== '',
  )
  if (reference === undefined) return value
  return {
    url: reference,
    ...Object.fromEntries(
      ['alt', 'caption', 'credit', 'width', 'height', 'type', 'length'].flatMap((fact) =>
        said[fact] === undefined || said[fact] === null || said[fact] === ''
          ? []
          : [[fact, said[fact]]],
      ),
    ),
  }
}
