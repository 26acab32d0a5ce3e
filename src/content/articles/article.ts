// An article made from a checked record: its id, times, terms and link settled, its body read.
import type { Article } from '../../domain/article.ts'
import { slug } from '../../domain/category.ts'
import type { Publication } from '../../domain/publication.ts'
import type { BodySource } from '../bodies/body.ts'
import { UnfitBody } from '../bodies/tree.ts'
import { NONE } from '../compact.ts'
import type { Generator } from '../conventions/generator.ts'
import type { Values } from '../conventions/maps.ts'
import { isMdx, withoutMdx } from '../conventions/mdx.ts'
import { inMediaFolder, isMedia, mediaFolder, onSite } from '../conventions/media-folder.ts'
import { isNoTemplate, withoutTemplateCode } from '../conventions/template-code.ts'
import type { Report } from '../records/check-record.ts'
import { canonicalLanguage } from '../records/language.ts'
import type { ArticleRecord } from '../records/record.ts'
import type { Site } from '../site/site.ts'
import { beginning } from '../syntax/text.ts'
import {
  absolute,
  isSelfContained,
  makeWords,
  type Said,
  type Words,
  wordsOfUnfit,
} from './article-words.ts'
import { readPictures, readRecordings } from './attachments.ts'
import type { BodyWatch } from './body-notes.ts'
import type { FileFacts } from './files.ts'
import { idOf } from './id.ts'
import { linkOf, slugOf, type Unfilled } from './link.ts'
import type { Shelf } from './shelf.ts'
import { readAuthors, readSections, readTags } from './terms.ts'
import { readTimes } from './times.ts'

export interface RecordInFile {
  readonly record: ArticleRecord
  /** Its fields as they are written, with those that its folder gives. */
  readonly written: Values
  /** Path under the content folder. */
  readonly file: string
  readonly body: BodySource
  /** Names the article where the record doesn't: the file's name, or its folder's. */
  readonly name: string
  /** Whether the file holds others beside it. */
  readonly isOneOfSeveral: boolean
  /** The generator that it was written for, where that is known. */
  readonly generator: Generator | undefined
  /** The language by the ending of the file's name, where that gives one. */
  readonly translation: string | undefined
  readonly report: Report
}

/** An article without its words. */
export type Facts = Omit<Article, keyof Words>

/** Puts an article together whose words are made when they are asked for. */
export type Lay = (facts: Facts, body: BodySource, said: Said) => Article

/** Longest title made from an article's text, in characters. */
const TITLE_LENGTH = 60

/** What an article is made with beside its record. */
interface Tools {
  readonly site: Site
  /** The files that it may show. */
  readonly shelf: Shelf
  /** Is told what the body refers to. */
  readonly watch: BodyWatch
  /** Used where words need nothing of the folder and give no title; without it, all words are made at once. */
  readonly lay: Lay | undefined
}

/** The article; nothing where something that it needs is wrong. Each problem is reported. */
export function toArticle(given: RecordInFile, tools: Tools): Article | undefined {
  const { record, report } = given
  const { site, shelf, lay } = tools
  const { publication } = site
  const time = readTimes(given, publication.zone, site.generator !== undefined)
  const named = readSlug(given, publication)
  const sections = readSections(record, publication, report)
  const tags = readTags(record, publication, report)
  const authors = readAuthors(record, site, report)
  if (!time || !named || !sections || !tags || !authors) return undefined
  const id = idOf(given, time.published, publication)
  if (id === undefined || hasNoPage(given)) return undefined
  const { link, hasOwnPage, unfilled } = linkOf(given, named, sections, time.published, site)
  if (unfilled !== undefined) reportUnfilled(unfilled, link, report)
  const body = readBody(given, publication)
  const later = record.title && isSelfContained(body) ? lay : undefined
  const made = later === undefined ? readWords(given, body, link, tools) : undefined
  const title = readTitle(record, made, report)
  if (title === undefined) return undefined
  const facts: Facts = {
    id,
    slug: named,
    link,
    hasOwnPage,
    title,
    ...time,
    draft: record.draft ?? false,
    language: canonicalLanguage(record.language ?? publication.language) ?? publication.language,
    authors,
    contributors: record.contributors ?? NONE,
    tags,
    sections,
    pictures: picturesOf(given, link, tools),
    recordings: record.recordings
      ? readRecordings(record.recordings, { shelf, link, report })
      : NONE,
    sources: record.sources ?? NONE,
    related:
      record.related?.map((other) => ('url' in other ? other : { article: slug(other.article) })) ??
      NONE,
    rights:
      record.rights === undefined
        ? publication.rights
        : { ...publication.rights, ...record.rights },
    files: shelf.used(),
  }
  return made === undefined ? later?.(facts, body, record) : { ...facts, ...made.words }
}

