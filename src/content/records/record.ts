// What an editor may write in an article's record: Gazette's own field names, checked once, here.
import { z } from 'zod'
import { canonicalLanguage } from './language.ts'
import { uriOf } from './uri.ts'

/** Longest one-line or one-paragraph text that a record may hold, in UTF-16 units. */
const LONGEST_TEXT = 20_000
/** Most values in one list of a record. */
export const LONGEST_LIST = 200

const anyText = z.string().max(LONGEST_TEXT)
/** Takes a number or a boolean as text: nobody quotes a title such as 1984. */
function asText(schema: z.ZodType<string>): z.ZodType<string, string> {
  return z.preprocess(
    (value) => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : value),
    schema,
  ) as z.ZodType as z.ZodType<string, string>
}
const text = asText(anyText)
const line = asText(anyText.trim())
const words = asText(anyText.trim().min(1, { error: 'should not be empty' }))
const list = <T extends z.ZodType>(item: T) => z.array(item).max(LONGEST_LIST)
export const webUrl = words
  .refine(isWebUrl, {
    error: 'should be a whole web address that begins with https:// or http://',
  })
  .transform(normalized)
/** An address, or a path on the publication's own site. */
const ownUrl = words
  .refine((value) => isWebUrl(value) || /^\/(?!\/)/.test(value), {
    error: 'should be a web address that begins with https://, or a path that begins with /',
  })
  .transform(normalized)
/** An address, or a reference from the article's own address, such as a file beside it. */
const reference = words
  .refine((value) => isWebUrl(value) || !/^[a-z][a-z\d+.-]*:/i.test(value), {
    error: 'should be a web address that begins with https://, or a file beside the article',
  })
  .transform(normalized)
/** A date or date-time as written; `dates.ts` reads it in the site's zone. */
const A_DATE = 'should be a date such as 2026-03-09 or 2026-03-09T08:30:00+08:00'
const moment = z
  .string({ error: A_DATE })
  .trim()
  .min(1, { error: A_DATE })
  .max(100, { error: A_DATE })
const languageTag = words.refine(isLanguageTag, {
  error: 'should be a language tag such as zh-Hans or en',
})
/** RFC 9110 §8.3.1. */
const mediaType = words.refine((value) => /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+\s*(;.*)?$/.test(value), {
  error: 'should be a media type such as audio/mpeg',
})
const count = z.number().int().min(0, { error: 'should not be negative' })

export const person = z.union(
  [
    // Maps first, as most bylines are: refusing takes longer than accepting.
    z.strictObject({ name: words, email: z.email().exactOptional(), url: webUrl.exactOptional() }),
    words.transform((name) => ({ name })),
  ],
  { error: 'should be a name, or a map with `name` and perhaps `email` and `url`' },
)

const contributor = z.strictObject({
  name: words,
  /** editor, photographer, translator, compiler, illustrator, reporter, …: any word the desk uses. */
  role: words,
  email: z.email().exactOptional(),
  url: webUrl.exactOptional(),
})

/** A file beside the article (`file`) or anywhere else on the web (`url`). */
const fileOrUrl = {
  file: words.exactOptional(),
  url: reference.exactOptional(),
  /** For a `file` it is read from the file. */
  type: mediaType.exactOptional(),
  /** Bytes; for a `file` they are counted. */
  length: count.exactOptional(),
}

const picture = z
  .strictObject(
    {
      ...fileOrUrl,
      /** What the picture shows, for those who can't see it. */
      alt: text.exactOptional(),
      caption: text.exactOptional(),
      /** The photographer or agency. */
      credit: text.exactOptional(),
      /** Pixels; for a `file` they are measured. */
      width: count.exactOptional(),
      height: count.exactOptional(),
    },
    { error: 'should be a map such as {file: ferry.jpg, alt: A ferry}, or with `url`' },
  )
  .refine(hasOneAddress, { error: 'should have either `file` or `url`' })
  .transform(withoutBlanks)

