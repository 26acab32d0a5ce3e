// The words of an article: its body made, and a summary where its record gives none.
import { type Body, type BodySource, beginningOf, makeBody, UnfitBody } from '../bodies/body.ts'
import { beginning, inOneLine } from '../syntax/text.ts'

export { UnfitBody }

export interface Words {
  readonly html: string
  readonly text: string
  readonly summary?: string
}

interface MadeWords {
  readonly words: Words
  readonly unsized: readonly string[]
  readonly heading: string | undefined
}

/** What a record says of its article in words, beside its body. */
export type Said = Partial<Record<'title' | 'summary', string>>

/** What words are made of beside their body, where they are made later. */
interface Unmade extends Pick<BodySource, 'form'>, Said {}

/** Longest title that is the heading of the text, in characters: somebody wrote it as one. */
const HEADING_LENGTH = 300

/** Longest summary taken from before `<!-- more -->`: somebody chose it. */
const LEAD_LENGTH = 1_000
/** Characters of a body that may wait: a longer one may turn out unfit, and that is to be told at once. */
const LONGEST_WAITING = 100_000

/** What leads to another host, to a place in the same text, or nowhere. */
const ELSEWHERE = String.raw`(?:(?:https?:)?\/\/|#)`
/** White space of Markdown and HTML, which is ASCII: a body may be looked through in its bytes. */
const SPACE = String.raw`[\t\n\f\r ]*`
/** Where a reference begins in Markdown, where one does in HTML, and lists of them. */
const MARKDOWN_REFERENCE = new RegExp(String.raw`\](?:\(|:)(?!${SPACE}<?${ELSEWHERE})`)
const HTML_REFERENCE = new RegExp(
  String.raw`(?:src|href|poster|cite|data|value)[\w-]*${SPACE}=(?!${SPACE}["']?${SPACE}${ELSEWHERE})`,
  'i',
)
const LIST = /srcset/i
/** What would become a reference by cleaning; lone surrogates would as well. */
const CLEANED = /[\x00-\x08\v\f\x0E-\x1F\uFDD0-\uFDEF\uFFFE\uFFFF]|[\uD83F-\uDBFF][\uDFFE\uDFFF]/
/** The same in UTF-8, each of its bytes a character; and behind what may be a reference of Markdown's then. */
const BYTES = String.raw`(?:[\x00-\x08\v\f\x0E-\x1F]|\xEF\xB7[\x90-\xAF]|[\xEF\xF0-\xF4][\x80-\xBF]*\xBF[\xBE\xBF])`
const CLEANED_BYTES = new RegExp(BYTES)
const CLEANED_MARKDOWN = new RegExp(String.raw`\]${BYTES}`)

/**
 * Whether a body can be made without the folder, whenever its words are asked for: nothing in it can refer to a file or
 * to another article. It says no of some in which nothing does.
 */
export function isSelfContained(body: BodySource): boolean {
  if (last.body !== body) last = { body, may: mayWait(body) }
  return last.may
}

/** A body that may wait is asked about twice, before its article is made and while it is. */
let last: { readonly body: BodySource | undefined; readonly may: boolean } = {
  body: undefined,
  may: false,
}

function mayWait(body: BodySource): boolean {
  const { form, glance } = body
  if (glance !== undefined && glance.length <= LONGEST_WAITING)
    return form === 'text' || !(hasReference(glance) || hasCleaned(glance))
  const { source } = body
  return source.length <= LONGEST_WAITING && (form === 'text' || !mayRefer(source))
}

/** Only what has `=` can come to be a reference of HTML's: most bodies needn't be looked through for that. */
function hasCleaned(glance: string): boolean {
  return (
    (glance.includes(']') && CLEANED_MARKDOWN.test(glance)) ||
    (glance.includes('=') && CLEANED_BYTES.test(glance))
  )
}

function mayRefer(source: string): boolean {
  return hasReference(source) || !source.isWellFormed() || CLEANED.test(source)
}

/** The signs are looked for first, which takes a fifth of the time: most bodies don't have them. */
function hasReference(source: string): boolean {
  return (
    (source.includes('](') && MARKDOWN_REFERENCE.test(source)) ||
    (source.includes(']:') && MARKDOWN_REFERENCE.test(source)) ||
    (source.includes('=') && (HTML_REFERENCE.test(source) || LIST.test(source)))
  )
}

/**
 * @param resolve an absolute address for a reference as it stands in the body.
 * @returns also the addresses of the pictures that don't say how large they are, and the heading that stands above it.
 * @throws UnfitBody
 */
export function makeWords(
  body: BodySource,
  { title, summary }: Said,
  resolve: (reference: string) => string | undefined,
): MadeWords {
  const { unsized, ...made } = makeBody(
    body,
    resolve,
    (heading) =>
      inOneLine(heading) === (title ? inOneLine(title) : beginning(heading, HEADING_LENGTH)),
  )
  const heading = beginning(made.heading, HEADING_LENGTH)
  return { words: wordsOf(made, summary), unsized, heading }
}

/** A line of JSON, and the body as it is: to write that as JSON too took a tenth of a file's time. */
export function writeUnmade(body: BodySource, { title, summary }: Said): Buffer {
  const { form, bytes = Buffer.from(body.source) } = body
  // What isn't there is no key of JSON's.
  const unmade = { form, title, summary }
  return Buffer.concat([Buffer.from(`${JSON.stringify(unmade)}\n`), bytes])
}

/**
 * The words of a body that refers to nothing of the folder. Of one that is unfit, which `gazette check` tells, its beginning.
 * @param unmade as `writeUnmade` writes it.
 * @param link the article's address.
 */
export function makeLate(unmade: Buffer, link: string): Words {
  const end = unmade.indexOf('\n')
  const { form, ...said }: Unmade = JSON.parse(unmade.toString('utf8', 0, end))
  const body = { form, source: unmade.toString('utf8', end + 1) }
  try {
    return makeWords(body, said, (reference) => absolute(reference, link)).words
  } catch (error) {
    if (error instanceof UnfitBody) return wordsOfUnfit(body, said.summary)
    throw error
  }
}

/** Of a body that is unfit: its beginning, as plain text. */
export function wordsOfUnfit(body: BodySource, summary: string | undefined): Words {
  return wordsOf(beginningOf(body), summary)
}

function wordsOf({ html, text, lead, opening }: Body, given: string | undefined): Words {
  const summary = given || beginning(lead ?? '', LEAD_LENGTH) || beginning(opening())
  return { html, text, ...(summary === undefined ? {} : { summary }) }
}

/** A reference from the article's own address; nothing where that is no address. */
export function absolute(reference: string, link: string): string | undefined {
  return URL.canParse(reference, link) ? new URL(reference, link).href : undefined
}