/** The record's title, else the text's heading, else the first words of summary or text, which is reported. */
function readTitle(
  { title, summary }: ArticleRecord,
  made: MadeWords | undefined,
  report: Report,
): string | undefined {
  const own = title || made?.heading
  if (own) return own
  const found = beginning(summary || (made?.words.text ?? ''), TITLE_LENGTH)
  if (found === undefined)
    report(
      'no-words',
      ['title'],
      'is missing, and there is neither a summary nor a text to take one from.',
    )
  else report('untitled', ['title'], 'is missing; the first words of the text stand in for it.')
  return found
}

function picturesOf(
  { record, written, generator, report }: RecordInFile,
  link: string,
  { site, shelf }: Tools,
): Article['pictures'] {
  if (record.pictures === undefined) return NONE
  const { base } = site.publication
  const folder = mediaFolder(written, generator)
  const pictures = record.pictures.map((picture) =>
    picture.url === undefined
      ? picture
      : { ...picture, url: inMediaFolder(picture.url, folder, base) },
  )
  return readPictures(pictures, {
    shelf,
    link,
    report,
    onSite: (reference) => onSite(reference, generator, base),
  })
}

function readSlug(given: RecordInFile, { language }: Publication): string | undefined {
  const found = slugOf(given, language)
  if (found !== undefined) return found
  const written = given.record.slug ?? given.name
  given.report(
    'no-address',
    ['slug'],
    `"${written}" has nothing in it that could stand in an address.`,
  )
  return undefined
}

/** Whether Eleventy makes no page of it: links would lead nowhere. That is reported. */
function hasNoPage({ record, written, generator, report }: RecordInFile): boolean {
  const isPageless =
    generator === 'eleventy' && written.permalink === false && record.url === undefined
  if (isPageless) report('no-article', ['permalink'], 'is false: it has no page of its own.')
  return isPageless
}

function reportUnfilled({ pattern, lacks, field }: Unfilled, link: string, report: Report): void {
  report(
    'unfilled-address',
    [field],
    `can't be made of "${beginning(pattern, TITLE_LENGTH)}", since nothing says what "${beginning(lacks, TITLE_LENGTH)}" is; the link is ${link} until "url" says better.`,
  )
}

/** The body without code that only its generator can run. */
function readBody(
  { body, file, record, written, generator, report }: RecordInFile,
  { base, title }: Publication,
): BodySource {
  const site = { base, siteTitle: title, title: record.title ?? '' }
  const { body: shown, dropped } = isMdx(file)
    ? withoutMdx(body, site)
    : withoutTemplateCode(body, generator, site, isNoTemplate(written, generator))
  if (dropped.length > 0) report('template-code', [], sentenceOf(dropped), dropped[0])
  return shown
}

type MadeWords = Pick<ReturnType<typeof makeWords>, 'words' | 'heading'>

function readWords(
  { record, written, generator, report }: RecordInFile,
  body: BodySource,
  link: string,
  { site, shelf, watch }: Tools,
): MadeWords {
  const { base } = site.publication
  const folder = mediaFolder(written, generator)
  const shown = new Map<string, FileFacts>()
  const resolve = (reference: string) => {
    const taken = shelf.take(reference)
    if (taken !== undefined) shown.set(taken.url, taken)
    const file = taken?.url ?? shelf.article(reference)
    // Hexo puts its root before pictures in texts, too.
    const isRooted = generator === 'hexo' && reference.startsWith('/') && isMedia(reference)
    const place = isRooted ? onSite(reference, generator, base) : undefined
    const address = file ?? absolute(place ?? inMediaFolder(reference, folder, base), link)
    watch.sawReference(reference, address, file !== undefined)
    return address
  }
  try {
    const sizeOf = (address: string) => shown.get(address)
    const { words, unsized, heading } = makeWords(body, record, resolve, sizeOf)
    watch.sawPictures(unsized)
    return { words, heading }
  } catch (error) {
    if (!(error instanceof UnfitBody)) throw error
    report('unfit-body', [], `${error.message}: only its beginning is shown, as plain text.`)
    return { words: wordsOfUnfit(body, record.summary), heading: undefined }
  }
}

/** `2 pieces of template code are left out: {% include map.html %}, {{ page.hits }}.` */
function sentenceOf(dropped: readonly string[]): string {
  const shown = dropped.slice(0, 3).map((code) => beginning(code, 60) ?? code)
  const more = dropped.length > shown.length ? ', …' : ''
  const count =
    dropped.length === 1
      ? '1 piece of template code is'
      : `${dropped.length} pieces of template code are`
  return `${count} left out: ${shown.join(', ')}${more}.`
}
