// What `site.yaml` may say about a named feed: its schema, and the feed that is made of it.
import { z } from 'zod'
import { DEFAULT_ENTRIES, FEED_FORMATS, MOST_ENTRIES } from '../../domain/address.ts'
import { isAddressable, slug } from '../../domain/category.ts'
import { type Filter, mapTerms } from '../../domain/filter.ts'
import { FILTER_PARAMETERS, type Parameters, parseFilter } from '../../domain/filter-parameters.ts'
import { MalformedParameter } from '../../domain/malformed-parameter.ts'
import type { NamedFeed, Podcast, Token } from '../../domain/named-feed.ts'
import { currentTerm, type Taxonomy } from '../../domain/publication.ts'
import { readExactDuration } from '../../domain/time.ts'
import type { FieldPath } from '../problem.ts'
import type { Report } from '../records/check-record.ts'
import { webUrl } from '../records/record.ts'

/** Text on one line or more. */
export const words = z.string().trim().min(1, { error: 'should not be empty' }).max(20_000)
export const sitePicture = z.strictObject(
  {
    /** A file under `content/`, or `url` for one elsewhere. */
    file: words.exactOptional(),
    url: webUrl.exactOptional(),
  },
  { error: 'should be a map such as {file: logo.png}, or with `url`' },
)
const value = z.union([z.string(), z.number()], { error: 'should be text' }).transform(String)

/** A query's parameters: as a map, in which a list stands for a repeated one, or as the query itself. */
const filter = z.union(
  [
    z.string().transform((query): Parameters => [...new URLSearchParams(query)]),
    z
      .record(z.string(), z.union([value.transform((one) => [one]), z.array(value)]))
      .transform(
        (map): Parameters =>
          Object.entries(map).flatMap(([name, values]) =>
            values.map((one): [string, string] => [name, one]),
          ),
      ),
  ],
  { error: 'should be a map such as {tag: exports}, or a query such as tag=exports&q=port' },
)

export const feedRecord = z.strictObject({
  title: words.exactOptional(),
  description: words.exactOptional(),
  filter: filter.default([]),
  /** Entries in a document, and the most that a request may ask for. */
  limit: z
    .number({ error: `should be a number from 1 to ${MOST_ENTRIES}` })
    .int()
    .min(1, { error: `should be a number from 1 to ${MOST_ENTRIES}` })
    .max(MOST_ENTRIES, { error: `should be a number from 1 to ${MOST_ENTRIES}` })
    .default(DEFAULT_ENTRIES),
  content: z.enum(['full', 'summary']).default('full'),
  /** How long after its publication an article enters the feed. */
  delay: words
    .refine((written) => readExactDuration(written) !== undefined, {
      error: 'should be a duration in days, hours and minutes, such as PT6H or P1DT12H',
    })
    .exactOptional(),
  formats: z
    .array(z.enum(FEED_FORMATS), {
      error: 'should be a list of rss, atom and json',
    })
    .min(1, { error: 'should name one format or more' })
    .default([...FEED_FORMATS]),
  /** What podcast directories ask for; then only articles with a recording enter. */
  podcast: z
    .strictObject({
      /** Square artwork of 1400 to 3000 pixels, JPEG or PNG. */
      image: sitePicture,
      category: z.union([words.transform((one) => [one]), z.array(words).min(1).max(2)], {
        error: 'should be a category of Apple Podcasts, or [category, subcategory]',
      }),
      explicit: z.boolean().default(false),
    })
    .exactOptional(),
  /** Whether it is only for those who were given an address with a secret in it. */
  private: z.boolean().default(false),
  tokens: z
    .array(
      z.strictObject({
        name: words,
        hash: z.string().regex(/^sha256:[0-9a-f]{64}$/i, {
          error: 'should be "sha256:" and 64 hexadecimal digits, as gazette token prints it',
        }),
      }),
      { error: 'should be a list of tokens, as gazette token prints them' },
    )
    .default([]),
})

type FeedRecord = z.infer<typeof feedRecord>
type PodcastRecord = NonNullable<FeedRecord['podcast']>
type Wrong = (path: FieldPath, sentence: string) => void
export type PictureOf = (picture: PodcastRecord['image']) => string | undefined

/**
 * The named feeds by name, in the order in which they are written.
 * @param pictureOf gives the address of a picture; nothing where there is none.
 */
export function toFeeds(
  records: Readonly<Record<string, FeedRecord>>,
  zone: string,
  taxonomy: Taxonomy,
  pictureOf: PictureOf,
  report: Report,
): Map<string, NamedFeed> {
  const feeds = new Map<string, NamedFeed>()
  for (const [key, record] of Object.entries(records)) {
    const at = ['feeds', key]
    const wrong: Wrong = (path, sentence) => report('wrong-value', [...at, ...path], sentence)
    const name = slug(key)
    if (!isAddressable(name)) wrong([], `is called "${key}", which can't stand in an address.`)
    else if (feeds.has(name)) wrong([], `has the same address as another: feeds/${name}/.`)
    const filter = toFilter(record.filter, zone, wrong)
    if (filter === undefined) continue
    const { title, description, limit, content, delay, formats } = record
    feeds.set(name, {
      name,
      ...(title === undefined ? {} : { title }),
      ...(description === undefined ? {} : { description }),
      filter: mapTerms(filter, (scheme, term) => currentTerm(taxonomy, scheme, term)),
      limit,
      content,
      delay: (delay && readExactDuration(delay)) || 0,
      formats: FEED_FORMATS.filter((format) => formats.includes(format)),
      ...(record.podcast === undefined ? {} : toPodcast(record.podcast, pictureOf, wrong)),
      ...toTokens(record, wrong),
    })
  }
  return feeds
}

function toFilter(parameters: Parameters, zone: string, wrong: Wrong): Filter | undefined {
  const unknown = parameters.filter(([name]) => !FILTER_PARAMETERS.includes(name))
  for (const [name] of unknown) {
    wrong(['filter', name], `is no filter; there are ${FILTER_PARAMETERS.join(', ')}.`)
  }
  try {
    return parseFilter(parameters, zone)
  } catch (error) {
    if (!(error instanceof MalformedParameter)) throw error
    wrong(['filter', error.parameter], error.message)
    return undefined
  }
}

function toPodcast(
  { image, category: [category = '', subcategory], explicit }: PodcastRecord,
  pictureOf: PictureOf,
  wrong: Wrong,
): { podcast?: Podcast } {
  const url = pictureOf(image)
  if (url === undefined) {
    const named = image.file === undefined ? 'names no picture' : `is not there: "${image.file}"`
    wrong(['podcast', 'image'], `${named}; no directory takes a podcast without.`)
    return {}
  }
  const inner = subcategory === undefined ? {} : { subcategory }
  return { podcast: { image: url, category, ...inner, explicit } }
}

/** A feed with tokens that isn't private is a mistake: somebody believes that it is. */
function toTokens(
  { private: isPrivate, tokens }: FeedRecord,
  wrong: Wrong,
): { tokens?: readonly Token[] } {
  if (!isPrivate) {
    if (tokens.length > 0)
      wrong(['tokens'], 'stand at a feed that everybody may read; say "private: true".')
    return {}
  }
  tokens.forEach(({ name }, at) => {
    if (tokens.findIndex((token) => token.name === name) < at)
      wrong(['tokens', at, 'name'], `is the name of another token, too: "${name}".`)
  })
  return {
    tokens: tokens.map(({ name, hash }) => ({
      name,
      hash: hash.slice('sha256:'.length).toLowerCase(),
    })),
  }
}
