// Hostile bodies in a real browser: on the article pages that Gazette serves, and in a reader's page without any policy.
import { beforeAll, describe, expect, it } from 'vitest'
import { remove, written } from '../quick/support/folder.ts'
import { HOSTILE } from '../quick/support/hostile-bodies.ts'
import { article } from '../quick/support/publication.ts'
import { serverOf } from '../quick/support/server.ts'
import { NOTHING, type WatchedBrowser, watchBrowser } from './browser.ts'
import { BASE, type Server, STARTING, serve } from './server.ts'

const HOST = new URL(BASE).origin
const FORMS = ['html', 'markdown'] as const
/** Where a reader without a policy shows a body; it is no page of Gazette's. */
const BARE = '/bare/'
/** Bodies that it shows at once. */
const BATCH = 20

const slugs = HOSTILE.flatMap(([name, source], at) =>
  FORMS.map((form) => ({ name, source, form, slug: `${form}-${at}` })),
)

let server: Server
let browser: WatchedBrowser
/** What stands at each address of the bare reader. */
const bare = new Map<string, string>()
/** What the feed carries, by slug. */
let bodies: Map<string, string>

beforeAll(async () => {
  const records = slugs.map(({ source, form, slug }) => ({
    id: slug,
    slug,
    title: slug,
    published: '2026-03-09T08:30:00Z',
    [form]: source,
  }))
  const content = written({ 'all.json': JSON.stringify(records) })
  server = await serve({ content })
  bodies = await readBodies()
  browser = await watchBrowser(HOST, async (path) => {
    const html = bare.get(path)
    if (html === undefined) return fetch(new URL(path, server.address))
    return new Response(html, { headers: { 'Content-Type': 'text/html; charset=utf-8' } })
  })
  return async () => {
    await browser.close()
    await server.stop()
    remove(content)
  }
}, STARTING)

async function readBodies(): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (let page = 1; ; page++) {
    const response = await fetch(`${server.address}feed.json?limit=200&page=${page}`)
    if (!response.ok) return found
    const { items } = (await response.json()) as {
      items: { url: string; content_html?: string }[]
    }
    if (items.length === 0) return found
    for (const { url, content_html = '' } of items) {
      found.set(url.slice(url.lastIndexOf('/') + 1), content_html)
    }
  }
}

/** The bare reader's page: each body as part of its own HTML, and put there by script in the two ways readers do. */
function bareReader(shown: readonly string[]): string {
  const asText = JSON.stringify(shown).replaceAll('<', '\\u003C')
  return `<!DOCTYPE html><meta charset="utf-8"><title>Reader</title><link rel="icon" href="data:,">
${shown.map((html) => `<div>${html}</div>`).join('\n')}
<script>
for (const html of ${asText}) {
  const [inner, parsed] = ['div', 'div'].map((name) => document.createElement(name))
  inner.className = parsed.className = 'body'
  document.body.append(inner, parsed)
  inner.innerHTML = html
  const page = new DOMParser().parseFromString(html, 'text/html')
  parsed.append(...page.head.childNodes, ...page.body.childNodes)
}
</script>`
}

async function openBare(name: string, shown: readonly string[]) {
  bare.set(BARE + name, bareReader(shown))
  return browser.open(HOST + BARE + name, inspect)
}

/** What the browser itself makes of each body in the page; run there. */
function inspect(): { seen: number; scheme: string[]; handlers: string[]; moved: string[] } {
  const scheme: string[] = []
  const handlers: string[] = []
  const moved: string[] = []
  let seen = 0
  const { document } = globalThis as unknown as { document: BrowserDocument }
  for (const root of document.querySelectorAll('.body')) {
    seen += 1
    for (const element of root.querySelectorAll('*')) {
      for (const { name, value } of element.attributes) {
        if (/^on/i.test(name)) handlers.push(name)
        if (!/^(cite|href|poster|src|action|formaction|data|xlink:href)$/.test(name)) continue
        const address = document.createElement('a')
        address.href = value
        if (!/^(https?|mailto|tel):$/.test(address.protocol)) scheme.push(value)
      }
    }
    const again = document.createElement('div')
    again.innerHTML = root.innerHTML
    if (again.innerHTML !== root.innerHTML) moved.push(root.innerHTML)
  }
  return { seen, scheme, handlers, moved }
}

