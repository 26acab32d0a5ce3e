// Hostile titles, terms, names and captions in a real browser: on no kind of page does anything of them run.
import type { Browser, Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { remove, written } from '../quick/support/folder.ts'
import { HOSTILE } from '../quick/support/hostile-bodies.ts'
import { linksOf } from '../quick/support/html.ts'
import { launch, openReader } from './browser.ts'
import { type Server, STARTING, serve } from './server.ts'

/** Words that would run in an element's text, in an attribute, in a script element, in an address or in a message. */
const WORDS: readonly string[] = [
  '"><img src=x onerror=alert(1)>',
  "' autofocus onfocus=alert(1) x='",
  '</title><script>alert(1)</script>',
  '</script><script>alert(1)</script>',
  '<!--<script>',
  ']]><script>alert(1)</script>',
  'javascript:alert(1)',
  '{count} {query} $& $1 {{alert(1)}}',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '\u202e<b onclick=alert(1)>txt.\u2066',
  'x" style="position:fixed;inset:0',
  ...HOSTILE.map(([, source]) => source.replace(/\s+/g, ' ').trim())
    .filter((words) => /^[\x20-\x7E]{1,200}$/.test(words))
    .slice(0, 30),
]

let server: Server
let browser: Browser

beforeAll(async () => {
  const records = WORDS.map((words, at) => ({
    id: `hostile-${at}`,
    slug: `hostile-${at}`,
    title: words,
    summary: words,
    published: '2026-03-09T08:30:00Z',
    tags: [words],
    categories: [['Hostile', words]],
    authors: [{ name: words }],
    contributors: [{ name: words, role: words }],
    sources: [{ title: words }],
    pictures: [
      { url: 'https://pictures.example/x.png', alt: words, caption: words, credit: words },
    ],
    rights: { copyright: words, reprint: words, disclaimer: words },
    text: words,
  }))
  const [title] = WORDS
  const contact = { name: title, email: 'a@news.example' }
  const content = written({
    'all.json': JSON.stringify(records),
    'site.yaml': JSON.stringify({ title, description: title, contact }),
  })
  server = await serve({ content, url: null })
  browser = await launch()
  return async () => {
    await browser.close()
    await server.stop()
    remove(content)
  }
}, STARTING)

/** How many elements there are that Gazette never writes, and how many that run when something is done to them. */
const FOREIGN = `[...document.querySelectorAll('*')].filter((element) =>
  element.matches('iframe, object, embed, style, script:not([src]):not([type="application/ld+json"]), [style]') ||
  [...element.attributes].some(({ name }) => name.startsWith('on'))).map(({ outerHTML }) => outerHTML)`

async function look(
  paths: readonly string[],
  also: (page: Page, at: number) => Promise<void> = async () => {},
): Promise<void> {
  const { page, leave } = await openReader(browser, server.address)
  for (const [at, path] of paths.entries()) {
    await page.goto(server.address + path)
    expect(await page.evaluate(FOREIGN), path).toEqual([])
    expect(await page.locator('h1').count(), path).toBe(1)
    await also(page, at)
  }
  await leave()
}

it('every record was read', async () => {
  const answer = await fetch(`${server.address}feed.json?limit=200`)
  const { items } = (await answer.json()) as { items: unknown[] }
  expect(items).toHaveLength(Math.min(WORDS.length, 200))
})

describe('hostile words are words', { timeout: 180_000 }, () => {
  it('on the first page, the lists of terms and the builder', () =>
    look(['', '?limit=200', 'find/', 'find/?in=tags', 'find/?in=authors', 'build/']))

  it('on the pages of articles, where the title is what was written', () =>
    look(
      WORDS.map((_, at) => `articles/hostile-${at}`),
      async (page, at) => expect(await page.locator('h1').textContent()).toBe(WORDS[at]),
    ))

  it('on the pages of tags, and in the builder that they lead to', async () => {
    const links = linksOf(await (await fetch(`${server.address}find/?in=tags`)).text())
    const tags = links.filter((link) => /\/tags\/[^/]*\/$/.test(link))
    expect(tags.length).toBeGreaterThan(20)
    const builders = await Promise.all(
      tags.map(async (tag) =>
        linksOf(await (await fetch(tag)).text()).find((link) => link.includes('/build/?')),
      ),
    )
    await look([...tags, ...builders].map((link) => link?.slice(server.address.length) ?? ''))
  })

  it('in a query, on the pages that repeat it', () =>
    look(
      WORDS.flatMap((words) => {
        const query = encodeURIComponent(words.slice(0, 90))
        return [
          `find/?q=${query}`,
          `?q=${query}`,
          `build/?q=${query}&tag-find=${query}`,
          `tags/${query}/`,
        ]
      }),
    ))
})
