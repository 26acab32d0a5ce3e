// What a portal's page says of an article in lines of text: where it stands, who worked on it, whose it is.
import { readDate, yearlessDate } from './dates.ts'
import type { Facts } from './imported.ts'
import { address } from './media.ts'
import { AUTHOR, PUBLISHED, ROLES, SOURCE, TAGS, UPDATED } from './portal-words.ts'

/** A line of a page, or a paragraph. */
export interface Line {
  readonly text: string
  /** Where a line that is a link leads. */
  readonly url?: string | undefined
  /** Whether links are known, so that a line without one is no title of a related article. */
  readonly isOfPage?: boolean
}

/** What the lines told; `told` are the places of lines that told nothing else. */
export interface Told {
  readonly section?: string[]
  readonly title?: string
  readonly published?: string
  readonly updated?: string
  /** A date without its year, as it stands. */
  readonly yearless?: string
  readonly tags: string[]
  readonly authors: string[]
  readonly contributors: { name: string; role: string }[]
  readonly sources: { title: string; url?: string }[]
  /** Photographers, with the line that names each. */
  readonly credits: { name: string; at: number }[]
  readonly related: { title: string; url: string }[]
  /** Titles of related articles whose addresses aren't told. */
  readonly relatedTitles: string[]
  readonly rights: NonNullable<Facts['rights']>
  readonly told: ReadonlySet<number>
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
type Notes = Mutable<Omit<Told, 'told'>>

/** Characters; a longer line is the article's own text. */
const LONGEST_LABEL = 200
const LONGEST_NAME = 24

const LABEL = new RegExp(
  `(?<![\\p{L}\\p{N}])(${[
    ...Object.keys(ROLES),
    ...AUTHOR,
    ...SOURCE,
    ...TAGS,
    ...PUBLISHED,
    ...UPDATED,
  ]
    .sort((a, b) => b.length - a.length)
    .join('|')})\\s*[:：]\\s*`,
  'giu',
)
const BULLET = /^[\s•·●○▪■◆*–-]+(?=\S)/u
const POSITION =
  /^(?:您(?:现在|當前|当前)?的(?:当前)?位置|您现在所在的位置|当前位置|當前位置|所在位置|you are here)\s*[是在]?\s*[:：]?\s*(\S.*)$/iu
const LEVELS = /\s*[›»>→＞/|·]\s*|\s{2,}|\u3000+|\t+/u
const RELATED =
  /^(?:相关文章|相关新闻|相关阅读|相关报道|相關文章|相關新聞|延伸阅读|推荐阅读|related(?: articles| stories| posts)?|read (?:more|next))\s*[:：]?\s*$/iu
const DISCLAIMER = /^(?:免责声明|免責聲明|disclaimer)\s*[:：]\s*(\S.*)$/isu
const CONTACT = /^(?:联系|聯繫|侵权|contact)[^。]{0,100}$/iu
const COPYRIGHT = /^(?:版权声明|版權聲明|版权所有|copyright\b|©)\s*[:：]?\s*(\S.*)$/isu
const REPRINT =
  /^(?:如需转载|如需轉載|转载请|轉載請|转载须|转载需|未经[^。，,]{0,12}(?:授权|许可|同意))/u
const CREDIT = /^(?:[(（]\s*)?(\S[^。，,；;！!？?]{0,24}?)\s+[摄攝]影?\s*(?:[)）])?$/u
const BYLINE = /^[Bb]y\s+(\p{Lu}[\p{L}.'’-]*(?:(?:\s+|,\s+|\s+and\s+)\p{Lu}[\p{L}.'’-]*){1,8})$/u
const DESK = /^(?:本报|本網|本网|本刊)?(?:记者|記者|通讯员|特约|图|摄影)?\s*[/／:：]?\s*/u

/** What the lines tell, top to bottom. The first line that tells nothing of this kind is the title. */
export function readLines(lines: readonly Line[]): Told {
  const told = new Set<number>()
  const notes: Notes = {
    tags: [],
    authors: [],
    contributors: [],
    sources: [],
    credits: [],
    related: [],
    relatedTitles: [],
    rights: {},
  }
  let isRelated = false
  let isDisclaimer = false
  for (const [at, line] of lines.entries()) {
    const text = line.text.replace(BULLET, '').trim()
    if (text === '') continue
    const isContact = isDisclaimer && CONTACT.test(text)
    isDisclaimer = DISCLAIMER.test(text)
    if (RELATED.test(text)) isRelated = true
    else if (isContact) notes.rights.disclaimer += `\n${text}`
    else if (readOne(text, at, notes)) isRelated = false
    else if (isRelated && isTitle({ ...line, text })) addRelated({ ...line, text }, notes)
    else {
      isRelated = false
      if (notes.title === undefined) notes.title = text.replace(/\s+/gu, ' ')
      notes.yearless ??= yearlessDate(text) as string
      continue
    }
    told.add(at)
  }
  return { ...notes, told }
}

