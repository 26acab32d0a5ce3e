// Folders that other generators' users have: nothing of them is lost, and every feed of every term is valid.
import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Element, Root } from 'hast'
import { fromHtml } from 'hast-util-from-html'
import { SKIP, visit } from 'unist-util-visit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fetchBytes } from './document.ts'
import { faultsOf } from './json-feed-grammar.ts'
import { activeContent, relativeUrls } from './rules.ts'
import { BASE, PROGRAM, type Server, STARTING, serve } from './server.ts'
import { againstAtomGrammar, type Documents, malformed } from './validators.ts'

const SITES = path.join(import.meta.dirname, '../sites')

/** The sites of the tests, and folders of yours: `GAZETTE_FOLDERS=/blog/posts:/other/posts`. */
const folders = [
  ...readdirSync(SITES).map((name) => path.join(SITES, name)),
  ...(process.env.GAZETTE_FOLDERS ?? '').split(':').filter(Boolean),
]

interface Item {
  readonly id: string
  readonly title: string
  readonly content_html?: string
}

describe.each(folders)('%s', { timeout: 300_000 }, (content) => {
  let server: Server
  let feeds: readonly string[]
  let items: readonly Item[]

  beforeAll(async () => {
    server = await serve({ content })
    const opml = await text('feeds.opml')
    feeds = [...opml.matchAll(/xmlUrl="([^"]*)"/g)].flatMap(([, url = '']) => {
      const rss = url.replaceAll('&amp;', '&').slice(BASE.length)
      return ['rss.xml', 'atom.xml', 'feed.json'].map((file) => rss.replace(/rss\.xml$/, file))
    })
    items = await everyItem()
  }, STARTING)
  afterAll(() => server?.stop())

  test('loses no article and has no record in error', async () => {
    const { articles, errors } = await checked(content)
    expect(errors).toBe(0)
    expect(items.length).toBeGreaterThan(0)
    expect(items).toHaveLength(articles.published ?? 0)
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length)
  })

  test('every feed is well-formed and valid', async () => {
    const all = await Promise.all(feeds.map(async (feed) => [feed, await bytes(feed)] as const))
    const of = (ending: string): Documents =>
      Object.fromEntries(all.filter(([feed]) => feed.endsWith(ending)))
    expect(Object.keys(of('atom.xml')).length).toBeGreaterThan(1)
    expect(await malformed({ ...of('rss.xml'), ...of('atom.xml') })).toEqual({})
    expect(await againstAtomGrammar(of('atom.xml'))).toEqual({})
    const faults = Object.values(of('feed.json')).flatMap((json) => faultsOf(JSON.parse(`${json}`)))
    expect(faults).toEqual([])
  })

  test('no body has a relative address, a program or template code', () => {
    const faults = items.flatMap(({ title, content_html: html = '' }) =>
      [...relativeUrls(html), ...activeContent(html), ...templateCode(html)].map((fault) => [
        title,
        fault,
      ]),
    )
    expect(faults).toEqual([])
  })

  const bytes = async (address: string) => (await fetchBytes(server.address + address)).bytes
  const text = async (address: string) => `${await bytes(address)}`

  async function everyItem(): Promise<Item[]> {
    const found: Item[] = []
    let next: string | undefined = 'feed.json?limit=200'
    while (next !== undefined) {
      const { items, next_url }: { items: Item[]; next_url?: string } = JSON.parse(await text(next))
      found.push(...items)
      next = next_url?.slice(BASE.length)
    }
    return found
  }
})

async function checked(
  content: string,
): Promise<{ articles: Record<string, number>; errors: number }> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [PROGRAM, 'check', '--json', '--content', content, '--url', BASE],
    { maxBuffer: 1 << 26 },
  )
  return JSON.parse(stdout)
}

/** Signs of templates in a text that is no code. */
function templateCode(html: string): string[] {
  const tree: Root = fromHtml(html, { fragment: true })
  const found: string[] = []
  visit(tree, (node) => {
    if (node.type === 'element' && /^(code|pre)$/.test((node as Element).tagName)) return SKIP
    if (node.type === 'text') found.push(...(node.value.match(/\{\{.{0,40}|\{%.{0,40}/g) ?? []))
    return undefined
  })
  return found
}
