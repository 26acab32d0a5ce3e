// Makes the words of an article: its body as HTML and text, and a summary where its record gives none.
import { type Body, type BodySource, beginningOf, makeBody } from '../bodies/body.ts'
import type { Resolve } from '../bodies/cleaning.ts'
import type { SizeOf } from '../bodies/picture-sizes.ts'
import { UnfitBody } from '../bodies/tree.ts'
import { beginning, inOneLine } from '../syntax/text.ts'

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

/** The words of a record beside its body. */
export type Said = Partial<Record<'title' | 'summary', string>>

/** What words are made of later, beside the body. */
interface Unmade extends Pick<BodySource, 'form'>, Said {}

/** Characters of the longest heading that serves as the title: somebody wrote it as a title. */
const HEADING_LENGTH = 300

/** Characters of the longest summary taken from before `<!-- more -->`: somebody chose it. */
const LEAD_LENGTH = 1_000
/** Characters of the longest body that may wait: a longer one may turn out unfit, which is to be told at once. */
const LONGEST_WAITING = 100_000

/** The beginning of what leads to another host, or to a place in the same text. */
const ELSEWHERE = String.raw`(?:(?:https?:)?\/\/|#)`
/** White space of Markdown and HTML; it is ASCII, so a body can be searched in its bytes. */
const SPACE = String.raw`[\t\n\f\r ]*`
/** Where a reference to something in the folder may begin in Markdown and in HTML, and where lists of them may. */
const MARKDOWN_REFERENCE = new RegExp(String.raw`\](?:\(|:)(?!${SPACE}<?${ELSEWHERE})`)
const HTML_REFERENCE = new RegExp(
  String.raw`(?:src|href|poster|cite|data|value)[\w-]*${SPACE}=(?!${SPACE}["']?${SPACE}${ELSEWHERE})`,
  'i',
)
const LIST = /srcset/i
/**
 * Characters that cleaning removes, which can join what is around them into a reference, in UTF-8 with a character for
 * each byte; and where they could make one of Markdown's.
 */
const REMOVED = String.raw`(?:[\x00-\x08\v\f\x0E-\x1F]|\xEF\xB7[\x90-\xAF]|[\xEF\xF0-\xF4][\x80-\xBF]*\xBF[\xBE\xBF])`
const CLEANED = new RegExp(REMOVED)
const CLEANED_MARKDOWN = new RegExp(String.raw`\]${REMOVED}`)

/**
 * Whether a body can be made without the folder, whenever its words are asked for, since nothing in it can refer to a file
 * or to another article. It may say no where nothing does.
 */
export function isSelfContained(body: BodySource): boolean {
  if (last.body !== body) last = { body, may: mayWait(body) }
  return last.may
}

/** Remembered, since each body is asked about twice: before its article is made, and while it is. */
let last: { readonly body: BodySource | undefined; readonly may: boolean } = {
  body: undefined,
  may: false,
}

function mayWait(body: BodySource): boolean {
  const { form, glance = glanceAt(body.source) } = body
  // It has no more characters than bytes, which most bodies have fewer of.
  const isShort = glance.length <= LONGEST_WAITING || body.source.length <= LONGEST_WAITING
  return isShort && (form === 'text' || !(hasReference(glance) || hasCleaned(glance)))
}

/** A text as its bytes would be, with what is removed in place of lone surrogates, which no bytes stand for. */
function glanceAt(source: string): string {
  const text = source.isWellFormed() ? source : source.replace(/\p{Surrogate}/gu, '\0')
  return Buffer.from(text).toString('latin1')
}

/** Without `=` nothing can become a reference of HTML's, so most bodies needn't be searched. */
function hasCleaned(glance: string): boolean {
  return (
    (glance.includes(']') && CLEANED_MARKDOWN.test(glance)) ||
    (glance.includes('=') && CLEANED.test(glance))
  )
}

/** Looks for plain signs first, which most bodies lack: that takes a fifth of the time. */
function hasReference(glance: string): boolean {
  return (
    (glance.includes('](') && MARKDOWN_REFERENCE.test(glance)) ||
    (glance.includes(']:') && MARKDOWN_REFERENCE.test(glance)) ||
    (glance.includes('=') && (HTML_REFERENCE.test(glance) || LIST.test(glance)))
  )
}

/**
 * @param resolve gives an absolute address for a reference as it stands in the body.
 * @param sizeOf gives the sizes of pictures by their absolute addresses.
 * @returns also the addresses of pictures without a size, and the heading that the body begins with.
 * @throws UnfitBody
 */
export function makeWords(
  body: BodySource,
  { title, summary }: Said,
  resolve: Resolve,
  sizeOf?: SizeOf,
): MadeWords {
  const { unsized, ...made } = makeBody(
    body,
    resolve,
    sizeOf,
    (heading) =>
      inOneLine(heading) === (title ? inOneLine(title) : beginning(heading, HEADING_LENGTH)),
  )
  const heading = beginning(made.heading, HEADING_LENGTH)
  return { words: wordsOf(made, summary), unsized, heading }
}

/** A line of JSON, then the body as it is: writing the body as JSON too took a tenth of the time for a file. */
export function writeUnmade(body: BodySource, { title, summary }: Said): Buffer {
  const { form, bytes = Buffer.from(body.source) } = body
  const unmade = { form, title, summary }
  return Buffer.concat([Buffer.from(`${JSON.stringify(unmade)}\n`), bytes])
}

/**
 * Makes the words of a body that refers to nothing in the folder. Of an unfit one, which `gazette check` reports, it takes
 * the beginning.
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

/** The beginning of an unfit body, as plain text. */
export function wordsOfUnfit(body: BodySource, summary: string | undefined): Words {
  return wordsOf(beginningOf(body), summary)
}

function wordsOf({ html, text, lead, opening }: Body, given: string | undefined): Words {
  const summary = given || beginning(lead ?? '', LEAD_LENGTH) || beginning(opening())
  return { html, text, ...(summary === undefined ? {} : { summary }) }
}

/** Resolves a reference from the article's own address; nothing where that gives no address. */
export function absolute(reference: string, link: string): string | undefined {
  return URL.canParse(reference, link) ? new URL(reference, link).href : undefined
}
