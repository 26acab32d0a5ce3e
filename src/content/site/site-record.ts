// What `site.yaml` may say about the publication: one schema, everything but the title with a default.
import { z } from 'zod'
import { readDuration } from '../../domain/time.ts'
import { GENERATOR_NAMES, type Generator } from '../conventions/generator.ts'
import { isLanguageTag, isWebUrl, person, webUrl } from '../records/record.ts'
import { feedRecord, sitePicture, words } from './feed-record.ts'
import { isTimeZone } from './time-zone.ts'

/** Stands after the base URL, where a whole address would become part of the path. */
const pattern = words.refine((written) => !/^[a-z][a-z\d+.-]*:\/\//i.test(written), {
  error: 'should be a path such as /:year/:slug/, behind the base URL',
})

const term = z.strictObject({
  /** The name that people see; the key of the entry is the slug or any spelling of it. */
  label: words.exactOptional(),
  description: words.exactOptional(),
  /** The term that took this one's place: its feeds answer 301, its articles count for the new term. */
  renamedTo: words.exactOptional(),
  /** Why the term is no more: its feeds answer 410 with these words. */
  retired: z
    .string({ error: 'should say why, in the words that its feeds answer with' })
    .pipe(words)
    .exactOptional(),
})
const terms = z
  .record(
    z.string(),
    term.nullable().transform((value) => value ?? {}),
  )
  .default({})

/** rss2email has this name, asks for deltas, and loses the entries of one. */
const NO_DELTAS = ['feedparser/']

/** The readers that most people use, with the addresses that they document for such links. */
const WEB_READERS = [
  { name: 'Feedly', url: 'https://feedly.com/i/subscription/feed/{feed}' },
  { name: 'Inoreader', url: 'https://www.inoreader.com/?add_feed={feed}' },
  { name: 'NewsBlur', url: 'https://www.newsblur.com/?url={feed}' },
  { name: 'The Old Reader', url: 'https://theoldreader.com/feeds/subscribe?url={feed}' },
  { name: 'Feedbin', url: 'https://feedbin.com/?subscribe={feed}' },
]

export const siteRecord = z.strictObject({
  title: words,
  description: words.exactOptional(),
  /** Where the publication is reached; every link is made from it. Else the address Gazette listens on. */
  url: webUrl
    .refine((url) => new URL(url).username === '' && new URL(url).password === '', {
      error: 'should have no name and password before its host, which every link would tell',
    })
    .exactOptional(),
  /** Who mints ids (RFC 4151): `domain,year`, a domain that was yours in that year. Never change it. */
  authority: z
    .string()
    .regex(/^[a-z0-9.@_-]+,\d{4}(-\d{2}(-\d{2})?)?$/i, {
      error: 'should be a domain and a year, such as portal.example,2019',
    })
    .exactOptional(),
  /** The generator that the files were written for, where the folder's surroundings don't tell. */
  generator: z.enum(Object.keys(GENERATOR_NAMES) as Generator[]).exactOptional(),
  language: words
    .refine(isLanguageTag, { error: 'should be a language tag such as zh-Hans or en' })
    .exactOptional(),
  timezone: words
    .refine(isTimeZone, { error: 'should be a time zone of the IANA list, such as Asia/Shanghai' })
    .exactOptional(),
  rights: z
    .strictObject({
      copyright: words.exactOptional(),
      reprint: words.exactOptional(),
      disclaimer: words.exactOptional(),
    })
    .default({}),
  /** Whom to write to, for instance with takedown requests. */
  contact: z.strictObject({ name: words.exactOptional(), email: z.email() }).exactOptional(),
  /** The authors of articles that name none. */
  authors: z.array(person).default([]),
  /** Wide picture, shown beside the title. */
  logo: sitePicture.exactOptional(),
  /** Square picture. */
  icon: sitePicture.exactOptional(),
  hubs: z.array(webUrl).default([]),
  /** Feed readers on the web that the pages offer to subscribe with. */
  readers: z
    .array(
      z.strictObject({
        name: words,
        url: words.refine((url) => isWebUrl(url) && url.includes('{feed}'), {
          error:
            'should be a whole web address with {feed} where the address of the feed goes, such as https://reader.example/?add={feed}',
        }),
      }),
    )
    .default(WEB_READERS),
  /** What the article's own address looks like: `/:year/:month/:day/:slug/`; `sections` override it by path. */
  permalink: z
    .union(
      [
        pattern.transform((pattern) => ({ pattern, sections: {} as Record<string, string> })),
        z.strictObject({
          pattern: pattern.exactOptional(),
          sections: z.record(z.string(), pattern).default({}),
        }),
      ],
      { error: 'should be a path such as /:year/:slug/, or a map with `pattern` and `sections`' },
    )
    .exactOptional(),
  /** How long Atom tells readers to drop an article that was withdrawn. */
  tombstones: words
    .refine((value) => readDuration(value) !== undefined, {
      error: 'should be a duration such as P90D',
    })
    .default('P90D'),
  /** Whether clients that ask are sent only what they lack; `except` lists how User-Agents begin that can't read that. */
  delta: z
    .union(
      [
        z.boolean().transform((isOn) => ({ isOn, except: NO_DELTAS })),
        z
          .strictObject({ except: z.array(words) })
          .transform(({ except }) => ({ isOn: true, except })),
      ],
      { error: 'should be true, false, or a map with `except`' },
    )
    .default({ isOn: true, except: NO_DELTAS }),
  /** Filters saved under a name, each a feed below `/feeds/`. */
  feeds: z
    .record(
      z.string(),
      feedRecord.nullable().transform((value) => value ?? feedRecord.parse({})),
    )
    .default({}),
  taxonomy: z.strictObject({ tags: terms, sections: terms, authors: terms }).prefault({}),
})

export type SitePicture = z.infer<typeof sitePicture>
export type SiteRecord = z.infer<typeof siteRecord>