function readOne(text: string, at: number, notes: Notes): boolean {
  return (
    readPosition(text, notes) ||
    readRights(text, notes) ||
    readOrigin(text, notes) ||
    readCredit(text, at, notes) ||
    readByline(text, notes) ||
    readLabels(text, notes) ||
    readDateLine(text, notes)
  )
}

/** `您的位置 首页 › 澜江资讯 › 新闻`; the last level may be the word for the text itself. */
function readPosition(text: string, notes: Notes): boolean {
  const written = POSITION.exec(text)?.[1]
  if (written === undefined || text.length > LONGEST_LABEL) return false
  notes.section ??= levelsOf(written.split(LEVELS))
  return true
}

/** The levels of a path as a page writes them. */
export function levelsOf(written: readonly string[]): string[] {
  const levels = written.map((level) => level.replace(/\s+/gu, ' ').trim()).filter(Boolean)
  return levels.filter((level, at) => !(at === levels.length - 1 && /^正文$/.test(level)))
}

function readRights(text: string, notes: Notes): boolean {
  const disclaimer = DISCLAIMER.exec(text)?.[1]
  if (disclaimer !== undefined) notes.rights.disclaimer = disclaimer
  else if (REPRINT.test(text)) notes.rights.reprint ??= text
  else {
    const copyright = COPYRIGHT.exec(text)
    if (copyright === null || text.length > LONGEST_LABEL) return false
    notes.rights.copyright ??= text
  }
  return true
}

/** `(本文来源A、B，由X编辑整理，如需转载请注明作者和出处)`; nothing of it is taken unless each clause is understood. */
function readOrigin(text: string, notes: Notes): boolean {
  if (text.length > LONGEST_LABEL) return false
  const inner = /^[(（【[]\s*(.*?)\s*[)）】\]]$/su.exec(text)?.[1] ?? text
  const start =
    /^(?:本文|文章|内容|稿件)?(?:来源|來源)(?:于|自)?\s*[:：]?\s*|^(?:本文|内容)(?:综合|转载)自\s*[:：]?\s*/u.exec(
      inner,
    )?.[0]
  if (start === undefined) return false
  const [first = '', ...clauses] = inner.slice(start.length).split(/[，,。；;]\s*/u)
  const sources = names(first)
  const contributors: Notes['contributors'] = []
  let reprint: string | undefined
  for (const [at, clause] of clauses.entries()) {
    const [, who, how] =
      /^由?(.{1,24}?)(编译|翻译|(?:综合|编辑)?整理|综合|编辑)$/u.exec(clause) ?? []
    if (clause === '') continue
    if (REPRINT.test(clause)) {
      reprint = clauses.slice(at).filter(Boolean).join('，')
      break
    }
    if (who === undefined) return false
    const role = /译/.test(how ?? '') ? 'translator' : how === '编辑' ? 'editor' : 'compiler'
    contributors.push(...names(who).map((name) => ({ name, role })))
  }
  if (
    sources.length === 0 ||
    sources.some((name) => name.length > LONGEST_NAME || /[:：]/.test(name))
  )
    return false
  notes.sources.push(...sources.map((title) => ({ title })))
  notes.contributors.push(...contributors)
  if (reprint !== undefined) notes.rights.reprint ??= reprint
  return true
}

/** `周远 摄` */
function readCredit(text: string, at: number, notes: Notes): boolean {
  const written = CREDIT.exec(text)?.[1]
  if (written === undefined) return false
  const name = creditOf(written)
  if (name === '') return false
  notes.credits.push({ name, at })
  return true
}

/** `By Ann Lee` */
function readByline(text: string, notes: Notes): boolean {
  const written = BYLINE.exec(text)?.[1]
  if (written === undefined) return false
  notes.authors.push(...written.split(/\s*,\s*|\s+and\s+/u))
  return true
}

function creditOf(written: string): string {
  return written.replace(DESK, '').trim()
}