/** As much of the DOM as is used; the tests have no types of it. */
interface BrowserElement {
  innerHTML: string
  href: string
  protocol: string
  attributes: Iterable<{ name: string; value: string }>
  querySelectorAll: (selector: string) => Iterable<BrowserElement>
}
interface BrowserDocument {
  querySelectorAll: BrowserElement['querySelectorAll']
  createElement: (name: string) => BrowserElement
}

const CLEAN = { scheme: [], handlers: [], moved: [] }

describe('in a browser, a hostile body is harmless', () => {
  it.each(HOSTILE.map(([name], at) => ({ name, at })))('on its own page: $name', async ({ at }) => {
    // Where both forms come out as the same body, one page is like the other.
    const pages = new Map(FORMS.map((form) => [bodies.get(`${form}-${at}`), `${form}-${at}`]))
    for (const slug of pages.values()) {
      const page = await browser.open(`${BASE}articles/${slug}`, inspect)
      expect(page, slug).toEqual([NOTHING, { seen: 1, ...CLEAN }])
    }
  })

  const batches = Array.from({ length: Math.ceil(slugs.length / BATCH) }, (_, at) => ({
    from: at * BATCH,
    batch: slugs.slice(at * BATCH, (at + 1) * BATCH),
  }))
  it.each(batches)(
    'in a reader without a policy: $batch.length bodies from $from',
    async ({ from, batch }) => {
      const shown = batch.map(({ slug, name }) => bodies.get(slug) ?? expect.fail(name))
      expect(await openBare(`from-${from}`, shown)).toEqual([
        NOTHING,
        { seen: 2 * batch.length, ...CLEAN },
      ])
    },
  )
})

describe('and without cleaning', () => {
  const html = slugs.filter(({ form }) => form === 'html')

  it('runs, asks other hosts and has bad addresses', async () => {
    const found = { ran: 0, asked: 0, scheme: 0, handlers: 0, moved: 0 }
    for (const { slug, source } of html) {
      const [{ ran, asked }, { scheme, handlers, moved }] = await openRaw(slug, source)
      if (ran.length > 0) found.ran++
      if (asked.length > 0) found.asked++
      if (scheme.length > 0) found.scheme++
      if (handlers.length > 0) found.handlers++
      if (moved.length > 0) found.moved++
    }
    expect(found.ran).toBeGreaterThan(60)
    expect(found.asked).toBeGreaterThan(5)
    expect(found.scheme).toBeGreaterThan(20)
    expect(found.handlers).toBeGreaterThan(40)
    expect(found.moved).toBeGreaterThan(3)
  }, 300_000)

  it('breaks the policy of an article’s page, which stops it there', async () => {
    const [name, source] = ['script', '<script>alert(1)</script><img src=x onerror=alert(1)>']
    const { app } = serverOf([article({ slug: name, html: source })])
    const response = await app.request(`/articles/${name}`)
    expect(response.status).toBe(200)
    const guarded = await watchBrowser(HOST, async () => response.clone())
    try {
      const [misdeeds] = await guarded.open(`${BASE}articles/${name}`, () => undefined)
      expect(misdeeds.violations.length).toBeGreaterThan(1)
      expect(misdeeds.ran).toEqual([])
    } finally {
      await guarded.close()
    }
  })
})

/** The source itself; one that leads the browser away before it can be looked at has run. */
async function openRaw(slug: string, source: string): ReturnType<typeof openBare> {
  try {
    return await openBare(`raw-${slug}`, [source])
  } catch (error) {
    return [
      { ...NOTHING, ran: [String(error)] },
      { seen: 0, ...CLEAN },
    ]
  }
}
