// The grammar of JSON Feed 1.1 (https://jsonfeed.org/version/1.1): which members there are and what each may hold.

export interface JsonFeedItem {
  id: string
  url?: string
  title?: string
  content_html?: string
  content_text?: string
  summary?: string
  date_published?: string
  date_modified?: string
  authors?: { name?: string; url?: string; avatar?: string }[]
  tags?: string[]
  attachments?: { url: string; mime_type: string; size_in_bytes?: number }[]
}

export interface JsonFeedDocument {
  title: string
  home_page_url?: string
  feed_url?: string
  next_url?: string
  items: JsonFeedItem[]
}

/** What is wrong with a value, each fault with the path to it. */
type Check = (value: unknown, path: string) => string[]
interface Member {
  check: Check
  required?: true
}

const VERSION = 'https://jsonfeed.org/version/1.1'

const that =
  (what: string, holds: (value: unknown) => boolean): Check =>
  (value, path) =>
    holds(value) ? [] : [`${path} should be ${what}`]

const text = that('text', (value) => typeof value === 'string')
const someText = that(
  'text that is not empty',
  (value) => typeof value === 'string' && value !== '',
)
const url = that('an absolute URL', (value) => typeof value === 'string' && URL.canParse(value))
const truth = that('true or false', (value) => typeof value === 'boolean')
const amount = that('a number, not negative', (value) => typeof value === 'number' && value >= 0)
const mediaType = that('a media type', (value) => /^[\w.+-]+\/[\w.+-]+/.test(String(value)))
const language = that('a language tag', (value) => /^[A-Za-z]{2,8}(-\w{1,8})*$/.test(String(value)))
const date = that(
  'an RFC 3339 date',
  (value) =>
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(String(value)) &&
    !Number.isNaN(Date.parse(String(value))),
)

const listOf =
  (check: Check): Check =>
  (value, path) =>
    Array.isArray(value)
      ? value.flatMap((item, at) => check(item, `${path}[${at}]`))
      : [`${path} should be a list`]

const recordOf =
  (members: Readonly<Record<string, Member>>, oneOf: readonly string[] = []): Check =>
  (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return [`${path} should be an object`]
    }
    const given = Object.entries(value)
    const missing = Object.keys(members).filter(
      (name) => members[name]?.required && !Object.hasOwn(value, name),
    )
    const alternatives = oneOf.length > 0 && !oneOf.some((name) => Object.hasOwn(value, name))
    return [
      ...given.flatMap(([name, held]) => checkMember(members[name], name, held, `${path}.${name}`)),
      ...missing.map((name) => `${path} has no ${name}`),
      ...(alternatives ? [`${path} has none of ${oneOf.join(', ')}`] : []),
    ]
  }

/** "Extensions": a member of one's own begins with `_`, and its name has no dot. */
function checkMember(member: Member | undefined, name: string, value: unknown, path: string) {
  if (member !== undefined) return member.check(value, path)
  if (!/^_[^_.][^.]*$/.test(name)) return [`${path} is not in JSON Feed 1.1`]
  return typeof value === 'object' && value !== null ? [] : [`${path} should be an object`]
}

const authors = listOf(
  recordOf({ name: { check: text }, url: { check: url }, avatar: { check: url } }, [
    'name',
    'url',
    'avatar',
  ]),
)

const attachment = recordOf({
  url: { check: url, required: true },
  mime_type: { check: mediaType, required: true },
  title: { check: text },
  size_in_bytes: { check: amount },
  duration_in_seconds: { check: amount },
})

const item = recordOf(
  {
    id: { check: someText, required: true },
    url: { check: url },
    external_url: { check: url },
    title: { check: text },
    content_html: { check: text },
    content_text: { check: text },
    summary: { check: text },
    image: { check: url },
    banner_image: { check: url },
    date_published: { check: date },
    date_modified: { check: date },
    authors: { check: authors },
    tags: { check: listOf(someText) },
    language: { check: language },
    attachments: { check: listOf(attachment) },
  },
  ['content_html', 'content_text'],
)

const feed = recordOf({
  version: {
    check: that(VERSION, (value) => value === VERSION),
    required: true,
  },
  title: { check: text, required: true },
  items: { check: listOf(item), required: true },
  home_page_url: { check: url },
  feed_url: { check: url },
  description: { check: text },
  user_comment: { check: text },
  next_url: { check: url },
  icon: { check: url },
  favicon: { check: url },
  language: { check: language },
  expired: { check: truth },
  authors: { check: authors },
  hubs: {
    check: listOf(
      recordOf({
        type: { check: text, required: true },
        url: { check: url, required: true },
      }),
    ),
  },
})

/** What a document has against the specification. */
export function faultsOf(document: unknown): string[] {
  return feed(document, 'feed')
}

/** @throws Error that lists every fault of a document that has any. */
export function readStrictly(document: unknown): JsonFeedDocument {
  const faults = faultsOf(document)
  if (faults.length > 0) throw new Error(faults.join('\n'))
  return document as JsonFeedDocument
}