/** The caption and the photographer's name that may stand behind it: `会议现场 周远 摄`, `图/周远`. */
export function splitCaption(text: string): Record<'caption' | 'credit', string | undefined> {
  if (text.length > LONGEST_LABEL) return { caption: text, credit: undefined }
  const found =
    /^(.*?)[\s。(（]*(?:本报记者|记者|通讯员)?\s*([^\s。(（，,]{1,12})\s+[摄攝]影?\s*[)）]?$/su.exec(
      text,
    ) ??
    /^(.*?)[\s。(（]*(?:图|摄影|photo(?:graph)?)\s*(?:[/／:：]|by)\s*([^。，,()（）]{1,40})[)）]?$/isu.exec(
      text,
    )
  const [, caption = text, credit] = found ?? []
  return { caption: caption.trim() || undefined, credit: credit?.trim() || undefined }
}

/** `来源：澜江日报  编辑：何小满  标签：港口`; nothing of it is taken unless all of it is understood. */
function readLabels(text: string, notes: Notes): boolean {
  if (text.length > LONGEST_LABEL) return false
  const found = [...text.matchAll(LABEL)]
  const before = text.slice(0, found[0]?.index ?? text.length).trim()
  if (found.length === 0 || (before !== '' && readDate(before) === undefined)) return false
  const takes = found.map((label, at) => {
    const from = label.index + label[0].length
    const value = text.slice(from, found[at + 1]?.index).replace(/[\s|｜]+$/u, '')
    return labelled((label[1] ?? '').toLowerCase(), value, notes)
  })
  if (takes.some((take) => take === undefined)) return false
  if (before !== '') notes.published ??= readDate(before) as string
  for (const take of takes) take?.()
  return true
}

/** What notes a labelled value; nothing where it is no value of that kind. */
function labelled(label: string, value: string, notes: Notes): (() => void) | undefined {
  const listed = names(value)
  if (TAGS.has(label)) return () => notes.tags.push(...tagsIn(value))
  if (PUBLISHED.has(label) || UPDATED.has(label)) {
    return labelledDate(UPDATED.has(label) ? 'updated' : 'published', value, notes)
  }
  // In an interview a label is followed by a question, which is no name.
  if (listed.some((name) => name.length > LONGEST_NAME || /[。！？!?…“”]/u.test(name)))
    return undefined
  if (AUTHOR.has(label)) return () => notes.authors.push(...listed)
  if (SOURCE.has(label)) return () => notes.sources.push(...listed.map((title) => ({ title })))
  const role = ROLES[label]
  return role === undefined
    ? undefined
    : () => notes.contributors.push(...listed.map((name) => ({ name, role })))
}

function labelledDate(key: 'published' | 'updated', value: string, notes: Notes) {
  const date = readDate(value)
  const yearless = date === undefined ? yearlessDate(value) : undefined
  if (date === undefined && yearless === undefined) return undefined
  return () => {
    if (date !== undefined) notes[key] ??= date
    else notes.yearless ??= yearless as string
  }
}

function readDateLine(text: string, notes: Notes): boolean {
  const date = readDate(text)
  if (date !== undefined) notes.published ??= date
  else if (yearlessDate(text) === text) notes.yearless ??= text
  else return false
  return true
}

/** Names of people and papers, between commas; those in Chinese between spaces too. */
function names(written: string): string[] {
  const separator = /\p{Script=Han}/u.test(written) ? /[、，,;；/／\s]+/u : /[、，,;；]+/u
  return written
    .split(separator)
    .map((name) => name.trim())
    .filter(Boolean)
}

function tagsIn(written: string): string[] {
  const parts = written.split(/[、，,;；|｜]+|\s{2,}/u)
  return (parts.length === 1 && /\p{Script=Han}/u.test(written) ? written.split(/\s+/u) : parts)
    .map((tag) => tag.replace(/^#/, '').trim())
    .filter(Boolean)
}

function isTitle({ text, url, isOfPage = false }: Line): boolean {
  return text.length <= LONGEST_LABEL && (!isOfPage || url !== undefined)
}

function addRelated({ text, url }: Line, notes: Notes): void {
  const [, title, written] = /^(.*?)\s*[(（]?(https?:\/\/[^\s()（）]+)[)）]?$/su.exec(text) ?? []
  const at = url ?? address(written)
  if (at === undefined) notes.relatedTitles.push(text)
  else notes.related.push({ title: title || text, url: at })
}
