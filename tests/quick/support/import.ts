// Files imported for one test through the command line, and what the folder is read as afterwards.
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { type Content, readFolder } from '../../../src/content/folder/folder.ts'
import type { Article } from '../../../src/domain/article.ts'
import { folderOf } from './folder.ts'
import { gazette } from './gazette.ts'

interface Account {
  readonly file: string
  readonly kind?: string
  readonly written: string[]
  readonly there: string[]
  readonly remarks: string[]
  readonly errors: string[]
  readonly skipped: Record<string, number>
  readonly unplaced: Record<string, number>
}

export interface Imported {
  readonly code: number
  /** Of the first file. */
  readonly account: Account
  readonly out: string
  readonly files: string[]
  readonly text: (file?: string) => Promise<string>
  readonly content: () => Promise<Content>
  /** The only article. */
  readonly article: () => Promise<Article>
}

const SETTINGS = { address: 'http://127.0.0.1:8080/', name: 'folder', timezone: 'Asia/Shanghai' }

/** @param out a folder to import into; else a new one. */
export async function importing(
  source: string | Uint8Array,
  { name = 'source', out }: { name?: string; out?: string } = {},
): Promise<Imported> {
  const from = folderOf({ [name]: source })
  const into = out ?? path.join(folderOf({}), 'records')
  const { code, out: printed } = await gazette(
    'import',
    path.join(from, name),
    '--out',
    into,
    '--json',
  )
  const files = readdirSync(into).sort()
  return {
    code,
    account: JSON.parse(printed).files[0],
    out: into,
    files,
    text: (file = files[0] as string) => readFile(path.join(into, file), 'utf8'),
    content: () => readFolder(into, SETTINGS),
    async article() {
      const { articles, problems } = await readFolder(into, SETTINGS)
      if (articles.length !== 1 || problems.length > 0)
        throw new Error(`${articles.length} articles: ${JSON.stringify(problems)}`)
      return articles[0] as Article
    },
  }
}

/** The Markdown below the front matter of a record. */
export function bodyOf(text: string): string {
  return text.split('\n---\n').slice(1).join('\n---\n').trim()
}

export function rss(items: string, channel = ''): string {
  return `<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>Paper</title><link>https://paper.example/</link>${channel}${items}</channel></rss>`
}

export function atom(entries: string, head = ''): string {
  return `<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:feed</id><title>Paper</title><updated>2026-01-01T00:00:00Z</updated><link href="https://paper.example/"/>${head}${entries}</feed>`
}

/** A WordPress export of items that say what the test is about, over what every post says. */
export function wxr(items: string, head = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Notes</title><link>https://notes.example</link><language>en-GB</language><wp:wxr_version>1.2</wp:wxr_version>${head}${items}</channel></rss>`
}

export function post(inner: string, body = 'Text.'): string {
  const said = (name: string) => inner.includes(`<${name}`)
  const standard = {
    title: 'A post',
    link: 'https://notes.example/a-post/',
    guid: 'https://notes.example/?p=1',
    'wp:post_date': '2026-02-09 08:30:00',
    'wp:post_date_gmt': '2026-02-09 00:30:00',
    'wp:status': 'publish',
    'wp:post_type': 'post',
  }
  const rest = Object.entries(standard).map(([name, value]) =>
    said(`${name}>`) ? '' : `<${name}>${value}</${name}>`,
  )
  return `<item>${rest.join('')}<content:encoded><![CDATA[${body}]]></content:encoded>${inner}</item>`
}
