// Pictures and recordings of a feed's entry: enclosures, Media RSS and podcasts' elements, told once each.
import { typeOf } from '../content/articles/files.ts'
import { count, type Facts, given, type Tally, wholeNumber } from './imported.ts'
import { elementsOf, type Fields, textOf, type XmlNode } from './xml.ts'

export type PictureFact = NonNullable<Facts['pictures']>[number]
export type RecordingFact = NonNullable<Facts['recordings']>[number]

/** A file that comes with an entry, as its feed tells of it. */
export interface Attachment {
  readonly url: string
  readonly type?: string | undefined
  /** Bytes. */
  readonly length?: number | undefined
  readonly title?: string | undefined
  /** Seconds. */
  readonly duration?: number | undefined
  readonly width?: number | undefined
  readonly height?: number | undefined
  readonly alt?: string | undefined
  readonly caption?: string | undefined
  readonly credit?: string | undefined
}

/** Pictures and recordings, told apart by type; what is told of one address in several places is put together. */
export function sortAttachments(
  attachments: readonly Attachment[],
  unplaced: Tally,
): { pictures: PictureFact[]; recordings: RecordingFact[] } {
  const byUrl = new Map<string, Attachment>()
  for (const one of attachments) {
    const told = given({ ...one, type: typeSaid(one.type) })
    byUrl.set(one.url, { ...told, ...byUrl.get(one.url) })
  }
  const pictures: PictureFact[] = []
  const recordings: RecordingFact[] = []
  for (const { url, type, length, title, duration, width, height, ...words } of byUrl.values()) {
    const kind = kindOf({ url, type })
    const file = { url, type, length }
    if (kind?.startsWith('image/')) {
      const caption = words.caption ?? title
      pictures.push(given({ ...file, width, height, ...words, caption }))
    } else if (kind !== undefined && /^(audio|video)\//.test(kind)) {
      recordings.push(given({ ...file, title: title ?? words.caption, duration }))
    } else count(unplaced, `enclosure of type ${kind ?? 'unknown'}`)
  }
  return { pictures, recordings }
}

/** The attachments that elements of RSS, Media RSS and podcasts tell of. */
export function takeAttachments(
  fields: Fields,
  base: string | undefined,
  unplaced: Tally,
): Attachment[] {
  const enclosures = fields.take('enclosure').flatMap(({ attributes }): Attachment[] => {
    const url = address(attributes.url, base)
    if (url !== undefined) {
      return [{ url, type: attributes.type, length: wholeNumber(attributes.length) }]
    }
    count(unplaced, 'enclosure without a web address')
    return []
  })
  const groups = fields.take('media:group')
  const media = [
    ...fields.take('media:content').map((node) => ({ node, around: NOTHING_TOLD })),
    ...groups.flatMap((group) => {
      const around = toldIn(group, unplaced)
      return elementsOf(group)
        .filter(({ name }) => name === 'media:content')
        .map((node) => ({ node, around }))
    }),
  ].flatMap(({ node, around }) => mediaContent(node, around, base, unplaced))
  // Media RSS 1.5: said of the item, it holds for each of its media that says nothing itself.
  const shared = given({
    credit: fields.text('media:credit'),
    caption: fields.text('media:description'),
  })
  const recording = given({
    duration: seconds(fields.text('itunes:duration')),
  })
  const contents = media.map((one) => (isPicture(one) ? { ...shared, ...one } : one))
  // Beside a recording it is its picture; beside a picture, the same in small.
  const pictured = [...enclosures, ...contents].some(isPicture)
  return [
    ...enclosures.map((one, at) => (at === 0 && !isPicture(one) ? { ...recording, ...one } : one)),
    ...contents,
    ...(pictured ? [] : thumbnails(fields, base)),
  ]
}

function thumbnails(fields: Fields, base: string | undefined): Attachment[] {
  return [...fields.take('media:thumbnail'), ...fields.take('itunes:image')].flatMap(
    ({ attributes }) => {
      const url = address(attributes.url ?? attributes.href, base)
      if (url === undefined) return []
      return [{ url, type: typeOf(url) ?? 'image/jpeg', ...pixels(attributes) }]
    },
  )
}

const TOLD_OF_MEDIA = new Set(['media:content', 'media:title', 'media:description', 'media:credit'])
const NOTHING_TOLD: ReadonlyMap<string, string> = new Map()

/** What an element of Media RSS tells, by name; a group tells it of each of its media. */
function toldIn(node: XmlNode, unplaced: Tally): ReadonlyMap<string, string> {
  const told = new Map<string, string>()
  for (const one of elementsOf(node)) {
    if (!TOLD_OF_MEDIA.has(one.name)) count(unplaced, one.name)
    const text = textOf(one)
    if (text !== undefined && !told.has(one.name)) told.set(one.name, text)
  }
  return told
}

function mediaContent(
  node: XmlNode,
  around: ReadonlyMap<string, string>,
  base: string | undefined,
  unplaced: Tally,
): Attachment[] {
  const { attributes } = node
  const url = address(attributes.url, base)
  if (url === undefined) {
    count(unplaced, 'media:content without a web address')
    return []
  }
  // WordPress.com shows the author's face with each post, often before the post's own pictures.
  if (new URL(url).hostname.endsWith('gravatar.com')) {
    count(unplaced, 'media:content of Gravatar')
    return []
  }
  const own = toldIn(node, unplaced)
  const text = (name: string) => own.get(name) ?? around.get(name)
  return [
    given({
      url,
      type: typeSaid(attributes.type) ?? typeOf(url) ?? mediumType(attributes.medium),
      length: wholeNumber(attributes.fileSize),
      ...pixels(attributes),
      duration: seconds(attributes.duration),
      title: text('media:title'),
      caption: text('media:description'),
      credit: text('media:credit'),
    }),
  ]
}

/** Media RSS may name only the kind; a feed must name a type. */
function mediumType(medium: string | undefined): string | undefined {
  if (medium === 'image') return 'image/jpeg'
  if (medium === 'audio') return 'audio/mpeg'
  return medium === 'video' ? 'video/mp4' : undefined
}

function isPicture(one: Attachment): boolean {
  return kindOf(one)?.startsWith('image/') ?? false
}

/** The media type that is said, else that of the address. */
function kindOf({ type, url }: Pick<Attachment, 'type' | 'url'>): string | undefined {
  return typeSaid(type) ?? typeOf(url)
}

/** Types are the same in capitals (RFC 9110 §8.3.1); feeds leave them blank that know none. */
function typeSaid(type: string | undefined): string | undefined {
  return type?.trim().toLowerCase() || undefined
}

/** A web address, absolute; nothing where it leads nowhere on the web. */
export function address(written: string | undefined, base?: string): string | undefined {
  const reference = written?.trim()
  if (!reference || !URL.canParse(reference, base)) return undefined
  const url = new URL(reference, base)
  return /^https?:$/.test(url.protocol) ? url.href : undefined
}

function pixels({ width, height }: XmlNode['attributes']) {
  return { width: wholeNumber(width), height: wholeNumber(height) }
}

/** Seconds of `1830`, `30:30` or `0:30:30`. */
function seconds(written: string | undefined): number | undefined {
  if (written === undefined || !/^(\d{1,7}:){0,2}\d{1,7}(\.\d{1,6})?$/.test(written.trim())) {
    return undefined
  }
  const total = written.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
  return total > 0 ? total : undefined
}
