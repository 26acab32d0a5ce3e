// The content folder, read without Gazette's code: what the feeds are compared with.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { CONTENT } from './server.ts'

interface Term {
  label?: string
  renamedTo?: string
}
type Scheme = 'tags' | 'sections' | 'authors'

interface Site {
  timezone: string
  authors?: (string | { name: string })[]
  taxonomy?: Partial<Record<Scheme, Record<string, Term | null>>>
}

/** The fields of an article's record that the feeds show, as written. */
interface ArticleRecord {
  id?: string
  title: string
  summary?: string
  published: string
  updated?: string
  expires?: string
  draft?: boolean
  withdrawn?: string | { at: string }
  section?: string | string[]
  sections?: (string | string[])[]
  tags?: string[]
  authors?: (string | { name: string })[]
  markdown?: string
  html?: string
  text?: string
}

/** An article as its feeds should show it. */
export interface Piece {
  id: string | undefined
  title: string
  summary: string | undefined
  published: number
  updated: number
  /** When it left the feeds: expired or withdrawn. */
  left: number | undefined
  authors: string[]
  /** Labels by term. */
  tags: Map<string, string>
  /** Label paths by term, each section and those above it, outermost first. */
  sections: Map<string, string[]>
  authorTerms: string[]
  markdown: string
}

export interface Publication {
  /** Newest first; equal dates in the order of ids, which the feeds know. */
  pieces: Piece[]
  /** Those that no feed has any more. */
  gone: Piece[]
}

/** PRODUCT's rule for terms: NFKC, case-folded, white space and commas to hyphens. */
function slug(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .trim()
    .replace(/[\s,]+/gu, '-')
}

export async function readPublication(now = Date.now()): Promise<Publication> {
  const site = parse(await readFile(join(CONTENT, 'site.yaml'), 'utf8')) as Site
  const files = await readdir(CONTENT, { recursive: true })
  const records = await Promise.all(
    files
      .filter((file) => /\.(md|json)$/.test(file))
      .map((file) => readRecords(join(CONTENT, file))),
  )
  const pieces = records
    .flat()
    .filter(({ draft, published }) => draft !== true && instant(published, site) <= now)
    .map((record) => toPiece(record, site))
  const isGone = ({ left = Number.POSITIVE_INFINITY }: Piece) => left <= now
  return {
    pieces: pieces.filter((piece) => !isGone(piece)).sort((a, b) => b.published - a.published),
    gone: pieces.filter(isGone),
  }
}

async function readRecords(file: string): Promise<ArticleRecord[]> {
  const source = await readFile(file, 'utf8')
  if (file.endsWith('.json')) return [JSON.parse(source) as ArticleRecord | ArticleRecord[]].flat()
  const [, head, markdown] = /^---\n(.*?)\n---\n(.*)$/s.exec(source) ?? []
  if (head === undefined || markdown === undefined) throw new Error(`${file} has no front matter`)
  return [{ ...(parse(head) as ArticleRecord), markdown }]
}

function toPiece(record: ArticleRecord, site: Site): Piece {
  const { withdrawn, expires, section, sections = [] } = record
  const withdrawnAt = typeof withdrawn === 'object' ? withdrawn.at : withdrawn
  const leaves = [withdrawnAt, expires].filter((at) => at !== undefined)
  const published = instant(record.published, site)
  const authors = (record.authors ?? site.authors ?? []).map(nameOf)
  const paths = [...(section === undefined ? [] : [section]), ...sections]
  return {
    id: record.id,
    title: record.title.trim(),
    summary: record.summary?.trim(),
    published,
    updated: record.updated === undefined ? published : instant(record.updated, site),
    left: leaves.length === 0 ? undefined : Math.min(...leaves.map((at) => instant(at, site))),
    authors,
    authorTerms: authors.map((name) => labelled(site, 'authors', slug(name), name)[0]),
    tags: new Map((record.tags ?? []).map((tag) => labelled(site, 'tags', slug(tag), tag))),
    sections: new Map(paths.flatMap((path) => levelsOf(path, site))),
    markdown: record.markdown ?? record.text ?? '',
  }
}

function nameOf(person: string | { name: string }): string {
  return typeof person === 'string' ? person : person.name
}

function levelsOf(path: string | string[], site: Site): [string, string[]][] {
  const names = typeof path === 'string' ? path.split('/').map((name) => name.trim()) : path
  const labels = names.map((name, at) => {
    const term = names
      .slice(0, at + 1)
      .map(slug)
      .join('/')
    return labelled(site, 'sections', term, name)
  })
  return labels.map(([term], at) => [term, labels.slice(0, at + 1).map(([, label]) => label)])
}

/** A term as it is now, and its name: what the publication calls it, else as the article spells it. */
function labelled(site: Site, scheme: Scheme, term: string, spelt: string): [string, string] {
  const { label = spelt, renamedTo } = noteOf(site, scheme, term) ?? {}
  return renamedTo === undefined
    ? [term, label]
    : labelled(site, scheme, termOf(renamedTo), renamedTo)
}

function termOf(path: string): string {
  return path.split('/').map(slug).join('/')
}

function noteOf(site: Site, scheme: Scheme, term: string): Term | undefined {
  const notes = Object.entries(site.taxonomy?.[scheme] ?? {})
  return notes.find(([name]) => termOf(name) === term)?.[1] ?? undefined
}

/** A date without a zone is in the site's, and one without a time is the start of that day there. */
function instant(written: string, { timezone }: Site): number {
  // China has had one offset since 1991, so that no calendar arithmetic is needed to check Gazette's.
  if (timezone !== 'Asia/Shanghai') throw new Error(`these tests know no offset for ${timezone}`)
  const [, day, time = '00:00', zone = '+08:00'] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?\s*(Z|[+-]\d\d:\d\d)?$/.exec(
      written,
    ) ?? []
  const found = Date.parse(`${day}T${time}${zone}`)
  if (Number.isNaN(found)) throw new Error(`"${written}" is no date these tests know`)
  return found
}