const recording = z
  .strictObject(
    {
      ...fileOrUrl,
      title: text.exactOptional(),
      /** Seconds. */
      duration: z.number({ error: 'should be a number of seconds' }).positive().exactOptional(),
    },
    { error: 'should be a map such as {file: talk.mp3}, or with `url`' },
  )
  .refine(hasOneAddress, { error: 'should have either `file` or `url`' })
  .transform(withoutBlanks)

const source = z.union(
  [
    words.transform((title) => ({ title })),
    z.strictObject({
      title: words,
      url: webUrl.exactOptional(),
      /** The feed that the article was taken from, where there is one. */
      feed: webUrl.exactOptional(),
    }),
  ],
  { error: 'should be a title, or a map with `title` and perhaps `url` and `feed`' },
)

const related = z.union(
  [words.transform((article) => ({ article })), z.strictObject({ title: words, url: webUrl })],
  { error: 'should be the slug of another article, or a map with `title` and `url`' },
)

/** `news/local`, or the names of its levels: `[News, Local]`. */
const sectionPath = z.union(
  [
    // Lists first, likewise.
    list(words),
    words.transform((path) =>
      path
        .split('/')
        .map((level) => level.trim())
        .filter(Boolean),
    ),
  ],
  { error: 'should be a path such as News/Local, or the list of its levels' },
)

export const articleRecord = z.strictObject({
  /** Never changes once published. Any text; what is no URI becomes part of a `tag:` URI. */
  id: words.exactOptional(),
  /** The last part of the article's own address; else the file's name. */
  slug: words.exactOptional(),
  /** The article's address where it is published elsewhere. */
  url: ownUrl.exactOptional(),
  title: line.exactOptional(),
  summary: line.exactOptional(),
  /** Only a draft may lack it. */
  published: moment.exactOptional(),
  updated: moment.exactOptional(),
  /** From this moment it is in no feed. */
  expires: moment.exactOptional(),
  draft: z.boolean().exactOptional(),
  withdrawn: z
    .union(
      [
        moment.transform((at) => ({ at })),
        z.strictObject({ at: moment, by: words.exactOptional(), reason: text.exactOptional() }),
      ],
      { error: 'should be a date, or a map with `at` and perhaps `by` and `reason`' },
    )
    .exactOptional(),
  language: languageTag.exactOptional(),
  section: sectionPath.exactOptional(),
  /** For an article that stands in several sections. */
  sections: list(sectionPath).exactOptional(),
  tags: list(words).exactOptional(),
  authors: list(person).exactOptional(),
  contributors: list(contributor).exactOptional(),
  /** The first one leads. */
  pictures: list(picture).exactOptional(),
  recordings: list(recording).exactOptional(),
  sources: list(source).exactOptional(),
  related: list(related).exactOptional(),
  rights: z
    .strictObject({
      copyright: text.exactOptional(),
      /** On what conditions others may print it again. */
      reprint: text.exactOptional(),
      disclaimer: text.exactOptional(),
    })
    .transform(withoutBlanks)
    .exactOptional(),
  /** The body of a JSON record, in one of three forms. A Markdown file's body stands below its front matter. */
  markdown: z.string().exactOptional(),
  html: z.string().exactOptional(),
  text: z.string().exactOptional(),
  /** How the file is encoded where that is not UTF-8: `gb18030`, `big5`, … */
  charset: words.exactOptional(),
})

export type ArticleRecord = z.infer<typeof articleRecord>

function hasOneAddress(media: { file?: string | undefined; url?: string | undefined }): boolean {
  return (media.file === undefined) !== (media.url === undefined)
}

/** Editing forms save a field that was left blank as an empty text. */
function withoutBlanks<T extends object>(said: T): T {
  const facts = Object.entries(said).filter(([, fact]) => !/^\s*$/.test(String(fact)))
  return Object.fromEntries(facts) as T
}

function normalized(value: string): string {
  return isWebUrl(value) ? uriOf(new URL(value)) : value
}

export function isWebUrl(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)
}

export function isLanguageTag(value: string): boolean {
  return canonicalLanguage(value) !== undefined
}
